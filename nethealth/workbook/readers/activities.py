"""Read the tabs about what members do together: convenings, activities, platform, agreements, emergent activity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dated_lines import read_dated_lines
from nethealth.workbook.cells.dates import read_date
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import resolve_attendee, resolve_collaborators, resolve_listed
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import (
    Agreement,
    EmergentActivity,
    Expectation,
    FeedbackAction,
    Gathering,
    PersonKey,
    PlatformMonth,
    Question,
    Severity,
)
from nethealth.workbook.schema.activity_tabs import ActivityRow, AgreementRow, ConveningRow, EmergentRow, PlatformRow
from nethealth.workbook.schema.survey_tabs import ActionRow, ReferenceRow
from nethealth.workbook.schema.tabs import RowContext

_SAME_IN_ALL_ROWS: Final = ("format", "invited", "key_outcomes", "link")


@dataclass(slots=True)
class _Draft:
    """A row of Convenings or Activities, or several rows about the same one."""

    table: TabRows[Any]
    gathering: Gathering
    """As typed, without attendees."""
    typed: str | None
    """The attendees as typed."""
    people: dict[PersonKey, None]
    unknown: dict[str, None]

    @property
    def is_report(self) -> bool:
        """True if it comes from an attendance report or another list of attendees, one per row."""
        return self.table.raw.is_supplement

    @property
    def names_one(self) -> bool:
        """True if the row may be one attendee's: it lists one name."""
        return len(self.people) + len(self.unknown) == 1

    def finished(self) -> Gathering:
        """Return the gathering with its attendees; its count is the one typed, else the number of names."""
        listed, typed = len(self.people) + len(self.unknown), self.gathering.attended
        attended = typed if typed is not None else (float(listed) if listed else None)
        if attended is not None and self.gathering.invited is not None and attended > self.gathering.invited:
            self.table.report(
                Severity.WARNING,
                "More people attended than were invited. We used both counts.",
                "Check both counts.",
                row=self.gathering.row,
                at="attended" if typed is not None else "attendees",
                value=typed if typed is not None else self.typed,
            )
        if typed is not None and listed > typed:
            self.table.report(
                Severity.WARNING,
                "Attendees lists more people than Attended counts. We used the count as typed.",
                "Check the count and the names.",
                row=self.gathering.row,
                at="attended",
                value=typed,
            )
        return replace(self.gathering, attended=attended, attendees=tuple(self.people))


def read_convenings(
    tables: Iterable[TabRows[ConveningRow]], context: RowContext, directory: Directory
) -> Iterator[Gathering]:
    """Yield the convenings. Rows with one attendee each and the same date and title are one convening."""
    drafts = []
    for table in tables:
        for number, row in table.read(context):
            gathering = Gathering(
                date=row.date,
                title=row.title,
                format=row.format,
                invited=row.invited,
                attended=row.attended,
                key_outcomes=row.key_outcomes,
                link=row.link,
                row_id=table.row_id(number),
                row=number,
            )
            drafts.append(_draft(table, gathering, directory, row.attendees))
    yield from (draft.finished() for draft in _merged(drafts))


def read_activities(
    tables: Iterable[TabRows[ActivityRow]], context: RowContext, directory: Directory
) -> Iterator[Gathering]:
    """Yield the activities. Rows with one attendee each and the same date and title are one activity."""
    drafts = []
    for table in tables:
        for number, row in table.read(context):
            gathering = Gathering(
                date=row.date,
                title=row.title,
                format=row.kind,
                invited=row.invited,
                attended=row.attended,
                key_outcomes=row.notes,
                link=row.link,
                row_id=table.row_id(number),
                row=number,
            )
            drafts.append(_draft(table, gathering, directory, row.attendees))
    yield from (draft.finished() for draft in _merged(drafts))


def _draft(table: TabRows[Any], gathering: Gathering, directory: Directory, attendees: str | None) -> _Draft:
    resolve = resolve_attendee if table.raw.is_supplement else resolve_listed
    people, unknown = resolve(table, directory, attendees, row=gathering.row or 0, at="attendees")
    return _Draft(table, gathering, attendees, dict.fromkeys(people), dict.fromkeys(unknown))


def _merged(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Merge rows of one date and title that name one attendee each, and attendance reports with their gathering."""
    groups: dict[tuple[dt.date, str], list[_Draft]] = {}
    for draft in drafts:
        if draft.gathering.date is not None:
            groups.setdefault((draft.gathering.date, name_key(draft.gathering.title)), []).append(draft)
    absorbed: set[int] = set()
    merged: dict[int, tuple[_Draft, list[_Draft]]] = {}
    for group in groups.values():
        typed = [draft for draft in group if not draft.is_report]
        reports = [draft for draft in group if draft.is_report]
        if len(typed) > 1 and all(draft.names_one for draft in typed) and _agree(typed):
            merged[id(typed[0])] = typed[0], typed[1:]
            typed = typed[:1]
        if reports and len(typed) <= 1:
            first, *others = [*typed, *reports]
            rows_before = merged.get(id(first), (first, []))[1]
            merged[id(first)] = first, [*rows_before, *others]
    for first, others in merged.values():
        _add_rows(first, others)
        absorbed.update(map(id, others))
    _report_reports(merged.values())
    _report_merged([first for first, others in merged.values() if others and not first.is_report], merged)
    return [draft for draft in drafts if id(draft) not in absorbed]


def _agree(drafts: Sequence[_Draft]) -> bool:
    """True if the rows differ in nothing but the attendee, apart from cells that some leave blank.

    A count may be 1 in each row, or that of all attendees in the first row (as where cells were merged) or in each.
    """
    counts = {draft.gathering.attended for draft in drafts} - {None}
    total = drafts[0].gathering.attended
    if counts - {1.0} and (counts != {total} or total is None or total < len(drafts)):
        return False
    return all(
        len({value for draft in drafts if (value := getattr(draft.gathering, name)) is not None}) <= 1
        for name in _SAME_IN_ALL_ROWS
    )


def _add_rows(first: _Draft, others: Sequence[_Draft]) -> None:
    filled: dict[str, Any] = {
        name: next((v for each in (first, *others) if (v := getattr(each.gathering, name)) is not None), None)
        for name in _SAME_IN_ALL_ROWS
    }
    for other in others:
        first.people |= other.people
        first.unknown |= other.unknown
    # A count of 1 in each row is the row's own attendee.
    typed = first.gathering.attended
    attended = typed if typed != 1.0 or all(other.is_report for other in others) else None
    first.gathering = replace(first.gathering, **filled, attended=attended)


def _report_reports(merged: Iterable[tuple[_Draft, list[_Draft]]]) -> None:
    """Report several attendance reports that count as one gathering: reports of two meetings may share their title."""
    for first, others in merged:
        tables = list({id(each.table): each.table for each in (first, *others) if each.is_report}.values())
        if len(tables) > 1:
            tables[-1].report(
                Severity.WARNING,
                f"{len(tables):,} attendance reports have this date and title, so we count one gathering.",
                "If they’re different gatherings, give them different titles.",
                row=tables[-1].header_row + 1,
                value=first.gathering.title,
            )


def _report_merged(firsts: Sequence[_Draft], merged: Mapping[int, tuple[_Draft, list[_Draft]]]) -> None:
    by_table: dict[int, list[_Draft]] = {}
    for first in firsts:
        if any(not other.is_report for other in merged[id(first)][1]):
            by_table.setdefault(id(first.table), []).append(first)
    for of_table in by_table.values():
        table, count = of_table[0].table, len(of_table)
        table.report(
            Severity.NOTE,
            "Rows with the same date and title name one attendee each, so we read them as "
            f"{'one gathering' if count == 1 else f'{count:,} gatherings'}.",
            "No action needed. If they’re different gatherings, give them different titles.",
            row=of_table[0].gathering.row,
            at="title",
            value=of_table[0].gathering.title,
        )


def read_platform_months(table: TabRows[PlatformRow], context: RowContext) -> Iterator[PlatformMonth]:
    """Yield the months of Platform, those with several days (a row per day or week) as one."""
    rows = list(table.read(context))
    for number, row in _by_month(table, rows, context):
        if row.active is not None and row.members is not None and row.active > row.members:
            table.report(
                Severity.WARNING,
                "More members are active than are on the platform. We used both counts.",
                "Check both counts.",
                row=number,
                at="active",
                value=row.active,
            )
        yield PlatformMonth(
            month=row.month,
            platform=row.platform,
            members=row.members,
            active=row.active,
            posts=row.posts,
            replies=row.replies,
            facilitator=row.facilitator,
            curated=row.curated,
            effectiveness=row.effectiveness,
            row=number,
        )


def _by_month(
    table: TabRows[PlatformRow], rows: Sequence[tuple[int, PlatformRow]], context: RowContext
) -> Iterator[tuple[int, PlatformRow]]:
    """Yield the rows, those about different days of one month and platform as one, which is reported."""
    column = table.tab.columns["month"]
    day_first, is_known = context.order_of(column)
    months: dict[tuple[dt.date, str], list[tuple[dt.date, int, PlatformRow]]] = {}
    for number, row in rows:
        cell = table.raw_cell(number, "month")
        first, last = (
            read_date(cell, day_first=day_first, end_of_period=is_end, is_order_known=is_known).value
            for is_end in (False, True)
        )
        if first is not None and first == last:
            months.setdefault((row.month, name_key(row.platform or "")), []).append((first, number, row))
    merged: dict[int, PlatformRow | None] = {}
    for of_month in months.values():
        if len(of_month) > 1 and len({day for day, _, _ in of_month}) == len(of_month):
            number = min(number for _, number, _ in of_month)
            merged[number] = _whole_month([row for _, _, row in sorted(of_month, key=lambda each: each[0])])
            merged |= {other: None for _, other, _ in of_month if other != number}
    if merged:
        table.report(
            Severity.NOTE,
            "Several rows are about days of one month, so we added up their posts and replies. For the others, we "
            "use the latest day.",
            "No action needed. If your platform counts differently, type one row per month.",
            row=table.header_row + 1,
            at="month",
            value=table.headers[table.fields["month"]],
        )
    for number, row in rows:
        whole = merged.get(number, row)
        if whole is not None:
            yield number, whole


def _whole_month(days: Sequence[PlatformRow]) -> PlatformRow:
    """Return one row for all days, given in order: sums of posts and replies, else the latest value."""
    values: dict[str, Any] = {}
    for name in PlatformRow.model_fields:
        filled = [value for day in days if (value := getattr(day, name)) is not None]
        if filled:
            values[name] = sum(filled) if name in ("posts", "replies") else filled[-1]
    return days[-1].model_copy(update=values)


def read_agreements(table: TabRows[AgreementRow], context: RowContext) -> Iterator[Agreement]:
    """Yield the rows of Agreements."""
    for number, row in table.read(context):
        yield Agreement(
            title=row.title,
            kind=row.kind,
            status=row.status,
            adopted=row.adopted,
            reviewed=row.reviewed,
            made_by_members=row.made_by_members,
            link=row.link,
            row=number,
        )


def read_emergent_activities(
    table: TabRows[EmergentRow], context: RowContext, directory: Directory
) -> Iterator[EmergentActivity]:
    """Yield the rows of Emergent activity. Unknown collaborators are skipped; the activity stays."""
    for number, row in table.read(context):
        people, organizations, guests = resolve_collaborators(
            table, directory, row.collaborators, row=number, at="collaborators"
        )
        yield EmergentActivity(
            name=row.name,
            purpose=row.purpose,
            collaborators=people,
            organizations=organizations,
            guests=guests,
            started=row.started,
            started_by=row.started_by,
            outcomes=row.outcomes,
            dated_outcomes=read_dated_lines(row.outcomes, day_first=context.day_first),
            heard_through=row.heard_through,
            status=row.status,
            may_be_shared=row.share_story is True,
            link=row.link,
            entry_id=row.entry_id,
            row_id=table.row_id(number),
            row=number,
        )


def read_actions(
    table: TabRows[ActionRow], context: RowContext, questions: Iterable[Question]
) -> Iterator[FeedbackAction]:
    """Yield the rows of Actions. A question that no survey asks is reported, and kept as typed."""
    asked = {folded(text) for question in questions for text in (question.text, question.label)}
    for number, row in table.read(context):
        if row.question and asked and folded(row.question) not in asked:
            table.report(
                Severity.NOTE,
                "No survey asks this question, so we show it as typed.",
                "Copy the question from the survey, or clear this cell.",
                row=number,
                at="question",
                value=row.question,
            )
        yield FeedbackAction(
            what_we_heard=row.what_we_heard,
            what_we_did=row.what_we_did,
            promised_by=row.promised_by,
            done=row.done,
            question=row.question,
            row_id=table.row_id(number),
            row=number,
        )


def read_expectations(
    table: TabRows[ReferenceRow], context: RowContext, attributes: Iterable[str]
) -> Iterator[Expectation]:
    """Yield the rows of Reference. A column that Members doesn't have is reported, and kept as typed."""
    known = {folded(header): header for header in attributes}
    for number, row in table.read(context):
        header = known.get(folded(row.attribute))
        if header is None and known:
            table.report(
                Severity.WARNING,
                "Members has no column with this name, so we can’t use this row yet.",
                f"Use one of these columns: {', '.join(known.values())}.",
                row=number,
                at="attribute",
                value=row.attribute,
            )
        yield Expectation(
            attribute=header or row.attribute, value=row.value, share=row.share, source=row.source, row=number
        )
