"""Ties before and after convenings, by hand and by brute force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.convening_effect import ConveningEffect, PairCounts, analyze_convening_effect
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Gathering, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule, WaveKind

MakeWorkbook = Callable[..., Workbook]
RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})


def workbook_of_waves(
    waves: Iterable[str], *convenings: tuple[str, str], people: str = "abcdefgh", **more: Any
) -> Workbook:
    """Return a workbook with waves on May 1 of 2020, 2021, …, as pairs who report a tie, and convenings."""
    waves = list(waves)
    fields: dict[str, Any] = {
        "people": {key: Person(key=key, name=key) for key in people},
        "today": dt.date(2025, 1, 1),
        "settings": Settings(smallest_group=3),
        "waves": tuple(
            Wave(name=f"{2020 + at}", kinds=RELATIONSHIPS, date=dt.date(2020 + at, 5, 1)) for at in range(len(waves))
        ),
        "connections": tuple(
            Connection(source=pair[0], target=pair[1], wave=f"{2020 + at}")
            for at, pairs in enumerate(waves)
            for pair in pairs.split()
        ),
        "convenings": tuple(
            Gathering(date=dt.date.fromisoformat(day), title=f"On {day}", attendees=tuple(attendees))
            for day, attendees in convenings
        ),
    }
    return Workbook(**fields | more)


def four(counts: PairCounts | TooFew) -> tuple[int, int, int, int]:
    assert isinstance(counts, PairCounts)
    return counts.pairs, counts.tied_before, counts.tied_after, counts.became_tied


def test_one_convening() -> None:
    # Ana, Bo, Cy, Di met (6 pairs): ab before; ab, ac and bd after. The other four: 28 - 6 = 22 pairs, ef and ae
    # before, ef after.
    found = analyze_convening_effect(workbook_of_waves(["ab ef ae", "ab ac bd ef"], ("2020-10-01", "abcd")))
    (only,) = found.convenings
    assert (only.before, only.after, only.people, four(only.together)) == ("2020", "2021", 4, (6, 1, 3, 2))
    assert four(found.together) == (6, 1, 3, 2)
    assert four(found.apart) == (0, 0, 0, 0)
    assert four(found.others) == (22, 2, 1, 0)
    assert isinstance(only.together, PairCounts)
    assert only.together.share_before == pytest.approx(1 / 6)
    assert only.together.share_after == pytest.approx(3 / 6)
    assert four(found.others)[3] == 0


def test_pairs_at_different_convenings_are_apart() -> None:
    # abc and cde: six different pairs met; ad, ae, bd, and be attended but never met.
    two = ("2020-10-01", "abc"), ("2021-02-01", "cde")
    found = analyze_convening_effect(
        workbook_of_waves(["ad", "ab ad be fg"], *two, settings=Settings(smallest_group=2))
    )
    assert [one.title for one in found.convenings] == ["On 2020-10-01", "On 2021-02-01"]
    assert four(found.together) == (6, 0, 1, 1)
    assert four(found.apart) == (4, 1, 2, 1)
    assert four(found.others) == (28 - 10, 0, 1, 1)


def test_few_who_missed_the_largest_convening_are_hidden() -> None:
    # All pairs who attended and never met include Eve or Flo, who missed the one that the four others attended.
    convenings = ("2020-10-01", "abcd"), ("2021-02-01", "def")
    found = analyze_convening_effect(workbook_of_waves(["ae", "ab ae"], *convenings))
    assert found.apart == TooFew(3)
    assert four(found.together) == (9, 0, 1, 1)
    third = analyze_convening_effect(workbook_of_waves(["ae", "ab ae"], *convenings, ("2021-03-01", "cdg")))
    # With Gus they are three: ae, af, ag, be, bf, bg, ce, cf, eg, fg.
    assert four(third.apart) == (10, 1, 1, 0)


def test_pair_counts_once_between_two_waves() -> None:
    twice = analyze_convening_effect(workbook_of_waves(["ab", "ab"], ("2020-10-01", "abc"), ("2020-11-01", "abc")))
    assert four(twice.together) == (3, 1, 1, 0)
    spans = workbook_of_waves(["ab", "ab ac", "ac"], ("2020-10-01", "abc"), ("2021-10-01", "abc"))
    found = analyze_convening_effect(spans)
    assert [(one.before, one.after) for one in found.convenings] == [("2020", "2021"), ("2021", "2022")]
    # 2020 to 2021: one tie, then two; 2021 to 2022: two, then one.
    assert four(found.together) == (6, 3, 3, 1)


def test_only_convenings_between_two_waves_count() -> None:
    days = ("2020-04-30", "2020-05-01", "2021-05-01", "2021-05-02")
    found = analyze_convening_effect(workbook_of_waves(["ab", "ab"], *((day, "abc") for day in days)))
    # A convening on the day of a wave counts as before it.
    assert [one.date.isoformat() for one in found.convenings] == ["2021-05-01"]
    assert analyze_convening_effect(workbook_of_waves(["ab"], ("2020-10-01", "abc"))).is_empty
    assert analyze_convening_effect(workbook_of_waves(["ab", "ab"])).is_empty
    assert analyze_convening_effect(workbook_of_waves(["ab", "ab"], ("2020-10-01", ""), ("2020-10-02", "a"))).is_empty
    assert analyze_convening_effect(Workbook()).is_empty


def test_hub_and_people_in_one_wave_are_excluded() -> None:
    workbook = workbook_of_waves(["ab", "ab ac ah"], ("2020-10-01", "abchn"), people="abcdefghn", hub=frozenset("h"))
    newcomer = Person(key="n", name="n", spells=(Spell(dt.date(2021, 1, 1), None),))
    found = analyze_convening_effect(replace(workbook, people={**workbook.people, "n": newcomer}))
    assert found.convenings[0].people == 3
    assert four(found.together) == (3, 1, 2, 1)


def test_facts_do_not_count_and_rule_applies() -> None:
    workbook = workbook_of_waves(["ab", "ab ba ac"], ("2020-10-01", "abc"))
    fact = Connection(source="b", target="c", date=dt.date(2020, 10, 1), heard_through=HeardThrough.CONVENING)
    found = analyze_convening_effect(replace(workbook, connections=(*workbook.connections, fact)))
    assert four(found.together) == (3, 1, 2, 1)
    assert four(analyze_convening_effect(workbook, rule=TieRule.BOTH).together) == (3, 0, 1, 1)


def test_few_people_are_hidden() -> None:
    few = analyze_convening_effect(workbook_of_waves(["ab", "ab"], ("2020-10-01", "ab")))
    assert few.convenings[0].people == few.convenings[0].together == few.together == TooFew(3)
    # Seven of eight attended, so the rest would be about the eighth.
    most = analyze_convening_effect(workbook_of_waves(["ab", "ab"], ("2020-10-01", "abcdefg")))
    assert most.convenings[0].together == most.others == TooFew(3)
    assert four(most.together) == (21, 1, 1, 0)
    everyone = analyze_convening_effect(workbook_of_waves(["ab", "ab"], ("2020-10-01", "abcdefgh")))
    assert four(everyone.convenings[0].together) == (28, 1, 1, 0)
    assert four(everyone.others) == (0, 0, 0, 0)


reported_pairs = st.sets(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda p: p[0] < p[1])
)
attendees = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=3, max_size=5), min_size=1, max_size=4)


@settings(max_examples=80, deadline=None)
@given(reported_pairs, reported_pairs, attendees)
def test_results_match_brute_force(
    first: set[tuple[str, str]], second: set[tuple[str, str]], gatherings: list[set[str]]
) -> None:
    waves = [" ".join(a + b for a, b in sorted(wave)) for wave in (first, second)]
    convenings = [(f"2020-1{at % 3}-0{at + 1}", "".join(sorted(people))) for at, people in enumerate(gatherings)]
    workbook = workbook_of_waves(waves, *convenings)
    found = analyze_convening_effect(replace(workbook, settings=Settings(smallest_group=1)))
    if not first or not second:
        assert found == ConveningEffect(
            convenings=(),
            together=PairCounts(pairs=0, tied_before=0, tied_after=0, became_tied=0),
            apart=found.apart,
            others=found.others,
        )
        return
    anyone = set().union(*gatherings)
    expected = {"together": [0] * 4, "apart": [0] * 4, "others": [0] * 4}
    for pair in combinations("abcdefgh", 2):
        if any(set(pair) <= people for people in gatherings):
            kind = "together"
        else:
            kind = "apart" if set(pair) <= anyone else "others"
        for at, counts in enumerate((True, pair in first, pair in second, pair in second - first)):
            expected[kind][at] += counts
    assert four(found.together) == tuple(expected["together"])
    assert four(found.apart) == tuple(expected["apart"])
    assert four(found.others) == tuple(expected["others"])
