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
from nethealth.infrastructure.agreements import AgreementSummary, RegisteredAgreement, agreements
from nethealth.infrastructure.attendance import Attendance, MemberAttendance, Regularity, Turnout, attendance_by_name
from nethealth.infrastructure.disengagement import Drift, DriftingMember, drifting
from nethealth.infrastructure.engagement import EngagedPeriod, Engagement, engagement, engagement_by_period
from nethealth.infrastructure.gatherings import GatheringSummary, GatheringYear, activities, convenings
from nethealth.infrastructure.membership import by_period as _membership
from nethealth.infrastructure.membership import cohorts as _cohorts
from nethealth.infrastructure.membership import representation as _make_up
from nethealth.infrastructure.membership.by_category import GroupedMembership, GroupPeriod, membership_by_group
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
from nethealth.infrastructure.membership.categories import OTHERS, Groups, comparable_columns, groups_by
from nethealth.infrastructure.membership.cohorts import Cohort, CohortMoment, cohorts
from nethealth.infrastructure.membership.cross_column_disclosure import groups_told
from nethealth.infrastructure.membership.representation import (
    GroupShare,
    Lens,
    LensResult,
    LensShare,
    MakeUp,
    Standing,
    lenses,
    make_up,
)
from nethealth.infrastructure.participation import TookPart
from nethealth.infrastructure.periods import Period
from nethealth.infrastructure.platform import PlatformFigures, PlatformSummary, platform

MEASURES = MappingProxyType(
    {
        "membership": _membership.MEASURES,
        "engagement": _engagement.MEASURES,
        "convenings": _gatherings.CONVENING_MEASURES,
        "activities": _gatherings.ACTIVITY_MEASURES,
        "platform": _platform.MEASURES,
        "agreements": _agreements.MEASURES,
    }
)
"""The measures of each section that scripts read, by the section's name."""

PAGE_MEASURES = MappingProxyType(
    {
        "cohorts": _cohorts.MEASURES,
        "make-up": _make_up.MEASURES,
        "attendance": _attendance.MEASURES,
    }
)
"""The measures of what the page alone shows, by its subject."""

__all__ = [
    "MEASURES",
    "OTHERS",
    "PAGE_MEASURES",
    "AgreementSummary",
    "Attendance",
    "Cohort",
    "CohortMoment",
    "Departure",
    "Drift",
    "DriftingMember",
    "EngagedPeriod",
    "Engagement",
    "GatheringSummary",
    "GatheringYear",
    "GroupPeriod",
    "GroupShare",
    "GroupedMembership",
    "Groups",
    "Lens",
    "LensResult",
    "LensShare",
    "MakeUp",
    "MemberAttendance",
    "MembershipPeriod",
    "NotCounted",
    "Period",
    "PlatformFigures",
    "PlatformSummary",
    "RegisteredAgreement",
    "Regularity",
    "Standing",
    "TookPart",
    "Turnout",
    "UncountedMember",
    "activities",
    "agreements",
    "attendance_by_name",
    "cohorts",
    "comparable_columns",
    "convenings",
    "departures",
    "drifting",
    "engagement",
    "engagement_by_period",
    "groups_by",
    "groups_told",
    "lenses",
    "make_up",
    "members_not_counted",
    "members_on",
    "members_without_joined",
    "membership_by_group",
    "membership_by_period",
    "platform",
]
