"""Read the tabs about what members do together: convenings, activities, platform, agreements, emergent activity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import resolve_collaborators, resolve_people
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


def _attendance(
    table: TabRows[Any], directory: Directory, number: int, row: ConveningRow | ActivityRow
) -> tuple[tuple[PersonKey, ...], float | None]:
    """Return who came, and how many: the count typed, else the number of names."""
    attendees, listed = resolve_people(table, directory, row.attendees, row=number, at="attendees")
    attended = row.attended if row.attended is not None else (float(listed) if listed else None)
    if attended is not None and row.invited is not None and attended > row.invited:
        table.report(
            Severity.WARNING,
            "More people attended than were invited. We used both counts as typed.",
            "Check both counts.",
            row=number,
            at="attended" if row.attended is not None else "attendees",
            value=row.attended if row.attended is not None else row.attendees,
        )
    return attendees, attended


def read_convenings(table: TabRows[ConveningRow], context: RowContext, directory: Directory) -> Iterator[Gathering]:
    """Yield the rows of Convenings."""
    for number, row in table.read(context):
        attendees, attended = _attendance(table, directory, number, row)
        yield Gathering(
            date=row.date,
            title=row.title,
            format=row.format,
            invited=row.invited,
            attended=attended,
            attendees=attendees,
            key_outcomes=row.key_outcomes,
            link=row.link,
            row=number,
        )


def read_activities(table: TabRows[ActivityRow], context: RowContext, directory: Directory) -> Iterator[Gathering]:
    """Yield the rows of Activities."""
    for number, row in table.read(context):
        attendees, attended = _attendance(table, directory, number, row)
        yield Gathering(
            date=row.date,
            title=row.title,
            format=row.kind,
            invited=row.invited,
            attended=attended,
            attendees=attendees,
            key_outcomes=row.notes,
            link=row.link,
            row=number,
        )


def read_platform_months(table: TabRows[PlatformRow], context: RowContext) -> Iterator[PlatformMonth]:
    """Yield the rows of Platform."""
    for number, row in table.read(context):
        if row.active is not None and row.members is not None and row.active > row.members:
            table.report(
                Severity.WARNING,
                "More members are active than are on the platform. We used both counts as typed.",
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
        people, organizations = resolve_collaborators(
            table, directory, row.collaborators, row=number, at="collaborators"
        )
        yield EmergentActivity(
            name=row.name,
            purpose=row.purpose,
            collaborators=people,
            organizations=organizations,
            started=row.started,
            started_by=row.started_by,
            outcomes=row.outcomes,
            heard_through=row.heard_through,
            status=row.status,
            link=row.link,
            entry_id=row.entry_id,
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
