"""The tables: the same on both kinds of database, brought up to date once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from nethealth.contributions.storage.schema import (
    ENTRIES,
    LATEST,
    STEPS,
    TABLES,
    VERSIONS,
    migrate,
    repair,
    schema_version,
)

NEXT = (*STEPS, ("ALTER TABLE nethealth_entries ADD COLUMN mood TEXT", "CREATE TABLE nethealth_moods (mood TEXT)"))


@pytest.fixture
def engine(url: sa.URL) -> Iterator[sa.Engine]:
    created = sa.create_engine(url)
    yield created
    created.dispose()


def columns(engine: sa.Engine, table: str) -> list[tuple[str, bool]]:
    return [(column["name"], column["nullable"]) for column in sa.inspect(engine).get_columns(table)]


def test_steps_make_the_tables_that_we_use(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        assert schema_version(connection) == 0
        migrate(connection)
    for table in TABLES:
        found = [name for name, is_nullable in columns(engine, table.name) if not is_nullable]
        keys = [column.name for column in table.primary_key]
        assert sorted({*found, *keys}) == sorted(column.name for column in table.columns)
        assert sa.inspect(engine).get_pk_constraint(table.name)["constrained_columns"] == keys


def test_each_step_runs_once(engine: sa.Engine) -> None:
    for _ in range(2):
        with engine.begin() as connection:
            migrate(connection)
            assert schema_version(connection) == LATEST
    for _ in range(2):
        with engine.begin() as connection:
            migrate(connection, NEXT)
            assert schema_version(connection) == LATEST + 1
    assert columns(engine, "nethealth_entries")[-1] == ("mood", True)


def test_newer_tables_stay_as_they_are(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        migrate(connection, NEXT)
        migrate(connection)
        assert schema_version(connection) == LATEST + 1


def test_versions_go_on_after_rows_were_lost(engine: sa.Engine) -> None:
    row = {"tab": "Weaving", "cells": "{}", "recorded_at": 0.0, "author": "", "state": "waiting", "reason": ""}
    row |= {"changed_at": 0.0}
    with engine.begin() as connection:
        migrate(connection)
        connection.execute(VERSIONS.insert().values(workbook="known", version=9))
        connection.execute(ENTRIES.insert().values(id="1", workbook="known", number=4, **row))
        connection.execute(ENTRIES.insert().values(id="2", workbook="lost", number=7, **row))
        repair(connection)
        assert dict(connection.execute(sa.select(VERSIONS)).all()) == {"known": 10, "lost": 8}
