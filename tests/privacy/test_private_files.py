"""Files that only their owner can read."""

import stat

import pytest

from nethealth.privacy.private_files import DATA_DIR, data_folder, lasting_folder, private_folder, write_private


def test_folder_comes_from_environment(monkeypatch, tmp_path):
    monkeypatch.setenv(DATA_DIR, str(tmp_path / "own"))
    assert data_folder() == tmp_path / "own"


def test_what_must_not_be_lost_is_in_no_cache(monkeypatch, tmp_path):
    monkeypatch.setenv(DATA_DIR, str(tmp_path))
    assert lasting_folder() == data_folder() == tmp_path
    monkeypatch.delenv(DATA_DIR)
    assert lasting_folder() != data_folder()


def test_open_folder_is_closed(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_file_is_private_and_replaced(tmp_path):
    file = tmp_path / "key"
    write_private(file, b"one")
    write_private(file, b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_existing_file_stays_without_replace(tmp_path):
    file = tmp_path / "key"
    write_private(file, b"one")
    with pytest.raises(FileExistsError):
        write_private(file, b"two", replace=False)
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]
