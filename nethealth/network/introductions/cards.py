"""Introductions worth making as cards: who, why, and a note that is ready to send. By name, so for staff alone.

Values from cells are as typed: whoever shows them escapes them. Notes are plain text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nethealth.network import PersonMetrics
from nethealth.network.connectivity import Connectivity
from nethealth.network.current_ties import FEW_TIES
from nethealth.network.introductions.criteria import BY_GROUND, PER_PERSON, REASONS, Criterion, ScoredReason
from nethealth.network.introductions.suggestions import Introductions, Suggestion
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import NO_INTRODUCTIONS, NameStyle

Row: TypeAlias = dict[str, object]

NAMED_AT_MOST = 3
LONGEST_NAME, LONGEST_WORDS = 80, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionCard:
    """Two people, as they are shown to staff."""

    who: tuple[tuple[str, str], ...]
    """The name of each, and what they do and where, in a few words (empty where the sheet does not say). The other one
    alone where the card is for one person."""
    in_common: tuple[str, ...]
    """What the two have in common, in words, the weightiest kind first."""
    between: tuple[str, ...]
    """What lies between them, or speaks against it."""
    note: str
    """A short message to both, plain text, ready to send."""


def introduction_cards(
    found: Introductions, *, workbook: Workbook, person: PersonKey | None = None
) -> list[IntroductionCard]:
    """A card for each introduction, best first; `person` is whom all of them are for."""
    return [_card(pair, workbook, person=person) for pair in found.pairs]


def _card(pair: Suggestion, workbook: Workbook, *, person: PersonKey | None) -> IntroductionCard:
    one, other = workbook.people[pair.one], workbook.people[pair.other]
    words = {each.ground: _words(each, pair, workbook) for each in pair.speaks}
    return IntroductionCard(
        who=tuple((_name(each), _about(each)) for each in (one, other) if each.key != person),
        in_common=tuple(said for ground, said in words.items() if BY_GROUND[ground].is_common),
        between=tuple(said for ground, said in words.items() if not BY_GROUND[ground].is_common),
        note=introduction_note(pair, workbook=workbook),
    )


def _name(person: Person) -> str:
    return single_line(person.name, longest=LONGEST_NAME)


def _about(person: Person) -> str:
    said = (person.attributes.get(column, "").strip() for column in ("Role", "Organization", "Region"))
    return ", ".join(single_line(value, longest=LONGEST_WORDS) for value in said if value)


def _words(each: ScoredReason, pair: Suggestion, workbook: Workbook) -> str:
    one, other = workbook.people[pair.one], workbook.people[pair.other]
    match each.ground:
        case Criterion.INTEREST:
            return f"Both care about {_listed(each.shared)}"
        case Criterion.ACQUAINTANCE:
            return f"Both know {_listed([_name(workbook.people[key]) for key in each.through])}"
        case Criterion.GATHERING:
            return f"Both came to {_listed(each.shared, at_most=1)}"
        case Criterion.NEW:
            return "Both joined in the last half year"
        case Criterion.FEW_TIES:
            few = [(who, ties) for who, ties in zip((one, other), pair.ties, strict=True) if ties < FEW_TIES]
            if len(few) > 1:
                return "Neither has more than one tie yet"
            who, ties = few[0]
            return f"{_name(who)} has {'one tie so far' if ties else 'no tie yet'}"
        case Criterion.REGION | Criterion.ROLE:
            column = each.ground.value.capitalize()
            values = [single_line(who.attributes[column], longest=LONGEST_WORDS) for who in (one, other)]
            return f"Different {column.lower()}s: {' and '.join(values)}"
        case Criterion.FAR:
            return f"Nobody{' outside the hub' if workbook.hub else ' else'} knows both"
        case _:
            place = single_line(one.organization or "", longest=LONGEST_WORDS)
            return f"Both work at {place}, so they may have met"


def _listed(words: Sequence[str], *, at_most: int = NAMED_AT_MOST) -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c and 2 more`; in quotation marks where one holds an `and` of its own."""
    shown = [single_line(word, longest=LONGEST_WORDS) for word in words[:at_most]]
    if len(shown) > 1 and any(" and " in word for word in shown):
        shown = [f"“{word}”" for word in shown]
    if more := len(words) - len(shown):
        shown.append(f"{more} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def introduction_note(pair: Suggestion, *, workbook: Workbook) -> str:
    """A message to both: who, what they have in common, what lies between them, and a first step. Plain text.

    It never says who has few ties. Whom both know it says only where people are shown by name anyway.
    """
    one, other = workbook.people[pair.one], workbook.people[pair.other]
    by_ground = {each.ground: each for each in pair.speaks}
    facts = []
    if each := by_ground.get(Criterion.INTEREST):
        facts.append(f"you both care about {_listed(each.shared[:NAMED_AT_MOST])}")
    if (each := by_ground.get(Criterion.ACQUAINTANCE)) and workbook.settings.names is NameStyle.NAMES:
        facts.append(f"you both know {_listed([_name(workbook.people[key]) for key in each.through[:2]])}")
    if each := by_ground.get(Criterion.GATHERING):
        facts.append(f"you were both at {_listed(each.shared[:1])}")
    if Criterion.NEW in by_ground:
        facts.append("you both joined us not long ago")
    because = _sentence(facts) if facts else "I think you would have much to tell each other."
    regions = ""
    if Criterion.REGION in by_ground:
        first, second = (single_line(who.attributes["Region"], longest=LONGEST_WORDS) for who in (one, other))
        regions = (
            f" {_name(one)} is at home in {first}, {_name(other)} in {second}: "
            "each of you sees what the other does not."
        )
    return (
        f"Dear {_name(one)} and {_name(other)},\n\n"
        f"I would like the two of you to meet. {because}{regions}\n\n"
        "Would half an hour on the phone suit you both in the next weeks? I am glad to help find a time.\n\n"
        "Warmly,"
    )


def _sentence(facts: Sequence[str]) -> str:
    joined = f"{', '.join(facts[:-1])}, and {facts[-1]}" if len(facts) > 1 else facts[0]
    return f"{joined[:1].upper()}{joined[1:]}."


def person_labels(people: Sequence[Person], *, besides: Sequence[str]) -> dict[PersonKey, str]:
    """Names to choose from, by key, in the order of the alphabet; whoever shares one is told apart by where they work,
    else by a number. None reads like one of `besides`."""
    labels: dict[PersonKey, str] = {}
    shared = Counter(person.name for person in people) + Counter(besides)
    taken = set(besides)
    for person in sorted(people, key=lambda person: (person.name.casefold(), person.key)):
        name = _name(person) or "(no name)"
        label = (
            f"{name}, {single_line(person.organization)}" if shared[person.name] > 1 and person.organization else name
        )
        number, free = 1, label
        while free in taken:
            number, free = number + 1, f"{label} ({number + 1})"
        taken.add(free)
        labels[person.key] = free
    return labels


def introductions_title(found: Introductions, *, person: str | None = None) -> str:
    """What was found, as a heading; `person` is whom it was asked for."""
    number = len(found.pairs)
    if person is not None:
        return f"{pluralize(number, 'person', 'people').capitalize()} for {person} to meet"
    if not number:
        return "No introduction to suggest just now"
    title = f"{pluralize(number, 'introduction')} worth making"
    some = found.for_newcomers
    return f"{title}, {some:,} of them for somebody new or with few ties" if 0 < some < number else title


def nothing_found(found: Introductions) -> str:
    """Why there is no suggestion, and what would help."""
    if not found.considered:
        return (
            "The sheet tells of nothing that two people who have not met have in common. "
            "Tags in the Members tab, or names under Attendees in Convenings, would bring suggestions."
        )
    return "Nobody fits what is chosen here. Choose less, and there are suggestions."


def how_many_text(found: Introductions, *, smallest_group: int) -> str:
    """For those who may not see whom: how many could be introduced, about how many people; nothing of few."""
    if not found.considered:
        return "There is no introduction to suggest just now."

    def said(number: int) -> str:
        return f"{TooFew(smallest_group)}" if is_too_small(number, smallest_group=smallest_group) else f"{number:,}"

    about = Counter(each.ground for pair in found.pairs for each in pair.speaks)
    return (
        f"Of {said(found.people)} members, {said(found.considered)} pairs have not met and have something in common. "
        f"Among the {said(len(found.pairs))} most worth making, {said(about[Criterion.INTEREST])} share an interest, "
        f"{said(about[Criterion.REGION])} join two regions and {said(found.for_newcomers)} are for "
        "somebody new or with "
        "few ties."
    )


def without_ground_text(found: Introductions, *, workbook: Workbook) -> str:
    """Newcomers for whom the sheet has nothing to go by, by name; empty where there is none."""
    if not found.without_ground:
        return ""
    names = [_name(workbook.people[key]) for key in found.without_ground]
    return (
        f"For {_listed(names, at_most=6)} the sheet has nothing to go by yet: a call to ask what they care about, "
        "and a tag or two in the Members tab, would change that."
    )


def suggestion_rows(found: Introductions, *, workbook: Workbook) -> list[Row]:
    """One row an introduction, for a download."""
    cards = introduction_cards(found, workbook=workbook)
    return [
        {
            "One": card.who[0][0],
            "Other": card.who[1][0],
            "In common": card.in_common,
            "Between them": card.between,
            "Points": round(pair.points, 1),
            "Note": card.note,
        }
        for card, pair in zip(cards, found.pairs, strict=True)
    ]


def reason_rows() -> list[Row]:
    """The table of reasons as people read it."""
    return [
        {
            "Reason": reason.words,
            "Points": f"{'up to ' if reason.weight > 0 else ''}{reason.weight:g}".replace("-", "\u2212"),
            "When": reason.counts,
            "Why": reason.why,
        }
        for reason in REASONS
    ]


HOW_CHOSEN = (
    f"Suggested are members of today who have not met, as far as the sheet tells, and who have something in common. "
    f"Nobody is in more than {PER_PERSON} introductions of a list; at least a third of it is for members "
    f"who are new or have fewer than {FEW_TIES} ties. Two who both have many ties are suggested only for an interest. "
    f"The hub, guests, organizations and whoever is not shown on the map are left out, and so is whoever has the tag "
    f"“{NO_INTRODUCTIONS}”."
)


def few_ties(connected: Connectivity) -> tuple[PersonMetrics, ...]:
    """Those of a part who may be listed and have fewer than two ties to anybody, fewest first.

    Ties that a filter leaves out count, too: whoever has them needs no first one.
    """
    everybody, kept = (connected.unfiltered or connected).people, connected.network.people
    reachable = [person for person in everybody if person.ties < FEW_TIES and person.key in kept]
    return tuple(sorted(reachable, key=lambda person: (person.ties, connected.names[person.key].casefold())))


def few_ties_title(connected: Connectivity) -> str:
    """How many people one would reach out to, as a heading."""
    few = len(few_ties(connected))
    if not few:
        return "Everybody has at least two ties"
    return f"{pluralize(few, 'person has', 'people have')} fewer than two ties".capitalize()


def few_ties_rows(connected: Connectivity) -> list[Row]:
    """People to reach out to, for staff and so by name: since when, and with whom they have their one tie."""
    rows: list[Row] = []
    for figures in few_ties(connected):
        person = connected.full_network.people[figures.key]
        tied = [connected.full_network.people[key] for key in connected.full_network.neighbors[figures.key]]
        others = [other.name for other in tied if other.on_map]
        rows.append(
            {
                "Name": person.name,
                "Organization": person.organization or "",
                "Region": person.attributes.get("Region", ""),
                "Joined": person.joined,
                "Tied with": others[0]
                if others
                else ("nobody yet" if not figures.ties else "somebody who is not shown"),
            }
        )
    return rows
