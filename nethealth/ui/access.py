"""Decide who may see the network: by the address that the server listens on, and by `[access]` in the secrets.

Never by a request's headers. If `[access]` exists, we enforce it everywhere, even on a loopback address, because there
may be a proxy in front of the server. If anything in it is unclear, no one gets in.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

import streamlit as st
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from nethealth.errors import AccessRevoked, UnreadableSecrets, describe_validation_error
from nethealth.privacy.passcodes import is_passcode_hash
from nethealth.privacy.private_files import data_folder
from nethealth.privacy.sign_ins import SignIn, sign_in_from, sign_ins_in
from nethealth.ui.app_secrets import app_secrets
from nethealth.ui.server.visits import current_visit

__all__ = [
    "AccessSettings",
    "AccessState",
    "Credentials",
    "Policy",
    "Role",
    "credentials",
    "https_host_of",
    "invited_as",
    "is_loopback",
    "policy",
    "policy_from",
    "providers",
    "role",
    "role_by_email",
    "role_with",
    "shows_only_sample",
    "sign_out",
    "while_allowed",
]

PASSCODE_HASH_KEY = "_passcode_role"
"""In the session's state: the hash that this visitor's passcode matched."""

_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
_LOCAL_PART = re.compile(r"[^@\s,;<>()\"]{1,64}")


def _fold_ascii(address: str) -> str:
    """Strip spaces and lower-case ASCII letters only: `ſ` is not `s`, since another person may have that mailbox."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in address.strip())


def _email_or_domain(text: str) -> str:
    local, at, domain = _fold_ascii(text).rpartition("@")
    if not _DOMAIN.fullmatch(domain) or (at and local and not _LOCAL_PART.fullmatch(local)):
        raise ValueError("has an entry that isn’t an email address or a domain such as example.org")
    return f"{local}@{domain}" if local else domain


def _as_list(value: object) -> object:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError("must be a list of texts in quotes")
    return entries


def _passcode_hash(value: object) -> object:
    if not is_passcode_hash(value):
        raise ValueError("isn’t a hash. To make one, run: python -m nethealth passcode")
    return value


def _origin(text: str) -> str:
    origin = text.strip().lower().rstrip("/")
    if not _ORIGIN.fullmatch(origin):
        raise ValueError("has an entry that isn’t an address such as https://intranet.example.org")
    return origin


_People = Annotated[frozenset[Annotated[str, AfterValidator(_email_or_domain)]], BeforeValidator(_as_list)]
_PasscodeHash = Annotated[str, BeforeValidator(_passcode_hash)]
_Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_as_list)]


class Role(StrEnum):
    """What a person may see. Someone with several roles has the first of them."""

    STAFF = "staff"
    WEAVER = "weaver"
    """Records conversations, and sees only the directory and what they recorded."""
    VIEWER = "viewer"


class AccessSettings(BaseModel):
    """The section `[access]` of the secrets."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    staff: _People = frozenset()
    weavers: _People = frozenset()
    viewers: _People = frozenset()
    staff_passcode: _PasscodeHash = ""
    weaver_passcode: _PasscodeHash = ""
    viewer_passcode: _PasscodeHash = ""
    sign_in_days: Annotated[int, Field(ge=1, le=30)] = 7
    idle_hours: Annotated[int, Field(ge=1, le=720)] = 24
    embed_in: _Origins = ()
    show_metrics: bool = False

    @model_validator(mode="after")
    def _require_someone(self) -> AccessSettings:
        if not self.people and not self.passcodes:
            raise ValueError("lets no one in. Add staff, weavers, viewers, or a passcode")
        return self

    @property
    def people(self) -> dict[Role, frozenset[str]]:
        """Email addresses and domains by role, in lower case."""
        by_role = {Role.STAFF: self.staff, Role.WEAVER: self.weavers, Role.VIEWER: self.viewers}
        return {role: entries for role, entries in by_role.items() if entries}

    @property
    def passcodes(self) -> dict[Role, str]:
        """Passcode hashes by role, in the order of `Role`."""
        by_role = {
            Role.STAFF: self.staff_passcode,
            Role.WEAVER: self.weaver_passcode,
            Role.VIEWER: self.viewer_passcode,
        }
        return {role: known for role, known in by_role.items() if known}


class AccessState(StrEnum):
    """How people get in."""

    OPEN = "open"  # only this machine can connect, and its user is staff
    SAMPLE = "sample"  # no one has said who may see the network, so everyone sees the sample
    GUARDED = "guarded"  # the people in [access]
    CLOSED = "closed"  # no one, because [access] is unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Who may come in. `people` and `passcodes` are empty unless the state is GUARDED."""

    state: AccessState
    people: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    """Email addresses and domains, in lower case."""
    passcodes: Mapping[Role, str] = field(default_factory=dict)
    """Argon2 hashes, in the order of `Role`."""
    has_auth: bool = False
    """True if people can sign in with an account (OpenID Connect)."""
    longest_sign_in: float = 0.0
    """Seconds until people have to sign in with their account again."""
    most_idle: float = 0.0
    """Seconds without a visit after which they have to."""
    embed_in: tuple[str, ...] = ()
    """Origins of other sites that may show our pages in a frame."""
    show_metrics: bool = False
    """True if anyone may read the server's metrics, such as how many people are visiting."""
    https_host: str = ""
    """The host name under which people certainly come by https."""
    reason: str = ""
    """Why the state is CLOSED, in a sentence for the person who runs the app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a visitor has shown. What it gives them depends on the policy at the time of asking."""

    passcode_hash: str = ""
    """The hash that their passcode matched."""
    email: object = None
    """The email address of their account, if they signed in with one."""
    is_email_verified: object = None
    sign_in: SignIn | None = None
    """When and how they did; None if their provider doesn't say."""


def is_loopback(address: object) -> bool:
    """True if a server on this address can only be reached from its own machine. No address means from anywhere."""
    if not isinstance(address, str):
        return False
    if address.casefold() == "localhost":
        return True
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback


def policy_from(address: object, *, section: object | None, has_auth: bool) -> Policy:
    """Return the policy of a server that listens on `address`, with this `[access]` section (None if there is none)."""
    if section is None:
        return Policy(state=AccessState.OPEN if is_loopback(address) else AccessState.SAMPLE)
    try:
        settings = AccessSettings.model_validate(section)
    except ValidationError as error:
        return Policy(state=AccessState.CLOSED, reason=describe_validation_error(error, where="[access]"))
    if not has_auth and not settings.passcodes:
        reason = "[access] lists people, but they can’t sign in without an [auth] section. Add one, or a passcode."
        return Policy(state=AccessState.CLOSED, reason=reason)
    return Policy(
        state=AccessState.GUARDED,
        people=settings.people,
        passcodes=settings.passcodes,
        has_auth=has_auth and bool(settings.people),
        longest_sign_in=settings.sign_in_days * 86_400.0,
        most_idle=settings.idle_hours * 3_600.0,
        embed_in=settings.embed_in,
        show_metrics=settings.show_metrics,
    )


def role_by_email(policy: Policy, *, email: object, verified: object) -> Role | None:
    """Return the first role of a signed-in email address; None for strangers and unverified addresses.

    If a provider says anything about `verified`, it must be true. An entry without @ is a domain and must equal what
    follows the last @: subdomains don't match.
    """
    if not isinstance(email, str) or not (verified is None or verified is True or str(verified).lower() == "true"):
        return None
    address = _fold_ascii(email)
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or not domain:
        return None
    for each in Role:
        entries = policy.people.get(each, frozenset())
        if address in entries or domain in entries:
            return each
    return None


def policy() -> Policy:
    """Return the current policy of this server."""
    address = st.get_option("server.address")
    try:
        secrets = app_secrets()
    except UnreadableSecrets as problem:
        return Policy(state=AccessState.CLOSED, reason=str(problem))
    section = secrets.get("access")
    if section is not None and st.get_option("server.trustedUserHeaders"):
        reason = "server.trustedUserHeaders is set, so any request could claim to be anyone. Remove that setting."
        return Policy(state=AccessState.CLOSED, reason=reason)
    auth = secrets.get("auth")
    found = policy_from(address, section=section, has_auth=isinstance(auth, Mapping))
    return replace(found, https_host=https_host_of(auth))


def https_host_of(auth: object) -> str:
    """Return the host name under which `[auth]` says that people come by https; empty if it says nothing."""
    uri = auth.get("redirect_uri") if isinstance(auth, Mapping) else None
    try:
        parts = urlsplit(uri if isinstance(uri, str) else "")
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme == "https" else ""


def role() -> Role | None:
    """Return the visitor's role; None if they may see nothing."""
    return role_for_policy(policy())


def role_for_policy(current: Policy) -> Role | None:
    """Return the visitor's role under this policy; None if they may see nothing."""
    visit = current_visit()
    if visit is None:
        return None
    visit.credentials = credentials()
    return role_with(current, visit.credentials)


def credentials() -> Credentials:
    """Return what the visitor has shown in this session."""
    passcode_hash = str(st.session_state.get(PASSCODE_HASH_KEY, ""))
    if not _has_accounts():
        # Whenever we ask for the account, Streamlit looks for missing secrets files, and all pages wait for each other.
        return Credentials(passcode_hash=passcode_hash)
    is_signed_in = st.user.get("is_logged_in") is True
    return Credentials(
        passcode_hash=passcode_hash,
        email=st.user.get("email") if is_signed_in else None,
        is_email_verified=st.user.get("email_verified"),
        sign_in=sign_in_from(st.user.to_dict()) if is_signed_in else None,
    )


def _has_accounts() -> bool:
    """True if people can sign in with an account."""
    try:
        return "auth" in app_secrets()
    except UnreadableSecrets:
        return False


def role_with(current: Policy, shown: Credentials) -> Role | None:
    """Return the role that these credentials give under this policy. Needs no session, so the server can ask too."""
    if current.state is AccessState.OPEN:
        return Role.STAFF
    if current.state is AccessState.SAMPLE:
        return Role.VIEWER
    if current.state is AccessState.CLOSED:
        return None
    by_passcode = next((each for each, known in current.passcodes.items() if known == shown.passcode_hash), None)
    by_email = invited_as(current, shown)
    if by_email is not None and not _is_sign_in_current(current, shown):
        by_email = None
    return next((each for each in Role if each in (by_passcode, by_email)), None)


def while_allowed(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` for a file that is made later: it makes nothing if the visitor's role has changed by then."""
    shown, drawn_for = credentials(), role()

    def make_if_allowed() -> bytes:
        if drawn_for is None or role_with(policy(), shown) is not drawn_for:
            raise AccessRevoked
        return make()

    return make_if_allowed


def invited_as(current: Policy, shown: Credentials) -> Role | None:
    """Return the role that `[access]` gives to a visitor's account, however long ago they signed in."""
    if not current.has_auth or shown.email is None:
        return None
    return role_by_email(current, email=shown.email, verified=shown.is_email_verified)


def _is_sign_in_current(current: Policy, shown: Credentials) -> bool:
    """True if a sign-in with an account still lasts. Counts as a use of it, so ask this only of people in the lists."""
    if shown.sign_in is None:
        return False
    known = sign_ins_in(data_folder())
    return known.use(shown.sign_in, longest=current.longest_sign_in, most_idle=current.most_idle)


def sign_out() -> None:
    """End the visitor's sign-in with an account, also for anyone who has copied its cookie."""
    shown = credentials()
    if shown.sign_in is not None and invited_as(policy(), shown) is not None:
        sign_ins_in(data_folder()).end(shown.sign_in)
    st.logout()


def providers() -> tuple[str | None, ...]:
    """Return the sign-in providers in `[auth]`; None stands for the one without a name."""
    auth = app_secrets().get("auth", {})
    named = tuple(name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section)
    return (None, *named) if "client_id" in auth else named


def shows_only_sample() -> bool:
    """True if visitors may see only the sample, because no one has said who may see the network."""
    return policy().state is AccessState.SAMPLE
