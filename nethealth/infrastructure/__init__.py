"""The structure that carries a network: who belongs, who takes part, when people meet, where they talk, what holds.

Each function takes a workbook and returns a frozen result; `as_json()` of a result is what scripts read.
"""

from __future__ import annotations

from types import MappingProxyType

from nethealth.infrastructure import agreements as _agreements
from nethealth.infrastructure import attendance as _attendance
from nethealth.infrastructure import engagement as _engagement
from nethealth.infrastructure import gatherings as _gatherings
from nethealth.infrastructure import platform as _platform
from nethealth.infrastructure.agreements import AgreementSummary, RegisteredAgreement, summarize_agreements
from nethealth.infrastructure.attendance import Attendance, MemberAttendance, Regularity, Turnout, attendance_by_name
from nethealth.infrastructure.disengagement import Disengagement, DisengagingMember, find_disengaging_members
from nethealth.infrastructure.engagement import EngagedPeriod, Engagement, engagement_by_period, summarize_engagement
from nethealth.infrastructure.gatherings import (
    GatheringSummary,
    GatheringYear,
    summarize_activities,
    summarize_convenings,
)
from nethealth.infrastructure.membership import by_period as _membership
from nethealth.infrastructure.membership import cohorts as _cohorts
from nethealth.infrastructure.membership import representation as _make_up
from nethealth.infrastructure.membership.by_category import CategoryPeriod, MembershipByCategory, membership_by_category
from nethealth.infrastructure.membership.by_period import (
    Departure,
    MembershipPeriod,
    NotCounted,
    UncountedMember,
    departures,
    members_not_counted,
    members_on,
    members_without_joined,
    membership_by_period,
)
from nethealth.infrastructure.membership.categories import OTHERS, Categories, categorize, comparable_columns
from nethealth.infrastructure.membership.cohorts import Cohort, CohortMoment, summarize_cohorts
from nethealth.infrastructure.membership.cross_column_disclosure import categories_shown
from nethealth.infrastructure.membership.representation import (
    CategoryShare,
    Difference,
    GroupOutcome,
    GroupOutcomeResult,
    GroupOutcomeShare,
    Representation,
    compare_representation,
    group_outcomes,
)
from nethealth.infrastructure.participation import ParticipationKind
from nethealth.infrastructure.periods import Period
from nethealth.infrastructure.platform import PlatformMonthMetrics, PlatformSummary, summarize_platforms

METRICS = MappingProxyType(
    {
        "membership": _membership.METRICS,
        "engagement": _engagement.METRICS,
        "convenings": _gatherings.CONVENING_METRICS,
        "activities": _gatherings.ACTIVITY_METRICS,
        "platform": _platform.METRICS,
        "agreements": _agreements.METRICS,
    }
)
"""The measures of each section that scripts read, by the section's name."""

PAGE_METRICS = MappingProxyType(
    {
        "cohorts": _cohorts.METRICS,
        "make-up": _make_up.METRICS,
        "attendance": _attendance.METRICS,
    }
)
"""The measures of what the page alone shows, by its subject."""

__all__ = [
    "METRICS",
    "OTHERS",
    "PAGE_METRICS",
    "AgreementSummary",
    "Attendance",
    "Categories",
    "CategoryPeriod",
    "CategoryShare",
    "Cohort",
    "CohortMoment",
    "Departure",
    "Difference",
    "Disengagement",
    "DisengagingMember",
    "EngagedPeriod",
    "Engagement",
    "GatheringSummary",
    "GatheringYear",
    "GroupOutcome",
    "GroupOutcomeResult",
    "GroupOutcomeShare",
    "MemberAttendance",
    "MembershipByCategory",
    "MembershipPeriod",
    "NotCounted",
    "ParticipationKind",
    "Period",
    "PlatformMonthMetrics",
    "PlatformSummary",
    "RegisteredAgreement",
    "Regularity",
    "Representation",
    "Turnout",
    "UncountedMember",
    "attendance_by_name",
    "categories_shown",
    "categorize",
    "comparable_columns",
    "compare_representation",
    "departures",
    "engagement_by_period",
    "find_disengaging_members",
    "group_outcomes",
    "members_not_counted",
    "members_on",
    "members_without_joined",
    "membership_by_category",
    "membership_by_period",
    "summarize_activities",
    "summarize_agreements",
    "summarize_cohorts",
    "summarize_convenings",
    "summarize_engagement",
    "summarize_platforms",
]
