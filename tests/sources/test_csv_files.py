import contextlib
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nethealth import errors
from nethealth.sources import read_file, read_files, read_path
from nethealth.sources.csv_files import tab_titles
from nethealth.workbook.reader import read_workbook
from tests.cpu_time import measure_cpu_seconds
from tests.sources.workbooks import xlsx, zipped


def rows_of(data: bytes, name: str = "Members.csv") -> list[list[object]]:
    (tab,) = read_file(data, name).tabs
    return [list(row) for row in tab.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_with_every_delimiter(encoding: str, delimiter: str) -> None:
    lines = [["Name", "Role", "Joined"], ["José Müller", "Coach – “lead”", "3/14/2024"], ["Zoë", "", "2023"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert rows_of(text.encode(encoding)) == lines


def test_guessed_encoding_is_noted() -> None:
    read = read_file("Name\nJosé\n".encode("cp1252"), "Members.csv")
    assert "Windows-1252" in read.notes[0]
    assert read_file("Name\nJosé\n".encode(), "Members.csv").notes == ()


def test_undefined_bytes_keep_their_row() -> None:
    assert rows_of(b"Name\nAda \x81\xe9\nGrace\n")[2] == ["Grace"]


def test_values_stay_text() -> None:
    assert rows_of(b"ID,N,Share\n007,1E5,25%\nTRUE,=1+1,\n") == [
        ["ID", "N", "Share"],
        ["007", "1E5", "25%"],
        ["TRUE", "=1+1"],
    ]


def test_quoted_line_breaks_blank_rows_and_nul_characters() -> None:
    data = b'\n\nName,Notes\r\n"Ada, PhD","first\nsecond ""quoted"""\n\nBo\0b,\0x\n,,\n\n'
    read = read_file(data, "Members.csv")
    assert [list(row) for row in read.tabs[0].rows] == [
        [],
        [],
        ["Name", "Notes"],
        ["Ada, PhD", 'first\nsecond "quoted"'],
        [],
        ["Bob", "x"],
    ]
    assert "NUL" in read.notes[0]


def test_carriage_returns_end_rows() -> None:
    assert rows_of(b"Name,Role\rAda,Coach\r") == [["Name", "Role"], ["Ada", "Coach"]]


@pytest.mark.parametrize("name", ["Lee; Ann", "Lee, Ann", "Lee\tAnn"])
def test_one_row_with_a_delimiter_splits_nothing(name: str) -> None:
    names = ["Name", "Ben Ode", name, "Cara Lin", "Dev Roy"]
    assert rows_of("\n".join(names).encode()) == [[each] for each in names]


@pytest.mark.parametrize("names", [["Ruiz, Ana", "Wynn, Carla"], ["Peña, José María", "Okafor, Ben", "Cher"]])
def test_last_names_first_are_one_column(names: list[str]) -> None:
    assert rows_of("\n".join(["Name", *names]).encode()) == [[each] for each in ["Name", *names]]
    # A program divides cells by a comma alone.
    assert rows_of(b"Name\nAna,Coach\nBen,Coach\n")[1] == ["Ana", "Coach"]
    assert rows_of(b"Name, Role\nAna, Coach\nBen, Coach\n")[1] == ["Ana", " Coach"]


def test_pipes_in_cells_dont_become_delimiters() -> None:
    assert rows_of(b"Name,Tags\nAna,a|b\nBen,c|d\n")[1] == ["Ana", "a|b"]
    assert rows_of(b"Name\nAna | Ben\nCy | Di\n")[1] == ["Ana | Ben"]
    assert rows_of(b"Name|Role, title\nAna|Coach, lead\nBen|Coach\n")[1] == ["Ana", "Coach, lead"]


def test_lists_in_cells_dont_become_delimiters() -> None:
    assert rows_of(b"Name,Collaborators\nCirclesite,Ada;Bo;Cy;Di\nOther,Ada;Bo;Ed\n")[1] == [
        "Circlesite",
        "Ada;Bo;Cy;Di",
    ]
    assert rows_of(b"Name;Collaborators\nX;Ada, Bo, Cy\nY;Di, Ed\n")[1] == ["X", "Ada, Bo, Cy"]


def test_excel_separator_line_sets_delimiter() -> None:
    assert rows_of(b"sep=;\nName;Role\nAda, PhD;Coach\n") == [["Name", "Role"], ["Ada, PhD", "Coach"]]


def test_unclosed_quotation_mark_loses_no_rows() -> None:
    read = read_file(b'Name,Notes\nAda,ok\nBo,"never closed\nCy,ok\n', "Members.csv")
    assert [list(row) for row in read.tabs[0].rows][3] == ["Cy", "ok"]
    assert "row 3" in read.notes[0]
    assert rows_of(b'Name,Notes\nAda,5" pipe\n"Bo"b,ok\n') == [["Name", "Notes"], ["Ada", '5" pipe'], ["Bob", "ok"]]


def test_long_cell_is_read_and_endless_one_raises() -> None:
    assert len(str(rows_of(b"Name\n" + b"x" * 40_000 + b"\n")[1][0])) == 40_000
    with pytest.raises(errors.FileTooLarge, match="characters"):
        read_file(b"Name\n" + b"x" * 200_000, "Members.csv")


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (("Members.csv", "Connections.csv"), ("Members", "Connections")),
        (("Spring Lake - Members.csv", "Spring Lake - Weaving - log.csv"), ("Members", "Weaving - log")),
        (("Spring - Lake - Members.csv", "Spring - Lake - Survey.csv"), ("Members", "Survey")),
        (("Spring Lake - Members.csv",), ("Members",)),
        (("Net 2026-03-14 - Members.csv",), ("Members",)),
        (("Spring (2026-03-14 17_55) - Attendance.csv",), ("Spring (2026-03-14 17_55) - Attendance",)),
        (("Members.csv", "Net - Survey.csv"), ("Members", "Net - Survey")),
        (("top/Members.csv", "top/Form Responses 1.csv"), ("Members", "Form Responses 1")),
    ],
)
def test_tab_titles_drop_the_workbook_name(names: tuple[str, ...], titles: tuple[str, ...]) -> None:
    assert tuple(tab_titles(names).values()) == titles


FILES = {
    "Members.csv": "Name\nAda\n",
    "Connections.TSV": "From\tTo\nAda\tBo\n",
    ".hidden.csv": "x\n",
    "readme.txt": "about\n",
    "inner/Survey.csv": "Q\n1\n",
}


def test_folder_gives_one_tab_per_file(tmp_path: Path) -> None:
    folder = tmp_path / "Our network"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    read = read_path(folder)
    assert read.title == "Our network"
    assert {tab.title: [list(row) for row in tab.rows] for tab in read.tabs} == {
        "Connections": [["From", "To"], ["Ada", "Bo"]],
        "Members": [["Name"], ["Ada"]],
    }


@pytest.mark.parametrize("top", ["", "Our network/"])
def test_zip_with_or_without_a_folder_is_read(top: str) -> None:
    parts = {f"{top}{name}": text for name, text in FILES.items()} | {f"__MACOSX/{top}._Members.csv": "\0\1"}
    read = read_file(zipped(parts), "Our network.zip")
    assert read.title == "Our network"
    assert [tab.title for tab in read.tabs] == ["Connections", "Members"]
    assert "1 .csv file" in read.notes[0]


def test_folder_or_zip_without_csv_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.FileDamaged, match=r"no \.csv files") as caught:
        read_path(tmp_path)
    # A folder is not something that a spreadsheet program opens or that someone downloaded.
    assert ".csv file per tab" in caught.value.remedy
    assert "download" not in caught.value.remedy
    monkeypatch.chdir(tmp_path)
    with pytest.raises(errors.FileDamaged, match=tmp_path.name):
        read_path(Path())
    with pytest.raises(errors.FileDamaged, match=r"no \.csv files"):
        read_file(zipped({"a/readme.txt": "x"}), "x.zip")


def test_mislabeled_file_in_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "Members.csv").write_bytes(zipped({"a": "b"}, compression=zipfile.ZIP_STORED))
    with pytest.raises(errors.UnsupportedFile, match=r"Members\.csv"):
        read_path(tmp_path)


MISLABELED = {
    "a workbook": xlsx({"Members": [["Name"]]}),
    "a PDF": b"%PDF-1.7\n",
    "a web page": b"<html><table></table></html>",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "noise": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("kind", MISLABELED)
def test_only_the_mislabeled_one_of_several_files_is_skipped(tmp_path: Path, kind: str) -> None:
    files = {"Convenings.csv": MISLABELED[kind], "Members.csv": b"Name\nAna\n"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    for raw in (read_path(tmp_path), read_file(zipped(files), "x.zip"), read_files(list(files.items()))):
        assert [tab.title for tab in raw.tabs] == ["Members"]
        assert [note for note in raw.notes if "Convenings.csv" in note] == list(raw.notes) != []
        errors_found = [each for each in read_workbook(raw).problems if each.severity.value == "error"]
        assert [(error.tab, bool(error.remedy)) for error in errors_found] == [("Convenings.csv", True)]


def test_several_files_are_the_tabs_of_one_workbook() -> None:
    raw = read_files([("nodes.csv", b"Id,Label\n1,Ana\n"), ("edges.tsv", b"Source\tTarget\n1\t1, 2\n")])
    assert [(tab.title, tab.rows[1]) for tab in raw.tabs] == [("edges", ["1", "1, 2"]), ("nodes", ["1", "Ana"])]
    assert raw.title == "edges, nodes"


def test_files_of_one_name_are_both_read() -> None:
    raw = read_files([("a/Members.csv", b"Name\nAna\n"), ("b/Members.csv", b"Name\nBen\n")])
    assert [(tab.title, tab.rows[1]) for tab in raw.tabs] == [("Members", ["Ana"]), ("Members (2)", ["Ben"])]


def test_workbook_in_a_folder_of_tables_is_named(tmp_path: Path) -> None:
    files = {"Connections.xlsx": b"From,To\nAna,Ben\n", "Members.csv": b"Name\nAna\n", ".hidden.xlsx": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    for raw in (read_path(tmp_path), read_file(zipped(files), "x.zip")):
        assert [tab.title for tab in raw.tabs] == ["Members"]
        assert [file.name for file in raw.skipped] == ["Connections.xlsx"]


def test_network_file_in_a_folder_of_tables_is_named(tmp_path: Path) -> None:
    files = {"Members.csv": b"Name\nAna\n", "map.graphml": b"<graphml/>", "net.JSON": b"{}", "notes.txt": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    for raw in (read_path(tmp_path), read_file(zipped(files), "x.zip")):
        assert [tab.title for tab in raw.tabs] == ["Members"]
        assert [file.name for file in raw.skipped] == ["map.graphml", "net.JSON"]


def test_other_files_in_a_folder_are_read_with_the_tables_but_no_network_twice(tmp_path: Path) -> None:
    files = {
        "members.csv": b"Name\nAna\n",
        "Book.xlsx": xlsx({"Members": [["Name"], ["Ana"]], "Weaving": [["Date", "Member"]]}),
        "Notes.xlsx": xlsx({"Weaving": [["Date", "Member"]], "Agreements": [["Agreement"]]}),
        "Survey.xlsx": xlsx({"Sheet1": [["ID", "Q"]]}),
        "~$Survey.xlsx": b"",
        "net.json": b'{"nodes": [{"id": "Ana"}, {"id": "Ben"}], "links": [{"source": "Ana", "target": "Ben"}]}',
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    folder = read_path(tmp_path)
    assert [tab.title for tab in folder.tabs] == ["members", "Weaving", "Agreements", "Survey"]
    # Each has members, too, so it is probably another copy of the network.
    assert [file.name for file in folder.skipped] == ["Book.xlsx", "net.json"]
    packed = read_file(zipped(files), "x.zip")
    assert [tab.title for tab in packed.tabs] == ["members"]
    assert [file.name for file in packed.skipped] == ["Book.xlsx", "Notes.xlsx", "Survey.xlsx", "net.json"]


@pytest.mark.parametrize("name", ["map.gexf", "net.net", "Book.ods"])
def test_file_to_open_alone_is_named_if_there_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(errors.FileDamaged) as caught:
        read_path(tmp_path)
    assert name in caught.value.remedy


def test_workbook_among_several_files_is_read() -> None:
    survey = xlsx({"Sheet1": [["ID", "Q"]]})
    raw = read_files(
        [("Survey (1-9).xlsx", survey), ("Members.csv", b"Name\nAna\n"), ("b.xlsx", b"PK"), ("c.png", b"")]
    )
    assert [tab.title for tab in raw.tabs] == ["Members", "Survey (1-9)"]
    assert [file.name for file in raw.skipped] == ["b.xlsx", "c.png"]
    assert [note for note in raw.notes if "b.xlsx" in note]
    assert raw.title == "b, c, Members, Survey (1-9)"
    with pytest.raises(errors.FileError):
        read_files([("a.xlsx", b"PK"), ("b.json", b"{}")])


def test_tabs_of_one_title_in_two_workbooks_are_both_read() -> None:
    one, other = xlsx({"Members": [["Name"], ["Ana"]]}), xlsx({"Members": [["Name"], ["Ben"]], "Sheet2": [["x"]]})
    raw = read_files([("a.xlsx", one), ("b.xlsx", other), ("Members.csv", b"Name\nCy\n")])
    assert [(tab.title, tab.rows[-1][0]) for tab in raw.tabs] == [
        ("Members", "Cy"),
        ("Members (2)", "Ana"),
        ("Members (3)", "Ben"),
        ("Sheet2", "x"),
    ]


def test_network_file_opens_with_a_table() -> None:
    net = b'{"nodes": [{"id": "Ana"}, {"id": "Ben"}], "links": [{"source": "Ana", "target": "Ben"}]}'
    raw = read_files([("Convenings.csv", b"Date,Title\n2026-01-01,Kickoff\n"), ("net.json", net)])
    assert [tab.title for tab in raw.tabs] == ["Convenings", "Members", "Connections"]


def test_table_that_is_none_is_named_next_to_a_workbook() -> None:
    raw = read_files([("a.csv", b"%PDF"), ("b.xlsx", xlsx({"Members": [["Name"]]}))])
    assert ([tab.title for tab in raw.tabs], [file.name for file in raw.skipped]) == (["Members"], ["a.csv"])


def test_one_file_alone_may_be_any_kind() -> None:
    assert [tab.title for tab in read_files([("Book.xlsx", xlsx({"Members": [["Name"]]}))]).tabs] == ["Members"]


def test_too_many_or_too_large_files_are_refused() -> None:
    with pytest.raises(errors.FileTooLarge):
        read_files([(f"{number}.csv", b"Name\n") for number in range(201)])
    with pytest.raises(errors.FileTooLarge):
        read_files([(f"{number}.csv", b"n" * 16_000_000) for number in range(2)])


def test_tab_in_a_tsv_file_wins_over_commas_in_names() -> None:
    raw = read_file(b"From\tTo\nRuiz, Ana\tOkafor, Ben\nWynn, Carla\tVale, Dmitri\n", "edges.tsv")
    assert raw.tabs[0].rows[1:] == [["Ruiz, Ana", "Okafor, Ben"], ["Wynn, Carla", "Vale, Dmitri"]]
    assert read_file(b"From,To\nAna,Ben\n", "edges.tsv").tabs[0].rows[1] == ["Ana", "Ben"]


@pytest.mark.parametrize(("name", "title"), [("Sheet1.csv", "Sheet1"), ("my contacts.2024.csv", "my contacts.2024")])
def test_tab_of_one_file_has_its_name(name: str, title: str) -> None:
    assert [tab.title for tab in read_file(b"Name\nAna\n", name).tabs] == [title]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_raises(tmp_path: Path) -> None:
    file = tmp_path / "Members.csv"
    file.write_text("Name\n")
    file.chmod(0)
    with pytest.raises(errors.FileError, match="permission"):
        read_path(file)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\ufeff"), max_size=10)


@example([["", "", ";0"], ["", ";"]])  # more rows of two cells by ";" than of any number by ","
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_rows_keep_their_numbers(rows: list[list[str]]) -> None:
    head = ["Name", "Role", "Region", "Notes"]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [head, *rows])
    read = rows_of(text.encode())
    for number, row in enumerate(rows, start=1):
        while row and not row[-1]:
            row.pop()
        assert (read[number] if number < len(read) else []) == row


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_raise_only_our_errors(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a", "a.ods", "a.zip", "a.net", "a.json", "a.gexf", "a.graphml"):
        with contextlib.suppress(errors.FileError):
            read_file(data, name)


def test_fifty_thousand_rows_are_read_in_time() -> None:
    lines = (f"name {row % 4999},b,c,d,e,{row},{row},{row}" for row in range(50_000))
    data = "\n".join(lines).encode()
    read, seconds = measure_cpu_seconds(lambda: read_file(data, "Connections.csv"), enough=0.5)
    assert seconds < 0.5
    assert len(read.tabs[0].rows) == 50_000
