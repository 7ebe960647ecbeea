"""The script itself shows nothing in a session that another browser has taken over, where a host skips our layers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.serving import ROOT, run_alone, serving
from nethealth.ui.server.visits import browser_of
from tests.ui.server.conftest import SECRETS, STAFF, TOKEN, Visitor

OTHER_TOKEN = "2|00000000|ffeeddccbbaa99887766554433221100|1"


def test_session_taken_over_shows_nothing(tmp_path: Path) -> None:
    script, secrets = tmp_path / "script.py", tmp_path / "secrets.toml"
    script.write_text("from nethealth.ui import dashboard\n\ndashboard.show()\n", encoding="utf-8")
    (tmp_path / "pages").symlink_to(ROOT / "pages")
    secrets.write_text(SECRETS, encoding="utf-8")
    secrets.chmod(0o600)

    async def scene(port: int) -> None:
        owner = Visitor(port, cookies={"_streamlit_xsrf": TOKEN})
        async with owner.connected():
            assert "Juniper" in await owner.come_in(STAFF)
        session_id = owner.session_id
        stranger = Visitor(port, cookies={"_streamlit_xsrf": OTHER_TOKEN})
        async with stranger.connected(session_id=session_id):
            assert stranger.session_id == session_id, "nothing stands in the way of this server"
            assert "Juniper" not in await stranger.run()
        async with owner.connected(session_id=session_id):
            assert "Juniper" in await owner.run()

    environ = {"PYTHONPATH": str(ROOT), "NETHEALTH_DATA_DIR": str(tmp_path / "data"), "NETHEALTH_SPREADSHEET": ""}
    with serving(script, flags=["--secrets.files", str(secrets)], environ=environ) as port:
        run_alone(scene(port))


def test_same_token_under_another_mask_is_the_same_browser() -> None:
    masked = "2|01010101|" + bytes(byte ^ 1 for byte in bytes.fromhex(TOKEN.split("|")[2])).hex() + "|9"
    assert browser_of({"_streamlit_xsrf": masked}) == browser_of({"_streamlit_xsrf": TOKEN}) != ""


@pytest.mark.parametrize(
    "cookies",
    [{}, {"_streamlit_xsrf": "no token"}, {"_streamlit_xsrf": ""}, {"nethealth_visit": ""}],
)
def test_browser_without_a_cookie_is_none(cookies: dict[str, str]) -> None:
    assert browser_of(cookies) == ""


def test_each_cookie_is_another_browser() -> None:
    token = "00112233445566778899aabbccddeeff"
    cookies = [
        {"nethealth_visit": "a"},
        {"nethealth_visit": "b"},
        {"nethealth_visit": token},
        {"_streamlit_xsrf": TOKEN},
        {"_streamlit_xsrf": OTHER_TOKEN},
        {"nethealth_visit": "a", "__Host-nethealth_visit": "c"},
    ]
    assert len({browser_of(each) for each in cookies}) == len(cookies)
