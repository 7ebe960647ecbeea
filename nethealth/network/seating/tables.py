"""Who comes to a convening, and the tables they sit at: choices, cards and rows. By name, so for staff alone.

Values from cells, and names that were typed, are as typed: whoever shows them escapes them. Of whoever is not to be
listed (`Show on map` = no) a seat is kept, without the name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from nethealth.metric import Unit
from nethealth.network.current_ties import find_current_ties
from nethealth.network.seating.assignment import BY_CHANCE, Seating, seat
from nethealth.presentation.formatting import format_date, format_value, pluralize
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.pasted_names import match_pasted_names
from nethealth.workbook.records import Gathering, Person, Workbook
from nethealth.workbook.schema.vocabulary import Kind

Row: TypeAlias = dict[str, object]
Card: TypeAlias = tuple[str, str, str | None]

EVERYBODY, LISTED = "members", "list"
"""Two choices of who comes, as links tell them."""
A_SEAT_KEPT = "(a seat kept)"
MOST_PEOPLE = 2_000
"""So many are seated at once; a cost for each two of them is held in memory."""
FEWEST = 4
_TYPED = "\x00typed "
"""Begins what stands for a typed name that is not known. No cell can hold it, so no key begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """Who comes, and what there is to tell of the list."""

    who: tuple[str, ...]
    """Keys of people, or what stands for a name that is not known."""
    names: Mapping[str, str]
    """What each is called on the tables."""
    told: tuple[str, ...]
    """What became of names that mean nobody known, of repeats and of addresses: sentences with words from cells."""


def choices(workbook: Workbook) -> Mapping[str, str]:
    """Who can come: everybody, those who came to one of the gatherings, latest first, or a list.

    Each is told in words, by what stands for it in a link: of a gathering its date, and which of that day it is
    (`2025-05-01`, `2025-05-01-2`), since no word of the sheet is to stand there.
    """
    came = {
        code: f"who came to {gathering.title}, {format_date(gathering.date)}"
        for code, gathering in _gatherings(workbook).items()
        if gathering.date
    }
    return MappingProxyType({EVERYBODY: "all members of today", **came, LISTED: "a list of names"})


def _gatherings(workbook: Workbook) -> dict[str, Gathering]:
    """The gatherings whose names are listed and that are not ahead, latest first, by what stands for them in links."""
    held = [
        (each.date, each)
        for each in (*workbook.convenings, *workbook.activities)
        if each.attendees and each.date is not None and each.date <= workbook.today
    ]
    of_a_day: Counter[dt.date] = Counter()
    found: dict[str, Gathering] = {}
    for date, gathering in sorted(held, key=lambda one: one[0], reverse=True):
        of_a_day[date] += 1
        found[f"{date}-{of_a_day[date]}" if of_a_day[date] > 1 else f"{date}"] = gathering
    return found


def participants_from(workbook: Workbook, *, chosen: str, typed: str = "") -> Participants:
    """Whom a choice (a key of `choices`) means; `typed` is the list of names.

    Of those who came to a gathering whoever is still here is meant. A name that is not known is seated as typed, and
    told; nobody on a list is lost.
    """
    if chosen == LISTED:
        return _listed(workbook, typed)
    gathering = _gatherings(workbook).get(chosen)
    if gathering is not None:
        came = [workbook.people[key] for key in gathering.attendees if key in workbook.people]
        here = [person for person in came if person.is_inside(workbook.today) is not False]
        gone = len(came) - len(here)
        words = "has left since, and gets" if gone == 1 else "have left since, and get"
        told = [f"{gone:,} of them {words} no seat."] if gone else []
    else:
        here = [
            person
            for person in workbook.members
            if person.kind is Kind.PERSON and person.is_inside(workbook.today) is not False
        ]
        told = []
    return _seated(here, told=told)


def _seated(
    people: Sequence[Person], *, told: list[str], typed: Mapping[str, str] = MappingProxyType({})
) -> Participants:
    names = {person.key: person.name if person.on_map else A_SEAT_KEPT for person in people} | dict(typed)
    kept = sum(not person.on_map for person in people)
    if kept:
        told = [
            *told,
            f"{pluralize(kept, 'seat')} {'is' if kept == 1 else 'are'} kept for members who are never named.",
        ]
    if len(names) > MOST_PEOPLE:
        told = [*told, f"The first {MOST_PEOPLE:,} are seated; the other {len(names) - MOST_PEOPLE:,} are not."]
    return Participants(who=tuple(names)[:MOST_PEOPLE], names=MappingProxyType(names), told=tuple(told))


def _listed(workbook: Workbook, text: str) -> Participants:
    found = match_pasted_names(text, workbook=workbook)
    told = [f"“{each.name}” is in no row of Members, and is seated as typed. {each.remedy}" for each in found.unknown]
    if found.repeated:
        told.append(
            f"{pluralize(found.repeated, 'name stood', 'names stood').capitalize()} there twice: one seat each."
        )
    if found.addresses:
        told.append("E-mail addresses are left out: a seat needs a name.")
    typed = {f"{_TYPED}{each.name}": each.name for each in found.unknown}
    return _seated([workbook.people[key] for key in found.people], told=told, typed=typed)


def seating_of(
    workbook: Workbook, *, who: tuple[str, ...], at_a_table: int, balance: str | None, rounds: int, arrangement: int
) -> Seating:
    """The tables for these people (see `Comers.who`): mixed by who has not met and by the column `balance`.

    `arrangement` numbers the seatings that lots lead to; one number gives the same tables each time.
    """
    people = {key: workbook.people[key] for key in who if key in workbook.people}
    return seat(
        who,
        met=find_current_ties(workbook).known_pairs,
        values={} if balance is None else _values(people, balance),
        places=_values(people, "Organization"),
        at_a_table=at_a_table,
        rounds=rounds,
        seed=arrangement,
    )


def _values(people: Mapping[str, Person], column: str) -> dict[str, str]:
    return {key: name_key(person.attributes.get(column, "")) for key, person in people.items()}


def seating_title(seating: Seating, *, people: int) -> str:
    """What was found, as a heading."""
    tables = pluralize(len(seating.sizes), "table")
    smallest, largest = min(seating.sizes), max(seating.sizes)
    each = f"{largest}" if smallest == largest else f"{smallest} or {largest}"
    return f"{people:,} people at {tables} of {each}"


def seating_text(seating: Seating) -> str:
    """How much better than chance the tables are, in one sentence; empty where there is nothing to compare."""
    if seating.known is None or not seating.known.by_chance:
        return ""
    if not seating.known.here:
        return (
            "As far as the sheet tells, nobody sits with somebody they know already; "
            f"by chance {format_value(seating.known.by_chance, Unit.SHARE)} of the pairs at a table "
            "would know each other."
        )
    return (
        f"{format_value(seating.known.here, Unit.SHARE)} of the pairs at a table know each other; "
        f"by chance it would be {format_value(seating.known.by_chance, Unit.SHARE)}."
    )


def seating_cards(seating: Seating, *, balance: str | None) -> list[Card]:
    """Pairs who know each other, the mix, new faces, pairs who meet again; the first two beside chance."""
    note = "the sheet tells of no tie among them"
    if seating.known is not None:
        chance = format_value(seating.known.by_chance, Unit.SHARE)
        note = f"{chance} by chance, the mean of {BY_CHANCE} seatings by lot"
    here = seating.known.here if seating.known is not None else None
    cards: list[Card] = [("Pairs at a table who know each other", format_value(here, Unit.SHARE), note)]
    if balance is not None and seating.values is not None:
        cards.append(
            (
                f"Different values of {balance} at a table",
                format_value(seating.values.here),
                f"{format_value(seating.values.by_chance)} by chance",
            )
        )
    if seating.new_faces is not None:
        cards.append(("New faces for each person", format_value(seating.new_faces), "at their tables, on average"))
    if len(seating.rounds) > 1:
        cards.append(("Pairs who sit together twice", format_value(seating.met_again, Unit.COUNT), None))
    return cards


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits there, and what the attribute says of them."""

    key: str
    name: str
    value: str


def _by_name(chair: Seat) -> tuple[bool, str, str]:
    return chair.name == A_SEAT_KEPT, chair.name.casefold(), chair.key


def tables_of(
    seating: Seating, *, come: Participants, workbook: Workbook, balance: str | None
) -> list[list[list[Seat]]]:
    """By round the tables, by table the chairs, by name."""
    shown = {key: Seat(key, come.names[key], _shown_value(workbook, key, balance)) for key in come.who}
    return [[sorted((shown[key] for key in table), key=_by_name) for table in one] for one in seating.rounds]


def _shown_value(workbook: Workbook, key: str, column: str | None) -> str:
    person = workbook.people.get(key)
    return person.attributes.get(column, "") if person is not None and person.on_map and column is not None else ""


def seating_rows(tables: Sequence[Sequence[Sequence[Seat]]], *, balance: str | None) -> list[Row]:
    """One row a chair, for a download."""
    return [
        {"Round": number, "Table": place, "Name": chair.name, **({f"By {balance}": chair.value} if balance else {})}
        for number, one in enumerate(tables, start=1)
        for place, table in enumerate(one, start=1)
        for chair in table
    ]


def place_rows(tables: Sequence[Sequence[Sequence[Seat]]]) -> list[Row]:
    """One row a person: at which table they sit in each round, for name tags. Kept seats are left out."""
    places: dict[str, Row] = {}
    for number, one in enumerate(tables, start=1):
        for place, table in enumerate(one, start=1):
            for chair in table:
                if chair.name != A_SEAT_KEPT:
                    places.setdefault(chair.key, {"Name": chair.name})[f"Round {number}"] = place
    return sorted(places.values(), key=lambda row: str(row["Name"]).casefold())
