"""What to do next, each with a reason; and what the workbook has no data on yet, with the least it takes to start.

These are rules, not judgment: each checks a few numbers and either suggests a step or doesn't. The most urgent few are
shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from nethealth.experience import change_of
from nethealth.metric import Unit
from nethealth.overview.facts import Facts
from nethealth.overview.movements import PEOPLE_WHO_LEFT, find_movements
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_value, pluralize, uppercase_first

STEPS_SHOWN = 3
LONGEST_WAVE_NAME = 40
"""A wave with a longer name isn't named within a sentence."""

MIN_ISOLATE_SHARE = 0.05
"""From this share of members without connections, we suggest reaching out to them."""
MIN_HELD_WITHOUT_HUB = 0.75
"""If less than this part of the largest component stays without the hub, we suggest introductions past the hub."""
CONNECTED_ENOUGH = 0.8
"""From this share of members in the largest component, separate components don't call for a bridge."""
MIN_DROP = 0.08
LOW_RESPONSE_RATE = 0.4
LOW_ENGAGEMENT = 0.5
HIGH_ATTRITION = 0.15
MANY_SKIPPED = 0.1
"""From this share of a tab's rows, fixing skipped rows comes before anything the numbers say without them."""
SURVEY_DUE_AFTER = dt.timedelta(days=500)
SURVEY_AGAIN = "Survey members again"
ALL_SKIPPED = "This tab has rows, but we couldn’t read any. The Data page shows what to fix."

FEWEST_CONNECTIONS_FIRST: Final[Mapping[str, str]] = MappingProxyType({"tab": "Table", "sort-reversed": "true"})
"""The query with which Connectivity lists the people with the fewest connections first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do."""

    action: str
    """What to do, in a few words."""
    reason: str
    """Why, in a sentence or two with the numbers behind it."""
    page: str
    """The address of the page that shows more."""
    weight: float
    """Its urgency, from 30 to about 100; the highest comes first."""
    query: Mapping[str, str] = field(default_factory=dict)
    """What the page opens at, as in its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingData:
    """A question that the workbook can't answer yet, and the least it needs for that."""

    question: str
    tab: str
    how_to_start: str


def next_steps(facts: Facts) -> tuple[NextStep, ...]:
    """Return the most urgent steps, most urgent first; none if nothing stands out."""
    steps = [step for rule in RULES if (step := rule(facts)) is not None]
    return tuple(sorted(steps, key=lambda step: -step.weight)[:STEPS_SHOWN])


def _follow_up(facts: Facts) -> NextStep | None:
    overdue = facts.weaving.follow_ups_overdue
    if not overdue:
        return None
    return NextStep(
        action="Keep your promises",
        reason=f"{pluralize(overdue, 'overdue follow-up').capitalize()}.",
        page="weaving",
        weight=90 + min(overdue, 9) / 10,
    )


def _name_the_tabs(facts: Facts) -> NextStep | None:
    if facts.members or not facts.unknown_tabs:
        return None
    return NextStep(
        action="Say what your tabs hold",
        reason=f"We don’t know {pluralize(facts.unknown_tabs, 'tab')} yet. Your members may be in there.",
        page="data",
        weight=100,
    )


def _close_the_loop(facts: Facts) -> NextStep | None:
    overdue = facts.promises_overdue
    if not overdue:
        return None
    return NextStep(
        action="Report back on feedback",
        reason=f"{pluralize(overdue, 'overdue promise').capitalize()}.",
        page="experience",
        weight=70,
    )


def _fix_the_workbook(facts: Facts) -> NextStep | None:
    if not facts.skipped:
        return None
    worst = facts.most_skipped_tab
    if worst is not None and worst.rejected >= MANY_SKIPPED * worst.rows:
        return NextStep(
            action="Fix the workbook first",
            reason=f"We couldn’t read {worst.rejected:,} of {pluralize(worst.rows, 'row')} in {worst.title}, so "
            f"these numbers leave {_them(worst.rejected)} out.",
            page="data",
            weight=95,
        )
    return NextStep(
        action="Fix the workbook",
        reason=f"We couldn’t read {pluralize(facts.skipped, 'row or value', 'rows or values')}, so these numbers leave "
        f"{_them(facts.skipped)} out.",
        page="data",
        weight=40 + min(facts.skipped, 300) / 10,
    )


def _reach_out(facts: Facts) -> NextStep | None:
    wave = facts.latest_wave
    if wave is None or not wave.metrics.members or wave.metrics.isolates / wave.metrics.members < MIN_ISOLATE_SHARE:
        return None
    isolates = wave.metrics.isolates
    return NextStep(
        action="Reach out to unconnected members",
        reason=f"{pluralize(isolates, 'person', 'people').capitalize()}.",
        page="connectivity",
        query=FEWEST_CONNECTIONS_FIRST,
        weight=50 + min(30, 100 * isolates / wave.metrics.members),
    )


def _introduce_past_the_hub(facts: Facts) -> NextStep | None:
    wave, without = facts.latest_wave, facts.without_hub
    if wave is None or without is None or not without.members or not wave.metrics.members:
        return None
    with_hub = wave.metrics.largest_component / wave.metrics.members
    left = without.largest_component / without.members
    if left >= MIN_HELD_WITHOUT_HUB * with_hub:
        return None
    return NextStep(
        action="Introduce members to each other, past the hub",
        reason=f"Without the hub, {format_value(left, Unit.SHARE)} of members would stay connected, down from "
        f"{format_value(with_hub, Unit.SHARE)}.",
        page="connectivity",
        weight=55 + 30 * (1 - left / with_hub),
    )


def _connect_components(facts: Facts) -> NextStep | None:
    wave = facts.latest_wave
    if wave is None or not wave.metrics.members:
        return None
    components = wave.metrics.components - wave.metrics.isolates
    largest = wave.metrics.largest_component / wave.metrics.members
    if components < 2 or largest >= CONNECTED_ENOUGH:
        return None
    return NextStep(
        action="Bridge the network’s separate parts",
        reason=f"{components:,} parts have no connections between them.",
        page="connectivity",
        weight=58,
    )


def _schedule_a_convening(facts: Facts) -> NextStep | None:
    convenings = facts.convenings
    if not convenings.is_overdue or convenings.cadence_days is None or convenings.days_since_last is None:
        return None
    return NextStep(
        action="Set a date for the next convening",
        reason=f"None is planned. You usually meet every {format_value(convenings.cadence_days, Unit.COUNT)} days.",
        page="infrastructure",
        weight=65,
    )


def _ask_people_who_leave(facts: Facts) -> NextStep | None:
    """Suggest asking those who leave now; if few do, those who left in the last full year."""
    now = facts.past_year
    if now is not None and now.attrition is not None and (now.attrition >= HIGH_ATTRITION or _more_leave(facts)):
        return NextStep(
            action="Ask people why they leave",
            reason=f"{now.dropped:,} of {now.start:,} left in the past year.",
            page="infrastructure",
            weight=60 + 50 * now.attrition,
        )
    full_years = [year for year in facts.years if not year.partial and year.attrition is not None]
    year = full_years[-1] if full_years else None
    if year is None or year.attrition is None or year.attrition < HIGH_ATTRITION:
        return None
    return NextStep(
        action="Ask people why they left",
        reason=f"{format_value(year.attrition, Unit.SHARE)} of members left during {year.period}.",
        page="infrastructure",
        weight=45 + 50 * year.attrition,
    )


def _more_leave(facts: Facts) -> bool:
    """Return True if clearly more people leave than the year before, as the verdict says."""
    return any(each.title == PEOPLE_WHO_LEFT and each.is_clear and not each.is_better for each in find_movements(facts))


def _call_inactive_members(facts: Facts) -> NextStep | None:
    engagement = facts.engagement
    if engagement is None or engagement.engaged is None or (engagement.engaged_share or 1.0) >= LOW_ENGAGEMENT:
        return None
    return NextStep(
        action="Call members you haven’t seen in a while",
        reason=f"{engagement.engaged:,} of {pluralize(engagement.members, 'member')} took part in the last "
        f"{pluralize(engagement.within_months, 'month')}.",
        page="infrastructure",
        weight=48,
    )


def _discuss_a_drop(facts: Facts) -> NextStep | None:
    survey = facts.latest_survey
    if survey is None:
        return None
    drops = []
    for outcome in survey.outcomes:
        change = change_of(outcome.outcome, facts.surveys)
        if change is not None and change.difference.is_clear and change.difference.value <= -MIN_DROP:
            drops.append((change.difference.value, outcome.outcome, change.since))
    if not drops:
        return None
    difference, outcome_name, since = min(drops, key=lambda drop: drop[0])
    return NextStep(
        action=f"Talk with members about “{outcome_name}”",
        reason=f"Agreement fell {round(-difference * 100)} points since {since or 'the survey before'}.",
        page="experience",
        weight=52 + 100 * -difference,
    )


def _follow_up_with_nonrespondents(facts: Facts) -> NextStep | None:
    survey = facts.latest_survey
    if survey is None or survey.response_rate is None or survey.response_rate >= LOW_RESPONSE_RATE:
        return None
    return NextStep(
        action="Call a few people who didn’t answer",
        reason=f"Only {format_value(survey.response_rate, Unit.SHARE)} of those you asked answered the last survey. "
        "The others may see things differently.",
        page="experience",
        weight=40,
    )


def _survey_again(facts: Facts) -> NextStep | None:
    dates = [survey.date for survey in facts.surveys if survey.date is not None]
    if not dates or facts.as_of - max(dates) < SURVEY_DUE_AFTER:
        return None
    months = (facts.as_of - max(dates)).days // 30
    return NextStep(
        action=SURVEY_AGAIN,
        reason=f"The last survey was {months} months ago, so you can’t see what has changed since.",
        page="guide",
        weight=42,
    )


def _ask_again(facts: Facts) -> NextStep | None:
    """Suggest when to ask for the second time: a year after the first, since nothing can be compared before."""
    once = [
        (topic, asked[0].date)
        for topic, asked in (("connections", facts.waves), ("the survey", facts.surveys))
        if len(asked) == 1 and asked[0].date is not None and facts.as_of - asked[0].date < SURVEY_DUE_AFTER
    ]
    if not once:
        return None
    when = [f"{topic} {_a_year_after(day, today=facts.as_of)}" for topic, day in once]
    text = join_names(when)
    return NextStep(
        action="Ask again to see what changes",
        reason=f"{uppercase_first(text)}, a year after the first time.",
        page="guide",
        weight=35,
    )


def _a_year_after(day: dt.date, *, today: dt.date) -> str:
    year = day.year + 1
    return "now" if (year, day.month) <= (today.year, today.month) else f"in {day:%B} {year}"


def _review_agreements(facts: Facts) -> NextStep | None:
    due = facts.agreements.review_due
    if not due:
        return None
    return NextStep(
        action="Review your agreements together",
        reason=f"{pluralize(due, 'agreement has', 'agreements have')} gone "
        f"{pluralize(facts.agreements.review_after_months, 'month')} without a review.",
        page="infrastructure",
        weight=30,
    )


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


RULES: tuple[Callable[[Facts], NextStep | None], ...] = (
    _follow_up,
    _close_the_loop,
    _name_the_tabs,
    _fix_the_workbook,
    _reach_out,
    _introduce_past_the_hub,
    _connect_components,
    _schedule_a_convening,
    _ask_people_who_leave,
    _call_inactive_members,
    _discuss_a_drop,
    _follow_up_with_nonrespondents,
    _survey_again,
    _ask_again,
    _review_agreements,
)


def missing_data(facts: Facts) -> tuple[MissingData, ...]:
    """Return what the workbook has no data on yet, the easiest to start first."""
    questions = (
        (
            not facts.years,
            "Who joined, and who left?" if facts.members else "Who are our members?",
            "Members",
            "Add the date each member joined. A year is enough if you don’t know the day."
            if facts.members
            else "Add a name and a join date, one person per row. Twenty rows are enough to start.",
        ),
        (
            not facts.waves,
            "Who is connected to whom?",
            "Connections",
            "Add two names per row. A one-question form can fill it for you.",
        ),
        (
            facts.convenings.is_empty,
            "How often do people meet, and who comes?",
            "Convenings",
            "Add a date and a title, then how many you invited and how many came.",
        ),
        (
            facts.weaving.is_empty and not facts.waves,
            "Who have we talked with?",
            "Weaving",
            "After each conversation, add the date, your name, the member’s name, and who you introduced them to.",
        ),
        (
            not facts.surveys,
            "What do people gain from membership?",
            "Survey",
            "Link your survey form’s answers. Three questions are enough to start.",
        ),
        (
            facts.emergence.is_empty,
            "What are members starting together?",
            "Emergent activity",
            "When you hear of something, add its name and who takes part.",
        ),
        (
            facts.agreements.is_empty,
            "What have we agreed on?",
            "Agreements",
            "Add each agreement’s title, and whether it is a draft or adopted.",
        ),
        (
            not facts.platform_months,
            "Do people talk between gatherings?",
            "Platform",
            "Once a month, add how many members are on your platform and how many were active.",
        ),
        (
            facts.activities.is_empty,
            "What happens between convenings?",
            "Activities",
            "Add a date and a title for each call, visit, or working group.",
        ),
        (
            not facts.reflections,
            "Which ways of thinking shape us?",
            "Mindset",
            "Link the answers of a form with the seven pairs, each from 1 to 5. Find the pairs on the Mindset "
            "reflection page.",
        ),
    )
    return tuple(
        MissingData(question=question, tab=tab, how_to_start=ALL_SKIPPED if tab in facts.unreadable_tabs else start)
        for is_missing, question, tab, start in questions
        if is_missing
    )
