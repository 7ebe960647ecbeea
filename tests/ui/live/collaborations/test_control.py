"""Who is in a collaboration, as the workbook's cell says it."""

from __future__ import annotations

from nethealth.ui.live.collaborations.control import collaborators_cell
from tests.ui.live.rooms import known_network


def test_members_are_found_and_others_stay_as_typed() -> None:
    cell = collaborators_cell("ana ruiz (she/her), Ben Li, Zoe Zed", known_network())
    assert cell == "Ana Ruiz; Ben Li; Zoe Zed"
    assert collaborators_cell("", known_network()) == ""
