"""What the app would keep on this machine, tests keep in a folder of their own that goes with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# No property is about time: on a busy machine one example may take long, and nothing is wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETHEALTH_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield
