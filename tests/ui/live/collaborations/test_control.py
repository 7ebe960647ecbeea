"""Who is in a collaboration, as the workbook's cell says it."""

from __future__ import annotations

import pytest

from nethealth.ui.live.collaborations.control import collaborators_cell
from tests.ui.live.rooms import known_network


@pytest.mark.parametrize(
    ("texts", "cell"),
    [
        (["ana ruiz (she/her), Ben Li, Zoe Zed"], "Ana Ruiz; Ben Li; Zoe Zed"),
        (["ana ruiz, Zoe"], "Ana Ruiz; Zoe"),
        (["Ana Ruiz, Zoe", "Ben Li; Ana Ruiz"], "Ana Ruiz; Ben Li; Zoe"),
        (["", ""], ""),
    ],
)
def test_members_are_found_and_others_stay_as_typed(texts: list[str], cell: str) -> None:
    assert collaborators_cell(texts, known_network()) == cell
