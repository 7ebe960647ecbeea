"""The four domains on the Overview page: a finding each, one large number, how it changed, and a few details."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from nethealth.experience import OutcomeResults, change_of
from nethealth.metric import Unit
from nethealth.overview.facts import Facts
from nethealth.overview.movements import CONNECTIONS, activities_by_year, agreement_name, find_movements
from nethealth.overview.next_steps import LONGEST_WAVE_NAME
from nethealth.presentation.formatting import format_value, lowercase_first, pluralize, single_line
from nethealth.privacy.suppression import TooFew

TREND_POINTS = 12
"""The most points that a trend shows."""
POINTS_NAMED = 3
"""Up to this many values of a trend are its scale; of more, the first and the last."""
LONGEST_ACTIVITY_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainCard:
    """One domain in brief. All text is ours, except for names of outcomes, waves, and activities: escape it."""

    domain: str
    page: str
    """The address of the domain's page."""
    finding: str
    value: str
    """The large number, formatted."""
    value_label: str
    details: tuple[tuple[str, str], ...] = ()
    """A few more numbers: label and formatted value."""
    note: str | None = None
    """How the large number changed, or what else to know first; None if there is nothing to say."""
    trend: tuple[float | None, ...] = ()
    """How a number moved, oldest first: the large one, or what happened per year."""
    trend_label: str = ""
    """The scale of the trend: its values, or the first and the last, and what each is. Empty without two known ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyCard:
    """A domain that the workbook has no data on yet."""

    domain: str
    page: str
    question: str


EMPTY_CARDS = (
    EmptyCard(domain="Connectivity", page="connectivity", question="Who is connected to whom?"),
    EmptyCard(domain="Participant experience", page="experience", question="What do people gain from membership?"),
    EmptyCard(
        domain="Collaborative infrastructure", page="infrastructure", question="Who belongs, and how do we meet?"
    ),
    EmptyCard(domain="Emergent activity", page="emergence", question="What are members starting together?"),
)
"""The four domains in the framework's order, as shown before they have data."""


def with_empty_cards(cards: Iterable[DomainCard]) -> tuple[DomainCard | EmptyCard, ...]:
    """Return one card per domain, an empty one where there is no data; nothing at all if no domain has data."""
    by_page = {card.page: card for card in cards}
    return tuple(by_page.get(empty.page, empty) for empty in EMPTY_CARDS) if by_page else ()


def domain_cards(facts: Facts) -> tuple[DomainCard, ...]:
    """Return a card for each domain with data, in the framework's order."""
    cards = (_connectivity(facts), _experience(facts), _infrastructure(facts), _emergence(facts))
    return tuple(card for card in cards if card is not None)


def _connectivity(facts: Facts) -> DomainCard | None:
    wave = facts.latest_wave
    if wave is None or not wave.metrics.members:
        return None
    now = wave.metrics
    largest = "All" if now.largest_component == now.members else f"{now.largest_component:,} of"
    today = facts.years[-1].end if facts.years else now.members
    # The page also has the members of today: two counts that differ need a reason.
    members = f"{now.members:,} members" + (" at the time" if wave.wave and today != now.members else "")
    finding = f"{largest} {members} could reach each other, directly or through others."
    if wave.wave and len(wave.wave) <= LONGEST_WAVE_NAME:
        finding = f"In {wave.wave}, {lowercase_first(finding)}"
    details = [("with no connections yet", format_value(now.isolates, Unit.COUNT))] if now.isolates else []
    if wave.new_ties is not None:
        details.append(("new connections since the wave before", format_value(wave.new_ties, Unit.COUNT)))
    before = facts.waves[-2] if len(facts.waves) > 1 else None
    change = None
    if before is not None and before.metrics.average_ties is not None and now.average_ties is not None:
        change = _changed_from(before.metrics.average_ties, now.average_ties, wave=before.wave)
        change += "" if change.startswith("the same") else _caveat(facts, page="connectivity", name=CONNECTIONS)
    return DomainCard(
        domain="Connectivity",
        page="connectivity",
        finding=finding,
        value=format_value(now.average_ties, Unit.NUMBER),
        value_label="connections per member",
        details=tuple(details),
        note=change,
        **_trend((each.metrics.average_ties for each in facts.waves), Unit.NUMBER, "by wave"),
    )


def _experience(facts: Facts) -> DomainCard | None:
    survey = facts.latest_survey
    if survey is None:
        return None
    response_rate = ("response rate", format_value(survey.response_rate, Unit.SHARE))
    ranked = sorted(
        (outcome for outcome in survey.outcomes if isinstance(outcome.top_two, float)),
        key=lambda outcome: -_agreement(outcome),
    )
    if not ranked:
        hidden = any(isinstance(outcome.top_two, TooFew) for outcome in survey.outcomes)
        return DomainCard(
            domain="Participant experience",
            page="experience",
            finding="Results are hidden because too few people answered."
            if hidden
            else "We have answers, but no question is matched to an outcome yet.",
            value=format_value(survey.responses, Unit.COUNT),
            value_label="answered",
            details=(response_rate,),
        )
    best, lowest = ranked[0], ranked[-1]
    details = [response_rate]
    if lowest is best:
        finding = f"Members answered statements on “{best.outcome}.”"
    elif _agreement(lowest) == _agreement(best):
        finding = "Members agree equally on every outcome."
    else:
        finding = f"Members agree most with statements on “{best.outcome}.”"
        details.insert(0, (f"agree on “{lowest.outcome},” the lowest", format_value(lowest.top_two, Unit.SHARE)))
    change = None
    outcome_change = change_of(best.outcome, facts.surveys)
    if outcome_change is not None:
        change = _points_since(outcome_change.difference.value, since=outcome_change.since)
        change += _caveat(facts, page="experience", name=agreement_name(best.outcome))
    trend = [
        next((outcome.top_two for outcome in wave.outcomes if outcome.outcome == best.outcome), None)
        for wave in facts.surveys
    ]
    return DomainCard(
        domain="Participant experience",
        page="experience",
        finding=finding,
        value=format_value(best.top_two, Unit.SHARE),
        value_label="agree",
        details=tuple(details),
        note=change,
        **_trend((value if isinstance(value, float) else None for value in trend), Unit.SHARE, "by survey"),
    )


def _infrastructure(facts: Facts) -> DomainCard | None:
    convenings = facts.convenings
    if not facts.years and convenings.is_empty:
        return None
    cadence = ("days between convenings", format_value(convenings.cadence_days, Unit.COUNT))
    details = [] if convenings.days_since_last is None else [_last_convening(convenings.days_since_last)]
    if not facts.years:
        return DomainCard(
            domain="Collaborative infrastructure",
            page="infrastructure",
            finding="We know your convenings, but not when members joined.",
            value=format_value(convenings.count, Unit.COUNT),
            value_label="convening" if convenings.count == 1 else "convenings",
            details=(*details, cadence, ("average attendance", format_value(convenings.attendance, Unit.SHARE))),
            **_trend((year.count for year in convenings.by_year.values()), Unit.COUNT, "by year"),
        )
    details += [cadence] if convenings.cadence_days is not None else []
    if facts.engagement is not None:
        months = pluralize(facts.engagement.within_months, "month")
        details.insert(0, (f"active in the last {months}", format_value(facts.engagement.engaged_share, Unit.SHARE)))
    year = facts.years[-1]
    when = f"in {year.period} so far" if year.partial else f"in {year.period}"
    joined = f"{pluralize(year.new, 'person', 'people')} joined" if year.new else "No one joined"
    left = f"{year.dropped:,} left" if year.dropped else "no one left"
    turnover = f"{joined} {when}, and {left}." if year.new or year.dropped else f"No one joined or left {when}."
    return DomainCard(
        domain="Collaborative infrastructure",
        page="infrastructure",
        finding=turnover,
        value=format_value(year.end, Unit.COUNT),
        value_label="members today",
        details=tuple(details),
        **_trend((quarter.end for quarter in facts.quarters), Unit.COUNT, "by quarter"),
    )


def _last_convening(days: int) -> tuple[str, str]:
    return f"{'day' if days == 1 else 'days'} since the last convening", format_value(days, Unit.COUNT)


def _emergence(facts: Facts) -> DomainCard | None:
    activities = facts.emergence
    if not activities.count:
        return None
    by_members = activities.started_by.get("Members", 0)
    finding = "People in the network have started working together in new ways."
    if by_members == activities.count:
        finding = f"Members started {'all activities' if by_members > 1 else 'the one activity'} so far."
    elif by_members:
        finding = f"Members started {by_members:,} of {activities.count:,} activities."
    latest = activities.started[0].activity
    if activities.count > 1 and latest.started is not None:
        finding += f" The latest: “{single_line(latest.name, longest=LONGEST_ACTIVITY_NAME)}.”"
    details = [("people and organizations involved", format_value(activities.collaborators, Unit.COUNT))]
    if activities.without_hub_share is not None:
        details.append(("run without the hub", format_value(activities.without_hub_share, Unit.SHARE)))
    by_year = activities_by_year(facts)
    return DomainCard(
        domain="Emergent activity",
        page="emergence",
        finding=finding,
        value=format_value(activities.count, Unit.COUNT),
        value_label="activity" if activities.count == 1 else "activities",
        details=tuple(details),
        note=_started_lately(by_year) + _caveat(facts, page="emergence") if by_year else None,
        **_trend(by_year, Unit.COUNT, "started per year"),
    )


def _started_lately(by_year: Sequence[int]) -> str:
    """Return `3 started in the past year, down from 6`: years up to today, as the verdict compares them."""
    *before, now = by_year
    text = f"{now:,} started in the past year"
    if not before:
        return text
    if before[-1] == now:
        return f"{text}, the same as in the year before"
    return f"{text}, {'up' if now > before[-1] else 'down'} from {before[-1]:,}"


def _caveat(facts: Facts, *, page: str, name: str | None = None) -> str:
    """Return what else could explain a change, by the same rule as in the verdict; empty if it's clear.

    `name` None is the page's only one.
    """
    movements = (each for each in find_movements(facts) if each.page == page)
    caveat = next((each.caveat for each in movements if name is None or each.name == name), "")
    return f" ({caveat})" if caveat else ""


def _points_since(difference: float, *, since: str | None) -> str:
    """Return `down 3 points since Spring 2025` or `unchanged since 2024`, for a difference of two shares."""
    when = f"since {since}" if since else "since the survey before"
    points = round(abs(difference) * 100)
    if not points:
        return f"unchanged {when}"
    return f"{'up' if difference > 0 else 'down'} {pluralize(points, 'point')} {when}"


def _changed_from(before: float, now: float, *, wave: str | None) -> str:
    """Return `up from 5.1 in Spring 2025`, with the rounded numbers that the reader sees on the page."""
    when = wave or "the wave before"
    if format_value(before, Unit.NUMBER) == format_value(now, Unit.NUMBER):
        return f"the same as in {when}"
    return f"{'up' if now > before else 'down'} from {format_value(before, Unit.NUMBER)} in {when}"


class _Trend(TypedDict):
    trend: tuple[float | None, ...]
    trend_label: str


def _trend(values: Iterable[float | None], unit: Unit, each: str) -> _Trend:
    """Return the latest values with their scale: `4.2 to 5.1 by wave`, `3 to 6 to 3 started per year`."""
    latest = tuple(values)[-TREND_POINTS:]
    known = [format_value(value, unit) for value in latest if value is not None]
    shown = known if len(known) <= POINTS_NAMED else [known[0], known[-1]]
    return {"trend": latest, "trend_label": f"{' to '.join(shown)} {each}" if len(known) > 1 else ""}


def _agreement(outcome: OutcomeResults) -> float:
    return outcome.top_two if isinstance(outcome.top_two, float) else 0.0
