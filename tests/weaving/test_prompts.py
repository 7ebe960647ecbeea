"""Prompts for conversations: enough of them, each once, short, and a question or an offer."""

from __future__ import annotations

from nethealth.weaving.prompts import AIMS

PROMPTS = [prompt for aim in AIMS for prompt in aim.prompts]


def test_each_aim_has_several() -> None:
    assert [aim.name for aim in AIMS] == ["First conversation", "Challenges", "Hopes", "Connections", "Offers"]
    assert all(4 <= len(aim.prompts) <= 8 for aim in AIMS)
    assert 25 <= len(PROMPTS) <= 35


def test_none_appears_twice() -> None:
    assert len({prompt.casefold() for prompt in PROMPTS}) == len(PROMPTS)


def test_each_is_short_enough_to_say() -> None:
    assert [prompt for prompt in PROMPTS if len(prompt.split()) > 14] == []


def test_each_asks_for_something() -> None:
    assert [prompt for prompt in PROMPTS if "?" not in prompt] == []
