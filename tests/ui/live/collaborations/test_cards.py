"""Collaborations on the screen: as typed, escaped, and not more than fit."""

from __future__ import annotations

import pytest

from nethealth.live.collaborations import Collaboration, Mention
from nethealth.ui.live.collaborations.cards import MOST, cards_html


def card(number: int, *, name: str = "", purpose: str = "", people: str = "") -> Collaboration:
    mention = Mention(
        id=str(number), row="", name=name or f"Project {number}", purpose=purpose, people=people, number=number
    )
    return Collaboration(mentions=(mention,))


def test_what_was_typed_is_escaped() -> None:
    shown = cards_html([card(1, name="<b>Garden", purpose="<img src=x>", people="Ana & Ben")])
    assert "&lt;b&gt;Garden" in shown
    assert "<img" not in shown
    assert "Ana &amp; Ben" in shown


@pytest.mark.parametrize(("count", "size"), [(1, "few"), (7, "some"), (13, "many"), (MOST, "many")])
def test_cards_are_larger_if_there_are_few(count: int, size: str) -> None:
    shown = cards_html([card(number) for number in range(count)])
    assert f'class="nh-collaborations {size}"' in shown
    assert shown.count("<li>") == count
    assert f"Project {count - 1}<" in shown


def test_no_cards_say_so() -> None:
    assert "<li>" not in cards_html([])
