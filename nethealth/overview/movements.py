"""What moved since the last wave, survey, or year: for the better or the worse, and whether chance could explain it.

These are the rules behind the Overview page's verdict, all in one place:

- Connections per member, members in the largest component, and pairs who reach each other as directly without the hub
  are better if they rise; members without connections if they fall. A change since the wave before is clear if its 95%
  interval excludes zero, also if all had answered (`network.analysis.wave_change`).
- Agreement with an outcome is better if it rises. A change since the survey before is clear if its 95% interval
  excludes zero (`experience.change_of`).
- More members than a year ago are better: clear if chance doesn't explain that more joined than left (a sign test).
- The pace at which people leave, this year compared with the year before, and activities started in the past year,
  compared with the year before: clear if an exact test says so.

All are tested together, with a false discovery rate of 5% (Benjamini & Hochberg 1995). Density and closed triangles are
left out, since both fall when a network grows. A movement that isn't clear counts in no verdict. Members, people who
left, and activities are counts, not a sample: they did change, so we never call that chance, only too few to tell.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Final, TypeAlias

from nethealth.experience import change_of
from nethealth.experience.metrics.intervals import benjamini_hochberg
from nethealth.infrastructure import MembershipPeriod
from nethealth.metric import Unit
from nethealth.network.analysis.wave_change import AS_DIRECT_WITHOUT_HUB, WaveChange
from nethealth.network.tables.wave_changes import interval_text
from nethealth.overview.facts import Facts
from nethealth.presentation.formatting import format_date, format_value, lowercase_first, pluralize, single_line

Earlier: TypeAlias = tuple[dt.date, Mapping[str, float]]
"""An earlier day, and the numbers that were kept on it, by the ids of `nethealth.history`."""
YEAR: Final = dt.timedelta(days=365)
ALPHA: Final = 0.05
AGREE: Final = "agree: "
"""What the id of an outcome's agreement begins with among the numbers of an earlier day."""
CHANCE: Final = "could be chance"
NO_TREND: Final = "too few to tell"
"""What we say of counts in place of `CHANCE`: they are no sample, so what we count did happen."""
UNCHANGED: Final = "still"
"""How the figure of a change begins that is too small for the numbers shown."""
MIN_LEAVERS: Final = 5
"""With fewer people leaving, the pace says too little to mention."""
FASTER: Final = 1.5
"""From this many times the pace of the year before, people leaving are mentioned."""
MUCH_FASTER: Final = 2.0
PEOPLE_WHO_LEFT: Final = "People who left"
MEMBERSHIP: Final = "Membership"
CONNECTIONS: Final = "Connections per member"
_LONGEST_NAME: Final = 60
_NORMAL: Final = NormalDist()
_NETWORK: Final = {
    "average_ties": (CONNECTIONS, "members have more connections", "members have fewer connections"),
    "isolates": (
        "Members with no connections",
        "more members have no connections",
        "fewer members have no connections",
    ),
    "largest_component": (
        "Members who can reach each other, directly or through others",
        "more members can reach each other",
        "fewer members can reach each other",
    ),
    AS_DIRECT_WITHOUT_HUB: (
        "Pairs who reach each other just as directly without our staff",
        "the network depends less on our staff",
        "the network depends more on our staff",
    ),
}
"""By metric: its name, and what to say if it rose or fell."""
_SHORT_NAMES: Final = {
    AS_DIRECT_WITHOUT_HUB: "Pairs who don’t need staff",
    "largest_component": "Members who can reach each other",
}
_TAKING_PART: Final = ("more members take part", "fewer members take part")
_BETTER_IF_LOWER: Final = frozenset({"isolates"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One thing that moved, or stayed about the same."""

    page: str
    """The address of the page that shows more."""
    claim: str
    """What happened, as a clause without numbers. Names of outcomes and waves come from the workbook: escape them."""
    topic: str = ""
    """The outcome that answers are about, in quotation marks; empty if the claim isn't about answers on one."""
    name: str
    """What moved, as the beginning of a sentence that `change` completes."""
    change: str
    """How it moved: `rose from 52% to 83% since Spring 2025`."""
    title: str
    """What moved, as a short heading over `figure` and `when`."""
    figure: str
    """The change alone: `52% to 83%`, `up 21 points`."""
    when: str
    """The time that it took: `since Spring 2025`."""
    baseline: dt.date | None
    """The day that it is compared with; None if the workbook has no date for it."""
    interval: str | None
    """The 95% interval of the change, with its unit; None if there is none."""
    is_better: bool
    is_clear: bool
    """True if neither chance nor nonresponse explains it."""
    probability: float
    """How likely chance alone is to give so large a change, 0 to 1; 1 if there are too few people to say."""
    caveat: str = ""
    """What else could explain it, such as `could be chance`; empty if it is clear."""
    is_count: bool = False
    """True if it counts people or activities, so it did happen; False for answers, which vary with who gives them."""


def find_movements(facts: Facts, *, past: Earlier | None = None) -> tuple[Movement, ...]:
    """Return everything that can be compared with an earlier time, the clearest first.

    `past` are the numbers of an earlier day, for what the workbook itself no longer knows.
    """
    found = [*_network(facts), *_experience(facts), *_membership(facts), *_leaving(facts), *_emergence(facts)]
    found += _from_history(facts, past) if past is not None else []
    # Of twenty changes that are chance, one looks clear by accident, so all of them are tested together.
    still_clear = benjamini_hochberg([each.probability for each in found])
    found = [
        replace(each, is_clear=False, caveat=NO_TREND if each.is_count else CHANCE)
        if each.is_clear and not is_clear
        else each
        for each, is_clear in zip(found, still_clear, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_clear, each.probability)))


def agreement_name(outcome: str) -> str:
    """Return what we call the share of people who agree, as the beginning of a sentence."""
    return f"Agreement with statements on “{single_line(outcome, longest=_LONGEST_NAME)}”"


def _network(facts: Facts) -> list[Movement]:
    found = []
    baseline = facts.waves[-2].date if len(facts.waves) > 1 else None
    for change in facts.wave_changes:
        if change.metric not in _NETWORK or not change.difference:
            continue
        name, rose, fell = _NETWORK[change.metric]
        has_risen = change.difference > 0
        unit = Unit.NUMBER if change.metric == "average_ties" else Unit.SHARE
        interval = interval_text(change)
        if interval and unit is Unit.SHARE:
            interval += " points"
        found.append(
            Movement(
                page="connectivity",
                claim=rose if has_risen else fell,
                name=name,
                change=_from_to(change, unit, since=facts.changes_since),
                title=_SHORT_NAMES.get(change.metric, name),
                figure=_figure(change, unit),
                when=_since(facts.changes_since, "the wave before"),
                baseline=baseline,
                interval=interval,
                is_better=has_risen != (change.metric in _BETTER_IF_LOWER),
                is_clear=change.is_clear,
                probability=_two_sided(change.difference, change.margin or 0.0),
                caveat=_caveat(change),
            )
        )
    return found


def _from_to(change: WaveChange, unit: Unit, *, since: str | None) -> str:
    before, after = format_value(change.before, unit), format_value(change.after, unit)
    when = _since(since, "the wave before")
    if before == after:
        return f"stayed at {after} {when}"
    return f"{'rose' if change.difference > 0 else 'fell'} from {before} to {after} {when}"


def _figure(change: WaveChange, unit: Unit) -> str:
    before, after = format_value(change.before, unit), format_value(change.after, unit)
    return f"{UNCHANGED} {after}" if before == after else f"{before} to {after}"


def _since(name: str | None, otherwise: str) -> str:
    return f"since {single_line(name, longest=_LONGEST_NAME) if name else otherwise}"


def _caveat(change: WaveChange) -> str:
    if change.margin is None:
        return "too few people to say"
    if change.is_clear:
        return ""
    return CHANCE if change.could_be_chance else "could be missing answers"


def _experience(facts: Facts) -> list[Movement]:
    found = []
    survey = facts.latest_survey
    for outcome in survey.outcomes if survey is not None else ():
        change = change_of(outcome.outcome, facts.surveys)
        points = 0 if change is None else round(change.difference.value * 100)
        if change is None or not points:
            continue
        now = f" to {format_value(outcome.top_two, Unit.SHARE)}" if isinstance(outcome.top_two, float) else ""
        difference, topic = change.difference, f"“{single_line(outcome.outcome, longest=_LONGEST_NAME)}”"
        reach = (difference.high - difference.low) / 2
        since = _since(change.since, "the survey before")
        low, high = (f"{round(bound * 100):+d}".replace("-", "\u2212") for bound in (difference.low, difference.high))
        found.append(
            Movement(
                page="experience",
                claim=answers_claim(topic, is_better=points > 0),
                topic=topic,
                name=agreement_name(outcome.outcome),
                change=f"{'rose' if points > 0 else 'fell'} {pluralize(abs(points), 'point')}{now} {since}",
                title=topic,
                figure=f"{'up' if points > 0 else 'down'} {pluralize(abs(points), 'point')}",
                when=since,
                baseline=next((each.date for each in facts.surveys[-2::-1] if each.wave == change.since), None),
                interval=f"{low} to {high} points",
                is_better=points > 0,
                is_clear=difference.is_clear,
                probability=_two_sided(difference.value, reach),
                caveat="" if difference.is_clear else CHANCE,
            )
        )
    return found


def answers_claim(topics: str, *, is_better: bool) -> str:
    """Return that answers on one or several outcomes improved or got worse, as a clause."""
    return f"answers on {topics} {'improved' if is_better else 'got worse'}"


def _membership(facts: Facts) -> list[Movement]:
    now = facts.past_year
    if now is None or now.end == now.start:
        return []
    joined, left = now.new, now.dropped
    p = _binomial_tails(min(joined, left), joined + left, 0.5)
    return [
        Movement(
            page="infrastructure",
            claim=f"membership {'grew' if now.end > now.start else 'shrank'}",
            name=MEMBERSHIP,
            change=f"{'rose' if now.end > now.start else 'fell'} from {now.start:,} to {now.end:,} in a year",
            title=MEMBERSHIP,
            figure=f"{now.start:,} to {now.end:,}",
            when="in a year",
            baseline=now.first_day,
            interval=None,
            is_better=now.end > now.start,
            is_clear=p < ALPHA,
            probability=p,
            caveat="" if p < ALPHA else NO_TREND,
            is_count=True,
        )
    ]


def _leaving(facts: Facts) -> list[Movement]:
    """Compare the current year so far with the year before, since a year's pace is what staff plan by."""
    if len(facts.years) < 2:
        return []
    before, now = facts.years[-2:]
    if before.partial or not before.start or max(now.dropped, before.dropped) < MIN_LEAVERS:
        return []
    exposed = [_person_days(year) for year in (before, now)]
    pace = (now.dropped / exposed[1]) / (before.dropped / exposed[0]) if before.dropped else math.inf
    if 1 / FASTER < pace < FASTER:
        return []
    p = _binomial_tails(now.dropped, now.dropped + before.dropped, exposed[1] / sum(exposed))
    months = max(1, round((now.last_day - now.first_day).days / 30.4))
    when = f"in {pluralize(months, 'month')}" if now.partial else f"in {now.period}"
    return [
        Movement(
            page="infrastructure",
            claim=_leaving_claim(pace, is_clear=p < ALPHA),
            name=pluralize(now.dropped, "person", "people").capitalize(),
            change=f"left {when}, after {before.dropped:,} in all of {before.period}",
            title=PEOPLE_WHO_LEFT,
            figure=f"{now.dropped:,}",
            when=f"{when}, after {before.dropped:,} in all of {before.period}",
            baseline=before.first_day,
            interval=None,
            is_better=pace < 1,
            is_clear=p < ALPHA,
            probability=p,
            caveat="" if p < ALPHA else NO_TREND,
            is_count=True,
        )
    ]


def _leaving_claim(pace: float, *, is_clear: bool) -> str:
    far = "far " if is_clear and not 1 / MUCH_FASTER < pace < MUCH_FASTER else ""
    return f"{far}{'more' if pace > 1 else 'fewer'} people are leaving"


def _person_days(year: MembershipPeriod) -> float:
    """Return about how many days members could have left on, summed over members."""
    return max((year.start + year.end) / 2, 1) * ((year.last_day - year.first_day).days + 1)


def _emergence(facts: Facts) -> list[Movement]:
    by_year = activities_by_year(facts)
    if len(by_year) < 2 or by_year[-1] == by_year[-2]:
        return []
    before, now = by_year[-2:]
    p = _binomial_tails(min(now, before), now + before, 0.5)
    return [
        Movement(
            page="emergence",
            claim=f"members started {'more' if now > before else 'fewer'} activities",
            name=pluralize(now, "activity", "activities").capitalize(),
            change=f"started in the past year, {'up' if now > before else 'down'} from {before:,} in the year before",
            title="Activities started",
            figure=f"{before:,} to {now:,}",
            when="in a year",
            baseline=facts.as_of - YEAR,
            interval=None,
            is_better=now > before,
            is_clear=p < ALPHA,
            probability=p,
            caveat="" if p < ALPHA else NO_TREND,
            is_count=True,
        )
    ]


def activities_by_year(facts: Facts) -> tuple[int, ...]:
    """Return how many activities started in each 365 days up to today, oldest first, since the first one started.

    The time before the first one had ended a year is left out, because no one may have written activities down yet.
    """
    starts = [each.activity.started for each in facts.emergence.started if each.activity.started is not None]
    years = (facts.as_of - min(starts)) // YEAR if starts else 0
    ends = [facts.as_of - back * YEAR for back in reversed(range(years))]
    return tuple(sum(end - YEAR < start <= end for start in starts) for end in ends)


def _from_history(facts: Facts, past: Earlier) -> list[Movement]:
    """Compare with an earlier day what the workbook has no earlier time for. There is no interval without people."""
    day, numbers = past
    wave, survey, engagement = facts.latest_wave, facts.latest_survey, facts.engagement
    compared: list[tuple[str, str, tuple[str, str], float | None, float | None, Unit]] = []
    if survey is not None and len(facts.surveys) == 1:
        for outcome in survey.outcomes:
            name = agreement_name(outcome.outcome)
            claims = (f"{lowercase_first(name)} is higher", f"{lowercase_first(name)} is lower")
            share = outcome.top_two if isinstance(outcome.top_two, float) else None
            then = numbers.get(f"{AGREE}{outcome.outcome}")
            compared.append(("experience", name, claims, share, then, Unit.SHARE))
    if engagement is not None:
        share = engagement.engaged_share
        then = numbers.get("engaged_share")
        compared.append(("infrastructure", "Members who took part", _TAKING_PART, share, then, Unit.SHARE))
    if wave is not None and not facts.wave_changes:
        then = numbers.get("average_ties")
        now = wave.metrics.average_ties
        compared.append(("connectivity", CONNECTIONS, _NETWORK["average_ties"][1:], now, then, Unit.NUMBER))
    found = []
    for page, name, (rose, fell), now, then, unit in compared:
        if now is None or then is None or format_value(now, unit) == format_value(then, unit):
            continue
        has_risen = now > then
        found.append(
            Movement(
                page=page,
                claim=f"{rose if has_risen else fell} than on {format_date(day)}",
                name=name,
                change=f"{'rose' if has_risen else 'fell'} from {format_value(then, unit)} on {format_date(day)} to "
                f"{format_value(now, unit)}",
                title=name,
                figure=f"{format_value(then, unit)} to {format_value(now, unit)}",
                when=f"since {format_date(day)}",
                baseline=day,
                interval=None,
                is_better=has_risen,
                is_clear=False,
                probability=1.0,
                caveat="we can’t say how sure",
            )
        )
    return found


def _binomial_tails(count: int, of: int, probability: float) -> float:
    """Return the two-sided probability of a count at least as unlikely as this one (exact binomial test)."""
    if not of:
        return 1.0
    each = [
        math.exp(
            math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
            + k * math.log(probability) + (of - k) * math.log1p(-probability)
        )
        for k in range(of + 1)
    ]  # fmt: skip
    return min(1.0, sum(p for p in each if p <= each[count] * (1 + 1e-9)))


def _two_sided(difference: float, margin: float) -> float:
    """Return the two-sided probability of a difference whose 95% interval reaches `margin` to each side; 1 without."""
    return 2 * _NORMAL.cdf(-abs(difference) / margin * _NORMAL.inv_cdf(1 - ALPHA / 2)) if margin else 1.0
