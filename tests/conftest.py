"""For all tests: a data folder of their own, the same hypothesis examples in each run, and no threads that go on."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
import streamlit.components.v2.manifest_scanner
from hypothesis import HealthCheck, settings

from nethealth.ui.workbook_poller import WorkbookPoller

# No property is about time. On a busy machine, one example may take long.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("the same each time", settings.get_profile("untimed"), derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    """Check properties with the same examples in each run, so that no change fails for an example it didn't cause.

    To search for new examples, give a seed: `--hypothesis-seed=7`, or run `make properties`.
    """
    if config.getoption("--hypothesis-seed", default=None) is not None:
        settings.load_profile("untimed")
        return
    settings.load_profile("the same each time")
    # Otherwise hypothesis also draws constants from the loaded modules, and these depend on the tests that ran before.
    # It has no setting for this. In another version, where these names differ, a few examples vary from run to run.
    with contextlib.suppress(ImportError, AttributeError):
        from hypothesis.internal.conjecture import providers
        from hypothesis.internal.constants_ast import Constants

        pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETHEALTH_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_search_for_components() -> Iterator[None]:
    """Each new AppTest reads the metadata of all installed packages, in case one has components: half of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit.components.v2.manifest_scanner, "scan_component_manifests", list)
        yield


@pytest.fixture(autouse=True)
def _end_threads() -> Iterator[None]:
    """End threads that read a workbook with the test that started them.

    Later, their waits would draw from the random numbers of the process, which hypothesis guards.
    """
    yield
    for thread in threading.enumerate():
        if thread.name == "reading":
            poller = getattr(getattr(thread, "_target", None), "__self__", None)
            if isinstance(poller, WorkbookPoller):
                poller.stop()
            thread.join(120)
            assert not thread.is_alive(), "a reading goes on after its test"
