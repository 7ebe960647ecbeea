"""What is declared of groups, chance and convenings can be computed, under the names that scripts read."""

from __future__ import annotations

import json

from nethealth.measures import metrics
from nethealth.network import (
    MEASURES,
    MixingAgainstChance,
    against_chance,
    agreement,
    convening_effect,
    cut_members,
    group_stability,
    network_at,
    tie_qualities,
)
from nethealth.sources import read_sample
from nethealth.workbook.reading import read_workbook

SAMPLE = read_workbook(read_sample())


def test_each_is_computed_from_its_result_and_told_under_its_name() -> None:
    network = network_at(SAMPLE)
    mixing = against_chance(network, SAMPLE, column="Region")
    assert isinstance(mixing, MixingAgainstChance)
    quality = tie_qualities(network, SAMPLE, column="Region")[0]
    for section, result in (
        ("chance", mixing),
        ("tie_values", quality),
        ("convening_effect", convening_effect(SAMPLE)),
    ):
        assert [measure.id for measure in MEASURES[section]] == list(result.as_json())  # type: ignore[attr-defined]
        assert all(measure.compute(result) is not None for measure in MEASURES[section])
    follows, again, cut_off = MEASURES["groups"]
    assert follows.compute(agreement(network, SAMPLE, column="Region")) > 0
    assert all(0 <= share <= 1 for share in again.compute(group_stability(network)))
    assert cut_off.compute(cut_members(network)[0]) > 0


def test_scripts_read_them_and_nobody_who_is_not_to_be_listed() -> None:
    told = metrics(SAMPLE)
    json.dumps(told, allow_nan=False)
    columns = {*SAMPLE.attributes, *SAMPLE.private_attributes}
    assert set(told["chance"]) == set(told["tie_values"]) == columns
    assert set(told["groups"]) == {"agreement", "found_again", "cut_off"}
    assert set(told["groups"]["agreement"]) == set(SAMPLE.attributes)
    assert told["chance"]["Region"]["inside"]["observed"] == sum(
        ties for one, other, ties in told["segments"]["Region"]["ties"] if one == other
    )
    assert told["chance"]["Region"]["ei_index"]["observed"] == told["segments"]["Region"]["ei_index"]
    hidden = {key for key, person in SAMPLE.people.items() if not person.on_map}
    assert hidden
    assert not hidden & {one["id"] for one in told["groups"]["cut_off"]}


def test_the_sample_tells_of_groups_and_convenings() -> None:
    # It is made so: states keep to themselves, and those who came together became tied more than those who did not.
    told = metrics(SAMPLE)["convening_effect"]
    shares = {
        kind: told[kind]["became_tied"] / (told[kind]["pairs"] - told[kind]["tied_before"])
        for kind in ("together", "apart", "others")
    }
    assert shares["together"] > shares["apart"] > shares["others"]
    asked = [tie for tie in SAMPLE.connections if tie.trust is not None and tie.value is not None]
    assert len(asked) > 300
