"""A workbook as it left its source becomes one that is understood: the border, where everything is validated once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from nethealth.privacy.email_masking import mask_workbook
from nethealth.privacy.name_redaction import redact_hidden_names
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.readers import activities as doings
from nethealth.workbook.readers import headers, settings
from nethealth.workbook.readers.connections import Waves, read_connections, read_weaving
from nethealth.workbook.readers.directory import Directory, UnknownNamePolicy
from nethealth.workbook.readers.forms import RelationshipForm, read_relationship_forms, relationship_form
from nethealth.workbook.readers.members import read_members
from nethealth.workbook.readers.mindset import read_mindset
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.readers.survey import read_questions, read_survey
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.readers.tie_measures import find_measures
from nethealth.workbook.records import Problem, Severity, TabReading, Workbook
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
    QUESTIONS,
    REFERENCE,
    SCALES,
    SETTINGS,
    SURVEY,
    WAVES,
    WEAVING,
    RowContext,
    Tab,
)

_MOST_HIDDEN_LOOKED_FOR: Final = 500


def read_workbook(raw: RawWorkbook, *, today: dt.date | None = None) -> Workbook:
    """The workbook, understood: every row that can be used, and every problem with its cell.

    `today` is the day of the reading in the sheet's time zone unless given. E-mail addresses are masked first; nothing
    of them is in what is returned; nor is anybody named in a text whom `Show on map` = no keeps unnamed. Never raises,
    whatever the cells hold.
    """
    today = today or raw.day
    masked, digest = mask_workbook(raw, today=today)
    # A date is too far ahead by the day of the reading; looking back from it makes nobody's Joined a mistake.
    sheet = _Sheet(masked, max(today, raw.day))
    context = sheet.context

    settings_table = sheet.table(SETTINGS)
    values = settings.read_settings(settings_table, context) if settings_table else {}
    set_to = settings.settings_of(values, settings_table)
    context.day_first = set_to.day_first
    scales = settings.read_scales(sheet.table(SCALES), context)
    context.scales = scales

    wanted = settings.wanted_attributes(sheet.column_names, values)
    wanted_ties = settings.wanted_measures(sheet.column_names)
    directory = sheet.directory(wanted, guests_allowed=set_to.guests_allowed)
    waves = Waves()
    waves_table = sheet.table(WAVES)
    if waves_table:
        waves.read(waves_table, context)
    connections_table = sheet.connections_table()
    measures = find_measures(connections_table, context, wanted=wanted_ties) if connections_table else None
    connections = (
        read_connections(connections_table, context, directory, waves, measures=measures.of_fields)
        if connections_table and measures
        else []
    )
    weaving_table = sheet.table(WEAVING)
    if connections:
        sheet.close(directory, guests_allowed=set_to.guests_allowed)
    talks = read_weaving(weaving_table, context, directory) if weaving_table else []
    sheet.close(directory, guests_allowed=set_to.guests_allowed)

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
        waves.find_respondents(waves_table, directory)
        waves.tell_more_answers(waves_table, Counter(response.wave for response in responses))

    def rows_of(tab: Tab, read: Any, *more: Any) -> tuple[Any, ...]:
        table = sheet.table(tab)
        return tuple(read(table, context, *more)) if table else ()

    color = settings.map_color_column(values, settings_table, directory.attributes)
    hub = settings.hub_members(values, settings_table, directory)
    workbook = Workbook(
        title=masked.title,
        read_at=masked.read_at,
        today=today,
        url=masked.url,
        fingerprint=digest,
        settings=dataclasses.replace(set_to, color_map_by=color),
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
        weaving=tuple(talks),
        questions=tuple(questions),
        responses=tuple(responses),
        mindset=tuple(mindset),
        notes=tuple(masked.notes),
        actions=rows_of(ACTIONS, doings.actions, questions),
        convenings=rows_of(CONVENINGS, doings.convenings, directory),
        activities=rows_of(ACTIVITIES, doings.activities, directory),
        platform=rows_of(PLATFORM, doings.platform_months),
        agreements=rows_of(AGREEMENTS, doings.agreements),
        emergent=rows_of(EMERGENT, doings.emergent_activities, directory),
        reference=rows_of(REFERENCE, doings.expectations, (*directory.attributes, *directory.private_attributes)),
        tabs=sheet.readings(),
        ignored_tabs=tuple(sheet.found.ignored),
        problems=tuple(_unnamed(sheet.problems(), directory)),
        unlisted=sheet.problem_log.unlisted(),
    )
    return redact_hidden_names(workbook)


def _unnamed(problems: Iterable[Problem], directory: Directory) -> Iterator[Problem]:
    """The problems without the names of those who are never to be named anywhere."""
    hidden = {name_key(person.name) for person in directory.people.values() if not person.on_map}
    # Within longer text too, where that can be done in good time; a name of two letters stands in every text.
    looked_for = {name for name in hidden if len(name) > 2} if len(hidden) <= _MOST_HIDDEN_LOOKED_FOR else set()

    def names_somebody_hidden(text: str | None) -> bool:
        if not hidden or text is None:
            return False
        key = name_key(read_text(text).value or "")
        return key in hidden or any(name in key for name in looked_for)

    for problem in problems:
        if names_somebody_hidden(problem.value) or names_somebody_hidden(problem.header):
            yield dataclasses.replace(problem, value=None, header=None)
        else:
            yield problem


class _Sheet:
    """The tabs of one reading: found, their headers understood, and what became of each."""

    def __init__(self, raw: RawWorkbook, today: dt.date) -> None:
        self._raw = raw
        self.context = RowContext(today=today)
        self.problem_log = ProblemLog()
        self.found = headers.find_tabs(raw.tabs, problem_log=self.problem_log)
        self._read: list[tuple[RawTab, Tab, TabRows[Any] | None]] = []
        self._names: headers.HeaderNames = {}
        self.column_names: list[tuple[str, str, str]] = []
        names_table = self.table(COLUMN_NAMES)
        if names_table is not None:
            titles = [each.title for raws in self.found.tabs.values() for each in raws]
            self.column_names = settings.read_column_names(names_table, self.context, titles=titles)
            self._names = headers.header_names(self.column_names)

    def _raws(self, tab: Tab) -> list[RawTab]:
        return self.found.tabs.get(tab.name, [])

    def _table(self, raw: RawTab, tab: Tab) -> TabRows[Any] | None:
        table = headers.table_of(raw, tab, names=self._names, problem_log=self.problem_log)
        self._read.append((raw, tab, table))
        return table

    def table(self, tab: Tab) -> TabRows[Any] | None:
        """The tab that is read as `tab`; None where it is missing, empty, or waits."""
        return next(iter(self.tables(tab)), None)

    def tables(self, tab: Tab) -> list[TabRows[Any]]:
        """All tabs that feed `tab`."""
        tables = [self._table(raw, tab) for raw in self._raws(tab)]
        return [table for table in tables if table is not None]

    def connections_table(self) -> TabRows[Any] | None:
        """The Connections tab; None also where it is a form."""
        raws = self._raws(CONNECTIONS)
        if not raws or raws[0] in self._connection_forms():
            return None
        return self._table(raws[0], CONNECTIONS)

    def _connection_forms(self) -> list[RawTab]:
        """Tabs with the name of Connections that Google Forms fills."""
        return [
            raw
            for raw in self._raws(CONNECTIONS)
            if headers.looks_like_form(raw) and not headers.has_headers(raw, CONNECTIONS, names=self._names)
        ]

    def forms(self, directory: Directory) -> tuple[list[RelationshipForm], list[TabRows[Any]]]:
        """The form tabs, told apart: those about relationships, and surveys."""
        forms, surveys = [], []
        for raw in (*self._connection_forms(), *self._raws(SURVEY)):
            table = self._table(raw, SURVEY)
            if table is None:
                continue
            form = relationship_form(table, directory)
            if form is None:
                surveys.append(table)
            else:
                forms.append(form)
                self._read[-1] = raw, CONNECTIONS, table
        return forms, surveys

    def directory(self, wanted: frozenset[str], *, guests_allowed: bool) -> Directory:
        """Everybody in Members; a directory that welcomes whom Connections names where there is no such tab."""
        table = self.table(MEMBERS)
        if table is not None:
            self.context.extra = dict.fromkeys(table.extra.values(), read_text)
            directory = read_members(table, table.read(self.context), wanted=wanted)
            if table.rows:
                directory.welcome = UnknownNamePolicy.GUESTS if guests_allowed else UnknownNamePolicy.NOBODY
                return directory
        directory = Directory()
        directory.is_open = True
        waits = table is None and any(not headers.is_empty(raw) for raw in self._raws(MEMBERS))
        directory.welcome = UnknownNamePolicy.WAITS if waits else UnknownNamePolicy.MEMBERS
        return directory

    def close(self, directory: Directory, *, guests_allowed: bool) -> None:
        """From here on a name that nobody bears is a guest or a problem."""
        if directory.welcome is UnknownNamePolicy.WAITS:
            return
        if directory.welcome is UnknownNamePolicy.MEMBERS and directory.people:
            self.problem_log.add(
                Severity.NOTE,
                "There are no rows of Members; whoever is named in a tie counts as a member.",
                f"Add a tab “{MEMBERS.name}” with the column Name, to count everybody and to keep dates.",
                tab=MEMBERS.name,
            )
        directory.welcome = UnknownNamePolicy.GUESTS if guests_allowed else UnknownNamePolicy.NOBODY
        directory.forget()

    def readings(self) -> tuple[TabReading, ...]:
        """What became of each tab that was found, in the order of the sheet."""
        order = {id(raw): place for place, raw in enumerate(self._raw.tabs)}
        readings = sorted(self._read, key=lambda item: order.get(id(item[0]), 0))
        return tuple(self._reading(raw, tab, table) for raw, tab, table in readings)

    @staticmethod
    def _reading(raw: RawTab, tab: Tab, table: TabRows[Any] | None) -> TabReading:
        if table is not None:
            return table.reading(tab=tab.name)
        waiting = 0 if headers.is_empty(raw) else headers.rows_waiting(raw)
        return TabReading(
            tab=tab.name, title=raw.title, rows=waiting, accepted=0, merged=0, rejected=waiting, url=raw.url
        )

    def problems(self) -> tuple[Problem, ...]:
        """All that is told, in the order of the sheet."""
        return self.problem_log.problems(titles=[tab.title for tab in self._raw.tabs])
