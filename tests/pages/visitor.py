"""A visitor without a browser, who signs in, opens pages, and takes their files."""

from __future__ import annotations

import asyncio
import io
import urllib.request
import zipfile
from collections.abc import Sequence

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving import map_ready_message
from tests.pages.conftest import TIMEOUT


class Visitor:
    """Speaks with the server as a browser does, and keeps every byte it hears."""

    def __init__(self, connection: websockets.ClientConnection, port: int) -> None:
        self._connection, self._port = connection, port
        self.heard: list[bytes] = []
        self._elements: list[ForwardMsg] = []
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
        self._elements = []
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
