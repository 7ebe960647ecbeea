"""Statements that SQLite and PostgreSQL know, and SQLAlchemy's common part doesn't."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def insert_into(table: sa.Table, dialect: str) -> Any:
    """Return an insertion that can say what happens if the row is there already."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
