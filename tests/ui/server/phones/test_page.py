"""The phones' page: small, and in the syntax of phones of 2020 (Chrome 87, Safari 14)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nethealth.live.session import LiveSession, SessionKind, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.server.phones import page
from nethealth.ui.server.phones.desk import asked

FOLDER = Path(page.__file__).parent
MOST_BYTES = 60_000
TOO_NEW_IN_STYLES = (
    ":has(", ":is(", ":where(", "inset:", "inset-inline", "aspect-ratio", "dvh", "svh", "lvh", "accent-color",
    "color-mix", "light-dark(", "@layer", "@container", "@property", "text-wrap", "&", "gap:", "oklch",
)  # fmt: skip
"""`gap` works in a grid, but not in a row of boxes before Safari 14.1, and we have only rows."""
TOO_NEW_IN_SCRIPTS = (
    r"\?\.[^\d]", r"\?\?", r"\|\|=", r"&&=", r"\.at\(", r"\.replaceAll\(", r"\.replaceChildren\(", r"structuredClone",
    r"Object\.hasOwn", r"Object\.fromEntries", r"\.flat(Map)?\(", r"\.matchAll\(", r"catch \{", r"\(\?<[=!]", r"\d_\d",
    r"randomUUID", r"\.showModal", r"AbortSignal\.", r"Promise\.(any|allSettled)", r"static \{", r"[ .{]#\w+ *[=(;]",
)  # fmt: skip
"""The type checker knows which functions are too new (`tsconfig.json`). It says nothing about syntax."""


@pytest.fixture
def session(store: LiveSessions) -> LiveSession:
    setup = Setup(asks_hoped_for=True, roles=("r" * 40,) * 8, statements=("x" * 160,) * 3)
    return store.start("sheet:a", SessionKind.MINDSET, name="n" * 80, setup=setup)


def test_page_is_small_and_leaves_types_at_home(session: LiveSession) -> None:
    made = page.phone_page(language="es", code=session.code, secret="s" * 43, session=asked(session))
    assert len(made.encode()) < MOST_BYTES
    assert "@type" not in made


def test_styles_and_scripts_are_for_old_phones() -> None:
    styles = styles_without_comments()
    assert [new for new in TOO_NEW_IN_STYLES if new in styles] == []
    script = (FOLDER / "phone.js").read_text(encoding="utf-8")
    assert [new for new in TOO_NEW_IN_SCRIPTS if re.search(new, script)] == []


def test_selectors_that_old_phones_drop_stand_alone() -> None:
    # A browser that doesn't know one selector of a list drops the whole rule.
    for selectors in re.findall(r"([^{}]*:focus-visible[^{}]*)\{", styles_without_comments()):
        assert all("focus-visible" in each for each in selectors.split(","))


def styles_without_comments() -> str:
    return re.sub(r"/\*.*?\*/", "", (FOLDER / "phone.css").read_text(encoding="utf-8"), flags=re.DOTALL)
