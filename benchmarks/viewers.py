"""80 viewers who open the overview within one second: ours, and the same app with Streamlit's own file watcher on."""

from __future__ import annotations

import asyncio

from benchmarks.serving import ROOT, Visit, crowd, serving, visit

VIEWERS = 80
PROMISED = 3.0


def told(name: str, visits: list[Visit]) -> float:
    waits = sorted(visit.seconds for visit in visits)
    failed = sum(visit.failed for visit in visits)
    print(
        f"  {name:<28} all by {waits[-1]:6.2f} s   median {waits[len(waits) // 2]:6.2f} s   failed {failed}"
        f"   {max(visit.kilobytes for visit in visits):.0f} KB, {max(visit.elements for visit in visits)} elements each"
    )
    return waits[-1]


def main() -> None:
    print(f"{VIEWERS} viewers open the overview within one second")
    with serving(ROOT / "app.py") as port:
        asyncio.run(visit(port))  # somebody set the screen up before the room came
        ours = told("as we run it", asyncio.run(crowd(port, viewers=VIEWERS)))
    as_it_comes = ("--server.fileWatcherType", "auto")
    with serving(ROOT / "app.py", flags=as_it_comes) as port:
        asyncio.run(visit(port))
        peer = told("with its file watcher on", asyncio.run(crowd(port, viewers=VIEWERS)))
    print(f"  promised {PROMISED} s; as Streamlit comes it takes {peer / ours:.1f} times ours")


if __name__ == "__main__":
    main()
