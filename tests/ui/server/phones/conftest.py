"""Live sessions in a database of their own, and phones that ask as the page's script does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from nethealth.contributions.storage.database import Database
from nethealth.live.codes import new_phone_secret
from nethealth.live.session import ListedPerson, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.server.layers import LAYERS
from nethealth.ui.server.phones import routes as module
from nethealth.ui.server.phones.address import serving
from nethealth.ui.server.phones.desk import PhoneDesk
from nethealth.ui.server.phones.limits import PhoneLimits
from tests.ui.server.phones.asgi import Answer, Browser

PULSE = Setup(statements=("We <b>listen</b>.", "We decide together."), roles=("Teacher",))
PEOPLE = Setup(
    people=(
        ListedPerson(key="k1", name="Ana López", place="Ohio", person="secret-1"),
        ListedPerson(key="k2", name="Ben Li", person="secret-2"),
    )
)


class Clock:
    """A clock that stands still until it's set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Phone:
    """A phone with a page of ours."""

    client: Browser
    code: str
    secret: str

    def ask(self, path: str) -> Answer:
        return self.client.get(f"/join/{self.code}/{path}", headers={"X-Phone": self.secret})

    def post(self, path: str, body: object) -> Answer:
        content = json.dumps(body).encode()
        return self.client.post(f"/join/{self.code}/{path}", content=content, headers={"X-Phone": self.secret})

    def join(self) -> Answer:
        return self.post("phone", {})

    def answer(self, question: str, value: object, turn: int = 1) -> Answer:
        return self.post("answers", {"answers": [{"question": question, "value": value, "turn": turn}]})


def phone(client: Browser, code: str, *, joins: bool = True) -> Phone:
    own = Phone(client, code, new_phone_secret())
    if joins:
        assert own.join().status == 200
    return own


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LiveSessions]:
    database = Database(sa.URL.create("sqlite", database=str(tmp_path / "journal.db")))
    yield LiveSessions(database)
    database.close()


@pytest.fixture
def desk(store: LiveSessions, clock: Clock) -> PhoneDesk:
    return PhoneDesk(lambda: store, PhoneLimits(clock=clock), clock=clock)


@pytest.fixture
def client(desk: PhoneDesk, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The routes behind the layers, as `app.py` has them."""
    monkeypatch.setattr(module, "desk", desk)
    monkeypatch.setattr(serving, "is_on", False)  # and back, once the test is over
    app = Starlette(routes=module.phone_routes(), middleware=LAYERS)
    return Browser(app)
