"""A damaged journal is set aside whole, and what can be read goes on in a new one."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.contributions.storage.damage import (
    create_private,
    day_set_aside,
    files_set_aside,
    only_one_process,
    set_aside,
)

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def recorded(file: Path, *, count: int = 300) -> list[str]:
    entries = [
        Entry(
            id=new_entry_id(),
            workbook="sheet:a",
            tab="Weaving",
            cells={"What we heard": f"{number} " + "x" * 300},
            recorded_at=dt.datetime.fromtimestamp(number, dt.UTC),
        )
        for number in range(count)
    ]
    journal = Journal.in_file(file)
    journal.record(entries)
    journal.mark([entries[0].id], EntryState.DELIVERED)
    journal.close()
    return [entry.id for entry in entries]


def overwrite(file: Path, start: int, content: bytes) -> bytes:
    with file.open("r+b") as stream:
        stream.seek(start)
        stream.write(content)
    return file.read_bytes()


def ids_in(file: Path) -> list[str]:
    journal = Journal.in_file(file)
    found = [entry.id for entry in journal.entries("sheet:a")]
    journal.close()
    return found


def middle_page_of_entries(file: Path) -> int:
    """Return where a page in the middle of the entries starts."""
    content = file.read_bytes()
    return content.index(b"150 xxx") // PAGE * PAGE


def test_rows_before_and_after_a_damaged_page_go_on(file: Path) -> None:
    ids = recorded(file)
    damaged = overwrite(file, middle_page_of_entries(file), b"\xff" * PAGE)
    version = 301
    found = ids_in(file)
    assert {ids[0], ids[299]} < set(found) < set(ids)
    assert len(found) > 270
    (aside,) = files_set_aside(file)
    assert aside.read_bytes() == damaged
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(aside.stat().st_mode) == 0o600
    journal = Journal.in_file(file)
    assert journal.version("sheet:a") > version
    assert journal.entries("sheet:a")[0].state is EntryState.DELIVERED
    (notice,) = journal.notices()
    assert aside.name in notice.message
    aside.rename(file.with_name("elsewhere"))
    assert journal.notices() == []
    journal.close()


@pytest.mark.parametrize(("start", "content"), [(0, b"no database"), (100, b"\xff" * PAGE)])
def test_file_without_anything_to_read_makes_way_for_a_new_one(file: Path, start: int, content: bytes) -> None:
    recorded(file, count=3)
    damaged = overwrite(file, start, content)
    journal = Journal.in_file(file)
    assert journal.entries("sheet:a") == []
    journal.close()
    new = recorded(file, count=2)
    assert ids_in(file) == new
    (aside,) = files_set_aside(file)
    assert aside.read_bytes() == damaged


def test_cut_off_file_is_found_when_recording(file: Path) -> None:
    ids = recorded(file)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2 // PAGE * PAGE])
    (new,) = recorded(file, count=1)
    found = ids_in(file)
    assert found[-1] == new
    assert len(files_set_aside(file)) == 1
    assert set(found[:-1]) <= set(ids)


def test_damage_while_the_app_runs(file: Path) -> None:
    ids = recorded(file)
    journal = Journal.in_file(file)
    assert len(journal.entries("sheet:a")) == 300
    overwrite(file, middle_page_of_entries(file), b"\xff" * PAGE)
    other = Journal.in_file(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = other.entries("sheet:a")
    assert 270 < len(found) < len(ids)
    assert [entry.id for entry in journal.entries("sheet:a")] == [entry.id for entry in found]
    journal.close()
    other.close()


def test_intact_file_stays(file: Path) -> None:
    ids = recorded(file, count=3)
    assert set_aside(file) is None
    assert ids_in(file) == ids


def test_only_one_of_two_sets_the_file_aside(file: Path) -> None:
    recorded(file)
    overwrite(file, middle_page_of_entries(file), b"\xff" * PAGE)
    results = []
    threads = [threading.Thread(target=lambda: results.append(set_aside(file))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result for result in results if result] == files_set_aside(file)
    assert len(files_set_aside(file)) == 1


def test_existing_file_is_not_touched(file: Path) -> None:
    create_private(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("x")
    create_private(file)
    assert file.read_text() == "x"


def test_second_process_waits(file: Path) -> None:
    order = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(10)
        with only_one_process(file):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with only_one_process(file):
        inside.set()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_day_is_in_the_name() -> None:
    assert day_set_aside(Path("journal-damaged-2026-11-30-140501.db")) == dt.date(2026, 11, 30)
    assert day_set_aside(Path("journal-damaged-copy.db")) is None
