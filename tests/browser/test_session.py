"""A session in a room: a laptop, a screen, and six phones, from the QR code to the revealed picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import ROOT, serving
from tests.browser.accessibility import serious_violations
from tests.browser.conftest import DESKTOP, PHONE, settled

SCREEN = {"width": 1920, "height": 1080}
STATEMENTS = 3
LABELS = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample with sessions of its own."""
    folder: Path = tmp_path_factory.mktemp("sessions")
    environ = {"NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": "", "NETHEALTH_DATA_DIR": str(folder)}
    with serving(ROOT / "app.py", environ=environ) as port:
        yield f"http://127.0.0.1:{port}"


def answer(phone: Page, label: str) -> None:
    """Answer all statements in the same way, from the start to the thanks."""
    phone.get_by_role("button", name="Start").click()
    for _ in range(STATEMENTS):
        phone.get_by_role("radio", name=label, exact=True).check()
        phone.locator("#steps .main").click()


def test_six_phones_from_the_qr_code_to_the_picture(new_page: Callable[..., Page], own_app: str) -> None:
    laptop, screen = new_page(viewport=DESKTOP), new_page(viewport=SCREEN)
    laptop.goto(f"{own_app}/sessions")
    laptop.get_by_role("button", name="Start a quick pulse").click()
    laptop.get_by_role("button", name="Reveal").wait_for()
    address = laptop.get_by_role("link", name="Open the screen").get_attribute("href") or ""
    screen.goto(address)
    code = screen.get_by_role("img", name="QR code to join").get_attribute("alt") or ""
    join = re.sub(r"^.*(http\S+)$", r"\1", code)
    sizes = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert screen.locator(".nh-code").evaluate(sizes) >= 120
    assert min(screen.locator(".nh-join :is(h1, p)").evaluate_all(f"all => all.map({sizes})")) >= 24
    assert serious_violations(screen) == []

    phones = [new_page(viewport=PHONE, is_mobile=True, has_touch=True) for _ in range(6)]
    for phone in phones:
        phone.goto(join)
    expect(screen.get_by_text("6 people are in")).to_be_visible()
    assert serious_violations(phones[0]) == []

    offline = phones[5]
    offline.get_by_role("button", name="Start").wait_for()
    offline.context.set_offline(True)
    for phone, label in zip(phones, [*LABELS, LABELS[4]], strict=True):
        answer(phone, label)
    expect(screen.get_by_text("5 answered")).to_be_visible()
    expect(screen.locator(".nh-pulse")).to_have_count(0)
    offline.context.set_offline(False)
    expect(screen.get_by_text("6 answered")).to_be_visible()

    laptop.get_by_role("button", name="Reveal").click()
    bars = screen.locator(".nh-stack")
    expect(bars).to_have_count(STATEMENTS)
    expect(bars.first).to_have_attribute(
        "aria-label", "Strongly disagree: 1, Disagree: 1, Neutral: 1, Agree: 1, Strongly agree: 2"
    )
    texts = screen.locator(".nh-room :is(h1, h2, p, li, .nh-stack i), .nh-foot")
    assert min(texts.evaluate_all(f"all => all.map({sizes})")) >= 24
    assert serious_violations(screen) == []

    laptop.get_by_role("button", name="End the session").click()
    expect(screen.get_by_text("This session has ended")).to_be_visible()
    settled(laptop)
    assert serious_violations(laptop) == []


def test_map_grows_as_phones_say_who_they_know(new_page: Callable[..., Page], own_app: str) -> None:
    laptop, screen = new_page(viewport=DESKTOP), new_page(viewport=SCREEN)
    laptop.goto(f"{own_app}/sessions")
    laptop.get_by_role("button", name="Start who knows whom").click()
    laptop.get_by_role("button", name="Reveal").click()
    screen.goto(laptop.get_by_role("link", name="Open the screen").get_attribute("href") or "")
    join = f"{own_app}/join/{screen.locator('.nh-foot b').inner_text().replace(' ', '')}"
    people = ("Curtis Brackett", "Mei Tseng", "Owen Hathersage")
    phones = [new_page(viewport=PHONE, is_mobile=True, has_touch=True) for _ in people]
    for phone, person in zip(phones, people, strict=True):
        phone.goto(join)
        phone.get_by_role("button", name="Start").click()
        phone.get_by_role("searchbox").fill(person)
        phone.get_by_role("button", name=person).click()
        phone.locator("#steps .main").click()

    def tick(phone: Page, person: str) -> None:
        phone.get_by_role("searchbox").fill(person)
        phone.get_by_role("checkbox", name=person).check()

    tick(phones[0], people[1])
    live_map = screen.locator(".map.live")
    expect(live_map.get_by_text("3 people · 1 connection · 1 not yet connected")).to_be_visible()
    places = """map => { const { graph, positions } = map.networkMap;
      return Object.fromEntries(graph.ids.map((id, at) => [id, [positions.x[at], positions.y[at]]])); }"""
    before = live_map.evaluate(places)
    tick(phones[2], people[0])
    expect(live_map.get_by_text("3 people · 2 connections")).to_be_visible()
    screen.wait_for_function("map => !map.networkMap.appeared", arg=live_map.element_handle())
    after = live_map.evaluate(places)
    assert (len(before), len(after)) == (2, 3)
    assert {person: after[person] for person in before} == before
    assert set(live_map.evaluate("map => map.networkMap.data.people.name")) == {""}
    assert serious_violations(screen) == []
