"""The glossary: each term with its meaning, shown on the Guide page and written to docs/glossary.md by `make docs`.

It imports nothing, so that the docs and the language test can read it without running the app.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that the app uses for one thing only."""

    name: str
    meaning: str
    avoid: tuple[str, ...] = ()
    """Other words for the same thing, which the app never uses: tests/test_language.py looks for them."""


GLOSSARY: tuple[Term, ...] = (
    Term(
        name="95% confidence interval",
        meaning="A range that likely contains the true value. If you repeated the survey 100 times, about 95 such "
        "ranges would contain it.",
        avoid=("how far it can be trusted", "bounds"),
    ),
    Term(
        name="Attribute",
        meaning="A column of the Members tab that describes people, such as their region or role.",
    ),
    Term(
        name="Betweenness",
        meaning="How often a person is on the shortest paths between other people. Brokers have a high betweenness.",
    ),
    Term(
        name="Bridge",
        meaning="A connection that holds two parts of the network together. Without it, they would separate.",
    ),
    Term(
        name="Broker",
        meaning="A person who connects people who would otherwise be far apart, or not connected at all.",
    ),
    Term(name="Category", meaning="One value of an attribute, such as one region. People in it share that value."),
    Term(
        name="Cluster",
        meaning="People who have more connections with each other than with everyone else. We find clusters in the "
        "connections, not in an attribute.",
        avoid=("group found", "groups found"),
    ),
    Term(
        name="Component",
        meaning="A part of the network where everyone is connected, directly or through others. No connections lead "
        "out of it.",
        avoid=("hang together", "hangs together"),
    ),
    Term(
        name="Confirmed by both",
        meaning="A connection that both people report. Counting only these is stricter, and needs a high response "
        "rate.",
        avoid=("both say so",),
    ),
    Term(
        name="Connection",
        meaning="A relationship between two people, as one or both of them report it. Downloads and scripts call it a "
        "tie.",
        avoid=("tie", "ties"),
    ),
    Term(name="Convening", meaning="A gathering of the whole network, or of a large part of it."),
    Term(
        name="Conversation",
        meaning="A talk between a weaver and a member, recorded in the Weaving tab.",
        avoid=("weaving talk", "weaving talks"),
    ),
    Term(name="Density", meaning="The share of all possible connections that exist."),
    Term(
        name="Diameter",
        meaning="The longest of all shortest paths: how many steps apart the two most distant people are.",
        avoid=("longest way",),
    ),
    Term(
        name="Emergent activity",
        meaning="Something that members started together on their own, or with a little help.",
    ),
    Term(
        name="Expected by chance",
        meaning="What random shuffles would give. Compare with it before you read meaning into a pattern.",
        avoid=("chance would give", "beside chance"),
    ),
    Term(
        name="Hidden",
        meaning="Not shown, because it would describe fewer people than the minimum group size.",
        avoid=("held back", "withheld"),
    ),
    Term(name="Homophily", meaning="The tendency of people to connect with similar people.", avoid=("like with like",)),
    Term(name="Hub", meaning="The organization that runs the network, and its staff."),
    Term(
        name="Margin of error",
        meaning="How far a result could be off by chance: half the width of its 95% confidence interval.",
    ),
    Term(name="Member", meaning="A person or an organization that belongs to the network."),
    Term(
        name="Metric",
        meaning="A number with a definition, such as density. The Guide page explains each one.",
        avoid=("figure", "figures"),
    ),
    Term(
        name="Minimum group size",
        meaning="The fewest people that a number may describe. Set it in the Settings tab, as “Smallest group shown.”",
    ),
    Term(
        name="Nonrespondent",
        meaning="Someone you asked who didn’t answer.",
        avoid=("the silent", "silent people", "silent person"),
    ),
    Term(
        name="Path",
        meaning="A chain of connections from one person to another. Its length is the number of connections in it.",
        avoid=("shortest way", "shortest ways"),
    ),
    Term(
        name="Promoters minus detractors",
        meaning="The share of people who would recommend the network (9 or 10 out of 10) minus the share who wouldn’t "
        "(0 to 6). It’s also called the Net Promoter Score (NPS).",
        avoid=("promoters less detractors",),
    ),
    Term(
        name="Random shuffles",
        meaning="A check for chance (permutation test). We shuffle a value among the same people many times. If few "
        "shuffles look like your network, the pattern is probably real.",
        avoid=("by lot", "shufflings", "shuffling", "dealt"),
    ),
    Term(
        name="Reported by either person",
        meaning="A connection that at least one of the two people reports.",
        avoid=("either says so",),
    ),
    Term(name="Response rate", meaning="The share of the people you asked who answered."),
    Term(
        name="Template",
        meaning="A workbook without data to start with. Its headers and notes say what to enter.",
        avoid=("empty workbook", "blank workbook"),
    ),
    Term(name="Wave", meaning="One round of questions, about connections or in a survey."),
    Term(name="Weaving", meaning="Helping people connect by listening, introducing, and following up."),
    Term(
        name="Workbook",
        meaning="The Google Sheet or file with your network’s data. Each tab holds one kind of record.",
        avoid=("the sheet", "a sheet", "your sheet", "this sheet", "sheet’s", "sheets’"),
    ),
)
