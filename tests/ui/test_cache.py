"""What follows from a reading is worked out once for everybody, and goes when newer readings have come."""

from __future__ import annotations

import datetime as dt
import gc
import weakref

import pytest

from nethealth.ui import cache as cached
from nethealth.ui.cache import READINGS_KEPT, cached_by_workbook
from nethealth.workbook.records import Workbook


class Held:
    """A result that holds its workbook, as the page on connections does."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook


made: list[tuple[str, int]] = []


def held(workbook: Workbook, *, times: int) -> Held:
    made.append((workbook.fingerprint, times))
    return Held(workbook)


def reading(number: int) -> Workbook:
    return Workbook(fingerprint=f"cached-{number}", today=dt.date(2026, 1, 1))


@pytest.fixture(autouse=True)
def _afresh() -> None:
    made.clear()
    cached._let_go.clear()


def test_once_for_each_reading_and_argument() -> None:
    for times in (1, 2, 1, 2):
        assert cached_by_workbook(held)(reading(900), times=times).workbook.fingerprint == "cached-900"
    assert made == [("cached-900", 1), ("cached-900", 2)]


def test_an_old_reading_goes_with_its_workbook_and_the_newest_stay() -> None:
    gone: list[weakref.ref[Workbook]] = []
    for number in range(READINGS_KEPT + 3):
        workbook = reading(number)
        cached_by_workbook(held)(workbook, times=1)
        gone.append(weakref.ref(workbook))
        del workbook
    gc.collect()
    assert [one() is None for one in gone] == [True] * 3 + [False] * READINGS_KEPT
    made.clear()
    cached_by_workbook(held)(reading(READINGS_KEPT + 2), times=1)
    assert made == []
    cached_by_workbook(held)(reading(0), times=1)
    assert made == [("cached-0", 1)]
