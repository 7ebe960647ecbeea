"""Metric definitions: read from TOML, checked, and looked up in results."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from nethealth.metric import Metric, Unit, load_metrics

ENTRY = {
    "id": "ties",
    "label": "Connections",
    "question": "How many?",
    "reading": "Count them.",
    "not_meaning": "Not strength.",
    "unit": "count",
    "undefined": "never",
    "source": "the workbook",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "defined_metrics"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder  # type: ignore[misc]
    sys.modules.pop("defined_metrics", None)


def write(package: Path, entry: dict[str, str]) -> None:
    lines = ["[[network]]", *(f'{name} = "{text}"' for name, text in entry.items())]
    (package / "metrics.toml").write_text("\n".join(lines), encoding="utf-8")


def test_sections_list_metrics_in_order(package: Path) -> None:
    write(package, ENTRY)
    (metric,) = load_metrics("defined_metrics", "metrics.toml")["network"]
    assert (metric.id, metric.unit) == ("ties", Unit.COUNT)


@pytest.mark.parametrize(
    "entry",
    [{**ENTRY, "units": "count"}, {**ENTRY, "unit": "pieces"}, {k: v for k, v in ENTRY.items() if k != "source"}],
    ids=["unknown field", "unknown unit", "missing field"],
)
def test_wrong_entries_raise(package: Path, entry: dict[str, str]) -> None:
    write(package, entry)
    with pytest.raises(ValidationError):
        load_metrics("defined_metrics", "metrics.toml")


def test_value_is_the_attribute_of_that_name() -> None:
    metric = Metric.model_validate(ENTRY)
    assert metric.value(SimpleNamespace(ties=3)) == 3
