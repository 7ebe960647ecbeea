"""What each figure asks, how to read it and what it does not mean, as pages, glossary and docs tell it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nethealth.metric import Metric
from nethealth.network.metrics.definitions.groups import CHANCE, CONVENING_EFFECT, GROUPS, TIE_VALUES
from nethealth.network.metrics.definitions.network import NETWORK
from nethealth.network.metrics.definitions.people import PEOPLE, SEGMENTS, WAVES

METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {"network": NETWORK, "people": PEOPLE, "segments": SEGMENTS, "waves": WAVES}
)
"""By section of `metrics --json`. The sections are computed, in this order, from `NetworkFigures`, `PersonFigures`,
`SegmentFigures` and `WaveFigures`."""

PAGE_METRICS: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {"chance": CHANCE, "groups": GROUPS, "tie-values": TIE_VALUES, "convening-effect": CONVENING_EFFECT}
)
"""What the page alone shows, by its subject: computed from `MixingAgainstChance`; `agreement`, `GroupStability` and
`CutMember`; `TieQuality`; `ConveningEffect`."""
