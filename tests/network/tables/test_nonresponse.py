"""Who answered, in words that fit how many did."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from nethealth.network import Nonresponse, Range, network_at
from nethealth.network.tables import nonresponse as tables
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

SOME = Nonresponse(
    was_surveyed=True,
    known_respondents=8,
    nonrespondents=2,
    respondents=8,
    invited=10,
    response_rate=0.8,
    ranges=MappingProxyType(
        {
            "isolates": Range(as_reported=4, if_all_answered=2.2),
            "density": Range(as_reported=0.1, if_all_answered=0.2),
            "average_ties": Range(as_reported=1.0, if_all_answered=1.5),
        }
    ),
)
FACTS = replace(
    SOME, was_surveyed=False, respondents=None, invited=None, response_rate=None, nonrespondents=0, ranges={}
)


@pytest.mark.parametrize(
    ("silence", "title"),
    [
        (SOME, "8 of 10 people answered (80%)"),
        (replace(SOME, respondents=10, response_rate=1.0), "All 10 who were asked answered"),
        (replace(SOME, invited=None, response_rate=None), "8 people answered"),
        (replace(SOME, respondents=0, response_rate=0.0), "0 of 10 people answered (0%)"),
        (FACTS, "Nobody has been asked about their ties yet"),
    ],
)
def test_the_heading_says_who_answered(silence: Nonresponse, title: str) -> None:
    assert tables.silence_title(silence) == title


@pytest.mark.parametrize(
    ("rate", "begins", "warns"),
    [
        (0.8, "That is enough", False),
        (0.79, "Read the figures with some care", True),
        (0.67, "Read the figures with some care", True),
        (0.66, "That is few: the map shows who answered as much as who is connected", True),
        # Two people of the network were not asked, or answered without a name.
        (1.0, "As many answered as were asked, yet perhaps not everybody here was. Of 2 people here no answer", False),
    ],
)
def test_whether_it_could_matter(rate: float, begins: str, warns: bool) -> None:
    silence = replace(SOME, response_rate=rate)
    assert tables.silence_text(silence).startswith(begins)
    assert tables.is_worth_a_warning(silence) is warns


def test_nothing_is_missing_where_nobody_is_silent() -> None:
    assert tables.silence_text(replace(SOME, nonrespondents=0, response_rate=1.0)).startswith("Nothing is missing")


def test_where_nobody_was_asked_it_says_what_the_map_stands_on() -> None:
    assert tables.silence_text(FACTS).startswith("Every tie here is known from weavers, convenings or staff")
    assert not tables.is_worth_a_warning(FACTS)
    assert tables.range_rows(FACTS) == []
    assert tables.no_range_text(FACTS) is None


def test_without_a_count_of_who_was_asked_those_here_stand_for_it() -> None:
    silence = replace(SOME, invited=None, response_rate=None, known_respondents=5, nonrespondents=5)
    assert tables.silence_text(silence).startswith("That is few")
    nobody = replace(silence, known_respondents=0, nonrespondents=0)
    assert tables.silence_text(nobody).startswith("Nobody noted who was asked")


def test_where_nobody_knows_who_of_some_answered_it_says_so() -> None:
    unknown = replace(
        SOME, respondents=None, invited=None, response_rate=None, nonrespondents=0, ranges=MappingProxyType({})
    )
    assert tables.silence_title(unknown) == "How many of these people answered is not known"
    assert tables.silence_text(unknown).startswith("Nobody noted who was asked")
    assert not tables.is_worth_a_warning(unknown)


def test_a_sheet_that_does_not_say_who_answered_is_not_taken_to_say_so() -> None:
    guessed = replace(SOME, are_respondents_recorded=False)
    assert "named somebody" in tables.silence_title(guessed)
    assert "The sheet does not say who answered" in tables.silence_text(guessed)
    assert "The sheet does not say" not in tables.silence_text(SOME)


def test_answers_without_a_name_are_owned_up_to() -> None:
    said = tables.silence_text(replace(SOME, known_respondents=6, nonrespondents=4))
    assert "Of 4 people here no answer is known" in said
    assert "2 answers are counted without a name" in said


def test_ranges_are_rows_with_density_beside_ties_per_member() -> None:
    assert tables.range_rows(SOME) == [
        {"Figure": "Ties per member", "As it was said": "1", "If all had answered alike": "1.5"},
        {"Figure": "Density", "As it was said": "10%", "If all had answered alike": "20%"},
        {"Figure": "People without a tie", "As it was said": "4", "If all had answered alike": "2"},
    ]


def test_where_too_few_answered_it_says_so() -> None:
    assert tables.no_range_text(SOME) is None
    too_few = replace(SOME, ranges=MappingProxyType({}))
    assert tables.no_range_text(too_few) == "Too few answered to say what the others might have said."


@pytest.mark.parametrize(
    ("answered", "silent", "hidden"),
    [(8, 5, False), (8, 4, True), (4, 8, True), (8, 0, False), (0, 8, False), (0, 1, True), (1, 0, True)],
)
def test_of_a_few_people_viewers_are_not_told_who_answered(answered: int, silent: int, hidden: bool) -> None:
    silence = replace(SOME, known_respondents=answered, nonrespondents=silent)
    assert (tables.held_back(silence, smallest_group=5) is not None) is hidden
    assert tables.held_back(silence, smallest_group=0) is None
    assert tables.held_back(FACTS, smallest_group=5) is None


def test_why_it_is_held_back() -> None:
    withheld = tables.held_back(SOME, smallest_group=5)
    assert withheld is not None
    assert tables.held_back_text(withheld).startswith("Of these people fewer than 5 answered, or did not")


def test_names_leave_out_who_is_not_to_be_shown() -> None:
    people = {key: Person(key=key, name=f"{key.upper()} Smith", on_map=key != "d") for key in "abcd"}
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), respondents=("a",))
    tie = Connection(source="a", target="b", wave="w")
    network = network_at(Workbook(people=people, waves=(wave,), connections=(tie,)))
    assert tables.silent_names(network) == ["B Smith", "C Smith"]
    assert "1 more is not to be shown" in tables.names_text(replace(SOME, nonrespondents=3), shown=2)
    assert "more" not in tables.names_text(replace(SOME, nonrespondents=2), shown=2).replace("more than a", "")
