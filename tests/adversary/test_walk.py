"""A walk through every page, payload, download, route, file, and log of a real server, as each role.

The workbook is marked (`marked_workbook`): no byte that someone receives may hold what is not for them, and nothing
that viewers may not know may follow from what they receive (`facts`). The walk is a black box: with `NETHEALTH_APP` set
to the folder of another version, it walks that one. `NETHEALTH_WALK=deep` tries every option in every tab.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from benchmarks.serving import ROOT, run_alone, serving
from nethealth.contributions.entries import EntryState, workbook_key
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry, update_of
from nethealth.sources.references import FileReference
from nethealth.ui.routes import FOR_STAFF, PAGES
from tests.adversary import facts
from tests.adversary import marked_workbook as planted
from tests.adversary.marked_workbook import Mark, marks
from tests.adversary.recording import Found, Recording
from tests.adversary.twin_workbook import twin_tabs
from tests.adversary.visitor import Answer, Choice, Heard, Visitor, get, visiting
from tests.adversary.walk import Depth, look_everywhere
from tests.sources.sheets_server import SHEET_ID, Sheet, SheetsServer

pytestmark = pytest.mark.xdist_group("walk")  # walked once, not by each worker

APP = Path(os.environ.get("NETHEALTH_APP") or ROOT)
DEPTH = Depth.ALL if os.environ.get("NETHEALTH_WALK") == "deep" else Depth.OPTIONS
STAFF_CODE, VIEWER_CODE, WEAVER_CODE = "three warm words", "welcome dear friends", "call them all soon"
HASHES = {
    name: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(code)
    for name, code in {"staff": STAFF_CODE, "viewer": VIEWER_CODE, "weaver": WEAVER_CODE}.items()
}
ADDRESSES = ["" if address == "overview" else address for address in PAGES]
FORGED = (planted.HIDDEN[0], planted.LEFT[0], "Participation", "Participation (staff only)", planted.PAY, "overdue")
"""Values that no control offers to viewers."""
TWIN_ID = f"{SHEET_ID}twin"
PEOPLE = Mark("people", tuple(name.split()[-1] for name in planted.VISIBLE))
UNNAMED = [
    Mark("hidden people", tuple(name.split()[-1] for name in planted.HIDDEN)),
    Mark("former members", tuple(name.split()[-1] for name in planted.LEFT)),
    Mark("names that no member has", (planted.UNLISTED.split()[-1],)),
]
FOR_STAFF_ONLY = [
    *UNNAMED,
    Mark("open answers", ("zqopenanswer",)),
    Mark("an option that one person chose", (planted.RARE_OPTION,)),
    Mark("private columns", ("zqpay",)),
    Mark("measures of connections", tuple(f"{910_007 + 10 * n:{form}}" for n in range(60) for form in ("d", ",d"))),
    Mark("ignored tabs", ("zqignoredtab",)),
    Mark("cells with problems", (planted.UNREADABLE,)),
    Mark("authors of entries", ("zqentryauthor",)),
]
FOR_NO_ONE = [
    Mark("private measures", tuple(f"{810_000_011 + 20 * n:{form}}" for n in range(200) for form in ("d", ",d"))),
    Mark("cells of ignored tabs", ("zqignoredcell",)),
    UNNAMED[0],
]
OWN = "zqownconversation"
SEEN_BY_WEAVERS = {"Members: Organization", "Members: Role", "Members: Region", "Settings: Value"}
"""What everyone may receive, and weavers do. The rest they don't."""
UNSEEN_BY_STAFF = {
    *("Members: Member ID", "Members: Notes", "Members: Joined", "Connections: Notes", "Connections: Entry ID"),
    *("Weaving: Entry ID", "Weaving: Done", "Actions: Promised by", "Platform: Facilitator", "Members: Tags"),
    *("Emergent activity: Entry ID", "Mindset: Timestamp", "Mindset: Reflection", "Mindset: Entry ID"),
    *("Pulse: Date", "Pulse: Respondent", "Pulse: Entry ID"),
    *("an option that one person chose", "Members: Left"),
    *("Actions: Entry ID", "Convenings: Entry ID", "Activities: Entry ID", "Updates: Date", "Updates: Entry ID"),
}
"""Columns for staff that no page shows, or not in these words."""


@dataclass
class Walked:
    """What was received by each role where people go by their names, and by viewers where they don't."""

    stranger: Recording
    viewer: Recording
    weaver: Recording
    other_weaver: Recording
    """What someone received who came after a weaver had recorded a conversation."""
    staff: Recording
    codes: Recording
    initials: Recording
    twin: Recording
    """What a viewer received of the twin, which has other secrets, in every tab."""
    answers: dict[str, Answer]
    """What the routes answered to someone who is not signed in."""
    replayed: dict[str, str | None] = field(default_factory=dict)
    """Files of staff that someone else asked for, and what they were given."""
    stored: dict[str, bytes] = field(default_factory=dict)
    """The files in the app's own folder."""
    log: bytes = b""


ROUTES = (
    *("/", "/connectivity", "/seating", "/open", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics"),
    *("/_stcore/script-health-check", "/_stcore/allowed-message-origins", "/_stcore/stream", "/healthz", "/metrics"),
    *("/app/static/", "/app/static/../.streamlit/secrets.toml", "/app/static/%2e%2e/data/sample/Members.csv"),
    *("/static/", "/component/", "/component/nethealth_network_map/index.html", "/_stcore/component/", "/media/"),
    *("/media/../app.py", "/_stcore/bidi-components/nethealth_network_map/", "/auth/login", "/oauth2callback"),
    *("/join", "/join/K7WPXM", "/join/K7WPXM/people", "/join/K7WPXM/state", "/sessions", "/screen", "/report"),
    *("/auth/logout", "/_stcore/upload_file/", "/.streamlit/secrets.toml", "/app.py", "/data/sample/Members.csv"),
)


def secrets_file(folder: Path) -> Path:
    """Write secrets with a passcode for each role."""
    file = folder / "secrets.toml"
    passcodes = "".join(f'{name}_passcode = "{known}"\n' for name, known in HASHES.items())
    file.write_text(f"[access]\n{passcodes}", encoding="utf-8")
    file.chmod(0o600)
    return file


async def walk_as_each_role(port: int) -> Walked:
    """Walk as nobody, as a viewer, and as staff; then let the others replay what staff were sent."""
    answers = {path: get(port, path) for path in ROUTES}
    async with (
        visiting(port, who="stranger") as stranger,
        visiting(port, who="viewer", passcode=VIEWER_CODE) as viewer,
        visiting(port, who="staff", passcode=STAFF_CODE) as staff,
        visiting(port, who="weaver", passcode=WEAVER_CODE) as weaver,
        visiting(port, who="other weaver", passcode=WEAVER_CODE) as other_weaver,
    ):
        await look_everywhere(staff, ADDRESSES, depth=Depth.TABS)
        await look_everywhere(viewer, ADDRESSES, forged=FORGED, depth=DEPTH)
        await record_conversation(weaver)
        for each in (weaver, other_weaver):
            await look_everywhere(each, ADDRESSES, forged=FORGED, depth=Depth.TABS)
        replayed: dict[str, str | None] = {}
        for someone in (stranger, viewer, weaver):
            await look_everywhere(someone, ADDRESSES, depth=Depth.TABS) if someone is stranger else None
            replayed |= await replay(someone, of=staff)
        for path in [f"/_stcore/upload_file/{staff.session}/1", *ROUTES[3:6], *list(staff.files)[:3]]:
            answers[f"after: {path}"] = get(port, path)
        return Walked(
            stranger=Recording(stranger.heard),
            viewer=Recording(viewer.heard),
            weaver=Recording(weaver.heard),
            other_weaver=Recording(other_weaver.heard),
            staff=Recording(staff.heard),
            codes=Recording(()),
            initials=Recording(()),
            twin=Recording(()),
            answers=answers,
            replayed=replayed,
        )


async def record_conversation(weaver: Visitor) -> None:
    """Record a conversation with someone, and try to record another with someone who is hidden."""
    first = await weaver.run("weaving")
    record = next(button.id for button in first.of("button") if button.label == "Record a conversation")
    opened = await weaver.run("weaving", press=record)
    member, name = (control.id for control in opened.of("selectbox")[-2:])
    (heard,) = (control.id for control in opened.of("text_area"))
    save = next(button.id for button in opened.of("button") if button.label == "Save")
    for person in (planted.VISIBLE[0], planted.HIDDEN[0]):
        choices = [(member, "string_value", person), (heard, "string_value", OWN), (name, "string_value", "Zqown")]
        await weaver.run("weaving", *choices, press=save, where=f"weaver ≔ records {person}")


async def replay(someone: Visitor, *, of: Visitor) -> dict[str, str | None]:
    """Send what only staff could know: their pages, widgets, addresses, parts of pages, and files."""
    for address in sorted(FOR_STAFF):
        await someone.run(script_hash=of.scripts.get(address, ""), where=f"{someone.who} replays page {address}")
    for page in ("infrastructure", "experience", "weaving", "data"):
        choices: list[Choice] = list(of.defaults.values())
        await someone.run(page, *choices, where=f"{someone.who} replays widgets on /{page}")
    for fragment in sorted(of.fragments)[:5]:
        await someone.run_part("connectivity", fragment)
    for page, key in sorted(of.query_keys):
        for value in FORGED[:3]:
            await someone.run(page, query=f"{key}={value}", where=f"{someone.who} /{page}?{key}={value}")
    given: dict[str, str | None] = {}
    for file_id, place in list(of.deferred_places.items())[:: max(1, len(of.deferred_places) // 12)]:
        for session in ("", of.session):
            where = f"{someone.who} asks for {place} of {'staff' if session else 'this session'}"
            given[where] = await someone.ask_for(file_id, session=session, where=where)
    return given


async def walk_as_viewer(port: int, *, depth: Depth) -> Recording:
    """Walk as a viewer where people go by codes or initials."""
    async with visiting(port, who="viewer", passcode=VIEWER_CODE) as viewer:
        await look_everywhere(viewer, ["connectivity"], depth=depth)
        await look_everywhere(viewer, ["", "experience", "infrastructure", "emergence"], depth=Depth.TABS)
        return Recording(viewer.heard)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp("walk")
    secrets_file(folder)
    for name in ("names", "twin"):
        # With the same key, people have the same codes.
        codes_folder = folder / f"data-{name}" / "person-codes"
        codes_folder.mkdir(parents=True, mode=0o700)
        (codes_folder / "key").write_bytes(bytes(range(32)))
        (codes_folder / "key").chmod(0o600)
    record_entries(folder / "data-names", f"sheet:{SHEET_ID}", state=EntryState.DELIVERED)
    with SheetsServer() as google, ThreadPoolExecutor(max_workers=3) as threads:
        google.add(Sheet(tabs=dict(planted.marked_tabs())))
        google.add(Sheet(tabs=dict(twin_tabs()), id=TWIN_ID))
        environ = google.environment(folder) | {"NETHEALTH_SERVICE_ACCOUNT": json.dumps(google.service_account())}
        by_names = threads.submit(walk_names, folder, environ)
        twin = threads.submit(walk_twin, folder, environ)
        codes, initials = (threads.submit(walk_replaced_names, folder, style) for style in ("codes", "initials"))
        found = by_names.result()
        found.codes, found.initials, found.twin = codes.result(), initials.result(), twin.result()
        assert google.refused_hosts == []
    stored = [file for file in folder.glob("data-*/**/*") if file.is_file()]
    found.stored = {str(file.relative_to(folder)): file.read_bytes() for file in stored}
    found.log = b"\n".join(file.read_bytes() for file in folder.glob("*.log"))
    return found


def record_entries(folder: Path, key: str, *, state: EntryState) -> None:
    """Put into an app's journal what someone recorded. What was delivered isn't sent again during the walk."""
    day = planted.first_day("Weaving", "Date")
    talk = {"Date": day, "Weaver": planted.WEAVER, "Member": planted.VISIBLE[0], "What we heard": "zqentrynote"}
    row, author = f"{planted.mark('Weaving', 'Entry ID')} 2", "zqentryauthor@example.org"
    now = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    entries = [
        new_entry(key, "Weaving", talk, author=author, now=now),
        new_entry(key, "Convenings", {"Date": now.date(), "Title": "zqentrytitle"}, author=author, now=now),
        update_of(key, "Weaving", row, "Follow-up", "zqentryupdate", author=author, now=now),
    ]
    journal = Journal.in_file(folder / "journal.db")
    journal.record(entries)
    journal.mark([entry.id for entry in entries], state)
    journal.close()


def serving_app(folder: Path, name: str, environ: Mapping[str, str]) -> AbstractContextManager[int]:
    """Serve the app with its secrets, data folder, and log in this folder."""
    plain = {"NETHEALTH_SPREADSHEET": "", "NETHEALTH_SERVICE_ACCOUNT": "", "NETHEALTH_API_KEY": ""}
    return serving(
        APP / "app.py",
        flags=["--secrets.files", str(folder / "secrets.toml")],
        environ={**plain, **environ, "NETHEALTH_DATA_DIR": str(folder / f"data-{name}")},
        folder=APP,
        log=folder / f"{name}.log",
    )


def walk_names(folder: Path, environ: Mapping[str, str]) -> Walked:
    """Walk the app on a Google Sheet, where people go by their names."""
    with serving_app(folder, "names", {**environ, "NETHEALTH_SPREADSHEET": SHEET_ID}) as port:
        return run_alone(walk_as_each_role(port))


def walk_twin(folder: Path, environ: Mapping[str, str]) -> Recording:
    """Walk the app on the twin of the Google Sheet, as a viewer."""
    with serving_app(folder, "twin", {**environ, "NETHEALTH_SPREADSHEET": TWIN_ID}) as port:
        return run_alone(walk_as_viewer(port, depth=Depth.TABS))


def walk_replaced_names(folder: Path, style: str) -> Recording:
    """Walk the app on a folder of files as a viewer, where people go by codes or initials."""
    workbook = folder / style
    workbook.mkdir()
    planted.write_folder(workbook, names=style)
    record_entries(folder / f"data-{style}", workbook_key(FileReference(workbook)), state=EntryState.WAITING)
    depth = DEPTH if style == "codes" else Depth.TABS
    with serving_app(folder, style, {"NETHEALTH_SPREADSHEET": str(workbook)}) as port:
        return run_alone(walk_as_viewer(port, depth=depth))


def recorded(parts: dict[str, bytes]) -> Recording:
    """Return files or answers as a recording."""
    return Recording(Heard(name, None, content) for name, content in parts.items())


def test_pages_are_walked(walked: Walked) -> None:
    places = {where.split(" · ")[0].split()[1] for where, _ in walked.viewer.texts if where.startswith("viewer /")}
    assert places >= {f"/{address}" for address in ADDRESSES}
    opened = re.findall(r"viewer /infrastructure  (\w+) file", "\n".join(where for where, _ in walked.viewer.files))
    assert len(set(opened)) > 4, "every tab offers files of its own"
    assert len(walked.viewer.files) > 40
    assert walked.viewer.find([PEOPLE])
    kinds = {heard.kind for heard, _ in walked.viewer.parts}
    assert kinds >= {"bidi_component", "plotly_chart", "html", "selectbox", "multiselect", "file"}


def test_marks_for_staff_reach_staff(walked: Walked) -> None:
    looked_for = [mark for mark in (*marks(planted.STAFF), *FOR_STAFF_ONLY[1:]) if mark.column not in UNSEEN_BY_STAFF]
    found = {each.what.rpartition(": ")[0] for each in walked.staff.find(looked_for)}
    assert [mark.column for mark in looked_for if mark.column not in found] == []


def test_viewers_receive_nothing_for_staff(walked: Walked) -> None:
    found = walked.viewer.find([*marks(planted.STAFF), *marks(planted.NO_ONE), *FOR_STAFF_ONLY, *FOR_NO_ONE])
    assert not found, facts.summary(found)


def test_weavers_receive_the_directory_and_nothing_else(walked: Walked) -> None:
    looked_for = [mark for mark in marks(planted.EVERYONE) if mark.column not in SEEN_BY_WEAVERS]
    looked_for += [*marks(planted.STAFF), *marks(planted.NO_ONE), *FOR_STAFF_ONLY, *FOR_NO_ONE]
    for recording in (walked.weaver, walked.other_weaver):
        assert recording.find([PEOPLE])
        # Someone's own name is a field to type in, which shows what they made up.
        found = [each for each in recording.find(looked_for) if "Your name≔" not in each.where]
        assert not found, facts.summary(found)
        assert {where.split()[-1] for where, _ in recording.files} <= {"short-survey.txt", "encuesta-breve.txt"}, (
            "the Guide's own"
        )


def test_only_the_weaver_who_recorded_it_receives_a_conversation(walked: Walked) -> None:
    own = [Mark("a conversation", (OWN,))]
    assert walked.weaver.find(own)
    for recording in (walked.other_weaver, walked.viewer, walked.stranger):
        assert not (found := recording.find(own)), facts.summary(found)


def test_only_staff_receive_forms_to_record(walked: Walked) -> None:
    forms = [Mark("forms", ("What people added", "Record a collaboration", "conversation-new"))]
    assert [bool(role.find(forms)) for role in (walked.staff, walked.viewer, walked.codes)] == [True, False, False]


def test_staff_receive_nothing_for_no_one(walked: Walked) -> None:
    found = walked.staff.find([*marks(planted.NO_ONE), *FOR_NO_ONE])
    assert not found, facts.summary(found)


@pytest.mark.parametrize("style", ["codes", "initials"])
def test_viewers_receive_of_entries_what_they_receive_of_rows(walked: Walked, style: str) -> None:
    recording: Recording = getattr(walked, style)
    assert recording.find([Mark("titles of entries", ("zqentrytitle",))])
    found = recording.find([Mark("entries", ("zqentrynote", "zqentryupdate", "zqentryauthor"))])
    assert not found, facts.summary(found)


@pytest.mark.parametrize("style", ["codes", "initials"])
def test_names_are_replaced_everywhere(walked: Walked, style: str) -> None:
    recording: Recording = getattr(walked, style)
    found = recording.find([PEOPLE, *marks(planted.STAFF), *marks(planted.NO_ONE), *FOR_STAFF_ONLY, *FOR_NO_ONE])
    assert not found, facts.summary(found)


def test_strangers_receive_nothing(walked: Walked) -> None:
    everything = [Mark("anything", ("zq", "vexilla"))]
    assert len(walked.stranger.parts) > 5
    found = walked.stranger.find(everything)
    found += recorded({path: answer.content for path, answer in walked.answers.items()}).find(everything)
    assert not found, facts.summary(found)


def test_files_of_staff_are_given_to_no_one_else(walked: Walked) -> None:
    assert walked.replayed
    assert {where: url for where, url in walked.replayed.items() if url} == {}


def test_log_holds_no_cell(walked: Walked) -> None:
    found = recorded({"log": walked.log}).find([Mark("any cell", ("zq", "vexilla"))])
    assert not found, facts.summary(found)


def test_disk_holds_no_email(walked: Walked) -> None:
    assert any(b"zqmembersregion" in content for content in walked.stored.values())
    found = recorded(walked.stored).find([*marks(planted.NO_ONE), *facts.email_marks()])
    assert not found, facts.summary(found)


def test_no_one_receives_an_email(walked: Walked) -> None:
    found = [each for role in (walked.viewer, walked.staff) for each in role.find(facts.email_marks())]
    assert not found, facts.summary(found)


def test_no_file_begins_a_formula(walked: Walked) -> None:
    found = facts.formulas_in_files(walked.viewer) + facts.formulas_in_files(walked.staff)
    assert not found, facts.summary(found)


def test_other_secrets_change_nothing_for_viewers(walked: Walked) -> None:
    assert len(walked.twin.parts) > 100
    found = walked.twin.news(walked.viewer)
    assert not found, facts.summary(found)


BY_NAMES: tuple[Callable[[Recording], list[Found]], ...] = (
    facts.days_of_answers,
    facts.reporters,
    facts.neighbors_of_hidden,
    facts.metrics_with_hidden,
    facts.hidden_by_category,
    facts.collaborators_of_hidden,
    facts.small_distributions,
    facts.single_ties,
    facts.silent_people,
)
"""What viewers must not derive, whatever people are called."""
WITHOUT_NAMES = (*BY_NAMES[:-1], facts.unique_by_values, facts.rare_filters)


@pytest.mark.parametrize("fact", BY_NAMES, ids=lambda fact: fact.__name__)
def test_viewers_derive_nothing(walked: Walked, fact: Callable[[Recording], list[Found]]) -> None:
    found = fact(walked.viewer)
    assert not found, facts.summary(found)


@pytest.mark.parametrize("style", ["codes", "initials"])
@pytest.mark.parametrize("fact", WITHOUT_NAMES, ids=lambda fact: fact.__name__)
def test_nothing_is_derived_from_codes(walked: Walked, fact: Callable[[Recording], list[Found]], style: str) -> None:
    found = fact(getattr(walked, style))
    assert not found, facts.summary(found)
