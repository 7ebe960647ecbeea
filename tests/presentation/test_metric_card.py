"""Cards as HTML."""

from __future__ import annotations

from nethealth.presentation.metric_card import Card, cards_html


def test_cards_are_a_definition_list() -> None:
    markup = cards_html([Card("Members", "85"), Card("New", "12", "since 2025")])
    assert markup.count("<dt>") == 2
    assert "<dt>Members</dt><dd>85</dd>" in markup
    assert markup.count("since 2025") == 1


def test_texts_are_escaped() -> None:
    assert "<b>" not in cards_html([Card("<b>", "<b>", "<b>")])


def test_no_cards_give_nothing() -> None:
    assert cards_html([]) == ""
