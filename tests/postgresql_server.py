"""A PostgreSQL server for tests, if this machine has one: in a folder of its own, without a network port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa


def postgresql_programs() -> Path | None:
    """Return the folder with the server's programs; None if this machine has none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextlib.contextmanager
def postgresql_server(*, settings: str = "-c fsync=off") -> Iterator[sa.URL]:
    """Run a server, and give the address of its empty database. By default it stores nothing safely, and so is fast."""
    programs = postgresql_programs()
    assert programs is not None
    # The server refuses to run as root, and can't reach folders of tests that only root may open.
    as_user: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="nethealth-pg-") as name:
        folder = Path(name)
        if as_user:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        options: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **as_user}
        initialize = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C"]
        subprocess.run([*initialize, "-E", "UTF8"], check=True, **options)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} {settings}"
        control = [programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", settings, "-l", folder / "log", "start"], check=True, **options)
        try:
            yield sa.URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": name})
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, **options)


def empty_database(url: sa.URL) -> None:
    """Delete everything in a database."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
