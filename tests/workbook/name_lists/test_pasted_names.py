"""A pasted list of names: who is meant, and that every name is in the result."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.name_lists.pasted_names import match_pasted_names
from nethealth.workbook.records import Person, Workbook

BOOK = Workbook(
    people={
        "a": Person(key="a", name="Ana López"),
        "b": Person(key="b", name="Garcia, PhD", member_id="007"),
        "c": Person(key="c", name="Ben Smith"),
        "d1": Person(key="d1", name="Dee Twice", member_id="D1"),
        "d2": Person(key="d2", name="Dee Twice", member_id="D2"),
        "h": Person(key="h", name="Hidden Hart", on_map=False),
    }
)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", ()),
        ("Ana López\nBen Smith", ("a", "c")),
        ("ana  lópez; BEN SMITH", ("a", "c")),
        ("Ben Smith, Garcia, PhD, Ana López", ("c", "b", "a")),
        ("Garcia，PhD", ("b",)),
        ("007\nD2", ("b", "d2")),
        ("1. Ana López\n2) Ben Smith\n- Garcia, PhD\n• D1", ("a", "c", "b", "d1")),
        ("Ana\tLópez\r\n\r\n  Ben Smith  \n", ("a", "c")),
        ("Ana López <ana@example.org>; Ben Smith (ben@example.org)", ("a", "c")),
        ("Ana López\neve@example.org\nBen Smith", ("a", "c")),
        ("Hidden Hart", ("h",)),
    ],
)
def test_pasted_names_are_resolved(text: str, people: tuple[str, ...]) -> None:
    found = match_pasted_names(text, workbook=BOOK)
    assert found.people == people
    assert found.unknown == ()


def test_unknown_names_have_remedies() -> None:
    found = match_pasted_names("Ana Lopes\nDee Twice\nXyzzy\nAna Lopes\nAna López\nana lópez", workbook=BOOK)
    assert found.people == ("a",)
    assert [each.name for each in found.unknown] == ["Ana Lopes", "Dee Twice", "Xyzzy"]
    assert "Ana López" in found.unknown[0].remedy
    assert "Member ID" in found.unknown[1].remedy
    assert found.repeated == 2


def test_hidden_person_is_not_suggested() -> None:
    (unknown,) = match_pasted_names("Hidden Hert", workbook=BOOK).unknown
    assert "Hart" not in unknown.remedy


def test_addresses_are_skipped_and_counted() -> None:
    found = match_pasted_names("ana@example.org\nBen Smith <ben@example.org>\nmailto:eve@example.org", workbook=BOOK)
    assert (found.people, found.unknown, found.addresses) == (("c",), (), 3)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_list(text: str) -> None:
    found = match_pasted_names(text, workbook=BOOK)
    assert found.repeated >= 0
    assert all(each.name for each in found.unknown)
