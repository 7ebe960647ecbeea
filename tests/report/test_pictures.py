"""SVG as PNG: as wide as asked for, drawn with our font, on white."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from nethealth.report.charts import chart_svg
from nethealth.report.pictures import svg_to_png
from tests.report.conftest import BARS, PICTURE


def test_picture_is_as_wide_as_asked() -> None:
    image = Image.open(io.BytesIO(svg_to_png(PICTURE, width=80)))
    assert image.size == (80, 40)
    assert image.convert("RGB").getpixel((40, 20)) == (255, 0, 0)


def test_text_is_drawn_on_white() -> None:
    image = Image.open(io.BytesIO(svg_to_png(chart_svg(BARS), width=1280))).convert("L")
    assert image.getpixel((2, 2)) == 255
    names = image.crop((0, 0, 430, image.height))
    assert min(names.tobytes()) < 100


def test_text_in_a_font_that_we_lack_is_drawn_too() -> None:
    title = '<text x="5" y="30" font-size="24" font-family="Newsreader, Georgia, serif">Minnesota</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40">{title}</svg>'
    assert min(Image.open(io.BytesIO(svg_to_png(svg, width=160))).convert("L").tobytes()) < 100


def test_other_text_is_no_picture() -> None:
    with pytest.raises(ValueError, match=r".+"):
        svg_to_png("not a picture", width=80)
