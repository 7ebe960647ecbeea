"""80 viewers open the overview within one second: our app, and the same app with Streamlit's file watcher on."""

from __future__ import annotations

import asyncio

from benchmarks.serving import ROOT, Visit, crowd, serving, visit

VIEWERS = 80
PROMISED = 3.0


def print_waits(name: str, visits: list[Visit]) -> float:
    waits = sorted(visit.seconds for visit in visits)
    failed = sum(visit.failed for visit in visits)
    print(
        f"  {name:<28} all by {waits[-1]:6.2f} s   median {waits[len(waits) // 2]:6.2f} s   failed {failed}"
        f"   {max(visit.kilobytes for visit in visits):.0f} KB, {max(visit.elements for visit in visits)} elements"
    )
    return waits[-1]


def main() -> None:
    print(f"{VIEWERS} viewers open the overview within one second")
    with serving(ROOT / "app.py") as port:
        asyncio.run(visit(port))  # someone opened the page before the others
        ours = print_waits("our settings", asyncio.run(crowd(port, viewers=VIEWERS)))
    defaults = ("--server.fileWatcherType", "auto")
    with serving(ROOT / "app.py", flags=defaults) as port:
        asyncio.run(visit(port))
        peer = print_waits("with the file watcher", asyncio.run(crowd(port, viewers=VIEWERS)))
    print(f"  promised {PROMISED} s; Streamlit's defaults take {peer / ours:.1f} times as long")


if __name__ == "__main__":
    main()
