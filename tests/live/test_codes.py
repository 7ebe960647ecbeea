"""Codes: readable aloud, the same however they are typed, and unlike any other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nethealth.live.codes import new_code, new_phone_secret, person_code, phone_id, read_code, spaced_code


def test_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert read_code(code) == code
    assert read_code(spaced_code(code).lower()) == code
    assert read_code(f" {code[:2]}-{code[2:]} ") == code


@given(st.text())
def test_no_other_text_is_a_code(text: str) -> None:
    code = read_code(text)
    assert code is None or (len(code) == 6 and code.isalnum() and code.isascii() and code == code.upper())


def test_codes_differ_and_spell_no_word() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(any(letter.isdigit() for letter in code) for code in codes)
    assert not set("".join(codes)) & set("ILO01")


def test_phones_have_their_own_ids() -> None:
    secret = new_phone_secret()
    assert phone_id(secret) == phone_id(secret) != phone_id(new_phone_secret())
    assert secret not in phone_id(secret)


def test_person_has_another_code_in_another_session() -> None:
    assert person_code("m1", session="a") == person_code("m1", session="a")
    assert len({person_code("m1", session="a"), person_code("m1", session="b"), person_code("m2", session="a")}) == 3
