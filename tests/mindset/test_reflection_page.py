"""One person's reflection as a file: their own text, escaped, and no score."""

from __future__ import annotations

import datetime as dt

from nethealth.mindset.metrics import QUESTIONS, OwnReflection
from nethealth.mindset.reflection_page import reflection_page, reflection_text
from nethealth.workbook.schema.vocabulary import PAIRS

OWN = OwnReflection(
    positions=(1, None, 3, 4, 5, 2, 5),
    rose_to_the_top=(PAIRS[2].network,),
    thoughts=((QUESTIONS[0], "We met.\n<script>alert(1)</script> & more"), (QUESTIONS[1], "")),
)


def test_page_escapes_what_was_typed() -> None:
    page = reflection_page(OWN, network_name='<img src=x onerror="alert(1)">', day=dt.date(2025, 5, 1))
    assert "<script" not in page
    assert "<img" not in page
    assert "We met.\n&lt;script&gt;" in page
    assert page.count("●") == 6


def test_page_has_no_score() -> None:
    page = reflection_page(OWN, network_name="N", day=dt.date(2025, 5, 1)).casefold()
    assert not any(word in page for word in ("score", "average", "mean ", "total"))


def test_text_has_every_position() -> None:
    text = reflection_text(OWN, network_name="N", day=dt.date(2025, 5, 1))
    assert "●○○○○" in text
    assert "○○○○○" in text
