"""Settings, with defaults for what is missing or impossible."""

import pytest

from nethealth.workbook.records import Settings
from nethealth.workbook.schema.vocabulary import (
    NameStyle,
    TieRule,
)

PEOPLE = [
    ["Name", "Organization", "Tags"],
    ["Ann", "Lincoln", "staff; core"],
    ["Ben", "Lincoln", ""],
    ["Cara", "Kent", "Staff"],
]


def settings(*rows):
    return [["Setting", "Value"], *map(list, rows)]


def test_every_setting_is_read(read):
    rows = settings(
        ("Network name", "Circles"),
        ("Shared purpose", "Learn\ntogether"),
        ("Unknown people", "guests"),
        ("Date order", "day first"),
        ("Engaged within months", 6),
        ("Smallest group shown", "8"),
        ("Fiscal year starts", "July"),
        ("Color map by", "school"),
        ("Tie rule", "Both"),
        ("Tie from strength", "2.5"),
        ("Names", "initials"),
        ("Review agreements after months", "36"),
    )
    workbook = read({"Settings": rows, "Members": PEOPLE})
    assert workbook.settings == Settings(
        network_name="Circles",
        shared_purpose="Learn\ntogether",
        guests_allowed=True,
        day_first=True,
        engaged_within_months=6,
        smallest_group=8,
        fiscal_year_starts=7,
        color_map_by="Organization",
        tie_rule=TieRule.BOTH,
        tie_from_strength=2.5,
        names=NameStyle.INITIALS,
        review_agreements_after_months=36,
    )
    assert workbook.problems == ()
    assert read({"Settings": settings(("Names", ""))}).settings == Settings()


@pytest.mark.parametrize(("typed", "month"), [("Sep", 9), (10, 10), ("sept", 9), ("January", 1)])
def test_fiscal_year_starts_by_name_or_number(read, typed, month):
    assert read({"Settings": settings(("Fiscal year starts", typed))}).settings.fiscal_year_starts == month


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("Smallest group shown", 1, "warning"),
        ("Smallest group shown", "many", "error"),
        ("Engaged within months", -2, "error"),
        ("Tie rule", "sometimes", "error"),
        ("Fiscal year starts", "Brumaire", "error"),
        ("Shoe size", 44, "warning"),
        ("Color map by", "Shoe size", "warning"),
        ("Hub", "Nowhere", "warning"),
    ],
)
def test_impossible_setting_uses_default(read, name, value, severity):
    workbook = read({"Settings": settings((name, value)), "Members": PEOPLE})
    assert [p.severity.value for p in workbook.problems] == [severity]
    expected = Settings(smallest_group=3) if value == 1 else Settings()
    assert workbook.settings == expected


@pytest.mark.parametrize(
    ("hub", "keys"),
    [
        ("Ann", {"Ann"}),
        ("lincoln", {"Ann", "Ben"}),
        ("staff", {"Ann", "Cara"}),
        ("Ben; Kent", {"Ben", "Cara"}),
        ("", set()),
    ],
)
def test_hub_by_member_organization_or_tag(read, hub, keys):
    assert read({"Settings": settings(("Hub", hub)), "Members": PEOPLE}).hub == keys


def test_hub_includes_organization_member(read):
    people = [
        ["Name", "Kind", "Organization"],
        ["The Hub", "Organization", ""],
        ["Ann", "", "the hub"],
        ["Ben", "", "x"],
    ]
    assert read({"Settings": settings(("Hub", "The Hub")), "Members": people}).hub == {"The Hub", "Ann"}
