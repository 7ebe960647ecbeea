"""What we heard, what we did: what wants attention first, and what only staff may know."""

from __future__ import annotations

import datetime as dt

from nethealth.experience import Standing, promises
from nethealth.story.facts import facts_of
from nethealth.workbook.for_viewers import for_viewers
from nethealth.workbook.records import HeardAndDone, Workbook

TODAY = dt.date(2026, 6, 1)
ACTIONS = (
    HeardAndDone(heard="done long ago", done=dt.date(2025, 1, 1), promised_by=dt.date(2024, 12, 1)),
    HeardAndDone(heard="done, no day", done=True, promised_by=dt.date(2024, 12, 1)),
    HeardAndDone(heard="done lately", done=dt.date(2026, 5, 1)),
    HeardAndDone(heard="heard"),
    HeardAndDone(heard="later", promised_by=dt.date(2026, 9, 1), done=False),
    HeardAndDone(heard="today", promised_by=TODAY),
    HeardAndDone(heard="late", promised_by=dt.date(2026, 5, 31), question="Why?"),
)


def test_overdue_ones_come_first_then_what_is_due_soonest() -> None:
    found = promises(Workbook(actions=ACTIONS), as_of=TODAY, for_staff=True)
    assert [(each.heard, each.standing) for each in found] == [
        ("late", Standing.OVERDUE),
        ("today", Standing.PROMISED),
        ("later", Standing.PROMISED),
        ("heard", Standing.HEARD),
        ("done, no day", Standing.DONE),
        ("done lately", Standing.DONE),
        ("done long ago", Standing.DONE),
    ]
    assert found[0].question == "Why?"


def test_that_a_promise_is_overdue_is_staffs_to_know() -> None:
    found = promises(Workbook(actions=ACTIONS), as_of=TODAY, for_staff=False)
    late = next(each for each in found if each.heard == "late")
    assert (late.standing, late.day) == (Standing.HEARD, None)
    assert Standing.OVERDUE not in {each.standing for each in found}
    # Nor do viewers hold a day that is past, or the Overview count it among what is worth doing.
    book = Workbook(actions=ACTIONS, today=TODAY)
    days = {each.heard: each.promised_by for each in for_viewers(book).actions if each.promised_by}
    assert days == {"later": dt.date(2026, 9, 1), "today": TODAY}
    assert [facts_of(book, as_of=TODAY, for_staff=is_staff).promises_overdue for is_staff in (True, False)] == [1, 0]
