"""A picture on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture on the screen."""

    title: str
    """What the screen says above it, and the control page."""
    draw: Callable[[], object]
    """Draws it below its title, as high as `--nh-room` says. It's not called before the reveal."""
    is_moving: bool = False
    """True if it has to be drawn again each second though nothing has changed."""


@cache
def picture_styles() -> str:
    """Return the style sheet of pictures."""
    return (Path(__file__).parent / "pictures.css").read_text(encoding="utf-8")


def show_pictures(html: str) -> None:
    """Show a picture on an ordinary page."""
    st.html(f'<style>{picture_styles()}</style><div class="nh-room">{html}</div>')
