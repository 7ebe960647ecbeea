"""A room of 300 phones: they join within a minute and answer three statements each, while five screens watch.

Prints what was lost or doubled, how long phones wait until their answers are confirmed, how long until they are on the
screens, and the server's memory: on a good day; then while Google fails and a tenth of all requests are cut, before or
after the server got them; then with 1,000 phones. Beside it, 300 people answer on Streamlit's own page.

`--quick` does the same with a few phones in seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.phones import PhoneClient, percentile
from benchmarks.recording import OpenPage, cpu_seconds
from benchmarks.serving import ROOT, serving_process, visit
from nethealth.contributions.journal import Journal
from nethealth.contributions.place import FILE_NAME
from nethealth.live.codes import phone_id
from nethealth.live.session import LiveSession, Screen, SessionKind, Setup
from nethealth.live.store import LiveSessions
from tests.sources.sheets_server import SHEET_ID, Answer, Sheet, SheetsServer

CONFIRMED, ON_SCREEN, MEMORY = 0.5, 2.0, 1.2
"""Promised: seconds and seconds for 95% of answers, and gigabytes."""
CUT_SHARE = 0.1
STATEMENTS = ("We decide together what matters.", "I know whom to ask.", "We learn from what doesn’t work.")
MEMBERS = [["Name", "Region"], *[[f"Teacher {number}", "North" if number % 2 else "South"] for number in range(118)]]
WITHOUT_ROUTES = "from nethealth.ui import dashboard\n\ndashboard.show()\n"
"""The app as a host starts it that runs the script its own way."""
ANSWERED = re.compile(r"(?:person is|people are) in.*?([\d,]+) answered", re.DOTALL)
PATIENCE = 120.0
"""Seconds that the last answers may take after all were given."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many come, and how fast."""

    phones: int
    join_seconds: float
    """All join within this time."""
    answer_seconds: float
    """And answer within this time after that."""
    screens: int

    def times(self, chance: random.Random) -> list[tuple[float, list[float]]]:
        """Return for each phone when it joins, and when it answers, in seconds."""
        joins = [chance.uniform(0, self.join_seconds) for _ in range(self.phones)]
        return [
            (join, sorted(chance.uniform(join + 1, self.join_seconds + self.answer_seconds) for _ in STATEMENTS))
            for join in joins
        ]


@dataclass
class ScreenPage(OpenPage):
    """The screen of a session, and when it showed how many had answered."""

    answered: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def hear(self, message: ForwardMsg) -> None:
        """Note the counts on the screen."""
        if message.WhichOneof("type") != "delta":
            return
        found = ANSWERED.search(re.sub(r"<[^>]+>", " ", message.delta.new_element.html.body))
        if found:
            self.answered.append((time.monotonic(), int(found[1].replace(",", ""))))


def waits_until_shown(shown: Sequence[tuple[float, int]], saved_at: Sequence[float]) -> list[float]:
    """Return how long after the n-th confirmation a screen showed n or more; an endless wait if it never did."""
    waits, place = [], 0
    for number, saved in enumerate(sorted(saved_at), 1):
        while place < len(shown) and shown[place][1] < number:
            place += 1
        waits.append(max(0.0, shown[place][0] - saved) if place < len(shown) else float("inf"))
    return waits


def peak_gigabytes(process_id: int) -> float:
    """Return the most memory that a process has had (on Linux)."""
    found = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process_id}/status").read_text(encoding="utf-8"))
    return int(found[0]) / 1e6


def start_session(folder: Path, room: Room, *, workbook: str) -> tuple[Journal, LiveSession]:
    """Start a session as the facilitator does, in the app's own database."""
    journal = Journal.in_file(folder / FILE_NAME)
    setup = Setup(statements=STATEMENTS, most_phones=room.phones + 10)
    return journal, LiveSessions(journal.database).start(workbook, SessionKind.PULSE, name="Fall retreat", setup=setup)


@contextlib.contextmanager
def google_that_fails(folder: Path) -> Iterator[tuple[dict[str, str], SheetsServer]]:
    """Give the environment of an app that reads a Google Sheet, and the server that can fail."""
    with SheetsServer() as server:
        server.add(Sheet(tabs={"Members": MEMBERS}))
        account = {
            "NETHEALTH_SPREADSHEET": SHEET_ID,
            "NETHEALTH_SERVICE_ACCOUNT": json.dumps(server.service_account()),
        }
        yield server.environment(folder) | account, server


async def hold(
    port: int, room: Room, session: LiveSession, store: LiveSessions, *, cut_share: float
) -> tuple[list[PhoneClient], list[ScreenPage]]:
    """Let the phones take part while the screens watch. Half of the way, the facilitator reveals the pictures."""
    chance = random.Random(7)
    screens = [ScreenPage() for _ in range(room.screens)]
    watching = [
        asyncio.create_task(screen.stay(port, page="screen", query=f"session={session.id}")) for screen in screens
    ]
    async with asyncio.timeout(120):
        await asyncio.gather(*(screen.is_ready.wait() for screen in screens))
    phones = [
        PhoneClient(port, session.code, cut_share=cut_share, random=random.Random(number))
        for number in range(room.phones)
    ]

    async def reveal() -> None:
        await asyncio.sleep(room.join_seconds + room.answer_seconds / 3)
        await asyncio.to_thread(store.set_screen, session.id, Screen(is_revealed=True))

    revealing = asyncio.create_task(reveal())
    taking_part = [
        phone.take_part(joins_after=join, answers_after=answers)
        for phone, (join, answers) in zip(phones, room.times(chance), strict=True)
    ]
    async with asyncio.timeout(room.join_seconds + room.answer_seconds + PATIENCE):
        await asyncio.gather(*taking_part)
    await revealing
    await asyncio.sleep(4)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return phones, screens


def print_room(name: str, room: Room, *, cut_share: float = 0.0, google_fails: bool = False) -> None:
    """Hold a session in the real app, and print how it went."""
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        folder, environ, server = Path(scratch), {"NETHEALTH_SPREADSHEET": ""}, None
        if google_fails:
            environ, server = stack.enter_context(google_that_fails(folder))
        environ |= {"NETHEALTH_DATA_DIR": str(folder / "data")}
        workbook = f"sheet:{SHEET_ID}" if google_fails else "sample"
        journal, session = start_session(folder / "data", room, workbook=workbook)
        stack.callback(journal.close)
        store = LiveSessions(journal.database)
        port, process = stack.enter_context(serving_process(ROOT / "app.py", environ=environ))
        asyncio.run(visit(port))  # the facilitator has opened the app
        if server is not None:
            server.fail("all", Answer(status=503))
        before = cpu_seconds(process.pid)
        started = time.monotonic()
        phones, screens = asyncio.run(hold(port, room, session, store, cut_share=cut_share))
        busy = (cpu_seconds(process.pid) - before) / (time.monotonic() - started)
        memory = peak_gigabytes(process.pid)
        stored = [(each.phone, each.question, each.value) for each in store.answers(session.id)]
        counted = len(store.phones(session.id))
    print_counts(name, room, phones, stored, joined=counted)
    print_waits(phones, screens)
    print(f"    the server used {busy:.0%} of one core and {memory:.2f} GB at most (promised {MEMORY} GB)")


def print_counts(
    name: str, room: Room, phones: Sequence[PhoneClient], stored: Sequence[tuple[str, str, object]], *, joined: int
) -> None:
    """Print what the database has, compared with what phones were told."""
    saved = {
        (phone_id(phone.secret), question): value
        for phone in phones
        for question, (value, _) in phone.saved.items()
    }  # fmt: skip
    found = {(phone, question): value for phone, question, value in stored}
    lost = sum(found.get(key) != value for key, value in saved.items())
    doubled = len(stored) - len(found) + len(found.keys() - saved.keys()) + joined - room.phones
    errors = [error for phone in phones for error in phone.errors]
    cuts = sum(phone.cuts for phone in phones)
    print(
        f"  {name}: {joined:,} phones, {len(stored):,} answers; {lost} lost, {doubled} doubled, {len(errors)} errors"
        + (f", {cuts:,} requests cut" if cuts else "")
    )
    for error in sorted(set(errors))[:5]:
        print(f"    {errors.count(error)} × {error}")


def print_waits(phones: Sequence[PhoneClient], screens: Sequence[ScreenPage]) -> None:
    """Print how long phones waited for "Saved", and how long the screens were behind."""
    confirmed = [wait for phone in phones for wait in phone.confirmed_after]
    print(
        f"    confirmed after {percentile(confirmed, 0.5) * 1000:.0f} ms, 95% within "
        f"{percentile(confirmed, 0.95) * 1000:.0f} ms (promised {CONFIRMED * 1000:.0f} ms), all within "
        f"{percentile(confirmed, 1) * 1000:.0f} ms"
    )
    answered = [phone.first_saved_at for phone in phones if phone.first_saved_at is not None]
    shown = [wait for screen in screens for wait in waits_until_shown(screen.answered, answered)]
    print(
        f"    on {len(screens)} screens after {percentile(shown, 0.5):.1f} s, "
        f"95% within {percentile(shown, 0.95):.1f} s (promised {ON_SCREEN:.0f} s), "
        f"all within {percentile(shown, 1):.1f} s"
    )


async def answer_on_a_page(port: int, code: str, joins_after: float, answers_after: list[float]) -> list[float]:
    """Answer on Streamlit's page as a browser does. Returns the seconds from each click until the run is over."""
    start = time.monotonic()
    await asyncio.sleep(joins_after)
    waits = []
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(uri, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]
        request = BackMsg()
        request.rerun_script.query_string, request.rerun_script.page_name = f"code={code}", "join"
        await connection.send(request.SerializeToString())
        radios = await _radios(connection)
        for (radio, options), after in zip(list(radios.items()), answers_after, strict=True):
            await asyncio.sleep(max(0.0, start + after - time.monotonic()))
            request.rerun_script.widget_states.widgets.add(id=radio, string_value=options[0])
            clicked = time.monotonic()
            await connection.send(request.SerializeToString())
            await _radios(connection)
            waits.append(time.monotonic() - clicked)
    return waits


async def _radios(connection: websockets.ClientConnection) -> dict[str, list[str]]:
    """Return the page's questions with their choices, once its run is over."""
    found = {}
    async for raw in connection:
        message = ForwardMsg.FromString(raw)
        if message.WhichOneof("type") == "delta" and message.delta.new_element.radio.id:
            found[message.delta.new_element.radio.id] = list(message.delta.new_element.radio.options)
        is_last = message.WhichOneof("type") == "script_finished"
        if is_last and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            break
    return found


def print_streamlit(room: Room) -> None:
    """Let as many people answer on Streamlit's own page, and print what that takes."""

    async def everyone(port: int, code: str) -> list[list[float] | BaseException]:
        times = room.times(random.Random(7))
        people = [answer_on_a_page(port, code, join, answers) for join, answers in times]
        return await asyncio.gather(*people, return_exceptions=True)

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        script = folder / "script.py"
        script.write_text(WITHOUT_ROUTES, encoding="utf-8")
        (folder / "pages").symlink_to(ROOT / "pages")
        journal, session = start_session(folder / "data", room, workbook="sample")
        environ = {
            "NETHEALTH_SPREADSHEET": "",
            "NETHEALTH_DATA_DIR": str(folder / "data"),
            "PYTHONPATH": str(ROOT),
        }
        with serving_process(script, folder=ROOT, environ=environ) as (port, process):
            asyncio.run(visit(port))
            before = cpu_seconds(process.pid)
            started = time.monotonic()
            waits = asyncio.run(everyone(port, session.code))
            busy = (cpu_seconds(process.pid) - before) / (time.monotonic() - started)
            memory = peak_gigabytes(process.pid)
        stored = len(LiveSessions(journal.database).answers(session.id))
        journal.close()
    failed = sum(isinstance(each, BaseException) for each in waits)
    for each in {str(type(each).__name__) for each in waits if isinstance(each, BaseException)}:
        print(f"    {each}")
    seconds = [wait for each in waits if not isinstance(each, BaseException) for wait in each]
    print(
        f"  Streamlit’s page: {room.phones} people, {stored:,} answers, {failed} people failed\n"
        f"    confirmed after {percentile(seconds, 0.5) * 1000:.0f} ms, 95% within "
        f"{percentile(seconds, 0.95) * 1000:.0f} ms; {busy:.0%} of one core and {memory:.2f} GB at most"
    )


def main() -> None:
    is_quick = "--quick" in sys.argv
    room = Room(40, 4, 6, 2) if is_quick else Room(300, 60, 120, 5)
    print(f"{room.phones} phones join within {room.join_seconds:.0f} s and send three answers each")
    print_room("a good day", room)
    if is_quick:
        return
    print_room("Google fails, a tenth of the requests cut", room, cut_share=CUT_SHARE, google_fails=True)
    print_room("1,000 phones at a slower pace", Room(1_000, 240, 300, 5))
    print_streamlit(room)


if __name__ == "__main__":
    main()
