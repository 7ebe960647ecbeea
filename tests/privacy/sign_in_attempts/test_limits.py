"""How often someone may guess, and that no one who guesses shuts out the others."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from nethealth.privacy.sign_in_attempts.limits import (
    FREE_ATTEMPTS,
    LONGEST_PAUSE,
    TOGETHER_AT_ONCE,
    Guest,
    PasscodeLimiter,
)

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHES = {"staff": CHEAP.hash("three warm words"), "viewer": CHEAP.hash("welcome friends")}
ONE, OTHER, THIRD = "198.51.100.7", "198.51.100.8", "203.0.113.5"
DAY = 86_400


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> PasscodeLimiter:
    return PasscodeLimiter(clock=clock)


def guess(limiter: PasscodeLimiter, place: str | None, *, known_as: str = "") -> bool:
    """Try a wrong passcode. Returns whether it was checked."""
    guest = Guest(place, known_as)
    may = limiter.wait(guest) == 0
    assert limiter.check("wrong one", {}, guest) is None
    return may


def signs_in(limiter: PasscodeLimiter, place: str | None, *, known_as: str = "") -> bool:
    return limiter.check("three warm words", HASHES, Guest(place, known_as)) == "staff"


def test_forty_guesses_from_two_addresses_lock_no_one_out(limiter: PasscodeLimiter) -> None:
    for _ in range(40):
        guess(limiter, ONE)
        guess(limiter, OTHER)
    assert signs_in(limiter, THIRD)
    assert signs_in(limiter, None)


def test_pause_of_an_address_grows_up_to_its_limit(limiter: PasscodeLimiter, clock: Clock) -> None:
    for _ in range(FREE_ATTEMPTS):
        assert guess(limiter, ONE)
    assert guess(limiter, ONE)
    pauses = []
    for _ in range(8):
        pauses.append(limiter.wait(Guest(ONE)))
        assert not signs_in(limiter, ONE), "a pause is a pause for the right passcode too"
        clock.now += pauses[-1]
        assert guess(limiter, ONE)
    assert pauses == sorted(pauses)
    assert pauses[0] <= 2
    assert pauses[-1] == LONGEST_PAUSE
    clock.now += LONGEST_PAUSE
    assert signs_in(limiter, ONE)


def test_slips_are_forgotten(limiter: PasscodeLimiter, clock: Clock) -> None:
    for _ in range(FREE_ATTEMPTS + 3):
        guess(limiter, ONE)
    clock.now += 900
    for _ in range(FREE_ATTEMPTS):
        assert guess(limiter, ONE)


def test_right_passcodes_are_never_limited(limiter: PasscodeLimiter) -> None:
    for _ in range(FREE_ATTEMPTS):
        guess(limiter, ONE)
    for _ in range(300):
        assert signs_in(limiter, ONE)


def test_right_passcode_gives_no_new_guesses(limiter: PasscodeLimiter) -> None:
    checked = 0
    for _ in range(40):
        checked += guess(limiter, ONE)
        signs_in(limiter, ONE)
    assert checked <= FREE_ATTEMPTS + 1


@pytest.mark.parametrize("network", [THIRD, None])
def test_many_strangers_are_limited_together_but_not_who_is_known(limiter: PasscodeLimiter, network: str) -> None:
    for number in range(300):
        guess(limiter, f"198.51.100.{number}")
    assert limiter.wait(Guest(network)) > 0
    assert not signs_in(limiter, network)
    assert signs_in(limiter, "their browser", known_as="viewer")


def test_who_is_known_is_limited_too(limiter: PasscodeLimiter) -> None:
    assert sum(guess(limiter, ONE, known_as="viewer") for _ in range(100)) <= FREE_ATTEMPTS + 1


def test_viewer_with_many_browsers_is_limited_and_shuts_out_neither_staff_nor_strangers(
    limiter: PasscodeLimiter,
) -> None:
    assert sum(guess(limiter, f"browser {number}", known_as="viewer") for number in range(300)) <= TOGETHER_AT_ONCE
    assert signs_in(limiter, "staff's browser", known_as="staff")
    assert signs_in(limiter, ONE)


def test_visitors_that_look_alike_wait_seconds_at_most(limiter: PasscodeLimiter) -> None:
    while guess(limiter, None):
        pass
    assert 0 < limiter.wait(Guest(None)) <= 2


@pytest.mark.parametrize(
    ("networks", "most"), [(1, DAY / LONGEST_PAUSE + FREE_ATTEMPTS + 10), (2_000, DAY / 2 + 100 + 1)]
)
def test_guesses_per_day_are_those_that_hosts_read_about(
    limiter: PasscodeLimiter, clock: Clock, networks: int, most: float
) -> None:
    """A day of guessing as fast as we allow, on a clock that jumps to the next moment when we do."""
    guesses, end, number = 0, clock.now + DAY, 0
    while clock.now < end:
        network = f"net {number % networks}"
        number += 1
        if guess(limiter, network):
            guesses += 1
        else:
            clock.now += max(0.5, limiter.wait(Guest(network))) if networks == 1 else 2.0
    assert guesses <= most


def test_places_unused_for_longest_are_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PasscodeLimiter, "MAX_PLACES", 5)
    limiter = PasscodeLimiter(clock=clock)
    while guess(limiter, ONE):
        pass
    for number in range(4):
        limiter.wait(Guest(str(number)))
    assert limiter.wait(Guest(ONE)) > 0
    for number in range(5):
        limiter.wait(Guest(str(number)))
    assert limiter.wait(Guest(ONE)) == 0
