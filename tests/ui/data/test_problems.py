"""The list of problems, for a person who works through it in a spreadsheet."""

from __future__ import annotations

import csv
import io

from nethealth.presentation.table import csv_bytes
from nethealth.ui.data.problems import problem_table
from nethealth.workbook.records import Problem, Severity, Workbook
from nethealth.workbook.tab_reading import TabReading


def test_each_problem_links_to_its_cell() -> None:
    problem = Problem(
        severity=Severity.ERROR, tab="Ties", message="m", remedy="r", row=17, column="B", header="To", value="=1"
    )
    tab = TabReading(
        tab="Connections",
        title="Ties",
        rows=1,
        accepted=0,
        merged=0,
        rejected=1,
        url="https://docs.google.com/x#gid=7",
    )
    (row,) = csv.DictReader(
        io.StringIO(csv_bytes(problem_table(Workbook(tabs=(tab,), problems=(problem,)))).decode("utf-8-sig"))
    )
    assert row["Cell"] == "Ties!B17"
    assert row["Link"] == "https://docs.google.com/x#gid=7&range=B17"
    assert row["Value"] == "'=1"
