"""Changes between waves, and metrics without the hub."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.wave_metrics import metrics_by_wave, metrics_without_hub, tie_turnover
from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.workbook.records import Connection, Person, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind

MakeWorkbook = Callable[..., Workbook]


def waves_of(**pairs: str) -> dict[str, object]:
    """Return waves a year apart; `first="ab bc"` are the reports of one."""
    return {
        "connections": tuple(
            Connection(source=pair[0], target=pair[1], wave=name)
            for name, pairs in pairs.items()
            for pair in pairs.split()
        ),
        "waves": tuple(
            Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2020 + at, 5, 1))
            for at, name in enumerate(pairs)
        ),
    }


def test_kept_new_and_lost_ties(workbook_of: MakeWorkbook) -> None:
    people = {key: Person(key=key, name=key) for key in "abcd"} | {
        "n": Person(key="n", name="new", spells=(Spell(dt.date(2021, 1, 1), None),)),
        "l": Person(key="l", name="left", spells=(Spell(None, dt.date(2020, 12, 31)),)),
    }
    fields = waves_of(first="ab bc cd al", second="ba bc an ad", third="")
    first, second, third = metrics_by_wave(workbook_of(people=people, **fields))
    assert (first.kept_ties, first.new_ties, first.lost_ties, first.jaccard) == (None, None, None, None)
    assert (first.metrics.members, first.metrics.ties) == (5, 4)
    # Kept ab and bc, new ad, lost cd; al and an involve someone who isn't in both waves.
    assert (second.kept_ties, second.new_ties, second.lost_ties, second.jaccard) == (2, 1, 1, 2 / 4)
    assert (second.metrics.members, second.metrics.ties) == (5, 4)
    assert (third.kept_ties, third.new_ties, third.lost_ties, third.jaccard) == (0, 0, 4, 0)
    json_of_third = second.as_json()
    assert list(json_of_third)[:2] == ["wave", "date"]
    assert list(json_of_third)[-4:] == ["kept", "new", "lost", "jaccard"]
    assert (json_of_third["wave"], json_of_third["date"], json_of_third["ties"]) == ("second", "2021-05-01", 4)


def test_survey_with_same_name_is_separate(workbook_of: MakeWorkbook) -> None:
    waves = (
        Wave(name="W", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2024, 3, 1), invited=10, responded=2),
        Wave(name="W", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2024, 5, 1), invited=8),
    )
    fields = {"connections": (Connection(source="a", target="b", wave="W"),)}
    (found,) = metrics_by_wave(workbook_of(people="ab", waves=waves, **fields))
    assert (found.date, found.metrics.respondents, found.metrics.response_rate) == (dt.date(2024, 3, 1), 2, 0.2)


def test_more_answers_than_members_give_no_rate(workbook_of: MakeWorkbook) -> None:
    wave = Wave(name="W", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2024, 3, 1), responded=3)
    (found,) = metrics_by_wave(workbook_of(people="ab", waves=(wave,)))
    assert (found.metrics.respondents, found.metrics.response_rate) == (3, None)


def test_waves_without_ties(workbook_of: MakeWorkbook) -> None:
    _, second = metrics_by_wave(workbook_of(people="ab", **waves_of(first="", second="")))
    assert (second.kept_ties, second.new_ties, second.lost_ties, second.jaccard) == (0, 0, 0, None)


def test_rule_applies_to_every_wave(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of(people="abc", **waves_of(first="ab ba", second="ab ba bc"))
    assert [wave.metrics.ties for wave in metrics_by_wave(workbook)] == [1, 2]
    assert [wave.metrics.ties for wave in metrics_by_wave(workbook, rule=TieRule.BOTH)] == [1, 1]


def test_unnamed_wave_and_empty_workbook(workbook_of: MakeWorkbook) -> None:
    (only,) = metrics_by_wave(workbook_of([("a", "b")]))
    assert (only.wave, only.date, only.kept_ties, only.metrics.ties) == (None, None, None, 1)
    assert metrics_by_wave(workbook_of(people="ab")) == ()
    assert metrics_by_wave(workbook_of()) == ()


reported_pairs = st.sets(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1])
)


@settings(max_examples=60, deadline=None)
@given(reported_pairs, reported_pairs)
def test_changes_add_up(workbook_of: MakeWorkbook, before: set[tuple[str, str]], after: set[tuple[str, str]]) -> None:
    earlier, later = (network_at(workbook_of(pairs, people="abcdef")) for pairs in (before, after))
    change = tie_turnover(earlier, later)
    assert change.kept_ties + change.new_ties == len(after)
    assert change.kept_ties + change.lost_ties == len(before)
    assert change.kept_ties == len(before & after)
    back = tie_turnover(later, earlier)
    assert (back.kept_ties, back.new_ties, back.lost_ties, back.jaccard) == (
        change.kept_ties,
        change.lost_ties,
        change.new_ties,
        change.jaccard,
    )


def test_without_the_hub(hand_drawn: Workbook) -> None:
    # Without Cy: Ana-Bo, Di-Ed, Flo-Gus, and two isolates.
    figures = metrics_without_hub(hand_drawn)
    assert figures is not None
    assert (figures.members, figures.ties, figures.isolates, figures.components, figures.largest_component) == (
        8, 3, 2, 5, 2,
    )  # fmt: skip
    assert figures.density == pytest.approx(3 / 28)
    assert (figures.reported_ties, figures.respondents, figures.response_rate) == (4, 5, 0.5)
    assert metrics_without_hub(hand_drawn, wave="2024", rule=TieRule.BOTH) == compute_network_metrics(
        network_at(hand_drawn, rule=TieRule.BOTH, without=frozenset({"cy"}))
    )


def test_no_hub_gives_none(workbook_of: MakeWorkbook) -> None:
    assert metrics_without_hub(workbook_of([("a", "b")])) is None
    assert metrics_without_hub(workbook_of([("a", "b")], hub=frozenset({"elsewhere"}))) is None
    alone = metrics_without_hub(workbook_of([("a", "b")], hub=frozenset("ab")))
    assert alone is not None
    assert alone.members == 0
