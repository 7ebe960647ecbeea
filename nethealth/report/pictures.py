"""SVG as PNG, for files that take no vector pictures. Drawn by resvg with our own font, so it's the same everywhere.

The font has Latin letters only: texts in these pictures are ours, or names of outcomes and quarters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FONTS: Final = [str(path) for path in sorted((Path(__file__).parent / "fonts").glob("*.ttf"))]
_FAMILY: Final = "Commissioner"


def svg_to_png(svg: str, *, width: int) -> bytes:
    """Return a picture of `width` pixels on white. Raises ValueError if `svg` isn't an SVG picture."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="white",
            font_files=_FONTS,
            skip_system_fonts=True,  # looking for them takes seconds
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
            serif_family=_FAMILY,  # without it, the map's title and the names of its regions are left out
        )
    )
