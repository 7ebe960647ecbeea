"""Charts of emergent activity: each on its own row, and nobody named who is not to be."""

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


def test_the_timeline_has_a_row_for_each_and_a_line_for_what_goes_on() -> None:
    figure = charts.timeline(summary(GARDEN, CHOIR, LATER))
    named = [annotation for annotation in figure.layout.annotations if annotation.text in {"Garden", "Choir", "Later"}]
    assert [annotation.text for annotation in named] == ["Garden", "Choir", "Later"]
    assert len({annotation.y for annotation in named}) == 3
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Members": [dt.date(2024, 1, 1).toordinal()],
        "Staff": [dt.date(2025, 9, 1).toordinal()],
        "Not said": [dt.date(2025, 1, 1).toordinal()],
    }
    lines = [shape for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert [(line.x0, line.x1) for line in lines] == [(dt.date(2024, 1, 1).toordinal(), TODAY.toordinal())]
    symbols = {trace.name: trace.marker.symbol[0] for trace in figure.data}
    assert symbols["Staff"].endswith("-open")
    years = [annotation.text for annotation in figure.layout.annotations if annotation.text.isdigit()]
    assert years == ["2024", "2025"]


def test_a_label_begins_at_its_mark_on_the_left_and_ends_at_it_on_the_right() -> None:
    wide = summary(GARDEN, EmergentActivity(name="Choir " * 30, started=TODAY))
    figure = charts.timeline(wide)
    first, last = figure.layout.annotations[-2:]
    assert -20 < first.xshift <= 0
    assert len(last.text) <= charts.NAME
    assert -last.xshift > 0.9 * len(last.text) * charts.LETTER


def test_words_say_what_the_timeline_shows() -> None:
    found = summary(GARDEN, CHOIR)
    assert charts.timeline_heading(found) == "2 activities so far; members took the first step in 1"
    assert charts.timeline_heading(summary(GARDEN)).startswith("1 activity so far")
    assert "in 1" not in charts.timeline_heading(summary(GARDEN))
    assert charts.timeline_text(found).endswith("Garden, January 1, 2024 (members); Choir, January 1, 2025 (not said).")
    assert charts.timeline_heading(summary(CHOIR)) == "1 activity so far"


def test_the_picture_ties_activities_by_who_takes_part_in_several() -> None:
    found = summary(GARDEN, CHOIR)
    assert [one.name for one in charts.tied_together(found)] == ["Bo"]
    figure = charts.collaboration(found)
    assert sum(trace.mode == "lines" for trace in figure.data) == 2
    assert {annotation.text for annotation in figure.layout.annotations} == {"Garden", "Choir", "Bo"}
    assert charts.collaboration_heading(found) == (
        "1 collaborator takes part in more than one activity and so ties them together"
    )
    assert charts.collaboration_heading(summary(GARDEN)) == "Who takes part together"


def test_who_is_not_to_be_listed_is_counted_and_never_named() -> None:
    found = summary(GARDEN, CHOIR, hidden="bo")
    shown = [
        str(charts.cards(found)),
        str(charts.pair_rows(found)),
        charts.collaboration_text(found),
        str(charts.collaboration(found).to_plotly_json()),
        str(charts.timeline(found).to_plotly_json()),
    ]
    assert not any("Bo" in text.replace("Book", "") for text in shown)
    card = next(card for card in charts.cards(found) if card["name"] == "Garden")
    assert card["collaborators"] == "Ana and 1 more"


def test_planned_ones_stand_first_in_the_register() -> None:
    assert [card["name"] for card in charts.cards(summary(GARDEN, CHOIR, LATER))] == ["Later", "Choir", "Garden"]
    assert charts.cards_of_figures(summary(GARDEN, LATER))[0] == ("Activities so far", "1", "1 more planned")


def test_names_are_text() -> None:
    hostile = EmergentActivity(name="<script>alert(1)</script>", collaborators=("ana", "bo"), started=TODAY)
    found = summary(hostile, EmergentActivity(name="<b>x</b>", collaborators=("ana", "bo"), started=TODAY))
    for figure in (charts.timeline(found), charts.collaboration(found)):
        texts = [annotation.text for annotation in figure.layout.annotations]
        assert all("<" not in text.replace("<br>", "") for text in texts)
        hovers = [text for trace in figure.data for text in (trace.hovertext or ())]
        assert not any("<script" in text for text in hovers)
