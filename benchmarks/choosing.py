"""Choosing a part of the network: from the choice to all that the page shows first of it, on the server.

Every choice is a new one, so that nothing is found ready. The map is sent first, as what differs from the whole that a
browser has; then come the figures of the part, of the wave before, of life without the hub, and how far silence could
change them. Ties are at random, which is the hardest case for finding groups. What a browser then does with the map is
another measurement.
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
from nethealth.network.connectivity import Connectivity, analyze_connectivity, connectivity_map
from nethealth.network.map.network_map import NetworkMap
from nethealth.network.selection import Selection
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
    "a group found": [Selection(clusters=frozenset({number})) for number in (1, 2, 3)],
    "all but the hub": [Selection(without_hub=True)],
}


def workbook_of(members: int) -> Workbook:
    """A workbook of two waves, the first without a third of the second's ties, and a hub of three people."""
    tabs = rows(members=members, connections=TIES_EACH * members)
    chance = random.Random(11)
    earlier = [[*row[:4], "2024-05-01", "2024"] for row in tabs["Connections"][1:] if chance.random() < 0.67]
    tabs["Connections"] += earlier
    now = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
    read = tuple(RawTab(title=title, rows=lines) for title, lines in tabs.items())
    workbook = read_workbook(RawWorkbook(title="Large", tabs=read, read_at=now))
    return replace(workbook, hub=frozenset(list(workbook.people)[:3]))


def told(part: Connectivity, *, on: NetworkMap) -> int:
    """What of the map of a part is sent to a browser that has `on`; returns its size in characters."""
    drawn = connectivity_map(part, color_by="Region", among=part.workbook.people.values())
    return len(json.dumps(drawn.changes_from(on)))


def main() -> None:
    print("Choosing a part of the network: milliseconds of the server (of its processors) until the map goes out,")
    print("and until the figures beside it and beneath it are there, too. The slowest of several choices")
    for size in SIZES:
        everybody = analyze_connectivity(workbook_of(size))
        tables.headline_cards(everybody)
        whole = connectivity_map(everybody, color_by=None)
        size_whole, size_color = len(json.dumps(whole.as_json())), told(everybody, on=whole)
        promised = f" (promised {PROMISED[size]})" if size in PROMISED else ""
        print(
            f"  {size:,} people, {len(everybody.full_network.ties):,} ties{promised}; once "
            f"{size_whole / 1_000:,.0f} KB,"
        )
        print(f"    a colour {size_color / 1_000:,.1f} KB")
        for name, selections in PARTS.items():
            slowest, largest = [0.0] * 4, 0
            for selection in selections:
                begun, worked = time.perf_counter(), time.process_time()
                part = everybody.select(selection)
                largest = max(largest, told(part, on=whole))
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
                f" all of it {done_in:>6} ({done_work:>5})"
            )


if __name__ == "__main__":
    main()
