"""The requests of phones: what they store, what they learn, and what is turned away."""

from __future__ import annotations

import json
import logging
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nethealth.errors import NotRecorded
from nethealth.live.codes import phone_id
from nethealth.live.session import ListedPerson, LiveSession, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.server.phones.desk import PhoneDesk
from nethealth.ui.server.phones.limits import Allowances
from nethealth.ui.server.phones.page import content_policy
from tests.ui.server.phones.asgi import Browser
from tests.ui.server.phones.conftest import PEOPLE, PULSE, Clock, phone


@pytest.fixture
def pulse(store: LiveSessions) -> LiveSession:
    return store.start("sheet:a", SessionKind.PULSE, name="Fall </script> retreat", setup=PULSE)


def values(store: LiveSessions, session: LiveSession) -> list[tuple[str, object]]:
    return sorted((each.question, each.value) for each in store.answers(session.id))


def test_phone_joins_and_answers_once_however_often_it_sends(
    client: Browser, store: LiveSessions, pulse: LiveSession
) -> None:
    own = phone(client, pulse.code)
    assert own.join().json()["pending"] is False
    sent = {"answers": [{"question": f"statement.{n}", "value": 4, "turn": 9} for n in (1, 2)]}
    first, again = own.post("answers", sent), own.post("answers", sent)
    assert first.status == again.status == 200
    assert first.json() == {"state": "open", "saved": {"statement.1": 9, "statement.2": 9}, "refused": []}
    assert values(store, pulse) == [("statement.1", 4), ("statement.2", 4)]
    assert len(store.phones(pulse.id)) == 1


def test_one_wrong_answer_does_not_keep_back_the_others(
    client: Browser, store: LiveSessions, pulse: LiveSession
) -> None:
    own = phone(client, pulse.code)
    answers = [{"question": "statement.1", "value": 9, "turn": 1}, {"question": "statement.2", "value": 2, "turn": 1}]
    assert own.post("answers", {"answers": answers}).json()["refused"] == ["statement.1"]
    assert values(store, pulse) == [("statement.2", 2)]


@pytest.mark.parametrize(
    ("state", "status", "name"), [(SessionState.PAUSED, 409, "paused"), (SessionState.CLOSED, 409, "closed")]
)
def test_session_that_is_not_open_takes_nothing(
    client: Browser, store: LiveSessions, pulse: LiveSession, state: SessionState, status: int, name: str
) -> None:
    own = phone(client, pulse.code)
    store.set_state(pulse.id, state)
    answer = own.answer("statement.1", 4)
    assert (answer.status, answer.json()) == (status, {"state": name})
    assert values(store, pulse) == []
    store.set_state(pulse.id, SessionState.OPEN)
    assert own.answer("statement.1", 4).status == 200


def test_closed_session_shows_its_name_and_lets_no_one_in(
    client: Browser, store: LiveSessions, pulse: LiveSession
) -> None:
    store.set_state(pulse.id, SessionState.CLOSED)
    page = client.get(f"/join/{pulse.code}")
    assert page.status == 200
    assert "We decide together." not in page.text
    assert phone(client, pulse.code, joins=False).join().json() == {"state": "closed"}
    assert store.phones(pulse.id) == []


def test_removed_phone_and_stranger_learn_only_that_they_are_unknown(
    client: Browser, store: LiveSessions, pulse: LiveSession
) -> None:
    own = phone(client, pulse.code)
    store.remove_phone(pulse.id, store.phones(pulse.id)[0].id)
    for each in (own, phone(client, pulse.code, joins=False)):
        for answer in (each.answer("statement.1", 4), each.ask("state"), each.ask("people")):
            assert (answer.status, answer.json()) == (403, {"state": "unknown"})
    own.secret = "x"
    assert own.join().status == 403


def test_phone_learns_only_who_is_listed_and_who_found_themselves(client: Browser, store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Who knows whom", setup=PEOPLE)
    ana, ben = phone(client, session.code), phone(client, session.code)
    assert ana.ask("state").json()["here"] == []
    ben.answer("me", {"new": "Zoe Li"})
    ana.answer("me", {"person": "k1"})
    ana.answer("tie.k2", 3)
    page = client.get(f"/join/{session.code}").text
    listed = ben.ask("people").json()
    assert listed["people"] == [["k1", "Ana López", "Ohio"], ["k2", "Ben Li", ""]]
    for text in (page, json.dumps(listed), ben.ask("state").text):
        assert "secret-" not in text
        assert "Zoe" not in text
    assert "Ana" not in page


def test_people_are_here_once_they_found_themselves(client: Browser, store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Who knows whom", setup=PEOPLE)
    own = phone(client, session.code)
    own.answer("me", {"person": "k2"})
    guest = phone(client, session.code)
    guest.answer("me", {"new": "Zoe Li"})
    store.accept(session.id, phone_id(guest.secret), "me")
    assert own.ask("people").json()["here"] == ["k2"]
    assert own.ask("people?search=lop").json()["people"] == [["k1", "Ana López", "Ohio"]]


def test_long_list_is_searched_on_the_server(client: Browser, store: LiveSessions) -> None:
    many = [ListedPerson(key=f"n{number}", name=f"Nora {number}", person=f"n{number}") for number in range(400)]
    setup = Setup(people=(*PEOPLE.people, *many))
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Who knows whom", setup=setup)
    own = phone(client, session.code)
    own.answer("me", {"person": "k2"})
    listed = own.ask("people").json()
    assert (listed["more"], [key for key, _, _ in listed["people"]]) == (True, ["k2"])
    found = [len(own.ask(f"people?search={search}").json()["people"]) for search in ("nora", "nora+399", "zoe", "")]
    assert found == [40, 1, 0, 0]


def test_script_is_one_that_phones_of_2020_read(client: Browser, pulse: LiveSession) -> None:
    script = client.get(f"/join/{pulse.code}").text.rpartition("<script>")[2]
    assert re.findall(r"\?\.[a-z(\[]|\?\?|\|\|=|&&=|\.at\(|replaceAll|structuredClone|\(\?<[=!]", script) == []


def test_page_has_all_it_needs_and_runs_nothing_else(client: Browser, pulse: LiveSession) -> None:
    answer = client.get(f"/join/{pulse.code}", headers={"Accept-Language": "es-MX"})
    assert len(answer.content) < 60_000
    assert answer.headers["Content-Security-Policy"] == content_policy()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="es">' in answer.text
    assert not re.findall(r"(?:src|href)=\"(?!data:,)", answer.text)
    assert "Fall </script> retreat" not in answer.text
    assert answer.text.count("</script>") == 2
    data = json.loads(re.findall(r'id="page">(.*?)</script>', answer.text)[0])
    assert data["session"]["statements"] == list(PULSE.statements)
    assert (
        data["secret"]
        != json.loads(re.findall(r'id="page">(.*?)</script>', client.get(f"/join/{pulse.code}").text)[0])["secret"]
    )


def test_code_can_be_typed_and_is_checked(client: Browser, pulse: LiveSession) -> None:
    assert client.get("/join").status == client.get("/join/").status == 200
    spaced = f"{pulse.code[:3].lower()} {pulse.code[3:]}"
    answer = client.get("/join", params={"code": spaced})
    assert (answer.status, answer.headers["Location"]) == (303, f"join/{pulse.code}")
    assert client.get(f"/join/{spaced}").status == 200
    for wrong in ("/join?code=hello", "/join/hello", "/join/AAAAA2"):
        answer = client.get(wrong)
        assert answer.status == 404
        assert 'role="alert"' in answer.text


def test_language_can_be_switched_before_there_is_a_code(client: Browser, pulse: LiveSession) -> None:
    assert 'href="?language=es"' in client.get("/join").text
    assert '<html lang="es">' in client.get("/join?language=es").text
    answer = client.get("/join", params={"code": pulse.code, "language": "es"})
    assert answer.headers["Location"] == f"join/{pulse.code}?language=es"
    assert '<html lang="es">' in client.get(f"/join/{pulse.code}?language=es").text
    assert '<html lang="en">' in client.get("/join?language=<b>").text


def test_wrong_codes_are_slowed_down_and_the_right_one_does_not_tell(client: Browser, pulse: LiveSession) -> None:
    found = [client.get(f"/join/AAAA{n:02}".replace("0", "B").replace("1", "C")) for n in range(2, 14)]
    assert [each.status for each in found[:10]] == [404] * 10
    assert found[-1].status == 429
    right, wrong = client.get(f"/join/{pulse.code}"), client.get("/join/AAAAA3")
    assert right.status == wrong.status == 429
    assert int(re.findall(r'http-equiv="refresh" content="(\d+)"', right.text)[0]) > 0


def test_room_is_not_shut_out_by_its_own_wrong_codes(client: Browser, pulse: LiveSession) -> None:
    own = phone(client, pulse.code)
    for number in range(2, 9):
        for letter in "AB":
            client.get(f"/join/AAAA{letter}{number}")
    assert client.get("/join/AAAAC2").status == 429
    assert phone(client, pulse.code).answer("statement.1", 4).status == 200
    elsewhere = Browser(client.app, "198.51.100.1")
    for number in range(2, 9):
        for letter in "AB":
            elsewhere.get(f"/join/AAAA{letter}{number}")
    own.client = elsewhere
    assert elsewhere.get(f"/join/{pulse.code}").status == 429
    assert own.answer("statement.1", 2, turn=2).status == 200
    assert phone(elsewhere, pulse.code, joins=False).join().status == 429


def test_phones_that_come_faster_than_any_room_are_pending(
    client: Browser, desk: PhoneDesk, store: LiveSessions, pulse: LiveSession, clock: Clock
) -> None:
    desk.limits.joins = Allowances(3, 1, clock=clock)
    pending = [phone(client, pulse.code).join().json()["pending"] for _ in range(5)]
    clock.now += 1
    pending.append(phone(client, pulse.code).join().json()["pending"])
    assert pending == [False] * 3 + [True] * 2 + [False]
    assert sum(each.is_pending for each in store.phones(pulse.id)) == 2


def test_session_takes_only_so_many_phones_at_all(
    client: Browser, desk: PhoneDesk, store: LiveSessions, pulse: LiveSession, clock: Clock
) -> None:
    desk.limits.joins_in_all = Allowances(2, 0.1, clock=clock)
    statuses = [phone(client, pulse.code, joins=False).join().status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert len(store.phones(pulse.id)) == 2


def test_phone_that_never_stops_is_asked_to_wait(
    client: Browser, desk: PhoneDesk, pulse: LiveSession, clock: Clock
) -> None:
    desk.limits.requests = Allowances(4, 1, clock=clock)
    own = phone(client, pulse.code)
    assert [own.answer("statement.1", 4, turn).status for turn in range(1, 7)] == [200] * 4 + [429] * 2
    assert phone(client, pulse.code).answer("statement.1", 4).status == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{" * 20_000, "application/json", 413),
        (b"[" * 16_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"answers=1", "application/x-www-form-urlencoded", 415),
        (b"\xff", "application/json", 400),
        (b'{"answers": 1}', "application/json", 422),
        (b'{"answers": [1]}', "application/json", 422),
        (b'{"answers": [{"question": "statement.1", "value": 1, "turn": 1e9}]}', "application/json", 422),
        (b'{"answers": [{"turn": ' + b"9" * 5_000 + b"}]}", "application/json", 400),
        (json.dumps({"answers": [{"question": "x", "value": 1, "turn": 1}] * 51}).encode(), "application/json", 422),
    ],
    ids=["long", "deep", "text", "form", "bytes", "no list", "no mapping", "float turn", "endless turn", "many"],
)  # fmt: skip
def test_what_our_page_never_sends_is_turned_away(
    client: Browser, store: LiveSessions, pulse: LiveSession, content: bytes, kind: str, status: int
) -> None:
    own = phone(client, pulse.code)
    headers = {"X-Phone": own.secret, "Content-Type": kind}
    assert client.post(f"/join/{pulse.code}/answers", content=content, headers=headers).status == status
    assert values(store, pulse) == []


HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.text(max_size=12), secret=HEADER, body=st.binary(max_size=60))
def test_any_request_gets_an_answer(client: Browser, pulse: LiveSession, code: str, secret: str, body: bytes) -> None:
    for each in (pulse.code, code.replace("/", "")):
        for path in ("", "/phone", "/state", "/people", "/answers"):
            headers = {"X-Phone": secret}
            assert client.get(f"/join/{each}{path}", headers=headers).status in (200, 307, 403, 404, 405, 429)
            answer = client.post(f"/join/{each}{path}", content=body, headers=headers)
            assert answer.status in (400, 403, 404, 405, 422, 429)


def test_other_host_names_are_turned_away(client: Browser, pulse: LiveSession) -> None:
    assert client.get(f"/join/{pulse.code}", headers={"Host": "evil.example"}).status == 421


def test_phone_keeps_its_answer_while_the_disk_is_full(
    client: Browser, store: LiveSessions, pulse: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = phone(client, pulse.code)

    def fail(*_args: object) -> None:
        raise NotRecorded("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "answer", fail)
        answer = own.answer("statement.1", 4)
        assert (answer.status, answer.json()["state"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
    assert own.answer("statement.1", 4).status == 200


def test_logs_hold_no_code_secret_or_name(
    client: Browser, store: LiveSessions, caplog: pytest.LogCaptureFixture
) -> None:
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Who knows whom", setup=PEOPLE)
    with caplog.at_level(logging.INFO, logger="nethealth"):
        own = phone(client, session.code)
        own.answer("me", {"new": "Zoe Li"})
        own.answer("me", {"person": "nobody"})
        client.get("/join/AAAAA2")
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert not any(text in ours for text in (session.code, own.secret, "Zoe", "AAAAA2"))


def test_pending_phone_does_not_learn_who_is_here(client: Browser, store: LiveSessions) -> None:
    setup = Setup(people=PEOPLE.people, most_phones=1)
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Who knows whom", setup=setup)
    phone(client, session.code).answer("me", {"person": "k1"})
    late = phone(client, session.code)
    assert late.ask("state").json()["pending"] is True
    assert late.ask("people").json()["here"] == []
    assert "here" not in late.ask("state").json()
