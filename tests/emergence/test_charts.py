"""Charts of emergent activity: one row per activity, and no one named who asked not to be listed."""

from __future__ import annotations

import datetime as dt

from nethealth.emergence import charts
from nethealth.emergence.metrics import Emergence, summarize_emergence
from nethealth.workbook.records import EmergentActivity, Person, Workbook
from nethealth.workbook.schema.vocabulary import ActivityStatus, StartedBy

TODAY = dt.date(2025, 6, 1)


def summary(*activities: EmergentActivity, hidden: str = "") -> Emergence:
    people = {key: Person(key=key, name=key.title(), on_map=key != hidden) for key in ("ana", "bo", "cy")}
    return summarize_emergence(Workbook(people=people, emergent=activities, today=TODAY))


GARDEN = EmergentActivity(
    name="Garden",
    collaborators=("ana", "bo"),
    started=dt.date(2024, 1, 1),
    started_by=StartedBy.MEMBERS,
    status=ActivityStatus.ACTIVE,
)
CHOIR = EmergentActivity(name="Choir", collaborators=("bo", "cy"), started=dt.date(2025, 1, 1))
LATER = EmergentActivity(name="Later", collaborators=("ana",), started=dt.date(2025, 9, 1), started_by=StartedBy.ESO)


def test_timeline_has_a_row_per_activity_and_a_line_for_ongoing_ones() -> None:
    figure = charts.timeline(summary(GARDEN, CHOIR, LATER))
    named = [annotation for annotation in figure.layout.annotations if annotation.text in {"Garden", "Choir", "Later"}]
    assert [annotation.text for annotation in named] == ["Garden", "Choir", "Later"]
    assert len({annotation.y for annotation in named}) == 3
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Members": [dt.date(2024, 1, 1).toordinal()],
        "Staff": [dt.date(2025, 9, 1).toordinal()],
        "Unknown": [dt.date(2025, 1, 1).toordinal()],
    }
    lines = [shape for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert [(line.x0, line.x1) for line in lines] == [(dt.date(2024, 1, 1).toordinal(), TODAY.toordinal())]
    symbols = {trace.name: trace.marker.symbol[0] for trace in figure.data}
    assert symbols["Staff"].endswith("-open")
    years = [annotation.text for annotation in figure.layout.annotations if annotation.text.isdigit()]
    assert years == ["2024", "2025"]


def test_names_start_at_the_left_edge_and_end_at_the_right_one() -> None:
    wide = summary(GARDEN, EmergentActivity(name="Choir " * 30, started=TODAY))
    figure = charts.timeline(wide)
    first, last = figure.layout.annotations[-2:]
    assert -20 < first.xshift <= 0
    assert len(last.text) <= charts.LONGEST_NAME
    assert -last.xshift > 0.9 * len(last.text) * charts.CHARACTER_WIDTH


def test_heading_counts_what_members_started() -> None:
    assert charts.timeline_heading(summary(GARDEN, CHOIR)) == "2 activities so far; members started 1"
    assert charts.timeline_heading(summary(CHOIR)) == "1 activity so far"


def test_alt_text_has_every_start() -> None:
    text = charts.timeline_text(summary(GARDEN, CHOIR))
    assert "Garden, January 1, 2024 (members)" in text
    assert "Choir, January 1, 2025 (unknown)" in text


def test_collaboration_has_a_line_per_participation() -> None:
    emergence = summary(GARDEN, CHOIR)
    assert [one.name for one in charts.connectors(emergence)] == ["Bo"]
    figure = charts.collaboration(emergence)
    assert sum(trace.mode == "lines" for trace in figure.data) == 2
    assert {annotation.text for annotation in figure.layout.annotations} == {"Garden", "Choir", "Bo"}
    assert charts.collaboration_heading(emergence).startswith("1 collaborator ")


def test_unlisted_people_are_not_named() -> None:
    emergence = summary(GARDEN, CHOIR, hidden="bo")
    texts = [
        charts.collaboration_text(emergence),
        str(charts.collaboration(emergence).to_plotly_json()),
        str(charts.timeline(emergence).to_plotly_json()),
    ]
    assert not any("Bo" in text for text in texts)


def test_names_are_escaped() -> None:
    hostile = EmergentActivity(name="<script>alert(1)</script>", collaborators=("ana", "bo"), started=TODAY)
    found = summary(hostile, EmergentActivity(name="<b>x</b>", collaborators=("ana", "bo"), started=TODAY))
    for figure in (charts.timeline(found), charts.collaboration(found)):
        texts = [annotation.text for annotation in figure.layout.annotations]
        assert all("<" not in text.replace("<br>", "") for text in texts)
        hovers = [text for trace in figure.data for text in (trace.hovertext or ())]
        assert not any("<script" in text for text in hovers)
