"""Results that screens share: each is computed once, and only a few stay."""

from __future__ import annotations

from nethealth.ui.live.connections.latest import MOST, Latest


def test_result_is_computed_once_and_the_oldest_goes() -> None:
    latest, computed = Latest[int](), list[int]()

    def square(number: int) -> int:
        computed.append(number)
        return number * number

    for number in (*range(MOST), MOST - 1, 0):
        assert latest.get(number, lambda number=number: square(number)) == number * number
    assert computed == list(range(MOST))
    latest.get(MOST, lambda: square(MOST))
    assert latest.get(1, lambda: square(1)) == 1  # it was used longest ago
    assert computed == [*range(MOST), MOST, 1]
