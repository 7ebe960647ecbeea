"""How long a sign-in lasts, and that it stays over once it is over."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from nethealth.privacy.sign_ins import SignIn, SignIns, sign_in_from

DAY, HOUR = 86_400.0, 3_600.0
CLAIMS: dict[str, Any] = {"iss": "https://a.example", "sub": "7", "email": "ana@example.org", "iat": 1_000_000}


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def signed_in(**claims: Any) -> SignIn:
    found = sign_in_from(CLAIMS | claims)
    assert found is not None
    return found


def lasts(sign_ins: SignIns, sign_in: SignIn) -> bool:
    return sign_ins.use(sign_in, longest=7 * DAY, most_idle=24 * HOUR)


def test_lasts_until_the_longest_time_if_used_every_day(tmp_path: Path, clock: Clock) -> None:
    known, ana = SignIns(tmp_path, clock=clock), signed_in()
    for _ in range(8):
        assert lasts(known, ana)
        clock.now += 23 * HOUR
    clock.now = ana.issued + 7 * DAY
    assert lasts(known, ana)
    clock.now += 1
    assert not lasts(known, ana)


@pytest.mark.parametrize(("hours", "is_current"), [(24, True), (25, False)])
def test_ends_without_a_visit(tmp_path: Path, clock: Clock, hours: float, is_current: bool) -> None:
    known, ana = SignIns(tmp_path, clock=clock), signed_in()
    clock.now += 5 * HOUR
    assert lasts(known, ana)
    clock.now += hours * HOUR
    assert lasts(known, ana) == is_current
    assert lasts(SignIns(tmp_path, clock=clock), ana) == is_current, "also after a restart"


def test_signing_out_holds_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    known, ana = SignIns(tmp_path, clock=clock), signed_in()
    assert lasts(known, ana)
    known.end(ana)
    for each in (known, SignIns(tmp_path, clock=clock)):
        assert not lasts(each, ana)


def test_other_sign_ins_of_the_same_person_go_on(tmp_path: Path, clock: Clock) -> None:
    known = SignIns(tmp_path, clock=clock)
    known.end(signed_in())
    assert lasts(known, signed_in(nonce="another device"))
    assert lasts(known, signed_in(iat=1_000_001))


@pytest.mark.parametrize("lost", ["deleted", "damaged"])
def test_lost_memory_ends_all_earlier_sign_ins(tmp_path: Path, clock: Clock, lost: str) -> None:
    ana = signed_in()
    SignIns(tmp_path, clock=clock).end(ana)
    (file,) = tmp_path.iterdir()
    if lost == "deleted":
        file.unlink()
    else:
        file.write_text('{"since": 0, "sign_ins": {"x')
    clock.now += HOUR
    again = SignIns(tmp_path, clock=clock)
    assert not lasts(again, ana)
    assert lasts(again, signed_in(iat=clock.now))


def test_memory_is_private_and_forgets(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "private"
    known = SignIns(folder, clock=clock)
    known.end(signed_in())
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    size = file.stat().st_size
    assert b"ana" not in file.read_bytes()
    clock.now += 31 * DAY
    known.end(signed_in(iat=clock.now))
    assert file.stat().st_size <= size + 2


def test_unwritable_folder_still_remembers_until_the_end(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").touch()
    known, ana = SignIns(tmp_path / "file", clock=clock), signed_in()
    assert lasts(known, ana)
    known.end(ana)
    assert not lasts(known, ana)


@pytest.mark.parametrize("issued", [None, "1000000", True])
def test_claims_without_a_time_are_no_sign_in(issued: object) -> None:
    assert sign_in_from(CLAIMS | {"iat": issued}) is None


def test_sign_in_from_the_future_is_refused(tmp_path: Path, clock: Clock) -> None:
    known = SignIns(tmp_path, clock=clock)
    assert lasts(known, signed_in(iat=clock.now + 60))
    assert not lasts(known, signed_in(iat=clock.now + HOUR))
