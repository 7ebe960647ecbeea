"""Every figure that the overview speaks of, gathered once from the domains."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nethealth import experience, infrastructure, network, weaving
from nethealth.emergence import metrics as emergence
from nethealth.workbook.records import TabReading, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One workbook on one day, as each domain sums it up."""

    as_of: dt.date
    waves: tuple[network.WaveMetrics, ...]
    """Waves of relationships, oldest first; empty where nobody's ties are known."""
    without_hub: network.NetworkMetrics | None
    surveys: tuple[experience.WaveExperience, ...]
    """Surveys that somebody answered, oldest first."""
    years: tuple[infrastructure.MembershipPeriod, ...]
    quarters: tuple[infrastructure.MembershipPeriod, ...]
    engagement: infrastructure.Engagement | None
    """None where it would mislead: for viewers, whose workbook lacks talks and who answered, and where nothing that
    is kept names anybody yet."""
    convenings: infrastructure.GatheringSummary
    activities: infrastructure.GatheringSummary
    members: int
    """People in the workbook, with or without dates."""
    agreements: infrastructure.AgreementSummary
    emergence: emergence.Emergence
    weaving: weaving.WeavingSummary
    promises_overdue: int
    """Of what members said and staff promised to act on (the Actions tab): past its day and not done."""
    left_out: int
    """Rows and values of the sheet that could not be used; 0 for viewers, who have no problems in their workbook."""
    most_left_out: TabReading | None
    """The tab of which the largest share of rows could not be used; None where every row could."""
    unread: frozenset[str]
    """Tabs that hold rows of which none could be used; empty for viewers, who can't mend them."""
    platform_months: int
    reflections: int

    @property
    def latest_wave(self) -> network.WaveMetrics | None:
        """The last wave of relationships, if anybody is tied in any."""
        return self.waves[-1] if self.waves else None

    @property
    def latest_survey(self) -> experience.WaveExperience | None:
        """The last survey that somebody answered."""
        return self.surveys[-1] if self.surveys else None


def facts_of(workbook: Workbook, *, as_of: dt.date, for_staff: bool = True) -> Facts:
    """What the overview needs to know of a workbook on a day."""
    engaged = infrastructure.summarize_engagement(workbook, as_of=as_of) if for_staff else None
    waves = tuple(wave for wave in network.metrics_by_wave(workbook) if _has_begun(wave.date, as_of))
    has_ties = any(wave.figures.ties for wave in waves)
    return Facts(
        as_of=as_of,
        waves=waves if has_ties else (),
        without_hub=network.without_hub(workbook, wave=waves[-1].wave) if has_ties else None,
        surveys=tuple(survey for survey in experience.summarize_experience(workbook) if not survey.is_empty),
        years=infrastructure.membership_by_period(workbook, period=infrastructure.Period.YEAR, as_of=as_of),
        quarters=infrastructure.membership_by_period(workbook, period=infrastructure.Period.QUARTER, as_of=as_of),
        engagement=engaged if engaged is not None and engaged.engaged else None,
        convenings=infrastructure.summarize_convenings(workbook, as_of=as_of),
        activities=infrastructure.summarize_activities(workbook, as_of=as_of),
        members=len(workbook.members),
        agreements=infrastructure.summarize_agreements(workbook, as_of=as_of),
        emergence=emergence.summarize_emergence(workbook, as_of=as_of),
        weaving=weaving.summarize_weaving(workbook, as_of=as_of),
        promises_overdue=sum(
            promise.standing is experience.PromiseStatus.OVERDUE
            for promise in experience.promises(workbook, as_of=as_of, for_staff=for_staff)
        ),
        left_out=sum(problem.severity == "error" for problem in workbook.problems)
        + sum(more.count for more in workbook.unlisted if more.severity == "error"),
        most_left_out=max(
            (tab for tab in workbook.tabs if tab.rejected), key=lambda tab: tab.rejected / tab.rows, default=None
        ),
        unread=frozenset(tab.tab for tab in workbook.tabs if for_staff and tab.rows and not tab.accepted),
        platform_months=len(workbook.platform),
        reflections=len(workbook.mindset),
    )


def _has_begun(day: dt.date | None, as_of: dt.date) -> bool:
    return day is None or day <= as_of
