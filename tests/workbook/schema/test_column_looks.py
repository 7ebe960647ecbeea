"""How columns look in the template."""

from __future__ import annotations

from nethealth.workbook.schema.column_looks import (
    REQUIRED,
    column_width,
    drop_down,
    header_note,
    number_format,
    wraps,
)
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS, WEAVING


def test_note_says_what_is_required() -> None:
    assert header_note(WEAVING.columns["date"]).startswith(REQUIRED)
    assert REQUIRED not in header_note(WEAVING.columns["due"])


def test_dates_show_as_dates_and_text_as_typed() -> None:
    assert number_format(WEAVING.columns["due"]) == "yyyy-mm-dd"
    assert number_format(WEAVING.columns["entry_id"]) == "@"


def test_long_texts_wrap_in_wide_columns() -> None:
    assert wraps(WEAVING.columns["what_we_heard"])
    assert not wraps(WEAVING.columns["date"])
    assert column_width(WEAVING.columns["what_we_heard"]) > column_width(WEAVING.columns["date"])


def test_names_are_offered_from_members() -> None:
    offered = drop_down(WEAVING, "member", WEAVING.columns["member"])
    assert offered is not None
    assert offered.cells_of == (MEMBERS, "name")
    assert drop_down(MEMBERS, "name", MEMBERS.columns["name"]) is None


def test_only_lists_of_known_words_warn() -> None:
    heard = drop_down(CONNECTIONS, "heard_through", CONNECTIONS.columns["heard_through"])
    strength = drop_down(CONNECTIONS, "strength", CONNECTIONS.columns["strength"])
    assert heard is not None
    assert heard.warns
    assert strength is not None
    assert (strength.options, strength.warns) == (("1", "2", "3", "4", "5"), False)
