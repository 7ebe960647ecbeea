"""The picture of a pulse: hidden if few answered, escaped, and next to another moment."""

from __future__ import annotations

from nethealth.live.pulse import StatementAnswers
from nethealth.live.pulse_picture import agreement_text, pulse_picture
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import Moment

HOSTILE = "<img src=x onerror=alert(1)>"


def answers(*counts: int, session: str = "Retreat", moment: Moment = Moment.AFTER) -> StatementAnswers:
    return StatementAnswers(statement=HOSTILE, session=session, moment=moment, counts=counts)


def test_answers_are_described_and_text_is_escaped() -> None:
    picture = pulse_picture([(answers(1, 0, 0, 2, 3), None)])
    assert "Strongly disagree: 1, Disagree: 0, Neutral: 0, Agree: 2, Strongly agree: 3" in picture
    assert "<img" not in picture
    assert picture.count("nh-stack") == 1


def test_other_moment_is_named_briefly_in_the_same_session() -> None:
    before = answers(5, 0, 0, 0, 1, moment=Moment.BEFORE)
    picture = pulse_picture([(answers(0, 0, 0, 0, 6), before)])
    assert f"Before: {agreement_text((5, 0, 0, 0, 1))}" in picture
    other = answers(5, 0, 0, 0, 1, session="Spring", moment=Moment.BEFORE)
    assert "Spring · Before" in pulse_picture([(answers(0, 0, 0, 0, 6), other)])


def test_few_answers_are_hidden() -> None:
    hidden = StatementAnswers(statement="We listen.", session="Retreat", moment=Moment.NOW, counts=TooFew(5))
    assert "Hidden" in pulse_picture([(hidden, None)])
    assert "nh-stack" not in pulse_picture([(hidden, None)])


def test_agreement_counts_both_kinds() -> None:
    assert agreement_text((1, 0, 3, 2, 4)) == "6 of 10 people agree"
