"""How much may come at once, and how fast it may go on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nethealth.ui.server.phones.limits import Allowances, PhoneLimits
from tests.ui.server.phones.conftest import Clock


def test_uses_come_back_with_time(clock: Clock) -> None:
    uses = Allowances(2, 0.5, clock=clock)
    assert [uses.take("a"), uses.take("a"), uses.take("a")] == [0, 0, 2]
    assert uses.take("b") == 0
    clock.now += 1
    assert uses.take("a") == 1
    clock.now += 1
    assert uses.take("a") == 0
    clock.now += 1_000
    assert [uses.take("a"), uses.take("a"), uses.take("a")] == [0, 0, 2]


@given(st.lists(st.floats(0, 3), max_size=60))
def test_never_more_than_allowed(pauses: list[float]) -> None:
    own = Clock()
    uses, taken, started = Allowances(3, 2, clock=own), 0, own.now
    for pause in pauses:
        own.now += pause
        taken += uses.take("a") == 0
        assert taken <= 3 + 2 * (own.now - started) + 1e-6


def test_place_is_known_by_the_session_joined_there(clock: Clock) -> None:
    limits = PhoneLimits(clock=clock)
    limits.know("203.0.113.7", "s1")
    limits.know(None, "s2")
    assert limits.guest("203.0.113.7").known_as == "s1"
    assert limits.guest("203.0.113.8").known_as == ""
    assert limits.guest(None).known_as == ""
