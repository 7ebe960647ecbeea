"""Weaving: whom the weavers talked with, what is still to be done, what became of it, and whom a call could help."""

from nethealth.weaving.log import (
    METRICS,
    FollowUp,
    Introduction,
    IntroductionOutcome,
    WeavingSummary,
    summarize_weaving,
)
from nethealth.weaving.outreach import QUIET_DAYS, OutreachReason, OutreachSuggestion, suggest_outreach

__all__ = [
    "METRICS",
    "QUIET_DAYS",
    "FollowUp",
    "Introduction",
    "IntroductionOutcome",
    "OutreachReason",
    "OutreachSuggestion",
    "WeavingSummary",
    "suggest_outreach",
    "summarize_weaving",
]
