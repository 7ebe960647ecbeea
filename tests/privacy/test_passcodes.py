from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from nethealth.errors import InvalidPasscode
from nethealth.privacy.passcodes import PasscodeLimiter, find_match, hash_passcode, is_passcode_hash, pause_after

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHES = {"staff": CHEAP.hash("three warm words"), "viewer": CHEAP.hash("welcome friends")}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


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


def test_wrong_attempts_refill_with_time() -> None:
    clock = Clock()
    limiter = PasscodeLimiter(attempts=3, seconds_per_attempt=4, clock=clock)
    for _ in range(3):
        assert limiter.wait() == 0
        assert limiter.check("wrong one", HASHES) is None
    assert limiter.wait() == 4
    assert limiter.check("three warm words", HASHES) is None, "no one gets in after the last attempt"
    clock.now += 4
    assert limiter.wait() == 0
    assert limiter.check("three warm words", HASHES) == "staff"


def test_right_passcodes_are_never_limited() -> None:
    limiter = PasscodeLimiter(attempts=3, clock=Clock())
    for _ in range(40):
        assert limiter.wait() == 0
        assert limiter.check("welcome friends", HASHES) == "viewer"


def test_guessing_locks_out_only_its_address() -> None:
    clock = Clock()
    limiter = PasscodeLimiter(attempts=10, seconds_per_attempt=4, clock=clock)
    for _ in range(3_000):  # an hour and more of a try a second and a half, whenever one is taken
        if limiter.wait("198.51.100.7") == 0:
            assert limiter.check("wrong one", HASHES, address="198.51.100.7") is None
        clock.now += 1.5
        assert limiter.wait("203.0.113.5") == 0
        assert limiter.wait() == 0
    assert limiter.wait("198.51.100.7") > 0
    assert limiter.check("three warm words", HASHES, address="203.0.113.5") == "staff"


def test_many_addresses_are_limited_together() -> None:
    limiter = PasscodeLimiter(attempts=10, clock=Clock())
    for number in range(10):
        assert limiter.check("wrong one", HASHES, address=f"198.51.100.{number}") is None
    assert limiter.wait("203.0.113.5") > 0


def test_addresses_unused_for_longest_are_dropped() -> None:
    limiter = PasscodeLimiter(attempts=10, clock=Clock())
    for _ in range(8):
        limiter.check("wrong one", HASHES, address="198.51.100.7")
    for number in range(PasscodeLimiter.MAX_ADDRESSES - 1):
        limiter.wait(str(number))
    assert limiter.wait("198.51.100.7") > 0
    for number in range(PasscodeLimiter.MAX_ADDRESSES):
        limiter.wait(str(number))
    assert limiter.wait("198.51.100.7") == 0


def test_pause_doubles_up_to_a_minute() -> None:
    assert [pause_after(wrong) for wrong in (0, 2, 3, 4, 5, 30)] == [0, 0, 2, 4, 8, 60]
