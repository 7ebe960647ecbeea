"""Every byte that the real app sends: pages, choices and downloads hold nothing that is not for who looks."""

from __future__ import annotations

import asyncio
import csv
import io
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import websockets
from argon2 import PasswordHasher
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving import ROOT, map_ready_message, run_alone, serving
from nethealth.ui.routes import PAGES
from tests.pages.conftest import TIMEOUT

STAFF, VIEWER = "three warm words", "welcome dear friends"
HASHES = [PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(code) for code in (STAFF, VIEWER)]
HIDDEN, LEFT = "Vexilla Hart", "Quorax Lind"
STAFF_ONLY = ("memnote", "tienote", "heardthis", "dothis", "weavername", "openanswer", "fewchose", "idofone")
STAFF_ONLY += ("thoughtthis", "ignoredtab", "notadate", "nobodyknown", "quorax")
NOBODYS = ("vexilla", "postbox", "privatefew")
ANSWERS = f"said with {HIDDEN} and {LEFT}"


def plant(folder: Path) -> None:
    """A workbook of 12 people who are here, one who left and one who is hidden, with a mark wherever staff look."""
    people = [f"Norma Visible{number}" for number in range(12)] + [LEFT, HIDDEN]
    pairs = [(one, people[(place + step) % 14]) for step in (1, 3) for place, one in enumerate(people)]
    members = [
        [
            name, f"idofone{n}", "North" if n % 2 else "South", "2023-01-01", "2024-05-01" if name == LEFT else "",
            f"postbox{n}@example.org", "no" if name == HIDDEN else "", f"memnote {n}", HIDDEN if n == 1 else people[0],
            "privatefew" if n < 2 else "many",
        ]
        for n, name in enumerate(people)
    ]  # fmt: skip
    tabs: dict[str, list[list[str]]] = {
        "Members": [
            [
                "Name",
                "Member ID",
                "Region",
                "Joined",
                "Left",
                "Email",
                "Show on map",
                "Notes",
                "Mentor",
                "Pay (private)",
            ],
            *members,
            ["Norma Date", "idofone99", "North", "notadate", "", "", "", "", "", ""],
        ],
        "Connections": [
            ["From", "To", "Type", "Wave", "Date", "Notes"],
            *[[a, b, ANSWERS, wave, f"{wave}-02-01", "tienote"] for wave in ("2024", "2025") for a, b in pairs],
            [people[0], "nobodyknown", "", "2025", "", ""],
        ],
        "Weaving": [
            ["Date", "Weaver", "Member", "Introduced to", "What we heard", "Follow-up", "Due"],
            *[["2025-01-02", "weavername", a, b, "heardthis", "dothis", "2025-02-01"] for a, b in pairs],
        ],
        "Survey": [
            ["Timestamp", "Respondent", "I learned", "Which way?", "Why?", f"How was {HIDDEN}?"],
            *[
                ["2025-03-01", one, str(n % 5 + 1), "fewchose" if n == 3 else "Calls", f"openanswer {n} of many", "4"]
                for n, one in enumerate(people)
            ],
        ],
        "Convenings": [
            ["Date", "Title", "Format", "Invited", "Attended", "Attendees", "Key outcomes"],
            ["2025-01-05", ANSWERS, ANSWERS, "20", "14", "; ".join(people), ANSWERS],
        ],
        "Emergent activity": [
            ["Name", "Purpose", "Collaborators", "Started"],
            [ANSWERS, ANSWERS, f"{people[0]}; {LEFT}; {HIDDEN}", "2024-01-01"],
            ["Two alone", "", f"{LEFT}; {HIDDEN}", "2024-01-01"],
        ],
        "Mindset": [
            ["Session", "Moment", "Respondent", "Leadership", "Reflection"],
            *[[ANSWERS, "Now", one, "2", "thoughtthis"] for one in people],
        ],
        "Settings": [["Setting", "Value"], ["Network name", "Planted"], ["Shared purpose", ANSWERS]],
        "ignoredtab pay": [["x"]],
    }
    for title, rows in tabs.items():
        with (folder / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


class Visitor:
    """Speaks with the server as a browser does, and keeps every byte it hears."""

    def __init__(self, connection: websockets.ClientConnection, port: int) -> None:
        self._connection, self._port = connection, port
        self.heard: list[bytes] = []
        self._elements: list[ForwardMsg] = []
        self._tabs: list[tuple[str, str]] = []
        """The tabs that are sent only once opened: the widget and what to say to it, after one that says nothing."""
        self._session = ""

    def _of(self, kind: str) -> list:  # type: ignore[type-arg]
        elements = [message.delta.new_element for message in self._elements]
        return [getattr(each, kind) for each in elements if each.WhichOneof("type") == kind]

    async def _until(self, end: str) -> ForwardMsg:
        async with asyncio.timeout(TIMEOUT):
            async for raw in self._connection:
                message = ForwardMsg.FromString(raw)
                self.heard.append(raw)
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self._session = message.new_session.initialize.session_id or self._session
                if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                    self._elements.append(message)
                if kind == "delta" and (widget := message.delta.add_block.tab_container.id):
                    self._tabs = [(widget, "")]
                if kind == "delta" and self._tabs and message.delta.add_block.WhichOneof("type") == "tab":
                    self._tabs.append((self._tabs[0][0], message.delta.add_block.tab.label))
                if kind == end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return message
        raise AssertionError("the server hung up")

    async def run(self, page: str = "", *, say: Sequence[tuple[str, str]] = (), press: str = "") -> None:
        request = BackMsg()
        request.rerun_script.page_name = page
        for widget, value in say:
            request.rerun_script.widget_states.widgets.add(id=widget).string_value = value
        if press:
            request.rerun_script.widget_states.widgets.add(id=press).trigger_value = True
        self._elements, self._tabs = [], []
        await self._connection.send(request.SerializeToString())
        await self._until("script_finished")
        for delta in [message.delta for message in self._elements]:
            # The rest of the page comes once the browser reports that the map is ready.
            if delta.new_element.bidi_component.component_name.endswith("_ready"):
                await self._connection.send(map_ready_message(delta))
                await self._until("script_finished")

    async def come_in(self, passcode: str) -> None:
        await self.run()
        await self.run(say=[(self._of("text_input")[0].id, passcode)], press=self._of("button")[-1].id)

    async def look_everywhere(self) -> None:
        for address in PAGES:
            page = "" if address == "overview" else address
            tabs = [[], *([tab] for tab in await self._tabs_of(page))]
            for opened in tabs:
                await self.run(page, say=opened)
                await self.take_downloads()
            # Last, since what is chosen stays so in the address, and may leave little to show.
            for opened in tabs:
                await self.run(page, say=opened)
                for choice in self._of("selectbox"):
                    for option in choice.options:
                        await self.run(page, say=[*opened, (choice.id, option)])

    async def _tabs_of(self, page: str) -> list[tuple[str, str]]:
        await self.run(page)
        return [tab for tab in self._tabs if tab[1]]

    async def take_downloads(self) -> None:
        for button in self._of("download_button"):
            request = BackMsg()
            request.backend_operation_request.request_id = "1"
            request.backend_operation_request.session_id = self._session
            request.backend_operation_request.deferred_file.file_id = button.deferred_file_id
            await self._connection.send(request.SerializeToString())
            answer = await self._until("backend_operation_response")
            url = f"http://127.0.0.1:{self._port}{answer.backend_operation_response.deferred_file.url}"
            with urllib.request.urlopen(url, timeout=TIMEOUT) as response:
                body = response.read()
            self.heard.append(body)
            if body.startswith(b"PK"):
                archive = zipfile.ZipFile(io.BytesIO(body))
                self.heard += [archive.read(name) for name in archive.namelist()]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("planted")
    plant(folder)
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(f'[access]\nstaff_passcode = "{HASHES[0]}"\nviewer_passcode = "{HASHES[1]}"\n', encoding="utf-8")
    with serving(
        ROOT / "app.py",
        flags=["--secrets.files", str(secrets)],
        environ={"NETHEALTH_SPREADSHEET": str(folder), "NETHEALTH_SERVICE_ACCOUNT": "", "NETHEALTH_API_KEY": ""},
    ) as found:
        yield found


def heard_by(port: int, passcode: str) -> bytes:
    """Everything sent to someone who signs in with a passcode and opens every page, in lowercase."""

    async def visit() -> bytes:
        uri = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:
            visitor = Visitor(connection, port)
            await visitor.come_in(passcode)
            await visitor.look_everywhere()
            return b"\n".join(visitor.heard).lower()

    return run_alone(visit())


def test_viewers_receive_no_staff_data(port: int) -> None:
    viewer = heard_by(port, VIEWER)
    assert b"norma visible" in viewer
    for sentence in (b"compare by", b"staff can also see response rates", b"people stayed", b"only staff see names"):
        assert sentence in viewer, "every tab is opened"
    assert [mark for mark in (*STAFF_ONLY, *NOBODYS) if mark.encode() in viewer] == []
    staff = heard_by(port, STAFF)
    unseen = {"memnote", "tienote", "idofone", "fewchose", "thoughtthis"}  # no page shows these to anyone
    assert {mark for mark in STAFF_ONLY if mark.encode() not in staff} <= unseen, "what is looked for can be found"
    assert [mark for mark in NOBODYS if mark.encode() in staff] == []
