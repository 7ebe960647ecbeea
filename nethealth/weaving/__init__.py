"""Weaving: whom the weavers talked with, what is still to be done, what became of it, and whom a call could help."""

from nethealth.weaving.log import MEASURES, Became, FollowUp, Introduction, WeavingSummary, summarize_weaving
from nethealth.weaving.outreach import QUIET_DAYS, Reach, Why, people_to_reach

__all__ = [
    "MEASURES",
    "QUIET_DAYS",
    "Became",
    "FollowUp",
    "Introduction",
    "Reach",
    "WeavingSummary",
    "Why",
    "people_to_reach",
    "summarize_weaving",
]
