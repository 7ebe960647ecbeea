"""Who comes to a convening, and the tables they sit at: choices, cards, and rows. By name, so for staff only.

Values from cells, and names that staff typed, are as typed: callers escape them. People who may not be listed (`Show on
map` = no) get a saved seat without their name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nethealth.metric import Unit
from nethealth.network.current_ties import find_current_ties
from nethealth.network.graph import Pair
from nethealth.network.seating.assignment import RANDOM_SEATINGS, Seating, seat_people
from nethealth.presentation.formatting import format_date, format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.name_lists.pasted_names import match_pasted_names
from nethealth.workbook.records import Gathering, Person, Workbook
from nethealth.workbook.schema.vocabulary import Kind

EVERYONE, PASTED = "members", "list"
"""Two choices of who comes, as they appear in links."""
SAVED_SEAT = "(saved seat)"
MOST_PEOPLE = 2_000
"""People seated at once; the cost of each pair of them is in memory."""
FEWEST = 4
_TYPED = "\x00typed "
"""Prefix of the key for a typed name we do not know. No cell can contain it, so no person's key starts like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """Who comes, and messages about the list."""

    who: tuple[str, ...]
    """Keys of people, or keys made for names we do not know."""
    names: Mapping[str, str]
    """Each person's name on the tables."""
    messages: tuple[str, ...]
    """What we did with unknown names, repeats, and email addresses: sentences that hold text from cells."""


def choices(workbook: Workbook) -> Mapping[str, str]:
    """Return who can come, by the value used in links: everyone, people who came to a gathering, or a list.

    Gatherings come latest first. A gathering's value is its date and its place among that day's gatherings
    (`2025-05-01`, `2025-05-01-2`), since links hold no text from the workbook.
    """
    came = {
        code: f"people who came to {gathering.title}, {format_date(gathering.date)}"
        for code, gathering in _gatherings(workbook).items()
        if gathering.date
    }
    return MappingProxyType({EVERYONE: "all current members", **came, PASTED: "a list of names"})


def _gatherings(workbook: Workbook) -> dict[str, Gathering]:
    """Return past gatherings with attendees, latest first, by their value in links."""
    past = [
        (each.date, each)
        for each in (*workbook.convenings, *workbook.activities)
        if each.attendees and each.date is not None and each.date <= workbook.today
    ]
    of_a_day: Counter[dt.date] = Counter()
    found: dict[str, Gathering] = {}
    for date, gathering in sorted(past, key=lambda one: one[0], reverse=True):
        of_a_day[date] += 1
        found[f"{date}-{of_a_day[date]}" if of_a_day[date] > 1 else f"{date}"] = gathering
    return found


def participants_from(workbook: Workbook, *, chosen: str, typed: str = "") -> Participants:
    """Return the people a choice (a key of `choices`) stands for; `typed` is the pasted list of names.

    People who came to a gathering and have left since are not included. Names we do not know are seated as typed,
    with a message, so no one on a list is lost.
    """
    if chosen == PASTED:
        return _from_list(workbook, typed)
    gathering = _gatherings(workbook).get(chosen)
    if gathering is not None:
        came = [workbook.people[key] for key in gathering.attendees if key in workbook.people]
        here = [person for person in came if person.is_inside(workbook.today) is not False]
        gone = len(came) - len(here)
        have = "has" if gone == 1 else "have"
        messages = [f"{gone:,} of them {have} since left the network, so we didn’t seat them."] if gone else []
    else:
        here = [
            person
            for person in workbook.members
            if person.kind is Kind.PERSON and person.is_inside(workbook.today) is not False
        ]
        messages = []
    return _seated(here, messages=messages)


def _seated(
    people: Sequence[Person], *, messages: list[str], typed: Mapping[str, str] = MappingProxyType({})
) -> Participants:
    names = {person.key: person.name if person.on_map else SAVED_SEAT for person in people} | dict(typed)
    if saved := sum(not person.on_map for person in people):
        messages = [*messages, f"We saved {pluralize(saved, 'seat')} for members who asked not to be named."]
    if len(names) > MOST_PEOPLE:
        others = len(names) - MOST_PEOPLE
        messages = [*messages, f"We seated the first {MOST_PEOPLE:,} people. The other {others:,} have no seat."]
    return Participants(who=tuple(names)[:MOST_PEOPLE], names=MappingProxyType(names), messages=tuple(messages))


def _from_list(workbook: Workbook, text: str) -> Participants:
    found = match_pasted_names(text, workbook=workbook)
    messages = [
        f"“{each.name}” isn’t in the Members tab, so we used the name as typed. {each.remedy}" for each in found.unknown
    ]
    if found.repeated:
        repeated = pluralize(found.repeated, "name appears", "names appear").capitalize()
        messages.append(f"{repeated} more than once. We saved one seat for each.")
    if found.addresses:
        messages.append("We skipped email addresses. A seat needs a name.")
    typed = {typed_key(each.name): each.name for each in found.unknown}
    return _seated([workbook.people[key] for key in found.people], messages=messages, typed=typed)


def typed_key(name: str) -> str:
    """Return the key of someone whom the workbook doesn't know, by their name."""
    return f"{_TYPED}{name_key(name)}"


def make_seating(
    workbook: Workbook,
    *,
    who: tuple[str, ...],
    at_a_table: int,
    balance: str | None,
    rounds: int,
    arrangement: int,
    met: frozenset[Pair] = frozenset(),
) -> Seating:
    """Return tables for these people (see `Participants.who`), mixed by who has not met and by the column `balance`.

    Each `arrangement` number gives other tables, and always the same ones. The pairs in `met` know each other, too,
    whatever the workbook says.
    """
    people = {key: workbook.people[key] for key in who if key in workbook.people}
    return seat_people(
        who,
        known_pairs=find_current_ties(workbook).known_pairs | met,
        values={} if balance is None else _values(people, balance),
        organizations=_values(people, "Organization"),
        at_a_table=at_a_table,
        rounds=rounds,
        seed=arrangement,
    )


def _values(people: Mapping[str, Person], column: str) -> dict[str, str]:
    return {key: name_key(person.attributes.get(column, "")) for key, person in people.items()}


def seating_title(seating: Seating, *, people: int) -> str:
    """Return how many people sit at how many tables, as a heading."""
    tables = pluralize(len(seating.sizes), "table")
    smallest, largest = min(seating.sizes), max(seating.sizes)
    each = f"{largest}" if smallest == largest else f"{smallest} or {largest}"
    return f"{people:,} people at {tables} of {each}"


def seating_cards(seating: Seating, *, balance: str | None) -> list[Card]:
    """Return the share who know each other, the mix, new people met, and pairs who sit together twice."""
    acquainted, distinct = seating.acquainted, seating.distinct_values
    note = "we know of no connections among them"
    if acquainted is not None:
        note = (
            f"{format_value(acquainted.by_chance, Unit.SHARE)} expected by chance ({RANDOM_SEATINGS} random seatings)"
        )
    share = format_value(acquainted.observed if acquainted is not None else None, Unit.SHARE)
    cards = [Card("Pairs at a table who know each other", share, note)]
    if balance is not None and distinct is not None:
        label = f"Values of {balance} at each table"
        cards.append(
            Card(label, format_value(distinct.observed), f"{format_value(distinct.by_chance)} expected by chance")
        )
    if seating.new_faces is not None:
        cards.append(Card("New people each person would meet", format_value(seating.new_faces), "on average"))
    if len(seating.rounds) > 1:
        cards.append(Card("Pairs who sit together twice", format_value(seating.repeated_pairs, Unit.COUNT), None))
    return cards


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at a table, and their value in the column to mix."""

    key: str
    name: str
    value: str


def _by_name(seat: Seat) -> tuple[bool, str, str]:
    return seat.name == SAVED_SEAT, seat.name.casefold(), seat.key


def list_tables(
    seating: Seating, *, participants: Participants, workbook: Workbook, balance: str | None
) -> list[list[list[Seat]]]:
    """Return the seats by round and table, sorted by name."""
    shown = {key: Seat(key, participants.names[key], _shown_value(workbook, key, balance)) for key in participants.who}
    return [[sorted((shown[key] for key in table), key=_by_name) for table in one] for one in seating.rounds]


def _shown_value(workbook: Workbook, key: str, column: str | None) -> str:
    person = workbook.people.get(key)
    return person.attributes.get(column, "") if person is not None and person.on_map and column is not None else ""


def seat_table(tables: Sequence[Sequence[Sequence[Seat]]], *, balance: str | None) -> Table:
    """Return one row per seat, for a download."""
    mixed = {} if balance is None else {f"By {balance}": Format.TEXT}
    rows = (
        {"Round": number, "Table": place, "Name": seat.name, **dict.fromkeys(mixed, seat.value)}
        for number, tables_of_round in enumerate(tables, start=1)
        for place, table in enumerate(tables_of_round, start=1)
        for seat in table
    )
    return Table.of(
        {"Round": Format.NUMBER, "Table": Format.NUMBER, "Name": Format.TEXT, **mixed},
        rows,
        meanings=dict.fromkeys(mixed, "This person’s value in the column that you chose to mix tables by."),
    )


def place_table(tables: Sequence[Sequence[Sequence[Seat]]]) -> Table:
    """Return one row per person with their table in each round, for name tags; without saved seats."""
    places: dict[str, dict[str, object]] = {}
    for number, tables_of_round in enumerate(tables, start=1):
        for place, table in enumerate(tables_of_round, start=1):
            for seat in table:
                if seat.name != SAVED_SEAT:
                    places.setdefault(seat.key, {"Name": seat.name})[f"Round {number}"] = place
    rounds = {f"Round {number}": Format.NUMBER for number in range(1, len(tables) + 1)}
    rows = sorted(places.values(), key=lambda row: str(row["Name"]).casefold())
    return Table.of({"Name": Format.TEXT, **rounds}, rows, meanings=dict.fromkeys(rounds, "The number of their table."))
