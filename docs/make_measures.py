"""Write docs/measures.md from the declarations in the code: `make docs`. A test holds the two together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.definitions import Measure  # noqa: E402
from nethealth.measures import MEASURES, PAGE_MEASURES, PAGE_SUBJECTS, SECTIONS  # noqa: E402

WRITTEN = ROOT / "docs" / "measures.md"


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield "# How every figure is defined"
    yield ""
    yield "Made by `make docs` from the declarations beside the code; pages, glossary and command line read the same."
    yield "A share is 0 to 1 in `metrics --json`, a percentage on the pages. Undefined is `null`, on a page a dash."
    for section, measures in MEASURES.items():
        yield ""
        yield f"## {SECTIONS[section]} (`{section}`)"
        for measure in measures:
            yield from declared(measure)
    yield ""
    yield "# Shown on the pages alone"
    for subject, measures in PAGE_MEASURES.items():
        yield ""
        yield f"## {PAGE_SUBJECTS[subject]}"
        for measure in measures:
            yield from declared(measure)


def declared(measure: Measure) -> Iterator[str]:
    """One measure, line by line."""
    yield ""
    yield f"### {measure.label} (`{measure.id}`, {measure.unit.value})"
    yield ""
    yield f"*{measure.question}* {measure.reading}"
    yield ""
    yield f"- What it does not mean: {measure.not_meaning}"
    yield f"- Undefined: {measure.undefined}"
    yield f"- Source: {measure.source}"


def page() -> str:
    """The whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    WRITTEN.write_text(page(), encoding="utf-8")
