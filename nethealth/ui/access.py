"""Who may see the network: decided by the address that the server listens on, and by `[access]` in the secrets.

Never by a request's headers. Where `[access]` stands it is enforced everywhere, on a loopback address too, since a
proxy may stand before the server. Whatever is unclear keeps the door closed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.logger import get_logger

from nethealth.privacy.passcodes import is_hash

__all__ = [
    "AccessState",
    "Policy",
    "Role",
    "only_sample",
    "policy",
    "policy_from",
    "providers",
    "role",
    "role_by_email",
]

HELD_PASSCODE = "_passcode_role"
"""In the session's state: the hash that this person's passcode matched."""

_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LOCAL_PART = re.compile(r"[^@\s,;<>()\"]{1,64}")
_LISTS = ("staff", "viewers")
_PASSCODES = ("staff_passcode", "viewer_passcode")


class Role(StrEnum):
    """What a person may see."""

    STAFF = "staff"
    VIEWER = "viewer"


class AccessState(StrEnum):
    """How people come in."""

    OPEN = "open"  # this machine alone: whoever is at it is staff
    SAMPLE = "sample"  # nobody said who may see the network: everybody sees the sample
    GUARDED = "guarded"  # those whom [access] names
    CLOSED = "closed"  # nobody, since what [access] says is unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Who is let in. `people` and `passcodes` hold something only where the door is guarded."""

    door: AccessState
    people: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    """E-mail addresses and domains, in small letters."""
    passcodes: Mapping[Role, str] = field(default_factory=dict)
    """Argon2 hashes; staff first."""
    signs_in: bool = False
    """Whether people can sign in by OpenID Connect."""
    reason: str = ""
    """Why the door is closed, in a sentence for whoever runs the app."""


def is_loopback(address: object) -> bool:
    """Whether a server that listens on `address` is reached from its own machine only. No address: from everywhere."""
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


def policy_from(address: object, *, section: object | None, signs_in: bool) -> Policy:
    """The policy for a server that listens on `address`, from its `[access]` section (None: there is none)."""
    if section is None:
        return Policy(door=AccessState.OPEN if is_loopback(address) else AccessState.SAMPLE)
    try:
        people, passcodes = _listed(section)
    except ValueError as unclear:
        return Policy(door=AccessState.CLOSED, reason=str(unclear))
    if not signs_in and not passcodes:
        missing = "[access] names people, but there is no [auth] section by which they could sign in."
        return Policy(door=AccessState.CLOSED, reason=missing)
    return Policy(door=AccessState.GUARDED, people=people, passcodes=passcodes, signs_in=signs_in and bool(people))


def _listed(section: object) -> tuple[dict[Role, frozenset[str]], dict[Role, str]]:
    if not isinstance(section, Mapping):
        raise ValueError("[access] is not a section.")
    unknown = sorted(str(key) for key in section if key not in (*_LISTS, *_PASSCODES))
    if unknown:
        raise ValueError(f"[access] holds {', '.join(unknown)}, which means nothing here.")
    people: dict[Role, frozenset[str]] = {}
    passcodes: dict[Role, str] = {}
    for key, someone in zip(_LISTS, (Role.STAFF, Role.VIEWER), strict=True):
        if key in section:
            people[someone] = _people(section[key], key=key)
    for key, someone in zip(_PASSCODES, (Role.STAFF, Role.VIEWER), strict=True):
        if key in section:
            if not is_hash(section[key]):
                raise ValueError(f"{key} is not a hash; `python -m nethealth passcode` makes one.")
            passcodes[someone] = section[key]
    people = {someone: named for someone, named in people.items() if named}
    if not people and not passcodes:
        raise ValueError("[access] lets nobody in: it needs viewers, staff, or a passcode.")
    return people, passcodes


def _people(listed: object, *, key: str) -> frozenset[str]:
    entries = [listed] if isinstance(listed, str) else listed
    if not isinstance(entries, list | tuple):
        raise ValueError(f"{key} must be a list of e-mail addresses and domains.")
    return frozenset(_entry(entry, key=key) for entry in entries)


def _entry(entry: object, *, key: str) -> str:
    text = _folded(entry) if isinstance(entry, str) else ""
    local, at, domain = text.rpartition("@")
    if not _DOMAIN.fullmatch(domain) or (at and local and not _LOCAL_PART.fullmatch(local)):
        raise ValueError(f"{key} holds an entry that is neither an e-mail address nor a domain such as example.org.")
    return f"{local}@{domain}" if local else domain


def _folded(address: str) -> str:
    """Without spaces around it and in small letters, the plain ones alone: `ſ` is not `s`, whoever has that mailbox."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in address.strip())


def role_by_email(policy: Policy, *, email: object, verified: object) -> Role | None:
    """The role of a signed-in address: staff before viewer; None for strangers and for addresses known as unverified.

    Where a provider says anything of `verified`, only true will do. An entry without @ is a domain and matches what
    stands after the last @, exactly: no subdomains, no endings.
    """
    if not isinstance(email, str) or not (verified is None or verified is True or str(verified).lower() == "true"):
        return None
    address = _folded(email)
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or not domain:
        return None
    for someone in (Role.STAFF, Role.VIEWER):
        named = policy.people.get(someone, frozenset())
        if address in named or domain in named:
            return someone
    return None


def policy() -> Policy:
    """The policy of this server, now."""
    address = st.get_option("server.address")
    try:
        secrets = st.secrets.to_dict()
    except StreamlitSecretNotFoundError as missing:
        if missing.error_id == "no-secrets-found":
            return policy_from(address, section=None, signs_in=False)
        return _unreadable(missing)
    except (OSError, ValueError) as unreadable:
        return _unreadable(unreadable)
    section = secrets.get("access")
    if section is not None and st.get_option("server.trustedUserHeaders"):
        reason = "server.trustedUserHeaders is set, by which any request could name itself; take it out."
        return Policy(door=AccessState.CLOSED, reason=reason)
    return policy_from(address, section=section, signs_in=isinstance(secrets.get("auth"), Mapping))


def _unreadable(error: Exception) -> Policy:
    get_logger(__name__).error("The secrets could not be read: %s", error)
    reason = "The app's secrets file could not be read. The server's log says which line."
    return Policy(door=AccessState.CLOSED, reason=reason)


def role() -> Role | None:
    """Who looks: staff, a viewer, or nobody who may (None)."""
    return role_under(policy())


def role_under(current: Policy) -> Role | None:
    """Who looks, under a policy that the caller has at hand."""
    if current.door is AccessState.OPEN:
        return Role.STAFF
    if current.door is AccessState.SAMPLE:
        return Role.VIEWER
    if current.door is AccessState.CLOSED:
        return None
    held = st.session_state.get(HELD_PASSCODE)
    by_passcode = next((someone for someone, known in current.passcodes.items() if known == held), None)
    by_email = None
    if current.signs_in and st.user.get("is_logged_in") is True:
        by_email = role_by_email(current, email=st.user.get("email"), verified=st.user.get("email_verified"))
    return Role.STAFF if Role.STAFF in (by_passcode, by_email) else by_passcode or by_email


def providers() -> tuple[str | None, ...]:
    """The ways to sign in that `[auth]` names; None stands for the one that has no name of its own."""
    auth = st.secrets.to_dict().get("auth", {})
    named = tuple(name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section)
    return (None, *named) if "client_id" in auth else named


def only_sample() -> bool:
    """Whether nothing but the sample may be shown, since nobody has said who may see the network."""
    return policy().door is AccessState.SAMPLE
