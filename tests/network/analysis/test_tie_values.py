"""Summaries of tie values by hand, and what is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.tie_values import Answers, TieValueSummary, average_answer, summarize_tie_values
from nethealth.network.graph import network_at
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import FREQUENCY, HeardThrough, Scale, TieMeasure

REGION = {"a": "North", "b": "North", "c": "North", "d": "South", "e": "South", "f": "South", "g": ""}


def workbook_of_rows(*rows: str, smallest: int = 2, **more: Any) -> Workbook:
    """Return a workbook in which `"ab 4 5"` is a report by a on b with trust 4 and value 5; a dash is no answer."""
    connections = []
    for row in rows:
        pair, *numbers = row.split()
        trust, value = (None if number == "-" else float(number) for number in [*numbers, "-"][:2])
        given = {name: number for name, number in (("Trust", trust), ("Value", value)) if number is not None}
        connections.append(Connection(source=pair[0], target=pair[1], measures=given))
    return Workbook(
        settings=Settings(smallest_group=smallest),
        people={
            key: Person(key=key, name=key, attributes={"Region": region} if region else {})
            for key, region in REGION.items()
        },
        attributes=("Region",),
        connections=tuple(connections),
        **{"tie_measures": (TieMeasure("Trust"), TieMeasure("Value")), **more},
    )


def only(workbook: Workbook) -> TieValueSummary:
    (found,) = summarize_tie_values(network_at(workbook), workbook, column="Region")
    return found


def totals(summary: object) -> tuple[int, int, float]:
    assert isinstance(summary, Answers)
    return summary.people, summary.answers, summary.mean


def test_within_and_across() -> None:
    # Within North: 4, 2, 3; within South: 5, 5; across: 1, 2; Gus, rated 5 by Ana and Bo, has no region.
    found = only(workbook_of_rows("ab 4", "ba 2", "bc 3", "de 5", "fe 5", "ad 1", "ea 2", "ag 5", "bg 5"))
    assert found.name == "Trust"
    assert totals(found.overall) == (5, 9, pytest.approx(32 / 9))
    assert isinstance(found.overall, Answers)
    assert dict(found.overall.counts) == {"1": 1, "2": 2, "3": 1, "4": 1, "5": 4}
    assert totals(found.within) == (4, 5, pytest.approx(19 / 5))
    assert totals(found.across) == (2, 2, pytest.approx(1.5))
    assert {value: totals(summary) for value, summary in found.by_value.items()} == {
        "North": (2, 3, 3.0),
        "South": (2, 2, 5.0),
    }
    assert isinstance(found.across, Answers)
    assert dict(found.across.counts) == {"1": 1, "2": 1, "3": 0, "4": 0, "5": 0}


def test_few_answers_without_value_hide_parts() -> None:
    # Gus has no region and is the only one to rate Ana 1, so the total minus within and across would be his answer.
    rows = ("ab 4", "ba 2", "bc 3", "de 5", "fe 5", "ad 1", "ea 2")
    found = only(workbook_of_rows(*rows, "ga 1"))
    assert totals(found.overall) == (6, 8, pytest.approx(23 / 8))
    assert found.within == found.across == TooFew(2)
    assert set(found.by_value.values()) == {TooFew(2)}
    two = only(workbook_of_rows(*rows, "ga 1", "fg 3"))
    assert totals(two.within) == (4, 5, pytest.approx(19 / 5))


def test_large_numbers_have_thousands_separators() -> None:
    workbook = workbook_of_rows("ab - 250", "ba - 12345.5", "bc - 1000000", "cb - 3")
    (value,) = summarize_tie_values(network_at(workbook), workbook)
    assert isinstance(value.overall, Answers)
    # From 3 to a million in five ranges with round ends, so that no one's exact answer shows.
    assert dict(value.overall.counts) == {
        "0 to 200,000": 3,
        "200,000 to 400,000": 0,
        "400,000 to 600,000": 0,
        "600,000 to 800,000": 0,
        "800,000 to 1,000,000": 1,
    }
    (near,) = summarize_tie_values(network_at(next_to := workbook_of_rows("ab - 1000001", "ba - 1000003")), next_to)
    assert isinstance(near.overall, Answers)
    assert dict(near.overall.counts) == {"1,000,001": 1, "1,000,002": 0, "1,000,003": 1}


def test_measures_with_answers_in_order() -> None:
    workbook = workbook_of_rows("ab - 4", "ba 2 3")
    found = summarize_tie_values(network_at(workbook), workbook)
    # Only one person rated trust.
    assert [(one.name, one.overall == TooFew(2)) for one in found] == [("Trust", True), ("Value", False)]
    assert totals(found[1].overall) == (2, 2, 3.5)
    assert all(one.within is one.across is None for one in found)
    nothing = workbook_of_rows("ab -")
    assert summarize_tie_values(network_at(nothing), nothing, column="Region") == ()


def test_highest_answer_counts_and_facts_do_not() -> None:
    workbook = workbook_of_rows("ab 2", "ab 4", "ba 3", "bc 3")
    fact = Connection(source="a", target="c", measures={"Trust": 5}, heard_through=HeardThrough.STAFF)
    workbook = Workbook(
        settings=workbook.settings,
        people=workbook.people,
        attributes=("Region",),
        tie_measures=workbook.tie_measures,
        connections=(*workbook.connections, fact),
    )
    assert totals(only(workbook).overall) == (2, 3, pytest.approx(10 / 3))
    averages = {tie.pair: average_answer(tie, "Trust") for tie in network_at(workbook).ties}
    assert averages == {("a", "b"): 3.5, ("b", "c"): 3.0, ("a", "c"): None}


def test_few_people_are_hidden_with_complement() -> None:
    # Only one person answered across, so within would reveal it.
    found = only(workbook_of_rows("ab 4", "ba 2", "bc 3", "de 5", "ed 4", "ad 1"))
    assert totals(found.overall) == (4, 6, pytest.approx(19 / 6))
    assert found.within == found.across == TooFew(2)
    assert set(found.by_value.values()) == {TooFew(2)}
    # Only one person answered in South, so North is hidden, too; otherwise the rest would be South's.
    found = only(workbook_of_rows("ab 4", "ba 2", "bc 3", "de 5", "ad 1", "ba 2", "ca 1", "ce 2"))
    assert isinstance(found.within, Answers)
    assert found.by_value == {"North": TooFew(2), "South": TooFew(2)}
    alone = workbook_of_rows("ab 4", smallest=3)
    (summary,) = summarize_tie_values(network_at(alone), alone)
    assert summary.overall == TooFew(3)


def test_numbers_become_levels() -> None:
    wide = only(workbook_of_rows("ab 0", "ba 100", "bc 19.9", "de 20", "ed 99"))
    assert isinstance(wide.overall, Answers)
    assert dict(wide.overall.counts) == {
        "0 to 20": 2, "20 to 40": 1, "40 to 60": 0, "60 to 80": 0, "80 to 100": 2,
    }  # fmt: skip
    same = only(workbook_of_rows("ab 2.5", "ba 2.5"))
    assert isinstance(same.overall, Answers)
    assert sum(same.overall.counts.values()) == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.integers(1, 5)).filter(
            lambda row: row[0] != row[1]
        ),
        min_size=1,
        max_size=20,
    )
)
def test_parts_add_up(rows: list[tuple[str, str, int]]) -> None:
    found = only(workbook_of_rows(*(f"{one}{other} {number}" for one, other, number in rows), smallest=1))
    assert isinstance(found.overall, Answers)
    assert sum(found.overall.counts.values()) == found.overall.answers == len({row[:2] for row in rows})
    parts = [part for part in (found.within, found.across) if isinstance(part, Answers)]
    with_values = {row[:2] for row in rows if "g" not in row[:2]}
    assert sum(part.answers for part in parts) == len(with_values)
    inside = [part.answers for part in found.by_value.values() if isinstance(part, Answers)]
    assert sum(inside) == sum(REGION[one] == REGION[other] for one, other in with_values)


def summary_of(*numbers: float, name: str = "Hours", scale: Scale | None = None) -> TieValueSummary:
    """Return the summary if each number is one person's answer about another, in turn around the seven people."""
    keys = list(REGION)
    pairs = [(one, other) for step in range(1, 7) for one, other in zip(keys, keys[step:] + keys[:step], strict=True)]
    ties = [
        Connection(source=a, target=b, measures={name: number}) for (a, b), number in zip(pairs, numbers, strict=False)
    ]
    workbook = workbook_of_rows(tie_measures=(TieMeasure(name, scale),))
    (found,) = summarize_tie_values(network_at(whole := replace(workbook, connections=tuple(ties))), whole)
    return found


def counts(found: TieValueSummary) -> dict[str, int]:
    assert isinstance(found.overall, Answers)
    return dict(found.overall.counts)


def test_scale_shows_all_points_with_labels() -> None:
    found = summary_of(4, 4, 2, name="Frequency", scale=FREQUENCY)
    assert counts(found) == {"1 Never": 0, "2 Rarely": 1, "3 Sometimes": 0, "4 Often": 2, "5 Always": 0}
    assert (found.name, found.end_labels, found.span) == ("Frequency", ("1 Never", "5 Always"), 4)
    # A number that isn't on the scale, as from another form, makes all answers plain numbers.
    assert counts(summary_of(4, 6, scale=FREQUENCY)) == {"4": 1, "5": 0, "6": 1}


@pytest.mark.parametrize(
    ("numbers", "names", "ends"),
    [
        ((0.5, 37.5, 12), ["0 to 10", "10 to 20", "20 to 30", "30 to 40"], ("0", "40")),
        ((3, 41), ["0 to 10", "10 to 20", "20 to 30", "30 to 40", "40 to 50"], ("0", "50")),
        ((0.05, 0.45), ["0 to 0.1", "0.1 to 0.2", "0.2 to 0.3", "0.3 to 0.4", "0.4 to 0.5"], ("0", "0.5")),
        ((-7.5, 4), ["-7.5 to -5", "-5 to -2.5", "-2.5 to 0", "0 to 2.5", "2.5 to 5"], ("-7.5", "5")),
        ((2.5, 2.5), ["2.5"], ("2.5", "2.5")),
        ((1.0, 1.0 + 1e-12), ["1"], ("1", "1")),
        ((-2, 0, 2), ["-2", "-1", "0", "1", "2"], ("-2", "2")),
    ],
)
def test_levels_have_round_ends(numbers: Any, names: list[str], ends: tuple[str, str]) -> None:
    found = summary_of(*numbers)
    assert list(counts(found)) == names
    assert found.end_labels == ends
    assert sum(counts(found).values()) == len(numbers)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=20))
def test_every_answer_has_a_level(numbers: list[float]) -> None:
    found = summary_of(*numbers)
    assert isinstance(found.overall, Answers)
    assert sum(found.overall.counts.values()) == len(numbers)
    assert len(found.overall.counts) <= 11


def test_strength_comes_first() -> None:
    rows = tuple(
        Connection(source=a, target=b, strength=2, measures={"Hours": 3, "Trust": 4, "Ease": 1})
        for a, b in ("ab", "ba", "bc")
    )
    names = ("Trust", "Hours", "Ease", "Asked in another wave")
    workbook = replace(workbook_of_rows(), connections=rows, tie_measures=tuple(map(TieMeasure, names)))
    found = summarize_tie_values(network_at(workbook), workbook, column="Region")
    assert [one.name for one in found] == ["Strength", "Trust", "Hours", "Ease"]
    assert all(totals(one.within)[:2] == (2, 3) for one in found)


def test_every_measure_hides_the_same() -> None:
    rows = ("ab", "ba", "bc", "de", "fe", "ad", "ea")
    names = ("Trust", "Hours", "Frequency")
    for smallest in (2, 3, 5, 6):
        ties = tuple(Connection(source=a, target=b, measures=dict.fromkeys(names, 3.0)) for a, b in rows)
        workbook = replace(
            workbook_of_rows(), settings=Settings(smallest_group=smallest), connections=ties,
            tie_measures=tuple(map(TieMeasure, names)),
        )  # fmt: skip
        found = summarize_tie_values(network_at(workbook), workbook, column="Region")
        assert len({repr(replace(one, name="")) for one in found}) == 1
        # Five people answered.
        assert isinstance(found[0].overall, TooFew) is (smallest > 5)


def two_columns(people: int) -> Workbook:
    """People rate the next three, the first only one. Two columns differ in the first person alone."""
    letters = [chr(ord("a") + number) for number in range(people)]

    def attributes(number: int) -> dict[str, str]:
        half = "North" if number < people // 2 else "South"
        return {"Region": half, "District": "South" if number == 0 else half}

    return Workbook(
        settings=Settings(smallest_group=3),
        people={
            key: Person(key=key, name=f"Name {key}", attributes=attributes(number))
            for number, key in enumerate(letters)
        },
        attributes=("Region", "District"),
        connections=tuple(
            Connection(source=key, target=letters[number + step], measures={"Trust": float(1 + (number + step) % 5)})
            for number, key in enumerate(letters)
            for step in ((1, 2, 3) if number else (1,))
            if number + step < people
        ),
        tie_measures=(TieMeasure("Trust"),),
    )


def single_answers(workbook: Workbook) -> int:
    """How many single answers follow from all averages by all columns, as linear equations of the answers."""
    network = network_at(workbook)
    ties = [tie for tie in network.ties if average_answer(tie, "Trust") is not None]
    equations = []
    for column in workbook.attributes:
        for summary in summarize_tie_values(network, workbook, column=column):
            values = [[network.people[end].attributes[column] for end in tie.pair] for tie in ties]
            parts = {
                "overall": [True for _ in ties],
                "within": [one == other for one, other in values],
                "across": [one != other for one, other in values],
                **{value: [one == other == value for one, other in values] for value in summary.by_value},
            }
            shown = {"overall": summary.overall, "within": summary.within, "across": summary.across, **summary.by_value}
            for name, answers in shown.items():
                if isinstance(answers, Answers):
                    assert answers.answers == sum(parts[name])
                    equations.append(parts[name])
    known = np.array(equations, dtype=float)
    rank = np.linalg.matrix_rank(known)
    return sum(np.linalg.matrix_rank(np.vstack([known, answer])) == rank for answer in np.eye(len(ties)))


@pytest.mark.parametrize("people", [12, 20])
def test_two_columns_give_viewers_no_single_answer(people: int) -> None:
    workbook = two_columns(people)
    assert single_answers(workbook), "for staff, the columns differ in one person's answer"
    assert single_answers(redact_for_viewers(workbook)) == 0


def test_viewers_get_averages_without_counts() -> None:
    workbook = redact_for_viewers(two_columns(12))
    summary = next(each for each in summarize_tie_values(network_at(workbook), workbook, column="Region"))
    assert isinstance(summary.overall, Answers)
    assert (summary.overall.answers, dict(summary.overall.counts)) == (28, {})
    assert (summary.within, summary.across, dict(summary.by_value)) == (None, None, {})
