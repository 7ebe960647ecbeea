"""The server answers to its own host names only, so no other site can pretend to be it."""

from __future__ import annotations

import pytest
import websockets

from benchmarks.serving import run_alone
from nethealth.ui.server.hosts import is_known_host
from tests.ui.server.conftest import ask

LOOPBACK = ["127.0.0.1", "127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "localhost.", "a.localhost:1"]
STRANGE = [
    "evil.example",
    "evil.example:8501",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "127.0.0.1@evil.example",
    "evil.example@127.0.0.1",
    "127.0.0.1/evil.example",
    "127.0.0.1:x",
    "",
    ":8501",
    "[::1",
]


@pytest.mark.parametrize("host", LOOPBACK)
@pytest.mark.parametrize("allowed", [[], ["health.example.org"]])
def test_loopback_names_are_always_known(host: str, allowed: list[str]) -> None:
    assert is_known_host(host, allowed=allowed, only_this_machine=True)


@pytest.mark.parametrize("host", STRANGE)
def test_other_names_are_unknown_to_a_server_for_its_own_machine(host: str) -> None:
    assert not is_known_host(host, allowed=[], only_this_machine=True)
    assert not is_known_host(host, allowed=["health.example.org"], only_this_machine=False)


def test_guarded_server_without_a_list_takes_every_name() -> None:
    assert is_known_host("health.example.org", allowed=[], only_this_machine=False)


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("health.example.org", True),
        ("HEALTH.example.org:443", True),
        ("a.circles.example", True),
        ("circles.example", False),
        ("evilcircles.example", False),
    ],
)
def test_a_list_holds_names_and_wildcards(host: str, is_known: bool) -> None:
    allowed = ["Health.example.org.", "*.circles.example"]
    assert is_known_host(host, allowed=allowed, only_this_machine=True) == is_known
    assert is_known_host(host, allowed=["*"], only_this_machine=True)


@pytest.mark.parametrize("path", ["/", "/connectivity", "/_stcore/host-config", "/app/static/none"])
def test_a_strange_name_gets_no_page(open_port: int, path: str) -> None:
    assert ask(open_port, path, headers={"Host": "evil.example"}).status == 421
    assert ask(open_port, path, headers={"Host": f"localhost:{open_port}"}).status in {200, 404}


def test_a_strange_name_gets_no_connection(open_port: int) -> None:
    async def connect(host: str) -> None:
        async with websockets.connect(
            f"ws://{host}:{open_port}/_stcore/stream",
            host="127.0.0.1",
            origin=f"http://{host}:{open_port}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
        ):
            pass

    run_alone(connect("localhost"))
    with pytest.raises(websockets.InvalidStatus) as refused:
        run_alone(connect("evil.example"))
    assert refused.value.response.status_code == 403
