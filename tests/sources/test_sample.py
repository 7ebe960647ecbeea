"""Where the embedded sample is: in a checkout, or in the data of an installed package."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from nethealth.errors import FileDamaged
from nethealth.sources import sample

CHECKOUT = Path(__file__).parents[2]


def test_checkout_has_the_sample() -> None:
    assert sample.sample_folder() == CHECKOUT / "data" / "sample"


def test_installed_package_is_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "site-packages" / "nethealth" / "sources" / "sample.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path / name))
    installed = tmp_path / "data" / "share" / "nethealth" / "sample"
    installed.mkdir(parents=True)
    with pytest.raises(FileDamaged):
        sample.sample_folder()
    (installed / "Members.csv").write_text("Name\nAna\n", encoding="utf-8")
    assert sample.sample_folder() == installed
