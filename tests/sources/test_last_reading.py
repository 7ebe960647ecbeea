import datetime as dt
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from nethealth.privacy.email_masking import MaskedWorkbook, mask_workbook
from nethealth.sources import LastReading
from nethealth.workbook.raw import RawTab, RawWorkbook

KEY = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
ROWS: list[list[Any]] = [
    ["Name", "Joined", "Email"],
    ["Ada", dt.date(2024, 3, 1), "Ada.Osei+x@school.example"],
    [],
    [
        "Bo",
        dt.datetime.fromisoformat("2024-03-01T10:05:07.000012"),
        "write to ada.osei+X@school.example or bo@x.example",
    ],
    [dt.time(10, 5), dt.timedelta(hours=30, microseconds=5), None, True, 7, 1.5, "é\ud800", ["list"][0]],
]


def workbook(**changes: Any) -> MaskedWorkbook:
    fields: dict[str, Any] = {
        "title": "Net of boss@school.example",
        "tabs": (
            RawTab(title="Members", rows=ROWS, url="https://docs.google.com/x#gid=0"),
            RawTab(title="for me@here.example", rows=[], hidden=True),
        ),
        "read_at": dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC),
        "timezone": "America/Denver",
        "url": "https://docs.google.com/x",
        "notes": ("told by you@there.example",),
    }
    return mask_workbook(RawWorkbook(**(fields | changes)))


@pytest.fixture
def store(tmp_path: Path) -> LastReading:
    return LastReading(KEY, tmp_path / "saved")


def file_of(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "saved").iterdir()
    return file


def test_saved_reading_comes_back_with_its_types(store: LastReading, tmp_path: Path) -> None:
    assert store.load() is None
    assert store.save(workbook())
    back = store.load()
    assert back is not None
    assert back.tabs[0].rows == [
        ["Name", "Joined", "Email"],
        ["Ada", dt.date(2024, 3, 1), "(email 3)"],
        [],
        ["Bo", dt.datetime.fromisoformat("2024-03-01T10:05:07.000012"), "write to (email 3) or (email 4)"],
        [*ROWS[4][:6], "é\ufffd", "list"],
    ]
    assert [type(cell) for cell in back.tabs[0].rows[4]] == [type(cell) for cell in ROWS[4]]
    assert (back.read_at, back.timezone, back.url) == (
        workbook().read_at,
        "America/Denver",
        "https://docs.google.com/x",
    )
    assert (back.tabs[0].url, back.tabs[1].hidden) == ("https://docs.google.com/x#gid=0", True)
    assert LastReading("another", tmp_path / "saved").load() is None


def test_no_email_address_reaches_the_disk(store: LastReading, tmp_path: Path) -> None:
    store.save(workbook())
    content = file_of(tmp_path).read_bytes().lower()
    for part in (b"@", b"school.example", b"osei", b"boss", b"me@", b"there"):
        assert part not in content
    assert KEY not in file_of(tmp_path).name


def test_email_with_invisible_characters_is_masked(store: LastReading, tmp_path: Path) -> None:
    hidden = ["ana@scho\u200bol.example", "bo\u2060@school.example"]
    store.save(workbook(tabs=(RawTab(title="Members", rows=[hidden]),), notes=()))
    back = store.load()
    assert back is not None
    assert back.tabs[0].rows == [["(email 2)", "(email 3)"]]
    assert b"@" not in file_of(tmp_path).read_bytes()


def test_only_the_owner_can_read_the_file(store: LastReading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    folder_modes: list[int] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        folder_modes.append(stat.S_IMODE((tmp_path / "saved").stat().st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    (tmp_path / "saved").mkdir(mode=0o755)
    (tmp_path / "saved").chmod(0o755)
    before = os.umask(0)
    try:
        store.save(workbook())
        store.save(workbook(title="second"))
    finally:
        os.umask(before)
    assert set(modes) == {0o600}
    assert set(folder_modes) == {0o700}
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600
    back = store.load()
    assert back is not None
    assert back.title == "second"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b'{"format":1}',
        b'{"format":99,"title":"x","tabs":[],"read_at":"2024-05-06T00:00:00+00:00"}',
        b"[" * 100_000,
    ],
)
def test_damaged_file_gives_none(store: LastReading, tmp_path: Path, damage: bytes) -> None:
    store.save(workbook())
    file_of(tmp_path).write_bytes(damage)
    assert store.load() is None
    assert store.save(workbook())
    assert store.load() is not None


def test_truncated_file_gives_none(store: LastReading, tmp_path: Path) -> None:
    store.save(workbook())
    whole = file_of(tmp_path).read_bytes()
    for length in range(0, len(whole), 7):
        file_of(tmp_path).write_bytes(whole[:length])
        assert store.load() is None


@pytest.mark.parametrize(
    ("found", "put"),
    [(b'["date","2024-03-01"]', b'["date","2024-99-01"]'), (b'["date","2024-03-01"]', b'["os.system","ls"]')],
)
def test_tampered_cell_gives_none(store: LastReading, tmp_path: Path, found: bytes, put: bytes) -> None:
    store.save(workbook())
    whole = file_of(tmp_path).read_bytes()
    assert found in whole
    file_of(tmp_path).write_bytes(whole.replace(found, put))
    assert store.load() is None


def test_unwritable_disk_gives_false(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = LastReading(KEY, tmp_path / "file" / "saved")
    assert store.save(workbook()) is False
    assert store.load() is None


def test_failed_write_leaves_the_old_file_only(
    store: LastReading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(workbook())

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert store.save(workbook(title="newer")) is False
    back = store.load()
    assert back is not None
    assert back.title != "newer"
    file_of(tmp_path)


def test_environment_sets_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path / "data"))
    LastReading(KEY).save(workbook())
    assert len(list((tmp_path / "data" / "last-reading").iterdir())) == 1
    monkeypatch.delenv("NETHEALTH_DATA_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    LastReading(KEY).save(workbook())
    assert list((tmp_path / "cache").rglob("*.json"))
