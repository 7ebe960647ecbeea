"""The grid finds the same boxes as comparing each, without comparing all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.network.graph import network_at
from nethealth.network.layout.bounding_boxes import Box, Boxes
from nethealth.network.layout.positions import layout
from nethealth.workbook.records import Workbook

MakeWorkbook = Callable[..., Workbook]
NEAR = st.floats(-60, 60)
SIDES = st.one_of(st.floats(0, 30), st.just(5_000.0), st.just(1e308))
ANY_BOX = st.builds(lambda x, y, wide, high: Box(x, y, x + wide, y + high), NEAR, NEAR, SIDES, SIDES)


@given(st.lists(ANY_BOX, max_size=12), ANY_BOX, st.floats(0, 12))
def test_grid_finds_same_boxes_as_comparing_all(known: list[Box], box: Box, gap: float) -> None:
    boxes = Boxes(known)
    found = boxes.near(box, gap=gap)
    assert {id(other) for other in found} == {id(other) for other in known if box.meets(other, gap=gap)}
    assert len(found) == len({id(other) for other in found})
    corner = (box.left, box.top)
    spot = Box(*corner, *corner)
    assert boxes.cover(corner, gap=gap) == any(spot.meets(other, gap=gap) for other in known)
    assert [*boxes] == known


def test_many_components_need_few_comparisons(workbook_of: MakeWorkbook, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(f"a{at:03d}", f"b{at:03d}") for at in range(300)]
    network = network_at(workbook_of(pairs, people=[f"z{at:03d}" for at in range(400)]))
    compared: list[Box] = []
    meets = Box.meets

    def counted(self: Box, other: Box, **how: float) -> bool:
        compared.append(other)
        return meets(self, other, **how)

    monkeypatch.setattr(Box, "meets", counted)
    positions = layout(network)
    again = layout(network, start=positions)
    # Comparing all 300 pairs and 400 people would be 330,000 comparisons in two layouts.
    assert len(compared) < 30_000
    assert len(positions) == len(again) == 1_000
