"""The criteria for introducing two people: points, conditions, and reasons, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.workbook.records import PersonKey

PER_PERSON = 2
"""Introductions per person in one list: no one is asked to meet everyone."""
NEWCOMERS_SHARE = 1 / 3
"""At least this share of a list is for newcomers (new, or with few ties) who have something in common with someone."""
WELL_CONNECTED = 0.75
"""People with more ties than this share of the members are well connected."""


class Criterion(StrEnum):
    """A reason for an introduction, or against it."""

    INTEREST = "interest"
    ACQUAINTANCE = "acquaintance"
    GATHERING = "gathering"
    NEW = "new"
    FEW_TIES = "few connections"
    REGION = "region"
    ROLE = "role"
    FAR = "far"
    COLLEAGUES = "colleagues"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRule:
    """How many points a criterion gives, when, and why."""

    criterion: Criterion
    points: float
    """At most; negative points count against an introduction."""
    label: str
    when: str
    why: str
    is_common: bool = False
    """True for something two people share; without at least one of these no one is suggested."""


SCORING_RULES: tuple[ScoringRule, ...] = (
    ScoringRule(
        criterion=Criterion.INTEREST,
        points=4,
        label="Shared interests",
        when="Half the points for one rare tag, all for two. Common tags count less.",
        why="It gives them something to talk about. A tag that everyone has tells us nothing.",
        is_common=True,
    ),
    ScoringRule(
        criterion=Criterion.ACQUAINTANCE,
        points=3,
        label="Someone both know",
        when="More points if they share several people, or people with few connections (Adamic and Adar 2003). "
        "The hub doesn’t count.",
        why="That person can introduce them, and they’re likely to get along.",
        is_common=True,
    ),
    ScoringRule(
        criterion=Criterion.GATHERING,
        points=1.5,
        label="Same gathering",
        when="Both came to at least one.",
        why="They’ve been in the same room but may have missed each other.",
        is_common=True,
    ),
    ScoringRule(
        criterion=Criterion.NEW,
        points=1,
        label="Both are new",
        when="Both joined in the last six months.",
        why="Newcomers have the same questions and may have no one to ask yet.",
        is_common=True,
    ),
    ScoringRule(
        criterion=Criterion.FEW_TIES,
        points=1.5,
        label="Few connections",
        when="All the points if one of them has fewer than two connections, half if both do.",
        why="A first connection matters more than a twentieth, especially with someone who knows many people.",
    ),
    ScoringRule(
        criterion=Criterion.REGION,
        points=1.5,
        label="Different regions",
        when="Both have a region, and they differ.",
        why="Ideas travel from one place to another through people.",
    ),
    ScoringRule(
        criterion=Criterion.ROLE,
        points=0.5,
        label="Different roles",
        when="Both have a role, and they differ.",
        why="They see the same work from two sides.",
    ),
    ScoringRule(
        criterion=Criterion.FAR,
        points=1,
        label="Three or more steps apart",
        when="No one outside the hub knows both.",
        why="They’re unlikely to meet without help.",
    ),
    ScoringRule(
        criterion=Criterion.COLLEAGUES,
        points=-2,
        label="Same workplace",
        when="Both have the same organization.",
        why="They’ll probably meet without you.",
    ),
)
"""Every criterion, most common ground first."""
RULES_BY_CRITERION: Mapping[Criterion, ScoringRule] = {rule.criterion: rule for rule in SCORING_RULES}
COMMON_CRITERIA = tuple(rule.criterion for rule in SCORING_RULES if rule.is_common)
EXPECTED_OF_WELL_CONNECTED = (Criterion.ACQUAINTANCE, Criterion.GATHERING)
"""What two well-connected people share anyway, so it gives them no points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredReason:
    """One criterion as it applies to two people."""

    criterion: Criterion
    points: float
    shared: tuple[str, ...] = ()
    """What they share, as typed: interests (the rarest first) or gatherings (the latest first)."""
    through: tuple[PersonKey, ...] = ()
    """People both know, those with the fewest ties first."""
