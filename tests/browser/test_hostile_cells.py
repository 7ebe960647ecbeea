"""Cells that try to run code do not, on any page or in the map's tooltips."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from nethealth.ui.routes import PAGES, UNLISTED
from tests.browser.conftest import follow, links_of, open_tabs, settled
from tests.browser.test_map import WHERE, still

RUN = "window.ran=1"
OUTSIDE = "outside.example"
"""A host that no page may request anything from: a picture from it would reveal who is looking."""
ATTEMPTS = (
    f"<img src=x onerror={RUN}>",
    f"</script><script>{RUN}</script>",
    f"javascript:{RUN}",
    f'<a href="javascript:{RUN}">href</a>',
    f"[click](javascript:{RUN})",
    f'"><svg onload={RUN}>',
    "$\\href{javascript:window.ran=1}{x}$ :red[x] **x** `x`",
    "=HYPERLINK(1)",
    f"![x](http://{OUTSIDE}/a.png) :material/home: :red-background[x]",
    f'<b style="background:url(http://{OUTSIDE}/b)">b</b><a href="http://{OUTSIDE}">a</a>',
    f"<img src=http://{OUTSIDE}/c> \u202egro.elpmaxe [x](http://{OUTSIDE}/d) http://{OUTSIDE}/e",
)


MADE_FROM_CELLS = ", ".join(
    [
        '[data-testid="stException"]',
        *('a[href^="javascript"]', 'img[src="x"]', "svg[onload]", "svg a", "b[style]", "[class*='stMarkdownColored']"),
        *(f"[{name}*='{OUTSIDE}']" for name in ("href", "src", "style")),
    ]
)
"""What would be on a page if cells became links, pictures, colors, or drawings there."""


def hostile_workbook() -> bytes:
    """A workbook with an attempt in every cell that takes text."""
    people = [f"{attempt} {number}" for number, attempt in enumerate(ATTEMPTS * 2)]
    any_of = [ATTEMPTS[number % len(ATTEMPTS)] for number in range(len(people))]
    tabs: dict[str, list[list[str]]] = {
        "Settings": [["Setting", "Value"], ["Network name", ATTEMPTS[0]], ["Shared purpose", ATTEMPTS[1]]],
        "Members": [
            ["Name", "Organization", "Role", "Region", ATTEMPTS[0], "Joined", "Tags", "Notes"],
            *[
                [name, x, x, ATTEMPTS[n % 3], x, "2024-01-01", x, x]
                for n, (name, x) in enumerate(zip(people, any_of, strict=False))
            ],
        ],
        "Connections": [
            ["From", "To", "Strength", "Type", "Date", "Notes", "Wave"],
            *[
                [a, b, "3", x, f"2025-0{n % 2 + 1}-01", x, ATTEMPTS[-1 - n % 2]]
                for n, (a, b, x) in enumerate(zip(people, people[1:], any_of, strict=False))
            ],
        ],
        "Weaving": [
            ["Date", "Weaver", "Member", "Introduced to", "What we heard", "Follow-up", "Due"],
            *[["2025-01-01", x, a, b, x, x, "2025-02-01"] for a, b, x in zip(people, people[2:], any_of, strict=False)],
        ],
        "Survey": [
            ["Timestamp", ATTEMPTS[0], ATTEMPTS[1], "What do you think?"],
            *[["2025-01-01", str(n % 5 + 1), x, x] for n, x in enumerate(any_of)],
        ],
        "Convenings": [
            ["Date", "Title", "Format", "Invited", "Attended", "Key outcomes", "Link"],
            *[["2025-01-01", x, x, "10", "5", x, x] for x in ATTEMPTS],
        ],
        "Activities": [
            ["Date", "Title", "Kind", "Notes", "Link"],
            *[["2025-01-01", x, x, x, x] for x in ATTEMPTS],
        ],
        "Platform": [
            ["Month", "Platform", "Members on it", "Active members"],
            *[[month, x, "10", "5"] for month in ("2025-01", "2025-02") for x in (ATTEMPTS[0], *ATTEMPTS[-3:])],
        ],
        "Agreements": [["Agreement", "Kind", "Status", "Link"], *[[x, x, "Adopted", x] for x in ATTEMPTS]],
        "Emergent activity": [
            ["Name", "Purpose", "Collaborators", "Started", "Outcomes to date", "Link"],
            *[[x, x, f"{people[0]}; {people[1]}", "2025-01-01", x, x] for x in ATTEMPTS],
        ],
        "Mindset": [
            ["Session", "Moment", "Leadership", "Reflection"],
            *[[ATTEMPTS[-(n % 2)], "Now", str(n % 5 + 1), x] for n, x in enumerate(any_of)],
        ],
        "Actions": [["What we heard", "What we did"], *[[x, x] for x in ATTEMPTS]],
        f"{ATTEMPTS[3]}".replace("/", "∕"): [["x"]],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for title, rows in tabs.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(f"{title}.csv", text.getvalue())
    return packed.getvalue()


@pytest.fixture
def hostile(page: Page, sample_app: str, tmp_path: Path) -> Page:
    """The app in a session that opened the hostile workbook."""
    path = tmp_path / "hostile.zip"
    path.write_bytes(hostile_workbook())
    page.goto(f"{sample_app}/open")
    settled(page)
    page.get_by_role("tab", name="From a file").click()
    page.locator('input[type="file"]').set_input_files(str(path))
    page.get_by_text("Only you see").first.wait_for()
    settled(page)
    return page


def test_no_cell_runs_on_any_page_or_the_map(hostile: Page) -> None:
    shown = []
    for link in links_of(hostile, count=len(PAGES) - len(UNLISTED)):
        follow(link)
        for number, _ in enumerate(open_tabs(hostile)):
            assert_leads_nowhere(hostile)
            if "onerror" in hostile.locator('[data-testid="stMain"]').inner_text():
                shown.append((urlsplit(hostile.url).path, number))
    # Cells are there to read, on the pages and in most of their tabs.
    assert {"/", "/connectivity", "/experience", "/infrastructure", "/emergence", "/weaving", "/data"} <= {
        path for path, _ in shown
    }
    assert len(shown) > 15
    sweep_map(hostile)
    assert_leads_nowhere(hostile)


def assert_leads_nowhere(page: Page) -> None:
    """Nothing ran, and no link, picture, color, or drawing comes from a cell."""
    assert page.evaluate("window.ran") is None
    made = page.locator(MADE_FROM_CELLS).evaluate_all("all => all.map(each => each.outerHTML.slice(0, 200))")
    assert made == []


def sweep_map(hostile: Page) -> None:
    """Show every tooltip of the map, and open every panel."""
    follow(hostile.locator('[data-testid="stSidebarNavLink"][href$="/connectivity"]'))
    spot = still(hostile).evaluate(WHERE, f"{ATTEMPTS[0]} 0")
    hostile.mouse.move(*spot)
    expect(hostile.locator(".map .tip")).to_contain_text(ATTEMPTS[0])
    hostile.mouse.click(*spot)
    expect(hostile.locator(".map .panel h4")).to_have_text(f"{ATTEMPTS[0]} 0")
    box = still(hostile).bounding_box()
    assert box is not None
    for row in range(1, 12):
        for column in range(1, 16):
            x, y = box["x"] + box["width"] * column / 16, box["y"] + box["height"] * row / 12
            hostile.mouse.move(x, y)
            if (row + column) % 4 == 0:
                hostile.mouse.click(x, y)
    settled(hostile)
