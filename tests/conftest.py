"""What the app would keep on this machine, tests keep in a folder of their own that goes with them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from nethealth.ui.reading import SharedReading

# No property is about time: on a busy machine one example may take long, and nothing is wrong.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETHEALTH_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _nothing_reads_on() -> Iterator[None]:
    """No test's thread reads on while another test runs.

    Its waits would draw from the random numbers of the whole process, which hypothesis guards, minutes later.
    """
    yield
    for thread in threading.enumerate():
        if thread.name == "reading":
            shared = getattr(getattr(thread, "_target", None), "__self__", None)
            if isinstance(shared, SharedReading):
                shared.end()
            thread.join(120)
            assert not thread.is_alive(), "a reading goes on after its test"
