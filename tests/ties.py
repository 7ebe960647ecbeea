"""Reports, facts, and waves to build small networks from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nethealth.network.graph import Network
from nethealth.workbook.records import Connection, Wave
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def report(source: str, target: str, strength: float | None = None, **fields: Any) -> Connection:
    return Connection(source=source, target=target, strength=strength, **fields)


def fact(source: str, target: str, date: str | None = None, **fields: Any) -> Connection:
    fields = {"heard_through": HeardThrough.STAFF, **fields}
    return Connection(source=source, target=target, date=day(date) if date else None, **fields)


def asked(name: str, date: str | None = None, **fields: Any) -> Wave:
    return Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=day(date) if date else None, **fields)


def tied(network: Network) -> list[str]:
    return [f"{tie.a}{tie.b}" for tie in network.ties]
