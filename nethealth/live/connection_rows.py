"""What a session about who knows whom becomes in the workbook: rows of the Connections tab, in a wave.

The connections of a room join the latest wave as facts known from a convening: they add to what the network knows, and
no one who wasn't in the room looks less connected. People who became members since count from the next wave. Only if
the network has no connections yet, or the facilitator says so, are they a wave of their own, in which people reported
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from nethealth.live.connections import Report, read_room
from nethealth.live.listed_people import listed_people
from nethealth.live.recording import SessionRow
from nethealth.live.session import Answers, LiveSession, Setup
from nethealth.presentation.formatting import format_date
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.tabs import CONNECTIONS
from nethealth.workbook.schema.vocabulary import HeardThrough
from nethealth.workbook.waves import relationship_waves

STRENGTHS: Final[Mapping[int, float]] = MappingProxyType({1: 2.0, 2: 3.0, 3: 5.0})
"""What phones answer, on the workbook's scale: we've met is know, we talk now and then is exchange, we work together is
collaborate."""


def latest_wave(workbook: Workbook) -> str | None:
    """Return the name of the wave that a session's connections join: the latest, empty if it has no name. None if the
    workbook has no connections, so that there is nothing to join."""
    latest = relationship_waves(workbook)[-1]
    return (latest.name or "") if latest.wave or latest.reports or latest.facts else None


def own_wave(name: str, workbook: Workbook, *, day: dt.date) -> str:
    """Return the name of a wave of the session's own: the session's, with its day if a wave has that name."""
    names = [wave.name for wave in workbook.waves] + [wave.name for wave in relationship_waves(workbook)]
    known = {name_key(name) for name in names if name}
    return name if name_key(name) not in known else f"{name}, {format_date(day)}"


def connections_setup(workbook: Workbook, *, session: str, name: str) -> Setup:
    """Return what is decided at a session's start: who is listed, and the wave that the connections belong to.

    `session` is the session's ID, and `name` its name. `workbook` must be the one for staff.
    """
    setup = Setup(
        people=listed_people(workbook, session=session),
        smallest_group=workbook.settings.smallest_group,
        day=workbook.today,
    )
    return with_wave(setup, workbook, name=name, is_own_wave=latest_wave(workbook) is None)


def with_wave(setup: Setup, workbook: Workbook, *, name: str, is_own_wave: bool) -> Setup:
    """Return a setup whose connections are a wave of their own, or join the latest wave. `name` is the session's."""
    joined = latest_wave(workbook)
    if is_own_wave and setup.is_own_wave and setup.wave.startswith(name):
        return setup  # its wave may be in the workbook already, and keeps its name
    if is_own_wave or joined is None:
        own = own_wave(name, workbook, day=setup.day or workbook.today)
        return replace(setup, wave=own, is_own_wave=True, after_wave=())
    day = relationship_waves(workbook)[-1].date or workbook.today
    after = tuple(
        listed.key
        for listed in setup.people
        if (person := workbook.people.get(listed.person)) and not person.is_guest and person.is_inside(day) is False
    )
    return replace(setup, wave=joined, is_own_wave=False, after_wave=after)


def connection_rows(session: LiveSession, answers: Answers) -> list[SessionRow]:
    """Return the rows of the Connections tab, about people who found themselves and people they know.

    In a wave of its own, each person's report is a row. Facts have one row per pair, with the highest strength.
    """
    reports = read_room(session, answers).reports
    cell_of = {person.key: person.cell or person.name for person in session.setup.people}
    setup, after = session.setup, set(session.setup.after_wave)
    return [
        SessionRow(
            name=f"{report.source} {report.target}",
            tab=CONNECTIONS.name,
            cells=_named({
                "source": cell_of[report.source],
                "target": cell_of[report.target],
                "strength": STRENGTHS[report.strength],
                "date": session.day,
                "wave": "" if {report.source, report.target} & after else setup.wave,
                "heard_through": (HeardThrough.SURVEY if setup.is_own_wave else HeardThrough.CONVENING).value,
                "notes": session.name,
            }),
        )
        for report in (reports if setup.is_own_wave else _by_pair(reports))
    ]  # fmt: skip


def _by_pair(reports: Iterable[Report]) -> list[Report]:
    """Return one report for each pair, the strongest, from the smaller key to the larger."""
    found: dict[tuple[str, str], Report] = {}
    for report in reports:
        one, other = sorted((report.source, report.target))
        strength = max(report.strength, found[one, other].strength if (one, other) in found else 0)
        found[one, other] = Report(source=one, target=other, strength=strength, number=report.number)
    return [found[pair] for pair in sorted(found)]


def _named(cells: Mapping[str, RawCell]) -> dict[str, RawCell]:
    return {CONNECTIONS.columns[field].name: cell for field, cell in cells.items()}
