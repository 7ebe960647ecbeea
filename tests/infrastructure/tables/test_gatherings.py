from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Attendance, GatheringKind, summarize_attendance, summarize_convenings
from nethealth.infrastructure.tables import gatherings as tables
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)
CONVENING = GatheringKind.CONVENING
ROWS = (
    Gathering(date=D(2025, 1, 1), title="Both", invited=40, attended=20, key_outcomes="We agreed."),
    Gathering(date=D(2025, 2, 1), title="One", attended=1200),
    Gathering(date=D(2025, 3, 1), title="Asked", invited=5),
    Gathering(date=D(2025, 4, 1), title="None"),
    Gathering(date=D(2025, 4, 1), title="Open door", invited=8, attended=9),
    Gathering(date=D(2025, 12, 1), title="Ahead", invited=60),
    Gathering(date=D(2026, 12, 1), title="Far ahead"),
)


def test_screen_summarizes_attendance() -> None:
    table = tables.gathering_table(summarize_convenings(Workbook(convenings=ROWS), as_of=TODAY), kind=CONVENING)
    screen = table.for_screen()
    assert list(zip(screen.values("Convening"), screen.values("Who came"), strict=True)) == [
        ("Ahead", "planned, 60 invited"),
        ("Far ahead", "planned"),
        ("Open door", "9 came, 8 invited"),
        ("None", "not counted"),
        ("Asked", "5 invited"),
        ("One", "1,200 came"),
        ("Both", "20 of 40 (50%)"),
    ]
    assert screen.values("Key outcomes")[-1] == "We agreed."
    assert "Link" not in screen.headers


def test_file_has_plain_numbers() -> None:
    table = tables.gathering_table(summarize_convenings(Workbook(convenings=ROWS), as_of=TODAY), kind=CONVENING)
    assert "Who came" not in table.for_file().headers
    assert table.for_file().values("Attendance")[-1] == 0.5


def test_cards() -> None:
    cards = tables.gathering_cards(summarize_convenings(Workbook(convenings=ROWS), as_of=TODAY), kind=CONVENING)
    assert [(card.label, card.value) for card in cards] == [
        ("Cadence", "31 days"),
        ("Since the last", "90 days"),
        ("Attendance", "60%"),  # 29 of 48
        ("Next planned", "Dec 1, 2025"),
    ]
    assert cards[3].note == "Ahead"


def test_no_gatherings_give_dashes_with_a_reason() -> None:
    cards = tables.gathering_cards(summarize_convenings(Workbook(), as_of=TODAY), kind=CONVENING)
    assert [card.value for card in cards] == ["–"] * 4
    assert all(card.note for card in cards if card.label != "Since the last")


def test_year_table_is_latest_first() -> None:
    rows = (
        Gathering(date=D(2023, 1, 1), title="a", invited=40, attended=20),
        Gathering(date=D(2025, 1, 1), title="b", invited=40, attended=30),
        Gathering(date=D(2025, 2, 1), title="c", attended=5),
    )
    table = tables.year_table(summarize_convenings(Workbook(convenings=rows), as_of=TODAY), kind=CONVENING)
    assert [tuple(row.values()) for row in table.rows] == [
        ("2025 so far", 2, 35, 40, 0.75),
        ("2024", 0, None, None, None),
        ("2023", 1, 20, 40, 0.5),
    ]


def attended(count: int) -> Attendance:
    spells = (Spell(D(2024, 1, 1), None),)
    people = {f"m{n}": Person(key=f"m{n}", name=f"Member {n}", spells=spells) for n in range(count)}
    lists = ((D(2024, 5, 1), 8), (D(2025, 1, 1), 10), (D(2025, 5, 1), 16))
    convenings = tuple(
        Gathering(date=day, title="x", attendees=tuple(f"m{n}" for n in range(size))) for day, size in lists
    )
    workbook = Workbook(people=people, convenings=convenings, settings=Settings(smallest_group=5))
    return summarize_attendance(workbook, kind=CONVENING, as_of=TODAY)


def test_few_first_time_attendees_are_hidden() -> None:
    assert tables.turnout_table(attended(20), kind=CONVENING).values("First time") == [None, "hidden", 6]


def test_regularity_cards_hide_small_numbers() -> None:
    # Sixteen came to one or both of the last year's two; nine of 25 came to neither.
    cards = tables.regularity_cards(attended(25), kind=CONVENING, months=12)
    assert [(card.label, card.value) for card in cards] == [("Come regularly", "16"), ("Haven’t come lately", "9")]
    # Of 20, four came to neither, and 20 minus 16 would give them away.
    cards = tables.regularity_cards(attended(20), kind=CONVENING, months=12)
    assert [card.value for card in cards] == ["hidden", "hidden"]
