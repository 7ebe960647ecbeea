"""Pictures for a room: what they say for people who don't see them, and that nothing in them runs."""

from __future__ import annotations

from nethealth.mindset.metrics import SessionMindset, summarize_mindset
from nethealth.mindset.roles import RoleMindset
from nethealth.mindset.room_pictures import (
    MOST_WORDS,
    questions_picture,
    roles_picture,
    spread_picture,
    spread_text,
    top_picture,
    words_picture,
)
from nethealth.workbook.records import MindsetReflection, Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, Moment

HOSTILE = "<script>alert(1)</script>"


def session(*positions: int, moment: Moment = Moment.NOW, top: tuple[str, ...] = ()) -> SessionMindset:
    people = tuple(
        MindsetReflection(session="Retreat", moment=moment, positions=(position,) * 7, rose_to_the_top=top)
        for position in positions
    )
    (found,) = summarize_mindset(Workbook(mindset=people))
    return found


def test_spread_is_described_and_as_high_as_its_share() -> None:
    picture = spread_picture(session(1, 1, 4, 4, 4))
    assert picture.count('aria-label="2 people much closer to the left, 3 people closer to the right"') == 7
    assert picture.count("--h:0.6667") == picture.count("--h:1.0000") == 7
    assert "nh-two" not in picture


def test_second_moment_hangs_below() -> None:
    picture = spread_picture(session(1, 1, 1, 1, 1), session(5, 5, 5, 5, 5, 5, moment=Moment.HOPED_FOR))
    assert picture.count("nh-below") == 7
    assert "Now (5)" in picture
    assert "Hoped for (6)" in picture


def test_few_people_are_hidden() -> None:
    assert spread_picture(session(1, 1, 1, 1)).count("Hidden") == 7
    assert "Hidden" in top_picture(session(1, 1, top=(CHARACTERISTICS[0],)))
    below = spread_picture(session(1, 1, 1, 1, 1), session(2, 2, moment=Moment.HOPED_FOR))
    assert below.count("Hidden") == 7
    assert "closer to the left, " not in below


def test_top_is_sorted_by_people() -> None:
    picture = top_picture(session(*(1,) * 5, top=(CHARACTERISTICS[5], CHARACTERISTICS[2])))
    assert picture.index(CHARACTERISTICS[2]) < picture.index(CHARACTERISTICS[5])
    assert "named" in top_picture(session(1, 1, 1, 1, 1))


def test_what_people_typed_is_escaped() -> None:
    assert HOSTILE not in words_picture([HOSTILE])
    assert HOSTILE not in questions_picture([HOSTILE])
    roles = [RoleMindset(HOSTILE, session(1, 1, 1, 1, 1)), RoleMindset("Coach", session(2, 2, 2, 2, 2))]
    assert HOSTILE not in roles_picture(roles)
    assert words_picture(["word"] * 20).count("<blockquote>") == MOST_WORDS


def test_roles_of_different_size_are_compared_by_their_shares() -> None:
    roles = [RoleMindset("Coach", session(*[1] * 3, *[2] * 3)), RoleMindset("Teacher", session(*[1] * 12, *[5] * 6))]
    picture = roles_picture(roles)
    assert "Coach (6)" in picture
    # Of the teachers, two thirds are the most; half of the coaches are three quarters of that.
    assert [picture.count(f"--h:{height:.4f}") for height in (1, 0.75, 0.5, 2 / 3)] == [7, 14, 7, 0]


def test_spread_in_words_leaves_out_empty_steps() -> None:
    assert spread_text((0, 1, 0, 0, 2)) == "1 person closer to the left, 2 people much closer to the right"
