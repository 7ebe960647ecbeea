"""The verdict on the Overview page: healthier, the same, or less healthy than before, on what evidence, and how sure.

It is no score: it says what moved. `movements` has the rules. Only clear movements decide and are shown as changes; one
that isn't clear is mentioned if it is a worry. If all that moved is in one domain, the headline speaks of that domain
only. Better and worse follow the same rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.metric import Unit
from nethealth.network.analysis.nonresponse import hidden_responses
from nethealth.overview.facts import Facts
from nethealth.overview.movements import MEMBERSHIP, Earlier, Movement, answers_claim, find_movements
from nethealth.overview.next_steps import LONGEST_WAVE_NAME, SURVEY_AGAIN, SURVEY_DUE_AFTER, NextStep
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_value, lowercase_first, pluralize, single_line, uppercase_first

CHANGES_SHOWN: Final = 3
CLAIMS_SHOWN: Final = 4
PROBABLY_NOT_CHANCE: Final = "probably not chance"
NOTHING_ELSE: Final = "Nothing else we compared changed clearly."
WORRYING: Final = 0.15
"""Below this probability of chance, a movement for the worse is mentioned as a worry."""
NOT_YET_BACK: Final = 0.95
"""Below this part of the most members in recent years, we say that a growing network isn't back there yet."""
RECENT_YEARS: Final = 3
MANY_LEFT: Final = 0.15
"""From this share of members leaving between two surveys or waves, they may be why answers changed."""

_ONE_DOMAIN: Final = {
    "connectivity": ("Connections are healthier", "Connections are less healthy"),
    "experience": ("Members gain more", "Members gain less"),
    "infrastructure": ("More members", "Fewer members"),
    "emergence": ("Members start more activities", "Members start fewer activities"),
}
"""By page: the headline if clear movements for the better, or for the worse, are on this page only."""
_SAMPLED: Final = {"connectivity": "connections", "experience": "answers"}
"""By page: what we only know from those who answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What moved, in a few sentences. Texts may quote names from the workbook: escape them."""

    headline: str
    evidence: str
    """On what the headline is based, how sure it is, and what worries."""
    changes: tuple[Movement, ...]
    """The clearest changes, of each domain first; empty if none is clear."""
    others: tuple[Movement, ...]
    """All other changes that we measured, the worry among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWatch:
    """Old data that is neither in the verdict nor a next step."""

    text: str
    page: str


def judge(facts: Facts, *, past: Earlier | None = None) -> Verdict:
    """Return the verdict. Without anything to compare with, it says so. `past` as in `find_movements`."""
    movements = find_movements(facts, past=past)
    clear = _each_domain_first([each for each in movements if each.is_clear])
    better, worse = [each for each in clear if each.is_better], [each for each in clear if not each.is_better]
    worry = None if worse else _worry(movements)
    pages = {each.page for each in clear}
    # The headline says it all if only the members changed.
    in_words = [] if len(clear) == 1 and pages == {"infrastructure"} else clear
    sentences = [
        *_claims([each for each in in_words if each.is_better], direction="better"),
        *_claims([each for each in in_words if not each.is_better], direction="worse", contrasts=bool(better)),
        *([] if clear else [_none_clear(len(movements), was_compared=bool(facts.wave_changes))]),
        *([NOTHING_ELSE] if len(pages) == 1 and _has_more(facts, movements, clear) else []),
        *_not_yet_back(facts),
        *_many_left(facts, better),
        *_worry_text(worry),
        *_not_compared(facts, movements),
        *_not_asked(facts, movements),
    ]
    shown = clear[:CHANGES_SHOWN]
    return Verdict(
        headline=_headline(better, worse, movements=movements, facts=facts),
        evidence=" ".join(sentences),
        changes=tuple(shown),
        others=tuple(each for each in movements if each not in shown),
    )


def _each_domain_first(clear: Sequence[Movement]) -> list[Movement]:
    """Return movements with the clearest of each page first, so that one domain doesn't crowd out another."""
    first = [each for at, each in enumerate(clear) if each.page not in {other.page for other in clear[:at]}]
    return first + [each for each in clear if each not in first]


def _headline(
    better: Sequence[Movement], worse: Sequence[Movement], *, movements: Sequence[Movement], facts: Facts
) -> str:
    then = _years_compared([*better, *worse] or movements, today=facts.as_of)
    if better and worse:
        return f"Better than {then} in some ways, worse in others"
    pages = {each.page for each in (*better, *worse)}
    if pages == {"infrastructure"}:
        return _membership_headline([*better, *worse], then=then, is_only=not _answers_compared(facts, movements))
    if len(pages) == 1:
        return f"{_ONE_DOMAIN[pages.pop()][0 if better else 1]} than {then}"
    if pages:
        return f"{'Healthier' if better else 'Less healthy'} than {then}"
    if then or facts.wave_changes:
        year = (then or "").removeprefix("in ")
        return f"No clear change since {year if year.isdigit() else 'last time'}"
    return "Too early to say how the network is changing"


def _membership_headline(clear: Sequence[Movement], *, then: str | None, is_only: bool) -> str:
    """Return a headline about members; `is_only` if there is nothing else to compare yet."""
    grown = next((each for each in clear if each.name == MEMBERSHIP), None)
    if grown is not None:
        text = f"{_ONE_DOMAIN['infrastructure'][0 if grown.is_better else 1]} than {then}"
    else:
        text = f"{uppercase_first(clear[0].claim)} than {then}"
    return f"{text}, but it’s too early to say more" if is_only else text


def _has_more(facts: Facts, movements: Sequence[Movement], clear: Sequence[Movement]) -> bool:
    return len(movements) > len(clear) or _answers_compared(facts, movements)


def _answers_compared(facts: Facts, movements: Sequence[Movement]) -> bool:
    return bool(facts.wave_changes) or len(facts.surveys) > 1 or any(each.page in _SAMPLED for each in movements)


def _years_compared(movements: Sequence[Movement], *, today: dt.date) -> str | None:
    """Return the years that movements are compared with, such as `in 2025`; `before` if unknown, None without any."""
    if not movements:
        return None
    days = [each.baseline for each in movements if each.baseline is not None]
    if len(days) < len(movements):
        return "before"
    years = sorted({day.year for day in days})
    named = [f"in {year}" if year < today.year else "earlier this year" for year in years]
    return join_names(named) if len(named) < 3 else f"in {years[0]} to {years[-1]}"


def _claims(movements: Sequence[Movement], *, direction: str, contrasts: bool = False) -> list[str]:
    """Return what changed, first what answers say, and how sure that is; then counts, which did happen.

    `contrasts` if the sentences before said the opposite.
    """
    named = movements[:CLAIMS_SHOWN]
    answers = _without_repeats([each for each in named if not each.is_count])
    counts = [each.claim for each in named if each.is_count]
    if more := len(movements) - len(named):
        counts.append(f"{pluralize(more, 'more change')} {'is' if more == 1 else 'are'} for the {direction}")
    sentences = ((answers, f" ({PROBABLY_NOT_CHANCE})"), (counts, ""))
    texts = [f"{_join_clauses(claims)}{certainty}." for claims, certainty in sentences if claims]
    return [f"But {text}" if contrasts and not at else uppercase_first(text) for at, text in enumerate(texts)]


def _join_clauses(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence. Two need a comma: `depends less on our staff, and answers improved`."""
    return ", and ".join(clauses) if len(clauses) == 2 else join_names(clauses)


def _without_repeats(movements: Sequence[Movement]) -> list[str]:
    """Return claims, with those on the answers to several outcomes as one."""
    topics = [each.topic for each in movements if each.topic]
    claims = [answers_claim(join_names(topics), is_better=movements[0].is_better)] if topics else []
    first = next((at for at, each in enumerate(movements) if each.topic), 0)
    others = [each.claim for each in movements if not each.topic]
    return [*others[:first], *claims, *others[first:]]


def _none_clear(measured: int, *, was_compared: bool) -> str:
    if not measured:
        return (
            "Nothing we measured changed."
            if was_compared
            else "After a second wave or survey, you’ll see what changed."
        )
    return "None of what moved is certain enough to call it better or worse."


def _not_yet_back(facts: Facts) -> list[str]:
    """Return that a network that grows again had more members before; nothing otherwise."""
    now, full = facts.past_year, [year for year in facts.years if not year.partial][-RECENT_YEARS:]
    if now is None or now.end <= now.start or not full:
        return []
    most = max(full, key=lambda year: year.end)
    if now.end >= NOT_YET_BACK * most.end:
        return []
    return [f"With {now.end:,} members, the network isn’t yet back to the {most.end:,} of {most.period}."]


def _many_left(facts: Facts, better: Sequence[Movement]) -> list[str]:
    """Return that people who left may be why answers are better: those who stay aren't the same people."""
    asked = {
        "experience": facts.latest_survey.date if facts.latest_survey else None,
        "connectivity": facts.latest_wave.date if facts.latest_wave else None,
    }
    for each in better:
        now = asked.get(each.page)
        if each.baseline is None or now is None:
            continue
        between = [q for q in facts.quarters if each.baseline < q.first_day + (q.last_day - q.first_day) / 2 <= now]
        left = sum(quarter.dropped for quarter in between)
        if between and left >= MANY_LEFT * between[0].start > 0:
            return [f"Part of the reason may be that {left:,} people left in between. Those who stayed may be happier."]
    return []


def _worry(movements: Sequence[Movement]) -> Movement | None:
    """Return the strongest movement for the worse if it comes close to clear; None without one."""
    return next((each for each in movements if not each.is_better and each.probability < WORRYING), None)


def _worry_text(worry: Movement | None) -> list[str]:
    if worry is None:
        return []
    # It isn't clear, or it would decide: "possible" says so in a word, and "How we know" why.
    return [f"Possible worry: {lowercase_first(worry.name)} {worry.change}."]


def _not_compared(facts: Facts, movements: Sequence[Movement]) -> list[str]:
    """Return what a verdict on something else leaves open, because it was asked only once."""
    pages = {each.page for each in movements}
    once = [
        name
        for name, page, times in (
            ("connections", "connectivity", len(facts.waves)),
            ("answers", "experience", len(facts.surveys)),
        )
        if times == 1 and page not in pages
    ]
    return [f"We can’t compare {join_names(once)} yet: we asked only once."] if movements and once else []


def _not_asked(facts: Facts, movements: Sequence[Movement]) -> list[str]:
    """Return the domains that a verdict says nothing about, because there is no data on them yet."""
    pages = {each.page for each in movements}
    empty = [
        name
        for page, name, is_empty in (
            ("connectivity", "connections", not facts.waves),
            ("experience", "what members gain", not facts.surveys),
            ("infrastructure", "who joins and leaves", not facts.years),
            ("emergence", "what members start", not facts.emergence.count),
        )
        if is_empty and page not in pages
    ]
    return [f"We have no data yet on {join_names(empty)}."] if movements and empty else []


def who_answered(facts: Facts, *, smallest_group: int) -> str:
    """Return how many of those asked the latest connections and answers come from, as sentences.

    Empty if unknown. Without connections if fewer than `smallest_group` people answered about them or didn't, because
    the map could tell who. May quote names of waves: escape it.
    """
    wave, survey = facts.latest_wave, facts.latest_survey
    rates = []
    if wave is not None and not hidden_responses(wave.metrics, smallest_group=smallest_group):
        rates.append((wave.wave, wave.metrics.response_rate, "named their connections"))
    if survey is not None:
        rates.append((survey.wave, survey.response_rate, "answered the survey"))
    return " ".join(
        f"In {single_line(name, longest=LONGEST_WAVE_NAME)}, {format_value(rate, Unit.SHARE)} of those we asked {did}."
        for name, rate, did in rates
        if name and rate is not None
    )


def things_to_watch(facts: Facts, *, steps: Sequence[NextStep]) -> tuple[ToWatch, ...]:
    """Return which data is too old to say how things are now, unless a next step says so."""
    wave, survey = facts.latest_wave, facts.latest_survey
    found = _if_old(wave.date if wave else None, "wave of connections", page="connectivity", as_of=facts.as_of)
    if not any(step.action == SURVEY_AGAIN for step in steps):
        found += _if_old(survey.date if survey else None, "survey", page="experience", as_of=facts.as_of)
    return tuple(found)


def _if_old(date: dt.date | None, what: str, *, page: str, as_of: dt.date) -> list[ToWatch]:
    if date is None or as_of - date <= SURVEY_DUE_AFTER:
        return []
    return [ToWatch(text=f"The last {what} was {_age(as_of - date)} ago.", page=page)]


def _age(age: dt.timedelta) -> str:
    return pluralize(round(age.days / 30.4), "month")
