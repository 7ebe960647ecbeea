"""All benchmarks, one after the other: `python -m benchmarks`, or one by its name: `python -m benchmarks checking`."""

from __future__ import annotations

import importlib
import sys

NAMES = ("checking", "server_time", "browser", "viewers", "own_workbook", "choosing", "map")


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
