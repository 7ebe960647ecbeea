"""What the overview knows about a workbook, for staff and for viewers."""

from __future__ import annotations

import datetime as dt

from nethealth.overview.facts import gather_facts
from nethealth.workbook.records import Connection, Conversation, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.overview.examples import TODAY, facts, people, read_tab


def test_viewers_get_no_engagement() -> None:
    conversation = Conversation(date=dt.date(2026, 3, 1), weaver="W", member="p0")
    workbook = Workbook(today=TODAY, people=people(4), weaving=(conversation,))
    assert gather_facts(workbook, as_of=TODAY).engagement is not None
    assert gather_facts(workbook, as_of=TODAY, for_staff=False).engagement is None


def test_waves_without_ties_and_waves_to_come_are_not_counted() -> None:
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=day)
        for name, day in (("A", dt.date(2026, 1, 1)), ("B", dt.date(2027, 1, 1)))
    )
    assert facts(people=people(3), waves=waves).latest_wave is None
    tied = facts(people=people(3), waves=waves, connections=(Connection(source="p0", target="p1", wave="A"),))
    assert tied.latest_wave is not None
    assert tied.latest_wave.wave == "A"


def test_the_tab_with_the_largest_share_of_skipped_rows() -> None:
    tabs = (read_tab("Members", rows=100, rejected=5), read_tab("Survey", rows=10, rejected=2))
    most = facts(tabs=tabs).most_skipped_tab
    assert most is not None
    assert most.tab == "Survey"
    assert facts().most_skipped_tab is None
