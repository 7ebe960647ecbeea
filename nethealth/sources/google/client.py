"""A gspread client on sessions that reach only Google, with the rights that its work needs and no more."""

from __future__ import annotations

import functools
from typing import Any, Final, NoReturn, cast

import google.auth.exceptions
import gspread
from google.auth.transport.requests import AuthorizedSession, Request
from requests import Session
from requests.adapters import BaseAdapter

from nethealth.errors import InvalidCredentials
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.hosts import CONNECT_SECONDS, READ_SECONDS, Deadline, restrict_to_google

READING: Final = "https://www.googleapis.com/auth/spreadsheets.readonly"
WRITING: Final = "https://www.googleapis.com/auth/spreadsheets"


class _TokenRequest(Request):
    """Fetches tokens and nothing else.

    In the background, google-auth copies the request to look up a "trust boundary" that Sheets doesn't use, at a host
    that we don't allow. Refusing to be copied is its documented way to opt out.
    """

    def __deepcopy__(self, _memo: object) -> NoReturn:
        raise TypeError("this request must not be copied")


class GuardedClient(gspread.HTTPClient):
    """gspread's client on sessions that reach only Google, for its requests and its tokens."""

    def __init__(
        self, auth: Any, _session: Session | None = None, *, deadline: Deadline, transport: BaseAdapter | None
    ) -> None:
        self._token_session = restrict_to_google(Session(), deadline=deadline, transport=transport)
        session = AuthorizedSession(auth, auth_request=_TokenRequest(self._token_session))  # type: ignore[no-untyped-call]
        super().__init__(auth, restrict_to_google(session, deadline=deadline, transport=transport))
        self.set_timeout((CONNECT_SECONDS, READ_SECONDS))

    def close(self) -> None:
        """Close the connections of both sessions."""
        self.session.close()
        self._token_session.close()


def open_client(
    credentials: Credentials, *, deadline: Deadline, transport: BaseAdapter | None, scope: str = READING
) -> GuardedClient:
    """Return a client for these credentials. Raises InvalidCredentials or HostNotAllowed before it sends anything."""
    factory: Any = functools.partial(GuardedClient, deadline=deadline, transport=transport)
    try:
        if credentials.service_account is not None:
            key = credentials.service_account.as_key()
            client = gspread.service_account_from_dict(key, scopes=[scope], http_client=factory)
        else:
            api_key = credentials.api_key.get_secret_value() if credentials.api_key else ""
            client = gspread.api_key(api_key, http_client=factory)
    except (ValueError, TypeError, google.auth.exceptions.GoogleAuthError):
        # google-auth's message may quote the key, so we drop it.
        raise InvalidCredentials from None
    return cast("GuardedClient", client.http_client)
