"""What the app would keep on this machine, tests keep in a folder of their own that goes with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETHEALTH_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield
