"""`check` on 50,000 connections and 5,000 members, compared with pandas just loading the same files."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.large_workbook import write
from benchmarks.serving import ROOT

PROMISED = {".csv": 6.0, ".xlsx": 12.0}
PROMISED_MEGABYTES = 400
# A wrapper process measures the child's peak memory and time, so that our own memory doesn't count.
WRAPPER = """
import resource, subprocess, sys, time
started = time.perf_counter()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - started
print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, ended.returncode)
"""


def measure(*command: str) -> tuple[float, float, int]:
    """Run a command in its own process; return its seconds, peak megabytes, and exit status."""
    completed = subprocess.run(
        [sys.executable, "-c", WRAPPER, *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, megabytes, status = completed.stdout.split()
    return float(seconds), float(megabytes), int(status)


def main() -> None:
    print("check on 50,000 connections and 5,000 members (pandas: loading only, nothing checked)")
    with tempfile.TemporaryDirectory() as scratch:
        csv_folder, xlsx = write(Path(scratch))
        files = [str(path) for path in csv_folder.glob("*.csv")]
        pandas_csv = f"import pandas as p; [p.read_csv(f).to_dict('records') for f in {files!r}]"
        pandas_xlsx = (
            f"import pandas as p; [d.to_dict('records') for d in p.read_excel({str(xlsx)!r}, sheet_name=None).values()]"
        )
        for ending, workbook, peer in ((".csv", csv_folder, pandas_csv), (".xlsx", xlsx, pandas_xlsx)):
            ours = measure(sys.executable, "-m", "nethealth", "check", str(workbook), "--json")
            theirs = measure(sys.executable, "-c", peer)
            print(
                f"  {ending:<6} ours {ours[0]:5.2f} s {ours[1]:4.0f} MB (exit {ours[2]};"
                f" promised {PROMISED[ending]:.0f} s, {PROMISED_MEGABYTES} MB)"
                f"   pandas {theirs[0]:5.2f} s {theirs[1]:4.0f} MB   ratio {ours[0] / theirs[0]:.2f}"
            )


if __name__ == "__main__":
    main()
