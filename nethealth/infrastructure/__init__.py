"""The structure that carries a network: who belongs, who takes part, when people meet, where they talk, what holds.

Each function takes a workbook and returns a frozen result; `as_json()` of a result is what scripts read.
"""

from __future__ import annotations

from types import MappingProxyType

from nethealth.infrastructure import agreements as _agreements
from nethealth.infrastructure import engagement as _engagement
from nethealth.infrastructure import gatherings as _gatherings
from nethealth.infrastructure import membership as _membership
from nethealth.infrastructure import platform as _platform
from nethealth.infrastructure.agreements import AgreementSummary, RegisteredAgreement, agreements
from nethealth.infrastructure.engagement import Engagement, TookPart, engagement
from nethealth.infrastructure.gatherings import GatheringSummary, GatheringYear, activities, convenings
from nethealth.infrastructure.membership import (
    Departure,
    MembershipPeriod,
    departures,
    members_on,
    members_without_joined,
    membership_by_period,
)
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

__all__ = [
    "MEASURES",
    "AgreementSummary",
    "Departure",
    "Engagement",
    "GatheringSummary",
    "GatheringYear",
    "MembershipPeriod",
    "Period",
    "PlatformFigures",
    "PlatformSummary",
    "RegisteredAgreement",
    "TookPart",
    "activities",
    "agreements",
    "convenings",
    "departures",
    "engagement",
    "members_on",
    "members_without_joined",
    "membership_by_period",
    "platform",
]
