"""Members who haven't taken part lately. Staff only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.spells import dated_spells
from nethealth.infrastructure.participation import ParticipationKind, participations
from nethealth.infrastructure.periods import months_later
from nethealth.workbook.records import PersonKey, Workbook

WARNING_MONTHS = 3
"""Months before a member stops counting as engaged when we start listing them."""


class DisengagementStatus(StrEnum):
    """How a member stopped taking part, most urgent first."""

    LAPSED = "Took part before, but not lately"
    LAPSING_SOON = "Last took part almost too long ago"
    NEVER_ENGAGED = "Hasn’t taken part yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisengagingMember:
    """A member who hasn't taken part lately, or soon won't have. Staff only."""

    person: PersonKey
    name: str
    status: DisengagementStatus
    joined: dt.date
    """The first known day of membership."""
    last_seen: dt.date | None
    """The latest day the workbook names them, or None if it never does."""
    last_kind: ParticipationKind | None
    participations: int
    """Distinct days and kinds of participation up to now."""


def find_disengaging_members(workbook: Workbook, *, as_of: dt.date) -> tuple[DisengagingMember, ...]:
    """List the members on `as_of` who haven't taken part within `Engaged within months`, or soon won't have.

    First those who took part before, most recently seen first, because they are easiest to reach. Then those who will
    stop counting as engaged within three months. Last those never named, longest membership first. Members with
    `Show on map` = no are left out. Staff only.
    """
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    soon = min(months_later(since, WARNING_MONTHS), as_of)
    members = members_on(workbook, day=as_of)
    named: dict[PersonKey, set[tuple[dt.date, ParticipationKind]]] = {}
    for participation in participations(workbook):
        if participation.day <= as_of and participation.person in members:
            named.setdefault(participation.person, set()).add((participation.day, participation.kind))
    found = []
    for key in members:
        person = workbook.people[key]
        times = named.get(key, set())
        last = max(times, default=None)
        if not person.on_map or (last is not None and last[0] >= soon):
            continue
        found.append(
            DisengagingMember(
                person=key,
                name=person.name,
                status=_status(last[0] if last else None, since=since),
                joined=min(joined for joined, _ in dated_spells(person)),
                last_seen=last[0] if last else None,
                last_kind=last[1] if last else None,
                participations=len(times),
            )
        )
    order = list(DisengagementStatus)
    return tuple(
        sorted(
            found,
            key=lambda member: (
                order.index(member.status),
                -member.last_seen.toordinal() if member.last_seen else member.joined.toordinal(),
                member.name,
            ),
        )
    )


def _status(last_seen: dt.date | None, *, since: dt.date) -> DisengagementStatus:
    if last_seen is None:
        return DisengagementStatus.NEVER_ENGAGED
    return DisengagementStatus.LAPSED if last_seen < since else DisengagementStatus.LAPSING_SOON
