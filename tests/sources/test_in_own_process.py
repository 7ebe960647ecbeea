"""The program as it is, in a process of its own, with nothing but a proxy and a CA bundle in its environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.sheets_server import SHEET_ID, SheetsServer

_OWN = ("proxy", "ca_bundle", "ssl_cert_file", "ssl_cert_dir")
READ = (
    "import os, sys\n"
    "from nethealth.errors import NetHealthError\n"
    "from nethealth.sources import credentials_from, open_source\n"
    "try:\n"
    "    print(open_source(sys.argv[1], credentials=credentials_from({}, os.environ), deadline_seconds=120).title)\n"
    "except NetHealthError as problem:\n"
    "    print(type(problem).__name__)\n"
)


def run(environment: dict[str, str]) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.casefold().endswith(_OWN)}
    done = subprocess.run(
        [sys.executable, "-c", READ, SHEET_ID],
        env=clean | environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("bundle", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_service_account_reads_through_the_proxy(server: SheetsServer, tmp_path: Path, bundle: str) -> None:
    key = tmp_path / "key.json"
    key.write_text(json.dumps(server.service_account()))
    environment = server.environment(tmp_path) | {"NETHEALTH_SERVICE_ACCOUNT": str(key)}
    environment[bundle] = environment.pop("REQUESTS_CA_BUNDLE")
    assert run(environment) == "Spring Lake network"
    assert [route for route, _ in server.requests] == ["token", "metadata", "values"]
    assert server.refused_hosts == []


def test_link_reads_through_the_proxy(server: SheetsServer, tmp_path: Path) -> None:
    server.sheets[SHEET_ID].link_shared = True
    assert run(server.environment(tmp_path)) == "Spring Lake network"
    assert [route for route, _ in server.requests] == ["export"]


def test_untrusted_certificate_raises(server: SheetsServer, tmp_path: Path) -> None:
    environment = server.environment(tmp_path)
    del environment["REQUESTS_CA_BUNDLE"]
    assert run(environment) == "UntrustedCertificate"
    assert server.requests == []
