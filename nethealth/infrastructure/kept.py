"""What is worked out of a workbook once and used by several figures: kept as long as the workbook is."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from nethealth.workbook.records import Workbook

R = TypeVar("R")

_KEPT: dict[int, tuple[weakref.ref[Workbook], dict[Hashable, Any]]] = {}


def kept(workbook: Workbook, key: Hashable, make: Callable[[], R]) -> R:
    """What `make` returns; of one workbook and key it is called once. Nobody may change what it returned."""
    place = id(workbook)
    known = _KEPT.get(place)
    if known is None or known[0]() is not workbook:
        known = _KEPT[place] = (weakref.ref(workbook, lambda _: _KEPT.pop(place, None)), {})
    if key not in known[1]:
        known[1][key] = make()
    return cast("R", known[1][key])
