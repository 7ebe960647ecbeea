"""Turn rows of Members into people: merge rows of one person, separate people of one name, choose attributes."""

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
from nethealth.workbook.readers.membership.status import rows_of_former_members
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Person, PersonKey, Severity, Spell
from nethealth.workbook.schema.membership_tabs import MemberRow
from nethealth.workbook.schema.vocabulary import Kind

_WORDS: Final = re.compile(r"[;,|\n]+")
_TOTALS: Final = frozenset({"total", "totals", "grandtotal", "subtotal", "totalmembers", "sum", "count"})
"""Names (folded) that show that a row holds totals and not a person."""


@dataclass(slots=True)
class _Draft:
    """The rows of one person."""

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
        """Return the rows, the latest last: by `Joined` if every row has one, else in the workbook's order."""
        rows = [row for _, row in sorted(self.rows, key=lambda item: item[0])]
        if all(row.joined for row in rows):
            rows.sort(key=lambda row: row.joined or dt.date.min)
        return rows


def read_members(
    table: TabRows[MemberRow],
    rows: Iterable[tuple[int, MemberRow]],
    *,
    wanted: frozenset[str] = frozenset(),
    attributes: frozenset[str] = frozenset(),
) -> Directory:
    """Return everyone in the Members tab.

    `wanted`: folded headers that staff want as attributes, however unique their values; `attributes`: those of them in
    the Column names tab, which say nothing about who is a member.
    """
    rows = _unify_spelling(table, list(rows))
    former = rows_of_former_members(table, rows, attributes=attributes)
    if former:
        rows = [(number, _without_joined(row) if number in former else row) for number, row in rows]
    drafts = _group_rows_by_person(table, rows)
    people: dict[PersonKey, Person] = {}
    emails: dict[str, list[PersonKey]] = {}
    chosen = choose_attributes(table, [_extra_values(draft) for draft in drafts], wanted=wanted)
    persons: list[tuple[_Draft, Person]] = []
    for draft in drafts:
        person = _person(draft, people, chosen.columns, former)
        people[person.key] = person
        persons.append((draft, person))
        for email in draft.emails:
            emails.setdefault(email, []).append(person.key)
    directory = Directory(people.values(), emails=emails)
    for draft, person in persons:
        for _, row in draft.rows:
            directory.add_name(row.name, person)
    directory.attributes = chosen.shown(people.values())
    directory.private_attributes = tuple(header for header in chosen.columns if is_private(header))
    _report_shared_emails(table, persons)
    _report_without_joined(table, persons)
    _report_totals(table, persons)
    return directory


def _unify_spelling(table: TabRows[MemberRow], rows: list[tuple[int, MemberRow]]) -> list[tuple[int, MemberRow]]:
    """Give each attribute value its most common spelling, so that `kern` is no region of its own next to `Kern`."""
    spellings: dict[str, Counter[str]] = {}
    for _, row in rows:
        for column, value in _values(row):
            spellings.setdefault(column, Counter())[value] += 1
    preferred = {column: _preferred_spellings(counts) for column, counts in spellings.items()}
    if not any(preferred.values()):
        return rows
    return [(number, _respell(table, number, row, preferred)) for number, row in rows]


def _values(row: MemberRow) -> Iterator[tuple[str, str]]:
    for name in CONTRACT_ATTRIBUTES:
        if value := getattr(row, name):
            yield name, value
    yield from row.extra.items()


def _preferred_spellings(counts: Counter[str]) -> dict[str, str]:
    """Map every less common spelling of a value to the most common one; of two equally common ones to the first."""
    chosen: dict[str, str] = {}
    for value, _ in counts.most_common():
        chosen.setdefault(name_key(value), value)
    return {value: chosen[name_key(value)] for value in counts if chosen[name_key(value)] != value}


def _respell(
    table: TabRows[MemberRow], number: int, row: MemberRow, preferred: Mapping[str, Mapping[str, str]]
) -> MemberRow:
    changed = {column: preferred[column][value] for column, value in _values(row) if value in preferred[column]}
    if not changed:
        return row
    places = {header: at for at, header in table.extra.items()}
    for column, value in changed.items():
        table.report(
            Severity.NOTE,
            "Most rows capitalize this differently, so we read it their way.",
            f"No action needed. We read it as “{value}”.",
            row=number,
            at=places.get(column, column),
            value=dict(_values(row))[column],
        )
    known = {column: value for column, value in changed.items() if column in CONTRACT_ATTRIBUTES}
    extra = {header: value for header, value in changed.items() if header not in CONTRACT_ATTRIBUTES}
    return row.model_copy(update={**known, "extra": {**row.extra, **extra}})


def _emails(row: MemberRow) -> set[str]:
    return set(EMAIL_MARK.findall(row.email or "")) | set(EMAIL_MARK.findall(row.name))


def _group_rows_by_person(table: TabRows[MemberRow], rows: list[tuple[int, MemberRow]]) -> list[_Draft]:
    """Group rows by person: first those with an ID, then the others by name and email."""
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
            draft = _find_namesake(table, number, row, emails, namesakes)
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


def _find_namesake(
    table: TabRows[MemberRow], number: int, row: MemberRow, emails: set[str], namesakes: list[_Draft]
) -> _Draft | None:
    """Return the person of this name that a row without an ID is about; None if it is someone new."""
    if not namesakes:
        return None
    sharing = [draft for draft in namesakes if draft.emails & emails]
    fitting = sharing or [draft for draft in namesakes if not draft.emails or not emails]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        table.report(
            Severity.WARNING,
            "Two members share this name but have different emails, so we count two people. We skip connections to "
            "this name until one has a Member ID.",
            "Give one of them a Member ID, and use it in the other tabs. If they’re one person, fix the email.",
            row=number,
            at="name",
            value=row.name,
        )
        return None
    table.report(
        Severity.WARNING,
        "Several members share this name. We added this row to the first of them.",
        "Give each of them a Member ID.",
        row=number,
        at="name",
        value=row.name,
    )
    return fitting[0]


def _merge(table: TabRows[MemberRow], draft: _Draft, number: int, row: MemberRow) -> None:
    before = (sorted(_merge_spells(draft.spells), key=_start), _values_without_dates(draft))
    named = {name_key(other.name) for _, other in draft.rows}
    draft.rows.append((number, row))
    _add_spell(table, draft, number, row)
    if name_key(row.name) not in named:
        table.report(
            Severity.WARNING,
            "This Member ID appears with two names. We count one person and use the name in the latest row.",
            "If they’re two people, give one of them a different Member ID.",
            row=number,
            at="name",
            value=row.name,
        )
    elif before == (sorted(_merge_spells(draft.spells), key=_start), _values_without_dates(draft)):
        table.merged += 1
        message = "This row repeats a member and adds nothing new, so we count the member once."
        table.report(
            Severity.NOTE, message, "Delete the row if you don’t need it.", row=number, at="name", value=row.name
        )
    else:
        table.report(
            Severity.NOTE,
            "This member has several rows. We read them as one person and combine their dates.",
            "No action needed. If they’re two people, give each a Member ID.",
            row=number,
            at="name",
            value=row.name,
        )


def _values_without_dates(draft: _Draft) -> tuple[object, ...]:
    """Return everything that the rows say about a person except dates."""
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
    # Someone who once asked not to be shown stays hidden until a later row says yes.
    return merged


def _add_spell(table: TabRows[MemberRow], draft: _Draft, number: int, row: MemberRow) -> None:
    if row.joined is not None and row.left is not None and row.left < row.joined:
        table.report(
            Severity.ERROR,
            "Left is before Joined, so we skipped both dates. The member still counts.",
            "Correct one of the two dates.",
            row=number,
            at="left",
            value=row.left,
        )
    elif row.joined is not None or row.left is not None:
        draft.spells.append(Spell(row.joined, row.left))


def _start(spell: Spell) -> dt.date:
    return spell.joined or dt.date.min


def _merge_spells(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the spells in order, overlapping ones merged."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=_start):
        last = merged[-1] if merged else None
        if last is not None and (last.left is None or _start(spell) <= last.left):
            end = None if last.left is None or spell.left is None else max(last.left, spell.left)
            # A known start is better than an unknown one.
            merged[-1] = Spell(last.joined or spell.joined, end)
        else:
            merged.append(spell)
    return tuple(merged)


def _extra_values(draft: _Draft) -> dict[str, str]:
    values: dict[str, str] = {}
    for row in draft.in_order():
        values.update(row.extra)
    return values


def _tags(text: str) -> tuple[str, ...]:
    """Return the words listed in a cell, each once, without quotation marks around them."""
    return tuple(dict.fromkeys(tag for part in _WORDS.split(text) if (tag := part.strip(' \t"'))))


def _without_joined(row: MemberRow) -> MemberRow:
    """Return the row as one without dates: a membership that ended on an unknown day is no spell."""
    return row.model_copy(update={"joined": None})


def _person(
    draft: _Draft, people: dict[PersonKey, Person], attribute_columns: Sequence[str], former: frozenset[int]
) -> Person:
    merged = _merged(draft)
    attributes = {label: str(merged[name]) for name, label in CONTRACT_ATTRIBUTES.items() if name in merged}
    private: dict[str, str] = {}
    for header, value in _extra_values(draft).items():
        if header in attribute_columns:
            (private if is_private(header) else attributes)[header] = value
    kind, notes = merged.get("kind"), merged.get("notes")
    return Person(
        key=unused_key(draft.member_id or draft.name, people),
        name=draft.name,
        member_id=draft.member_id,
        kind=kind if isinstance(kind, Kind) else Kind.PERSON,
        spells=_merge_spells(draft.spells),
        attributes=attributes,
        private_attributes=private,
        tags=_tags(str(merged.get("tags", ""))),
        on_map=merged.get("on_map") is not False,
        notes=notes if isinstance(notes, str) else None,
        row=min(number for number, _ in draft.rows),
        left_on_unknown_day=not draft.spells and max(number for number, _ in draft.rows) in former,
    )


def _report_shared_emails(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    first: dict[str, Person] = {}
    for draft, person in persons:
        for email in draft.emails:
            other = first.setdefault(email, person)
            if other is not person and name_key(other.name) != name_key(person.name):
                table.report(
                    Severity.NOTE,
                    "Another member has the same email but a different name, so we count two people.",
                    "If they’re one person, give both rows the same name or Member ID.",
                    row=draft.rows[0][0],
                    at="name",
                    value=person.name,
                )
                break


def _report_without_joined(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    if not table.has("joined"):
        return
    for draft, person in persons:
        # A date that couldn't be read was reported at its cell already.
        has_unread_date = any(
            row.joined is not None or not is_left_open(table.raw_cell(number, "joined")) for number, row in draft.rows
        )
        if person.joined is None and not has_unread_date and not person.left_on_unknown_day:
            table.report(
                Severity.NOTE,
                "This member has no Joined date, so we leave them out of the membership numbers.",
                "Fill in Joined. A month or a year is enough.",
                row=draft.rows[0][0],
                at="joined",
            )


def _report_totals(table: TabRows[MemberRow], persons: list[tuple[_Draft, Person]]) -> None:
    for draft, person in persons:
        if folded(person.name) in _TOTALS:
            table.report(
                Severity.WARNING,
                "This looks like a row of totals, but we count it as a member.",
                "If it isn’t a person, clear the row. We count for you.",
                row=draft.rows[0][0],
                at="name",
                value=person.name,
            )
