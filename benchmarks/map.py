"""The map in a real browser: from page load to a ready map, frames while it moves, one more tie, another color.

We measure the whole app (server, page, and map) on a generated workbook, as every visitor but the first finds it; the
first visit, which reads the workbook and computes everything, is printed next to it. On a busy machine, trust the
ratios to the smallest page that Streamlit can show, measured in the same run. What happens after data arrives in the
browser (one more tie, another color) is measured with the map's own script on a bare page, because only that script
knows the moment.

`python -m benchmarks.map 200 20000 --peer` takes other sizes, and adds the page that pyvis makes of the same people and
ties with its defaults, opened as a file in the same browser in the same run, for up to `PATIENCE` seconds; it has no
metrics and no server.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as TookTooLong

from benchmarks import large_workbook
from benchmarks.browser import chromium, profile_context
from benchmarks.serving import ROOT, serving
from nethealth.network.connectivity import build_map
from nethealth.network.map import scripts
from nethealth.sources import open_source, parse_reference
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook

SIZES = (500, 1_000, 5_000)
TIES_EACH = 3
PATIENCE = 150
"""Seconds that pyvis's page may take to become still."""
FIRST_PATIENCE = 240
VISITS, FEW_VISITS = 5, 4
CHANGES = 11
PROMISED_CHANGE = {200: 200, 500: 200, 1_000: 200}
PROMISED_READY = {200: 1.2, 1_000: 1.6, 5_000: 3.0, 20_000: 6.0}
PROMISED_FRAME = {200: 33, 500: 33, 1_000: 60, 5_000: 120}
WATCH_READY = """
(() => {
  const look = () => {
    if (document.querySelector("h1")) window.titleShown ??= performance.now();
    for (const host of document.querySelectorAll('[data-testid="stBidiComponentIsolated"]'))
      if (host.shadowRoot?.querySelector('[data-ready="true"]')) { window.mapReady = performance.now(); return; }
    requestAnimationFrame(look);
  };
  look();
})()
"""
WATCH_FRAMES = """
() => {
  window.frames_ = [];
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    window.frames_.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""
WATCH_CHANGE = """
() => {
  const host = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
    .find((each) => each.shadowRoot?.querySelector(".map"));
  const map = host.shadowRoot.querySelector(".map").networkMap;
  const before = map.data;
  let clicked = 0;
  window.changed = 0;
  window.addEventListener("pointerdown", () => { clicked = performance.now(); }, { capture: true, once: true });
  const look = () => {
    if (map.data === before) requestAnimationFrame(look);
    else requestAnimationFrame(() => { window.changed = performance.now() - clicked; });
  };
  look();
}
"""
SMALLEST = '''
import streamlit as st
nothing = st.components.v2.component(
    "nothing", html='<i class="map" data-ready="false"></i>',
    js="""export default ({parentElement, data}) => {
      const map = parentElement.querySelector(".map");
      map.dataset.ready = "true";
      (map.networkMap ??= {}).data = data.chosen;
    }""",
)
st.title("The smallest page")
chosen = st.selectbox("Color by", list("abcdefgh"), key="colour", bind="query-params")
nothing(key="nothing", data={"chosen": chosen})
'''
BARE = """
async ([text, kind]) => {
  const data = JSON.parse(text);
  const frame = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const host = document.createElement("div");
  document.body.replaceChildren(host);
  const shadow = host.attachShadow({ mode: "open" });
  window.publishNetwork({ data: { ...data, map: "map", what: "network" } });
  const view = { key: "map", base: "", network_version: data.version, changes: {} };
  window.mountMap({ parentElement: shadow, data: view, setTriggerValue() {} });
  while (shadow.querySelector(".map")?.dataset.ready !== "true") await frame();
  const map = shadow.querySelector(".map").networkMap;
  const waits = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const next = structuredClone(data);
    next.version = `${kind} ${turn}`;
    if (kind === "tie") {
      next.ties.from.push(turn); next.ties.to.push(data.people.id.length - 1 - turn);
      next.ties.strength.push(3); next.ties.kinds.push(data.ties.kinds[0]);
    } else next.people.group = next.people.group.map((group) => (group + 1 + turn) % 5);
    await frame();
    const arrived = performance.now();
    map.show(next);
    do await frame(); while (map.data !== next);
    waits.push(performance.now() - arrived);
  }
  return waits.sort((a, b) => a - b)[3];
}
"""


def write_workbook(folder: Path, *, members: int) -> Path:
    """Write the generated workbook of so many members as a folder of .csv files."""
    book = folder / str(members)
    book.mkdir()
    for title, lines in large_workbook.rows(members=members, connections=TIES_EACH * members).items():
        with (book / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)
    return book


def frames_of(page: Page, canvas: str) -> tuple[float, float]:
    """Return the median milliseconds per frame while the map is dragged, and while it is zoomed."""
    box = page.locator(canvas).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH_FRAMES)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 8)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.frames_.length = 0")
    for step in range(1, 26):
        page.mouse.move(x + 4 * step, y + 2 * step)
    dragged = page.evaluate("window.frames_.slice(1)")
    page.mouse.up()
    page.wait_for_timeout(1_000)
    page.evaluate("window.frames_.length = 0")
    for _ in range(15):
        page.mouse.wheel(0, -60)
    zoomed = page.evaluate("window.frames_.slice(1)")
    return statistics.median(dragged), statistics.median(zoomed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Seconds from a page's load, and milliseconds of a frame."""

    first: float
    """Until the map is ready at the very first visit, when nothing is cached."""
    ready: float
    """The same at later visits."""
    title: float
    """Until the page's title is shown, at later visits."""
    private: float
    """Until the map is ready in a private window, at later visits."""
    drag: float
    zoom: float
    color: float
    """Milliseconds from the click on another color until the map shows it."""
    filtered: float
    """The same for a filter that is not cached."""


def measure_app(browser: Browser, book: Path) -> Visits:
    """Measure our page on a workbook, in a browser with a cache and in a private window."""
    with serving(ROOT / "app.py", environ={"NETHEALTH_SPREADSHEET": str(book)}) as port:
        address = f"http://127.0.0.1:{port}/connectivity"
        with profile_context(browser) as context:
            waits, titles, page = opened(context, address)
            # Before the map is dragged and zoomed, as someone who has just opened the page finds it.
            color, filtered = changes(page, "Color by"), changes(page, "Show only")
            drag, zoom = frames_of(page, ".map canvas")
        window = browser.new_context(viewport={"width": 1440, "height": 900})
        private, _, _ = opened(window, address, visits=FEW_VISITS)
        window.close()
    return Visits(
        first=waits[0],
        ready=statistics.median(waits[2:]),
        title=statistics.median(titles[2:]),
        private=statistics.median(private[2:]),
        drag=drag,
        zoom=zoom,
        color=color,
        filtered=filtered,
    )


def changes(page: Page, control: str) -> float:
    """Return the median milliseconds from the click on an option of a control until the map shows it.

    What was chosen in a filter is taken away again after each click, so that every click is to a map of its own.
    """
    waits: list[float] = []
    while len(waits) < CHANGES:
        page.get_by_label(control).first.click()
        offered = page.locator('[role="option"]:not([aria-selected="true"])').filter(has_not_text="Select all")
        offered.first.wait_for()
        page.wait_for_timeout(500)
        page.evaluate(WATCH_CHANGE)
        offered.nth(len(waits) % min(offered.count(), 5)).click()
        page.wait_for_function("window.changed", timeout=FIRST_PATIENCE * 1_000)
        waits.append(page.evaluate("window.changed"))
        if page.get_by_label("Clear all").count():
            page.keyboard.press("Backspace")
        page.keyboard.press("Escape")
        page.wait_for_timeout(900)
    return statistics.median(waits)


def opened(context: BrowserContext, address: str, *, visits: int = VISITS) -> tuple[list[float], list[float], Page]:
    """Return the seconds until the map is ready and until the title is shown, at each visit, and the last page.

    A browser caches compiled scripts from the second visit on.
    """
    context.add_init_script(WATCH_READY)
    waits: list[float] = []
    titles: list[float] = []
    while True:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("window.mapReady", timeout=FIRST_PATIENCE * 1_000)
        waits.append(page.evaluate("window.mapReady") / 1_000)
        titles.append(page.evaluate("window.titleShown") / 1_000)
        page.wait_for_timeout(600)
        if len(waits) == visits:
            return waits, titles, page
        page.close()


def smallest(browser: Browser, folder: Path) -> tuple[float, float]:
    """Return the seconds until the smallest page is ready, and the milliseconds from a click in its select box."""
    script = folder / "smallest.py"
    script.write_text(SMALLEST, encoding="utf-8")
    with serving(script, folder=folder) as port, profile_context(browser) as context:
        waits, _, page = opened(context, f"http://127.0.0.1:{port}/", visits=FEW_VISITS)
        return statistics.median(waits[2:]), changes(page, "Color by")


def pyvis_page(workbook: Workbook, folder: Path) -> Path:
    """Write the page that pyvis makes of the same people and ties with its defaults."""
    from pyvis.network import Network as PyvisNetwork

    drawn = build_map(workbook)
    net = PyvisNetwork(cdn_resources="in_line")
    net.nodes = [{"id": node["id"], "label": node["name"], "shape": "dot"} for node in drawn.nodes]
    net.edges = [{"from": edge["from"], "to": edge["to"]} for edge in drawn.edges]
    file = folder / f"pyvis-{len(drawn.nodes)}.html"
    file.write_text(net.generate_html(), encoding="utf-8")
    return file


def measure_pyvis(context: BrowserContext, file: Path) -> tuple[float, float, float] | None:
    """Return the same for pyvis's page: seconds until it is still, drag, and zoom; None if it never is."""
    page = context.new_page()
    started = time.monotonic()
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=PATIENCE * 1_000)
        page.wait_for_function("window.network && window.network.body", timeout=PATIENCE * 1_000)
        # It keeps moving a little; the first picture that it shows counts as still.
        shown = "() => { network.once('stabilizationIterationsDone', () => { window.isStill = true; }); }"
        page.evaluate(shown)
        page.wait_for_function(
            "window.isStill || network.physics.stabilized",
            timeout=max(1.0, PATIENCE - (time.monotonic() - started)) * 1_000,
        )
        still = time.monotonic() - started
        drag, zoom = frames_of(page, "canvas")
    except TookTooLong:
        return None
    finally:
        page.close()
    return still, drag, zoom


def after_arrival(context: BrowserContext, workbook: Workbook) -> tuple[float, float]:
    """Return the milliseconds from data's arrival in the browser until one more tie, or another color, is shown."""
    page = context.new_page()
    page.set_content("<style>:root { --map-height: 700px; --st-background-color: #fbf7ef; }</style>")
    page.add_script_tag(path=str(ROOT / "static" / "vendor" / "vis-network.min.js"))
    for name, script in {"publishNetwork": scripts.network_script(), "mountMap": scripts.page_script()}.items():
        page.add_script_tag(content=f"{{{script.replace('export default', f'window.{name} =')}}}")
    data = json.dumps(build_map(workbook, color_by="Region").as_json())
    tie, color = (float(page.evaluate(BARE, [data, kind])) for kind in ("tie", "color"))
    page.close()
    return tie, color


def against_pyvis(context: BrowserContext, file: Path, visits: Visits) -> str:
    """Return how pyvis's page compares."""
    measured = measure_pyvis(context, file)
    if measured is None:
        return f"pyvis was not still within {PATIENCE} s"
    still, drag, zoom = measured
    times = still / visits.ready
    return f"pyvis {still:.1f} s, drag {drag:.0f} ms, zoom {zoom:.0f} ms: ours {times:.0f} times as fast"


def main(sizes: tuple[int, ...] = SIZES, *, has_peer: bool = False) -> None:
    print(f"The map, {TIES_EACH} ties per person")
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for members in sizes:
            book = write_workbook(Path(scratch), members=members)
            workbook = read_workbook(open_source(parse_reference(str(book)), credentials=None))
            visits = measure_app(browser, book)
            # For each size anew, because a machine may be busier than a minute ago.
            floor, least = smallest(browser, Path(scratch))
            print(
                f"  {members:>6} people  ready in {visits.ready:.2f} s{_promise(PROMISED_READY, members, 's')}, "
                f"{visits.ready / floor:.2f} times the smallest page ({floor:.2f} s); title in {visits.title:.2f} s; "
                f"in a private window {visits.private:.2f} s; first visit {visits.first:.1f} s\n"
                f"          a frame while dragging {visits.drag:.0f} ms, while zooming {visits.zoom:.0f} ms"
                f"{_promise(PROMISED_FRAME, members, 'ms')}\n"
                f"          from a click: another color {visits.color:.0f} ms, a filter {visits.filtered:.0f} ms"
                f"{_promise(PROMISED_CHANGE, members, 'ms')}, {visits.color / least:.1f} and "
                f"{visits.filtered / least:.1f} times the smallest page ({least:.0f} ms)"
            )
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            # pyvis loads styles from another host; we do not wait for that.
            context.route(
                "**/*", lambda route: route.abort() if route.request.url.startswith("http") else route.continue_()
            )
            tie, color = after_arrival(context, workbook)
            print(f"          one more tie {tie:.0f} ms after it arrives (promised 500), another color {color:.0f} ms")
            if has_peer:
                print(f"          {against_pyvis(context, pyvis_page(workbook, Path(scratch)), visits)}")
            context.close()


def _promise(promises: Mapping[int, float], members: int, unit: str) -> str:
    return f" (promised {promises[members]} {unit})" if members in promises else ""


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:] if size.isdigit()) or SIZES, has_peer="--peer" in sys.argv)
