"""Insertions that say what happens if the row is there already, for both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from nethealth.contributions.storage.statements import insert_into

TABLE = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_insertion_leaves_a_row_that_is_there(dialect: sa.Dialect) -> None:
    statement = insert_into(TABLE, dialect.name).values(id=1).on_conflict_do_nothing()
    assert "ON CONFLICT DO NOTHING" in str(statement.compile(dialect=dialect))
