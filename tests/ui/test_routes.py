"""Addresses that people saved keep working after a parameter or a value is renamed."""

from __future__ import annotations

import pytest

from nethealth.ui import routes
from nethealth.ui.routes import OLD_QUERY_NAMES, OLD_QUERY_VALUES, PAGES, current_query


def test_old_names_and_values_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "OLD_QUERY_NAMES", {"weaving": {"seen": "reach"}})
    monkeypatch.setattr(routes, "OLD_QUERY_VALUES", {"weaving": {"reach": {"all": "everyone"}}})
    assert current_query("weaving", {"seen": ["all", "new"], "tab": ["all"]}) == {
        "reach": ["everyone", "new"],
        "tab": ["all"],
    }
    assert current_query("mindset", {"seen": ["all"]}) == {"seen": ["all"]}


def test_a_new_name_wins_over_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "OLD_QUERY_NAMES", {"weaving": {"seen": "reach"}})
    assert current_query("weaving", {"reach": ["new"], "seen": ["old"]}) == {"reach": ["new"]}


def test_entries_are_of_known_pages_and_need_one_step() -> None:
    assert set(OLD_QUERY_NAMES) | set(OLD_QUERY_VALUES) <= set(PAGES)
    for renamed in OLD_QUERY_NAMES.values():
        assert not set(renamed) & set(renamed.values()), "an old name that is current, or leads to an old one"
    for parameters in OLD_QUERY_VALUES.values():
        for renamed in parameters.values():
            assert not set(renamed) & set(renamed.values()), "an old value that is current, or leads to an old one"
