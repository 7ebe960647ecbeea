"""What the app would keep on this machine, tests keep in a folder of their own that goes with them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from nethealth.ui.workbook_poller import WorkbookPoller

# No property is about time: on a busy machine one example may take long, and nothing is wrong.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same each time", settings.get_profile("untimed"), derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    """Properties are held to the same examples at each run, so that no change fails for an example that it never met.

    Whoever looks for new ones names a seed: `--hypothesis-seed=7`, or `make properties`.
    """
    if config.getoption("--hypothesis-seed", default=None) is not None:
        settings.load_profile("untimed")
        return
    settings.load_profile("the same each time")
    # Else it draws what stands in the modules of the code, too, and which are loaded hangs on the tests before.
    # There is no setting for it; where another version has these elsewhere, a few examples differ from run to run.
    with contextlib.suppress(ImportError, AttributeError):
        from hypothesis.internal.conjecture import providers
        from hypothesis.internal.constants_ast import Constants

        pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)


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
            if isinstance(shared, WorkbookPoller):
                shared.stop()
            thread.join(120)
            assert not thread.is_alive(), "a reading goes on after its test"
