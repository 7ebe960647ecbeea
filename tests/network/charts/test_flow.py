"""Bars of who stayed and which connections were kept."""

from __future__ import annotations

from nethealth.network.charts import flow, wave_pictures
from tests.network.charts.two_waves import of
from tests.texts import numbers_in


def test_title_alt_text_and_bars_agree() -> None:
    found = of()
    title = wave_pictures.comparison_title(found)
    assert numbers_in(title) == ["5", "6", "1", "1"]
    alt = flow.flow_alt(found)
    assert numbers_in(alt)[:6] == ["6", "5", "1", "6", "5", "1"]
    assert "2 kept, 2 lost" in alt
    assert "2 kept, 1 new" in alt
    figure = flow.flow_chart(found)
    pieces = [piece for bar in figure.data if bar.type == "bar" for piece in zip(bar.y, bar.base, bar.x, strict=True)]
    lengths = [round(length, 3) for _, _, length in sorted(pieces)]
    assert lengths == [round(x, 3) for x in (5 / 6, 1 / 6, 5 / 6, 1 / 6, 2 / 5, 2 / 5, 1 / 5, 2 / 5, 1 / 5, 1 / 5)]
    assert "<b>" not in figure.to_json().replace("\\u003c", "<")
    assert "1 joined since First" in wave_pictures.picture_alt(found, later=True)
    assert "1 had left by" in wave_pictures.picture_alt(found, later=False)
