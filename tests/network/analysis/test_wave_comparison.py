"""Two waves by hand, and consistent with each wave's metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.wave_comparison import compare_waves, shared_positions
from nethealth.network.analysis.wave_metrics import tie_turnover
from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.workbook.records import Connection, Person, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

MakeWorkbook = Callable[..., Workbook]
RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})


def two_waves(first: str, second: str) -> Workbook:
    """Return two waves: Ana to Di are in both, Lou left between them, and Nat joined."""
    people = {key: Person(key=key, name=key) for key in "abcd"} | {
        "n": Person(key="n", name="n", spells=(Spell(dt.date(2021, 1, 1), None),)),
        "l": Person(key="l", name="l", spells=(Spell(None, dt.date(2020, 12, 31)),)),
    }
    return Workbook(
        people=people,
        today=dt.date(2022, 1, 1),
        waves=(
            Wave(name="first", kinds=RELATIONSHIPS, date=dt.date(2020, 5, 1)),
            Wave(name="second", kinds=RELATIONSHIPS, date=dt.date(2021, 5, 1)),
        ),
        connections=tuple(
            Connection(source=pair[0], target=pair[1], wave=wave)
            for wave, pairs in (("first", first), ("second", second))
            for pair in pairs.split()
        ),
    )


def pairs(ties: object) -> list[str]:
    return [tie.a + tie.b for tie in ties]  # type: ignore[attr-defined]


def test_ties_by_change() -> None:
    workbook = two_waves("ab bc cd al ln", "ba bc an ad nl")
    found = compare_waves(network_at(workbook, wave="first"), network_at(workbook, wave="second"))
    assert (found.stayers, found.newcomers, found.leavers) == (tuple("abcd"), ("n",), ("l",))
    # Lou and Nat were never in the same wave, so their tie is in neither network.
    assert pairs(found.kept_ties) == ["ab", "bc"]
    assert pairs(found.new_ties) == ["ad"]
    assert pairs(found.lost_ties) == ["cd"]
    assert pairs(found.newcomer_ties) == ["an"]
    assert pairs(found.leaver_ties) == ["al"]
    back = compare_waves(found.after, found.before)
    assert (back.newcomers, back.leavers, back.new_ties, back.lost_ties) == (
        found.leavers,
        found.newcomers,
        found.lost_ties,
        found.new_ties,
    )


def test_same_wave_and_empty_waves(workbook_of: MakeWorkbook) -> None:
    network = network_at(workbook_of([("a", "b")]))
    same = compare_waves(network, network)
    assert (same.kept_ties, same.new_ties, same.lost_ties, same.newcomers, same.leavers) == (
        network.ties,
        (),
        (),
        (),
        (),
    )
    empty = network_at(workbook_of())
    assert compare_waves(empty, empty).stayers == ()
    assert shared_positions(compare_waves(empty, empty)) == {}


pair_sets = st.sets(
    st.tuples(st.sampled_from("abcdln"), st.sampled_from("abcdln")).filter(lambda pair: pair[0] < pair[1])
)


@settings(max_examples=60, deadline=None)
@given(pair_sets, pair_sets)
def test_every_tie_counts_once(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> None:
    workbook = two_waves(*(" ".join(a + b for a, b in sorted(wave)) for wave in (first, second)))
    before, after = (network_at(workbook, wave=wave) for wave in ("first", "second"))
    found = compare_waves(before, after)
    assert sorted(pairs(found.kept_ties + found.new_ties + found.newcomer_ties)) == sorted(pairs(after.ties))
    assert sorted(pairs(found.kept_ties + found.lost_ties + found.leaver_ties)) == sorted(pairs(before.ties))
    change = tie_turnover(before, after)
    assert (len(found.kept_ties), len(found.new_ties), len(found.lost_ties)) == (
        change.kept_ties,
        change.new_ties,
        change.lost_ties,
    )
    assert sorted(found.stayers + found.newcomers) == sorted(after.people)
    assert sorted(found.stayers + found.leavers) == sorted(before.people)


def test_people_in_later_wave_keep_positions() -> None:
    workbook = two_waves("ab bc cd al", "ab bc an ad")
    before, after = (network_at(workbook, wave=wave) for wave in ("first", "second"))
    on_the_map = layout(after)
    found = shared_positions(compare_waves(before, after), start=on_the_map)
    assert set(found) == set("abcdln")
    assert {key: found[key] for key in on_the_map} == on_the_map
    apart = [abs(found["l"][0] - x) + abs(found["l"][1] - y) for key, (x, y) in found.items() if key != "l"]
    assert min(apart) > 0.2
