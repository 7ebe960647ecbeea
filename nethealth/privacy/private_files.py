"""Store what must survive a restart in folders and files that only their owner can read."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

DATA_DIR = "NETHEALTH_DATA_DIR"
"""The environment variable for one folder for everything. By default, there are two: see below."""


def data_folder() -> Path:
    """Return the folder for what the app can do without, which may not exist yet: by default a cache folder."""
    import platformdirs

    return _named_folder() or Path(platformdirs.user_cache_dir("nethealth", appauthor=False))


def lasting_folder() -> Path:
    """Return the folder for what must not be lost, which may not exist yet: by default no cache folder."""
    import platformdirs

    return _named_folder() or Path(platformdirs.user_data_dir("nethealth", appauthor=False))


def _named_folder() -> Path | None:
    named = os.environ.get(DATA_DIR, "").strip()
    return Path(named).expanduser() if named else None


def private_folder(folder: Path) -> None:
    """Create the folder if necessary, and close it to everyone but its owner. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


def write_private(file: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file completely or not at all, readable only by its owner from the first byte.

    Without `replace`, an existing file stays and FileExistsError is raised. Raises OSError if writing fails.
    """
    # mkstemp makes the new file with 0600.
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            Path(temporary).replace(file)
        else:
            file.hardlink_to(temporary)
            Path(temporary).unlink()
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
