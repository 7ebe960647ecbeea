"""Two workbooks that differ only in a secret look the same to viewers: in every map, table, file, and category.

The secrets: who reported a connection, on what day they answered, and whom people off the map know, and where they are.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from nethealth.emergence.metrics import summarize_emergence
from nethealth.infrastructure import (
    GatheringKind,
    Period,
    comparable_columns,
    compare_outcomes,
    compare_representation,
    membership_by_category,
    summarize_activities,
    summarize_attendance,
    summarize_convenings,
)
from nethealth.network.connectivity import analyze_connectivity, build_map
from nethealth.network.export.contents import export_network
from nethealth.network.introductions.suggestions import suggest_introductions
from nethealth.network.map.details import map_details
from nethealth.network.map.tour import load_tour
from nethealth.network.selection import Selection
from nethealth.network.tables import connectivity as tables
from nethealth.network.tables import metrics as metric_tables
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.sources import read_sample
from nethealth.ui.infrastructure.representation import ties_by_member
from nethealth.weaving import summarize_weaving
from nethealth.weaving.tables import weaving_cards
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Gathering, Settings, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule
from nethealth.workbook.waves import relationship_waves

TODAY = dt.date(2026, 11, 23)


@cache
def sample() -> Workbook:
    """The sample, in which two people are off the map."""
    return replace(read_workbook(read_sample(), today=TODAY), fingerprint="")


def hidden_keys(workbook: Workbook) -> frozenset[str]:
    return frozenset(key for key, person in workbook.people.items() if not person.on_map)


def with_other_days(workbook: Workbook) -> Workbook:
    """Everyone answered, and every conversation was, on another day before the same wave."""
    rows = tuple(replace(tie, date=dt.date(2026, 4, 1)) if tie.is_report else tie for tie in workbook.connections)
    earlier = tuple(
        replace(each, date=each.date - dt.timedelta(days=1)) if each.date and each.date.day > 2 else each
        for each in workbook.weaving
    )
    return replace(workbook, connections=rows, weaving=earlier)


def with_other_reporters(workbook: Workbook) -> Workbook:
    """Of some connections that both report, only one does, and of as many others both do; others are turned around."""
    hidden = hidden_keys(workbook)
    reports = {
        (tie.source, tie.target): tie
        for tie in workbook.connections
        if tie.wave == "Spring 2026" and tie.is_report and hidden.isdisjoint((tie.source, tie.target))
    }
    answered = {source for source, _ in reports}
    both = [
        pair
        for pair, tie in reports.items()
        if (other := reports.get(pair[::-1])) is not None
        and pair[0] < pair[1]
        and (tie.strength or 0) <= (other.strength or 0)
        and tie.kind == other.kind
    ]
    one = [pair for pair in reports if pair[::-1] not in reports and answered.issuperset(pair)]
    count = min(len(both), len(one) // 2)
    assert count > 5
    returned, turned = one[:count], {id(reports[pair]) for pair in one[count:]}
    dropped = {id(reports[pair]) for pair in both[:count]}
    rows = [
        replace(tie, source=tie.target, target=tie.source) if id(tie) in turned else tie
        for tie in workbook.connections
        if id(tie) not in dropped
    ]
    rows += [replace(reports[pair], source=pair[1], target=pair[0]) for pair in returned]
    return replace(workbook, connections=tuple(reversed(rows)))


def with_other_ties_of_hidden_people(workbook: Workbook) -> Workbook:
    hidden, shown = hidden_keys(workbook), [key for key, person in workbook.people.items() if person.on_map]
    assert hidden
    rows = [tie for tie in workbook.connections if hidden.isdisjoint((tie.source, tie.target))]
    assert len(rows) < len(workbook.connections)
    new = [
        Connection(source=key, target=other, wave="Spring 2026", strength=5, date=dt.date(2026, 4, 20))
        for key in hidden
        for other in shown[10:30]
    ]
    facts = [Connection(source=shown[5], target=key, heard_through=HeardThrough.STAFF) for key in hidden]
    return replace(workbook, connections=(*rows, *new, *facts))


def with_hidden_people_elsewhere(workbook: Workbook) -> Workbook:
    """Hidden people have another region, role, and private value."""
    away = {
        key: replace(
            person,
            attributes=dict.fromkeys(person.attributes, "Elsewhere"),
            private_attributes=dict.fromkeys(person.private_attributes, "Elsewhere"),
            tags=("board",),
        )
        if not person.on_map
        else person
        for key, person in workbook.people.items()
    }
    return replace(workbook, people=away)


def with_other_partners_of_hidden_people(workbook: Workbook) -> Workbook:
    """Hidden people came to everything, work with others on every emergent activity, and were introduced to others."""
    hidden, shown = hidden_keys(workbook), [key for key, person in workbook.people.items() if person.on_map]
    assert workbook.emergent

    def with_hidden(gathering: Gathering) -> Gathering:
        more = tuple(sorted(hidden - set(gathering.attendees)))
        count = None if gathering.attended is None else gathering.attended + len(more)
        return replace(gathering, attendees=(*gathering.attendees, *more), attended=count)

    return replace(
        workbook,
        convenings=tuple(map(with_hidden, workbook.convenings)),
        activities=tuple(map(with_hidden, workbook.activities)),
        emergent=tuple(
            replace(each, collaborators=(*each.collaborators, *sorted(hidden))) for each in workbook.emergent
        ),
        weaving=tuple(
            replace(each, introduced_to=(*each.introduced_to, *hidden)) if each.member in shown[:40] else each
            for each in workbook.weaving
        ),
    )


SECRETS: tuple[Callable[[Workbook], Workbook], ...] = (
    with_other_days,
    with_other_reporters,
    with_other_ties_of_hidden_people,
    with_hidden_people_elsewhere,
    with_other_partners_of_hidden_people,
)


def network_outputs(book: Workbook) -> Iterator[tuple[str, Any]]:
    """What viewers receive about the network: of the whole, and of a part that they choose."""
    role = next(person.attributes["Role"] for person in book.people.values() if "Role" in person.attributes)
    for wave in relationship_waves(book):
        name = wave.name or ""
        yield f"details {name}", map_details(book, wave=wave.name).as_json()
        for selection in (Selection(), Selection(values=(("Role", role),)), Selection(until=dt.date(2025, 4, 20))):
            place = f"{name} {selection}"
            connected = analyze_connectivity(book, wave=wave.name, selection=selection)
            drawn = build_map(book, wave=wave.name, selection=selection, color_by="Region")
            yield f"map {place}", drawn.as_json()
            tour = load_tour(book, as_of=TODAY, wave=wave.name, selection=selection, color_by="Region")
            yield f"tour {place}", tour.as_json()
            yield f"description {place}", (connected.description, connected.cut_people_text)
            yield f"people {place}", tables.people_table(connected, color_by="Region").rows
            yield f"ties {place}", tables.ties_table(connected).rows
            yield f"waves {place}", tables.waves_table(connected, smallest_group=5).rows
            yield f"cards {place}", tables.headline_cards(connected)
            yield f"caption {place}", tables.map_caption(connected)
            yield f"metrics {place}", metric_tables.other_entries(connected, {}, smallest_group=5)
            yield f"file {place}", export_network(connected)
            yield f"filters {place}", connected.choices


def membership_outputs(book: Workbook) -> Iterator[tuple[str, Any]]:
    for column in comparable_columns(book, as_of=TODAY):
        yield f"members by {column}", compare_representation(book, column=column, as_of=TODAY)
        yield f"outcomes by {column}", compare_outcomes(book, column=column, as_of=TODAY, ties=ties_by_member(book))
        for period in Period:
            found = membership_by_category(book, column=column, period=period, as_of=TODAY)
            yield f"{period} by {column}", (dict(found.categories), found.totals)


def other_outputs(book: Workbook) -> Iterator[tuple[str, Any]]:
    emergence = summarize_emergence(book, as_of=TODAY)
    yield "emergence", (emergence.started, emergence.pairs, emergence.people, emergence.as_json())
    for kind in GatheringKind:
        yield f"attendance of {kind}", summarize_attendance(book, kind=kind, as_of=TODAY)
    yield "gatherings", (summarize_convenings(book, as_of=TODAY), summarize_activities(book, as_of=TODAY))
    current = suggest_introductions(book, as_of=TODAY)
    yield "introductions", (current.considered, current.people, len(current.newcomers))
    summary = summarize_weaving(book, as_of=TODAY)
    yield "weaving", weaving_cards(summary, workbook=book, for_staff=False)


def outputs(workbook: Workbook) -> dict[str, Any]:
    book = redact_for_viewers(workbook, salt=b"salt")
    return {name: value for make in (network_outputs, membership_outputs, other_outputs) for name, value in make(book)}


@cache
def outputs_of_sample() -> dict[str, Any]:
    return outputs(sample())


@pytest.mark.parametrize("change", SECRETS)
def test_secret_changes_nothing_that_viewers_see(change: Callable[[Workbook], Workbook]) -> None:
    changed = change(sample())
    assert changed != sample()
    changed_outputs = outputs(changed)
    assert changed_outputs.keys() == outputs_of_sample().keys()
    assert [name for name, value in outputs_of_sample().items() if changed_outputs[name] != value] == []


def test_details_have_only_dates_of_waves() -> None:
    book = sample()
    waves = {wave.date for wave in relationship_waves(book) if wave.date}
    details = json.dumps(map_details(redact_for_viewers(book, salt=b"s")).as_json()["ties"])
    own_days = {tie.date for tie in book.connections if tie.date} - waves
    assert own_days
    written = {day: f"{day:%B} {day.day}, {day.year}" for day in (*own_days, *waves)}
    assert any(written[day] in details for day in waves)
    assert not [day for day in own_days if written[day] in details]


def test_two_parts_that_differ_in_one_person_say_nothing_of_their_answers() -> None:
    book = redact_for_viewers(replace(sample(), settings=Settings(smallest_group=3)), salt=b"s")
    for rule in TieRule:
        part = analyze_connectivity(book, rule=rule, selection=Selection(values=(("Region", "Oregon"),)))
        assert part.network.people
        assert not part.network.reports
        assert not part.network.known_respondents
        assert (part.metrics.respondents, part.metrics.response_rate, part.metrics.reciprocity) == (None, None, None)
        ids = {entry.id for entries in metric_tables.other_entries(part, {}).values() for entry in entries}
        fields = {field.id for field in export_network(part).network_fields}
        assert not (ids | fields) & {"reported_ties", "reported_density", "mutual_pairs", "reciprocity", "respondents"}
