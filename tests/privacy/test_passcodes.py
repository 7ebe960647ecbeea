from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from nethealth.errors import InvalidPasscode
from nethealth.privacy.passcodes import find_match, hash_passcode, is_passcode_hash

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHES = {"staff": CHEAP.hash("three warm words"), "viewer": CHEAP.hash("welcome friends")}


def test_hash_matches_only_its_passcode() -> None:
    made = hash_passcode("three warm words")
    assert made.startswith("$argon2id$")
    assert "warm" not in made
    assert is_passcode_hash(made)
    assert find_match(" three warm words ", {"x": made}) == "x"
    assert find_match("three warm word", {"x": made}) is None


def test_unicode_forms_are_one_passcode() -> None:
    assert find_match("cafe\u0301 au lait", {"x": hash_passcode("caf\u00e9 au lait")}) == "x"


@pytest.mark.parametrize("text", ["", "short", "       a       ", "x" * 201])
def test_too_short_or_long_raises(text: str) -> None:
    with pytest.raises(InvalidPasscode) as caught:
        hash_passcode(text)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["", "plain text", "$argon2id$v=19$broken", None, 12, ["$argon2id$"]])
def test_non_hash_is_false(text: object) -> None:
    assert not is_passcode_hash(text)


def test_match_gives_the_key() -> None:
    assert find_match("welcome friends", HASHES) == "viewer"
    assert find_match("three warm words", HASHES) == "staff"
    assert find_match("", HASHES) is None
    assert find_match("x" * 100_000, HASHES) is None
