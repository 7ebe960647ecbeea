"""Filtering the network: server time from a filter to the first metrics that the page shows.

Every filter is new, so that nothing is cached. The map is sent first, as what differs from the whole network that the
browser has. Then come the metrics of the part, of the wave before, without the hub, and of what nonresponse could
change. Ties are random, which is the hardest case for finding clusters. What the browser then does with the map is
measured in `benchmarks.map`.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from dataclasses import replace
from itertools import pairwise

from benchmarks.large_workbook import rows
from nethealth.network.analysis.nonresponse import analyze_nonresponse
from nethealth.network.connectivity import analyze_connectivity, build_map
from nethealth.network.map.network_map import NetworkMap
from nethealth.network.selection import EVERYTHING, Selection
from nethealth.network.tables import connectivity as tables
from nethealth.network.tables import metrics
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook

SIZES = (200, 1_000, 5_000)
TIES_EACH = 2
PROMISED = {1_000: 200}
REGIONS = ("North", "South", "East", "West")
PARTS: dict[str, list[Selection]] = {
    "people of a region": [Selection(values=(("Region", region),)) for region in REGIONS],
    "people of two regions": [
        Selection(values=(("Region", one), ("Region", other))) for one, other in pairwise(REGIONS)
    ],
    "ties from a strength": [Selection(strength_from=strength) for strength in (2.0, 3.0, 4.0)],
    "a cluster": [Selection(clusters=frozenset({number})) for number in (1, 2, 3)],
    "all but the hub": [Selection(without_hub=True)],
}


def workbook_of(members: int) -> Workbook:
    """A workbook of two waves, the first without a third of the second's ties, and a hub of three people."""
    tabs = rows(members=members, connections=TIES_EACH * members)
    rng = random.Random(11)
    earlier = [[*row[:4], "2024-05-01", "2024"] for row in tabs["Connections"][1:] if rng.random() < 0.67]
    tabs["Connections"] += earlier
    now = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
    raw_tabs = tuple(RawTab(title=title, rows=lines) for title, lines in tabs.items())
    workbook = read_workbook(RawWorkbook(title="Large", tabs=raw_tabs, read_at=now))
    return replace(workbook, hub=frozenset(list(workbook.people)[:3]))


def changes_size(workbook: Workbook, selection: Selection, *, whole: NetworkMap) -> int:
    """Return the size in characters of what a browser that has the whole map is sent for a part."""
    part_map = build_map(workbook, selection=selection, color_by="Region")
    return len(json.dumps(part_map.changes_from(whole)))


def main() -> None:
    print("Filtering the network: milliseconds (and processor time) until the server sends the map,")
    print("and until it has sent the first metrics. The slowest of several filters")
    for size in SIZES:
        workbook = workbook_of(size)
        everyone = analyze_connectivity(workbook)
        tables.headline_cards(everyone)
        whole = build_map(workbook)
        size_whole, size_color = len(json.dumps(whole.as_json())), changes_size(workbook, EVERYTHING, whole=whole)
        promised = f" (promised {PROMISED[size]})" if size in PROMISED else ""
        print(
            f"  {size:,} people, {len(everyone.full_network.ties):,} ties{promised}; once {size_whole / 1_000:,.0f} KB,"
        )
        print(f"    another color {size_color / 1_000:,.1f} KB")
        for name, selections in PARTS.items():
            slowest, largest = [0.0] * 4, 0
            for selection in selections:
                begun, worked = time.perf_counter(), time.process_time()
                part = analyze_connectivity(workbook, selection=selection)
                largest = max(largest, changes_size(workbook, selection, whole=whole))
                seen = (time.perf_counter() - begun, time.process_time() - worked)
                tables.headline_cards(part)
                ranges = analyze_nonresponse(part.network).ranges
                metrics.key_entries(part, ranges)
                metrics.other_entries(part, ranges)
                done = (time.perf_counter() - begun, time.process_time() - worked)
                slowest = [max(pair) for pair in zip(slowest, (*seen, *done), strict=True)]
            seen_in, seen_work, done_in, done_work = (f"{1_000 * seconds:,.0f}" for seconds in slowest)
            print(
                f"    {name:24} {seen_in:>6} ({seen_work:>5}), {largest / 1_000:6.1f} KB;"
                f" metrics {done_in:>6} ({done_work:>5})"
            )


if __name__ == "__main__":
    main()
