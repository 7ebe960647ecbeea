"""Figures of how ties follow groups, chance and convenings, declared."""

from __future__ import annotations

from operator import attrgetter

from nethealth.metric import Metric, Unit

SHUFFLED = "Cliff & Ord 1981, Spatial Processes (join counts under shuffled labels)"
TIED_BY_EVENTS = "Feld 1981, The focused organization of social ties (ties by shared events)"
PARTNERS = "Varda, Chandra, Stern & Lurie 2008, Core dimensions of connectivity in public health collaboratives"

CHANCE: tuple[Metric, ...] = (
    Metric(
        id="shufflings",
        label="Shufflings",
        question="How often were the values dealt out anew among the same people?",
        reading="999 times, fewer where there are very many ties. The lots are always the same.",
        not_meaning="More of them would make the answer finer, not truer.",
        unit=Unit.COUNT,
        undefined="no ties among people with two different values",
        source=SHUFFLED,
        compute=attrgetter("shuffles"),
    ),
    Metric(
        id="inside",
        label="Ties within, beside chance",
        question="Do more ties join people of one kind than chance would give?",
        reading="Chance: the same ties and values, dealt out at random. What lies beyond 97 of 100 shufflings is said.",
        not_meaning="Not why: who works in one place meets there. “As by chance” does not prove that it plays no part.",
        unit=Unit.COUNT,
        undefined="no ties among people with two different values",
        source=SHUFFLED,
        compute=lambda mixing: mixing.inside.observed,
    ),
    Metric(
        id="ei_index",
        label="Across or within, beside chance",
        question="Do ties run across groups more or less than their sizes alone would make them?",
        reading="Below what chance would give: ties keep within; above: they cross.",
        not_meaning="Its own zero is not chance: with many small groups chance alone makes most ties cross.",
        unit=Unit.INDEX,
        undefined="no ties among people with two different values",
        source="Krackhardt & Stern 1988, Informal networks and organizational crises (permutation of the E-I index)",
        compute=lambda mixing: mixing.ei_index.observed,
    ),
    Metric(
        id="assortativity",
        label="Like with like, beside chance",
        question="Are people tied with their like more than shuffled values would make them?",
        reading="Chance gives a figure near 0, a little below.",
        not_meaning="Not preference: who meets whom depends on where and with whom people work.",
        unit=Unit.INDEX,
        undefined="all who are tied share one value",
        source="Newman 2003, Mixing patterns in networks, equation 2",
        compute=lambda mixing: mixing.assortativity.observed if mixing.assortativity else None,
    ),
    Metric(
        id="cells",
        label="Ties by pair of groups, beside chance",
        question="Between which groups are there clearly more or fewer ties than chance would give?",
        reading="2.0× is twice as many. Filled squares differ from chance in 99 of 100 shufflings; the others may not.",
        not_meaning="Few ties between two groups are no fault: not everybody needs to know everybody.",
        unit=Unit.LABEL,
        undefined="fewer than two values, or more than 24",
        source="Newman 2003, Mixing patterns in networks (mixing matrix)",
        compute=attrgetter("cells"),
    ),
)

GROUPS: tuple[Metric, ...] = (
    Metric(
        id="agreement",
        label="How far groups follow it",
        question="Are the groups found in the ties the same as those of this column?",
        reading="1: each group is one value; 0: as by chance. Above 0.5 closely, above 0.15 in part.",
        not_meaning="Not that the column made the groups: what goes along with it may have.",
        unit=Unit.INDEX,
        undefined="fewer than two groups, or fewer than two values in them",
        source="Hubert & Arabie 1985, Comparing partitions (adjusted Rand index)",
        compute=lambda figure: figure,
    ),
    Metric(
        id="found_again",
        label="Found again",
        question="Do the groups come out again when the search begins elsewhere?",
        reading="From 75% on nearly as they are, under 50% hardly: how like each is to its likest in 20 more searches.",
        not_meaning="Not that a group which changes is none: its people stand between others, which is worth much.",
        unit=Unit.SHARE,
        undefined="nobody is tied",
        source="Hennig 2007, Cluster-wise assessment of cluster stability",
        compute=attrgetter("similarity"),
    ),
    Metric(
        id="cut_off",
        label="Would be cut off",
        question="How many people would lose every way to the rest without this person?",
        reading="Introduce one of those to somebody else in the network, and the number falls to 0.",
        not_meaning="Not a risk that the person is: they are the reason why those others are here at all.",
        unit=Unit.COUNT,
        undefined="never; 0 for whoever cuts nobody off",
        source="Wasserman & Faust 1994, 4.2.6 (cutpoints)",
        compute=attrgetter("cut_off"),
    ),
)

TIE_VALUES: tuple[Metric, ...] = (
    Metric(
        id="everybody",
        label="Strength, trust and value",
        question="How strong are ties, how much trust and value do people see in them, how often are they in touch?",
        reading="Each answer is what one person says of one tie; the higher the number, the more of it. "
        "Every column of numbers on ties is told alike.",
        not_meaning="Not a grade for people: a light tie that brings news can be worth as much as a close one.",
        unit=Unit.NUMBER,
        undefined="nobody gave a number; held back for fewer people than the smallest group",
        source=PARTNERS,
        compute=attrgetter("overall"),
    ),
    Metric(
        id="within",
        label="Within one group",
        question="How strong, trusted, valued and frequent are ties between two people of one kind?",
        reading="Set it beside ties across. Both are held back where either would speak of few.",
        not_meaning="Small differences come and go with who answers: from 1 to 5, look for a quarter point or more.",
        unit=Unit.NUMBER,
        undefined="no answer about such a tie",
        source=PARTNERS,
        compute=attrgetter("within"),
    ),
    Metric(
        id="across",
        label="Across groups",
        question="How strong, trusted, valued and frequent are ties between two people of different kinds?",
        reading="Ties across that are trusted carry what a group alone does not know.",
        not_meaning="Few of them is a matter of counting: see the table of squares for that.",
        unit=Unit.NUMBER,
        undefined="no answer about such a tie",
        source=PARTNERS,
        compute=attrgetter("across"),
    ),
    Metric(
        id="by_value",
        label="Within each group",
        question="How strong, trusted, valued and frequent are ties within each single group?",
        reading="Groups of which few answered are held back, with as many others as it takes that these are not few.",
        not_meaning="Not a contest: groups are asked at different times of their life together.",
        unit=Unit.LABEL,
        undefined="no answer about a tie within the group",
        source=PARTNERS,
        compute=attrgetter("by_value"),
    ),
)

CONVENING_EFFECT: tuple[Metric, ...] = (
    Metric(
        id="together",
        label="Came together",
        question="How many pairs who came to a convening together were tied before, and how many after?",
        reading="Before and after: the waves next to the convening. Ties that people report count, the hub’s do not.",
        not_meaning="Not what the convening did: people come together since they are already near each other.",
        unit=Unit.LABEL,
        undefined="no convening with attendees between two dated waves",
        source=TIED_BY_EVENTS,
        compute=attrgetter("together"),
    ),
    Metric(
        id="apart",
        label="Came, never to the same",
        question="What became of pairs who came to convenings between the same waves, but never to the same one?",
        reading="The fairest comparison there is here: all of them came to something.",
        not_meaning="Not the same people in all else: whoever comes often has met more, and places and dates chose.",
        unit=Unit.LABEL,
        undefined="no such pair",
        source=TIED_BY_EVENTS,
        compute=attrgetter("apart"),
    ),
    Metric(
        id="others",
        label="One or both came to none",
        question="What became of all other pairs who are in both waves?",
        reading="What happens in the network anyway.",
        not_meaning="Whoever comes to nothing answers less, too, so that fewer of their ties are known.",
        unit=Unit.LABEL,
        undefined="everybody came",
        source=TIED_BY_EVENTS,
        compute=attrgetter("others"),
    ),
    Metric(
        id="convenings",
        label="Each convening",
        question="Which convening was followed by most new ties among those who came?",
        reading="Convenings between the same two waves share their before and after: who came to both counts in both.",
        not_meaning="Not a ranking: a meeting of people who know each other well has few ties left to begin.",
        unit=Unit.LABEL,
        undefined="no attendees listed, or no wave before or after",
        source=TIED_BY_EVENTS,
        compute=attrgetter("convenings"),
    ),
)
