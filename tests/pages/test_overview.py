"""The Overview page: what it says to staff and to viewers beyond the numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.workbook.records import Workbook
from tests.overview.examples import TODAY, people
from tests.pages.conftest import Show, sample, visit, words_on


@pytest.mark.parametrize(("role", "is_hidden"), [(Role.VIEWER, True), (Role.VIEWER, False), (Role.STAFF, True)])
def test_viewers_read_why_numbers_differ_from_what_staff_see(
    app: AppTest, showing: Show, role: Role, *, is_hidden: bool
) -> None:
    people = {key: replace(person, on_map=person.on_map or not is_hidden) for key, person in sample().people.items()}
    workbook = replace(sample(), people=people, fingerprint=f"differs-{is_hidden}")
    showing(workbook, role=role)
    words = words_on(visit(app, "overview"))
    assert ("asked not to appear" in words) is (role is Role.VIEWER and is_hidden)
    assert ("Next steps for staff" in words) is (role is Role.VIEWER)


def test_no_next_step_is_said(app: AppTest, showing: Show) -> None:
    showing(Workbook(today=TODAY, people=people(6), fingerprint="no step"))
    assert "No action needed" in words_on(visit(app, "overview"))
    showing(sample())
    assert "No action needed" not in words_on(visit(app, "overview"))
