"""Who is drifting away: members who took part in something and have not for a while. For staff alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.spells import dated_spells
from nethealth.infrastructure.participation import ParticipationKind, participations
from nethealth.infrastructure.periods import months_later
from nethealth.workbook.records import PersonKey, Workbook

SOON = 3
"""So many months before somebody would no longer count as engaged, they are worth a thought."""


class Disengagement(StrEnum):
    """Where a member stands who needs a thought, the most pressing first."""

    DRIFTING = "Took part before, not lately"
    SOON = "Soon out of sight"
    NOT_YET = "Not seen in anything yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisengagingMember:
    """A member worth a call. Staff only."""

    person: PersonKey
    name: str
    drift: Disengagement
    joined: dt.date
    """The first day inside that is known."""
    last_seen: dt.date | None
    """The last day on which the workbook names them; None where it never does."""
    last_way: ParticipationKind | None
    occasions: int
    """On how many days, in how many ways, they are named up to now."""


def find_disengaging_members(workbook: Workbook, *, as_of: dt.date) -> tuple[DisengagingMember, ...]:
    """The members on `as_of` who have not taken part within the months that are set (see `engagement`), or will soon
    not have: who took part before, the latest seen first, since they are the easiest to reach; who will be out of sight
    in under three months; who was never named, the longest inside first.

    Whoever is not to be listed (`Show on map` = no) is not in it. Staff only.
    """
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    soon = min(months_later(since, SOON), as_of)
    inside = members_on(workbook, day=as_of)
    seen: dict[PersonKey, set[tuple[dt.date, ParticipationKind]]] = {}
    for occasion in participations(workbook):
        if occasion.day <= as_of and occasion.person in inside:
            seen.setdefault(occasion.person, set()).add((occasion.day, occasion.way))
    found = []
    for key in inside:
        person = workbook.people[key]
        named = seen.get(key, set())
        last = max(named, default=None)
        if not person.on_map or (last is not None and last[0] >= soon):
            continue
        found.append(
            DisengagingMember(
                person=key,
                name=person.name,
                drift=Disengagement.NOT_YET
                if last is None
                else Disengagement.DRIFTING
                if last[0] < since
                else Disengagement.SOON,
                joined=min(joined for joined, _ in dated_spells(person)),
                last_seen=last[0] if last else None,
                last_way=last[1] if last else None,
                occasions=len(named),
            )
        )
    order = list(Disengagement)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.drift),
                -one.last_seen.toordinal() if one.last_seen else one.joined.toordinal(),
                one.name,
            ),
        )
    )
