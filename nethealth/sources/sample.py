"""Find the embedded sample network: in the repository, or in the data of an installed package."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from nethealth.errors import FileDamaged


def sample_folder() -> Path:
    """Return the folder of the sample's .csv files. Raises FileDamaged if this installation lacks it."""
    checkout = Path(__file__).resolve().parents[2] / "data" / "sample"
    installed = Path(sysconfig.get_path("data")) / "share" / "nethealth" / "sample"
    for folder in (checkout, installed):
        if any(folder.glob("*.csv")):
            return folder
    raise FileDamaged("The sample network is missing from this installation.", "Install the dashboard again.")
