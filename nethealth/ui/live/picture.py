"""A picture on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture on the screen."""

    title: str
    """What the screen says above it, and the control page."""
    draw: Callable[[], object]
    """Draws it below its title, as high as `--nh-room` says. It's not called before the reveal."""
    is_moving: bool = False
    """True if it has to be drawn again each second though nothing has changed."""
