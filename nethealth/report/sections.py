"""Write the sections of a report from the metrics. Every sentence holds only what viewers may see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from nethealth.emergence.tables import ActivityCard, activity_cards
from nethealth.experience import OutcomeResults, PromiseStatus, promises
from nethealth.metric import Unit
from nethealth.network.connectivity import build_map
from nethealth.network.map.legend import default_column
from nethealth.network.map.picture import picture_of_map
from nethealth.overview.facts import Facts, gather_facts
from nethealth.overview.movements import Movement, find_movements
from nethealth.overview.next_steps import NextStep, next_steps
from nethealth.overview.verdict import judge
from nethealth.presentation.formatting import format_date, format_value, lowercase_first, pluralize, uppercase_first
from nethealth.report.model import (
    USUAL_PARTS,
    Audience,
    Chart,
    ChartKind,
    Number,
    Part,
    Report,
    Section,
    Story,
)
from nethealth.workbook.records import Workbook

YEAR: Final = dt.timedelta(days=365)
QUARTERS_SHOWN: Final = 12
STORIES_SHOWN: Final = 6
FEEDBACK_SHOWN: Final = 6
MAP_TEXT_SIZE: Final = 30
"""In pixels of a picture that is 1,280 wide: 6.5 points on paper."""
TITLES: Final = {
    Part.SUMMARY: "In short",
    Part.PURPOSE: "Our purpose",
    Part.WHO: "Who we are",
    Part.CONNECTED: "How we connect",
    Part.SAY: "What members say",
    Part.TOGETHER: "What we do together",
    Part.EMERGED: "What members started",
    Part.HEARD: "What we heard, and what we did",
    Part.NEXT: "What’s next",
}
_READERS: Final = {Audience.BOARD: "our board", Audience.FUNDER: "our funders", Audience.MEMBERS: "our members"}


def write_report(
    workbook: Workbook,
    *,
    audience: Audience,
    as_of: dt.date,
    since: dt.date | None = None,
    parts: Sequence[Part] | None = None,
    with_names: bool = False,
    report_progress: Callable[[Part], None] | None = None,
) -> Report:
    """Return a report on the time from `since` (a year before `as_of` if None) to `as_of`.

    `workbook` must be the viewers' (`redact_for_viewers`), because a report leaves the network. Sections without data
    are left out. `with_names` names the people in stories; otherwise they are counted. Only activities that may be
    shared are stories. `report_progress` is called before each section is written.
    """
    start = since or as_of - YEAR
    facts = gather_facts(workbook, as_of=as_of, for_staff=False)
    writers: dict[Part, Callable[[], Section | None]] = {
        Part.SUMMARY: lambda: _summary(facts),
        Part.PURPOSE: lambda: _purpose(workbook),
        Part.WHO: lambda: _members(facts, workbook),
        Part.CONNECTED: lambda: _connections(facts, workbook, with_names=with_names),
        Part.SAY: lambda: _survey(facts),
        Part.TOGETHER: lambda: _convenings(facts, since=start),
        Part.EMERGED: lambda: _activities(facts, since=start, with_names=with_names),
        Part.HEARD: lambda: _feedback(workbook, as_of=as_of),
        Part.NEXT: lambda: _next_convening(facts, audience),
    }
    wanted = set(USUAL_PARTS[audience] if parts is None else parts)
    sections = []
    for part in (each for each in Part if each in wanted):
        if report_progress is not None:
            report_progress(part)
        section = writers[part]()
        if section is not None and section.text:
            sections.append(section)
    return Report(
        network=workbook.network_name,
        audience=audience,
        title=f"A report to {_READERS[audience]}",
        since=start,
        as_of=as_of,
        sections=tuple(sections),
        footnote=_footnote(workbook, has_ranges=any(each.interval for each in find_movements(facts))),
    )


def _section(part: Part, sentences: Iterable[str], **parts: object) -> Section:
    return Section(part=part, title=TITLES[part], text=" ".join(filter(None, sentences)), **parts)  # type: ignore[arg-type]


def _summary(facts: Facts) -> Section | None:
    """Return the Overview's verdict with what clearly changed; nothing without anything to compare with."""
    verdict = judge(facts)
    if not verdict.changes and not verdict.others:
        return None
    numbers = tuple(_change(each, as_of=facts.as_of) for each in verdict.changes)
    return _section(Part.SUMMARY, [_headline_sentence(verdict.headline), verdict.evidence], numbers=numbers)


def _headline_sentence(headline: str) -> str:
    """Return the Overview's headline as the first sentence of a text: it says what is healthier."""
    if headline.startswith(("Healthier", "Less healthy", "Better")):
        return f"Our network is {lowercase_first(headline)}."
    return f"{headline}."


def _change(movement: Movement, *, as_of: dt.date) -> Number:
    sure = f" Likely {movement.interval}." if movement.interval else ""
    when = uppercase_first(movement.when)
    if movement.when == "in a year":
        when += f", to {format_date(as_of)}"
    elif movement.baseline is not None and movement.when.startswith("since"):
        when += f" ({format_date(movement.baseline)})"
    meaning = f"{movement.name}. " if movement.name != movement.title and not movement.is_count else ""
    return Number(value=movement.figure, label=movement.title, note=f"{meaning}{when}.{sure}")


def _purpose(workbook: Workbook) -> Section | None:
    purpose = workbook.settings.shared_purpose
    return _section(Part.PURPOSE, [purpose]) if purpose else None


def _members(facts: Facts, workbook: Workbook) -> Section | None:
    if not facts.years:
        return None
    today, year = facts.years[-1].end, facts.past_year
    sentences = [f"On {format_date(facts.as_of)}, {workbook.network_name} had {pluralize(today, 'member')}."]
    numbers = [_number(today, Unit.COUNT, "members", facts.as_of, "Everyone who had joined and hadn’t left.")]
    if year is not None:
        sentences[0] = sentences[0].removesuffix(".") + f", {_compared(today, year.start)} a year before."
        sentences.append(f"In that year, {_joined_and_left(year.new, year.dropped)}.")
        numbers.append(
            _number(year.retention, Unit.SHARE, "stayed", facts.as_of, "Members a year before who are still members.")
        )
    quarters = facts.quarters[-QUARTERS_SHOWN:]
    chart = None
    if len(quarters) > 1:
        chart = Chart(
            kind=ChartKind.LINE,
            title="Members at the end of each quarter",
            names=tuple(f"Q{quarter.period[-1]} {quarter.period[:4]}" for quarter in quarters),
            values=tuple(float(quarter.end) for quarter in quarters),
            source=f"Membership records, {format_date(facts.as_of)}",
        )
    return _section(Part.WHO, sentences, numbers=tuple(numbers), chart=chart)


def _joined_and_left(joined: int, left: int) -> str:
    if not joined and not left:
        return "no one joined or left"
    return f"{pluralize(joined, 'person', 'people') if joined else 'no one'} joined, and {left or 'no one'} left"


def _compared(now: int, before: int) -> str:
    if now == before:
        return "the same as"
    return f"{'up' if now > before else 'down'} from {before:,}"


def _connections(facts: Facts, workbook: Workbook, *, with_names: bool) -> Section | None:
    wave = facts.latest_wave
    if wave is None or not wave.metrics.members:
        return None
    metrics, day = wave.metrics, wave.date or facts.as_of
    average = format_value(metrics.average_ties, Unit.NUMBER)
    connections = "connection" if average == "1" else "connections"
    when = f"In {wave.wave}" if wave.wave else f"On {format_date(day)}"
    reached = f"{metrics.largest_component:,} of {pluralize(metrics.members, 'member')}"
    if metrics.largest_component == metrics.members > 1:
        reached = f"all {metrics.members:,} members"
    sentences = [
        f"{when}, {reached} could reach each other, directly or through others.",
        f"On average, a member had {average} {connections}.",
    ]
    without = facts.without_hub
    if without is not None and without.members:
        share = format_value(without.largest_component / without.members, Unit.SHARE)
        sentences.append(f"Without our own staff, {share} of members would still be connected.")
    sentences += _clear_changes(facts, "connectivity", nothing=facts.changes_since)
    numbers = [
        _number(
            metrics.average_ties,
            Unit.NUMBER,
            f"{connections} per member",
            day,
            "Connections that either person reported.",
        ),
        _number(
            metrics.largest_component / metrics.members,
            Unit.SHARE,
            "can reach each other",
            day,
            "Members in the largest group where everyone can reach everyone.",
        ),
    ]
    drawn = build_map(workbook, wave=wave.wave, color_by=default_column(workbook))
    picture = picture_of_map(drawn, names_connected=with_names, text_size=MAP_TEXT_SIZE)
    return _section(Part.CONNECTED, sentences, numbers=tuple(numbers), picture=picture)


def _clear_changes(facts: Facts, page: str, *, nothing: str | None) -> list[str]:
    """Return a sentence for each clear change, or that there was none since the time called `nothing`."""
    movements = [each for each in find_movements(facts) if each.page == page]
    clear = [_change_text(each) for each in movements if each.is_clear]
    if clear or not movements:
        return clear
    return [f"Changes since {nothing or 'the time before'} could be chance."]


def _change_text(movement: Movement) -> str:
    interval = f" (likely {movement.interval})" if movement.interval else ""
    return f"{movement.name} {movement.change}{interval}."


def _survey(facts: Facts) -> Section | None:
    survey = facts.latest_survey
    shown = [each for each in survey.outcomes if isinstance(each.top_two, float)] if survey is not None else []
    if survey is None or not shown:
        return None
    day = survey.date or facts.as_of
    rate = f" ({format_value(survey.response_rate, Unit.SHARE)} of those we asked)" if survey.response_rate else ""
    when = f"In {survey.wave}" if survey.wave else f"By {format_date(day)}"
    ranked = sorted(shown, key=_agreement, reverse=True)
    best = ranked[0]
    sentences = [
        f"{when}, {pluralize(survey.responses, 'person', 'people')} answered our survey{rate}.",
        f"Members agree most with statements on “{best.outcome}” ({format_value(best.top_two, Unit.SHARE)}).",
    ]
    if len(ranked) > 1:
        lowest = ranked[-1]
        sentences.append(
            f"They agree least with statements on “{lowest.outcome}” ({format_value(lowest.top_two, Unit.SHARE)})."
        )
    previous = facts.surveys[-2].wave if len(facts.surveys) > 1 else None
    sentences += _clear_changes(facts, "experience", nothing=previous)
    chart = Chart(
        kind=ChartKind.BARS,
        title="Members who agree, by outcome",
        names=tuple(each.outcome for each in ranked),
        values=tuple(_agreement(each) for each in ranked),
        is_share=True,
        source=f"Survey{f' {survey.wave}' if survey.wave else ''}, {format_date(day)}. Members agree if they choose "
        "one of the two most positive answers.",
    )
    number = _number(survey.responses, Unit.COUNT, "answered", day, "One response per person.")
    return _section(Part.SAY, sentences, numbers=(number,), chart=chart)


def _agreement(outcome: OutcomeResults) -> float:
    return outcome.top_two if isinstance(outcome.top_two, float) else 0.0


def _convenings(facts: Facts, *, since: dt.date) -> Section | None:
    def within(day: dt.date | None) -> bool:
        return day is not None and since < day <= facts.as_of

    convenings = [each for each in facts.convenings.past if within(each.date)]
    activities = [each for each in facts.activities.past if within(each.date)]
    sentences, numbers = [], []
    if convenings:
        sentences.append(f"Since {format_date(since)}, we came together {_times(len(convenings))}.")
        counted = [each for each in convenings if each.invited and each.attended is not None]
        invited = sum(each.invited or 0 for each in counted)
        if invited:
            share = sum(each.attended or 0 for each in counted) / invited
            sentences.append(f"Of the people we invited, {format_value(share, Unit.SHARE)} came.")
            numbers.append(
                _number(
                    share, Unit.SHARE, "of those invited came", facts.as_of, f"Convenings since {format_date(since)}."
                )
            )
    if activities:
        were = "was" if len(activities) == 1 else "were"
        sentences.append(f"Between convenings, there {were} {pluralize(len(activities), 'activity', 'activities')}.")
    if adopted := facts.agreements.adopted:
        sentences.append(f"We have {pluralize(adopted, 'agreement')} on how we work together.")
        if made := round((facts.agreements.made_by_members or 0) * adopted):
            sentences.append(f"Members made {'it' if adopted == 1 else f'{made:,} of them'}.")
    return _section(Part.TOGETHER, sentences, numbers=tuple(numbers)) if sentences else None


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _activities(facts: Facts, *, since: dt.date, with_names: bool) -> Section | None:
    emergence = facts.emergence
    if not emergence.count:
        return None
    starts = [each.activity.started for each in emergence.started if each.activity.started is not None]
    new = sum(since < start for start in starts)
    sentences = [
        f"So far, {pluralize(emergence.count, 'activity has', 'activities have')} grown out of our network"
        + (f", {new:,} of them since {format_date(since)}." if new and emergence.count > 1 else "."),
    ]
    if emergence.without_hub_share == 1 == emergence.count:
        sentences.append("It runs without our own staff.")
    elif emergence.without_hub_share is not None and emergence.count > 1:
        share = format_value(emergence.without_hub_share, Unit.SHARE)
        sentences.append(f"{share} of them run without our own staff.")
    stories = [
        Story(
            name=card.name,
            text=_story_text(card),
            people=_people_text(card, with_names=with_names),
        )
        for card in activity_cards(emergence)
        if card.activity.may_be_shared and not card.is_planned
    ]
    return _section(Part.EMERGED, sentences, stories=tuple(stories[:STORIES_SHOWN]))


def _story_text(card: ActivityCard) -> str:
    """Return what it is for and what came of it: as one paragraph if the first is a sentence."""
    texts = [text for text in (card.purpose, card.outcomes) if text]
    return (" " if texts and texts[0].rstrip().endswith((".", "!", "?")) else "\n\n").join(texts)


def _people_text(card: ActivityCard, *, with_names: bool) -> str | None:
    if with_names or not card.collaborator_count:
        return card.collaborators
    return pluralize(card.collaborator_count, "collaborator")


def _feedback(workbook: Workbook, *, as_of: dt.date) -> Section | None:
    done = [
        promise
        for promise in promises(workbook, as_of=as_of, for_staff=False)
        if promise.status is PromiseStatus.DONE and promise.response
    ]
    lines = [f"We heard: {each.feedback} What we did: {each.response}" for each in done[:FEEDBACK_SHOWN]]
    if not lines:
        return None
    return Section(part=Part.HEARD, title=TITLES[Part.HEARD], text="\n\n".join(lines))


def _next_convening(facts: Facts, audience: Audience) -> Section | None:
    sentences = []
    if facts.convenings.upcoming:
        first = facts.convenings.upcoming[0]
        sentences.append(f"We meet next on {format_date(first.date)}: {first.title}." if first.date else "")
    if audience is Audience.BOARD:
        sentences += [_as_we(_plan(step)) for step in next_steps(facts)]
    return _section(Part.NEXT, sentences) if any(sentences) else None


def _plan(step: NextStep) -> str:
    """Return a next step as a plan with its reason: `We plan to reach out to unconnected members (10 people).`"""
    action = f"We plan to {lowercase_first(step.action)}"
    if ". " in step.reason:
        return f"{action}. {step.reason}"
    return f"{action} ({lowercase_first(step.reason).removesuffix('.')})."


def _as_we(text: str) -> str:
    """Return a next step, written to staff, as the network says it to others."""
    for pattern, ours in ((r"\byour\b", "our"), (r"\byou\b", "we"), (r"\bYou\b", "We")):
        text = re.sub(pattern, ours, text)
    return text


def _number(value: float | None, unit: Unit, label: str, day: dt.date, definition: str) -> Number:
    return Number(value=format_value(value, unit), label=label, note=f"{definition} As of {format_date(day)}.")


def _footnote(workbook: Workbook, *, has_ranges: bool) -> str:
    smallest = workbook.settings.smallest_group
    has_unlisted = any(not person.on_map for person in workbook.people.values())
    unlisted = " Numbers about connections leave out people who asked not to appear." if has_unlisted else ""
    chance = (
        " Other people might have answered differently, so a change is only likely to be in a range (95% interval). "
        "It is probably not chance if that whole range is on one side of zero, even if everyone had answered."
        if has_ranges
        else ""
    )
    return (
        f"Numbers come from the records of {workbook.network_name or 'the network'}, read on "
        f"{format_date(workbook.today)}. Survey results of fewer than {smallest} people are hidden.{chance}{unlisted}"
    )
