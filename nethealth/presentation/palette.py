"""The colors of the theme, the charts, and the map, in light and in dark. Imports nothing else.

Module-level names (`INK`, `CATEGORY_COLORS`, …) are the light ones. `DARK` has their counterparts in the same order, so
that a chart made with light colors can be converted one for one (`to_dark`).

The eight category colors differ for people with protan, deutan, and tritan color vision (a test computes it after
Machado, Oliveira & Fernandes 2009, in OKLab). Each also comes with a shape, so color is never the only sign.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE_FONT = "Newsreader"
TEXT_FONT = "Commissioner"
TITLE_FONTS = f"{TITLE_FONT}, Georgia, 'Times New Roman', serif"
TEXT_FONTS = f"{TEXT_FONT}, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colors of one theme, each `#rrggbb`."""

    paper: str
    """The page."""
    surface: str
    """Areas on the page: the sidebar, cards, fields."""
    ink: str
    """Text and whatever must be seen first."""
    muted: str
    """Secondary text: notes, axes. Still 4.5 to 1 on paper and surface."""
    grid: str
    """Hairlines and borders."""
    faint: str
    """Marks in the background: last year's line, people without the attribute, the rim of paler areas."""
    accent: str
    """Marigold: the one strong color."""
    accent_text: str
    """The accent as text or behind white text: a link, a button."""
    categories: tuple[str, str, str, str, str, str, str, str]
    leanings: tuple[str, str]
    """Hierarchical, network: two hues of equal weight."""
    sequence: tuple[str, ...]
    """Ten steps from low to high. Pale ones hold a number or have a `faint` rim."""
    diverging: tuple[str, ...]
    """Ten steps from one pole to the other, pale in the middle; pale ones as in `sequence`."""

    def colors(self) -> tuple[str, ...]:
        """Return every color in an order that both themes share."""
        singles = (self.paper, self.surface, self.ink, self.muted, self.grid, self.faint, self.accent, self.accent_text)
        return (*singles, *self.categories, *self.leanings, *self.sequence, *self.diverging)


LIGHT = Palette(
    paper="#fbf7ef",
    surface="#f3ecdf",
    ink="#23272e",
    muted="#5d6570",
    grid="#e2d9c8",
    faint="#958b76",
    accent="#c48000",
    accent_text="#8a5a00",
    categories=("#4466c9", "#ce7c00", "#2c6662", "#8b2312", "#ea5e91", "#4a2382", "#209ac6", "#89641d"),
    leanings=("#35689b", "#985a10"),
    sequence=(
        *("#f7ead0", "#f1d3a1", "#eabd6e", "#e2a52a", "#c78921"),
        *("#ad6d18", "#93520f", "#75410e", "#58310c", "#3d2209"),
    ),
    diverging=(
        *("#285a8c", "#4c7aa7", "#6b92b8", "#a1bad0", "#d5d9d9"),
        *("#e9d9c3", "#ddb88e", "#be823f", "#ad7539", "#8f5410"),
    ),
)
DARK = Palette(
    paper="#1c232c",
    surface="#27303b",
    ink="#ece6da",
    muted="#a9b1bb",
    grid="#3a4552",
    faint="#6d7885",
    accent="#f2b33d",
    accent_text="#f2b33f",
    categories=("#5c7fdd", "#f0c64a", "#74bfa6", "#e5824a", "#d05f8f", "#c79af2", "#bfe9f2", "#9a7130"),
    leanings=("#7fb2e6", "#e0a457"),
    sequence=(
        *("#2d343c", "#474138", "#624e30", "#7d5a20", "#9d7225"),
        *("#be8b2a", "#e0a52f", "#eabc68", "#f3d394", "#fbe9bd"),
    ),
    diverging=(
        *("#8fbdea", "#759ec6", "#5c7fa3", "#4c6580", "#3f4e5e"),
        *("#4d4d4d", "#756149", "#9d7747", "#c39557", "#eab468"),
    ),
)

PAPER = LIGHT.paper
SURFACE = LIGHT.surface
INK = LIGHT.ink
MUTED = LIGHT.muted
GRID = LIGHT.grid
FAINT = LIGHT.faint
ACCENT = LIGHT.accent
ACCENT_TEXT = LIGHT.accent_text
CATEGORY_COLORS = LIGHT.categories
LEANINGS = LIGHT.leanings
SEQUENCE = LIGHT.sequence
DIVERGING = LIGHT.diverging

SHAPES = ("dot", "diamond", "triangle", "square", "star", "triangleDown", "hexagon", "cross")
"""A shape for each category color, as the map draws it."""
OTHER_SHAPE = "dot"
"""The shape of people in no named category."""
SYMBOLS = ("circle", "diamond", "triangle-up", "square", "star", "triangle-down", "hexagon", "cross")
"""The same shapes by plotly's names."""

_DARK_COLORS = dict(zip(LIGHT.colors(), DARK.colors(), strict=True))


def to_dark(color: str) -> str:
    """Return the dark counterpart of a light color; any other color comes back unchanged."""
    return _DARK_COLORS.get(color, color)
