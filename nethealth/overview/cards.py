"""The four domains at a glance: for each a sentence made from its figures, a few of them, and how they moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nethealth.experience import OutcomeResults, change_of
from nethealth.infrastructure import Engagement
from nethealth.metric import Unit
from nethealth.overview.facts import Facts
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.privacy.suppression import TooFew

LATEST_POINTS = 12
"""A trend shows at most so many points."""
LONGEST_WAVE = 40
"""A wave with a longer name is not named within a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One domain at a glance. All texts are ours but for outcomes and names of waves, which come from the sheet."""

    domain: str
    page: str
    """The page's address, below the app's own."""
    sentence: str
    large: str
    """The one figure, as it is written."""
    large_label: str
    small: tuple[tuple[str, str], ...] = ()
    """One or two more: label and figure."""
    moved: str | None = None
    """How the large figure moved; None where nothing is there to compare with."""
    trend: tuple[float | None, ...] = ()
    trend_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyCard:
    """A domain of which the workbook holds nothing yet."""

    domain: str
    page: str
    question: str


BLANKS = (
    EmptyCard(domain="Connectivity", page="connectivity", question="Who is connected to whom?"),
    EmptyCard(domain="Participant experience", page="experience", question="What does membership do for people?"),
    EmptyCard(
        domain="Collaborative infrastructure", page="infrastructure", question="Who belongs, and how do we meet?"
    ),
    EmptyCard(domain="Emergent activity", page="emergence", question="What are members starting together?"),
)
"""The domains in the order of the framework, as they stand while nothing is kept of them."""


def every_domain(told: Iterable[Card]) -> tuple[Card | EmptyCard, ...]:
    """A card for each domain, or what would stand there; empty where no domain holds anything."""
    by_page = {card.page: card for card in told}
    return tuple(by_page.get(blank.page, blank) for blank in BLANKS) if by_page else ()


def cards(facts: Facts) -> tuple[Card, ...]:
    """A card for each domain that holds something, in the order of the framework."""
    made = (_connectivity(facts), _experience(facts), _infrastructure(facts), _emergence(facts))
    return tuple(card for card in made if card is not None)


def _connectivity(facts: Facts) -> Card | None:
    wave = facts.latest_wave
    if wave is None or not wave.figures.members:
        return None
    now = wave.figures
    whole = now.largest_component / now.members
    when = f"In {wave.wave}, " if wave.wave and len(wave.wave) <= LONGEST_WAVE else ""
    if now.largest_component == now.members:
        everybody = f"{when}all" if when else "All"
        sentence = f"{everybody} {now.members:,} members hang together, directly or through others."
    else:
        sentence = f"{when}{now.largest_component:,} of {now.members:,} members hang together in one group"
        sentence += f"; {pluralize(now.isolates, 'member')} {_has(now.isolates)} no tie yet." if now.isolates else "."
    before = facts.waves[-2] if len(facts.waves) > 1 else None
    moved = None
    if before is not None and before.figures.average_ties is not None and now.average_ties is not None:
        moved = _from(before.figures.average_ties, now.average_ties, wave=before.wave)
    return Card(
        domain="Connectivity",
        page="connectivity",
        sentence=sentence,
        large=format_value(now.average_ties, Unit.NUMBER),
        large_label="ties per member",
        small=(("in the largest group", format_value(whole, Unit.SHARE)), _kept(facts)),
        moved=moved,
        trend=_latest(each.figures.average_ties for each in facts.waves),
        trend_label="from wave to wave",
    )


def _kept(facts: Facts) -> tuple[str, str]:
    wave = facts.waves[-1]
    if wave.new is not None:
        return "new ties since the wave before", format_value(wave.new, Unit.COUNT)
    one = wave.figures.isolates == 1
    return "member without a tie" if one else "members without a tie", format_value(wave.figures.isolates, Unit.COUNT)


def _experience(facts: Facts) -> Card | None:
    survey = facts.latest_survey
    if survey is None:
        return None
    told = sorted(
        (outcome for outcome in survey.outcomes if isinstance(outcome.top_two, float)),
        key=lambda outcome: -_share(outcome),
    )
    rate = format_value(survey.response_rate, Unit.SHARE)
    if not told:
        held = next((each.top_two for each in survey.outcomes if isinstance(each.top_two, TooFew)), None)
        why = (
            f"their answers are held back, being {held} people’s"
            if held
            else "the questions are not matched to outcomes yet"
        )
        return Card(
            domain="Participant experience",
            page="experience",
            sentence=f"{pluralize(survey.responses, 'person', 'people').capitalize()} answered; {why}.",
            large=format_value(survey.responses, Unit.COUNT),
            large_label="answered",
            small=(("of those asked", rate),),
        )
    best, least = told[0], told[-1]
    sentence = f"Members agree most on “{best.outcome}” and least on “{least.outcome}”."
    if least is best:
        sentence = f"Members answered about “{best.outcome}”."
    elif _share(least) == _share(best):
        sentence = "Members agree as much on one outcome as on another."
    change = change_of(best.outcome, facts.surveys)
    moved = None
    if change is not None:
        moved = _moved(change.difference.value, unit=Unit.SHARE, since=change.since)
        if not change.difference.is_clear and not moved.startswith("unchanged"):
            moved += "; too early to tell"
    trend = [
        next((each.top_two for each in wave.outcomes if each.outcome == best.outcome), None) for wave in facts.surveys
    ]
    return Card(
        domain="Participant experience",
        page="experience",
        sentence=sentence,
        large=format_value(best.top_two, Unit.SHARE),
        large_label=f"agree on {_lower(best.outcome)}",
        small=(
            *(((f"on {_lower(least.outcome)}", format_value(least.top_two, Unit.SHARE)),) if least is not best else ()),
            ("of those asked answered", rate),
        ),
        moved=moved,
        trend=_latest(value if isinstance(value, float) else None for value in trend),
        trend_label="from survey to survey",
    )


def _infrastructure(facts: Facts) -> Card | None:
    gathered = facts.convenings
    if not facts.years and gathered.is_empty:
        return None
    rhythm = ("days between convenings", format_value(gathered.cadence_days, Unit.COUNT))
    if not facts.years:
        return Card(
            domain="Collaborative infrastructure",
            page="infrastructure",
            sentence=_gathered(facts) or "Convenings are kept; members’ dates are not yet.",
            large=format_value(gathered.count, Unit.COUNT),
            large_label="convenings held",
            small=(rhythm, ("of those invited came", format_value(gathered.attendance, Unit.SHARE))),
            trend=_latest(float(year.count) for year in gathered.by_year.values()),
            trend_label="by year",
        )
    small = [rhythm] if gathered.cadence_days is not None else []
    if facts.engagement is not None:
        small.insert(0, _engaged(facts.engagement))
    year = facts.years[-1]
    when = f"in {year.period} so far" if year.partial else f"in {year.period}"
    came = f"{pluralize(year.new, 'person', 'people')} joined" if year.new else "Nobody joined"
    left = f"{pluralize(year.dropped, 'person', 'people')} left" if year.dropped else "nobody left"
    moved = f"{came} {when}, and {left}." if year.new or year.dropped else f"Nobody joined or left {when}."
    return Card(
        domain="Collaborative infrastructure",
        page="infrastructure",
        sentence=f"{moved} {_gathered(facts)}".strip(),
        large=format_value(year.end, Unit.COUNT),
        large_label="members today",
        small=tuple(small),
        moved=_moved(year.end - year.start, unit=Unit.COUNT, since=f"{year.period} began") if year.start else None,
        trend=_latest(float(quarter.end) for quarter in facts.quarters),
        trend_label="by quarter",
    )


def _engaged(engaged: Engagement) -> tuple[str, str]:
    within = pluralize(engaged.within_months, "month")
    return f"took part in the last {within}", format_value(engaged.engaged_share, Unit.SHARE)


def _gathered(facts: Facts) -> str:
    days = facts.convenings.days_since_last
    if days is None:
        return ""
    when = "today" if days == 0 else f"{pluralize(days, 'day')} ago"
    return f"The last convening was {when}."


def _emergence(facts: Facts) -> Card | None:
    emergent = facts.emergence
    if not emergent.count:
        return None
    by_members = emergent.started_by.get("Members", 0)
    sentence = f"{pluralize(emergent.count, 'collaboration').capitalize()} {_has(emergent.count)} begun"
    if by_members:
        sentence += f", {by_members:,} of {'them' if emergent.count > 1 else 'it'} on members’ own initiative"
    small = [("people and organizations in them", format_value(emergent.collaborators, Unit.COUNT))]
    if emergent.without_hub_share is not None:
        small.append(("carried without the hub", format_value(emergent.without_hub_share, Unit.SHARE)))
    this_year, last_year = str(facts.as_of.year), str(facts.as_of.year - 1)
    moved = None
    if last_year in emergent.by_year:
        begun = format_value(emergent.by_year.get(this_year, 0), Unit.COUNT)
        moved = f"{begun} begun in {this_year} so far, {emergent.by_year[last_year]} in all of {last_year}"
    # The running year is left out of the trend: half a year beside whole ones would seem a fall.
    years = range(int(min(emergent.by_year)), facts.as_of.year) if emergent.by_year else ()
    return Card(
        domain="Emergent activity",
        page="emergence",
        sentence=f"{sentence}.",
        large=format_value(emergent.count, Unit.COUNT),
        large_label="emergent activities",
        small=tuple(small),
        moved=moved,
        trend=_latest(float(emergent.by_year.get(str(year), 0)) for year in years),
        trend_label="begun in each whole year",
    )


def _moved(by: float, *, unit: Unit, since: str | None) -> str:
    """`up 0.4 since 2024`, `down 3 points since Spring 2025`, `unchanged since 2024 began`."""
    when = f"since {since}" if since else "since the wave before"
    if unit is Unit.SHARE:
        points = round(abs(by) * 100)
        amount = f"{points} {'point' if points == 1 else 'points'}"
    else:
        amount = format_value(abs(by), unit)
    if round(abs(by), 2) == 0 or amount in ("0", "0 points"):
        return f"unchanged {when}"
    return f"{'up' if by > 0 else 'down'} {amount} {when}"


def _from(before: float, now: float, *, wave: str | None) -> str:
    """`up from 5.1 in Spring 2025`, told by the figures as they are written, so that a reader can check it."""
    when = wave or "the wave before"
    if format_value(before, Unit.NUMBER) == format_value(now, Unit.NUMBER):
        return f"the same as in {when}"
    return f"{'up' if now > before else 'down'} from {format_value(before, Unit.NUMBER)} in {when}"


def _latest(values: Iterable[float | None]) -> tuple[float | None, ...]:
    return tuple(values)[-LATEST_POINTS:]


def _share(outcome: OutcomeResults) -> float:
    return outcome.top_two if isinstance(outcome.top_two, float) else 0.0


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _lower(text: str) -> str:
    """`Meaningful relationships` within a sentence; `STEM skills` as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
