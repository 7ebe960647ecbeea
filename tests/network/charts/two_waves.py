"""A network drawn by hand in two waves, which tests of charts share."""

from __future__ import annotations

import datetime as dt

from nethealth.network.charts.wave_pictures import WavePair, pair_waves
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})
# A to D are in both waves, L left between them, N joined; H is not to be drawn.
# First: A-B, B-C, C-D, A-L, B-H.   Second: A-B, A-D, A-N, B-H.
PEOPLE = {key: Person(key=key, name=f"{key} Smith") for key in "ABCD"} | {
    "L": Person(key="L", name="Lou Left", spells=(Spell(None, dt.date(2020, 12, 31)),)),
    "N": Person(key="N", name="Nat New", spells=(Spell(dt.date(2021, 1, 1), None),)),
    "H": Person(key="H", name="Hidden Person", on_map=False),
}
WORKBOOK = Workbook(
    people=PEOPLE,
    today=dt.date(2022, 1, 1),
    settings=Settings(smallest_group=3),
    waves=(
        Wave(name="First", kinds=RELATIONSHIPS, date=dt.date(2020, 5, 1)),
        Wave(name="Second <b>", kinds=RELATIONSHIPS, date=dt.date(2021, 5, 1)),
    ),
    connections=tuple(
        Connection(source=pair[0], target=pair[1], wave=wave)
        for wave, pairs in (("First", "AB BC CD AL BH"), ("Second <b>", "AB AD AN BH"))
        for pair in pairs.split()
    ),
)


def of(workbook: Workbook = WORKBOOK) -> WavePair:
    return pair_waves(network_at(workbook, wave="First"), analyze_connectivity(workbook, wave="Second <b>"))
