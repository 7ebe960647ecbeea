"""Communication platforms: how active members were, month by month, for each platform."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.workbook.records import PlatformMonth, Workbook

UNNAMED = "Platform"
"""The platform name for rows with a blank Platform cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformMonthMetrics:
    """One month of one platform. Everything is None in a month without data."""

    month: dt.date
    """The first day of the month."""
    members: float | None = None
    active: float | None = None
    posts: float | None = None
    replies: float | None = None
    effectiveness: float | None = None
    """The team's rating, 1 to 5."""
    facilitated: bool | None = None
    """True if the month names a facilitator; None if no month of any platform does."""
    curated: bool | None = None

    @property
    def active_share(self) -> float | None:
        """Return active members / members on the platform; None if either is missing or there are no members."""
        return _ratio(self.active, self.members)

    @property
    def posts_per_active_member(self) -> float | None:
        """Return posts / active members; None if either is missing or no one was active."""
        return _ratio(self.posts, self.active)

    @property
    def replies_per_active_member(self) -> float | None:
        """Return replies / active members; None if either is missing or no one was active."""
        return _ratio(self.replies, self.active)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSummary:
    """One platform: its latest month and every month up to it."""

    platform: str
    latest: PlatformMonthMetrics
    """The latest month with any data."""
    months: tuple[PlatformMonthMetrics, ...]
    """Every month from the first to the latest, including months without data."""

    @property
    def latest_month(self) -> dt.date:
        """Return the first day of the latest month with any data."""
        return self.latest.month

    @property
    def active_share(self) -> float | None:
        """Return the latest month's value."""
        return self.latest.active_share

    @property
    def posts_per_active_member(self) -> float | None:
        """Return the latest month's value."""
        return self.latest.posts_per_active_member

    @property
    def effectiveness(self) -> float | None:
        """Return the latest month's rating, 1 to 5."""
        return self.latest.effectiveness

    @property
    def facilitated(self) -> bool | None:
        """True if the latest month names a facilitator; None if no month of any platform does."""
        return self.latest.facilitated

    @property
    def curated(self) -> bool | None:
        """True if someone curated it in the latest month, as typed."""
        return self.latest.curated

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read, with the month as 2024-03."""
        return {
            "latest_month": f"{self.latest_month:%Y-%m}",
            "active_share": self.active_share,
            "posts_per_active_member": self.posts_per_active_member,
            "effectiveness": self.effectiveness,
            "facilitated": self.facilitated,
            "curated": self.curated,
        }


def summarize_platforms(workbook: Workbook, *, as_of: dt.date | None = None) -> tuple[PlatformSummary, ...]:
    """Summarize each platform, in workbook order, for the months up to `as_of` (by default the workbook's today).

    Future months and rows with only a month are left out. If several rows cover the same month of a platform, the last
    one counts. Names that differ only in case are one platform.
    """
    until = workbook.today if as_of is None else as_of
    names_facilitators = any(row.facilitator for row in workbook.platform)
    titles: dict[str, str] = {}
    typed: dict[str, dict[dt.date, PlatformMonthMetrics]] = {}
    for row in workbook.platform:
        month = row.month.replace(day=1)
        if month > until or _is_blank(row):
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


def _is_blank(row: PlatformMonth) -> bool:
    values = (row.members, row.active, row.posts, row.replies, row.effectiveness, row.curated)
    return not row.facilitator and all(value is None for value in values)


def _ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


_SOURCE = "the Platform tab, latest month with data"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="latest_month",
        label="Latest month",
        question="What is the latest month with data?",
        reading="The platform’s other numbers are from this month.",
        not_meaning="If it was long ago, the numbers may not describe the platform today.",
        unit=Unit.MONTH,
        undefined="the platform has no data",
        source=_SOURCE,
    ),
    Metric(
        id="active_share",
        label="Active share",
        question="What share of people on the platform were active that month?",
        reading="Active members divided by members on the platform. A steady level matters more than a peak.",
        not_meaning="People who read and never post may gain just as much.",
        unit=Unit.SHARE,
        undefined="the month lacks members or active members, or no one is on the platform",
        source=_SOURCE,
    ),
    Metric(
        id="posts_per_active_member",
        label="Posts per active member",
        question="How much does an active member post in a month?",
        reading="Posts divided by active members. A few very busy people can raise it, so check the active share too.",
        not_meaning="Many posts don’t make a good conversation. Look at replies and at what people say.",
        unit=Unit.NUMBER,
        undefined="the month lacks posts or active members, or no one was active",
        source=_SOURCE,
    ),
    Metric(
        id="effectiveness",
        label="Effectiveness",
        question="How well does the platform serve members?",
        reading="Your team’s rating for the month, 1 to 5.",
        not_meaning="The workbook doesn’t say who rated it. Agree on that, and ask the same way each time.",
        unit=Unit.NUMBER,
        undefined="the month has no rating",
        source="the Platform tab, as rated by your team from 1 to 5",
    ),
    Metric(
        id="facilitated",
        label="Facilitated",
        question="Does someone look after the conversation?",
        reading="Yes, if the month has a facilitator’s name.",
        not_meaning="A name in a cell doesn’t mean they have time for it.",
        unit=Unit.LABEL,
        undefined="no row names a facilitator",
        source=_SOURCE,
    ),
    Metric(
        id="curated",
        label="Curated",
        question="Does someone sort what people share, so others can find it again?",
        reading="Yes or no, as entered for the month.",
        not_meaning="It doesn’t judge what members share.",
        unit=Unit.LABEL,
        undefined="Curated is blank for the month",
        source=_SOURCE,
    ),
)
