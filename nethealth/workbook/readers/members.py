"""Rows of Members become people: rows of one person merged, people of one name told apart, attributes chosen."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import is_left_open
from nethealth.workbook.readers.attributes import CONTRACT_ATTRIBUTES, choose_attributes, is_private
from nethealth.workbook.readers.directory import Directory, unused_key
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Person, PersonKey, Severity, Spell
from nethealth.workbook.schema.membership_tabs import MemberRow
from nethealth.workbook.schema.vocabulary import Kind

_WORDS: Final = re.compile(r"[;,\n]+")
_TOTALS: Final = frozenset({"total", "totals", "grandtotal", "subtotal", "totalmembers", "sum", "count"})
"""What stands in the first cell of a line that sums up, by its folded words."""


@dataclass(slots=True)
class _Draft:
    """A person in the making: the rows that speak of one."""

    rows: list[tuple[int, MemberRow]]
    emails: set[str]
    spells: list[Spell] = field(default_factory=list)

    @property
    def member_id(self) -> str | None:
        return next((row.member_id for _, row in self.rows if row.member_id), None)

    @property
    def name(self) -> str:
        return self.in_order()[-1].name

    def in_order(self) -> list[MemberRow]:
        """The rows, the latest last: by `Joined` where every row has one, else as they stand in the sheet."""
        rows = [row for _, row in sorted(self.rows, key=lambda item: item[0])]
        if all(row.joined for row in rows):
            rows.sort(key=lambda row: row.joined or dt.date.min)
        return rows


def read_members(
    table: TabRows[MemberRow], rows: Iterable[tuple[int, MemberRow]], *, wanted: frozenset[str] = frozenset()
) -> Directory:
    """Everybody in the Members tab: rows of one person merged, people of one name told apart, attributes chosen.

    `wanted`: folded headers that staff ask for by name as attributes, however unique their values.
    """
    rows = _spelled_as_most(table, list(rows))
    drafts = _told_apart(table, rows)
    people: dict[PersonKey, Person] = {}
    emails: dict[str, list[PersonKey]] = {}
    kept = choose_attributes(table, [_further(draft) for draft in drafts], wanted=wanted)
    persons: list[tuple[_Draft, Person]] = []
    for draft in drafts:
        person = _person(draft, people, kept.columns)
        people[person.key] = person
        persons.append((draft, person))
        for email in draft.emails:
            emails.setdefault(email, []).append(person.key)
    directory = Directory(people.values(), emails=emails)
    for draft, person in persons:
        for _, row in draft.rows:
            directory.know(row.name, person)
    directory.attributes = kept.shown(people.values())
    directory.private_attributes = tuple(header for header in kept.columns if is_private(header))
    _tell_shared_emails(table, persons)
    _tell_without_joined(table, persons)
    _tell_totals(table, persons)
    return directory


def _spelled_as_most(table: TabRows[MemberRow], rows: list[tuple[int, MemberRow]]) -> list[tuple[int, MemberRow]]:
    """The rows with one spelling of each value to compare by: `kern` beside many a `Kern` is no region of its own."""
    spelled: dict[str, Counter[str]] = {}
    for _, row in rows:
        for column, value in _values(row):
            spelled.setdefault(column, Counter())[value] += 1
    read_as = {column: _most_used(counts) for column, counts in spelled.items()}
    if not any(read_as.values()):
        return rows
    return [(number, _respelled(table, number, row, read_as)) for number, row in rows]


def _values(row: MemberRow) -> Iterator[tuple[str, str]]:
    for name in CONTRACT_ATTRIBUTES:
        if value := getattr(row, name):
            yield name, value
    yield from row.extra.items()


def _most_used(counts: Counter[str]) -> dict[str, str]:
    """By each other spelling of a value the one that is used most; of two used alike the first."""
    chosen: dict[str, str] = {}
    for value, _ in counts.most_common():
        chosen.setdefault(name_key(value), value)
    return {value: chosen[name_key(value)] for value in counts if chosen[name_key(value)] != value}


def _respelled(
    table: TabRows[MemberRow], number: int, row: MemberRow, read_as: Mapping[str, Mapping[str, str]]
) -> MemberRow:
    changed = {column: read_as[column][value] for column, value in _values(row) if value in read_as[column]}
    if not changed:
        return row
    places = {header: at for at, header in table.extra.items()}
    for column, value in changed.items():
        table.tell(
            Severity.NOTE,
            "Other rows write this with other capitals; it is read as most do.",
            f"Nothing needs doing: it is read as “{value}”.",
            row=number,
            at=places.get(column, column),
            value=dict(_values(row))[column],
        )
    known = {column: value for column, value in changed.items() if column in CONTRACT_ATTRIBUTES}
    extra = {header: value for header, value in changed.items() if header not in CONTRACT_ATTRIBUTES}
    return row.model_copy(update={**known, "extra": {**row.extra, **extra}})


def _emails(row: MemberRow) -> set[str]:
    return set(EMAIL_MARK.findall(row.email or "")) | set(EMAIL_MARK.findall(row.name))


def _told_apart(table: TabRows[MemberRow], rows: list[tuple[int, MemberRow]]) -> list[_Draft]:
    """The rows by person: first those with an ID, then the others by name and e-mail."""
    by_id: dict[str, _Draft] = {}
    by_name: dict[str, list[_Draft]] = {}
    drafts: list[_Draft] = []
    for number, row in sorted(rows, key=lambda item: item[1].member_id is None):
        emails = _emails(row)
        name = name_key(row.name)
        namesakes = by_name.setdefault(name, [])
        if row.member_id:
            draft = by_id.get(name_key(row.member_id))
        else:
            draft = _namesake(table, number, row, emails, namesakes)
        if draft is None:
            draft = _Draft(rows=[(number, row)], emails=emails)
            _add_spell(table, draft, number, row)
            drafts.append(draft)
        else:
            _merge(table, draft, number, row)
            draft.emails |= emails
        if row.member_id:
            by_id[name_key(row.member_id)] = draft
        if not any(other is draft for other in namesakes):
            namesakes.append(draft)
    return sorted(drafts, key=lambda draft: min(number for number, _ in draft.rows))


def _namesake(
    table: TabRows[MemberRow], number: int, row: MemberRow, emails: set[str], namesakes: list[_Draft]
) -> _Draft | None:
    """Of those who bear the name of a row without an ID, the one whom it speaks of."""
    if not namesakes:
        return None
    sharing = [draft for draft in namesakes if draft.emails & emails]
    fitting = sharing or [draft for draft in namesakes if not draft.emails or not emails]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        table.tell(
            Severity.WARNING,
            "Another member bears this name, with another e-mail: they count as two. A tie to the name waits.",
            "Give one of them a Member ID, and use it for that one. If they are one person, mend the e-mail.",
            row=number,
            at="name",
            value=row.name,
        )
        return None
    table.tell(
        Severity.WARNING,
        "Several members bear this name; this row is taken to speak of the first of them.",
        "Give each of them a Member ID.",
        row=number,
        at="name",
        value=row.name,
    )
    return fitting[0]


def _merge(table: TabRows[MemberRow], draft: _Draft, number: int, row: MemberRow) -> None:
    before = (sorted(_joined(draft.spells), key=_beginning), _standing(draft))
    named = {name_key(other.name) for _, other in draft.rows}
    draft.rows.append((number, row))
    _add_spell(table, draft, number, row)
    if name_key(row.name) not in named:
        table.tell(
            Severity.WARNING,
            "This Member ID stands with another name too; it is taken for one person, by the name of the latest row.",
            "If they are two people, give one of them another Member ID.",
            row=number,
            at="name",
            value=row.name,
        )
    elif before == (sorted(_joined(draft.spells), key=_beginning), _standing(draft)):
        table.merged += 1
        message = "This row repeats a member and adds nothing; the member counts once."
        table.tell(Severity.NOTE, message, "Delete the row if it is not needed.", row=number, at="name", value=row.name)
    else:
        table.tell(
            Severity.NOTE,
            "This member stands in several rows; they are read as one person, and the stays are joined.",
            "Nothing needs doing if it is one person. If they are two, give each a Member ID.",
            row=number,
            at="name",
            value=row.name,
        )


def _standing(draft: _Draft) -> tuple[object, ...]:
    """All that the rows say of a person, but for dates."""
    merged = _merged(draft)
    return tuple(sorted((name, str(value)) for name, value in merged.items()))


def _merged(draft: _Draft) -> dict[str, object]:
    merged: dict[str, object] = {}
    for row in draft.in_order():
        for name in ("name", "kind", *CONTRACT_ATTRIBUTES, "tags", "on_map", "notes"):
            value = getattr(row, name)
            if value is not None:
                merged[name] = value
        merged.update({f"extra {header}": value for header, value in row.extra.items()})
    # Whoever asked once not to be shown stays so until a later row says yes.
    return merged


def _add_spell(table: TabRows[MemberRow], draft: _Draft, number: int, row: MemberRow) -> None:
    if row.joined is not None and row.left is not None and row.left < row.joined:
        table.tell(
            Severity.ERROR,
            "Left comes before Joined; both dates are left out, and the member stays in the network.",
            "Correct one of the two dates.",
            row=number,
            at="left",
            value=row.left,
        )
    elif row.joined is not None or row.left is not None:
        draft.spells.append(Spell(row.joined, row.left))


def _beginning(spell: Spell) -> dt.date:
    return spell.joined or dt.date.min


def _joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spells in order, those that overlap joined to one."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=_beginning):
        last = joined[-1] if joined else None
        if last is not None and (last.left is None or _beginning(spell) <= last.left):
            end = None if last.left is None or spell.left is None else max(last.left, spell.left)
            # A beginning that is known says more than one that is not.
            joined[-1] = Spell(last.joined or spell.joined, end)
        else:
            joined.append(spell)
    return tuple(joined)


def _further(draft: _Draft) -> dict[str, str]:
    values: dict[str, str] = {}
    for row in draft.in_order():
        values.update(row.extra)
    return values


def _person(draft: _Draft, people: dict[PersonKey, Person], kept: Sequence[str]) -> Person:
    merged = _merged(draft)
    attributes = {label: str(merged[name]) for name, label in CONTRACT_ATTRIBUTES.items() if name in merged}
    private: dict[str, str] = {}
    for header, value in _further(draft).items():
        if header in kept:
            (private if is_private(header) else attributes)[header] = value
    kind, notes = merged.get("kind"), merged.get("notes")
    return Person(
        key=unused_key(draft.member_id or draft.name, people),
        name=draft.name,
        member_id=draft.member_id,
        kind=kind if isinstance(kind, Kind) else Kind.PERSON,
        spells=_joined(draft.spells),
        attributes=attributes,
        private_attributes=private,
        tags=tuple(dict.fromkeys(tag for part in _WORDS.split(str(merged.get("tags", ""))) if (tag := part.strip()))),
        on_map=merged.get("on_map") is not False,
        notes=notes if isinstance(notes, str) else None,
        row=min(number for number, _ in draft.rows),
    )


def _tell_shared_emails(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    first: dict[str, Person] = {}
    for draft, person in persons:
        for email in draft.emails:
            other = first.setdefault(email, person)
            if other is not person and name_key(other.name) != name_key(person.name):
                table.tell(
                    Severity.NOTE,
                    "Another member has the same e-mail and another name; they count as two.",
                    "If they are one person, give both rows the same name or the same Member ID.",
                    row=draft.rows[0][0],
                    at="name",
                    value=person.name,
                )
                break


def _tell_without_joined(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    if not table.has("joined"):
        return
    for draft, person in persons:
        # What could not be read, or was left out, has been told at its cell already.
        was_told = any(
            row.joined is not None or not is_left_open(table.typed(number, "joined")) for number, row in draft.rows
        )
        if person.joined is None and not was_told:
            table.tell(
                Severity.NOTE,
                "No Joined date: this member is in the network, and not in the membership figures.",
                "Fill in Joined; a month or a year will do.",
                row=draft.rows[0][0],
                at="joined",
            )


def _tell_totals(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    for draft, person in persons:
        if folded(person.name) in _TOTALS:
            table.tell(
                Severity.WARNING,
                "This looks like a line of totals, and it counts as a member.",
                "If nobody bears this name, clear the row: the app counts by itself.",
                row=draft.rows[0][0],
                at="name",
                value=person.name,
            )
