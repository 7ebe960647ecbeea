"""Names that cover a mark or another name on the drawn map: on the sample and on random networks, at three zooms.

`WATCH_TEXTS` records what a page really writes on its canvases, so the count does not rely on what the map believes.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator

from benchmarks.browser import chromium
from benchmarks.serving import ROOT
from nethealth.network.map.offline import offline_map
from nethealth.sources import open_source, parse_reference
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Person, Workbook

SIZES = {"projector": (1920, 1080), "laptop": (1440, 900), "phone": (390, 844)}
ZOOMS = (1, 2, 4)
WATCH_TEXTS = """
(() => {
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    this.canvas.drawnTexts = [];
    clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const { a: scale, e, f } = this.getTransform();
    const size = this.measureText(text);
    (this.canvas.drawnTexts ??= []).push({
      text,
      left: e + scale * (x - size.actualBoundingBoxLeft),
      right: e + scale * (x + size.actualBoundingBoxRight),
      top: f + scale * (y - size.actualBoundingBoxAscent),
      bottom: f + scale * (y + size.actualBoundingBoxDescent),
      isVisible: this.globalAlpha > 0.2,
    });
    fillText.call(this, text, x, y, ...more);
  };
})()
"""
COUNT = """root => {
  const { graph, positions, camera, painter } = root.networkMap;
  const canvas = root.querySelector("canvas");
  const ratio = canvas.width / canvas.clientWidth;
  const scale = camera.net.getScale();
  camera.net.redraw();
  const texts = canvas.drawnTexts.filter(({ left, right, top, bottom, isVisible }) =>
    isVisible && right > 0 && bottom > 0 && left < canvas.width && top < canvas.height);
  const marks = graph.ids.map((_, person) => person).filter((person) => painter.emphasis[person]).map((person) => {
    const { x, y } = camera.net.canvasToDOM({ x: positions.x[person], y: positions.y[person] });
    return { x: x * ratio, y: y * ratio, reach: (painter.drawnRadius(person) * scale - 1) * ratio };
  });
  const isOn = (text, { x, y, reach }) => {
    const [across, down] = [Math.max(text.left - x, 0, x - text.right), Math.max(text.top - y, 0, y - text.bottom)];
    return Math.hypot(across, down) < reach;
  };
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    names: texts.length,
    onMarks: texts.filter((text) => marks.some((mark) => isOn(text, mark))).map(({ text }) => text),
    onNames: texts.filter((text, at) => texts.slice(at + 1).some((other) => meet(text, other))).map(({ text }) => text),
  };
}"""
"""What a page that `WATCH_TEXTS` watches has written on its map: how many texts, and those that cover something."""
ZOOM = """(root, factor) => {
  const { camera } = root.networkMap;
  camera.fit(false);
  camera.moveTo({ scale: camera.net.getScale() * factor });
}"""


def random_network(people: int, *, clusters: int, ties_each: float, alone: int) -> Workbook:
    """Return a network of clusters, seeded, in which most ties stay within a cluster."""
    rng = random.Random(people)
    names = [
        f"{rng.choice(('Ana', 'Wilhelmina', 'Jun'))} {rng.choice(('Diaz', 'Featherstone'))} {at}"
        for at in range(people)
    ]
    cluster = [rng.randrange(clusters) for _ in names]
    members = [[at for at in range(alone, people) if cluster[at] == number] for number in range(clusters)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties_each * people:
        one = rng.randrange(alone, people)
        other = rng.choice(members[cluster[one]]) if rng.random() < 0.85 else rng.randrange(alone, people)
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    return Workbook(
        people={
            name: Person(key=name, name=name, attributes={"Region": f"Region {cluster[at]}"})
            for at, name in enumerate(names)
        },
        connections=tuple(Connection(source=names[a], target=names[b], strength=2.0) for a, b in sorted(pairs)),
        attributes=("Region",),
    )


def count_on(chart: Locator) -> list[dict[str, list[str] | int]]:
    """Return what `COUNT` says of a map at each zoom."""
    counts = []
    for zoom in ZOOMS:
        chart.evaluate(ZOOM, zoom)
        chart.page.wait_for_timeout(250)
        counts.append(chart.evaluate(COUNT))
    return counts


def main(folders: Sequence[str] = ()) -> None:
    sample = read_workbook(open_source(parse_reference(str(ROOT / "data" / "sample")), credentials=None))
    networks = {
        "sample": sample,
        **{
            f"{people:,}": random_network(people, clusters=clusters, ties_each=2.5, alone=people // 20)
            for people, clusters in ((12, 2), (40, 3), (250, 6), (1_000, 8))
        },
    }
    for folder in map(Path, folders):
        networks[folder.name] = read_workbook(open_source(parse_reference(str(folder)), credentials=None))
    print(f"Names on the map that cover a mark or another name, at zoom {', '.join(map(str, ZOOMS))}")
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for title, workbook in networks.items():
            file = Path(scratch) / "map.html"
            file.write_text(offline_map(workbook, color_by="Region"), encoding="utf-8")
            for size, (width, height) in SIZES.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.add_init_script(WATCH_TEXTS)
                page.goto(file.as_uri())
                chart = page.locator('.map[data-ready="true"]')
                chart.wait_for()
                counts = count_on(chart)
                print(
                    f"  {title:>6} {size:>9}: names {[each['names'] for each in counts]},"
                    f" on marks {[len(each['onMarks']) for each in counts]},"  # type: ignore[arg-type]
                    f" on names {[len(each['onNames']) for each in counts]}"  # type: ignore[arg-type]
                )
                page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
