"""Turn a workbook as its source delivered it into typed records. Everything is validated here, once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from nethealth.privacy.email_masking import mask_workbook
from nethealth.privacy.name_redaction import redact_hidden_names
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.arrange import arrange
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.readers import activities, headers, settings
from nethealth.workbook.readers.connections import Waves, read_connections, read_weaving
from nethealth.workbook.readers.directory import Directory, UnknownNamePolicy
from nethealth.workbook.readers.forms import RelationshipForm, read_relationship_forms, relationship_form
from nethealth.workbook.readers.members import read_members
from nethealth.workbook.readers.membership.status import use_marks_as_status, use_state_as_status
from nethealth.workbook.readers.mindset import read_mindset, read_pulse
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.readers.survey import read_questions, read_survey
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.readers.tie_measures import find_measures
from nethealth.workbook.records import Problem, Severity, Workbook
from nethealth.workbook.schema.tabs import (
    ACTIONS,
    ACTIVITIES,
    AGREEMENTS,
    COLUMN_NAMES,
    CONNECTIONS,
    CONVENINGS,
    EMERGENT,
    MEMBERS,
    MINDSET,
    PLATFORM,
    PULSE,
    QUESTIONS,
    REFERENCE,
    SCALES,
    SETTINGS,
    SURVEY,
    UPDATES,
    WAVES,
    WEAVING,
    RowContext,
    Tab,
)
from nethealth.workbook.tab_reading import LeftAlone, TabReading
from nethealth.workbook.updates.apply import apply_updates

_MAX_HIDDEN_SEARCHED: Final = 500


def read_workbook(raw: RawWorkbook, *, today: dt.date | None = None) -> Workbook:
    """Return the workbook's usable rows as records, and every problem with its cell.

    `today` defaults to the day of the reading in the workbook's time zone. Email addresses are masked first, and people
    with `Show on map` = no are named in no text. Never raises, whatever the cells hold.
    """
    today = today or raw.day
    masked = mask_workbook(raw)
    # A date is too far ahead only if it is so on the day of the reading, even when `today` is an earlier day.
    sheet = _Sheet(masked, max(today, raw.day))
    for file in masked.skipped:
        sheet.problem_log.add(Severity.ERROR, file.message, file.remedy, tab=file.name)
    context = sheet.context

    settings_table = sheet.table(SETTINGS)
    values = settings.read_settings(settings_table, context) if settings_table else {}
    chosen_settings = settings.build_settings(values, settings_table)
    context.day_first = chosen_settings.day_first
    context.is_date_order_chosen = "date_order" in values and values["date_order"].value is not None
    scales = settings.read_scales(sheet.table(SCALES), context)
    context.scales = scales

    sheet.apply_updates()
    wanted = settings.wanted_attributes(sheet.column_names, values)
    wanted_ties = settings.wanted_measures(sheet.column_names)
    directory = sheet.directory(wanted, guests_allowed=chosen_settings.guests_allowed)
    directory.gatherings = sheet.titles_of_gatherings()
    waves = Waves()
    waves_table = sheet.table(WAVES)
    if waves_table:
        waves.read(waves_table, context)
    connections_table = sheet.connections_table()
    measures = find_measures(connections_table, context, wanted=wanted_ties) if connections_table else None
    connections = (
        read_connections(connections_table, context, directory, waves, measures=measures.by_field)
        if connections_table and measures
        else []
    )
    weaving_table = sheet.table(WEAVING)
    if connections:
        sheet.close_membership(directory, guests_allowed=chosen_settings.guests_allowed)
    conversations, postponed = read_weaving(weaving_table, context, directory) if weaving_table else ([], [])
    sheet.close_membership(directory, guests_allowed=chosen_settings.guests_allowed)

    forms, surveys = sheet.forms(directory)
    connections += read_relationship_forms(forms, context, directory, waves)
    questions_table = sheet.table(QUESTIONS)
    questions, responses = read_survey(
        surveys,
        context,
        directory,
        waves,
        declared=read_questions(questions_table, context, scales) if questions_table else {},
        questions_table=questions_table,
    )
    mindset = read_mindset(sheet.tables(MINDSET), context, directory)
    if waves_table:
        waves.match_respondents(waves_table, directory)
        waves.report_extra_answers(waves_table, Counter(response.wave for response in responses))

    def rows_of(tab: Tab, read: Any, *more: Any) -> tuple[Any, ...]:
        return tuple(record for table in sheet.tables(tab) for record in read(table, context, *more))

    color = settings.map_color_column(values, settings_table, directory.attributes)
    hub = settings.hub_members(values, settings_table, directory)
    workbook = Workbook(
        title=masked.title,
        read_at=masked.read_at,
        today=today,
        url=masked.url,
        fingerprint=masked.fingerprint,
        settings=dataclasses.replace(chosen_settings, color_map_by=color),
        people=directory.people,
        hub=hub,
        attributes=directory.attributes,
        private_attributes=directory.private_attributes,
        connections=tuple(connections),
        tie_measures=measures.answered(connections) if measures else (),
        waves=waves.records(),
        respondents_without_wave=None
        if waves.respondents_without_wave is None
        else tuple(waves.respondents_without_wave),
        weaving=tuple(conversations),
        postponed=tuple(postponed),
        questions=tuple(questions),
        responses=tuple(responses),
        mindset=tuple(mindset),
        pulse=rows_of(PULSE, read_pulse),
        notes=tuple(masked.notes),
        actions=rows_of(ACTIONS, activities.read_actions, questions),
        convenings=tuple(activities.read_convenings(sheet.tables(CONVENINGS), context, directory)),
        activities=tuple(activities.read_activities(sheet.tables(ACTIVITIES), context, directory)),
        platform=rows_of(PLATFORM, activities.read_platform_months),
        agreements=rows_of(AGREEMENTS, activities.read_agreements),
        emergent=rows_of(EMERGENT, activities.read_emergent_activities, directory),
        reference=rows_of(
            REFERENCE, activities.read_expectations, (*directory.attributes, *directory.private_attributes)
        ),
        tabs=sheet.readings(),
        ignored_tabs=tuple(sheet.matched_tabs.ignored),
        left_alone=sheet.left_alone(),
        problems=tuple(_redact_hidden_people(sheet.problems(), directory)),
        unlisted=sheet.problem_log.unlisted(),
    )
    return redact_hidden_names(workbook)


def _redact_hidden_people(problems: Iterable[Problem], directory: Directory) -> Iterator[Problem]:
    """Yield the problems without the names of people with `Show on map` = no."""
    hidden = {name_key(person.name) for person in directory.people.values() if not person.on_map}
    # Search within longer texts only if that is fast, and not for two letters, which are part of every text.
    searched = {name for name in hidden if len(name) > 2} if len(hidden) <= _MAX_HIDDEN_SEARCHED else set()

    def names_hidden_person(text: str | None) -> bool:
        if not hidden or text is None:
            return False
        key = name_key(read_text(text).value or "")
        return key in hidden or any(name in key for name in searched)

    for problem in problems:
        if names_hidden_person(problem.value) or names_hidden_person(problem.header):
            yield dataclasses.replace(problem, value=None, header=None)
        else:
            yield problem


class _Sheet:
    """The tabs of one reading, matched to the schema, and what was read of each."""

    def __init__(self, raw: RawWorkbook, today: dt.date) -> None:
        self.context = RowContext(today=today)
        self.problem_log = ProblemLog()
        self._read: list[tuple[RawTab, Tab, TabRows[Any] | None]] = []
        self._names: headers.HeaderNames = {}
        self.column_names: list[tuple[str, str, str]] = []
        # Column names comes first, since it may say what the other tabs are.
        self.matched_tabs = headers.find_tabs(raw.tabs, problem_log=ProblemLog())
        names_table = self.table(COLUMN_NAMES)
        if names_table is not None:
            titles, ignored = [tab.title for tab in raw.tabs], self.matched_tabs.ignored
            self.column_names = settings.read_column_names(names_table, self.context, titles=titles, ignored=ignored)
            self._names = headers.header_names(self.column_names)
        chosen = settings.chosen_tabs(self.column_names)
        self._tabs = arrange(raw.tabs, chosen=chosen, names=self._names, problem_log=self.problem_log)
        self.matched_tabs = headers.find_tabs(self._tabs, problem_log=self.problem_log)

    def _raws(self, tab: Tab) -> list[RawTab]:
        return self.matched_tabs.tabs.get(tab.name, [])

    def _table(self, raw: RawTab, tab: Tab) -> TabRows[Any] | None:
        table = headers.table_of(raw, tab, names=self._names, problem_log=self.problem_log)
        self._read.append((raw, tab, table))
        return table

    def table(self, tab: Tab) -> TabRows[Any] | None:
        """Return the tab that is read as `tab`; None if it is missing, empty, or can't be read."""
        return next(iter(self.tables(tab)), None)

    def tables(self, tab: Tab) -> list[TabRows[Any]]:
        """Return all tabs that feed `tab`."""
        tables = [self._table(raw, tab) for raw in self._raws(tab)]
        return [table for table in tables if table is not None]

    def apply_updates(self) -> None:
        """Change the rows that the Updates tab names, as if someone had typed the changes there."""
        updates = self.table(UPDATES)
        if updates is None:
            return

        def tables(tab: Tab) -> list[TabRows[Any]]:
            found = [headers.table_of(raw, tab, names=self._names, problem_log=ProblemLog()) for raw in self._raws(tab)]
            return [table for table in found if table is not None]

        changed = apply_updates(updates, tables=tables, context=self.context)
        self._tabs = [changed.get(id(raw), raw) for raw in self._tabs]
        for name, raws in self.matched_tabs.tabs.items():
            self.matched_tabs.tabs[name] = [changed.get(id(raw), raw) for raw in raws]

    def connections_table(self) -> TabRows[Any] | None:
        """Return the Connections tab; None if it is missing or a form."""
        raws = self._raws(CONNECTIONS)
        if not raws or raws[0] in self._connection_forms():
            return None
        return self._table(raws[0], CONNECTIONS)

    def _connection_forms(self) -> list[RawTab]:
        """Return the tabs named Connections that Google Forms fills."""
        return [
            raw
            for raw in self._raws(CONNECTIONS)
            if headers.looks_like_form(raw) and not headers.has_headers(raw, CONNECTIONS, names=self._names)
        ]

    def forms(self, directory: Directory) -> tuple[list[RelationshipForm], list[TabRows[Any]]]:
        """Return the form tabs: those about relationships, and surveys."""
        forms, surveys = [], []
        questions = frozenset(map(folded, self._texts(QUESTIONS, "question")))
        for raw in (*self._connection_forms(), *self._raws(SURVEY)):
            table = self._table(raw, SURVEY)
            if table is None:
                continue
            form = relationship_form(table, directory, questions=questions)
            survey = table if form is None else form.split_survey()
            if form is not None and survey is not None and form.report_if_anonymous(directory):
                form = None
            self._read.pop()
            if form is not None:
                forms.append(form)
                self._read.append((raw, CONNECTIONS, form.table))
            if survey is not None:
                surveys.append(survey)
                self._read.append((raw, SURVEY, survey))
        return forms, surveys

    def directory(self, wanted: frozenset[str], *, guests_allowed: bool) -> Directory:
        """Return everyone in Members. Without that tab, return a directory that adds the people in Connections."""
        table = self.table(MEMBERS)
        if table is not None:
            use_marks_as_status(table)
            use_state_as_status(table)
            self.context.extra = dict.fromkeys(table.extra.values(), read_text)
            directory = read_members(
                table,
                table.read(self.context),
                wanted=wanted,
                attributes=settings.attributes_by_name(self.column_names),
            )
            if table.rows:
                directory.unknown_name_policy = (
                    UnknownNamePolicy.ADD_GUESTS if guests_allowed else UnknownNamePolicy.REJECT
                )
                return directory
        directory = Directory()
        directory.is_open = True
        is_unreadable = table is None and any(not headers.is_empty(raw) for raw in self._raws(MEMBERS))
        directory.unknown_name_policy = UnknownNamePolicy.WAIT if is_unreadable else UnknownNamePolicy.ADD_MEMBERS
        return directory

    def titles_of_gatherings(self) -> frozenset[str]:
        """Return the titles of convenings and activities, as keys of names."""
        return frozenset(name_key(text) for tab in (CONVENINGS, ACTIVITIES) for text in self._texts(tab, "title"))

    def _texts(self, tab: Tab, field: str) -> Iterator[str]:
        """Yield the texts of one of a tab's columns, and report nothing."""
        for raw in self._raws(tab):
            table = headers.table_of(raw, tab, names=self._names, problem_log=ProblemLog())
            if table is not None and (at := table.fields.get(field)) is not None:
                cells = (row[at] for row in table.raw.rows[table.header_row + 1 :] if at < len(row))
                yield from (text for cell in cells if (text := read_text(cell).value))

    def close_membership(self, directory: Directory, *, guests_allowed: bool) -> None:
        """From now on, treat an unknown name as a guest or a problem, no longer as a new member."""
        if directory.unknown_name_policy is UnknownNamePolicy.WAIT:
            return
        if directory.unknown_name_policy is UnknownNamePolicy.ADD_MEMBERS and directory.people:
            self.problem_log.add(
                Severity.NOTE,
                "Members has no rows, so we count everyone named in a connection as a member.",
                f"Add a “{MEMBERS.name}” tab with a Name column, to count everyone and record dates.",
                tab=MEMBERS.name,
            )
            self._report_numbers(directory)
        directory.unknown_name_policy = UnknownNamePolicy.ADD_GUESTS if guests_allowed else UnknownNamePolicy.REJECT
        directory.clear_cache()

    def _report_numbers(self, directory: Directory) -> None:
        """Report connections whose people are called by numbers: the ids of another file, which has the names."""
        numbers = [person.name for person in directory.people.values() if person.name.isdecimal()]
        if 2 * len(numbers) < len(directory.people):
            return
        examples = " and ".join(numbers[:2])
        self.problem_log.add(
            Severity.WARNING,
            f"{len(numbers):,} people are called by numbers, such as {examples}. These are probably ids from a list of "
            "people.",
            "Open this file together with the one that has their names (Gephi calls it nodes, with Id and Label). "
            "Choose both at once, or add it at the end of the Data page.",
            tab=next((raw.title for raw in self._raws(CONNECTIONS)), CONNECTIONS.name),
        )

    def readings(self) -> tuple[TabReading, ...]:
        """Return what was read of each tab, in the workbook's order."""
        order = {id(raw): place for place, raw in enumerate(self._tabs)}
        readings = sorted(self._read, key=lambda item: order.get(id(item[0]), 0))
        return tuple(self._reading(raw, tab, table) for raw, tab, table in readings)

    @staticmethod
    def _reading(raw: RawTab, tab: Tab, table: TabRows[Any] | None) -> TabReading:
        if table is not None:
            return table.reading(tab=tab.name)
        rows = 0 if headers.is_empty(raw) else headers.count_unread_rows(raw)
        return TabReading(tab=tab.name, title=raw.title, rows=rows, accepted=0, merged=0, rejected=rows, url=raw.url)

    def left_alone(self) -> tuple[LeftAlone, ...]:
        """Return the tabs and columns that we don't know, in the workbook's order."""
        unread = [
            raw
            for raw, tab, table in self._read
            if table is None and not headers.is_empty(raw) and not headers.has_headers(raw, tab, names=self._names)
        ]
        found = {id(raw): [LeftAlone(title=raw.title)] for raw in (*self.matched_tabs.unknown, *unread)}
        for raw, _, table in self._read:
            if table is not None and table.unknown:
                found[id(raw)] = [LeftAlone(title=raw.title, header=table.headers[at]) for at in table.unknown]
        return tuple(each for raw in self._tabs for each in found.get(id(raw), ()))

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, in the workbook's order."""
        return self.problem_log.problems(titles=[tab.title for tab in self._tabs])
