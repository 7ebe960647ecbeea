"""Suggested introductions as cards: who, why, and an email that is ready to send. By name, so for staff only.

Values from cells are as typed: callers escape them. Emails are plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.network.connectivity import Connectivity
from nethealth.network.current_ties import FEW_TIES
from nethealth.network.introductions.criteria import (
    PER_PERSON,
    RULES_BY_CRITERION,
    SCORING_RULES,
    Criterion,
    ScoredReason,
)
from nethealth.network.introductions.suggestions import Introductions, Suggestion
from nethealth.network.metrics.network_metrics import PersonMetrics
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import NO_INTRODUCTIONS, NameStyle

MOST_LISTED = 3
LONGEST_NAME, LONGEST_VALUE = 80, 120
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COMPASS = re.compile(r"(?i)(north|south|east|west|mid|up)[a-z-]*")
"""Regions that take an article: the Northeast, the Midwest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionCard:
    """Two people, as staff see them."""

    who: tuple[tuple[str, str], ...]
    """Each person's name, and their role, organization, and region (empty if unknown). Only the other person if the
    card is for one of them."""
    in_common: tuple[str, ...]
    """What the two share, weightiest criterion first."""
    between: tuple[str, ...]
    """How they differ, and what counts against introducing them."""
    note: str
    """An email to both, plain text, ready to send."""


def introduction_cards(
    introductions: Introductions, *, workbook: Workbook, person: PersonKey | None = None
) -> list[IntroductionCard]:
    """Return a card for each introduction, best first; `person` is the one person they are all for."""
    return [_card(pair, workbook, person=person) for pair in introductions.pairs]


def _card(pair: Suggestion, workbook: Workbook, *, person: PersonKey | None) -> IntroductionCard:
    people = workbook.people[pair.one], workbook.people[pair.other]
    texts = {reason.criterion: _reason_text(reason, pair, workbook) for reason in pair.reasons}
    return IntroductionCard(
        who=tuple((_name(each), _about(each)) for each in people if each.key != person),
        in_common=tuple(text for criterion, text in texts.items() if RULES_BY_CRITERION[criterion].is_common),
        between=tuple(text for criterion, text in texts.items() if not RULES_BY_CRITERION[criterion].is_common),
        note=introduction_note(pair, workbook=workbook),
    )


def _name(person: Person) -> str:
    return single_line(person.name, longest=LONGEST_NAME)


def _about(person: Person) -> str:
    values = (person.attributes.get(column, "").strip() for column in ("Role", "Organization", "Region"))
    return ", ".join(single_line(value, longest=LONGEST_VALUE) for value in values if value)


def _reason_text(reason: ScoredReason, pair: Suggestion, workbook: Workbook) -> str:
    one, other = workbook.people[pair.one], workbook.people[pair.other]
    match reason.criterion:
        case Criterion.INTEREST:
            return f"Both care about {_listed(reason.shared)}"
        case Criterion.ACQUAINTANCE:
            return f"Both know {_listed([_name(workbook.people[key]) for key in reason.through])}"
        case Criterion.GATHERING:
            return f"Both came to {_listed(reason.shared, at_most=1)}"
        case Criterion.NEW:
            return "Both joined in the last six months"
        case Criterion.FEW_TIES:
            few = [(person, ties) for person, ties in zip((one, other), pair.ties, strict=True) if ties < FEW_TIES]
            if len(few) > 1:
                return "Neither has more than one connection yet"
            person, ties = few[0]
            return f"{_name(person)} has {'one connection so far' if ties else 'no connections yet'}"
        case Criterion.REGION | Criterion.ROLE:
            column = reason.criterion.value.capitalize()
            values = [single_line(person.attributes[column], longest=LONGEST_VALUE) for person in (one, other)]
            return f"Different {column.lower()}s: {' and '.join(values)}"
        case Criterion.FAR:
            return f"No one{' outside the hub' if workbook.hub else ' else'} knows both"
        case _:
            organization = single_line(one.organization or "", longest=LONGEST_VALUE)
            return f"Both work at {organization}, so they may have met"


def _listed(values: Sequence[str], *, at_most: int = MOST_LISTED) -> str:
    """Return `a`, `a and b`, `a, b, and c`, or `a, b, c, and 2 more`; in quotes if a value contains `and` itself."""
    parts = [single_line(value, longest=LONGEST_VALUE) for value in values[:at_most]]
    if len(parts) > 1 and any(" and " in part for part in parts):
        parts = [f"“{part}”" for part in parts]
    if more := len(values) - len(parts):
        parts.append(f"{more} more")
    return _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


def introduction_note(pair: Suggestion, *, workbook: Workbook) -> str:
    """Return an email to both people: why they should meet, how they differ, and a first step. Plain text.

    It never says who has few connections. It names people both know only if the map shows full names anyway.
    """
    one, other = workbook.people[pair.one], workbook.people[pair.other]
    first, second = _greeting_names(one, other)
    reasons = {reason.criterion: reason for reason in pair.reasons}
    sentences = [f"I’d love for you two to meet. {_common_ground(reasons, workbook)}"]
    if Criterion.REGION in reasons:
        here, there = (_region(person.attributes["Region"]) for person in (one, other))
        sentences.append(f"{first} is in {here} and {second} is in {there}, so you’d each bring a different view.")
    return (
        f"Hi {first} and {second},\n\n"
        f"{' '.join(sentences)}\n\n"
        "Could you find half an hour to talk in the next few weeks? I’m happy to help set a time.\n\n"
        "Warmly,"
    )


def _common_ground(reasons: dict[Criterion, ScoredReason], workbook: Workbook) -> str:
    """What the two share, in one or two sentences that a person might write."""
    facts = []
    interests = reasons.get(Criterion.INTEREST)
    care = f"You both care about {_spoken_list(interests.shared[:MOST_LISTED])}" if interests else ""
    if (acquaintances := reasons.get(Criterion.ACQUAINTANCE)) and workbook.settings.names is NameStyle.NAMES:
        facts.append(f"know {_listed([_name(workbook.people[key]) for key in acquaintances.through[:2]])}")
    if gatherings := reasons.get(Criterion.GATHERING):
        facts.append(f"were at {_listed(gatherings.shared[:1])}")
    shared = f"both {_joined(facts)}" if facts else ""
    sentences = (
        [f"{care}, and you {shared}." if care and shared else f"{care or f'You {shared}'}."] if care or shared else []
    )
    if Criterion.NEW in reasons:
        sentences.append(f"You’re {'also ' if sentences else ''}both fairly new, so you may have the same questions.")
    return " ".join(sentences) or "I think you’d have a lot to talk about."


def _spoken_list(values: Sequence[str]) -> str:
    """Return `a and b`, or `a and b as well as c` if a value contains `and` itself."""
    parts = [single_line(value, longest=LONGEST_VALUE) for value in values]
    if len(parts) < 2 or not any(" and " in part for part in parts):
        return _joined(parts)
    return f"{', '.join(parts[:-1])} as well as {parts[-1]}"


def _greeting_names(one: Person, other: Person) -> tuple[str, str]:
    """First names if both people have plain first and last names and the first ones differ; else names as they are."""
    names = _without_credentials(_name(one)), _without_credentials(_name(other))
    first, second = map(_first_name, names)
    return (first, second) if first and second and first != second else names


def _without_credentials(name: str) -> str:
    """Return `Ana López` for `Ana López, PhD`; other names, also `López, Ana`, as they are."""
    base, *others = name.split(",")
    are_credentials = all(sum(letter.isupper() for letter in part) > 1 for part in others)
    return base if others and are_credentials else name


def _first_name(name: str) -> str | None:
    first, *others = name.split() or [""]
    is_plain = len(others) in (1, 2) and all(_NAME_WORD.fullmatch(word.removesuffix(".")) for word in others)
    return first if is_plain and len(first) > 1 and _NAME_WORD.fullmatch(first) else None


def _region(value: str) -> str:
    region = single_line(value, longest=LONGEST_VALUE)
    return f"the {region}" if _COMPASS.fullmatch(region) else region


def person_labels(people: Sequence[Person], *, reserved: Sequence[str]) -> dict[PersonKey, str]:
    """Return names to choose from, by key, in alphabetical order.

    People who share a name get their organization, or else a number. No label equals one of `reserved`.
    """
    labels: dict[PersonKey, str] = {}
    shared = Counter(person.name for person in people) + Counter(reserved)
    taken = set(reserved)
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


def introductions_title(introductions: Introductions, *, person: str | None = None) -> str:
    """Return how many introductions there are, as a heading; `person` is the one person they are for."""
    number = len(introductions.pairs)
    if person is not None:
        return f"{pluralize(number, 'person', 'people').capitalize()} for {person} to meet"
    if not number:
        return "No introductions to suggest right now"
    title = f"{pluralize(number, 'introduction')} worth making"
    newcomers = introductions.for_newcomers
    return (
        f"{title}, {newcomers:,} of them for someone who is new or has few connections"
        if 0 < newcomers < number
        else title
    )


def no_introductions_text(introductions: Introductions) -> str:
    """Return why there is no suggestion, and what would help."""
    if not introductions.considered:
        return (
            "We found no two people who have something in common but haven’t met. To get suggestions, add tags in the "
            "Members tab or attendees in the Convenings tab."
        )
    return "No introductions match these choices. Try changing one."


def introduction_counts_text(introductions: Introductions, *, smallest_group: int) -> str:
    """Return how many people could be introduced, and why, for viewers, who see no names; small numbers are hidden."""
    if not introductions.considered:
        return "There are no introductions to suggest right now."

    def shown(number: int) -> str:
        return f"{TooFew(smallest_group)}" if is_too_small(number, smallest_group=smallest_group) else f"{number:,}"

    def of_these(number: int) -> str:
        is_all = number == len(introductions.pairs) and not is_too_small(number, smallest_group=smallest_group)
        return "all" if is_all else shown(number)

    reasons = Counter(reason.criterion for pair in introductions.pairs for reason in pair.reasons)
    return (
        f"Among {shown(introductions.people)} members, {shown(introductions.considered)} pairs have something in "
        f"common but haven’t met. Of the {shown(len(introductions.pairs))} best introductions, "
        f"{of_these(reasons[Criterion.INTEREST])} share an interest, {of_these(reasons[Criterion.REGION])} connect two "
        f"regions, and {of_these(introductions.for_newcomers)} are for someone who is new or has few connections."
    )


def unmatched_newcomers_text(introductions: Introductions, *, workbook: Workbook) -> str:
    """Return the newcomers we know too little about to suggest anyone; empty if there are none."""
    if not introductions.unmatched_newcomers:
        return ""
    names = [_name(workbook.people[key]) for key in introductions.unmatched_newcomers]
    return (
        f"We don’t know enough yet about {_listed(names, at_most=6)}. Call to ask what they care about, then add it "
        "under Tags in the Members tab."
    )


def suggestion_table(introductions: Introductions, *, workbook: Workbook) -> Table:
    """Return one row per introduction, for a download."""
    cards = introduction_cards(introductions, workbook=workbook)
    headers = ("Person", "Other person", "In common", "Differences", "Points", "Email")
    rows = (
        {
            "Person": card.who[0][0],
            "Other person": card.who[1][0],
            "In common": card.in_common,
            "Differences": card.between,
            "Points": round(pair.points, 1),
            "Email": card.note,
        }
        for card, pair in zip(cards, introductions.pairs, strict=True)
    )
    return Table.of(
        dict.fromkeys(headers, Format.TEXT) | {"Points": Format.NUMBER},
        rows,
        meanings={
            "Points": "How good a match we think they are. The page lists what earns points.",
            "Email": "A note that you can copy, change, and send to both.",
        },
    )


def scoring_table() -> Table:
    """Return the criteria as people read them."""
    rows = (
        {
            "Reason": rule.label,
            "Points": f"{'up to ' if rule.points > 0 else ''}{rule.points:g}".replace("-", "\u2212"),
            "When": rule.when,
            "Why": rule.why,
        }
        for rule in SCORING_RULES
    )
    return Table.of(dict.fromkeys(("Reason", "Points", "When", "Why"), Format.TEXT), rows)


HOW_WE_CHOOSE = (
    "We suggest current members who have something in common and, according to the workbook, haven’t met. No one is in "
    f"more than {PER_PERSON} introductions per list. At least a third of the list is for members who are new or have "
    f"fewer than {FEW_TIES} connections. Two people with many connections need to share an interest. We leave out the "
    f"hub, guests, organizations, people not shown on the map, and anyone with the tag “{NO_INTRODUCTIONS}” in Members."
)


def few_ties(connected: Connectivity) -> tuple[PersonMetrics, ...]:
    """Return selected people who may be listed and have fewer than two ties, fewest first.

    Ties that a filter hides count too.
    """
    everyone, selected = (connected.unfiltered or connected).people, connected.network.people
    few = [person for person in everyone if person.ties < FEW_TIES and person.key in selected]
    return tuple(sorted(few, key=lambda person: (person.ties, connected.names[person.key].casefold())))


def few_ties_title(connected: Connectivity) -> str:
    """Return how many people have few connections, as a heading."""
    few = len(few_ties(connected))
    if not few:
        return "Everyone has at least two connections"
    return f"{pluralize(few, 'person has', 'people have')} fewer than two connections".capitalize()


def few_ties_table(connected: Connectivity) -> Table:
    """Return people with few connections, for staff and so by name: when they joined, and who they know."""
    rows = []
    for metrics in few_ties(connected):
        person = connected.full_network.people[metrics.key]
        neighbors = [connected.full_network.people[key] for key in connected.full_network.neighbors[metrics.key]]
        others = [other.name for other in neighbors if other.on_map]
        rows.append(
            {
                "Name": person.name,
                "Organization": person.organization or "",
                "Region": person.attributes.get("Region", ""),
                "Joined": person.joined,
                "Connected with": others[0] if others else ("no one yet" if not metrics.ties else "someone not shown"),
            }
        )
    headers = ("Name", "Organization", "Region", "Joined", "Connected with")
    return Table.of(dict.fromkeys(headers, Format.TEXT) | {"Joined": Format.DATE}, rows)
