"""Email addresses leave the cells before anything reads them."""

import datetime as dt

from nethealth.privacy.email_masking import EMAIL_MARK, mask_workbook, text_masker
from nethealth.workbook.raw import RawTab, RawWorkbook

TODAY = dt.date(2026, 11, 30)


def workbook_of(*rows, title="Book"):
    return RawWorkbook(title, [RawTab("Members", rows)], dt.datetime(2026, 11, 30, tzinfo=dt.UTC))


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
    masked, _ = mask_workbook(workbook_of(["Name"], ["ana@example.org"], title="ana@example.org"), today=TODAY)
    assert (masked.title, masked.tabs[0].rows[1]) == ("(email 1)", ["(email 1)"])


def test_fingerprint_follows_cells_and_day():
    def digest(cell, today=TODAY):
        return mask_workbook(workbook_of(["Name"], [cell]), today=today)[1]

    assert digest("Ana") == digest("Ana")
    assert len({digest("Ana"), digest("Ben"), digest(1), digest("1"), digest("Ana", TODAY + dt.timedelta(1))}) == 5


def test_huge_integer_does_not_raise():
    assert mask_workbook(workbook_of([10**5000]), today=TODAY)
