"""The tables of the app's database, and the steps that bring an older one up to date.

A step is never changed after a release, only followed by another. All its statements run on SQLite and PostgreSQL.
Names begin with `nethealth_`, because a database server may hold tables of other programs too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

_METADATA: Final = sa.MetaData()
ENTRIES: Final = sa.Table(
    "nethealth_entries",
    _METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("workbook", sa.String(200), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("tab", sa.String(64), nullable=False),
    sa.Column("cells", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Double, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Double, nullable=False),
)
"""`number` grows from entry to entry of a workbook, whatever the clock says."""
VERSIONS: Final = sa.Table(
    "nethealth_versions",
    _METADATA,
    sa.Column("workbook", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
LEASES: Final = sa.Table(
    "nethealth_leases",
    _METADATA,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("token", sa.Integer, nullable=False),
    sa.Column("expires_at", sa.Double, nullable=False),
)
SNAPSHOTS: Final = sa.Table(
    "nethealth_snapshots",
    _METADATA,
    sa.Column("workbook", sa.String(200), primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("numbers", sa.Text, nullable=False),
)
"""The history: a workbook's numbers on days on which one changed (`nethealth.history`)."""
LIVE_SESSIONS: Final = sa.Table(
    "nethealth_live_sessions",
    _METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("workbook", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("moment", sa.String(16), nullable=False),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("is_rehearsal", sa.Integer, nullable=False),
    sa.Column("setup", sa.Text, nullable=False),
    sa.Column("screen", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Live sessions (`nethealth.live`), each with a code that no other has."""
LIVE_PHONES: Final = sa.Table(
    "nethealth_live_phones",
    _METADATA,
    sa.Column("session", sa.String(32), primary_key=True),
    sa.Column("phone", sa.String(32), primary_key=True),
    sa.Column("joined_at", sa.Double, nullable=False),
    sa.Column("is_held", sa.Integer, nullable=False),
)
LIVE_ANSWERS: Final = sa.Table(
    "nethealth_live_answers",
    _METADATA,
    sa.Column("session", sa.String(32), primary_key=True),
    sa.Column("phone", sa.String(32), primary_key=True),
    sa.Column("question", sa.String(80), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("turn", sa.BigInteger, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("answered_at", sa.Double, nullable=False),
    sa.Column("is_held", sa.Integer, nullable=False),
)
"""`number` is the session's version at which the answer came. A `value` of `null` is an answer taken back."""
TABLES: Final = (ENTRIES, VERSIONS, LEASES, SNAPSHOTS, LIVE_SESSIONS, LIVE_PHONES, LIVE_ANSWERS)

_SCHEMA: Final = sa.table("nethealth_schema", sa.column("version", sa.Integer))

STEPS: Final = (
    (
        "CREATE TABLE nethealth_entries (id VARCHAR(32) PRIMARY KEY, workbook VARCHAR(200) NOT NULL, "
        "number INTEGER NOT NULL, tab VARCHAR(64) NOT NULL, cells TEXT NOT NULL, "
        "recorded_at DOUBLE PRECISION NOT NULL, author TEXT NOT NULL, state VARCHAR(16) NOT NULL, "
        "reason TEXT NOT NULL, changed_at DOUBLE PRECISION NOT NULL)",
        "CREATE INDEX nethealth_entries_in_order ON nethealth_entries (workbook, number)",
        "CREATE TABLE nethealth_versions (workbook VARCHAR(200) PRIMARY KEY, version INTEGER NOT NULL)",
        "CREATE TABLE nethealth_leases (name VARCHAR(200) PRIMARY KEY, holder VARCHAR(64) NOT NULL, "
        "token INTEGER NOT NULL, expires_at DOUBLE PRECISION NOT NULL)",
    ),
    (
        "CREATE TABLE nethealth_snapshots (workbook VARCHAR(200) NOT NULL, day VARCHAR(10) NOT NULL, "
        "numbers TEXT NOT NULL, PRIMARY KEY (workbook, day))",
    ),
    (
        "CREATE TABLE nethealth_live_sessions (id VARCHAR(32) PRIMARY KEY, workbook VARCHAR(200) NOT NULL, "
        "kind VARCHAR(16) NOT NULL, name TEXT NOT NULL, moment VARCHAR(16) NOT NULL, code VARCHAR(16) NOT NULL UNIQUE, "
        "state VARCHAR(16) NOT NULL, created_at DOUBLE PRECISION NOT NULL, is_rehearsal INTEGER NOT NULL, "
        "setup TEXT NOT NULL, screen TEXT NOT NULL, version INTEGER NOT NULL)",
        "CREATE INDEX nethealth_live_sessions_of ON nethealth_live_sessions (workbook, created_at)",
        "CREATE TABLE nethealth_live_phones (session VARCHAR(32) NOT NULL, phone VARCHAR(32) NOT NULL, "
        "joined_at DOUBLE PRECISION NOT NULL, is_held INTEGER NOT NULL, PRIMARY KEY (session, phone))",
        "CREATE TABLE nethealth_live_answers (session VARCHAR(32) NOT NULL, phone VARCHAR(32) NOT NULL, "
        "question VARCHAR(80) NOT NULL, value TEXT NOT NULL, turn BIGINT NOT NULL, number INTEGER NOT NULL, "
        "answered_at DOUBLE PRECISION NOT NULL, is_held INTEGER NOT NULL, PRIMARY KEY (session, phone, question))",
    ),
)
LATEST: Final = len(STEPS)
"""The version of the schema that this version of the app knows."""
_MIGRATION_LOCK: Final = 7_310_428_113
"""The number of the lock on a PostgreSQL server that lets one process at a time change the schema."""


def schema_version(connection: sa.Connection, *, has_schema: bool = False) -> int:
    """Return the version of the database's schema, 0 if it has none yet. `has_schema` saves looking for the table."""
    if not has_schema and not sa.inspect(connection).has_table(_SCHEMA.name):
        return 0
    return connection.execute(sa.select(_SCHEMA.c.version)).scalar_one_or_none() or 0


def migrate(connection: sa.Connection, steps: Sequence[Sequence[str]] = STEPS) -> None:
    """Run the steps that this database hasn't had, in a transaction that the caller has begun for writing."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
    # Another process may have been here while we waited.
    version = schema_version(connection)
    for step in steps[version:]:
        for statement in step:
            connection.exec_driver_sql(statement)
    if version == 0:
        connection.exec_driver_sql("CREATE TABLE nethealth_schema (version INTEGER NOT NULL)")
        connection.execute(_SCHEMA.insert().values(version=len(steps)))
    elif version < len(steps):
        connection.execute(_SCHEMA.update().values(version=len(steps)))


def repair(connection: sa.Connection) -> None:
    """Make the tables fit together after rows were lost: versions go on from the entries that are there."""
    last = sa.select(ENTRIES.c.workbook, sa.func.max(ENTRIES.c.number)).group_by(ENTRIES.c.workbook)
    known = {row.workbook: row.version for row in connection.execute(sa.select(VERSIONS))}
    for workbook, number in connection.execute(last).all():
        # One more than pages have seen, so that they look again.
        values = {"workbook": workbook, "version": max(number, known.get(workbook, 0)) + 1}
        at = VERSIONS.c.workbook == workbook
        connection.execute(
            VERSIONS.update().where(at).values(values) if workbook in known else VERSIONS.insert().values(values)
        )
