"""The waves of relationships in a workbook: when each was, and which rows belong to it.

A row of Connections is a report (one person names another) or a fact about both; an introduction in the Weaving
tab is such a fact. Reports belong to the wave they name; those that name none are one unnamed wave. A fact without a
wave belongs to every wave dated on or after it. If it has no date, or no wave has one, it belongs to the latest wave.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nethealth.cache import cached
from nethealth.errors import UnknownWave
from nethealth.workbook.records import Connection, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind

LATEST = "\x00latest"
"""Means the latest wave by date. No cell can contain it, so no wave can have this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipWave:
    """A wave of relationships with the rows that belong to it."""

    name: str | None
    """As the workbook spells it; None for the wave of all reports that name no wave."""
    date: dt.date | None
    """Its date in the Waves tab, or else its latest tie's; None if neither is known."""
    wave: Wave | None
    """Its record, with who answered; None for the unnamed wave."""
    reports: tuple[Connection, ...]
    facts: tuple[Connection, ...]


@cached
def relationship_waves(workbook: Workbook) -> tuple[RelationshipWave, ...]:
    """Return the waves of relationships: undated ones first, then by date. The last is the default.

    A wave is one of relationships if the Waves tab says so, or if a row of Connections names it. Future waves that no
    row names yet are excluded. If there is no wave, all reports and facts are one unnamed wave, which may be empty, so
    there is always at least one.
    """
    reports: dict[str | None, list[Connection]] = defaultdict(list)
    facts: dict[str | None, list[Connection]] = defaultdict(list)
    for row in (*workbook.connections, *introductions(workbook)):
        (reports if row.is_report else facts)[row.wave].append(row)

    listed = {
        name: wave
        for name in dict.fromkeys(wave.name for wave in workbook.waves)
        if (wave := workbook.wave_named(name, kind=WaveKind.RELATIONSHIPS)) is not None
    }
    only_in_rows = {name: Wave(name=name) for name in (*reports, *facts) if name is not None and name not in listed}
    dated: list[tuple[str | None, dt.date | None, Wave | None]] = []
    for name, wave in (listed | only_in_rows).items():
        has_rows = name in reports or name in facts
        is_ahead = wave.date is not None and wave.date > workbook.today
        if has_rows or (WaveKind.RELATIONSHIPS in wave.kinds and not is_ahead):
            dated.append((name, wave.date or _latest((*reports[name], *facts[name])), wave))

    unassigned = facts.pop(None, [])
    if not dated:
        return (
            RelationshipWave(
                name=None,
                date=_latest((*reports[None], *unassigned)),
                wave=None,
                reports=tuple(reports[None]),
                facts=tuple(unassigned),
            ),
        )
    if reports[None]:
        dated.insert(0, (None, _latest(reports[None]), None))
    # The sort is stable: waves of the same day stay in the order of the Waves tab.
    dated.sort(key=lambda entry: (entry[1] is not None, entry[1] or dt.date.min))
    last = len(dated) - 1
    none_is_dated = dated[last][1] is None
    return tuple(
        RelationshipWave(
            name=name,
            date=date,
            wave=wave,
            reports=tuple(reports[name]),
            facts=(
                *(facts[name] if name is not None else ()),
                *(
                    fact
                    for fact in unassigned
                    if (place == last and (fact.date is None or none_is_dated))
                    or (fact.date is not None and date is not None and fact.date <= date)
                ),
            ),
        )
        for place, (name, date, wave) in enumerate(dated)
    )


def find_wave(workbook: Workbook, name: str | None) -> RelationshipWave:
    """Return the wave of relationships with this name, ignoring case and spaces; `LATEST` is the latest.

    Raises `UnknownWave` if there is none.
    """
    known = relationship_waves(workbook)
    if name == LATEST:
        return known[-1]
    found = next((one for one in known if one.name == name), None)
    if found is None and name is not None:
        found = next((one for one in known if one.name is not None and _folded(one.name) == _folded(name)), None)
    if found is None:
        names = ", ".join(f"“{one.name}”" for one in known if one.name is not None)
        raise UnknownWave(
            f"No wave of relationships is named “{name}”." if name else "Every report in this workbook names its wave.",
            f"Choose one of these: {names}." if names else "The workbook names no wave: ask without one.",
        )
    return found


def introductions(workbook: Workbook) -> tuple[Connection, ...]:
    """Return weavers' introductions as facts about both people, dated by the conversation."""
    return tuple(
        Connection(source=talk.member, target=other, date=talk.date, heard_through=HeardThrough.WEAVING)
        for talk in workbook.weaving
        for other in talk.introduced_to
        if other != talk.member
    )


def introduced_since(workbook: Workbook, wave: RelationshipWave) -> tuple[Connection, ...]:
    """Return introductions after a wave's date, so that they aren't in it; none if it has no date.

    Leaves out pairs that are in the wave anyway, since someone reported them.
    """
    if wave.date is None:
        return ()
    known = {frozenset((row.source, row.target)) for row in (*wave.reports, *wave.facts)}
    return tuple(
        row
        for row in introductions(workbook)
        if row.date is not None and row.date > wave.date and frozenset((row.source, row.target)) not in known
    )


def _latest(rows: Iterable[Connection]) -> dt.date | None:
    return max((row.date for row in rows if row.date is not None), default=None)


def _folded(name: str) -> str:
    return "".join(name.casefold().split())
