"""Every number that the Overview page needs, gathered once from the domains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nethealth import experience, infrastructure, weaving
from nethealth.emergence import metrics as emergence
from nethealth.network.analysis.wave_change import WaveChange, compare_metrics
from nethealth.network.analysis.wave_metrics import WaveMetrics, metrics_by_wave, metrics_without_hub
from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.workbook.records import Workbook
from nethealth.workbook.tab_reading import TabReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One workbook on one day, as each domain summarizes it."""

    as_of: dt.date
    waves: tuple[WaveMetrics, ...]
    """Waves of relationships, oldest first; empty if there are no ties in any."""
    wave_changes: tuple[WaveChange, ...]
    """How the metrics changed from the wave before the latest one; empty if there is none."""
    changes_since: str | None
    """The name of that wave before."""
    without_hub: NetworkMetrics | None
    surveys: tuple[experience.WaveExperience, ...]
    """Surveys with answers, oldest first."""
    years: tuple[infrastructure.MembershipPeriod, ...]
    quarters: tuple[infrastructure.MembershipPeriod, ...]
    past_year: infrastructure.MembershipPeriod | None
    """The 365 days up to `as_of`, whatever the fiscal year; None if no one had joined before them."""
    engagement: infrastructure.Engagement | None
    """None where it would mislead: for viewers, whose workbook has no conversations and no names of respondents, and
    while no record names anyone."""
    convenings: infrastructure.GatheringSummary
    activities: infrastructure.GatheringSummary
    members: int
    """People in the workbook, with or without dates."""
    agreements: infrastructure.AgreementSummary
    emergence: emergence.Emergence
    weaving: weaving.WeavingSummary
    promises_overdue: int
    """Promises to act on feedback (the Actions tab) that are past due and not done."""
    skipped: int
    """Rows and values that could not be read; 0 for viewers, whose workbook has no problems."""
    most_skipped_tab: TabReading | None
    """The tab with the largest share of rows that could not be read; None if every row could."""
    unreadable_tabs: frozenset[str]
    """Tabs with rows of which none could be read; empty for viewers, who can't fix them."""
    unknown_tabs: int
    """Tabs that we left alone because we don't know what they hold; 0 for viewers."""
    platform_months: int
    reflections: int

    @property
    def latest_wave(self) -> WaveMetrics | None:
        """Return the last wave of relationships; None if there are no ties in any."""
        return self.waves[-1] if self.waves else None

    @property
    def latest_survey(self) -> experience.WaveExperience | None:
        """Return the last survey with answers; None if there is none."""
        return self.surveys[-1] if self.surveys else None


def gather_facts(workbook: Workbook, *, as_of: dt.date, for_staff: bool = True) -> Facts:
    """Return what the Overview page needs to know about a workbook on a day."""
    engagement = infrastructure.summarize_engagement(workbook, as_of=as_of) if for_staff else None
    waves = tuple(wave for wave in metrics_by_wave(workbook) if _has_begun(wave.date, as_of))
    has_ties = any(wave.metrics.ties for wave in waves)
    return Facts(
        as_of=as_of,
        waves=waves if has_ties else (),
        wave_changes=_wave_changes(workbook, waves) if has_ties else (),
        changes_since=waves[-2].wave if has_ties and len(waves) > 1 else None,
        without_hub=metrics_without_hub(workbook, wave=waves[-1].wave) if has_ties else None,
        surveys=tuple(survey for survey in experience.summarize_experience(workbook) if not survey.is_empty),
        years=infrastructure.membership_by_period(workbook, period=infrastructure.Period.YEAR, as_of=as_of),
        quarters=infrastructure.membership_by_period(workbook, period=infrastructure.Period.QUARTER, as_of=as_of),
        past_year=infrastructure.membership_in_past_year(workbook, as_of=as_of),
        engagement=engagement if engagement is not None and engagement.engaged else None,
        convenings=infrastructure.summarize_convenings(workbook, as_of=as_of),
        activities=infrastructure.summarize_activities(workbook, as_of=as_of),
        members=len(workbook.members),
        agreements=infrastructure.summarize_agreements(workbook, as_of=as_of),
        emergence=emergence.summarize_emergence(workbook, as_of=as_of),
        weaving=weaving.summarize_weaving(workbook, as_of=as_of),
        promises_overdue=sum(
            promise.status is experience.PromiseStatus.OVERDUE
            for promise in experience.promises(workbook, as_of=as_of, for_staff=for_staff)
        ),
        skipped=sum(problem.severity == "error" for problem in workbook.problems)
        + sum(more.count for more in workbook.unlisted if more.severity == "error"),
        most_skipped_tab=max(
            (tab for tab in workbook.tabs if tab.rejected), key=lambda tab: tab.rejected / tab.rows, default=None
        ),
        unreadable_tabs=frozenset(tab.tab for tab in workbook.tabs if for_staff and tab.rows and not tab.accepted),
        unknown_tabs=sum(each.header is None for each in workbook.left_alone) if for_staff else 0,
        platform_months=len(workbook.platform),
        reflections=len(workbook.mindset),
    )


def _wave_changes(workbook: Workbook, waves: Sequence[WaveMetrics]) -> tuple[WaveChange, ...]:
    if len(waves) < 2:
        return ()
    before, after = (network_at(workbook, wave=wave.wave) for wave in waves[-2:])
    return compare_metrics(before, after, hub=workbook.hub)


def _has_begun(day: dt.date | None, as_of: dt.date) -> bool:
    return day is None or day <= as_of
