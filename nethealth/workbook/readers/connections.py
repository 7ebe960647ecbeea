"""Connections, waves and weaving: who is tied to whom, and when it was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from nethealth.workbook.cells.names import name_key
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import one_person, several_people
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Connection, Conversation, PersonKey, Severity, Wave
from nethealth.workbook.schema.membership_tabs import ConnectionRow, WaveRow, WeavingRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import TieMeasure, WaveKind

TIE_LEFT_OUT: Final = "the tie is left out"


@dataclass(slots=True)
class _WaveDraft:
    name: str
    kinds: set[WaveKind] = field(default_factory=set)
    date: dt.date | None = None
    invited: int | None = None
    responded: int | None = None
    respondents: dict[PersonKey, None] | None = None
    row: int | None = None
    is_counted: bool = False
    """Its row says how many were invited, or responded."""
    latest: dt.date | None = None
    """The latest date of a row that names the wave."""

    def speaks_of(self, kind: WaveKind) -> bool:
        return not self.kinds or kind in self.kinds


class Waves:
    """The waves as they become known: from their own tab, then from the rows that name them."""

    def __init__(self) -> None:
        self._drafts: list[_WaveDraft] = []
        self._names: dict[str, str] = {}
        self._listed: list[tuple[_WaveDraft, int, WaveRow]] = []
        self.respondents_without_wave: dict[PersonKey, None] | None = None

    def read(self, table: TabRows[WaveRow], context: RowContext) -> None:
        """The rows of the Waves tab. Two rows of one name are one wave, unless their dates differ, or each counts for
        a kind of its own.

        Names under Invited and Responded wait for `find_respondents`: who is a member may only be known later, after
        Connections.
        """
        for number, row in table.read(context):
            draft = self._draft(table, number, row)
            if isinstance(row.invited, float | int):
                draft.invited = int(row.invited)
            if isinstance(row.responded, float | int):
                draft.responded = int(row.responded)
            if isinstance(row.invited, str) or isinstance(row.responded, str):
                self._listed.append((draft, number, row))
            else:
                _tell_too_many(table, draft, number)

    def find_respondents(self, table: TabRows[WaveRow], directory: Directory) -> None:
        """Whom the names under Invited and Responded mean."""
        for draft, number, row in self._listed:
            if isinstance(row.invited, str):
                people, count = several_people(table, directory, row.invited, row=number, at="invited")
                # "about forty" names nobody, and is no list of one.
                draft.invited = count if people else draft.invited
            if isinstance(row.responded, str):
                people, count = several_people(table, directory, row.responded, row=number, at="responded")
                draft.respondents = (draft.respondents or {}) | dict.fromkeys(people)
                draft.responded = max(count, len(draft.respondents))
            _tell_too_many(table, draft, number)

    def tell_more_answers(self, table: TabRows[WaveRow], answers: Mapping[str | None, int]) -> None:
        """Tell where more people answered a survey than its row says were invited; `answers` counts them by wave."""
        for draft in self._drafts:
            count = answers.get(draft.name, 0)
            if draft.row is not None and draft.speaks_of(WaveKind.SURVEY) and 0 < (draft.invited or 0) < count:
                table.tell(
                    Severity.WARNING,
                    f"{count} people answered this survey, more than were invited; the response rate is over 100%.",
                    "Correct how many were invited, or leave it blank: then the members of that day count.",
                    row=draft.row,
                    at="invited",
                    value=draft.invited,
                )

    def _draft(self, table: TabRows[WaveRow], number: int, row: WaveRow) -> _WaveDraft:
        name = self._names.setdefault(name_key(row.wave), row.wave)
        namesakes = [draft for draft in self._drafts if draft.name == name]
        is_counted = row.invited is not None or row.responded is not None

        def fits(draft: _WaveDraft) -> bool:
            same_day = None in (draft.date, row.date) or draft.date == row.date
            of_other_kind = bool(draft.kinds and row.kinds) and not draft.kinds & (row.kinds or set())
            return same_day and not (of_other_kind and draft.is_counted and is_counted)

        fitting = next(filter(fits, namesakes), None)
        if fitting is None:
            if namesakes and any(draft.kinds & (row.kinds or set()) for draft in namesakes):
                table.tell(
                    Severity.WARNING,
                    "This wave stands twice with different dates; both are kept.",
                    "Keep one row for each wave, or give them different names.",
                    row=number,
                    at="wave",
                    value=row.wave,
                )
            fitting = _WaveDraft(name, set(row.kinds or ()), row.date, row=number)
            self._drafts.append(fitting)
        else:
            # A row that says no kind speaks of all.
            fitting.kinds = fitting.kinds | row.kinds if fitting.kinds and row.kinds else set()
            fitting.date = fitting.date or row.date
        fitting.is_counted = fitting.is_counted or is_counted
        return fitting

    def named(self, typed: str | None, kind: WaveKind, date: dt.date | None) -> str | None:
        """The wave that a row names, as it is spelled where it stood first; None where it names none."""
        if typed is None:
            return None
        name = self._names.get(typed)
        if name is None:
            key = name_key(typed)
            if key not in self._names:
                self._names[key] = typed
                self._drafts.append(_WaveDraft(typed))
            name = self._names[typed] = self._names[key]
        if date is not None:
            self._note_date(name, kind, date)
        return name

    def _note_date(self, name: str, kind: WaveKind, date: dt.date) -> None:
        for draft in self._drafts:
            if draft.name == name and draft.speaks_of(kind) and (draft.latest is None or date > draft.latest):
                draft.latest = date

    def by_date(self, kind: WaveKind, date: dt.date | None) -> str | None:
        """The wave to which an answer belongs that names none.

        Of the dated waves of its kind the one nearest to the answer (of two as near the earlier one), whether staff
        give the first day of asking or the last. A single wave takes undated answers too; without waves, None.
        """
        drafts = [draft for draft in self._drafts if draft.speaks_of(kind) and draft.row is not None]
        if len({draft.name for draft in drafts}) == 1:
            return drafts[0].name
        dated = [(draft.date, draft.name) for draft in drafts if draft.date is not None]
        if date is None or not dated:
            return None
        return min(dated, key=lambda item: (abs((item[0] - date).days), item[0]))[1]

    def answered(self, name: str | None, person: PersonKey) -> None:
        """Remember that somebody answered the relationship form of a wave (None: the unnamed one)."""
        if name is None:
            self.respondents_without_wave = (self.respondents_without_wave or {}) | {person: None}
            return
        for draft in self._drafts:
            if draft.name == name and draft.speaks_of(WaveKind.RELATIONSHIPS):
                if draft.respondents is None:
                    draft.respondents = {}
                draft.respondents[person] = None

    def records(self) -> tuple[Wave, ...]:
        """The waves by date, undated last."""
        waves = [
            Wave(
                name=draft.name,
                kinds=frozenset(draft.kinds),
                date=draft.date or draft.latest,
                invited=draft.invited,
                responded=draft.responded
                if draft.responded is not None or draft.respondents is None
                else len(draft.respondents),
                respondents=None if draft.respondents is None else tuple(draft.respondents),
                row=draft.row,
            )
            for draft in self._drafts
        ]
        return tuple(sorted(waves, key=lambda wave: (wave.date is None, wave.date or dt.date.min)))


def _tell_too_many(table: TabRows[WaveRow], draft: _WaveDraft, number: int) -> None:
    if draft.invited is not None and draft.responded is not None and draft.responded > draft.invited:
        table.tell(
            Severity.WARNING,
            "More people responded than were invited; both are used as typed.",
            "Check the two counts.",
            row=number,
            at="responded",
            value=draft.responded,
        )


def read_connections(
    table: TabRows[ConnectionRow],
    context: RowContext,
    directory: Directory,
    waves: Waves,
    *,
    measures: Mapping[str, TieMeasure],
) -> list[Connection]:
    """The rows of Connections whose two people are known. `measures` by the fields of their rows."""
    connections: list[Connection] = []
    told = _TieChecks(table, directory)
    for number, row in table.read(context):
        source = one_person(table, directory, row.source, row=number, at="source", fate=TIE_LEFT_OUT)
        target = one_person(table, directory, row.target, row=number, at="target", fate=TIE_LEFT_OUT)
        if source is None or target is None:
            table.rejected += 1
            continue
        if source == target:
            message = "From and To are the same person; the tie is left out."
            table.reject(message, "Name another person, or clear the row.", row=number, at="target", value=row.target)
            continue
        connection = Connection(
            source=source,
            target=target,
            strength=row.strength,
            kind=row.type,
            date=row.date,
            wave=waves.named(row.wave, WaveKind.RELATIONSHIPS, row.date),
            heard_through=row.heard_through,
            measures=_measures(row, measures),
            notes=row.notes,
            entry_id=row.entry_id,
            row=number,
        )
        connections.append(connection)
        told.look_at(connection)
    return connections


def _measures(row: ConnectionRow, measures: Mapping[str, TieMeasure]) -> dict[str, float]:
    said = dict(row.extra)
    for name, measure in measures.items():
        if (number := getattr(row, name)) is not None:
            said[measure.name] = number
    return said


class _TieChecks:
    """Tells what a tie has to do with those before it, and with when its people joined."""

    def __init__(self, table: TabRows[ConnectionRow], directory: Directory) -> None:
        self._table = table
        self._strengths: dict[tuple[PersonKey, PersonKey, str | None, bool], float | None] = {}
        self._joined = {key: person.joined for key, person in directory.people.items() if person.joined}

    def look_at(self, tie: Connection) -> None:
        """Tell of a repeated tie, and of one that is older than a membership."""
        source, target = tie.source, tie.target
        if not tie.is_report and target < source:
            # A fact is about both: it has no direction.
            source, target = target, source
        key = (source, target, tie.wave, tie.is_report)
        if key in self._strengths:
            self._table.merged += 1
            first = self._strengths[key]
            if tie.strength is not None and first is not None and tie.strength != first:
                self._table.tell(
                    Severity.WARNING,
                    "This tie stands in another row with another strength; the strongest counts.",
                    "Keep the row that is right.",
                    row=tie.row,
                    at="strength",
                    value=tie.strength,
                )
            self._strengths[key] = tie.strength if first is None else first
        else:
            self._strengths[key] = tie.strength
        if tie.date is not None:
            joined = max(filter(None, (self._joined.get(tie.source), self._joined.get(tie.target))), default=None)
            if joined is not None and tie.date < joined:
                self._table.tell(
                    Severity.WARNING,
                    "This tie is dated before one of the two joined; it is used as typed.",
                    "Check the date, and Joined in Members.",
                    row=tie.row,
                    at="date",
                    value=tie.date,
                )


def read_weaving(table: TabRows[WeavingRow], context: RowContext, directory: Directory) -> list[Conversation]:
    """The weaving talks with members who are known. That an introduction is a tie is for the network to say."""
    talks: list[Conversation] = []
    for number, row in table.read(context):
        member = one_person(table, directory, row.member, row=number, at="member", fate="the row is left out")
        if member is None:
            table.rejected += 1
            continue
        introduced, _ = several_people(table, directory, row.introduced_to, row=number, at="introduced_to")
        if member in introduced:
            table.tell(
                Severity.WARNING,
                "A member is introduced to themself; that name is left out.",
                "Name another person under Introduced to.",
                row=number,
                at="introduced_to",
            )
            introduced = tuple(key for key in introduced if key != member)
        talks.append(
            Conversation(
                date=row.date,
                weaver=row.weaver,
                member=member,
                introduced_to=introduced,
                what_we_heard=row.what_we_heard,
                follow_up=row.follow_up,
                due=row.due,
                done=row.done,
                entry_id=row.entry_id,
                row=number,
            )
        )
    return talks
