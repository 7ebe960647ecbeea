"""Server time per page: from a request to the end of the run, with warm caches and without a browser."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from pathlib import Path

from benchmarks.browser import PAGES, SMALLEST
from benchmarks.serving import ROOT, serving, visit

PROMISED = 100
VISITS = 7


async def visit_times(port: int, page: str) -> list[float]:
    """Return the milliseconds of consecutive visits, after two that warm the page up."""
    visits = [await visit(port, page=page) for _ in range(VISITS + 2)]
    assert not any(each.failed for each in visits), page
    return [each.seconds * 1000 for each in visits[2:]]


def main() -> None:
    print("Server time per page: a new visit, from its request to the end of the run")
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in SMALLEST.items():
            (Path(scratch) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(scratch) / name).write_text(text, encoding="utf-8")
        with serving(Path(scratch) / "app.py", folder=Path(scratch)) as port:
            peer = statistics.median(asyncio.run(visit_times(port, "")))
    with serving(ROOT / "app.py") as port:
        for page in PAGES:
            ours = asyncio.run(visit_times(port, page))
            print(
                f"  {page or 'overview':<16} median {statistics.median(ours):4.0f} ms, worst {max(ours):4.0f}"
                f" (promised {PROMISED})   smallest app {peer:.0f} ms   ratio {statistics.median(ours) / peer:.1f}"
            )


if __name__ == "__main__":
    main()
