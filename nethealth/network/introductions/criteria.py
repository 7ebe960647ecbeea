"""What speaks for introducing two people: every reason, its weight and why, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.workbook.records import PersonKey

PER_PERSON = 2
"""In so many introductions of one list a person stands at most: nobody is asked to meet everybody."""
NEWCOMERS_SHARE = 1 / 3
"""At least this share of a list is for newcomers (new, or with few ties), as far as they have something in common."""
WELL_CONNECTED = 0.75
"""Whoever has more ties than this share of the members is well connected."""


class Criterion(StrEnum):
    """What speaks for an introduction, or against it."""

    INTEREST = "interest"
    ACQUAINTANCE = "acquaintance"
    GATHERING = "gathering"
    NEW = "new"
    FEW_TIES = "few ties"
    REGION = "region"
    ROLE = "role"
    FAR = "far"
    COLLEAGUES = "colleagues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One row of the table: what it is, how much it counts, and why."""

    ground: Criterion
    weight: float
    """The points it gives at most; below 0: it speaks against."""
    words: str
    counts: str
    """When it gives how much of its weight."""
    why: str
    is_common: bool = False
    """Whether it is something that the two have in common, without at least one of which nobody is suggested."""


REASONS: tuple[Reason, ...] = (
    Reason(
        ground=Criterion.INTEREST,
        weight=4,
        words="Shared interests",
        counts="Half for one tag that hardly anybody else carries, all of it for two; less, the more people carry it.",
        why="Something to talk about at once. What everybody shares tells two people nothing of each other.",
        is_common=True,
    ),
    Reason(
        ground=Criterion.ACQUAINTANCE,
        weight=3,
        words="Somebody both know",
        counts="More, the more people both know and the fewer ties those have (Adamic and Adar 2003); never the hub.",
        why="A third person can bring them together, and two who share acquaintances are likely to get on.",
        is_common=True,
    ),
    Reason(
        ground=Criterion.GATHERING,
        weight=1.5,
        words="Both came to the same gathering",
        counts="All of it, however often.",
        why="They have seen the same room, and may only have missed each other.",
        is_common=True,
    ),
    Reason(
        ground=Criterion.NEW,
        weight=1,
        words="Both are new",
        counts="All of it where both joined within the last half year.",
        why="Newcomers have the same questions, and nobody to ask them of yet.",
        is_common=True,
    ),
    Reason(
        ground=Criterion.FEW_TIES,
        weight=1.5,
        words="One of them has few ties",
        counts="All of it where one of the two has fewer than two ties; half where both have.",
        why="A first tie changes more for somebody than a twentieth, most of all one to somebody who knows others.",
    ),
    Reason(
        ground=Criterion.REGION,
        weight=1.5,
        words="From different regions",
        counts="All of it where the sheet gives both a region, and not the same.",
        why="What is known in one place travels to another by people.",
    ),
    Reason(
        ground=Criterion.ROLE,
        weight=0.5,
        words="In different roles",
        counts="All of it where the sheet gives both a role, and not the same.",
        why="They see the same work from two sides.",
    ),
    Reason(
        ground=Criterion.FAR,
        weight=1,
        words="Three or more steps apart",
        counts="All of it where, without the hub, nobody knows both.",
        why="Without help they would hardly come to meet.",
    ),
    Reason(
        ground=Criterion.COLLEAGUES,
        weight=-2,
        words="They work in the same place",
        counts="All of it where both have the same organization.",
        why="They will probably meet without you.",
    ),
)
"""Every reason, its weight and why: the one place that says so."""
BY_GROUND: Mapping[Criterion, Reason] = {reason.ground: reason for reason in REASONS}
COMMON = tuple(reason.ground for reason in REASONS if reason.is_common)
COMMON_ANYHOW = (Criterion.ACQUAINTANCE, Criterion.GATHERING)
"""What two well-connected people have in common anyhow: for them it counts nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredReason:
    """One reason as it holds for two people."""

    ground: Criterion
    points: float
    shared: tuple[str, ...] = ()
    """What they share, as typed: interests (the rarest first), or gatherings (the latest first)."""
    through: tuple[PersonKey, ...] = ()
    """Whom both know, those with the fewest ties first."""
