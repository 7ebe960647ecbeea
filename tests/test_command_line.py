"""The command line from outside: small workbooks, metrics computed by hand, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from nethealth.__main__ import main
from tests.sources.sheets_server import ACCOUNT, SHEET_ID, Sheet, SheetsServer

Rows = list[list[str]]


def written(folder: Path, tabs: dict[str, Rows]) -> str:
    for title, rows in tabs.items():
        with (folder / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return str(folder)


@pytest.fixture
def run_json(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command and give its exit status and what it printed as JSON."""

    def run(*arguments: str) -> tuple[int, Any]:
        status = main([*arguments, "--json"])
        printed = capsys.readouterr().out
        return status, json.loads(printed) if printed else None

    return run


# A, B and C know each other, C knows D; E and F know no one. Ana reports herself once and Bo twice.
HAND_DRAWN: dict[str, Rows] = {
    "Settings": [["Setting", "Value"], ["Smallest group shown", "3"], ["Network name", "Six people"]],
    "Members": [
        ["Name", "Member ID", "Region", "Joined", "Left", "Email"],
        ["Ana", "a", "North", "2023-02-01", "", "ana@example.org"],
        ["Bo", "b", "North", "2023-05-01", "", ""],
        ["Cy", "c", "South", "2024-01-01", "", ""],
        ["Di", "d", "South", "2023-03-01", "2024-06-30", ""],
        ["Ed", "e", "South", "2024-02-01", "2024-03-01", ""],
        ["Flo", "f", "", "", "", ""],
    ],
    "Connections": [
        ["From", "To", "Strength"],
        ["Ana", "Bo", "3"],
        ["Bo", "Ana", "4"],
        ["Bo", "Cy", "2"],
        ["Cy", "d", "1"],
        ["Ana", "Cy", "5"],
        ["Ana", "Ana", "5"],
        ["ana ", "Bo", "5"],
    ],
}


@pytest.fixture
def undated(tmp_path: Path) -> str:
    """The hand-drawn network without membership dates, so that all six are in it."""
    members = [row[:3] for row in HAND_DRAWN["Members"]]
    return written(tmp_path, HAND_DRAWN | {"Members": members})


def test_network_metrics_match_hand_counts(run_json: Any, undated: str) -> None:
    status, figures = run_json("metrics", undated)
    assert status == 0
    expected = {
        "members": 6,
        "isolates": 2,
        "reported_ties": 5,
        "ties": 4,
        "density": 4 / 15,
        "reported_density": 5 / 30,
        "average_ties": 8 / 6,
        "reciprocity": 2 / 5,
        "mutual_pairs": 1,
        "components": 3,
        "largest_component": 4,
        "average_path_length": 8 / 6,
        "diameter": 2,
        "transitivity": 3 / 5,
        "average_clustering": (1 + 1 + 1 / 3) / 6,
        "degree_centralization": 10 / 20,
        "largest_core": 2,
        "core_members": 3,
        "cut_ties": 1,
        "cut_members": 1,
        "respondents_rule": "either",
    }
    network = figures["network"]
    assert {key: network[key] for key in expected} == pytest.approx(expected)
    assert set(network) >= {"wave", "respondents", "response_rate", "groups", "modularity"}
    cy = next(person for person in figures["people"] if person["name"] == "Cy")
    assert cy["id"] == "c"
    assert (cy["ties"], cy["named_by"], cy["names"], cy["core_number"], cy["cut_member"]) == (3, 2, 1, 2, True)
    assert cy["betweenness"] == pytest.approx(2 / 10)
    assert cy["closeness"] == pytest.approx(3 / 3 * 3 / 5)
    assert figures["without_hub"] is None


def test_both_rule_counts_confirmed_ties(run_json: Any, undated: str) -> None:
    _, figures = run_json("metrics", undated, "--rule", "both")
    assert figures["network"]["ties"] == 1
    assert figures["network"]["isolates"] == 4
    assert figures["network"]["respondents_rule"] == "both"


def test_segments_match_hand_counts(run_json: Any, undated: str) -> None:
    _, figures = run_json("metrics", undated)
    region = figures["segments"]["Region"]
    # Ana-Bo and Cy-Di stay inside a region, Bo-Cy and Ana-Cy cross.
    assert region["ei_index"] == pytest.approx(0)
    assert region["sizes"] == {"South": 3, "fewer than 3": 2}


def test_membership_matches_hand_counts(run_json: Any, tmp_path: Path) -> None:
    _, figures = run_json("metrics", written(tmp_path, HAND_DRAWN), "--as-of", "2024-09-30")
    years = {row["period"]: row for row in figures["membership"]}
    assert list(years) == ["2023", "2024"]
    assert years["2023"] == {
        "period": "2023", "partial": False, "start": 0, "new": 3, "dropped": 0, "came_and_went": 0, "end": 3,
        "growth": None, "attrition": None, "retention": None,
    }  # fmt: skip
    # Ana, Bo and Di begin 2024; Cy comes, Di leaves in June, Ed comes and goes.
    assert {key: years["2024"][key] for key in ("partial", "start", "new", "dropped", "came_and_went", "end")} == {
        "partial": True, "start": 3, "new": 1, "dropped": 1, "came_and_went": 1, "end": 3,
    }  # fmt: skip
    assert years["2024"]["growth"] == pytest.approx(0)
    assert years["2024"]["attrition"] == pytest.approx(1 / 3)
    assert years["2024"]["retention"] == pytest.approx(2 / 3)


def test_fiscal_years_are_named_by_their_end(run_json: Any, tmp_path: Path) -> None:
    settings = [*HAND_DRAWN["Settings"], ["Fiscal year starts", "July"]]
    _, figures = run_json("metrics", written(tmp_path, HAND_DRAWN | {"Settings": settings}), "--as-of", "2024-09-30")
    assert [row["period"] for row in figures["membership"]] == ["FY2023", "FY2024", "FY2025"]


def test_check_counts_rows(run_json: Any, undated: str) -> None:
    status, checked = run_json("check", undated)
    assert status in {0, 1}
    ties = next(tab for tab in checked["tabs"] if tab["tab"] == "Connections")
    assert (ties["rows"], ties["accepted"], ties["merged"], ties["rejected"]) == (7, 5, 1, 1)
    assert any(
        problem["cell"] == "Connections!A7" or problem["cell"] == "Connections!B7" for problem in checked["problems"]
    )
    assert set(checked) >= {"workbook", "read_at", "tabs", "ignored_tabs", "problems", "totals"}


def test_unknown_name_is_a_problem_with_its_cell(run_json: Any, tmp_path: Path) -> None:
    ties = [["From", "To"], ["Ana", "Bo"], [], ["Ana", "Cye"]]
    status, checked = run_json("check", written(tmp_path, HAND_DRAWN | {"Connections": ties}))
    assert status == 1
    (problem,) = [problem for problem in checked["problems"] if problem["severity"] == "error"]
    assert (problem["tab"], problem["row"], problem["cell"], problem["value"]) == (
        "Connections",
        4,
        "Connections!B4",
        "Cye",
    )
    assert "Cy" in problem["remedy"] + problem["message"]


def test_other_metrics_match_hand_counts(run_json: Any, tmp_path: Path) -> None:
    tabs = {
        **HAND_DRAWN,
        "Convenings": [
            ["Date", "Title", "Invited", "Attended"],
            ["2024-01-10", "Winter", "10", "5"],
            ["2024-02-09", "Spring", "10", "7"],
            ["2024-04-09", "Summer", "", "9"],
            ["2024-12-01", "Next", "20", ""],
        ],
        "Platform": [
            ["Month", "Platform", "Members on it", "Active members", "Posts", "Replies"],
            ["2024-01", "Circle", "40", "10", "30", "12"],
            ["2024-02", "Circle", "50", "20", "30", "12"],
        ],
        "Agreements": [
            ["Agreement", "Kind", "Status", "Adopted", "Made by members"],
            ["We share", "Shared values and principles", "Adopted", "2020-01-01", "yes"],
            ["We meet", "Governance", "Adopted", "2024-01-01", "no"],
            ["We talk", "Other", "Draft", "", ""],
        ],
        "Emergent activity": [
            ["Name", "Collaborators", "Started", "Started by"],
            ["Lesson study", "Ana; Bo", "2024-02-01", "Members"],
            ["Math night", "Ana, Cy", "2023-02-01", "ESO with members"],
        ],
        "Weaving": [
            ["Date", "Weaver", "Member", "Introduced to", "Follow-up", "Due", "Done"],
            ["2024-03-01", "Wil", "Ana", "Flo", "Call again", "2024-04-01", ""],
            ["2024-03-02", "Wil", "Bo", "", "Send the paper", "2025-04-01", ""],
        ],
        "Mindset": [
            ["Session", "Moment", "Leadership", "Rose to the top"],
            *[["Spring", "Now", str(leaning), "Information is shared"] for leaning in (1, 2, 2, 5)],
        ],
    }
    _, figures = run_json("metrics", written(tmp_path, tabs), "--as-of", "2024-09-30")
    convenings = figures["convenings"]
    assert (convenings["count"], convenings["planned"]) == (3, 1)
    assert convenings["cadence_days"] == 45  # gaps of 30 and 60 days
    assert convenings["days_since_last"] == 174
    assert convenings["attendance"] == pytest.approx(12 / 20)
    assert figures["platform"]["Circle"]["latest_month"] == "2024-02"
    assert figures["platform"]["Circle"]["active_share"] == pytest.approx(0.4)
    assert figures["platform"]["Circle"]["posts_per_active_member"] == pytest.approx(1.5)
    agreements = figures["agreements"]
    assert (agreements["adopted"], agreements["draft"], agreements["retired"], agreements["review_due"]) == (2, 1, 0, 1)
    assert agreements["made_by_members"] == pytest.approx(0.5)
    emergence = figures["emergence"]
    assert (emergence["count"], emergence["collaborators"]) == (2, 3)
    assert emergence["by_year"] == {"2023": 1, "2024": 1}
    assert emergence["without_hub_share"] is None
    assert emergence["across"]["Region"] == pytest.approx(1 / 2)
    weaving = figures["weaving"]
    assert weaving == {
        "conversations": 2, "members_reached": 2, "introductions": 1, "follow_ups_open": 2, "follow_ups_overdue": 1,
    }  # fmt: skip
    (session,) = figures["mindset"]
    assert (session["session"], session["moment"], session["n"]) == ("Spring", "Now", 4)
    assert session["pairs"][0] == {"pair": "Leadership", "distribution": [1, 2, 0, 0, 1]}
    assert "mean" not in json.dumps(figures["mindset"])
    # Ana, Bo and Cy are members at the end; talks and an activity of the year before name Ana, Bo and Flo, who has no
    # dates and so is no current member. Cy's activity began longer ago.
    assert figures["engagement"]["engaged"] == 2
    assert figures["engagement"]["engaged_share"] == pytest.approx(2 / 3)


def test_small_surveys_are_hidden(run_json: Any, tmp_path: Path) -> None:
    header = ["Wave", "I learned something useful", "Anything else?"]
    few = [header, *[["2024", answer, "No"] for answer in ("4", "5")]]
    _, figures = run_json("metrics", written(tmp_path, HAND_DRAWN | {"Survey": few}))
    (wave,) = figures["experience"]
    assert wave["questions"][0]["mean"] == {"withheld": "fewer than 3"}
    many = [header, *[["2024", answer, "No"] for answer in ("4", "5", "Agree", "5 - Strongly agree", "1", "N/A", "")]]
    _, figures = run_json("metrics", written(tmp_path, HAND_DRAWN | {"Survey": many}))
    (wave,) = figures["experience"]
    question = wave["questions"][0]
    assert (question["question"], question["n"]) == ("I learned something useful", 5)
    assert question["mean"] == pytest.approx(19 / 5)
    assert question["top_two"] == pytest.approx(4 / 5)


def test_sample_has_few_errors(run_json: Any) -> None:
    status, figures = run_json("metrics", "sample")
    assert status == 0
    assert figures["network"]["members"] > 100
    assert len(figures["waves"]) == 3
    status, checked = run_json("check", "sample")
    assert status in {0, 1}
    assert checked["totals"]["errors"] <= 3
    assert "@" not in json.dumps(checked)


@pytest.mark.parametrize(
    "reference", ["https://example.org/sheet", "https://docs.google.com/document/d/abc/edit", "no such thing at all"]
)
def test_wrong_link_exits_with_two(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", reference]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("reference", ["missing.xlsx", "missing/folder/", "missing.zip"])
def test_missing_file_exits_with_three(reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metrics", str(tmp_path / reference), "--json"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "couldn’t find" in captured.err


def test_wave_name_ignores_case_and_spacing(run_json: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, figures = run_json("metrics", "sample", "--wave", " spring  2024")
    assert figures["network"]["wave"] == "Spring 2024"
    assert main(["metrics", "sample", "--wave", "Winter"]) == 2
    assert "Spring 2024" in capsys.readouterr().err


def test_past_date_excludes_later_members(tmp_path: Path, run_json: Any) -> None:
    (tmp_path / "Members.csv").write_text("Name,Joined\nAnn,2020-01-01\nBen,2024-06-01\n", encoding="utf-8")
    _, then = run_json("metrics", str(tmp_path), "--as-of", "2021-03-01")
    assert then["network"]["members"] == 1
    assert [(each["period"], each["end"]) for each in then["membership"]] == [("2020", 1), ("2021", 1)]


def test_damaged_file_exits_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tmp_path / "book.xlsx"
    damaged.write_bytes(b"PK\x03\x04 no zip")
    assert main(["check", str(damaged)]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert 1 <= len([line for line in captured.err.splitlines() if "Reading" not in line]) <= 2


def test_template_has_no_problems(tmp_path: Path, run_json: Any) -> None:
    out = tmp_path / "network.xlsx"
    assert main(["template", str(out)]) == 0
    status, checked = run_json("check", str(out))
    assert (status, checked["problems"]) == (0, [])


def test_command_runs_as_a_process(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Members.csv", "Name\nZoë 🌱\n")
    (tmp_path / "book.zip").write_bytes(packed.getvalue())
    command = [sys.executable, "-m", "nethealth", "metrics", str(tmp_path / "book.zip")]
    ended = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})
    assert ended.returncode == 0
    assert subprocess.run([sys.executable, "-m", "nethealth"], capture_output=True, check=False).returncode == 2


def test_json_parses_in_any_encoding(tmp_path: Path) -> None:
    book = written(tmp_path, {"Members": [["Name"], ["José Łuk"], ["王 🙂"]]})
    for encoding, bytes_before in (("ascii", b"Jos\\u00e9"), ("cp1252", b"Jos\\u00e9"), ("utf-8", "José".encode())):
        ended = subprocess.run(
            [sys.executable, "-m", "nethealth", "metrics", book, "--json"],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )
        people = json.loads(ended.stdout.decode(encoding))["people"]
        assert sorted(each["name"] for each in people) == ["José Łuk", "王 🙂"]
        assert bytes_before in ended.stdout


def test_control_characters_are_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ties = [["From", "To", "Date"], ["\x1b[2J\u202eZork", "Ann", "soon\nor \u06cc\u200c\u06cc later"]]
    book = written(tmp_path, {"Members": [["Name"], ["Ann"]], "Connections": ties})
    assert main(["check", book]) == 1
    lines = capsys.readouterr().out.splitlines()
    # A note on what is hidden, one problem each for the name and the date, the totals: each on one line.
    assert len(lines) == 4
    assert all(line.replace("\u200c", "").isprintable() for line in lines)
    assert any("“\\x1b[2J\\u202eZork”" in line for line in lines)
    assert any("“soon\\nor \u06cc\u200c\u06cc later”" in line for line in lines)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here to write to")
@pytest.mark.parametrize("command", [("check",), ("metrics", "--json")])
def test_full_disk_exits_without_traceback(tmp_path: Path, command: tuple[str, ...]) -> None:
    book = written(tmp_path, {"Members": [["Name"], ["Ann"]]})
    with Path("/dev/full").open("wb") as full:
        arguments = [sys.executable, "-m", "nethealth", *command, book]
        ended = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 3
    assert "No space left on device" in ended.stderr


def test_interrupt_exits_without_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nethealth.sources.open_source", stopped)
    assert main(["check", "sample"]) == 130
    assert capsys.readouterr().out == ""


def test_totals_are_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["check", written(tmp_path, {"Members": [["Name"], ["Ana"]], "Connections": [["From", "To"], ["Ana", "Z"]]})])
    assert "2 tabs: 1 error, no warnings, no notes." in capsys.readouterr().out


def test_unknown_tabs_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", written(tmp_path, {"Budget": [["a"], ["1"]]})]) == 1, "we used nothing"
    printed = capsys.readouterr().out
    assert "no tabs" in printed
    assert "Budget" in printed
    assert "nethealth template" in printed


def test_tabs_left_alone_are_listed_next_to_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", written(tmp_path, {"Members": [["Name"], ["Ana"]], "Budget": [["a"], ["1"]]})]) == 0
    assert "1 tab alone: “Budget”" in capsys.readouterr().out


def test_only_empty_tabs_next_to_unknown_ones_is_nothing_read(tmp_path: Path) -> None:
    assert main(["check", written(tmp_path, {"Members": [["Name"]], "Contacts": [["Full name"], ["Ana"]]})]) == 1


def test_nothing_left_alone_is_not_mentioned(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", written(tmp_path, {"Members": [["Name"], ["Ana"]]})]) == 0
    assert "alone" not in capsys.readouterr().out


def test_check_names_a_skipped_file_and_notes_on_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, {"Members": [["Name"], ["Ana"]]})
    (tmp_path / "Convenings.csv").write_bytes(b"%PDF-1.7\n")
    assert main(["check", str(tmp_path), "--json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert [(each["severity"], each["tab"]) for each in result["problems"]] == [("error", "Convenings.csv")]
    assert [note for note in result["notes"] if "Convenings.csv" in note]
    assert main(["check", str(tmp_path)]) == 1
    assert "note     We skipped “Convenings.csv”" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json"])
def test_exported_network_opens_again(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    rows = [["From", "To", "Strength"], ["Ana Ruiz", "Ben Okafor", "3"], ["Ben Okafor", "Eli Storm", "5"]]
    source = written(tmp_path / "in", {"Connections": rows})
    out = str(tmp_path / f"net.{ending}")
    assert main(["export", source, out]) == 0
    assert main(["check", out, "--json"]) == 0
    accepted = {tab["tab"]: tab["accepted"] for tab in json.loads(capsys.readouterr().out)["tabs"]}
    assert accepted == {"Members": 3, "Connections": 2}


def test_template_completes_a_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with SheetsServer() as server:
        sheet = server.add(Sheet(tabs={"Weaving": [["Date", "Weaver", "Member"]]}))
        for name, value in server.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("NETHEALTH_SERVICE_ACCOUNT", json.dumps(server.service_account()))
        assert main(["template", SHEET_ID, "--dry-run"]) == 0
        planned = capsys.readouterr().out
        assert (list(sheet.tabs), server.count("batch")) == (["Weaving"], 0)
        assert main(["template", f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit"]) == 0
        assert capsys.readouterr().out == planned.replace("Missing:", "Added:")
        assert "Members" in sheet.tabs
        sheet.editors.clear()
        sheet.tabs.pop("Settings")
        assert main(["template", SHEET_ID]) == 3
        assert ACCOUNT in capsys.readouterr().err
    assert main(["template", "network.csv"]) == 2


def test_one_cause_in_one_column_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dates = ["03/04/2024", "05/06/2024", "03/04/2024", "07/08/2024", "2024-13-45"]
    rows = [f"P{number},{dates[number % 5]}" for number in range(1_500)]
    (tmp_path / "Members.csv").write_text("\n".join(["Name,Joined", *rows]), encoding="utf-8")
    main(["check", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == [
        "note     Members!B2 “03/04/2024”, B3 “05/06/2024”, B4 “03/04/2024”, … (1,200 cells)",
        "error    Members!B6 “2024-13-45”, B11 “2024-13-45”, B16 “2024-13-45”, … (300 cells)",
    ]
    assert len(lines) == 3
    main(["check", str(tmp_path), "--json"])
    result = json.loads(capsys.readouterr().out)
    # Programs get each cell, as before.
    assert len(result["problems"]) == 400
    assert {each["count"] for each in result["more"]} == {1_000, 100}
