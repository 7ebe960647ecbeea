"""Fonts inside files and pictures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from nethealth.network.map.fonts import font_faces, with_fonts
from nethealth.network.map.picture import Mark, map_picture
from nethealth.presentation import palette


@pytest.mark.parametrize(("name", "fonts"), [("Ana", 1), ("Zdeňka Černá", 2)])
def test_picture_has_the_font_of_its_names(name: str, fonts: int) -> None:
    plain = map_picture([Mark(at=(0.0, 0.0), radius=3, color="#000", label=name)], description="One person")
    picture = with_fonts(plain)
    ElementTree.fromstring(picture)
    assert picture.count("@font-face") == fonts
    assert f"font-family:{palette.TEXT_FONT}" in picture
    assert re.sub("<style>.*?</style>", "", picture, flags=re.DOTALL) == plain
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_pages_get_all_fonts() -> None:
    assert font_faces().count("@font-face") == 6
    assert palette.TITLE_FONT in font_faces()
