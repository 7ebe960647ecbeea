"""Read Connections, Waves, and Weaving: connections and when we asked about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import resolve_people, resolve_person
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Connection, Conversation, PersonKey, PostponedIntroduction, Severity, Wave
from nethealth.workbook.schema.membership_tabs import ConnectionRow, WaveRow, WeavingRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import Introduction, TieMeasure, WaveKind

TIE_SKIPPED: Final = "we skipped this connection"
_FEWEST_PAIRS: Final = 3
"""With fewer rows we can't say whether To names people."""


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
    """True if its row says how many were invited, or responded."""
    latest: dt.date | None = None
    """The latest date of a row in another tab that names the wave."""

    def covers(self, kind: WaveKind) -> bool:
        return not self.kinds or kind in self.kinds


class Waves:
    """The waves found so far: from the Waves tab, then from rows that name one."""

    def __init__(self) -> None:
        self._drafts: list[_WaveDraft] = []
        self._names: dict[str, str] = {}
        self._rows_with_names: list[tuple[_WaveDraft, int, WaveRow]] = []
        self.respondents_without_wave: dict[PersonKey, None] | None = None

    def read(self, table: TabRows[WaveRow], context: RowContext) -> None:
        """Read the Waves tab. Two rows of one name are one wave, unless their dates differ, or each has counts for a
        kind of its own.

        Names under Invited and Responded are matched later, by `match_respondents`: without a Members tab we know the
        members only after reading Connections.
        """
        for number, row in table.read(context):
            draft = self._draft(table, number, row)
            if isinstance(row.invited, float | int):
                draft.invited = int(row.invited)
            if isinstance(row.responded, float | int):
                draft.responded = int(row.responded)
            if isinstance(row.invited, str) or isinstance(row.responded, str):
                self._rows_with_names.append((draft, number, row))
            else:
                _report_excess_responses(table, draft, number)

    def match_respondents(self, table: TabRows[WaveRow], directory: Directory) -> None:
        """Match the names under Invited and Responded with members."""
        for draft, number, row in self._rows_with_names:
            if isinstance(row.invited, str):
                people, count = resolve_people(table, directory, row.invited, row=number, at="invited")
                # A text such as "about forty" isn't a list of one name.
                draft.invited = count if people else draft.invited
            if isinstance(row.responded, str):
                people, count = resolve_people(table, directory, row.responded, row=number, at="responded")
                draft.respondents = (draft.respondents or {}) | dict.fromkeys(people)
                draft.responded = max(count, len(draft.respondents))
            _report_excess_responses(table, draft, number)

    def report_extra_answers(self, table: TabRows[WaveRow], answers: Mapping[str | None, int]) -> None:
        """Report waves in which more people answered a survey than were invited; `answers` counts them by wave."""
        for draft in self._drafts:
            count = answers.get(draft.name, 0)
            if draft.row is not None and draft.covers(WaveKind.SURVEY) and 0 < (draft.invited or 0) < count:
                table.report(
                    Severity.WARNING,
                    f"{count} people answered this survey, more than were invited, so the response rate is over 100%.",
                    "Correct Invited, or clear it. Then we use the number of members on that day.",
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
                table.report(
                    Severity.WARNING,
                    "This wave appears twice with different dates. We kept both.",
                    "Keep one row per wave, or give them different names.",
                    row=number,
                    at="wave",
                    value=row.wave,
                )
            fitting = _WaveDraft(name, set(row.kinds or ()), row.date, row=number)
            self._drafts.append(fitting)
        else:
            # A row without a kind covers all kinds.
            fitting.kinds = fitting.kinds | row.kinds if fitting.kinds and row.kinds else set()
            fitting.date = fitting.date or row.date
        fitting.is_counted = fitting.is_counted or is_counted
        return fitting

    def find_named(self, typed: str | None, kind: WaveKind, date: dt.date | None) -> str | None:
        """Return the wave that a row names, in its first spelling; None if it names none."""
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
            if draft.name == name and draft.covers(kind) and (draft.latest is None or date > draft.latest):
                draft.latest = date

    def find_nearest(self, kind: WaveKind, date: dt.date | None) -> str | None:
        """Return the wave of an answer that names none: the nearest dated wave of its kind, or the earlier of two.

        Staff may give a wave's first day or its last, so the nearest is before or after the answer. A single wave also
        takes undated answers. None without waves.
        """
        drafts = [draft for draft in self._drafts if draft.covers(kind) and draft.row is not None]
        if len({draft.name for draft in drafts}) == 1:
            return drafts[0].name
        dated = [(draft.date, draft.name) for draft in drafts if draft.date is not None]
        if date is None or not dated:
            return None
        return min(dated, key=lambda item: (abs((item[0] - date).days), item[0]))[1]

    def add_respondent(self, name: str | None, person: PersonKey) -> None:
        """Record that someone answered the relationship form of a wave (None: of no named wave)."""
        if name is None:
            self.respondents_without_wave = (self.respondents_without_wave or {}) | {person: None}
            return
        for draft in self._drafts:
            if draft.name == name and draft.covers(WaveKind.RELATIONSHIPS):
                if draft.respondents is None:
                    draft.respondents = {}
                draft.respondents[person] = None

    def records(self) -> tuple[Wave, ...]:
        """Return the waves by date, undated last."""
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


def _report_excess_responses(table: TabRows[WaveRow], draft: _WaveDraft, number: int) -> None:
    if draft.invited is not None and draft.responded is not None and draft.responded > draft.invited:
        table.report(
            Severity.WARNING,
            "More people responded than were invited. We used both counts.",
            "Check both counts.",
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
    """Return the rows of Connections whose two people are known. `measures` by the fields of their rows."""
    if _names_events(table, directory):
        table.rejected += sum(1 for _ in table.read(context))
        return []
    connections: list[Connection] = []
    checks = _TieChecks(table, directory)
    for number, row in table.read(context):
        source = resolve_person(table, directory, row.source, row=number, at="source", consequence=TIE_SKIPPED)
        target = resolve_person(table, directory, row.target, row=number, at="target", consequence=TIE_SKIPPED)
        if source is None or target is None:
            table.rejected += 1
            continue
        if source == target:
            message = "From and To are the same person, so we skipped this connection."
            table.reject(message, "Name someone else, or clear the row.", row=number, at="target", value=row.target)
            continue
        connection = Connection(
            source=source,
            target=target,
            strength=row.strength,
            kind=row.type,
            date=row.date,
            wave=waves.find_named(row.wave, WaveKind.RELATIONSHIPS, row.date),
            heard_through=row.heard_through,
            measures=_measures(row, measures),
            notes=row.notes,
            entry_id=row.entry_id,
            row=number,
        )
        connections.append(connection)
        checks.check(connection)
    return connections


def _names_events(table: TabRows[ConnectionRow], directory: Directory) -> bool:
    """True, reported, if To names no person but what several people share, as a list of who was at which event does."""
    if directory.is_open or not directory.people:
        return False
    pairs = []
    for _, cells, _ in table.cells():
        source, target = (read_text(cells.get(field)).value for field in ("source", "target"))
        if source is not None and target is not None:
            if directory.has_name(target):
                return False
            pairs.append((source, name_key(target), target))
    sources = {name_key(source) for source, _, _ in pairs}
    shared = {key: target for _, key, target in pairs}
    known = sum(directory.has_name(source) for source, _, _ in pairs)
    if len(pairs) < _FEWEST_PAIRS or len(shared) == len(pairs) or 2 * known < len(pairs) or sources & shared.keys():
        return False
    shown = ", ".join(f"“{target[:40]}”" for target in list(shared.values())[:3])
    table.report(
        Severity.ERROR,
        f"This column names no member but things that several people share, such as events ({shown}), so we skipped "
        f"these {len(pairs):,} rows.",
        "If they’re events, move the rows to the Convenings tab: one row per person, with the event under Title, its "
        "Date, and the person under Attendees. If they’re people, correct the names.",
        row=table.header_row + 1,
        at="target",
        value=table.headers[table.fields["target"]],
    )
    return True


def _measures(row: ConnectionRow, measures: Mapping[str, TieMeasure]) -> dict[str, float]:
    values = dict(row.extra)
    for name, measure in measures.items():
        if (number := getattr(row, name)) is not None:
            values[measure.name] = number
    return values


class _TieChecks:
    """Checks of each tie against the earlier ones, and against when its people joined."""

    def __init__(self, table: TabRows[ConnectionRow], directory: Directory) -> None:
        self._table = table
        self._strengths: dict[tuple[PersonKey, PersonKey, str | None, bool], float | None] = {}
        self._joined = {key: person.joined for key, person in directory.people.items() if person.joined}

    def check(self, tie: Connection) -> None:
        """Report a tie that repeats another with a different strength, or that is older than a membership."""
        source, target = tie.source, tie.target
        if not tie.is_report and target < source:
            # A fact is about both people and has no direction.
            source, target = target, source
        key = (source, target, tie.wave, tie.is_report)
        if key in self._strengths:
            self._table.merged += 1
            first = self._strengths[key]
            if tie.strength is not None and first is not None and tie.strength != first:
                self._table.report(
                    Severity.WARNING,
                    "This connection appears in another row with a different strength. We use the strongest.",
                    "Keep the row that’s right.",
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
                self._table.report(
                    Severity.WARNING,
                    "This connection is dated before one of the two joined. We used it as typed.",
                    "Check this date, and Joined in Members.",
                    row=tie.row,
                    at="date",
                    value=tie.date,
                )


def read_weaving(
    table: TabRows[WeavingRow], context: RowContext, directory: Directory
) -> tuple[list[Conversation], list[PostponedIntroduction]]:
    """Return the conversations with known members, and the introductions that staff decided against for now.

    The network turns the other introductions into ties.
    """
    conversations: list[Conversation] = []
    postponed: list[PostponedIntroduction] = []
    for number, row in table.read(context):
        member = resolve_person(
            table, directory, row.member, row=number, at="member", consequence="we skipped this row"
        )
        if member is None:
            table.rejected += 1
            continue
        introduced, _ = resolve_people(table, directory, row.introduced_to, row=number, at="introduced_to")
        if member in introduced:
            table.report(
                Severity.WARNING,
                "This member is introduced to themselves, so we skipped that name.",
                "Name someone else under Introduced to.",
                row=number,
                at="introduced_to",
            )
            introduced = tuple(key for key in introduced if key != member)
        if row.introduction is Introduction.NOT_NOW:
            postponed += [
                PostponedIntroduction(
                    date=row.date, member=member, other=other, row_id=table.row_id(number), row=number
                )
                for other in introduced
            ]
            introduced = ()
            if not (row.what_we_heard or row.follow_up):
                continue  # a decision about two people, and no conversation
        conversations.append(
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
                row_id=table.row_id(number),
                row=number,
            )
        )
    return conversations, postponed
