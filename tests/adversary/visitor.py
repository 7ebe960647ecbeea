"""Someone who speaks Streamlit's protocol without a browser: looks everywhere, forges values, and keeps every byte."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import websockets
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 120
"""Seconds after which a run counts as stuck."""
OPENED = True
FORGED_SIGNS = ("≔", "?")
"""In the words for a place: someone made up what was chosen there."""
WAITING = ("_ready", "_stands")
"""How the components are called that hold the rest of the page back until the map is drawn, now and before."""
Choice: TypeAlias = tuple[str, str, object]
"""A widget's id, the field of its state, and the value: what a browser sends when someone chooses."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that the server sent, and where someone looked when it did."""

    where: str
    message: Message | None
    body: bytes

    @property
    def is_echo(self) -> bool:
        """True if the server only repeats the address that a visitor made up."""
        return self.kind == "page_info_changed" and any(sign in self.where for sign in FORGED_SIGNS)

    @property
    def kind(self) -> str:
        """What it is: the kind of element, or `file`."""
        if not isinstance(self.message, ForwardMsg):
            return "file"
        if self.message.WhichOneof("type") != "delta":
            return str(self.message.WhichOneof("type"))
        delta = self.message.delta
        return str(delta.new_element.WhichOneof("type") or delta.add_block.WhichOneof("type") or "delta")


@dataclass(slots=True)
class Run:
    """What one run of a page drew."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def of(self, kind: str) -> list[Any]:
        """Return the elements of a kind, such as `selectbox`."""
        return [getattr(each, kind) for each in self.elements if each.WhichOneof("type") == kind]

    def tabs(self) -> list[Choice]:
        """Return what to say to open each tab."""
        choices: list[Choice] = []
        container = ""
        for block in self.blocks:
            container = block.tab_container.id or container
            if block.WhichOneof("type") == "tab" and container:
                choices.append((container, "string_value", block.tab.label))
        return choices

    def choices(self) -> Iterator[tuple[str, Choice]]:
        """Yield every choice that the page offers, with words for it."""
        for kind in ("selectbox", "radio"):
            for control in self.of(kind):
                for option in control.options:
                    yield f"{control.label}={option}", (control.id, "string_value", option)
        for control in self.of("multiselect"):
            for option in control.options:
                yield f"{control.label}=[{option}]", (control.id, "string_array_value", [option])
        for control in self.of("button_group"):
            for option in control.options:
                yield f"{control.label}={option.content}", (control.id, "string_array_value", [option.content])
        for control in self.of("checkbox"):
            yield f"{control.label}={not control.default}", (control.id, "bool_value", not control.default)
        for control in self.of("number_input"):
            yield f"{control.label}+", (control.id, "double_value", control.default + 1)
        for control in self.of("pagination"):
            for page in range(2, control.num_pages + 1):
                yield f"page {page}", (control.id, "int_value", page)
        for block in self.blocks:
            for part in (block.expandable, block.popover):
                if part.id:
                    yield f"open {part.label}", (part.id, "bool_value", OPENED)

    def defaults(self) -> Iterator[Choice]:
        """Yield what each control holds before someone chooses."""
        for kind in ("selectbox", "radio"):
            for control in self.of(kind):
                if control.options and control.HasField("default"):
                    yield control.id, "string_value", control.options[control.default]
        for control in self.of("multiselect"):
            yield control.id, "string_array_value", [control.options[place] for place in control.default]
        for control in self.of("button_group"):
            yield control.id, "string_array_value", [control.options[place].content for place in control.default]
        for control in self.of("checkbox"):
            yield control.id, "bool_value", control.default
        for control in self.of("number_input"):
            yield control.id, "double_value", control.default
        for control in self.of("pagination"):
            yield control.id, "int_value", 1
        for block in self.blocks:
            for part in (block.expandable, block.popover):
                if part.id:
                    yield part.id, "bool_value", False

    def forgeries(self, values: Sequence[str]) -> Iterator[tuple[str, Choice]]:
        """Yield values that no control offers."""
        for control in (*self.of("selectbox"), *self.of("radio")):
            for value in values:
                yield f"{control.label}≔{value}", (control.id, "string_value", value)
        for control in (*self.of("multiselect"), *self.of("button_group")):
            yield f"{control.label}≔{values}", (control.id, "string_array_value", list(values))


def state_of(choice: Choice) -> WidgetState:
    """Return a choice as protobuf."""
    widget, kind, value = choice
    state = WidgetState(id=widget)
    if kind.endswith("_array_value"):
        getattr(state, kind).data.extend(value)
    else:
        setattr(state, kind, value)
    return state


class Visitor:
    """One session."""

    def __init__(self, connection: websockets.ClientConnection, port: int, *, who: str = "") -> None:
        self._connection, self._port, self.who = connection, port, who
        self.heard: list[Heard] = []
        self.session = ""
        self.files: dict[str, str] = {}
        """Every address of a file that the server named, and where."""
        self.deferred: dict[str, str] = {}
        """Every id of a file that is made when asked for, and where."""
        self.pages: list[str] = []
        """The pages in the navigation, by address."""
        self.scripts: dict[str, str] = {}
        self.deferred_places: dict[str, str] = {}
        self.fragments: set[str] = set()
        """The parts of pages that run alone."""
        self.query_keys: set[tuple[str, str]] = set()
        """The pages and the names of parameters in their addresses."""
        self._known: set[str] = set()
        self.defaults: dict[str, Choice] = {}
        self._changed: set[str] = set()
        self._where = self._page = ""

    async def _until(self, end: str, run: Run) -> ForwardMsg:
        async with asyncio.timeout(PATIENCE):
            async for raw in self._connection:
                assert isinstance(raw, bytes)
                message = ForwardMsg.FromString(raw)
                self._keep(message, raw)
                kind = message.WhichOneof("type")
                if kind == "new_session":
                    self.session = message.new_session.initialize.session_id or self.session
                elif kind == "navigation":
                    self.pages = [page.url_pathname for page in message.navigation.app_pages]
                    self.scripts |= {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
                elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                    run.elements.append(message.delta.new_element)
                    self._note_files(message.delta.new_element)
                    self._note_keys(message.delta)
                    if message.delta.new_element.bidi_component.component_name.endswith(WAITING):
                        waiting.append(message) if (waiting := self._waiting) is not None else None
                elif kind == "delta":
                    run.blocks.append(message.delta.add_block)
                if kind == end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return message
        raise AssertionError("the server hung up")

    _waiting: list[ForwardMsg] | None = None

    def _keep(self, message: ForwardMsg, raw: bytes) -> None:
        digest = message.hash
        if not digest:
            bare = ForwardMsg()
            bare.CopyFrom(message)
            bare.ClearField("metadata")
            digest = hashlib.sha256(bare.SerializeToString()).hexdigest()
        if digest not in self._known:
            self._known.add(digest)
            self.heard.append(Heard(self._where, message, raw))

    def _note_files(self, element: Element) -> None:
        if element.WhichOneof("type") == "download_button":
            if element.download_button.deferred_file_id:
                self.deferred.setdefault(element.download_button.deferred_file_id, self._where)
                self.deferred_places.setdefault(element.download_button.deferred_file_id, element.download_button.label)
            if element.download_button.url:
                self.files.setdefault(element.download_button.url, self._where)
        for kind in ("imgs", "audio", "video"):
            if element.WhichOneof("type") == kind:
                part = getattr(element, kind)
                for url in [image.url for image in part.imgs] if kind == "imgs" else [part.url]:
                    if url.startswith("/"):
                        self.files.setdefault(url, self._where)

    def _note_keys(self, delta: Delta) -> None:
        if delta.fragment_id:
            self.fragments.add(delta.fragment_id)
        element = delta.new_element
        control = getattr(element, str(element.WhichOneof("type")), None)
        if key := getattr(control, "query_param_key", ""):
            self.query_keys.add((self._page, key))

    async def run(
        self,
        page: str = "",
        *choices: Choice,
        press: str = "",
        query: str = "",
        script_hash: str = "",
        where: str = "",
    ) -> Run:
        """Run a page with these choices, as a browser does; wait until all of it has come."""
        self._page = page
        self._where = where or " ".join([f"{self.who} /{page}", query, *(str(c[2]) for c in choices)]).strip()
        request = BackMsg()
        request.rerun_script.query_string = query
        request.rerun_script.page_name = page
        request.rerun_script.page_script_hash = script_hash
        chosen = {choice[0]: choice for choice in choices}
        # What was chosen before goes back to what it was.
        back = {widget: self.defaults[widget] for widget in self._changed - set(chosen) if widget in self.defaults}
        request.rerun_script.widget_states.widgets.extend(state_of(choice) for choice in (back | chosen).values())
        self._changed = set(chosen)
        if press:
            request.rerun_script.widget_states.widgets.add(id=press).trigger_value = True
        found = Run()
        self._waiting = []
        await self._connection.send(request.SerializeToString())
        await self._until("script_finished", found)
        for waiting in list(self._waiting):
            await self._connection.send(_map_ready(waiting))
            await self._until("script_finished", found)
        self._waiting = None
        for default in found.defaults():
            self.defaults.setdefault(default[0], default)
        return found

    async def run_part(self, page: str, fragment: str) -> None:
        """Ask to run a part of a page alone, which the server answers only if it knows the part; then the page."""
        request = BackMsg()
        request.rerun_script.page_name = page
        request.rerun_script.fragment_id = fragment
        await self._connection.send(request.SerializeToString())
        await self.run(page, where=f"{self.who} /{page} part {fragment[:8]}")

    async def come_in(self, passcode: str) -> None:
        """Sign in with a passcode."""
        first = await self.run()
        field_ = first.of("text_input")[0].id
        await self.run("", (field_, "string_value", passcode), press=first.of("button")[-1].id)

    async def ask_for(self, file_id: str, *, session: str = "", where: str = "") -> str | None:
        """Ask for a file that is made on demand. Returns its address, or None if the server refuses."""
        self._where = where or f"{self.who} file {file_id}"
        request = BackMsg()
        request.backend_operation_request.request_id = file_id[:8]
        request.backend_operation_request.session_id = session or self.session
        request.backend_operation_request.deferred_file.file_id = file_id
        await self._connection.send(request.SerializeToString())
        answer = await self._until("backend_operation_response", Run())
        return answer.backend_operation_response.deferred_file.url or None

    async def take_files(self) -> None:
        """Fetch every file named so far that was not fetched yet."""
        for file_id, where in list(self.deferred.items()):
            if where:
                self.deferred[file_id] = ""
                if url := await self.ask_for(file_id, where=where):
                    self.files.setdefault(url, where)
        for url, where in list(self.files.items()):
            if where:
                self.files[url] = ""
                body = await asyncio.to_thread(get, self._port, url)
                self.heard.append(Heard(f"{where} file {url.rpartition('/')[2]} {name_in(body)}", None, body.content))


def _map_ready(message: ForwardMsg) -> bytes:
    report = BackMsg()
    report.rerun_script.fragment_id = message.delta.fragment_id
    trigger = report.rerun_script.widget_states.widgets.add()
    trigger.id = f"$$STREAMLIT_INTERNAL_KEY_{message.delta.new_element.bidi_component.id}__events"
    trigger.json_trigger_value = json.dumps([{"event": event, "value": True} for event in ("ready", "stands")])
    return report.SerializeToString()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered to one request over HTTP."""

    status: int
    content: bytes
    headers: Mapping[str, str]


def get(port: int, path: str) -> Answer:
    """Request a path, and return the answer whatever its status."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return Answer(response.status, response.read(), dict(response.headers))
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, refused.read(), dict(refused.headers))


def name_in(answer: Answer) -> str:
    """Return the file name that an answer suggests."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return headers.get("content-disposition", "").partition('"')[2].rstrip('"')


@contextlib.asynccontextmanager
async def visiting(port: int, *, who: str, passcode: str = "") -> Any:
    """Open a session, signed in if there is a passcode."""
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:
        visitor = Visitor(connection, port, who=who)
        if passcode:
            await visitor.come_in(passcode)
        yield visitor
