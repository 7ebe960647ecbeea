"""Files come only from people who may open workbooks, and only as many as the server can hold."""

from __future__ import annotations

import asyncio
import secrets
from types import SimpleNamespace

import pytest
import websockets
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from websockets.frames import CloseCode

from benchmarks.serving import run_alone
from nethealth.ui import access
from nethealth.ui.access import AccessState, Credentials, Policy, Role
from nethealth.ui.server import uploads
from nethealth.ui.server.uploads import MOST_FILES
from nethealth.ui.server.visits import Visit
from tests.ui.server.conftest import STAFF, TOKEN, VIEWER, Answer, Visitor, ask, browser

MEGABYTE = 1_000_000


def send(visitor: Visitor, *, size: int = 10, file_id: str = "", session_id: str = "", method: str = "PUT") -> Answer:
    """Send a file as the page does."""
    start = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    return ask(
        visitor.port,
        f"/_stcore/upload_file/{session_id or visitor.session_id}/{file_id or secrets.token_hex(8)}",
        method=method,
        body=start + b"x" * size + b"\r\n--b--\r\n",
        headers={
            "Cookie": visitor.cookie_header(),
            "X-Xsrftoken": TOKEN,
            "Content-Type": "multipart/form-data; boundary=b",
        },
    )


def announce(visitor: Visitor, *, size: int | None, in_chunks: bool = False) -> int:
    """Say that a file comes, and return the status of the answer, which comes before any of the file."""
    headers = {"Cookie": visitor.cookie_header(), "X-Xsrftoken": TOKEN}
    headers |= {"Content-Length": str(size)} if size is not None else {}
    headers |= {"Transfer-Encoding": "chunked"} if in_chunks else {}
    return ask(visitor.port, f"/_stcore/upload_file/{visitor.session_id}/x", method="PUT", headers=headers).status


def test_strangers_and_viewers_send_nothing(guarded_port: int) -> None:
    async def scene() -> None:
        async with browser(guarded_port).connected() as visitor:
            assert announce(visitor, size=24 * MEGABYTE) == 403
            await visitor.come_in(VIEWER)
            assert announce(visitor, size=24 * MEGABYTE) == 403

    run_alone(scene())


def test_strangers_leave_nothing_large_in_fields(guarded_port: int) -> None:
    async def scene() -> None:
        async with browser(guarded_port).connected() as stranger:
            with pytest.raises(websockets.ConnectionClosedError) as closed:
                await stranger.run(("a field", "x" * 5 * MEGABYTE))
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == CloseCode.MESSAGE_TOO_BIG

    run_alone(scene())


def test_staff_send_until_they_sign_out(guarded_port: int) -> None:
    async def scene() -> None:
        async with browser(guarded_port).connected(page="open") as staff:
            await staff.come_in(STAFF)
            assert [send(staff).status for _ in range(MOST_FILES + 1)] == [*[204] * MOST_FILES, 413]
            await staff.press("Sign out")
            assert announce(staff, size=24 * MEGABYTE) == 403
            await staff.come_in(STAFF)
            assert send(staff).status == 204, "signing out freed the room"

    run_alone(scene())


def test_no_one_can_upload_to_another_session(guarded_port: int) -> None:
    async def scene() -> None:
        async with browser(guarded_port).connected(page="open") as staff:
            await staff.come_in(STAFF)
            stranger = Visitor(guarded_port, cookies={"_streamlit_xsrf": TOKEN})
            assert send(stranger, session_id=staff.session_id).status == 403
            assert send(stranger, session_id=staff.session_id, method="DELETE").status == 403
            async with browser(guarded_port).connected() as other:
                await other.come_in(STAFF)
                assert send(other, session_id=staff.session_id).status == 403

    run_alone(scene())


def test_one_session_has_room_for_few_files_until_it_leaves_the_page(open_port: int) -> None:
    async def scene() -> None:
        async with browser(open_port).connected(page="open") as staff:
            statuses = [send(staff, size=1000 * number).status for number in range(MOST_FILES + 2)]
            assert statuses == [*[204] * MOST_FILES, 413, 413]
            await staff.run()
            assert send(staff).status == 413
            staff.page = "guide"
            await staff.run()
            assert send(staff).status == 204

    run_alone(scene())


def test_one_session_has_room_for_few_bytes(open_port: int) -> None:
    async def scene() -> None:
        async with browser(open_port).connected(page="open") as staff:
            assert [send(staff, size=24 * MEGABYTE, file_id=name).status for name in "ab"] == [204, 204]
            assert announce(staff, size=24 * MEGABYTE) == 413
            assert announce(staff, size=None, in_chunks=True) == 413
            assert announce(staff, size=1, in_chunks=True) == 413, "the chunks may bring more than they say"
            assert send(staff, file_id="a", method="DELETE").status == 204
            assert send(staff, size=24 * MEGABYTE).status == 204

    run_alone(scene())


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that keeps no file yet, and takes every session for this browser's, with a passcode."""
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=MemoryUploadedFileManager("")))
    visit = Visit("browser", credentials=Credentials(passcode_hash="hash"))
    monkeypatch.setattr(uploads, "visit_of", lambda _session, _cookies: visit)


def scope_of(session_id: str, *, size: int) -> Scope:
    headers = [(b"content-length", str(size).encode())]
    return {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{session_id}/f", "headers": headers}


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize(
    ("policy", "status"),
    [
        (Policy(state=AccessState.GUARDED, passcodes={Role.STAFF: "hash"}), 204),
        (Policy(state=AccessState.GUARDED, passcodes={Role.STAFF: "another", Role.VIEWER: "hash"}), 403),
        (Policy(state=AccessState.GUARDED, passcodes={Role.STAFF: "another", Role.WEAVER: "hash"}), 403),
        (Policy(state=AccessState.GUARDED, passcodes={Role.STAFF: "another"}), 403),
        (Policy(state=AccessState.CLOSED), 403),
        (Policy(state=AccessState.SAMPLE), 403),
    ],
)
def test_a_changed_passcode_counts_before_the_next_run(
    monkeypatch: pytest.MonkeyPatch, policy: Policy, status: int
) -> None:
    monkeypatch.setattr(access, "policy", lambda: policy)
    statuses: list[int] = []

    async def note(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    layer = uploads.UploadLimits(Response(status_code=204))
    run_alone(layer(scope_of("a", size=10), receive_nothing, note))
    assert statuses == [status]


@pytest.mark.usefixtures("runtime")
def test_all_sessions_share_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files on their way count, however many sessions they come to."""
    monkeypatch.setattr(access, "policy", lambda: Policy(state=AccessState.OPEN))
    statuses: list[int] = []

    async def scene() -> None:
        arrived, go_on = asyncio.Semaphore(0), asyncio.Event()

        async def store_slowly(scope: Scope, receive: Receive, send: Send) -> None:
            arrived.release()
            await go_on.wait()
            await Response(status_code=204)(scope, receive, send)

        layer = uploads.UploadLimits(store_slowly)

        async def upload(session_id: str) -> None:
            async def note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])
                    arrived.release()

            await layer(scope_of(session_id, size=24 * MEGABYTE), receive_nothing, note)

        async with asyncio.TaskGroup() as tasks:
            for number in range(12):
                tasks.create_task(upload(f"session {number}"))
            for _ in range(12):
                await arrived.acquire()
            assert statuses == [413, 413], "ten files of 24 MB fit"
            go_on.set()
        statuses.clear()
        await upload("another session")

    run_alone(scene())
    assert statuses == [204], "room comes back"


async def receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
