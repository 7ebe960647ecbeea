"""Details of people and ties on the map: what they took part in, open follow-ups, and who reported a tie.

Details travel next to the map, not in it: for thousands of people, only for those the reader opens. Every text is
plain and bounded.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from nethealth.network.graph import Network, Tie, network_at, ties_introduced_since
from nethealth.network.map.model import LONGEST_KIND, LONGEST_NAME, person_id
from nethealth.presentation.formatting import format_date, single_line, tie_value_name
from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import Connection, Gathering, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough, NameStyle, TieMeasure, TieRule
from nethealth.workbook.waves import LATEST

DatedLine = tuple[dt.date | None, str]
"""A line of text with its date, if it has one."""

MOST_LINES = 8
"""Lines listed under each heading; the rest are counted."""
LONGEST_LINE = 140
SOURCE_LABELS = {
    HeardThrough.WEAVING: "Known from weaving",
    HeardThrough.CONVENING: "Known from a convening",
    HeardThrough.STAFF: "Added by staff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDetails:
    """Details of people and ties, by the ids they have on the map. Holds JSON values only."""

    people: Mapping[str, Any]
    """For each person a list of `{"title", "lines": [[text, date]], "more"}`."""
    ties: Mapping[str, Any]
    """By both ids, the smaller first, joined by a dash: a list of `{"who", "lines"}`, one per report or fact."""
    version: str
    """Names the workbook, wave, and rule these details belong to."""
    is_complete: bool
    """True if everyone on the map is included."""

    def as_json(self) -> dict[str, Any]:
        """Return the form that the map's script reads."""
        return {
            "people": dict(self.people),
            "ties": dict(self.ties),
            "version": self.version,
            "complete": self.is_complete,
        }


def map_details(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    for_staff: bool = False,
    only: frozenset[str] | None = None,
    follow_ups: Mapping[PersonKey, Sequence[DatedLine]] = MappingProxyType({}),
) -> MapDetails:
    """Return the details of everyone on one wave's map, or of the people whose ids are in `only`, and of their ties.

    A person's details list the convenings and activities they attended, what they started with others, and for staff
    their open `follow_ups`, each with its due date. People who have left get details for staff only, because only
    staff may know who they were.

    A tie's details list each report or fact behind it with its date, strength, and type. Only staff see who reported
    it, because a missing report back is no one else's business, and only staff see its measures, such as trust: each of
    the two people would know whose answer it is. For viewers, all reports of a tie are one line. Notes are
    shown to no one. Where people go by initials or codes there are no details at all, because attendance would identify
    them.

    Raises `UnknownWave` if the workbook has no such wave.
    """
    network = network_at(workbook, wave=wave, rule=rule)
    is_named = workbook.settings.names is NameStyle.NAMES and not workbook.are_names_replaced
    people = {key: person for key, person in network.people.items() if person.on_map and is_named}
    ids = {key: person_id(key) for key in people}
    requested = {key for key in people if only is None or ids[key] in only}
    uncounted = (*network.unconfirmed_ties, *ties_introduced_since(workbook, network=network))
    ties = [
        tie
        for tie in (*network.ties, *(uncounted if for_staff else ()))
        if tie.a in people and tie.b in people and (tie.a in requested or tie.b in requested)
    ]
    sections = _sections(
        workbook,
        [key for key in requested if for_staff or not has_left(people[key], today=workbook.today)],
        follow_ups=follow_ups if for_staff else {},
    )
    return MapDetails(
        people={ids[key]: sections.get(key, []) for key in sorted(requested)},
        ties={
            "-".join(sorted((ids[tie.a], ids[tie.b]))): (
                _reports(tie, people, measures=workbook.tie_measures) if for_staff else _summaries(tie)
            )
            for tie in ties
        },
        version=_version(network, workbook),
        is_complete=only is None,
    )


def _version(network: Network, workbook: Workbook) -> str:
    return f"{workbook.fingerprint} {network.rule} {single_line(network.wave or '', longest=LONGEST_NAME)}"


def _sections(
    workbook: Workbook, people: Collection[PersonKey], *, follow_ups: Mapping[PersonKey, Sequence[DatedLine]]
) -> dict[PersonKey, list[dict[str, Any]]]:
    started: dict[PersonKey, list[DatedLine]] = defaultdict(list)
    for activity in workbook.emergent:
        for key in dict.fromkeys(activity.collaborators):
            started[key].append((activity.started, activity.name))
    sources: Sequence[tuple[str, Mapping[PersonKey, Sequence[DatedLine]], str]] = (
        ("Convenings attended", _attendance(workbook.convenings, workbook.today), "{}"),
        ("Activities", _attendance(workbook.activities, workbook.today), "{}"),
        ("Started with others", started, "{}"),
        ("Open follow-ups (staff only)", follow_ups, "due {}"),
    )
    return {
        key: [_section(title, lines[key], date_text=date_text) for title, lines, date_text in sources if lines.get(key)]
        for key in people
    }


def _attendance(gatherings: Iterable[Gathering], today: dt.date) -> dict[PersonKey, list[DatedLine]]:
    """The gatherings each person attended, up to today."""
    lines: dict[PersonKey, list[DatedLine]] = defaultdict(list)
    for gathering in gatherings:
        if gathering.date is not None and gathering.date > today:
            continue
        for key in dict.fromkeys(gathering.attendees):
            lines[key].append((gathering.date, gathering.title))
    return lines


def _section(title: str, lines: Sequence[DatedLine], *, date_text: str) -> dict[str, Any]:
    """A heading with its lines, the latest first and undated ones last."""
    ranked = sorted(lines, key=lambda line: (line[0] is None, -line[0].toordinal() if line[0] else 0, line[1]))
    shown = [
        [single_line(text, longest=LONGEST_LINE), date_text.format(format_date(day)) if day else ""]
        for day, text in ranked[:MOST_LINES]
    ]
    return {"title": title, "lines": shown, "more": max(0, len(lines) - MOST_LINES)}


def _reports(tie: Tie, people: Mapping[PersonKey, Person], *, measures: Sequence[TieMeasure]) -> list[dict[str, Any]]:
    """Each report and fact, the latest first, for staff."""
    ranked = sorted(tie.rows, key=lambda row: row.date.toordinal() if row.date else 0, reverse=True)
    return [{"who": _reporter(row, people), "lines": _report_lines(row, measures)} for row in ranked[:MOST_LINES]]


def _summaries(tie: Tie) -> list[dict[str, Any]]:
    """One entry for all reports and one for each kind of fact, which say neither who reported it nor how many did."""
    by_source: dict[str, list[Connection]] = defaultdict(list)
    for row in tie.rows:
        by_source["Reported by one or both" if row.is_report else _source(row)].append(row)
    return [{"who": who, "lines": _summary_lines(by_source[who])} for who in sorted(by_source, reverse=True)]


def _summary_lines(rows: Sequence[Connection]) -> list[str]:
    latest = max((row.date for row in rows if row.date), default=None)
    strongest = max((row.strength for row in rows if row.strength is not None), default=None)
    kinds = "; ".join(sorted({row.kind for row in rows if row.kind}))
    return _report_lines(replace(rows[0], date=latest, strength=strongest, kind=kinds), ())


def _reporter(row: Connection, people: Mapping[PersonKey, Person]) -> str:
    if row.is_report:
        return f"Reported by {single_line(people[row.source].name, longest=LONGEST_NAME)}"
    return _source(row)


def _source(row: Connection) -> str:
    return SOURCE_LABELS.get(row.heard_through or HeardThrough.SURVEY, "Known from the workbook")


def _report_lines(row: Connection, measures: Sequence[TieMeasure]) -> list[str]:
    lines = [
        format_date(row.date) if row.date else "",
        "" if row.strength is None else STRENGTH.label(row.strength),
        single_line(row.kind or "", longest=LONGEST_KIND),
        *(
            single_line(
                f"{tie_value_name(measure.name)} {measure.written(row.measures[measure.name])}", longest=LONGEST_LINE
            )
            for measure in measures
            if measure.name in row.measures
        ),
    ]
    return [line for line in lines if line]
