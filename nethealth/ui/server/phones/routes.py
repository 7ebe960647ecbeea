"""The requests of phones. They wait for the database in threads of their own, so no page waits for them."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from nethealth.contributions.opening import app_journal
from nethealth.errors import InvalidJournal, JournalUnavailable, UnreadableSecrets
from nethealth.live.codes import new_phone_secret, read_code
from nethealth.live.phone_words import LANGUAGES, phone_words, preferred_language
from nethealth.live.store import LiveSessions
from nethealth.privacy.sign_in_attempts.addresses import network_of
from nethealth.ui.access import is_loopback
from nethealth.ui.app_secrets import app_secrets
from nethealth.ui.server.phones.address import join_path, serving
from nethealth.ui.server.phones.desk import PhoneDesk, Reply
from nethealth.ui.server.phones.limits import PhoneLimits
from nethealth.ui.server.phones.page import code_page, content_policy, phone_page

T = TypeVar("T")

PHONE_HEADER: Final = "X-Phone"
"""A header, since other sites can't send it with a visitor's browser."""
LONGEST_BODY: Final = 16 * 1024
THREADS: Final = 16
"""Answers that are written at the same time share one wait for the disk."""
MOST_WAITING: Final = 1_000
"""Requests that wait for a thread. Others are asked to come back."""
RETRY_SPREAD: Final = 5


def live_sessions() -> LiveSessions:
    """Return the live sessions in the app's database. Raises JournalUnavailable if the secrets are wrong about it."""
    try:
        return LiveSessions(app_journal(app_secrets()).database)
    except (InvalidJournal, UnreadableSecrets) as error:
        raise JournalUnavailable(error.message, error.remedy) from error


desk = PhoneDesk(live_sessions, PhoneLimits())
"""Shared by all requests of the process."""


def phone_routes() -> list[Route]:
    """Return the routes of the phones' page, for `st.App`."""
    serving.is_on = True
    own = join_path()
    one = own + "/{code}"
    return [
        Route(own, _type_code),
        Route(f"{own}/", _type_code),
        Route(one, _page),
        Route(f"{one}/phone", _join, methods=["POST"]),
        Route(f"{one}/state", _state),
        Route(f"{one}/people", _people),
        Route(f"{one}/answers", _answers, methods=["POST"]),
    ]


async def _type_code(request: Request) -> Response:
    typed, language = request.query_params.get("code", ""), _language(request)
    action = "./" if request.url.path.endswith("/") else "join"
    if code := read_code(typed):
        folder = "" if request.url.path.endswith("/") else "join/"
        chosen = f"?language={language}" if "language" in request.query_params else ""
        return RedirectResponse(f"{folder}{code}{chosen}", status_code=303, headers=_page_headers())
    note = phone_words(language)["wrong_code"] if typed else ""
    return _html(code_page(language=language, action=action, note=note), status=404 if typed else 200)


async def _page(request: Request) -> Response:
    reply = await _in_thread(desk.look, request.path_params["code"], place=_place(request))
    language = _language(request)
    if reply.status == 200:
        code = read_code(request.path_params["code"]) or ""
        return _html(phone_page(language=language, code=code, secret=new_phone_secret(), session=reply.data))
    wait = int(reply.data.get("wait", 0))
    name = "too_many" if reply.data["state"] == "wait" else "trouble" if wait else "wrong_code"
    note = phone_words(language)[name].format(seconds=wait)
    # Those who scanned the right code get in by themselves, and not all at the same moment.
    again = wait + random.randint(1, RETRY_SPREAD) if wait else 0  # noqa: S311  # no secret
    page = code_page(language=language, action="../join", note=note, retry_seconds=again)
    return _html(page, status=reply.status)


async def _join(request: Request) -> Response:
    async def join() -> Reply:
        await _body(request)
        return await _in_thread(partial(desk.join, **_who(request)))

    return await _json(join)


async def _state(request: Request) -> Response:
    return await _json(lambda: _in_thread(partial(desk.state, **_who(request))))


async def _people(request: Request) -> Response:
    search = request.query_params.get("search")
    return await _json(lambda: _in_thread(partial(desk.people, **_who(request), search=search)))


async def _answers(request: Request) -> Response:
    async def take() -> Reply:
        body = await _body(request)
        return await _in_thread(partial(desk.take, **_who(request), body=body))

    return await _json(take)


class _BadRequest(Exception):
    """A request that no page of ours sends."""

    def __init__(self, status: int) -> None:
        self.status = status


async def _body(request: Request) -> object:
    """Return the JSON that a request brings. Raises _BadRequest if it's anything else, or too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _BadRequest(415)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise _BadRequest(413)
    try:
        return json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise _BadRequest(400) from None


async def _json(work: Callable[[], Awaitable[Reply]]) -> Response:
    try:
        reply = await work()
    except _BadRequest as bad:
        reply = Reply(bad.status, {"state": "invalid"})
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    if wait := reply.data.get("wait"):
        headers["Retry-After"] = str(wait)
    return JSONResponse(reply.data, status_code=reply.status, headers=headers)


def _html(page: str, *, status: int = 200) -> Response:
    return HTMLResponse(page, status_code=status, headers=_page_headers())


def _page_headers() -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": content_policy(),
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
        "X-Frame-Options": "DENY",
    }


def _who(request: Request) -> dict[str, Any]:
    secret = request.headers.get(PHONE_HEADER, "")
    return {"code": request.path_params["code"], "place": _place(request), "secret": secret}


def _place(request: Request) -> str | None:
    """Return the network address that a request comes from; None if a proxy on this machine doesn't pass it on."""
    host = request.client.host if request.client is not None else None
    return None if host is None or is_loopback(host) else network_of(host)


def _language(request: Request) -> str:
    chosen = request.query_params.get("language", "")
    return chosen if chosen in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


class _Waiting:
    count = 0


async def _in_thread(work: Callable[..., Reply], *args: Any, **named: Any) -> Reply:
    if _Waiting.count >= MOST_WAITING:
        return Reply(503, {"state": "busy", "wait": RETRY_SPREAD})
    _Waiting.count += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads(), partial(work, *args, **named))
    finally:
        _Waiting.count -= 1


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="phones")
