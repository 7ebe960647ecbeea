"""What is worth doing next, each with its reason; and what is not kept yet, with the least that brings it to life.

Rules, not judgement: each looks at a few figures and either has something to say or not. The weightiest few are shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from nethealth.experience import change_of
from nethealth.metric import Unit
from nethealth.overview.facts import Facts
from nethealth.presentation.formatting import format_value, pluralize

AT_MOST = 3

FEW_TIED = 0.05
"""From this share of members without a tie on, reaching out to them comes up."""
HOLDS_WITHOUT_HUB = 0.75
"""If less of the largest group than this stands without the hub, introductions past the hub come up."""
FELL_BY = 0.08
FEW_ANSWERED = 0.4
FEW_ENGAGED = 0.5
MUCH_ATTRITION = 0.15
MUCH_LEFT_OUT = 0.1
"""From this share of a tab's rows on, what could not be used comes before all that the figures say without it."""
ASK_AGAIN_AFTER = dt.timedelta(days=500)
NONE_USED = "Its rows are there, and none could be used yet: the page Data says what to mend."


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing worth doing."""

    what: str
    """An invitation, in a few words."""
    why: str
    """The figures behind it, in a sentence."""
    page: str
    """The address of the page that shows more."""
    weight: float
    """Weightier comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKeptYet:
    """A question that the workbook can't answer yet, and the least that it needs."""

    question: str
    tab: str
    least: str


def next_steps(facts: Facts, *, at_most: int = AT_MOST) -> tuple[NextStep, ...]:
    """The weightiest things worth doing, at most so many; empty where nothing stands out."""
    found = [step for rule in RULES if (step := rule(facts)) is not None]
    return tuple(sorted(found, key=lambda step: -step.weight)[:at_most])


def _keep_promises(facts: Facts) -> NextStep | None:
    overdue = facts.weaving.follow_ups_overdue
    if not overdue:
        return None
    return NextStep(
        what="Follow up on what was promised",
        why=f"{pluralize(overdue, 'follow-up').capitalize()} from weaving conversations {_is(overdue)} past the day set.",
        page="weaving",
        weight=90 + min(overdue, 9) / 10,
    )


def _close_the_loop(facts: Facts) -> NextStep | None:
    late = facts.promises_overdue
    if not late:
        return None
    return NextStep(
        what="Tell members what became of what they said",
        why=f"{pluralize(late, 'promise').capitalize()} made after a survey {_is(late)} past the day given.",
        page="experience",
        weight=70,
    )


def _mend_the_sheet(facts: Facts) -> NextStep | None:
    if not facts.left_out:
        return None
    most = facts.most_left_out
    if most is not None and most.rejected >= MUCH_LEFT_OUT * most.rows:
        return NextStep(
            what="Give the sheet a hand first",
            why=f"{most.rejected:,} of {pluralize(most.rows, 'row')} in {most.title} could not be used, so the "
            f"figures here are told without {'it' if most.rejected == 1 else 'them'}.",
            page="data",
            weight=95,
        )
    return NextStep(
        what="Give the sheet a hand",
        why=f"{pluralize(facts.left_out, 'row or value', 'rows or values').capitalize()} could not be used, "
        f"so the figures here are told without {'it' if facts.left_out == 1 else 'them'}.",
        page="data",
        weight=40 + min(facts.left_out, 300) / 10,
    )


def _reach_out(facts: Facts) -> NextStep | None:
    wave = facts.latest_wave
    if wave is None or not wave.figures.members or wave.figures.isolates / wave.figures.members < FEW_TIED:
        return None
    alone = wave.figures.isolates
    return NextStep(
        what="Reach out to members without a tie",
        why=f"{alone:,} of {wave.figures.members:,} members {_is(alone)} not connected with anybody yet; one "
        "introduction each changes that.",
        page="connectivity",
        weight=50 + min(30, 100 * alone / wave.figures.members),
    )


def _introduce_past_the_hub(facts: Facts) -> NextStep | None:
    wave, without = facts.latest_wave, facts.without_hub
    if wave is None or without is None or not without.members or not wave.figures.members:
        return None
    with_hub = wave.figures.largest_component / wave.figures.members
    holds = without.largest_component / without.members
    if holds >= HOLDS_WITHOUT_HUB * with_hub:
        return None
    return NextStep(
        what="Introduce members to each other, past the hub",
        why=f"Without the hub {format_value(holds, Unit.SHARE)} of members would still hang together, "
        f"instead of {format_value(with_hub, Unit.SHARE)}.",
        page="connectivity",
        weight=55 + 30 * (1 - holds / with_hub),
    )


def _join_what_is_apart(facts: Facts) -> NextStep | None:
    wave = facts.latest_wave
    if wave is None or not wave.figures.members:
        return None
    apart = wave.figures.components - wave.figures.isolates
    whole = wave.figures.largest_component / wave.figures.members
    if apart < 2 or whole >= 0.8:
        return None
    return NextStep(
        what="Build a bridge between groups that do not touch",
        why=f"Members form {apart:,} groups without a tie between them; the largest holds "
        f"{format_value(whole, Unit.SHARE)} of everybody.",
        page="connectivity",
        weight=58,
    )


def _set_a_date(facts: Facts) -> NextStep | None:
    gathered = facts.convenings
    if not gathered.is_quiet or gathered.cadence_days is None or gathered.days_since_last is None:
        return None
    return NextStep(
        what="Set a date for the next convening",
        why=f"The last one was {pluralize(gathered.days_since_last, 'day')} ago; usually "
        f"{format_value(gathered.cadence_days, Unit.COUNT)} lie between two, and none is planned.",
        page="infrastructure",
        weight=65,
    )


def _ask_those_who_leave(facts: Facts) -> NextStep | None:
    whole = [year for year in facts.years if not year.partial and year.attrition is not None]
    year = whole[-1] if whole else None
    if year is None or year.attrition is None or year.attrition < MUCH_ATTRITION:
        return None
    return NextStep(
        what="Ask those who leave what would have kept them",
        why=f"{format_value(year.attrition, Unit.SHARE)} of those who were members when {year.period} began had left at "
        "its end.",
        page="infrastructure",
        weight=45 + 50 * year.attrition,
    )


def _call_the_quiet(facts: Facts) -> NextStep | None:
    engaged = facts.engagement
    if engaged is None or engaged.engaged is None or (engaged.engaged_share or 1.0) >= FEW_ENGAGED:
        return None
    return NextStep(
        what="Call members who have been quiet",
        why=f"{engaged.engaged:,} of {pluralize(engaged.members, 'member')} took part in something in the last "
        f"{pluralize(engaged.within_months, 'month')}, as far as the sheet tells.",
        page="infrastructure",
        weight=48,
    )


def _talk_about_what_fell(facts: Facts) -> NextStep | None:
    survey = facts.latest_survey
    if survey is None:
        return None
    fell = []
    for outcome in survey.outcomes:
        change = change_of(outcome.outcome, facts.surveys)
        if change is not None and change.difference.is_clear and change.difference.value <= -FELL_BY:
            fell.append((change.difference.value, outcome.outcome, change.since))
    if not fell:
        return None
    by, outcome_name, since = min(fell, key=lambda each: each[0])
    return NextStep(
        what=f"Talk with members about “{outcome_name}”",
        why=f"The share who agree fell by {round(-by * 100)} points since {since or 'the survey before'}.",
        page="experience",
        weight=52 + 100 * -by,
    )


def _hear_more_people(facts: Facts) -> NextStep | None:
    survey = facts.latest_survey
    if survey is None or survey.response_rate is None or survey.response_rate >= FEW_ANSWERED:
        return None
    return NextStep(
        what="Hear those who did not answer",
        why=f"{format_value(survey.response_rate, Unit.SHARE)} of those asked answered the last survey; a short call "
        "to some of the others tells whether they would say the same.",
        page="experience",
        weight=40,
    )


def _ask_again(facts: Facts) -> NextStep | None:
    dates = [survey.date for survey in facts.surveys if survey.date is not None]
    if not dates or facts.as_of - max(dates) < ASK_AGAIN_AFTER:
        return None
    months = (facts.as_of - max(dates)).days // 30
    return NextStep(
        what="Ask members again",
        why=f"The last survey was {months} months ago; the Guide says how to ask it well.",
        page="guide",
        weight=42,
    )


def _look_at_agreements(facts: Facts) -> NextStep | None:
    due = facts.agreements.review_due
    if not due:
        return None
    return NextStep(
        what="Look at your agreements again, together",
        why=f"{pluralize(due, 'agreement').capitalize()} {_has(due)} not been looked at for "
        f"{pluralize(facts.agreements.review_after_months, 'month')} or longer.",
        page="infrastructure",
        weight=30,
    )


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


RULES: tuple[Callable[[Facts], NextStep | None], ...] = (
    _keep_promises,
    _close_the_loop,
    _mend_the_sheet,
    _reach_out,
    _introduce_past_the_hub,
    _join_what_is_apart,
    _set_a_date,
    _ask_those_who_leave,
    _call_the_quiet,
    _talk_about_what_fell,
    _hear_more_people,
    _ask_again,
    _look_at_agreements,
)


def not_kept_yet(facts: Facts) -> tuple[NotKeptYet, ...]:
    """What the workbook does not hold yet, in the order in which it is easiest to begin."""
    missing = (
        (
            not facts.years,
            "Who came and who left?" if facts.members else "Who belongs, who came and who left?",
            "Members",
            "Beside each name the day they joined; a year is enough where nobody knows the day."
            if facts.members
            else "A name and the day they joined, a row each. Twenty rows are a beginning.",
        ),
        (
            not facts.waves,
            "Who is connected to whom?",
            "Connections",
            "Two names a row: who knows whom. A one-question form fills it by itself.",
        ),
        (
            facts.convenings.is_empty,
            "How often do people meet, and who comes?",
            "Convenings",
            "A date and a title; then how many were invited and how many came.",
        ),
        (
            facts.weaving.is_empty and not facts.waves,
            "Whom have we talked with?",
            "Weaving",
            "After each conversation one row: the date, you, the member, and to whom you introduced them.",
        ),
        (
            not facts.surveys,
            "What does membership do for people?",
            "Survey",
            "Link the answers of your survey’s form; three questions are enough to begin.",
        ),
        (
            facts.emergence.is_empty,
            "What are members starting together?",
            "Emergent activity",
            "A name and who takes part, whenever you hear of something.",
        ),
        (
            facts.agreements.is_empty,
            "What have we agreed on?",
            "Agreements",
            "The title of each agreement, and whether it is a draft or adopted.",
        ),
        (
            not facts.platform_months,
            "Do people talk between gatherings?",
            "Platform",
            "Once a month: how many members are on your platform, and how many were active.",
        ),
        (
            facts.activities.is_empty,
            "What happens between convenings?",
            "Activities",
            "A date and a title for each call, visit or working group.",
        ),
        (
            not facts.reflections,
            "Which ways of thinking shape us?",
            "Mindset",
            "The answers of a form that asks the seven pairs, each from 1 to 5; the page Mindset reflection has them.",
        ),
    )
    return tuple(
        NotKeptYet(question=ask, tab=tab, least=NONE_USED if tab in facts.unread else least)
        for is_absent, ask, tab, least in missing
        if is_absent
    )
