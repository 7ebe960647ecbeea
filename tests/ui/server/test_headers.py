"""Every answer tells browsers to be careful with it."""

from __future__ import annotations

import pytest

from nethealth.ui.server.headers import security_headers
from tests.ui.server.conftest import ask, browser

PATHS = [
    "/",
    "/guide",
    "/_stcore/health",
    "/_stcore/host-config",
    "/media/none.csv",
    "/component/none/index.html",
    "/app/static/fonts/commissioner-latin-400-normal.woff2",
    "/static/none.js",
    "/auth/login",
    "//evil.example/x",
    "/_stcore/upload_file/a/b",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(open_port: int, path: str) -> None:
    headers = ask(open_port, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self';" in headers["Content-Security-Policy"]


def test_refused_requests_have_the_headers(open_port: int) -> None:
    refused = ask(open_port, "/", headers={"Host": "evil.example"})
    assert refused.status == 421
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_may_be_framed_by_named_sites_only(guarded_port: int) -> None:
    headers = ask(guarded_port, "/").headers
    assert "frame-ancestors 'self' https://intranet.example.org;" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] is None


def test_our_own_site_may_always_frame_pages() -> None:
    assert security_headers(())["Content-Security-Policy"].startswith("frame-ancestors 'self';")


def test_cookies_go_over_https_only_if_the_page_does(open_port: int) -> None:
    proxied = {"X-Forwarded-Proto": "https"}
    over_https = [
        *(ask(open_port, "/", headers=proxied).headers.get_all("Set-Cookie") or ()),
        *(ask(open_port, "/_stcore/health", headers=proxied).headers.get_all("Set-Cookie") or ()),
    ]
    assert {cookie.partition("=")[0] for cookie in over_https} == {"__Host-nethealth_visit", "_streamlit_xsrf"}
    for cookie in over_https:
        assert cookie.count("; Secure") == 1
        assert cookie.count("; SameSite=Lax") == 1
    assert "Secure" not in str(ask(open_port, "/_stcore/health").headers["Set-Cookie"])


def test_streamlits_cookies_keep_working(open_port: int) -> None:
    cookies = {"Cookie": browser(open_port).cookie_header()}
    assert ask(open_port, "/_stcore/health", headers=cookies).headers["Set-Cookie"].startswith("_streamlit_xsrf=2|")
