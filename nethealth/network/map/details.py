"""What the map tells of a person or a tie when somebody looks closer: doings, follow-ups, and how a tie is known.

It travels beside the map, not in it: of thousands of people only what is asked for. Every text is bounded plain text.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nethealth.network import LATEST, network_at
from nethealth.network.graph import Network, Tie
from nethealth.network.map.model import LONGEST_KIND, LONGEST_NAME, person_id
from nethealth.presentation.formatting import format_date, single_line, tie_value_name
from nethealth.privacy.viewer_redaction import has_left
from nethealth.weaving import summarize_weaving
from nethealth.workbook.records import Connection, Gathering, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough, NameStyle, TieMeasure, TieRule

LISTED = 8
"""So many lines of each kind are told of a person; the rest is counted."""
LONGEST_LINE = 140
KNOWN_FROM = {
    HeardThrough.WEAVING: "Known from weaving",
    HeardThrough.CONVENING: "Known from a convening",
    HeardThrough.STAFF: "Known to staff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDetails:
    """What is known of people and ties, by the ids that the map draws them under. Holds JSON alone."""

    people: Mapping[str, Any]
    """For each person a list of `{"title", "lines": [[what, when]], "more"}`."""
    ties: Mapping[str, Any]
    """By both ids, the smaller first, joined by a dash: a list of `{"who", "lines"}`, one for each report or fact."""
    of: str
    """Which wave under which rule this is told of."""
    is_whole: bool
    """Whether it holds everybody on the map."""

    def as_json(self) -> dict[str, Any]:
        """The form that the drawing reads."""
        return {"people": dict(self.people), "ties": dict(self.ties), "of": self.of, "whole": self.is_whole}


def map_details(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    for_staff: bool = False,
    only: frozenset[str] | None = None,
) -> MapDetails:
    """The details of everybody on the map of one wave, or of those alone whose ids are in `only`, with their ties.

    Told of a person: convenings and activities attended, collaborations, and for staff the follow-ups that are open; of
    who left nothing, save to staff, since who that was is for staff alone.
    Told of a tie: each report and fact behind it with its date, strength and type; for staff only who reported it,
    since who did not name whom back is nobody else's business, and what was said of it in numbers, such as trust:
    whoever is in a tie would know of whom the other's answer is. Notes are told to nobody. Where people are shown by
    initials or codes there are no details at all: what somebody attended would tell who it is.

    Raises `UnknownWave` where the workbook has no such wave.
    """
    network = network_at(workbook, wave=wave, rule=rule)
    is_named = workbook.settings.names is NameStyle.NAMES and not workbook.are_names_replaced
    shown = {key: person for key, person in network.people.items() if person.on_map and is_named}
    ids = {key: person_id(key) for key in shown}
    asked = {key for key in shown if only is None or ids[key] in only}
    ties = [
        tie
        for tie in (*network.ties, *(network.unconfirmed if for_staff else ()))
        if tie.a in shown and tie.b in shown and (tie.a in asked or tie.b in asked)
    ]
    named = [key for key in asked if for_staff or not has_left(shown[key], today=workbook.today)]
    doings = _doings(workbook, named, for_staff=for_staff)
    return MapDetails(
        people={ids[key]: doings.get(key, []) for key in sorted(asked)},
        ties={
            "-".join(sorted((ids[tie.a], ids[tie.b]))): _reports(
                tie, shown, for_staff=for_staff, measures=workbook.tie_measures if for_staff else ()
            )
            for tie in ties
        },
        of=_named(network, workbook),
        is_whole=only is None,
    )


def _named(network: Network, workbook: Workbook) -> str:
    return f"{workbook.fingerprint} {network.rule} {single_line(network.wave or '', longest=LONGEST_NAME)}"


def _doings(
    workbook: Workbook, people: Collection[PersonKey], *, for_staff: bool
) -> dict[PersonKey, list[dict[str, Any]]]:
    found: dict[PersonKey, list[dict[str, Any]]] = {key: [] for key in people}
    past = workbook.today
    attended = _attended(workbook.convenings, past)
    took_part = _attended(workbook.activities, past)
    together: dict[PersonKey, list[tuple[dt.date | None, str]]] = defaultdict(list)
    for activity in workbook.emergent:
        for key in dict.fromkeys(activity.collaborators):
            together[key].append((activity.started, activity.name))
    for key in people:
        for title, held in (
            ("Convenings attended", attended),
            ("Activities", took_part),
            ("Started together", together),
        ):
            if held.get(key):
                found[key].append(_section(title, held[key]))
    if for_staff:
        waiting: dict[PersonKey, list[tuple[dt.date | None, str]]] = defaultdict(list)
        for follow_up in summarize_weaving(workbook, as_of=past).follow_ups:
            words = follow_up.text or "Follow up"
            waiting[follow_up.member].append((follow_up.due, f"{words} (overdue)" if follow_up.is_overdue else words))
        for key in people:
            if waiting.get(key):
                found[key].append(_section("Follow-ups open (staff only)", waiting[key], when="due {}"))
    return found


def _attended(gatherings: Iterable[Gathering], past: dt.date) -> dict[PersonKey, list[tuple[dt.date | None, str]]]:
    found: dict[PersonKey, list[tuple[dt.date | None, str]]] = defaultdict(list)
    for gathering in gatherings:
        if gathering.date is not None and gathering.date > past:
            continue
        for key in dict.fromkeys(gathering.attendees):
            found[key].append((gathering.date, gathering.title))
    return found


def _section(title: str, held: list[tuple[dt.date | None, str]], *, when: str = "{}") -> dict[str, Any]:
    """The latest first, undated last."""
    ranked = sorted(held, key=lambda each: (each[0] is None, -each[0].toordinal() if each[0] else 0, each[1]))
    lines = [
        [single_line(what, longest=LONGEST_LINE), when.format(format_date(day)) if day else ""]
        for day, what in ranked[:LISTED]
    ]
    return {"title": title, "lines": lines, "more": max(0, len(held) - LISTED)}


def _reports(
    tie: Tie, people: Mapping[PersonKey, Person], *, for_staff: bool, measures: Sequence[TieMeasure]
) -> list[dict[str, Any]]:
    ranked = sorted(tie.rows, key=lambda row: row.date.toordinal() if row.date else 0, reverse=True)
    told = []
    for row in ranked[:LISTED]:
        if row.is_report and for_staff:
            who = f"{single_line(people[row.source].name, longest=LONGEST_NAME)} said so"
        elif row.is_report:
            who = "One of the two said so"
        else:
            who = KNOWN_FROM.get(row.heard_through or HeardThrough.SURVEY, "Known")
        told.append({"who": who, "lines": _said(row, measures)})
    return told


def _said(row: Connection, measures: Sequence[TieMeasure]) -> list[str]:
    parts = [
        format_date(row.date) if row.date else "",
        "" if row.strength is None else STRENGTH.label(row.strength),
        single_line(row.kind or "", longest=LONGEST_KIND),
        *(
            single_line(f"{tie_value_name(each.name)} {each.written(row.measures[each.name])}", longest=LONGEST_LINE)
            for each in measures
            if each.name in row.measures
        ),
    ]
    return [part for part in parts if part]
