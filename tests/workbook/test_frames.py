"""Data frames for scripts: typed columns, IDs as text, and no one who isn't shown."""

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from nethealth.workbook.records import Workbook

DOCS = Path(__file__).parents[2] / "docs" / "notebooks.md"
TABS = {
    "Members": [
        ["Name", "Member ID", "Joined", "Left", "Email", "Show on map", "Region", "Salary (private)", "Tags"],
        ["Ann Lee", "007", "2024-03-14", "", "ann@net.org", "", "Kern", "1", "core; math"],
        ["Ben Ode", "", "2024", "9999-12-31", "ben@net.org", "", "", "2", ""],
        ["Hidden Person", "", "", "", "hidden@net.org", "no", "Kern", "3", ""],
    ],
    "Connections": [
        ["From", "To", "Strength", "Date", "Trust"],
        ["007", "Ben Ode", 4, "2026-01-02", 3],
        ["Ben Ode", "007", "", "", ""],
        ["007", "Hidden Person", 5, "", ""],
    ],
    "Weaving": [
        ["Date", "Weaver", "Member", "Introduced to", "Follow-up", "Done"],
        ["2026-02-01", "Cy", "007", "Ben Ode; Hidden Person", "Call", "2026-02-03"],
        ["2026-02-02", "Cy", "Hidden Person", "007", "", ""],
    ],
    "Survey": [
        ["Timestamp", "Respondent", "I learn"],
        ["2026-02-01", "007", "Agree"],
        ["2026-02-01", "Hidden Person", "Strongly agree"],
        ["2026-02-01", "", "Neutral"],
    ],
    "Convenings": [["Date", "Title", "Attendees"], ["2026-02-01", "Spring", "007; Hidden Person"]],
}


@pytest.fixture
def frames(read):
    return read(TABS).frames()


def test_ids_stay_text_and_dates_are_dates(frames):
    ann, ben = frames["members"].to_dict("records")
    assert (ann["key"], ann["member_id"], ann["Region"], ann["tags"]) == ("007", "007", "Kern", "core; math")
    assert (ann["joined"], ben["left"]) == (pd.Timestamp("2024-03-14"), pd.Timestamp(dt.date(9999, 12, 31)))
    assert pd.isna(ann["left"])
    assert pd.isna(ben["member_id"])
    assert frames["members"].dtypes["joined"] == "datetime64[s]"


def test_connections_have_measures(frames):
    ties = frames["connections"]
    assert list(zip(ties["source"], ties["target"], strict=True)) == [("007", "Ben Ode"), ("Ben Ode", "007")]
    assert (ties["strength"][0], ties["Trust"][0]) == (4, 3)
    assert ties[["strength", "Trust"]].iloc[1].isna().all()


def test_hidden_people_are_excluded(frames):
    assert "Hidden" not in "".join(frame.to_csv() for frame in frames.values())
    assert list(frames["conversations"]["introduced_to"]) == ["Ben Ode"]
    assert frames["convenings"]["attended"].tolist() == [2], "they still count"


def test_no_emails_and_no_private_columns(frames):
    text = "".join(frame.to_csv() for frame in frames.values())
    assert "net.org" not in text
    assert "(email" not in text
    assert "Salary" not in text


def test_answers_have_label_and_number(frames):
    answers = frames["survey_answers"]
    assert answers["number"].tolist() == [4, 5, 3]
    assert answers["answer"].tolist() == ["Agree", "Strongly agree", "Neutral"]
    assert answers["respondent"].isna().tolist() == [False, True, True]


def test_follow_up_has_its_done_date(frames):
    (row,) = frames["conversations"].to_dict("records")
    assert (bool(row["is_done"]), row["done_on"]) == (True, pd.Timestamp("2026-02-03"))


def test_empty_workbook_has_all_columns():
    frames = Workbook().frames()
    assert all(len(frame) == 0 and len(frame.columns) > 3 for frame in frames.values())


def test_examples_in_docs_run(capsys, monkeypatch, tmp_path):
    text = DOCS.read_text(encoding="utf-8")
    namespace: dict = {}
    monkeypatch.chdir(tmp_path)
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(code, namespace)
    assert "Name: count" in capsys.readouterr().out
    assert all(f"`{name}`" in text for name in namespace["frames"])
    assert len(namespace["metrics"]) == namespace["graph"].number_of_nodes() - 2, "two members aren't shown"
    assert (tmp_path / "network.html").stat().st_size > 10_000
