"""Collaborative infrastructure: membership, participation, gatherings, platforms, agreements, and representation.

Each function takes a workbook and returns a frozen result; its `as_json()` returns what scripts read.
"""

from __future__ import annotations

from types import MappingProxyType

from nethealth.infrastructure import agreements as _agreements
from nethealth.infrastructure import attendance as _attendance
from nethealth.infrastructure import engagement as _engagement
from nethealth.infrastructure import gatherings as _gatherings
from nethealth.infrastructure import platform as _platform
from nethealth.infrastructure.agreements import AgreementSummary, RegisteredAgreement, summarize_agreements
from nethealth.infrastructure.attendance import (
    Attendance,
    MemberAttendance,
    Regularity,
    Turnout,
    summarize_attendance,
)
from nethealth.infrastructure.disengagement import DisengagementStatus, DisengagingMember, find_disengaging_members
from nethealth.infrastructure.engagement import EngagedPeriod, Engagement, engagement_by_period, summarize_engagement
from nethealth.infrastructure.gatherings import (
    GatheringKind,
    GatheringSummary,
    GatheringYear,
    summarize_activities,
    summarize_convenings,
    summarize_gatherings,
)
from nethealth.infrastructure.membership import by_period as _membership
from nethealth.infrastructure.membership import cohorts as _cohorts
from nethealth.infrastructure.membership import representation as _representation
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
    membership_in_past_year,
)
from nethealth.infrastructure.membership.categories import (
    OTHERS,
    Categories,
    categorize,
    comparable_columns,
    count_left_out,
)
from nethealth.infrastructure.membership.cohorts import Cohort, CohortMoment, summarize_cohorts
from nethealth.infrastructure.membership.cross_column_disclosure import categories_shown
from nethealth.infrastructure.membership.representation import (
    CategoryOutcome,
    CategoryOutcomeShare,
    CategoryShare,
    IntervalPosition,
    OutcomeByCategory,
    Representation,
    compare_outcomes,
    compare_representation,
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
"""The metrics that scripts read, by section."""

PAGE_METRICS = MappingProxyType(
    {
        "cohorts": _cohorts.METRICS,
        "representation": _representation.METRICS,
        "attendance": _attendance.METRICS,
    }
)
"""The metrics that only the page shows, by subject."""

__all__ = [
    "METRICS",
    "OTHERS",
    "PAGE_METRICS",
    "AgreementSummary",
    "Attendance",
    "Categories",
    "CategoryOutcome",
    "CategoryOutcomeShare",
    "CategoryPeriod",
    "CategoryShare",
    "Cohort",
    "CohortMoment",
    "Departure",
    "DisengagementStatus",
    "DisengagingMember",
    "EngagedPeriod",
    "Engagement",
    "GatheringKind",
    "GatheringSummary",
    "GatheringYear",
    "IntervalPosition",
    "MemberAttendance",
    "MembershipByCategory",
    "MembershipPeriod",
    "NotCounted",
    "OutcomeByCategory",
    "ParticipationKind",
    "Period",
    "PlatformMonthMetrics",
    "PlatformSummary",
    "RegisteredAgreement",
    "Regularity",
    "Representation",
    "Turnout",
    "UncountedMember",
    "categories_shown",
    "categorize",
    "comparable_columns",
    "compare_outcomes",
    "compare_representation",
    "count_left_out",
    "departures",
    "engagement_by_period",
    "find_disengaging_members",
    "members_not_counted",
    "members_on",
    "members_without_joined",
    "membership_by_category",
    "membership_by_period",
    "membership_in_past_year",
    "summarize_activities",
    "summarize_agreements",
    "summarize_attendance",
    "summarize_cohorts",
    "summarize_convenings",
    "summarize_engagement",
    "summarize_gatherings",
    "summarize_platforms",
]
