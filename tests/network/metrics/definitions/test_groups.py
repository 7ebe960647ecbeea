"""What is declared of groups, chance and convenings can be computed, under the names of its results."""

from __future__ import annotations

import datetime as dt

from nethealth.network import (
    PAGE_METRICS,
    MixingTest,
    analyze_convening_effect,
    assess_stability,
    column_agreement,
    cut_members,
    network_at,
    run_permutation_test,
    summarize_tie_values,
)
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook

SAMPLE = read_workbook(read_sample(), today=dt.date(2026, 11, 23))


def test_each_is_computed_from_its_result_and_told_under_its_name() -> None:
    network = network_at(SAMPLE)
    mixing = run_permutation_test(network, SAMPLE, column="Region")
    assert isinstance(mixing, MixingTest)
    quality = summarize_tie_values(network, SAMPLE, column="Region")[0]
    for section, result in (
        ("chance", mixing),
        ("tie-values", quality),
        ("convening-effect", analyze_convening_effect(SAMPLE)),
    ):
        assert [measure.id for measure in PAGE_METRICS[section]] == list(result.as_json())  # type: ignore[attr-defined]
        assert all(measure.compute(result) is not None for measure in PAGE_METRICS[section])
    follows, again, cut_off = PAGE_METRICS["groups"]
    assert follows.compute(column_agreement(network, SAMPLE, column="Region")) > 0
    assert all(0 <= share <= 1 for share in again.compute(assess_stability(network)))
    assert cut_off.compute(cut_members(network)[0]) > 0


def test_the_sample_tells_of_groups_and_convenings() -> None:
    # It is made so: states keep to themselves, and those who came together became tied more than those who did not.
    told = analyze_convening_effect(SAMPLE).as_json()
    shares = {
        kind: told[kind]["became_tied"] / (told[kind]["pairs"] - told[kind]["tied_before"])
        for kind in ("together", "apart", "others")
    }
    assert shares["together"] > shares["apart"] > shares["others"]
    asked = [tie for tie in SAMPLE.connections if {"Trust", "Value"} <= tie.measures.keys()]
    assert len(asked) > 300
