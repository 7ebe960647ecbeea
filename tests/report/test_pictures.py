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


def test_other_text_is_no_picture() -> None:
    with pytest.raises(ValueError, match=r".+"):
        svg_to_png("not a picture", width=80)
