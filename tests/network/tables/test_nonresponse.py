"""Response texts that fit how many people answered."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from nethealth.network.analysis.nonresponse import Nonresponse, Range
from nethealth.network.graph import network_at
from nethealth.network.tables import nonresponse as tables
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.texts import numbers_in

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
    ("responses", "title"),
    [
        (SOME, "8 of 10 people answered (80%)"),
        (replace(SOME, respondents=10, response_rate=1.0), "Everyone we asked answered (10 people)"),
        (replace(SOME, invited=None, response_rate=None), "8 people answered"),
        (replace(SOME, respondents=0, response_rate=0.0), "0 of 10 people answered (0%)"),
        (FACTS, "No one has been asked about their connections yet"),
    ],
)
def test_heading_counts_responses(responses: Nonresponse, title: str) -> None:
    assert tables.response_title(responses) == title


@pytest.mark.parametrize(
    ("rate", "begins", "warns"),
    [
        (0.8, "That’s enough", False),
        (0.79, "Read these metrics with care", True),
        (0.67, "Read these metrics with care", True),
        (0.66, "That’s low", True),
        # Two people in the network were not asked, or answered without a name.
        (1.0, "As many people answered as were asked", False),
    ],
)
def test_low_response_rates_warn(rate: float, begins: str, warns: bool) -> None:
    responses = replace(SOME, response_rate=rate)
    assert tables.response_text(responses, for_staff=True).startswith(begins)
    assert tables.needs_warning(responses) is warns


def test_complete_responses_say_so() -> None:
    assert tables.response_text(replace(SOME, nonrespondents=0, response_rate=1.0), for_staff=True).startswith(
        "No responses are missing"
    )


def test_no_one_asked_names_other_sources() -> None:
    assert tables.response_text(FACTS, for_staff=True).startswith("Every connection here comes from weavers")
    assert not tables.needs_warning(FACTS)
    assert tables.range_rows(FACTS) == []
    assert tables.no_range_text(FACTS) is None


def test_unknown_invitations_count_the_people_here() -> None:
    responses = replace(SOME, invited=None, response_rate=None, known_respondents=5, nonrespondents=5)
    assert tables.response_text(responses, for_staff=True).startswith("That’s low")
    no_one = replace(responses, known_respondents=0, nonrespondents=0)
    assert tables.response_text(no_one, for_staff=True).startswith("No one recorded who was asked")


def test_unknown_responses_say_so() -> None:
    unknown = replace(
        SOME, respondents=None, invited=None, response_rate=None, nonrespondents=0, ranges=MappingProxyType({})
    )
    assert tables.response_title(unknown).startswith("We don’t know how many")
    assert tables.response_text(unknown, for_staff=True).startswith("No one recorded who was asked")
    assert not tables.needs_warning(unknown)


def test_unrecorded_responses_say_so() -> None:
    guessed = replace(SOME, are_respondents_recorded=False)
    assert "named someone" in tables.response_title(guessed)
    assert "The workbook doesn’t record who answered" in tables.response_text(guessed, for_staff=True)
    assert "doesn’t record" not in tables.response_text(SOME, for_staff=True)


def test_responses_without_names_are_mentioned() -> None:
    text = tables.response_text(replace(SOME, known_respondents=6, nonrespondents=4), for_staff=True)
    assert "4 people didn’t answer" in text
    assert "2 responses have no name" in text


def test_viewers_get_no_count_of_nonrespondents_on_the_map() -> None:
    texts = {
        tables.response_text(replace(SOME, known_respondents=known, nonrespondents=silent), for_staff=False)
        for known, silent in ((8, 2), (7, 1), (6, 0))
    }
    assert len(texts) == 1
    assert numbers_in(texts.pop()) == []


def test_text_counts_people_off_the_map() -> None:
    assert "2 people (1 not on the map)" in tables.response_text(SOME, not_on_map=1, for_staff=True)


def test_range_rows_have_both_values() -> None:
    assert [tuple(row.values())[1:] for row in tables.range_rows(SOME)] == [("1", "1.5"), ("10%", "20%"), ("4", "2")]


def test_too_few_responses_give_no_range() -> None:
    assert tables.no_range_text(SOME) is None
    too_few = replace(SOME, ranges=MappingProxyType({}))
    assert "Too few people answered" in str(tables.no_range_text(too_few))


@pytest.mark.parametrize(
    ("answered", "silent", "hidden"),
    [(8, 5, False), (8, 4, True), (4, 8, True), (8, 0, False), (0, 8, False), (0, 1, True), (1, 0, True)],
)
def test_counts_are_hidden_among_few_people(answered: int, silent: int, hidden: bool) -> None:
    responses = replace(SOME, known_respondents=answered, nonrespondents=silent)
    assert (tables.hidden_count(responses, smallest_group=5) is not None) is hidden
    assert tables.hidden_count(responses, smallest_group=0) is None
    assert tables.hidden_count(FACTS, smallest_group=5) is None


def test_why_it_is_hidden_count() -> None:
    withheld = tables.hidden_count(SOME, smallest_group=5)
    assert withheld is not None
    assert tables.hidden_text(withheld).startswith("Fewer than 5 people answered")


def test_names_leave_out_hidden_people() -> None:
    people = {key: Person(key=key, name=f"{key.upper()} Smith", on_map=key != "d") for key in "abcd"}
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), respondents=("a",))
    tie = Connection(source="a", target="b", wave="w")
    network = network_at(Workbook(people=people, waves=(wave,), connections=(tie,)))
    assert tables.nonrespondent_names(network) == ["B Smith", "C Smith"]
    assert "1 more person asked not to be shown" in tables.names_text(replace(SOME, nonrespondents=3), shown=2)
    assert "more" not in tables.names_text(replace(SOME, nonrespondents=2), shown=2)
