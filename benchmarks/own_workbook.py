"""Seconds until an uploaded file of the sample's size is shown, compared with the smallest app that shows one."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page

from benchmarks.browser import STILL, WATCH, chromium
from benchmarks.serving import ROOT, serving

PROMISED = 2.0
SMALLEST = """
import pandas as pd, streamlit as st
st.title("A file")
file = st.file_uploader("File")
if file:
    for name, table in pd.read_excel(file, sheet_name=None).items():
        st.subheader(name); st.dataframe(table.astype(str))
"""


def sample_as_xlsx(path: Path) -> None:
    """Write the embedded sample as one .xlsx file, with its cells as text."""
    book = xlsxwriter.Workbook(str(path))
    for tab in sorted((ROOT / "data" / "sample").glob("*.csv")):
        sheet = book.add_worksheet(tab.stem[:31])
        with tab.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                sheet.write_row(number, 0, row)
    book.close()


def upload_seconds(page: Page, address: str, file: Path, sign: str) -> float:
    """Return the seconds from uploading the file until the page stops changing."""
    page.goto(address)
    page.wait_for_selector('input[type="file"]', state="attached")
    page.evaluate(WATCH)
    page.wait_for_timeout(1_500)
    before = page.evaluate("performance.now()")
    page.locator('input[type="file"]').set_input_files(str(file))
    page.get_by_text(sign).first.wait_for()
    page.wait_for_function(STILL, arg=before)
    return float(page.evaluate("window.lastChange") - before) / 1000


def main() -> None:
    print("A file of the sample's size, from upload until the page shows it")
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        file, smallest = Path(scratch) / "own.xlsx", Path(scratch) / "app.py"
        sample_as_xlsx(file)
        smallest.write_text(SMALLEST, encoding="utf-8")
        with serving(ROOT / "app.py") as port:
            address = f"http://127.0.0.1:{port}/open"
            ours = min(upload_seconds(browser.new_page(), address, file, "Opened by you") for _ in range(3))
        with serving(smallest, folder=Path(scratch)) as port:
            address = f"http://127.0.0.1:{port}/"
            peer = min(upload_seconds(browser.new_page(), address, file, "Members") for _ in range(3))
    print(
        f"  ours {ours:.2f} s (promised {PROMISED:.0f} s)   pandas in the smallest app {peer:.2f} s   {ours / peer:.2f}"
    )


if __name__ == "__main__":
    main()
