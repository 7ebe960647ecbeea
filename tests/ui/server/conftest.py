"""Real servers on loopback, and visitors who speak to them without a browser."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import websockets
from argon2 import PasswordHasher
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving import ROOT, serving

PATIENCE = 600
STAFF, VIEWER = "three warm words", "welcome dear friends"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SECRETS = f"""
[access]
staff_passcode = "{CHEAP.hash(STAFF)}"
viewer_passcode = "{CHEAP.hash(VIEWER)}"
embed_in = ["https://intranet.example.org"]
"""
TOKEN = "2|00000000|00112233445566778899aabbccddeeff|1"
"""What Streamlit's cookie against forged requests holds, and the page sends back."""


# First, since xdist writes the groups into the tests' names in this very hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui/server/" in item.nodeid:
            # One worker takes them all, so that each server starts once.
            item.add_marker(pytest.mark.xdist_group("server"))


@pytest.fixture(scope="session")
def open_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server for its own machine, without secrets."""
    with serving_with(tmp_path_factory, "") as port:
        yield port


@pytest.fixture(scope="session")
def guarded_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server that asks for a passcode."""
    with serving_with(tmp_path_factory, SECRETS) as port:
        yield port


@contextlib.contextmanager
def serving_with(tmp_path_factory: pytest.TempPathFactory, secrets: str) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("server")
    file = folder / "secrets.toml"
    if secrets:
        file.write_text(secrets, encoding="utf-8")
        file.chmod(0o600)
    environ = {"NETHEALTH_DATA_DIR": str(folder / "data"), "NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": ""}
    with serving(ROOT / "app.py", flags=["--secrets.files", str(file)], environ=environ) as port:
        yield port


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(
    port: int, path: str, *, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Send one request and return its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@dataclass(slots=True)
class Visitor:
    """One browser: its cookies, and the connection of its tab."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    session_id: str = ""
    origin: str = ""
    """What the address bar shows; this machine if empty."""
    page: str = ""
    connection: websockets.ClientConnection | None = None
    _heard: list[ForwardMsg] = field(default_factory=list)

    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    @contextlib.asynccontextmanager
    async def connected(self, *, session_id: str = "", page: str = "") -> AsyncIterator[Visitor]:
        """Connect as a tab does, to come back to a session if one is named, and run the page."""
        self.page = page
        origin = self.origin or f"http://127.0.0.1:{self.port}"
        async with websockets.connect(
            f"ws://{urlsplit(origin).netloc}/_stcore/stream",
            host="127.0.0.1",
            port=self.port,
            subprotocols=["streamlit", TOKEN, *([session_id] if session_id else [])],  # type: ignore[list-item]
            additional_headers={
                "Cookie": self.cookie_header(),
                "Origin": self.origin or f"http://127.0.0.1:{self.port}",
            },
            max_size=None,
        ) as self.connection:
            await self.run()
            yield self

    async def run(self, *widgets: tuple[str, str | None]) -> str:
        """Run the page, with text typed into fields and buttons pressed (None); return all it says."""
        request = BackMsg()
        request.rerun_script.page_name = self.page
        for id_, text in widgets:
            widget = request.rerun_script.widget_states.widgets.add(id=id_)
            if text is None:
                widget.trigger_value = True
            else:
                widget.string_value = text
        assert self.connection is not None
        await self.connection.send(request.SerializeToString())
        self._heard = []
        async with asyncio.timeout(PATIENCE):
            while True:
                message = ForwardMsg.FromString(await self.connection.recv(decode=False))
                self._heard.append(message)
                if message.WhichOneof("type") == "new_session":
                    self.session_id = message.new_session.initialize.session_id
                is_last = message.WhichOneof("type") == "script_finished"
                if is_last and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return "\n".join(map(str, self._heard))

    async def press(self, label: str) -> str:
        """Press the button with this label on the page."""
        return await self.run((next(each.button.id for each in self._elements() if each.button.label == label), None))

    def _elements(self) -> list[Element]:
        return [each.delta.new_element for each in self._heard if each.WhichOneof("type") == "delta"]

    async def come_in(self, passcode: str) -> str:
        """Type a passcode and press the button."""
        elements = self._elements()
        field_ = next(each.text_input for each in elements if each.text_input.id)
        button = next(each.button for each in elements if each.button.id and each.button.is_form_submitter)
        return await self.run((field_.id, passcode), (button.id, None))


def browser(port: int) -> Visitor:
    """A browser that has loaded the page."""
    visitor = Visitor(port, cookies={"_streamlit_xsrf": TOKEN})
    for cookie in ask(port, "/").headers.get_all("Set-Cookie") or ():
        name, _, value = cookie.partition(";")[0].partition("=")
        visitor.cookies[name] = value
    return visitor
