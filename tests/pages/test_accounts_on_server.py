"""Accounts on a real server: a sign-in that its owner ended stays over for whoever has copied its cookie."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from benchmarks.serving import ROOT, run_alone, serving
from tests.ui.server.conftest import Visitor, ask, browser

COOKIE_SECRET = "a secret that only this test knows"
ORIGIN = "https://health.example.org"
SECRETS = f"""
[access]
staff = ["ana@example.org"]

[auth]
redirect_uri = "{ORIGIN}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "c"
client_secret = "s"
server_metadata_url = "http://127.0.0.1:9/none"
"""
NOW = int(time.time())
"""Servers in their own process know no other time."""


def account_cookie(*, issued: int = NOW) -> str:
    """The cookie that Streamlit gives to someone who has just come back from the provider."""
    user = {"origin": ORIGIN, "is_logged_in": True, "provider": "default", "email": "ana@example.org", "iat": issued}
    return create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(user)).decode()


@contextlib.contextmanager
def serving_accounts(folder: Path) -> Iterator[int]:
    file = folder / "secrets.toml"
    file.write_text(SECRETS, encoding="utf-8")
    file.chmod(0o600)
    environ = {"NETHEALTH_DATA_DIR": str(folder / "data"), "NETHEALTH_SPREADSHEET": "", "NETHEALTH_API_KEY": ""}
    with serving(ROOT / "app.py", flags=["--secrets.files", str(file)], environ=environ) as port:
        yield port


def visitor_with(cookie: str, port: int) -> Visitor:
    found = browser(port)
    found.cookies["_streamlit_user"] = cookie
    found.origin = ORIGIN
    return found


async def is_let_in(visitor: Visitor) -> bool:
    async with visitor.connected():
        return "Juniper" in await visitor.run()


def test_copied_cookie_is_over_after_sign_out_and_a_restart(tmp_path: Path) -> None:
    cookie, other_device = account_cookie(), account_cookie(issued=NOW - 60)

    async def sign_out(port: int) -> None:
        copied = visitor_with(cookie, port)
        async with visitor_with(cookie, port).connected() as owner, copied.connected():
            assert "Juniper" in await copied.run()
            await owner.press("Sign out")
            assert "Juniper" not in await copied.run(), "also where it is in use already"

    async def look_again(port: int) -> None:
        assert not await is_let_in(visitor_with(cookie, port))
        assert await is_let_in(visitor_with(other_device, port))

    with serving_accounts(tmp_path) as port:
        page = ask(port, "/", headers={"Host": "health.example.org"})
        assert "; Secure" in page.headers["Set-Cookie"], "without a proxy's word, since [auth] says https"
        assert "; Secure" not in ask(port, "/").headers["Set-Cookie"]
        run_alone(sign_out(port))
        run_alone(look_again(port))
    with serving_accounts(tmp_path) as port:
        run_alone(look_again(port))
