"""Results are computed once for each workbook or network, and freed with it."""

from __future__ import annotations

import datetime as dt
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from nethealth import cache
from nethealth.cache import cached
from nethealth.network.graph import network_at
from nethealth.workbook.records import Workbook


def counting() -> tuple[list[str], object]:
    calls: list[str] = []

    def title(workbook: Workbook, *, suffix: str) -> list[str]:
        calls.append(suffix)
        return [workbook.title + suffix]

    return calls, title


def test_computed_once_for_each_argument() -> None:
    calls, title = counting()
    workbook = Workbook(title="a")
    assert cached(title)(workbook, suffix="!") is cached(title)(workbook, suffix="!")
    assert cached(title)(workbook, suffix="?") == ["a?"]
    assert calls == ["!", "?"]


def test_default_given_or_omitted_is_one_result() -> None:
    calls: list[str] = []

    def title(workbook: Workbook, *, suffix: str = "!") -> str:
        calls.append(suffix)
        return workbook.title + suffix

    workbook = Workbook(title="a")
    assert cached(title)(workbook) == cached(title)(workbook, suffix="!") == "a!"
    assert calls == ["!"]


def test_another_workbook_shares_nothing() -> None:
    calls, title = counting()
    staff, viewer = Workbook(fingerprint="same"), Workbook(fingerprint="same")
    cached(title)(staff, suffix="!")
    cached(title)(viewer, suffix="!")
    assert calls == ["!", "!"]


def test_a_later_reading_of_the_same_cells_takes_results_over() -> None:
    calls, title = counting()
    first = Workbook(title="a")
    found = cached(title)(first, suffix="!")
    later = first.reread(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert later.read_at.year == 2026
    assert cached(title)(later, suffix="!") is found
    assert calls == ["!"]


def test_results_are_freed_with_their_workbook() -> None:
    def itself(workbook: Workbook) -> tuple[Workbook]:
        return (workbook,)

    workbook = Workbook()
    cached(itself)(workbook)
    gone = weakref.ref(workbook)
    del workbook
    gc.collect()
    assert gone() is None


def test_the_least_recently_used_result_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_RESULTS", 2)
    calls, title = counting()
    workbook = Workbook()
    for suffix in ("a", "b", "a", "c", "a", "b"):
        cached(title)(workbook, suffix=suffix)
    assert calls == ["a", "b", "c", "b"]


def test_two_who_ask_at_once_wait_for_one_computation() -> None:
    calls: list[int] = []
    entered = threading.Event()
    go_on = threading.Event()

    def slow(workbook: Workbook) -> object:
        calls.append(1)
        entered.set()
        assert go_on.wait(60)
        return object()

    workbook = Workbook()
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(cached(slow), workbook)
        assert entered.wait(60)
        other = pool.submit(cached(slow), workbook)
        go_on.set()
        assert one.result() is other.result()
    assert calls == [1]


def test_an_exception_is_raised_and_not_stored() -> None:
    calls: list[int] = []

    def fails_once(workbook: Workbook) -> str:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("once")
        return "fine"

    workbook = Workbook()
    with pytest.raises(ValueError, match="once"):
        cached(fails_once)(workbook)
    assert cached(fails_once)(workbook) == "fine"


def test_a_network_stores_its_own_results() -> None:
    one, other = network_at(Workbook()), network_at(Workbook())
    assert one == other
    assert one.results.get("x", None, object) is one.results.get("x", None, object)
    assert one.results.get("x", None, object) is not other.results.get("x", None, object)
