"""The map in a real browser: search, filters, links, and the presenter view, in the app and in the offline file."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, WebSocket, expect

from benchmarks.overlaps import WATCH_TEXTS, count_on
from benchmarks.serving import ROOT, serving
from nethealth.network.map.offline import offline_map
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.browser.conftest import DESKTOP, PHONE, settled

WHERE = """(root, name) => {
  const { graph, positions, camera } = root.networkMap;
  const at = graph.names[root.networkMap.view.names].indexOf(name);
  const spot = camera.net.canvasToDOM({ x: positions.x[at], y: positions.y[at] });
  const box = root.getBoundingClientRect();
  return [box.left + spot.x, box.top + spot.y];
}"""
# vis-network animates by frames, so on a slow machine a move goes on after its time.
IS_STILL = """root => {
  const { isMoving, net } = root.networkMap.camera;
  const view = JSON.stringify([net.getScale(), net.getViewPosition()]);
  root.stillFor = !isMoving && view === root.lastView ? root.stillFor + 1 : 0;
  root.lastView = view;
  return root.stillFor >= 3;
}"""
# Connections of the person in focus that the card or an edge covers, and names that the card covers.
COVERED = """root => {
  const { graph, focus, positions, camera, panel, labels } = root.networkMap;
  const box = root.getBoundingClientRect(), card = panel.root.getBoundingClientRect();
  const scale = camera.net.getScale(), middle = camera.net.canvasToDOM({ x: 0, y: 0 });
  const names = labels.last.filter(({ person, dx, dy, box: { w, h } }) => {
    const [x, y] = [middle.x + positions.x[person] * scale + dx, middle.y + positions.y[person] * scale + dy];
    const [left, bottom] = [box.left + x, box.top + y];
    return left < card.right && left + w - 6 > card.left && bottom > card.top && bottom - h < card.bottom;
  });
  return names.length + [...graph.within(focus, 1).keys()].filter((at) => {
    const spot = camera.net.canvasToDOM({ x: positions.x[at], y: positions.y[at] });
    const [x, y] = [box.left + spot.x, box.top + spot.y];
    const isUnder = x > card.left && x < card.right && y > card.top && y < card.bottom;
    return isUnder || x < box.left || x > box.right || y < box.top || y > box.bottom;
  }).length;
}"""
CAMERA = """root => {
  const { net } = root.networkMap.camera;
  return [net.getScale(), net.getViewPosition().x, net.getViewPosition().y];
}"""


def still(page: Page) -> Locator:
    """Return the map once it is still."""
    found = page.locator('.map[data-ready="true"]')
    found.wait_for()
    wait_for(page, found, IS_STILL)
    return found


def wait_for(page: Page, place: Locator, condition: str, argument: object = None) -> None:
    """Wait until a condition on an element of the page holds."""
    handle = place.element_handle()
    page.wait_for_function(f"([element, argument]) => ({condition})(element, argument)", arg=[handle, argument])


def view_in(url: str) -> dict[str, str]:
    """The map's view that an address stores."""
    parts = urlsplit(url)
    return {
        name.removeprefix("map-"): each[0]
        for name, each in parse_qs(parts.query or parts.fragment).items()
        if name.startswith("map-")
    }


def wait_for_view(page: Page, is_match: Callable[[dict[str, str]], bool]) -> None:
    """Wait until the view in the address matches."""
    page.wait_for_url(lambda url: is_match(view_in(url)))


def find(page: Page, name: str) -> None:
    page.get_by_placeholder("Find a person").fill(name)
    page.locator(".results button").first.wait_for()
    page.keyboard.press("Enter")


def panel(page: Page) -> Locator:
    return page.locator(".map .panel")


@pytest.fixture
def opened(page: Page, sample_app: str) -> Callable[..., Page]:
    """Opens the sample's map at an address with a view."""

    def open_it(address: str = "") -> Page:
        page.goto(f"{sample_app}/connectivity{address}")
        still(page)
        return page

    return open_it


# On a busy machine, the map may take longer than the tabs wait for it.
WATCH_ORDER = """
const later = window.setTimeout;
window.setTimeout = (work, wait, ...more) => later(work, wait === 2000 ? 60_000 : wait, ...more);
window.order = [];
const look = () => {
  const host = document.querySelector('[data-testid="stBidiComponentIsolated"]');
  const map = host?.shadowRoot?.querySelector(".map");
  if (map?.dataset.ready === "true" && !window.order.includes("map")) window.order.push("map");
  if (document.querySelector('[role="tab"]') && !window.order.includes("tabs")) window.order.push("tabs");
  requestAnimationFrame(look);
};
look();
"""


def test_tabs_follow_the_map_and_links_open_them(page: Page, sample_app: str) -> None:
    # On a new server, the first visit loads the page twice (`first_visit.py`).
    with page.add_init_script(WATCH_ORDER):
        page.goto(f"{sample_app}/connectivity?tab=Table&rows=Ties")
        expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true", timeout=20_000)
        page.wait_for_function("window.order?.length === 2")
    assert page.evaluate("window.order") == ["map", "tabs"]
    expect(page.get_by_role("radio", name="Connections", exact=True)).to_be_checked()
    assert parse_qs(urlsplit(page.url).query) == {"tab": ["Table"], "rows": ["Connections"]}


def test_tabs_come_even_without_a_map(page: Page, sample_app: str) -> None:
    page.route("**/vis-network.min.js", lambda route: route.abort())
    page.goto(f"{sample_app}/connectivity")
    expect(page.get_by_role("tab", name="Metrics")).to_be_visible()
    assert page.locator('.map[data-ready="true"]').count() == 0


def test_search_flies_to_a_person_without_naming_them_in_the_address(opened: Callable[..., Page]) -> None:
    page = opened()
    before = still(page).evaluate(CAMERA)
    find(page, "kavitha")
    expect(panel(page).locator("h4")).to_have_text("Kavitha Chatterji")
    # Computed at once, because the page above may move the map.
    in_view = f"""(root, name) => {{
      const [x, y] = ({WHERE})(root, name), box = root.getBoundingClientRect();
      const card = root.querySelector(".panel").getBoundingClientRect();
      const isBeside = x < card.left - 40 || x > card.right + 40;
      return isBeside && x > box.left + 40 && x < box.right - 40 && Math.abs(y - (box.top + box.bottom) / 2) < 40;
    }}"""
    assert still(page).evaluate(in_view, "Kavitha Chatterji")
    wait_for_view(page, lambda view: len(view.get("person", "")) == 18)
    assert "avitha" not in page.url
    page.keyboard.press("Escape")
    assert still(page).evaluate(CAMERA) == pytest.approx(before)


def test_click_opens_a_person_or_tie_or_closes(opened: Callable[..., Page]) -> None:
    page = opened()
    chart = still(page)
    before = chart.evaluate(CAMERA)
    page.mouse.click(*chart.evaluate(WHERE, "Kavitha Chatterji"))
    expect(panel(page).locator("h4")).to_have_text("Kavitha Chatterji")
    assert still(page).evaluate(COVERED) == 0
    for words in ("Ansley Row Academy", "21 connections", "Convenings attended"):
        expect(panel(page)).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    assert still(page).evaluate(CAMERA) == pytest.approx(before)
    # The middle of the longest tie that one person reported and no one covers.
    middle = still(page).evaluate("""root => {
      const { graph, positions, painter, camera } = root.networkMap;
      const ties = [...graph.from.keys()].map(tie => {
        const [a, b] = [graph.from[tie], graph.to[tie]];
        const point = { x: (positions.x[a] + positions.x[b]) / 2, y: (positions.y[a] + positions.y[b]) / 2 };
        return { tie, point, long: Math.hypot(positions.x[a] - positions.x[b], positions.y[a] - positions.y[b]) };
      });
      const isFree = ({ tie, point }) =>
        graph.oneSided.has(tie) && painter.personAt(point, 12) === null && painter.tieAt(point, 3) === tie;
      const free = ties.filter(isFree);
      const { point } = free.sort((a, b) => b.long - a.long)[0];
      const spot = camera.net.canvasToDOM(point), box = root.getBoundingClientRect();
      return [box.left + spot.x, box.top + spot.y];
    }""")
    page.mouse.click(*middle)
    expect(panel(page)).to_contain_text("How we know")
    expect(panel(page)).to_contain_text("Reported by")
    title = panel(page).locator("h4").inner_text()
    page.reload()
    chart = still(page)
    expect(panel(page).locator("h4")).to_have_text(title)
    expect(panel(page)).to_contain_text("How we know")
    page.mouse.click(middle[0], chart.evaluate("root => root.getBoundingClientRect().top + 6"))
    expect(panel(page)).to_be_hidden()


def test_legend_filters_categories_and_nonrespondents_in_the_link(opened: Callable[..., Page]) -> None:
    page = opened()
    scale = still(page).evaluate(CAMERA)[0]
    key = page.locator(".legend").get_by_role("button", name="Vermont")
    key.click()
    expect(page.locator(".map .count")).to_have_text("16 of 116 people")
    expect(key).to_be_focused()
    assert still(page).evaluate(CAMERA)[0] > 1.5 * scale, "the people with that value fill the frame"
    page.reload()
    still(page)
    expect(page.locator(".map .count")).to_have_text("16 of 116 people")
    expect(page.locator(".legend").get_by_role("button", name="Vermont")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".map .count")).to_have_text("116 people")
    wait_for_view(page, lambda view: not view)
    expect(page.locator(".legend")).to_contain_text("Introduced")
    key = page.locator(".legend").get_by_role("button", name="No response")
    count = int(key.locator("span").inner_text())
    key.click()
    expect(page.locator(".map .count")).to_have_text(f"{count} of 116 people")
    page.evaluate(WRITTEN)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate("written")
    assert "Juniper Mathematics Circles · Spring 2026" in printed
    assert not [text for text in printed if "No response" in text or f"{count} of" in text], "paper shows everyone"
    assert [text for text in printed if text.startswith("Vermont ")]
    expect(page.locator(".map .count")).to_have_text(f"{count} of 116 people")


def test_path_between_two_people_is_in_the_link(opened: Callable[..., Page]) -> None:
    page = opened()
    find(page, "hannah marlowe")
    panel(page).get_by_role("button", name="Two steps").click()
    wait_for_view(page, lambda view: view.get("steps") == "2")
    panel(page).get_by_role("button", name="Path to").click()
    page.get_by_placeholder("Find the other person").fill("siobhan")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("steps apart, through")
    people = panel(page).locator(".steps li b").all_inner_texts()
    assert (people[0], people[-1]) == ("Hannah Marlowe", "Siobhan Tierney")
    # Every step is a tie.
    tied = still(page).evaluate(
        """(root, names) => {
          const { graph } = root.networkMap;
          const at = names.map(name => graph.names.names.indexOf(name));
          return at.slice(1).every((to, i) => graph.tiesByPerson[at[i]].some(tie => graph.otherEnd(tie, at[i]) === to));
        }""",
        people,
    )
    assert tied
    page.reload()
    still(page)
    expect(panel(page).locator(".steps li b")).to_have_text(people)
    wait_for_view(page, lambda view: "to" in view)
    panel(page).get_by_role("button", name="Clear path").click()
    wait_for_view(page, lambda view: "to" not in view)


def test_map_display_is_in_the_link(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("button", name="Map display").click()
    menu = page.locator(".menu")
    for choice in ("paths through them", "type", "codes"):
        menu.get_by_role("button", name=choice).click()
    expect(page.locator(".legend")).to_contain_text("Co-planning")
    wait_for_view(page, lambda view: view == {"size": "bridging", "lines": "type", "names": "codes"})
    page.reload()
    named = still(page).evaluate("root => root.networkMap.labels.last.map(label => label.text)")
    assert named
    assert all(text.startswith("M-") for text in named)


def test_lines_show_trust_except_in_the_presenter_view(opened: Callable[..., Page]) -> None:
    page = opened()
    widths = """root => {
      const { painter } = root.networkMap;
      // The presenter view has no introductions after the wave.
      return painter.bundles.filter((each) => !each.isIntroduced).map(({ width, ties }) => [width, ties.length]);
    }"""
    strong = still(page).evaluate(widths)
    page.get_by_role("button", name="Map display").click()
    page.locator(".menu").get_by_role("button", name="trust").click()
    expect(page.locator(".legend")).to_contain_text("more trust")
    wait_for_view(page, lambda view: view == {"lines": "trust"})
    page.reload()
    trusted = still(page).evaluate(widths)
    assert trusted != strong
    page.get_by_role("button", name="Presenter view").click()
    expect(page.locator(".legend")).not_to_contain_text("trust")
    drawn = f"(root, as) => JSON.stringify(({widths})(root)) === JSON.stringify(as)"
    wait_for(page, still(page), drawn, strong)
    page.keyboard.press("Escape")
    wait_for(page, still(page), drawn, trusted)
    page.get_by_role("button", name="Map display").click()
    page.locator(".menu").get_by_role("button", name="frequency").click()
    expect(page.locator(".legend")).to_contain_text("more frequency")
    other = f"(root, as) => !as.some((each) => JSON.stringify(({widths})(root)) === JSON.stringify(each))"
    wait_for(page, still(page), other, [trusted, strong])


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_names_cover_neither_marks_nor_names(
    new_page: Callable[..., Page], sample_app: str, size: ViewportSize
) -> None:
    page = new_page(viewport=size)
    with page.add_init_script(WATCH_TEXTS):  # also for a second load, as above
        page.goto(f"{sample_app}/connectivity")
        counts = count_on(still(page))
    assert all(count["onMarks"] == count["onNames"] == [] for count in counts)
    assert counts[0]["names"] > (30 if size == DESKTOP else 12)


PLACES = """root => {
  const { graph } = root.networkMap;
  return Object.fromEntries(graph.ids.map((id, at) => [id, [graph.x[at], graph.y[at], graph.ties[at]]]));
}"""


def test_another_wave_moves_the_same_map(opened: Callable[..., Page]) -> None:
    page = opened()
    chart = still(page)
    chart.evaluate("root => (root.dataset.mine = 'yes')")
    find(page, "kavitha")
    before = chart.evaluate(PLACES)
    page.locator('[data-testid="stSelectbox"]', has_text="Wave").locator("input").click()
    page.get_by_role("option", name="Spring 2025").click()
    wait_for(page, chart, "(root, count) => root.networkMap.graph.count !== count", len(before))
    after = still(page).evaluate(PLACES)
    assert chart.get_attribute("data-mine") == "yes"
    expect(panel(page).locator("h4")).to_have_text("Kavitha Chatterji")
    width = max(x for x, _, _ in before.values()) - min(x for x, _, _ in before.values())
    # Isolates are in a list whose length changes.
    stayed = [one for one in before if one in after and before[one][2] and after[one][2]]
    moved = sorted(
        max(abs(before[one][0] - after[one][0]), abs(before[one][1] - after[one][1])) / width for one in stayed
    )
    assert len(stayed) > 50
    assert moved[int(len(moved) * 0.9)] < 0.12


SMALLEST_TEXT = """root => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const sizes = [["names", root.networkMap.labels.fontSize(root.clientWidth)]];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { parentElement: holder } = text;
    if (!text.data.trim() || holder.matches("style, .hint") || !holder.checkVisibility()) continue;
    sizes.push([text.data, parseFloat(getComputedStyle(holder).fontSize)]);
  }
  const field = root.querySelector(".search input");
  sizes.push(["search", parseFloat(getComputedStyle(field).fontSize)]);
  return sizes.sort((a, b) => a[1] - b[1])[0];
}"""
UNCONNECTED = """root => {
  const { people } = root.networkMap.sentData;
  const hidden = new Map(people.hidden_ties);
  return people.name.filter((_, at) => people.ties[at] <= (hidden.get(at) ?? 0));
}"""


def test_presenter_view_leads_a_room_through_the_network(new_page: Callable[..., Page], sample_app: str) -> None:
    page = new_page(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page.goto(f"{sample_app}/connectivity?tab=Over+time")
    chart = still(page)
    turnover = page.get_by_label("Connections from wave to wave").first.get_attribute("aria-label")
    counts = re.findall(r"(\d+) (?:kept|new|lost)", turnover or "")[-3:]
    assert len(counts) == 3
    wait_for(page, chart, "root => root.networkMap.presenter.tour.steps.length > 3")
    alone = chart.evaluate(UNCONNECTED)
    assert len(alone) == 10
    page.get_by_role("button", name="Presenter view").click()
    wait_for(page, chart, "root => root.getBoundingClientRect().width === innerWidth")
    headline, legend = page.locator(".headline"), page.locator(".legend")
    expect(headline).to_have_text("106 of 116 people share 300 connections; 10 have none yet.")
    expect(page.locator(".place")).to_contain_text("not counting people who")
    # A whole room sees it, so it shows neither who did not respond nor who has no connections.
    assert chart.evaluate("root => root.networkMap.graph.nonrespondents.size") == 0
    expect(legend.get_by_role("button", name="No response")).to_have_count(0)
    expect(legend).not_to_contain_text("Introduced")
    drawn = still(page).evaluate("root => root.outerHTML + root.networkMap.labels.last.map(each => each.text)")
    assert [name for name in alone if name in drawn] == []
    page.get_by_placeholder("Find a person").fill(alone[0])
    expect(page.locator(".results")).to_have_text("No one on this map has that name")
    page.keyboard.press("Escape")
    # Staff can turn the names on and off, and read who will see them.
    names = "root => root.networkMap.graph.names.names"
    page.get_by_role("button", name="Map display").click()
    expect(page.locator(".menu")).to_contain_text("everyone in the room")
    page.locator(".menu").get_by_role("button", name="show their names").click()
    assert set(alone) <= set(chart.evaluate(names))
    assert chart.evaluate("root => root.networkMap.graph.isolates.label").endswith(" 10")
    page.locator(".menu").get_by_role("button", name="count the unconnected").click()
    assert set(alone).isdisjoint(chart.evaluate(names))
    page.keyboard.press("Escape")
    # Controls hide after a while and come back with the mouse.
    wait_for(page, chart, "root => !root.classList.contains('awake')")
    page.mouse.move(400, 400)
    page.mouse.move(420, 420)
    wait_for(page, chart, "root => root.classList.contains('awake')")
    wait_for_view(page, lambda view: view.get("presenter") == "yes")
    # A card covers none of the person's connections, and has nothing about attendance.
    before = still(page).evaluate(CAMERA)
    page.keyboard.press("/")
    find(page, "dara")
    expect(panel(page).locator("h4")).to_have_text("Dara Whitfeather")
    assert still(page).evaluate(COVERED) == 0
    assert chart.evaluate(CAMERA) != pytest.approx(before)
    expect(panel(page)).not_to_contain_text("attended")
    assert chart.evaluate(SMALLEST_TEXT)[1] >= 24
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    assert still(page).evaluate(CAMERA) == pytest.approx(before)
    page.keyboard.press("/")
    find(page, "arjun r")
    expect(panel(page).locator("h4")).to_have_text("Arjun Raghunathan")
    assert still(page).evaluate(COVERED) == 0
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    still(page)
    steps = []
    while page.locator(".tour").get_by_role("button", name="Next").is_enabled():
        page.keyboard.press("PageDown" if len(steps) % 2 else "ArrowRight")
        steps.append(chart.evaluate("root => root.networkMap.presenter.tour.step.id"))
        assert chart.evaluate(SMALLEST_TEXT)[1] >= 24
        if steps[-1] == "brokers":
            leading = "({ presenter: { tour }, graph }) => [...tour.leading].map((at) => graph.names.names[at])"
            named = still(page).evaluate("root => root.networkMap.labels.last.map((label) => label.text)")
            assert sorted(named) == sorted(chart.evaluate(f"root => ({leading})(root.networkMap)"))
        if steps[-1] == "changes":
            # The 300 that are drawn, without those of people who stay off the map.
            unchanged, new, lost, brought = map(int, re.findall(r"(?:kept|made|lost) (\d+)", headline.inner_text()))
            assert unchanged + new + brought == 300
            assert all(shown <= int(count) for shown, count in zip((unchanged, new, lost), counts, strict=True))
            expect(page.locator(".tour-keys")).to_contain_text("Lost")
            names = "({ presenter: { tour }, graph }) => [...tour.namedPeople].map((at) => graph.names.names[at])"
            named = chart.evaluate(f"root => ({names})(root.networkMap)")
            assert {"Charlene Etcitty", "Irena Dvorsky", "Chidinma Asante"}.isdisjoint(named)
    assert [step for step in steps if "region " not in step] == ["regions", "brokers", "changes", "introductions"]
    page.set_viewport_size({"width": 1280, "height": 720})
    assert chart.evaluate(SMALLEST_TEXT)[1] >= 18
    page.locator(".tour").get_by_role("button", name="Back").click()
    expect(headline).to_contain_text("Since Spring 2025")
    page.keyboard.press("Escape")
    wait_for(page, chart, "root => !root.classList.contains('presenting')")
    wait_for_view(page, lambda view: "presenter" not in view)
    expect(page.locator(".map .stage")).to_be_focused()
    expect(legend.get_by_role("button", name="No response")).to_have_count(1)


def test_initials_hide_names_everywhere(opened: Callable[..., Page]) -> None:
    page = opened()
    stage = page.locator(".map .stage")
    # One of the sample's six cut members.
    expect(stage).to_have_attribute("aria-label", re.compile("Curtis Pellbrook"))
    page.get_by_role("button", name="Map display").click()
    page.locator(".menu").get_by_role("button", name="initials").click()
    expect(stage).not_to_have_attribute("aria-label", re.compile("Pellbrook"))
    expect(stage).to_have_attribute("aria-label", re.compile(r"\b107\b"))
    # A link to it has no names either.
    page.reload()
    still(page)
    expect(stage).not_to_have_attribute("aria-label", re.compile("Pellbrook"))


def test_keys_go_from_the_map_to_its_search_zoom_and_pan(opened: Callable[..., Page]) -> None:
    page = opened()
    chart = still(page)
    page.get_by_role("button", name="More filters").focus()
    page.keyboard.press("Tab")
    stage = page.locator(".map .stage")
    expect(stage).to_be_focused()
    expect(stage).not_to_have_css("box-shadow", "none")
    page.keyboard.press("Tab")
    expect(page.get_by_placeholder("Find a person")).to_be_focused()
    view = "root => [root.networkMap.camera.net.getScale(), root.networkMap.camera.net.getViewPosition().x]"
    scale, x = chart.evaluate(view)
    page.locator(".map .stage").focus()
    page.keyboard.press("+")
    wait_for(page, chart, "(root, was) => root.networkMap.camera.net.getScale() > 1.3 * was", scale)
    still(page)
    page.keyboard.press("ArrowRight")
    wait_for(page, chart, "(root, was) => root.networkMap.camera.net.getViewPosition().x > was", x)
    page.keyboard.press("0")
    wait_for(page, chart, "(root, was) => Math.abs(root.networkMap.camera.net.getScale() / was - 1) < 0.01", scale)
    page.keyboard.press("/")
    page.keyboard.type("noemi")
    page.locator(".results button").first.wait_for()
    page.keyboard.press("Enter")
    expect(panel(page).locator("h4")).to_have_text("Noemi Castellanos")


FILLED = """root => {
  const { graph, positions, camera, painter } = root.networkMap;
  const spots = graph.ids.map((_, at) => camera.net.canvasToDOM({ x: positions.x[at], y: positions.y[at] }));
  const [xs, ys] = [spots.map(spot => spot.x), spots.map(spot => spot.y)];
  const across = (Math.max(...xs) - Math.min(...xs)) / root.clientWidth;
  return Math.max(across, (Math.max(...ys) - Math.min(...ys)) / root.clientHeight);
}"""


def test_map_fills_a_resized_window(opened: Callable[..., Page]) -> None:
    page = opened()
    chart = still(page)
    for width, height in ((1440, 1300), (900, 1300), (1440, 700)):
        page.set_viewport_size({"width": width, "height": height})
        wait_for(page, chart, f"root => ({FILLED})(root) > 0.6 && ({FILLED})(root) < 1")
    # On a laptop, the map and its legend fit without scrolling.
    page.set_viewport_size({"width": 1280, "height": 720})
    wait_for(page, chart, "root => root.getBoundingClientRect().bottom <= innerHeight")
    assert page.locator(".legend").evaluate("legend => legend.scrollHeight <= legend.clientHeight + 1")


def test_phone_has_large_controls_behind_one_button(new_page: Callable[..., Page], sample_app: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{sample_app}/connectivity")
    still(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator(".map .search")).to_be_hidden()
    expect(page.locator(".map .tools")).to_be_hidden()
    page.get_by_role("button", name="Map controls").tap()
    expect(page.locator(".map .tools")).to_be_visible()
    page.get_by_role("button", name="Map display").tap()
    targets = page.locator(".map button:visible, .map input:visible").all()
    assert len(targets) > 10
    for target in targets:
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 40, target.inner_text()
    page.get_by_role("button", name="Map display").tap()
    find(page, "noemi")
    expect(panel(page).locator("h4")).to_have_text("Noemi Castellanos")
    expect(page.locator(".map .tools")).to_be_hidden()


def test_phone_shows_every_category_without_scrolling(new_page: Callable[..., Page], sample_app: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{sample_app}/connectivity")
    still(page)
    within = """legend => {
      const box = legend.getBoundingClientRect();
      return [...legend.children].filter((key) => {
        const place = key.getBoundingClientRect();
        return place.left >= box.left - 1 && place.right <= box.right + 1 && place.bottom <= box.bottom + 1;
      }).length;
    }"""
    # One line until it is opened.
    legend = page.locator(".legend")
    keys = legend.locator("> :not(.of)").count()
    assert keys > 6
    assert legend.evaluate(within) == 1
    legend.get_by_role("button", name="Region").tap()
    assert legend.evaluate(within) == keys
    legend.get_by_role("button", name="Vermont").tap()
    expect(legend.locator(".legend-fold")).to_have_text("Vermont")


# ---- the offline file, and odd networks


def person(name: str, **attributes: str) -> Person:
    return Person(key=name, name=name, attributes=attributes)


def book(people: list[Person], ties: list[tuple[str, str]] | None = None, **more: Any) -> Workbook:
    connections = tuple(Connection(source=a, target=b, strength=2.0) for a, b in ties or [])
    return Workbook(
        title="Odd", people={one.key: one for one in people}, connections=connections, today=dt.date(2026, 1, 1), **more
    )


ATTACKS = (
    "<img src=x onerror=window.ran=1>",
    "</script><script>window.ran=1</script>",
    "<svg onload=window.ran=1>",
    "href=javascript:window.ran=1",
)
HOSTILE = book(
    [person(name, Role=name, **{ATTACKS[0]: name}) for name in ATTACKS],
    [(ATTACKS[0], each) for each in ATTACKS[1:]],
    attributes=(ATTACKS[0],),
)


@pytest.fixture
def filed(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Opens a workbook's map as a file; the page must not throw or request anything."""

    def open_it(workbook: Workbook, **keywords: Any) -> Page:
        file = tmp_path / "map.html"
        file.write_text(offline_map(workbook, **keywords), encoding="utf-8")
        page.goto(file.as_uri())
        still(page)
        return page

    return open_it


def test_hostile_names_stay_text_in_the_file(filed: Callable[..., Page]) -> None:
    page = filed(HOSTILE, color_by=ATTACKS[0])
    for name in ATTACKS:
        find(page, name[:9])
        expect(panel(page).locator("h4")).to_have_text(name)
        page.mouse.move(*still(page).evaluate(WHERE, name))
    assert page.evaluate("window.ran") is None
    assert page.locator(".map img, .map svg[onload], .map script").count() == 0
    # The view is stored after the # and opens again.
    page.reload()
    still(page)
    expect(panel(page).locator("h4")).to_have_text(ATTACKS[-1])


LONG = book([person("x" * 400, Region="y" * 400), person("Bo")], [("x" * 400, "Bo")], attributes=("Region",))
WAVE = Wave(name="Quiet", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 1, 1))
MANY_VALUES = book([person(f"p{at}", Region=f"value {at}") for at in range(300)], attributes=("Region",))


@pytest.mark.parametrize(
    ("workbook", "count"),
    [
        (LONG, "2 people"),
        (book([person("Ana")]), "1 person"),
        (book([]), "0 people"),
        (book([person("Ana"), person("Bo")], waves=(WAVE,)), "2 people"),
        (MANY_VALUES, "300 people"),
        (
            book([person(f"p{a}") for a in range(40)], [(f"p{a}", f"p{b}") for a in range(40) for b in range(a)]),
            "40 people",
        ),
    ],
    ids=["400 characters", "one member", "no members", "a wave without ties", "300 values", "all tied"],
)
def test_odd_networks_are_drawn(filed: Callable[..., Page], workbook: Workbook, count: str) -> None:
    page = filed(workbook, color_by="Region" if workbook.attributes else None)
    expect(page.locator(".map .count")).to_have_text(count)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".legend .key:not(.legend-fold)").count() <= 9
    inside = page.locator(".legend").evaluate("legend => legend.scrollWidth <= legend.clientWidth + 1")
    assert inside


NEXT = """root => {
  const data = structuredClone(root.networkMap.data);
  const [, a, b] = root.networkMap.graph.ranked;
  data.ties.from.push(a); data.ties.to.push(b); data.ties.strength.push(5); data.ties.kinds.push(0);
  data.people.ties[a] += 1; data.people.ties[b] += 1; data.version = "next";
  return data;
}"""


def test_new_data_is_highlighted(filed: Callable[..., Page]) -> None:
    people = [person(f"Person {at}") for at in range(12)]
    ties = [("Person 0", f"Person {at}") for at in range(1, 9)]
    page = filed(book(people, ties))
    chart = still(page)
    drawn = """root => {
      const { painter, highlights, positions, graph } = root.networkMap;
      const ties = painter.bundles.reduce((sum, each) => sum + each.ties.length, 0);
      return [ties, highlights.ties.size, highlights.people.size, [...positions.x], [...graph.x]];
    }"""
    before = chart.evaluate(drawn)
    # In one evaluation, because highlights fade. The same data again, as every run of the page sends it, must change
    # nothing on the screen.
    after, again = chart.evaluate(f"""async root => {{
      const drawn = {drawn};
      await root.networkMap.show(({NEXT})(root));
      const after = drawn(root);
      await root.networkMap.show(structuredClone(root.networkMap.data));
      return [after, drawn(root)];
    }}""")
    assert before[:3] == [8, 0, 0]
    assert after[:3] == [9, 1, 0]
    assert after[3:] == before[3:], "no one moves, and no one will"
    assert again == after
    # Highlights fade.
    wait_for(page, chart, "root => root.networkMap.highlights.ties.size === 0")
    # Nor does someone who joins at the edge, where the network ended.
    moved = chart.evaluate("""async root => {
      const { graph } = root.networkMap;
      const data = structuredClone(root.networkMap.data);
      const { people, ties } = data;
      const [first, newcomer] = [graph.ranked[0], graph.ties.indexOf(0)];
      const connected = graph.ranked.filter((at) => graph.ties[at]);
      for (const axis of [people.x, people.y]) {
        const [low, high] = [Math.min, Math.max].map((end) => end(...connected.map((at) => axis[at])));
        axis[newcomer] = axis === people.x ? high + 0.1 * (high - low) : (low + high) / 2;
      }
      ties.from.push(first); ties.to.push(newcomer); ties.strength.push(5); ties.kinds.push(0);
      people.ties[first] += 1; people.ties[newcomer] += 1; data.version = "one more";
      await root.networkMap.show(data);
      const now = root.networkMap.graph;
      return connected.filter((at) => now.x[at] !== graph.x[at] || now.y[at] !== graph.y[at]).length;
    }""")
    assert moved == 0


FEW = book([person(f"Person {at:02}") for at in range(12)], [("Person 00", "Person 01"), ("Person 02", "Person 03")])


def test_few_people_fill_the_map_with_their_names(filed: Callable[..., Page]) -> None:
    chart = still(filed(FEW))
    # Two pairs, and eight people with no connections yet in a corner.
    assert chart.evaluate("root => root.networkMap.labels.last.length") == 12
    assert 0.8 < chart.evaluate(FILLED) < 1


OUTSIDE = """root => {
  const { graph, painter, positions: { x, y } } = root.networkMap;
  const pen = document.createElement("canvas").getContext("2d");
  const isIn = (at) => painter.hulls.some(({ path }) => pen.isPointInPath(path, x[at], y[at]));
  return graph.ids.filter((_, at) => graph.ties[at] && !isIn(at)).length;
}"""


def test_hulls_of_small_regions_leave_no_one_out(filed: Callable[..., Page]) -> None:
    people = [person(f"{where} {at}", Region=where) for where in ("North", "South") for at in range(9)]
    near = [
        (f"{where} {at}", f"{where} {(at + step) % 9}")
        for where in ("North", "South")
        for at in range(9)
        for step in (1, 2)
    ]
    chart = still(filed(book(people, [*near, ("North 0", "South 0")], attributes=("Region",)), color_by="Region"))
    assert chart.evaluate("root => root.networkMap.graph.regions.length") == 2
    assert chart.evaluate(OUTSIDE) == 0


BLOCK = """root => {
  const { graph, positions, camera, painter } = root.networkMap;
  const scale = camera.net.getScale();
  const tools = root.querySelector(".tools").getBoundingClientRect();
  const { left, top } = root.getBoundingClientRect();
  const spots = graph.ids.map((_, at) => camera.net.canvasToDOM({ x: positions.x[at], y: positions.y[at] }));
  const hidden = spots.filter(({ x, y }) => x > tools.left - left && y < tools.bottom - top);
  const { x, y, width, height } = graph.isolates;
  const start = camera.net.canvasToDOM({ x, y });
  const [w, h] = [width * scale, height * scale];
  const isIn = (spot) => spot.x >= start.x && spot.x <= start.x + w && spot.y >= start.y && spot.y <= start.y + h;
  return {
    hidden: hidden.length,
    share: (w * h) / (root.clientWidth * root.clientHeight),
    isBlock: spots.every((spot, at) => isIn(spot) === !graph.ties[at]),
  };
}"""


@pytest.mark.parametrize("alone", [9, 60])
def test_unconnected_people_take_little_and_unfold(filed: Callable[..., Page], page: Page, alone: int) -> None:
    people = [person(f"Tied {at:02}") for at in range(60)]
    people += [person(f"{'Wilhelmina' if at % 2 else 'Ida'} Dogwood-Featherstonehaugh {at}") for at in range(alone)]
    ties = [(f"Tied {at:02}", f"Tied {(at * step + 1) % 60:02}") for at in range(60) for step in (1, 7, 11)]
    filed(book(people, ties))
    for width, height in ((1440, 900), (700, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        wait_for(page, still(page), "(root, width) => root.networkMap.stage.clientWidth > width - 60", width)
        found = still(page).evaluate(BLOCK)
        assert found["isBlock"]
        assert not found["hidden"]
        assert found["share"] < 0.13
    heading = page.get_by_role("button", name="No connections yet")
    expect(heading).to_have_count(1)
    heading.click()
    expect(panel(page).locator("li")).to_have_count(alone)
    panel(page).get_by_role("button", name="Ida Dogwood-Featherstonehaugh 0").click()
    expect(panel(page).locator("h4")).to_have_text("Ida Dogwood-Featherstonehaugh 0")
    expect(panel(page)).to_contain_text("no connections")


def test_no_one_covers_anyone_in_a_dense_network(filed: Callable[..., Page]) -> None:
    people = [person(f"p{at}") for at in range(60)]
    chart = still(filed(book(people, [(f"p{a}", f"p{b}") for a in range(60) for b in range(a)])))
    covered = chart.evaluate("""root => {
      const { graph: { x, y }, painter } = root.networkMap;
      const apart = (a, b) => Math.hypot(x[a] - x[b], y[a] - y[b]);
      const radii = [...x.keys()].map((person) => painter.drawnRadius(person));
      return radii.filter((r, a) => radii.some((s, b) => a !== b && apart(a, b) < 0.95 * (r + s))).length;
    }""")
    assert covered == 0


def test_right_to_left_names_keep_their_order(filed: Callable[..., Page]) -> None:
    arabic, hebrew = "فاطمة الزهراء 10", "דוד בן־גוריון"
    page = filed(book([person(arabic), person(hebrew), person("Ana")], [(arabic, hebrew), (arabic, "Ana")]))
    drawn = still(page).evaluate("root => root.networkMap.labels.last.map((label) => label.text)")
    assert sorted(drawn) == sorted([f"\u2068{arabic}\u2069", f"\u2068{hebrew}\u2069", "Ana"])
    middle = still(page).evaluate("""root => {
      const { graph, positions, camera } = root.networkMap;
      const ana = graph.names.names.indexOf("Ana");
      const [a, b] = [...graph.ids.keys()].filter((at) => at !== ana);
      const { x, y } = positions;
      const spot = camera.net.canvasToDOM({ x: (x[a] + x[b]) / 2, y: (y[a] + y[b]) / 2 });
      const box = root.getBoundingClientRect();
      return [box.left + spot.x, box.top + spot.y];
    }""")
    page.mouse.click(*middle)
    title = panel(page).locator("h4").inner_text()
    assert title in (
        f"\u2068{one}\u2069 and \u2068{other}\u2069" for one, other in ((arabic, hebrew), (hebrew, arabic))
    )


ROUND = [f"Person {at:02}" for at in range(24)]
CIRCLE = book([person(name) for name in ROUND], list(zip(ROUND, [*ROUND[1:], ROUND[0]], strict=True)))


def test_link_to_a_path_shows_all_of_it(filed: Callable[..., Page]) -> None:
    page = filed(CIRCLE)
    find(page, "Person 02")
    panel(page).get_by_role("button", name="Path to").click()
    page.get_by_placeholder("Find the other person").fill("Person 08")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("6 steps apart")
    page.reload()
    chart = still(page)
    expect(panel(page)).to_contain_text("6 steps apart")
    spots = [chart.evaluate(WHERE, f"Person {at:02}") for at in range(2, 9)]
    side = panel(page).bounding_box()
    box = chart.bounding_box()
    assert side is not None
    assert box is not None
    assert all(box["x"] < x < side["x"] and box["y"] < y < box["y"] + box["height"] for x, y in spots)


def test_keyboard_focus_stays_in_panel_and_search(filed: Callable[..., Page]) -> None:
    page = filed(CIRCLE)
    find(page, "Person 02")
    two = panel(page).get_by_role("button", name="Two steps")
    two.focus()
    page.keyboard.press("Enter")
    expect(two).to_have_attribute("aria-pressed", "true")
    expect(two).to_be_focused()
    # Escape in the results leads back to the field: not out of the presenter view, nor away from the person.
    page.keyboard.press("/")
    page.keyboard.type("Person")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_placeholder("Find a person")).to_be_focused()
    expect(panel(page)).to_be_visible()


def test_another_person_is_shown_from_the_top(filed: Callable[..., Page], page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 460})
    names = [f"Person {at:02}" for at in range(60)]
    ties = [(hub, name) for hub in names[:2] for name in names if name > hub]
    filed(book([person(name) for name in names], ties))
    find(page, names[0])
    panel(page).get_by_role("button", name="Show all 59").click()
    expect(panel(page).locator("li")).to_have_count(59)
    panel(page).evaluate("panel => panel.scrollTo(0, 400)")
    assert panel(page).evaluate("panel => panel.scrollTop") == 400
    panel(page).get_by_role("button", name=names[1]).evaluate("button => button.click()")
    expect(panel(page).locator("h4")).to_have_text(names[1])
    assert panel(page).evaluate("panel => panel.scrollTop") == 0


def test_map_is_drawn_without_its_fonts(filed: Callable[..., Page], page: Page) -> None:
    with page.add_init_script("document.fonts.load = () => Promise.reject(new Error('no letters'))"):
        filed(CIRCLE)
    expect(page.locator(".map .count")).to_have_text("24 people")


def test_removed_map_does_not_report_ready(filed: Callable[..., Page]) -> None:
    page = filed(CIRCLE)
    is_ready = page.evaluate("""async () => {
      const { data } = document.getElementById("map").shadowRoot.querySelector(".map").networkMap;
      const host = document.createElement("div");
      document.body.append(host);
      const left = new NetworkMap(host, { isOffline: true });
      left.key = "left";
      await left.show(data);
      left.remove();
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
      return window.nethealthMapsReady.has("left");
    }""")
    assert not is_ready


def test_tooltip_at_the_edge_is_not_cut_off(filed: Callable[..., Page]) -> None:
    long = " ".join(["Wilhelmina"] * 5)
    page = filed(book([person(f"{long} {at}") for at in range(2)], [(f"{long} 0", f"{long} 1")]))
    chart = still(page)
    right = "({ camera, positions }) => camera.moveTo({ scale: 3, position: { x: positions.x[0] + 150, y: 0 } })"
    chart.evaluate(f"root => ({right})(root.networkMap)")
    x, _ = chart.evaluate(WHERE, f"{long} 0")
    chart.evaluate(
        "(root, left) => root.networkMap.camera.pan(left, 0)",
        x - chart.evaluate("root => root.getBoundingClientRect().left") - 12,
    )
    page.wait_for_timeout(400)
    page.mouse.move(*still(page).evaluate(WHERE, f"{long} 0"))
    tip = page.locator(".map .tip.visible")
    tip.wait_for()
    box, around = tip.bounding_box(), chart.bounding_box()
    assert box is not None
    assert around is not None
    assert box["x"] >= around["x"]
    assert box["width"] > 200


def test_ties_without_strength_have_the_default_width(filed: Callable[..., Page]) -> None:
    unsaid = replace(FEW, connections=tuple(replace(tie, strength=None) for tie in FEW.connections))
    widths = "root => root.networkMap.painter.bundles.map(bundle => root.networkMap.painter.tieStyle(bundle).width)"
    assert still(filed(unsaid)).evaluate(widths) == [1]
    # On a scale of five, 1 is the lowest.
    least = replace(FEW, connections=tuple(replace(tie, strength=1.0) for tie in FEW.connections))
    assert still(filed(least)).evaluate(widths) == [0.6]


# What is written on pictures, which are not what the screen shows.
WRITTEN = """() => {
  window.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
    if (!this.canvas.closest(".stage")) window.written.push(text);
    return write.call(this, text, ...more);
  };
}"""


def test_picture_and_presenter_view_of_a_file_name_no_one_without_connections(
    filed: Callable[..., Page], tmp_path: Path
) -> None:
    people = [person("Ana", Region="North"), person("Bo", Region="North"), person("Lone Cy", Region="South")]
    page = filed(book(people, [("Ana", "Bo")], attributes=("Region",)), color_by="Region")
    assert "Lone Cy" in still(page).evaluate("root => root.networkMap.labels.last.map(({ text }) => text)")
    page.get_by_role("button", name="Map display").click()
    page.evaluate(WRITTEN)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a picture").click()
    saved = tmp_path / "map.png"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert download.value.suggested_filename == "network-map.png"
    counts = "2 of 3 people share 1 connection; 1 has none yet."
    written = page.evaluate("written")
    assert {"Odd", "Ana", "Bo", "North 2", counts} <= set(written)
    assert [text for text in written if text.startswith("Source: workbook read on ")]
    width = int.from_bytes(saved.read_bytes()[16:20])
    assert width == 2 * still(page).evaluate("root => root.networkMap.stage.clientWidth")
    assert not [text for text in written if "Cy" in text or "South" in text]
    # On paper, the map is the same picture, whatever the screen shows of it.
    page.keyboard.press("Escape")
    find(page, "ana")
    still(page).evaluate("root => root.networkMap.camera.zoom(20)")
    before = still(page).evaluate(CAMERA)
    page.evaluate("() => { window.written = []; dispatchEvent(new Event('beforeprint')); }")
    printed = page.evaluate("written")
    assert still(page).evaluate(CAMERA) == before
    assert {"Odd", "Ana", "Bo", "North 2", counts} <= set(printed)
    assert not [text for text in printed if "Cy" in text or "South" in text]
    page.emulate_media(media="print")
    expect(page.locator(".map .paper")).to_be_visible()
    expect(page.locator(".map .stage")).to_be_hidden()
    page.emulate_media(media="null")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".map .paper").evaluate("paper => paper.width") == 0
    page.keyboard.press("Escape")
    still(page)
    page.get_by_role("button", name="Presenter view").click()
    expect(page.locator(".headline")).to_have_text(counts)
    chart = still(page)
    assert sorted(chart.evaluate("root => root.networkMap.graph.names.names")) == ["Ana", "Bo"]
    assert "Cy" not in chart.evaluate("root => root.outerHTML")
    # Where the browser keeps Escape for itself, it leaves the full screen first; an open card closes then.
    page.keyboard.press("/")
    find(page, "ana")
    chart.evaluate("root => root.networkMap.presenter.escape()")
    expect(panel(page)).to_be_hidden()
    expect(page.locator(".map.presenting")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".map.presenting")).to_have_count(0)
    assert "Lone Cy" in still(page).evaluate("root => root.networkMap.labels.last.map(({ text }) => text)")


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a network with too many details to send them with the map."""
    folder = tmp_path_factory.mktemp("thousands")
    names = [f"Person {at:04}" for at in range(1_510)]
    tabs = {
        "Members": [["Name"], *([name] for name in names)],
        "Connections": [["From", "To"], ["Person 0000", "Person 0001"]],
        "Convenings": [["Date", "Title", "Attendees"], ["2024-05-01", "The one they went to", "Person 0000"]],
    }
    for title, rows in tabs.items():
        with (folder / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    with serving(ROOT / "app.py", environ={"NETHEALTH_SPREADSHEET": str(folder)}) as port:
        yield f"http://127.0.0.1:{port}"


def test_large_network_loads_details_on_demand(page: Page, thousands: str) -> None:
    frames: list[str | bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame))

    page.on("websocket", listen)
    page.goto(f"{thousands}/connectivity")
    still(page)
    settled(page)
    title = b"The one they went to"
    before = len(frames)
    assert not any(title in frame for frame in frames if isinstance(frame, bytes))
    assert max(map(len, frames)) > 60_000, "the map is large"
    find(page, "Person 0000")
    expect(panel(page)).to_contain_text(title.decode())
    settled(page)
    answer = frames[before:]
    assert any(title in frame for frame in answer if isinstance(frame, bytes))
    assert sum(map(len, answer)) < 60_000, "the map itself was not sent again"
    wait_for_view(page, lambda view: bool(view.get("person")))
    assert "Person" not in page.url
    page.remove_listener("websocket", listen)
