"""The address on the screen, and that it keeps others' wrong codes from shutting out the room."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nethealth.live.session import LiveSession, SessionKind
from nethealth.live.store import LiveSessions
from nethealth.ui.server.phones import invitation
from nethealth.ui.server.phones.desk import PhoneDesk
from nethealth.ui.server.phones.invitation import join_address
from tests.ui.server.phones.asgi import Browser


@pytest.fixture
def session(store: LiveSessions) -> LiveSession:
    return store.start("sheet:a", SessionKind.COLLABORATIONS, name="Retreat")


def test_room_where_the_screen_is_open_gets_in(
    client: Browser, desk: PhoneDesk, session: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = SimpleNamespace(url="https://net.example.org/screen?session=1", ip_address=client.host)
    monkeypatch.setattr(invitation.st, "context", shown)
    monkeypatch.setattr(invitation, "desk", desk)
    for number in range(2, 9):
        client.get(f"/join/AAAAA{number}")
        client.get(f"/join/AAAAB{number}")
    assert client.get(f"/join/{session.code}").status == 429
    assert join_address(session) == f"https://net.example.org/join/{session.code}"
    assert client.get(f"/join/{session.code}").status == 200
