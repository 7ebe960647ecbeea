"""Run all benchmarks with `python -m benchmarks`, or one by name: `python -m benchmarks checking`.

Some have a short form: `python -m benchmarks convening --quick`.
"""

from __future__ import annotations

import importlib
import sys

NAMES = (
    "checking",
    "membership",
    "server_time",
    "browser",
    "viewers",
    "recording",
    "journal",
    "heavy_upload",
    "own_workbook",
    "map",
    "overlaps",
    "choosing",
    "survey",
    "profile",
    "layouts",
    "delivery",
    "report",
    "convening",
)


def main() -> None:
    for name in [name for name in sys.argv[1:] if not name.startswith("-")] or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
