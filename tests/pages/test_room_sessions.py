"""What the facilitator decides about a room: who newcomers are, what counts, who came, and who sits with whom."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.contributions.entries import Entry
from nethealth.contributions.opening import app_journal
from nethealth.live.session import LiveSession, SentAnswer, SessionKind
from tests.pages.conftest import an_app, live, only, press, visit, words_on

TABS = {
    "Members": [["Name"], ["Ana Ruiz"], ["Bo Lind"], ["Cy Ode"], ["Di Pym"]],
    "Waves": [["Wave", "Date"], ["Spring 2026", "2026-04-01"]],
    "Connections": [["From", "To", "Wave"], ["Ana Ruiz", "Bo Lind", "Spring 2026"]],
    "Settings": [["Setting", "Value"], ["Tie from strength", 3]],
    "Convenings": [["Date", "Title"], ["2026-11-30", "Fall retreat"]],
}
pytestmark = pytest.mark.usefixtures("small_sample")


def entries(tab: str) -> list[Entry]:
    return [each for each in app_journal({}).entries("sample") if each.tab == tab]


def start(kind: SessionKind) -> LiveSession:
    press(visit(an_app(), "sessions"), f"start-{kind.value}")
    return only()


def control(session: LiveSession) -> AppTest:
    return press(visit(an_app(), "sessions"), f"go-{session.id}")


def send(phone: str, question: str, value: object, *, is_pending: bool = False, turn: int = 1) -> None:
    live().join(only().id, phone)
    sent = SentAnswer(question=question, value=value, turn=turn, is_pending=is_pending)
    live().answer(only().id, phone, [sent])


def key_of(name: str) -> str:
    return next(person.key for person in only().setup.people if person.name == name)


def arrive(*names: str) -> None:
    for name in names:
        send(name, "me", {"person": key_of(name)})


def me_of(phone: str) -> object:
    return next((each.value for each in live().answers(only().id) if each.phone == phone and not each.is_pending), None)


def test_newcomers_are_members_or_guests_or_no_one() -> None:
    session = start(SessionKind.CONNECTIONS)
    for phone, name in {"p1": "Ana Ruis", "p2": "Zoe Zed", "p3": "Yan Yu", "p4": "Bo Lindh"}.items():
        send(phone, "me", {"new": name}, is_pending=True)
    page = control(session)
    page = press(page, f"newcomer-p1-{key_of('Ana Ruiz')}")
    assert me_of("p1") == {"person": key_of("Ana Ruiz")}
    page = press(page, "newcomers-all")
    assert {me_of(phone)["person"] for phone in ("p2", "p3")} == {key_of("Zoe Zed"), key_of("Yan Yu")}  # type: ignore[index]
    press(page, "newcomer-p4-no-one")
    assert [each.phone for each in live().answers(session.id) if each.phone == "p4"] == []


def test_phone_that_claims_another_person_can_be_removed() -> None:
    session = start(SessionKind.CONNECTIONS)
    arrive("Ana Ruiz")
    send("p2", "me", {"person": key_of("Ana Ruiz")})
    page = press(control(session), "claim-p2")
    assert "phones say" not in words_on(page)
    assert [phone.id for phone in live().phones(session.id)] == ["Ana Ruiz"]


def test_people_in_the_room_become_attendees_once() -> None:
    session = start(SessionKind.CONNECTIONS)
    arrive("Ana Ruiz", "Cy Ode")
    page = press(control(session), "record-attendance")
    (entry,) = app_journal({}).entries("sample")
    assert (entry.cells["Field"], entry.cells["Value"]) == ("Attendees", "Ana Ruiz; Cy Ode")
    assert not [each for each in page.button if each.key == "record-attendance"]


def test_people_in_the_room_are_seated() -> None:
    session = start(SessionKind.CONNECTIONS)
    arrive("Ana Ruiz", "Bo Lind", "Cy Ode", "Di Pym")
    send("Ana Ruiz", f"tie.{key_of('Di Pym')}", 1)
    page = press(control(session), "seat-room")
    words = words_on(page)
    assert "Table 1" in words
    assert "1 pair here" in words
    assert page.session_state["seating-names"].splitlines() == ["Ana Ruiz", "Bo Lind", "Cy Ode", "Di Pym"]


@pytest.mark.parametrize(("is_own_wave", "wave"), [(False, "Spring 2026"), (True, "Fall retreat")])
def test_connections_go_to_the_chosen_wave(is_own_wave: bool, wave: str) -> None:
    session = start(SessionKind.CONNECTIONS)
    arrive("Ana Ruiz", "Cy Ode")
    send("Ana Ruiz", f"tie.{key_of('Cy Ode')}", 3)
    page = control(session)
    assert "from strength 3" in words_on(page)
    if is_own_wave:
        page = page.radio(key=f"wave-{session.id}").set_value(True).run()
    press(page, f"End the session-{session.id}")
    (entry,) = entries("Connections")
    assert {entry.cells["From"], entry.cells["To"]} == {"Ana Ruiz", "Cy Ode"}
    assert (entry.cells["Wave"], entry.cells["Strength"]) == (wave, 5.0)
    assert entry.cells["Heard through"] == ("Survey" if is_own_wave else "Convening")


def test_accepted_collaborations_are_recorded_when_the_session_ends() -> None:
    session = start(SessionKind.COLLABORATIONS)
    send("p1", "collaboration.1", {"name": "Choir", "purpose": "Sing", "people": "ana ruiz, Zoe"})
    send("p2", "collaboration.1", {"name": "The choir", "purpose": "", "people": "Bo Lind"})
    send("p3", "collaboration.1", {"name": "Garden", "purpose": "", "people": ""})
    send("p4", "collaboration.1", {"name": "choir", "purpose": "", "people": "Bo Lind"})
    page = press(control(session), "merge-names")
    (merge,) = [str(each.key) for each in page.button if str(each.key).endswith("-yes")]
    page = press(page, merge)
    accepts = [each for each in page.button if str(each.key).endswith("-accept")]
    assert [each.disabled for each in accepts] == [False, True]  # no one is named in the garden
    page = press(page, str(accepts[0].key))
    press(page, f"End the session-{session.id}")
    (entry,) = entries("Emergent activity")
    assert (entry.cells["Name"], entry.cells["Collaborators"]) == ("Choir", "Ana Ruiz; Bo Lind; Zoe")
