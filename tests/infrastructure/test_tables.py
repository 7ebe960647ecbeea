from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import (
    Period,
    membership_by_period,
    summarize_agreements,
    summarize_convenings,
    summarize_platforms,
    tables,
)
from nethealth.workbook.records import Agreement, Gathering, Person, PlatformMonth, Spell, Workbook
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus

D = dt.date
TODAY = D(2025, 6, 30)


def book(**more: object) -> Workbook:
    stays = [(D(2023, 5, 1), None)] * 8 + [(D(2023, 6, 1), D(2024, 5, 1)), (D(2023, 7, 1), D(2025, 2, 1))]
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*stay),)) for n, stay in enumerate(stays)}
    return Workbook(people=people, today=TODAY, **more)  # type: ignore[arg-type]


def test_the_cards_tell_the_latest_whole_period_and_note_the_running_one() -> None:
    periods = membership_by_period(book(), period=Period.YEAR, as_of=TODAY)
    assert tables.membership_cards(periods) == [
        ("Growth", "\u221210%", "in 2024; \u221211% so far in 2025"),
        ("Attrition", "10%", "in 2024; 11% so far in 2025"),
        ("Retention", "90%", "in 2024; 89% so far in 2025"),
    ]


def test_with_only_a_running_period_it_says_so() -> None:
    periods = membership_by_period(book(), period=Period.YEAR, as_of=D(2023, 8, 1))
    assert tables.membership_cards(periods)[0] == ("Growth", "–", "nobody was a member yet when 2023 began")
    second = membership_by_period(book(), period=Period.YEAR, as_of=D(2024, 8, 1))
    assert tables.membership_cards(second)[0] == ("Growth", "\u221210%", "2024 so far")
    assert tables.membership_cards(()) == []


def test_the_register_says_in_one_cell_who_came() -> None:
    rows = (
        Gathering(date=D(2025, 1, 1), title="Both", invited=40, attended=20, key_outcomes="We agreed."),
        Gathering(date=D(2025, 2, 1), title="One", attended=1200),
        Gathering(date=D(2025, 3, 1), title="Asked", invited=5),
        Gathering(date=D(2025, 4, 1), title="None"),
        Gathering(date=D(2025, 4, 1), title="Open door", invited=8, attended=9),
        Gathering(date=D(2025, 12, 1), title="Ahead", invited=60),
        Gathering(date=D(2026, 12, 1), title="Far ahead"),
    )
    summary = summarize_convenings(Workbook(convenings=rows), as_of=TODAY)
    told = tables.gathering_rows(summary, one="convening", notes="Key outcomes")
    assert [(row["Convening"], row[tables.WHO_CAME]) for row in told] == [
        ("Ahead", "planned, 60 invited"),
        ("Far ahead", "planned"),
        ("Open door", "9 came, 8 invited"),
        ("None", "not counted"),
        ("Asked", "5 invited"),
        ("One", "1,200 came"),
        ("Both", "20 of 40 (50%)"),
    ]
    assert told[-1]["Key outcomes"] == "We agreed."
    assert tables.gathering_cards(summary, one="convening", many="convenings") == [
        ("Cadence", "31 days", "usually from one convening to the next"),
        ("Since the last", "90 days", "April 1, 2025"),
        ("Attendance", "60%", "of those invited, at 2 convenings"),  # 29 of 48
        ("Next planned", "1 Dec 2025", "Ahead"),
    ]


def test_year_by_year_the_latest_first() -> None:
    rows = (
        Gathering(date=D(2023, 1, 1), title="a", invited=40, attended=20),
        Gathering(date=D(2025, 1, 1), title="b", invited=40, attended=30),
        Gathering(date=D(2025, 2, 1), title="c", attended=5),
    )
    told = tables.year_rows(summarize_convenings(Workbook(convenings=rows), as_of=TODAY))
    assert [tuple(row.values()) for row in told] == [
        ("2025 so far", 2, 35, 40, 0.75),
        ("2024", 0, None, None, None),
        ("2023", 1, 20, 40, 0.5),
    ]


def test_nothing_held_is_dashes_with_a_reason() -> None:
    summary = summarize_convenings(Workbook(), as_of=TODAY)
    cards = tables.gathering_cards(summary, one="convening", many="convenings")
    assert [card[1] for card in cards] == ["–"] * 4
    assert cards[0][2] == "known from the second convening on"


def test_the_finding_of_agreements() -> None:
    rows = (
        Agreement(title="a", kind=AgreementKind.VALUES, status=AgreementStatus.ADOPTED, adopted=D(2020, 1, 1)),
        Agreement(title="b", kind=AgreementKind.VALUES, status=AgreementStatus.DRAFT),
    )
    told = summarize_agreements(Workbook(agreements=rows), as_of=TODAY)
    assert tables.agreements_title(told) == "1 agreement holds; 1 deserves a fresh look"
    assert [row["Status"] for row in tables.agreement_rows(told)] == ["Adopted, review due", "Draft"]
    drafts = summarize_agreements(Workbook(agreements=rows[1:]), as_of=TODAY)
    assert tables.agreements_title(drafts) == "No agreement is adopted yet; 1 in draft"
    assert tables.agreements_title(summarize_agreements(Workbook(), as_of=TODAY)) == "Agreements"
    fresh = Agreement(title="c", status=AgreementStatus.ADOPTED, adopted=TODAY)
    told = summarize_agreements(Workbook(agreements=(fresh,)), as_of=TODAY)
    assert tables.agreements_title(told) == "1 agreement holds; none is due for review"
    # Of one without any date nobody can tell.
    undated = Agreement(title="d", status=AgreementStatus.ADOPTED)
    told = summarize_agreements(Workbook(agreements=(fresh, undated)), as_of=TODAY)
    assert tables.agreements_title(told) == "2 agreements hold; none is known to be due for review"


def test_the_cards_of_the_only_platform() -> None:
    month = PlatformMonth(month=D(2025, 5, 1), members=80, active=20, posts=50, replies=30, facilitator="Ada")
    [only] = summarize_platforms(Workbook(platform=(month,), today=TODAY))
    assert [card[1] for card in tables.platform_cards([only])] == ["25%", "2.5", "–", "yes"]
    assert tables.platform_cards([only])[2:] == [("Effectiveness", "–", "not rated"), ("Facilitated", "yes", None)]
    assert tables.platform_cards([only, only]) == []
    assert tables.platform_rows([only])[0]["Latest month"] == "May 2025"


def test_downloads_hold_plain_numbers() -> None:
    workbook = book(convenings=(Gathering(date=D(2025, 1, 1), title="Both", invited=40, attended=20),))
    met = summarize_convenings(workbook, as_of=TODAY)
    [row] = tables.for_download(tables.gathering_rows(met, one="convening", notes="Key outcomes"))
    assert row["Attendance"] == 0.5
    assert tables.WHO_CAME not in row
    periods = membership_by_period(workbook, period=Period.YEAR, as_of=TODAY)
    assert [row["End"] for row in tables.membership_rows(periods)] == [10, 9, 8]


def test_agreements_at_a_glance() -> None:
    rows = (
        Agreement(title="Why", kind=AgreementKind.VALUES, status=AgreementStatus.ADOPTED, adopted=D(2025, 1, 1),
                  reviewed=D(2025, 5, 1), made_by_members=True),
        Agreement(title="Who decides", kind=AgreementKind.GOVERNANCE, status=AgreementStatus.ADOPTED,
                  adopted=D(2020, 1, 1), made_by_members=False),
        Agreement(title="Credit", kind=AgreementKind.OTHER, status=AgreementStatus.DRAFT),
        Agreement(title="Gone", kind=AgreementKind.STANDARDS, status=AgreementStatus.RETIRED),
        Agreement(title="Unsaid"),
    )  # fmt: skip
    told = tables.agreement_kinds(summarize_agreements(Workbook(agreements=rows), as_of=TODAY))
    assert [(kind.name, kind.agreements) for kind in told] == [
        (
            "Shared values and principles",
            (
                (
                    "Why",
                    "Made by members, adopted on January 1, 2025, reviewed on May 1, 2025. "
                    "To look at again by May 1, 2027.",
                ),
            ),
        ),
        ("Standards of engagement", ()),
        ("Governance", (("Who decides", "Made by staff, adopted on January 1, 2020. Ready for a fresh look."),)),
        ("Other", (("Credit", "In draft"),)),
        ("Kind not said", (("Unsaid", "Status not said"),)),
    ]  # fmt: skip
    assert told[1].gap == "Nothing yet. How do members want to treat one another?"


def test_of_a_platform_only_what_the_sheet_says_is_told() -> None:
    month = PlatformMonth(month=D(2025, 5, 1), members=80, active=20, effectiveness=4)
    [only] = summarize_platforms(Workbook(platform=(month,), today=TODAY))
    assert tables.platform_cards([only])[2:] == [("Effectiveness", "4", "as rated, 1 to 5")]
