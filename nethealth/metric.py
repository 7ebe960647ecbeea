"""How a measure is declared: once, beside its code, for the page, the glossary, the docs and the command line alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a figure counts in, which decides how it is written."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1, written as a percentage
    NUMBER = "number"  # a plain number with decimals
    INDEX = "index"  # -1 to 1
    DAYS = "days"
    STEPS = "steps"
    MONTH = "month"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it asks, how to read it, and where its definition comes from.

    `undefined` and `source` go on within a sentence: without a capital of their own, or a full stop at the end.
    `compute` takes the result object of the measure's domain and returns the figure, or None where it is undefined.
    """

    id: str
    label: str
    question: str
    reading: str
    not_meaning: str
    unit: Unit
    undefined: str
    source: str
    compute: Callable[[Any], Any]
