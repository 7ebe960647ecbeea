"""How a metric is defined: once, for the pages, the glossary, the docs, and the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict


class Unit(StrEnum):
    """What a metric is counted in, which decides how it is written."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1, written as a percentage
    NUMBER = "number"  # a plain number with decimals
    INDEX = "index"  # -1 to 1
    DAYS = "days"
    STEPS = "steps"
    MONTH = "month"
    LABEL = "label"


class Metric(BaseModel):
    """What one metric asks, how to read it, and where its definition comes from.

    `id` is its key in JSON and the attribute that holds it in the domain's result. `undefined` (when there is no value)
    and `source` continue a sentence: no capital at the start, no period at the end.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: str
    question: str
    reading: str
    not_meaning: str
    unit: Unit
    undefined: str
    source: str

    def value(self, result: object) -> Any:
        """Return this metric from a result that has an attribute of its name; None if it is undefined."""
        return getattr(result, self.id)


def load_metrics(package: str, file: str) -> Mapping[str, tuple[Metric, ...]]:
    """Return the metrics in a TOML file of a package, by section: `[[network]]` starts one of section `network`.

    Raises pydantic's `ValidationError` if an entry lacks a field or has an unknown one.
    """
    sections = tomllib.loads(files(package).joinpath(file).read_text(encoding="utf-8"))
    return MappingProxyType(
        {name: tuple(Metric.model_validate(entry) for entry in entries) for name, entries in sections.items()}
    )


def meanings(metrics: Iterable[Metric], headers: Mapping[str, str]) -> dict[str, str]:
    """Return what columns hold, by header, for tables of metrics; `headers` has the metric's id for each."""
    texts = {metric.id: f"{metric.question} {metric.reading}" for metric in metrics}
    return {header: texts[id_] for header, id_ in headers.items()}
