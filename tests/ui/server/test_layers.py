"""A request on which the server itself fails gets a careful answer too."""

from __future__ import annotations

from starlette.requests import Request

from benchmarks.serving import run_alone
from nethealth.ui.server.layers import answer_error


def test_failure_has_the_headers_and_says_nothing_of_the_error() -> None:
    answer = run_alone(answer_error(Request({"type": "http"}), ValueError("a cell of the workbook")))
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert b"cell" not in bytes(answer.body)
