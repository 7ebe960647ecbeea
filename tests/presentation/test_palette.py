"""The palette against the theme's settings, and its contrasts and distances as computed."""

from __future__ import annotations

import itertools
import math
import tomllib
from pathlib import Path

import pytest

from nethealth.presentation import palette
from nethealth.presentation.palette import DARK, LIGHT, Palette

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = pytest.mark.parametrize(("name", "colors"), [("light", LIGHT), ("dark", DARK)])

# Machado, Oliveira & Fernandes 2009, table for severity 1.0, in linear RGB.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> list[float]:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(color: str, vision: str) -> tuple[float, float, float]:
    """Ottosson 2020, after the color is seen by such eyes."""
    seen = linear(color)
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, seen, strict=True)))) for row in VISION[vision])
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WebAIM's well-known lightest gray


@THEMES
def test_theme_matches_the_palette(name: str, colors: Palette) -> None:
    theme = CONFIG["theme"][name]
    expected = {
        "backgroundColor": colors.paper,
        "secondaryBackgroundColor": colors.surface,
        "textColor": colors.ink,
        "linkColor": colors.accent_text,
        "borderColor": colors.grid,
        "dataframeBorderColor": colors.grid,
        "dataframeHeaderBackgroundColor": colors.surface,
        "dataframeHeaderTextColor": colors.muted,
        "codeTextColor": colors.ink,
        "codeBackgroundColor": colors.surface,
        "yellowColor": colors.accent,
        "primaryColor": colors.accent_text if name == "light" else colors.accent,
        "chartCategoricalColors": list(colors.categories),
        "chartSequentialColors": list(colors.sequence),
        "chartDivergingColors": list(colors.diverging),
    }
    assert {key: theme[key] for key in expected} == expected


def test_fonts_are_served_by_the_app() -> None:
    assert CONFIG["theme"]["font"] == palette.TEXT_FONTS
    assert CONFIG["theme"]["headingFont"] == palette.TITLE_FONTS
    faces = CONFIG["theme"]["fontFaces"]
    assert {face["family"] for face in faces} == {palette.TEXT_FONT, palette.TITLE_FONT}
    for face in faces:
        assert face["url"].startswith("app/static/fonts/")
        file = ROOT / face["url"].removeprefix("app/")
        assert file.read_bytes()[:4] == b"wOF2"
        assert "SIL Open Font License" in file.with_name(f"{file.name.split('-')[0]}-OFL.txt").read_text("utf-8")


def test_settings_are_local() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["enableStaticServing"] is True
    assert CONFIG["server"]["fileWatcherType"] == "none"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert "://" not in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")


@THEMES
def test_text_has_enough_contrast(name: str, colors: Palette) -> None:
    for ground in (colors.paper, colors.surface, CONFIG["theme"][name]["sidebar"]["backgroundColor"]):
        for text in (colors.ink, colors.muted, colors.accent_text):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for leaning in colors.leanings:
        assert contrast(leaning, colors.paper) >= 4.5


@THEMES
def test_diverging_colors_are_balanced(name: str, colors: Palette) -> None:
    one, other = (contrast(leaning, colors.paper) for leaning in colors.leanings)
    assert one / other == pytest.approx(1, abs=0.06)


@THEMES
@pytest.mark.parametrize(("vision", "least"), [("normal", 14), ("protan", 9), ("deutan", 9), ("tritan", 6)])
def test_category_colors_are_distinct(name: str, colors: Palette, vision: str, least: float) -> None:
    for one, other in itertools.combinations(colors.categories, 2):
        assert 100 * math.dist(oklab(one, vision), oklab(other, vision)) >= least, (one, other)


MARKS = ("ink", "muted", "faint", "accent", "accent_text")


@THEMES
def test_marks_have_enough_contrast_or_an_outline(name: str, colors: Palette) -> None:
    """WCAG 2.2, 1.4.11. Only hairlines (`grid`) and grounds say nothing; shades paler than that have a rim of `quiet`
    (tests/network/charts/test_tie_values.py, tests/ui/test_look.py)."""
    for mark in (*(getattr(colors, mark) for mark in MARKS), *colors.categories, *colors.leanings):
        assert contrast(mark, colors.paper) >= 3, mark
    # The ends and those next to them are drawn without a rim in the profile of a reflection.
    assert min(contrast(colors.diverging[at], colors.paper) for at in (0, 2, -3, -1)) >= 3


def test_each_color_has_a_shape() -> None:
    assert len(set(palette.SHAPES)) == len(set(palette.SYMBOLS)) == len(LIGHT.categories) == 8


@THEMES
def test_sequential_colors_get_darker(name: str, colors: Palette) -> None:
    steps = [contrast(step, colors.paper) for step in colors.sequence]
    assert steps == sorted(steps)
    assert len(colors.sequence) == len(colors.diverging) == 10


def test_each_light_color_has_one_dark_color() -> None:
    assert len(set(LIGHT.colors())) == len(LIGHT.colors())
    assert palette.to_dark(LIGHT.categories[3]) == DARK.categories[3]
    assert palette.to_dark("#123456") == "#123456"
