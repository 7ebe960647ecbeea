"""Weaving: conversations with members, follow-ups, introductions and their outcomes, and who to talk with next."""

from nethealth.weaving.log import (
    METRICS,
    FollowUp,
    Introduction,
    IntroductionOutcome,
    WeavingSummary,
    summarize_weaving,
)
from nethealth.weaving.outreach import RECENT_DAYS, OutreachReason, OutreachSuggestion, suggest_outreach

__all__ = [
    "METRICS",
    "RECENT_DAYS",
    "FollowUp",
    "Introduction",
    "IntroductionOutcome",
    "OutreachReason",
    "OutreachSuggestion",
    "WeavingSummary",
    "suggest_outreach",
    "summarize_weaving",
]
