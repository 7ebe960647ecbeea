"""The app's fonts, for files and pictures that must look the same where they can load nothing."""

from __future__ import annotations

import base64
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nethealth.presentation import palette

_STATIC = (
    Path(__file__).parents[3] / "static",
    Path(sysconfig.get_path("data")) / "share" / "nethealth" / "static",
)
"""Where the app's own files are: next to the package, or where it was installed."""
_FONTS = (
    (palette.TEXT_FONT, "commissioner-latin-400-normal", 400, "normal"),
    (palette.TEXT_FONT, "commissioner-latin-600-normal", 600, "normal"),
    (palette.TITLE_FONT, "newsreader-latin-500-normal", 500, "normal"),
    (palette.TITLE_FONT, "newsreader-latin-500-italic", 500, "italic"),
    (palette.TEXT_FONT, "commissioner-latin-ext-400-normal", 400, "normal"),
    (palette.TEXT_FONT, "commissioner-latin-ext-600-normal", 600, "normal"),
)
_LATIN = "U+0000-024F, U+0259, U+1E00-1EFF, U+2000-206F, U+20A0-20CF, U+2122, U+2190-2193, U+2212"
_EXTENDED = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF"
_IN_PICTURES = (_FONTS[0],)
_IN_PICTURES_BEYOND_LATIN = (_FONTS[0], _FONTS[4])


@cache
def static_file(name: str) -> bytes:
    """Return one of the app's own files, by its path below `static`."""
    path = next((folder / name for folder in _STATIC if (folder / name).is_file()), _STATIC[0] / name)
    return path.read_bytes()


@cache
def font_faces(fonts: Sequence[tuple[str, str, int, str]] = _FONTS) -> str:
    """Return style rules with the fonts inside."""
    faces = []
    for family, name, weight, style in fonts:
        data = base64.b64encode(static_file(f"fonts/{name}.woff2")).decode("ascii")
        characters = _EXTENDED if "-ext-" in name else _LATIN
        faces.append(
            f"@font-face{{font-family:{family};font-weight:{weight};font-style:{style};unicode-range:{characters};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(faces)


def with_fonts(picture: str) -> str:
    """Return an SVG picture with the font of its names inside, because as an image it can't use the page's."""
    is_extended = any("\u0100" <= letter <= "\u1eff" for letter in picture)
    fonts = _IN_PICTURES_BEYOND_LATIN if is_extended else _IN_PICTURES
    return picture.replace("><title>", f"><style>{font_faces(fonts)}</style><title>", 1)
