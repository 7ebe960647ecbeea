"""Where the app keeps what must outlive it, in folders and files that their owner alone can read. A leaf."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

DATA_DIR = "NETHEALTH_DATA_DIR"
"""The environment variable that names the folder; without it, the user's own folder for the app."""


def data_folder() -> Path:
    """The app's own folder, which need not exist yet."""
    if named := os.environ.get(DATA_DIR, "").strip():
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("nethealth", appauthor=False))


def private_folder(folder: Path) -> None:
    """Make the folder where it is not there, and close it to everybody but its owner. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


def write_private(file: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file whole or not at all, readable by its owner alone from the very first byte.

    Without `replace` a file that is there already stays. Raises FileExistsError then, and OSError where it fails.
    """
    # mkstemp makes the new file with 0600.
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            Path(beside).replace(file)
        else:
            file.hardlink_to(beside)
            Path(beside).unlink()
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
