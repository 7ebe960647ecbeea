"""The places where members talk between gatherings: month by month, each platform for itself, gaps shown as gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.workbook.records import PlatformMonth, Workbook

UNNAMED = "Platform"
"""What rows are filed under whose Platform cell is blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformMonthMetrics:
    """One month of one platform. A month for which nothing was typed is a gap: everything in it is None."""

    month: dt.date
    """The first day of the month."""
    members: float | None = None
    active: float | None = None
    posts: float | None = None
    replies: float | None = None
    effectiveness: float | None = None
    """As rated, 1 to 5."""
    facilitated: bool | None = None
    """Whether somebody is named as facilitator; None where no month of any platform names anyone."""
    curated: bool | None = None

    @property
    def active_share(self) -> float | None:
        """Active members / members on it; None where either is missing or nobody is on it."""
        return _ratio(self.active, self.members)

    @property
    def posts_per_active_member(self) -> float | None:
        """Posts / active members; None where either is missing or nobody was active."""
        return _ratio(self.posts, self.active)

    @property
    def replies_per_active_member(self) -> float | None:
        """Replies / active members; None where either is missing or nobody was active."""
        return _ratio(self.replies, self.active)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSummary:
    """One platform: its latest month, and the months up to it."""

    platform: str
    latest: PlatformMonthMetrics
    """The latest month for which anything was typed."""
    months: tuple[PlatformMonthMetrics, ...]
    """Every month from the first to the latest, gaps included."""

    @property
    def latest_month(self) -> dt.date:
        """The first day of the latest month for which anything was typed."""
        return self.latest.month

    @property
    def active_share(self) -> float | None:
        """Of the latest month."""
        return self.latest.active_share

    @property
    def posts_per_active_member(self) -> float | None:
        """Of the latest month."""
        return self.latest.posts_per_active_member

    @property
    def effectiveness(self) -> float | None:
        """As rated in the latest month, 1 to 5."""
        return self.latest.effectiveness

    @property
    def facilitated(self) -> bool | None:
        """Whether the latest month names a facilitator; None where the sheet never names one."""
        return self.latest.facilitated

    @property
    def curated(self) -> bool | None:
        """Whether somebody curates it, as typed for the latest month."""
        return self.latest.curated

    def as_json(self) -> dict[str, object]:
        """The form that scripts read; the month as 2024-03."""
        return {
            "latest_month": f"{self.latest_month:%Y-%m}",
            "active_share": self.active_share,
            "posts_per_active_member": self.posts_per_active_member,
            "effectiveness": self.effectiveness,
            "facilitated": self.facilitated,
            "curated": self.curated,
        }


def summarize_platforms(workbook: Workbook, *, as_of: dt.date | None = None) -> tuple[PlatformSummary, ...]:
    """One summary a platform, in the order of the sheet, of the months up to `as_of` (else the workbook's today).

    Rows for months ahead, and rows laid out with a month and nothing else, are not told. Of several rows for one month
    of one platform the last one typed counts. Names that differ in case only are one platform.
    """
    until = workbook.today if as_of is None else as_of
    names_facilitators = any(row.facilitator for row in workbook.platform)
    titles: dict[str, str] = {}
    typed: dict[str, dict[dt.date, PlatformMonthMetrics]] = {}
    for row in workbook.platform:
        month = row.month.replace(day=1)
        if month > until or _says_nothing(row):
            continue
        title = row.platform or UNNAMED
        key = title.casefold()
        titles.setdefault(key, title)
        typed.setdefault(key, {})[month] = PlatformMonthMetrics(
            month=month,
            members=row.members,
            active=row.active,
            posts=row.posts,
            replies=row.replies,
            effectiveness=row.effectiveness,
            facilitated=bool(row.facilitator) if names_facilitators else None,
            curated=row.curated,
        )
    return tuple(_summary(titles[key], months) for key, months in typed.items())


def _summary(title: str, typed: dict[dt.date, PlatformMonthMetrics]) -> PlatformSummary:
    first, last = min(typed), max(typed)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    every = (months_later(first, step) for step in range(count))
    return PlatformSummary(
        platform=title,
        latest=typed[last],
        months=tuple(typed.get(month) or PlatformMonthMetrics(month=month) for month in every),
    )


def _says_nothing(row: PlatformMonth) -> bool:
    figures = (row.members, row.active, row.posts, row.replies, row.effectiveness, row.curated)
    return not row.facilitator and all(value is None for value in figures)


def _ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


_SOURCE = "counts as kept in the sheet, of the latest month that holds any"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="latest_month",
        label="Latest month",
        question="What is the latest month we know of?",
        reading="The other figures of this platform are of this month.",
        not_meaning="It may be long ago: then it is a trace, not the state of things.",
        unit=Unit.MONTH,
        undefined="nothing is kept of the platform",
        source=_SOURCE,
    ),
    Metric(
        id="active_share",
        label="Active share",
        question="Of those on the platform, what share was active in the month?",
        reading="Active members divided by members on it. Look for a level that holds, not for a peak.",
        not_meaning="Readers who never post may gain as much as those who do.",
        unit=Unit.SHARE,
        undefined="members or active members are not kept, or nobody is on it",
        source=_SOURCE,
    ),
    Metric(
        id="posts_per_active_member",
        label="Posts per active member",
        question="How much does an active member post in a month?",
        reading="Posts divided by active members. A few very busy people raise it, so read it beside the active share.",
        not_meaning="Many posts are not good conversation: look at replies, and at what people say.",
        unit=Unit.NUMBER,
        undefined="posts or active members are not kept, or nobody was active",
        source=_SOURCE,
    ),
    Metric(
        id="effectiveness",
        label="Effectiveness",
        question="How well does the platform serve the members, as rated?",
        reading="The rating typed for the month, 1 to 5.",
        not_meaning="Whose rating it is, the sheet does not say: agree on it, and ask the same way each time.",
        unit=Unit.NUMBER,
        undefined="no rating is typed for the month",
        source="as rated by the team, 1 to 5",
    ),
    Metric(
        id="facilitated",
        label="Facilitated",
        question="Does somebody look after the conversation?",
        reading="Yes where the month names a facilitator.",
        not_meaning="A name in a cell is not yet an hour in the week.",
        unit=Unit.LABEL,
        undefined="no row of the tab names a facilitator",
        source=_SOURCE,
    ),
    Metric(
        id="curated",
        label="Curated",
        question="Does somebody sort what is shared, so that it can be found again?",
        reading="As typed for the month.",
        not_meaning="Not a judgement on what members share.",
        unit=Unit.LABEL,
        undefined="Curated is blank for the month",
        source=_SOURCE,
    ),
)
