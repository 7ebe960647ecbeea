"""A small report with everything that files can hold, and hostile text in it."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.report.model import Audience, Chart, ChartKind, Number, Part, Report, Section, Story

HOSTILE = "<script>alert(1)</script> & =1+1 \x0b\ufffe"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20"><rect width="40" height="20" fill="#ff0000"/></svg>'  # noqa: E501
BARS = Chart(
    kind=ChartKind.BARS,
    title="Members who agree",
    names=("Reach and impact", "Coordination"),
    values=(0.75, 0.5),
    is_share=True,
    source="Survey 2026",
)
LINE = Chart(kind=ChartKind.LINE, title="Members", names=("2025-Q1", "2025-Q2", "2025-Q3"), values=(10.0, 30.0, 20.0))


@pytest.fixture
def report() -> Report:
    return Report(
        network="Juniper Circles",
        audience=Audience.BOARD,
        title="A report to our board",
        since=dt.date(2025, 11, 30),
        as_of=dt.date(2026, 11, 30),
        sections=(
            Section(
                part=Part.WHO,
                title="Who we are",
                text="We had 20 members. Two joined. One left.",
                numbers=(Number(value="20", label="members", note="November 30, 2026. On that day."),),
                chart=LINE,
            ),
            Section(part=Part.CONNECTED, title="How we connect", text="All could reach each other.", picture=PICTURE),
            Section(part=Part.SAY, title="What members say", text="They agree.", chart=BARS),
            Section(
                part=Part.EMERGED,
                title="What members started",
                text=HOSTILE,
                stories=tuple(
                    Story(name=f"Choir {at}", text=f"Sing.\n\n{HOSTILE}", people="2 people") for at in range(4)
                ),
            ),
        ),
        footnote="Small groups are hidden.",
    )
