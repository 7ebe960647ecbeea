"""Boxes are found by where they lie: the same ones as by looking at each, and without looking at all of them."""

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
def test_as_many_come_near_as_by_looking_at_each(held: list[Box], box: Box, gap: float) -> None:
    boxes = Boxes(held)
    found = boxes.near(box, gap=gap)
    assert {id(other) for other in found} == {id(other) for other in held if box.meets(other, gap=gap)}
    assert len(found) == len({id(other) for other in found})
    corner = (box.left, box.top)
    spot = Box(*corner, *corner)
    assert boxes.cover(corner, gap=gap) == any(spot.meets(other, gap=gap) for other in held)
    assert [*boxes] == held


def test_thousands_of_parts_are_not_held_against_all(
    workbook_of: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [(f"a{at:03d}", f"b{at:03d}") for at in range(300)]
    network = network_at(workbook_of(pairs, people=[f"z{at:03d}" for at in range(400)]))
    asked: list[Box] = []
    meets = Box.meets

    def counted(self: Box, other: Box, **how: float) -> bool:
        asked.append(other)
        return meets(self, other, **how)

    monkeypatch.setattr(Box, "meets", counted)
    places = layout(network)
    again = layout(network, start=places)
    # Each of 300 pairs with each, and each of 400 people with each pair, would be 330,000 for the two drawings.
    assert len(asked) < 30_000
    assert len(places) == len(again) == 1_000
