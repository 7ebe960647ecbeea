"""The only way out: which hosts may be asked, and that no request gets around it."""

import io
import threading
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter

from nethealth import errors
from nethealth.sources.google.hosts import CONNECT_SECONDS, READ_SECONDS, Deadline, is_allowed, restrict_to_google


class Recorder(BaseAdapter):
    """Answers everything with an empty page, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, Any, Any]] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        self.asked.append((request.url or "", options["timeout"], options["verify"]))
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url or "", request
        response.raw = urllib3.HTTPResponse(io.BytesIO(b""), preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


def guarded(recorder: Recorder, *, seconds: float = 60) -> requests.Session:
    return restrict_to_google(requests.Session(), deadline=Deadline.after(seconds), transport=recorder)


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.google.com/spreadsheets/d/x/export?format=xlsx",
        "https://sheets.googleapis.com/v4/spreadsheets/x",
        "https://oauth2.googleapis.com/token",
        "https://doc-0s-4k-sheets.googleusercontent.com/export/x",
        "https://doc-0s-4k.docs.googleusercontent.com/export/x",
        "https://DOCS.google.com:443/",
    ],
)
def test_google_hosts_are_allowed(url: str) -> None:
    assert is_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://docs.google.com/",
        "https://docs.google.com:8443/",
        "https://docs.google.com.evil.example/",
        "https://evil.example/docs.google.com",
        "https://docs.google.com@evil.example/",
        "https://someone:secret@docs.google.com/",
        "https://evilgoogleusercontent.com/",
        "https://4.3.2.1.bc.googleusercontent.com/",
        "https://evil.example\\.googleusercontent.com/",
        "https://evil.example%2f.googleusercontent.com/",
        "https://a b.googleusercontent.com/",
        "https://googleusercontent.com/",
        "https://iamcredentials.googleapis.com/",
        "https://www.google.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/computeMetadata/v1/",
        "file:///etc/passwd",
        "ftp://docs.google.com/",
        "https://[",
        "",
    ],
)
def test_other_hosts_are_rejected_unsent(url: str) -> None:
    assert not is_allowed(url)
    recorder = Recorder()
    with pytest.raises((errors.HostNotAllowed, requests.exceptions.RequestException)):
        guarded(recorder).get(url)
    assert recorder.asked == []


def test_timeouts_end_at_deadline() -> None:
    recorder = Recorder()
    session = guarded(recorder, seconds=3_600)
    session.get("https://docs.google.com/")
    session.get("https://docs.google.com/", timeout=(1, 9_999))
    session.get("https://docs.google.com/", timeout=9_999)
    (default, both, one) = [timeout for _, timeout, _ in recorder.asked]
    assert default == (CONNECT_SECONDS, READ_SECONDS)
    assert both[0] == 1
    assert one[0] == CONNECT_SECONDS
    for _, read in (both, one):
        assert 0 < read <= 3_600
    with pytest.raises(errors.ReadTimeout):
        guarded(recorder, seconds=-1).get("https://docs.google.com/")


def test_certificates_are_verified_with_environment_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    recorder = Recorder()
    guarded(recorder).get("https://docs.google.com/")
    monkeypatch.setenv("SSL_CERT_FILE", "/certificates/of/the/machine.pem")
    guarded(recorder).get("https://docs.google.com/")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/certificates/of/the/office.pem")
    guarded(recorder).get("https://docs.google.com/")
    assert [verify for _, _, verify in recorder.asked] == [
        True,
        "/certificates/of/the/machine.pem",
        "/certificates/of/the/office.pem",
    ]


def test_deadline_passes_results_and_abandons_hangs() -> None:
    assert Deadline.after(60).run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        Deadline.after(60).run(lambda: 1 / 0)
    hanging = threading.Event()
    try:
        with pytest.raises(errors.ReadTimeout):
            Deadline.after(0.1).run(lambda: hanging.wait(60))
    finally:
        hanging.set()
