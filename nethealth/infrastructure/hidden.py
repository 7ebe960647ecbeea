"""Words for numbers hidden because they would describe too few people."""

from __future__ import annotations

from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value
from nethealth.privacy.suppression import TooFew
from nethealth.proportions import Interval

HIDDEN = "hidden"
WHY_HIDDEN = "Hidden: too few people, here or together with another column."


def shown(value: object, unit: Unit = Unit.SHARE) -> str:
    """Return a number as people read it, or `hidden`."""
    return HIDDEN if isinstance(value, TooFew) else format_value(value, unit)


def cell(value: object) -> object:
    """Return a table cell: the value itself, or `hidden`."""
    return HIDDEN if isinstance(value, TooFew) else value


def range_text(bounds: Interval) -> str:
    """Return the known range of a hidden share.

    Examples
    --------
    >>> range_text((0.91, 1.0)), range_text((0.0, 0.174))
    ('91% or more', '18% or less')
    """
    low, high = bounds
    if 1 - high < low:
        return f"{int(low * 100)}% or more"
    return f"{-int(-high * 100 // 1)}% or less"


def interval_text(interval: Interval) -> str:
    """Return an interval of shares as people read it."""
    return f"{format_value(interval[0], Unit.SHARE)} to {format_value(interval[1], Unit.SHARE)}"
