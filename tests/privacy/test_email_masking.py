"""Email addresses leave the cells before anything reads them."""

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.privacy.email_masking import EMAIL_MARK, mask_workbook, text_masker
from nethealth.workbook.raw import RawTab, RawWorkbook

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def workbook_of(*rows, title="Book"):
    return RawWorkbook(title, [RawTab("Members", rows)], NOON)


def test_same_address_gets_same_mark():
    mask = text_masker()
    assert mask("Ana <ana@example.org>, ANA@example.org; ben@example.org") == "Ana <(email 1)>, (email 1); (email 2)"


def test_invisible_characters_hide_no_address():
    assert "example" not in text_masker()("ana\u200b@exam\u00adple.org")


def test_text_without_address_is_unchanged():
    assert text_masker()("see you @home, José") == "see you @home, José"


def test_marks_of_older_versions_are_known():
    assert EMAIL_MARK.fullmatch("(e-mail 3)")
    assert EMAIL_MARK.fullmatch("(email 3)")


def test_cells_titles_and_notes_are_masked():
    masked = mask_workbook(workbook_of(["Name"], ["ana@example.org"], title="ana@example.org"))
    assert (masked.title, masked.tabs[0].rows[1]) == ("(email 1)", ["(email 1)"])


def test_masked_workbook_stays_as_it_is():
    masked = mask_workbook(workbook_of(["Name"], ["ana@example.org"]))
    assert mask_workbook(masked) is masked


def test_fingerprint_tells_types_of_cells_apart():
    def fingerprint(cell):
        return mask_workbook(workbook_of(["Name"], [cell])).fingerprint

    assert fingerprint("Ana") == fingerprint("Ana")
    assert len({fingerprint(cell) for cell in ("Ana", 1, 1.0, "1", True, "TRUE", None, "")}) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"read_at": NOON + dt.timedelta(days=1)},
        {"timezone": "America/Chicago"},
        {"url": "https://example.org"},
        {"notes": ("We skipped a chart.",)},
        {"tabs": [RawTab("Roster", (["Name"],))]},
        {"tabs": [RawTab("Members", (["Name"],), url="https://example.org")]},
        {"tabs": [RawTab("Members", (["Name"],), hidden=True)]},
    ],
)
def test_fingerprint_notices_change_outside_cells(change):
    workbook = workbook_of(["Name"])
    assert mask_workbook(replace(workbook, **change)).fingerprint != mask_workbook(workbook).fingerprint


def test_fingerprint_ignores_time_of_day():
    later = replace(workbook_of(["Name"]), read_at=NOON + dt.timedelta(minutes=1))
    assert mask_workbook(later).fingerprint == mask_workbook(workbook_of(["Name"])).fingerprint


def test_huge_integer_does_not_raise():
    assert mask_workbook(workbook_of([10**5000]))
