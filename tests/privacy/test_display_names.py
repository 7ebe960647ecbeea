from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.privacy.display_names import NameMasker, codes, initials


def test_shared_initials_get_numbers() -> None:
    shown = initials({"a": "Ana María López", "b": "Bo Li", "c": "Alma Moss Lind", "d": "???"})
    assert shown == {"a": "AML 1", "b": "BL", "c": "AML 2", "d": "?"}


def test_codes_are_unique() -> None:
    assert codes({"a": "3f9a11", "b": "3f9a22", "c": "000000"}) == {"a": "M-3F9A", "b": "M-3F9A-2", "c": "M-0000"}


def test_full_names_are_masked_in_any_case() -> None:
    mask = NameMasker({"Jo Hart": "a member", "Jo Hart Lee": "JHL"})
    assert mask("Led by JO  HART, with Jo Hart Lee.") == "Led by a member, with JHL."
    assert mask("Jo Hartley and Johart stay") == "Jo Hartley and Johart stay"
    assert mask(None) is None


def test_short_single_word_stays() -> None:
    assert NameMasker({"May": "a member"})("We meet in May") == "We meet in May"


def test_one_word_name_needs_capital() -> None:
    mask = NameMasker({"Will": "a member", "Cheng": "another"})
    assert mask("Will will come, and CHENG too; they will") == "a member will come, and another too; they will"


def test_last_name_first_is_masked() -> None:
    mask = NameMasker({"Jo Anne Hart": "a member"})
    assert mask("Hart, Jo Anne (call back)") == "a member (call back)"
    assert mask("photos_Jo_Anne_Hart_2.jpg") == "photos_a member_2.jpg"


def test_accents_make_no_difference() -> None:
    mask = NameMasker({"Ana María López": "a member", "Lukasz Zak": "another"})
    assert mask("ana maria lopez and Łukasz Żak, not Ana Lope") == "a member and another, not Ana Lope"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=30))
def test_other_text_is_unchanged(text: str, first: str, second: str) -> None:
    assert NameMasker({})(text) == text
    masked = NameMasker({first: "X", second: "Y"})(text)
    assert masked is not None
    if not any(name.split() and name.split()[0].casefold() in text.casefold() for name in (first, second)):
        assert set(masked) <= set(text) | {"X", "Y"}
