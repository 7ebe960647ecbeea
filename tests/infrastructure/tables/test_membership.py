from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Period, membership_by_period, summarize_cohorts
from nethealth.infrastructure.tables import membership as tables
from nethealth.workbook.records import Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def book(*spells: tuple[D, D | None], smallest: int = 5) -> Workbook:
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*spell),)) for n, spell in enumerate(spells)}
    return Workbook(people=people, today=TODAY, settings=Settings(smallest_group=smallest))


MEMBERS = book(*[(D(2023, 5, 1), None)] * 8, (D(2023, 6, 1), D(2024, 5, 1)), (D(2023, 7, 1), D(2025, 2, 1)))


def test_cards_show_the_latest_whole_period_and_note_the_current_one() -> None:
    periods = membership_by_period(MEMBERS, period=Period.YEAR, as_of=TODAY)
    cards = tables.membership_cards(periods)
    assert [(card.label, card.value) for card in cards] == [
        ("Growth", "\u221210%"),
        ("Attrition", "10%"),
        ("Retention", "90%"),
    ]
    assert cards[0].note == "in 2024; \u221211% so far in 2025"


def test_cards_without_a_whole_period_show_the_current_one() -> None:
    periods = membership_by_period(MEMBERS, period=Period.YEAR, as_of=D(2023, 8, 1))
    growth = tables.membership_cards(periods)[0]
    assert growth.value == "–"
    assert "no members yet" in str(growth.note)
    second = membership_by_period(MEMBERS, period=Period.YEAR, as_of=D(2024, 8, 1))
    assert tables.membership_cards(second)[0] == ("Growth", "\u221210%", "in 2024 so far")
    assert tables.membership_cards(()) == []


def test_membership_table_has_plain_numbers() -> None:
    table = tables.membership_table(membership_by_period(MEMBERS, period=Period.YEAR, as_of=TODAY))
    assert table.values("End") == [10, 9, 8]
    assert table.values("Partial") == ["no", "no", "yes"]


def test_membership_table_of_a_category_says_so_in_files() -> None:
    periods = membership_by_period(MEMBERS, period=Period.YEAR, as_of=TODAY)
    table = tables.membership_table(periods, category="Region: North")
    assert set(table.for_file().values("Category")) == {"Region: North"}
    assert table.for_screen().headers == tables.membership_table(periods).for_screen().headers


def test_cohort_table_hides_small_cohorts() -> None:
    workbook = book(
        *[(D(2022, 5, 1), None)] * 30, *[(D(2022, 5, 1), D(2023, 5, 1))] * 10, *[(D(2023, 2, 1), None)] * 18,
        *[(D(2023, 2, 1), D(2024, 2, 1))] * 2, *[(D(2024, 2, 1), None)] * 3,
    )  # fmt: skip
    table = tables.cohort_table(summarize_cohorts(workbook, period=Period.YEAR, as_of=D(2024, 12, 31)))
    first = table.rows[0]
    assert (first["Joined"], first["Still members"], first["Share"]) == (40, 40, 1.0)
    assert table.values("Share")[2] == "hidden"
    assert table.values("Share")[4] == "80% or more"


def test_undated_text_gives_the_number() -> None:
    assert tables.undated_text(1).startswith("1 more member has")
    assert tables.undated_text(3).startswith("3 more members have")
