"""The verdict on the Overview page: healthier, the same, or less healthy than before, on what evidence, and how sure.

It is no score: it says what moved. `movements` has the rules. Only clear movements decide; one that could be chance is
mentioned if it is a worry. If all that moved is in one domain, the headline speaks of that domain only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.overview.facts import Facts
from nethealth.overview.movements import Earlier, Movement, find_movements
from nethealth.overview.next_steps import SURVEY_AGAIN, SURVEY_DUE_AFTER, NextStep
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import pluralize

CHANGES_SHOWN: Final = 3
CLAIMS_SHOWN: Final = 3
WATCHED: Final = 3
WORRYING: Final = 0.15
"""Below this probability of chance, a movement for the worse is mentioned as a worry."""


_ONE_DOMAIN: Final = {
    "connectivity": ("Connections are healthier", "Connections are less healthy"),
    "experience": ("Members gain more", "Members gain less"),
    "infrastructure": ("Membership is healthier", "Membership is less healthy"),
    "emergence": ("Members start more activities", "Members start fewer activities"),
}
"""By page: the headline if clear movements for the better, or for the worse, are on this page only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What moved, in a few sentences. Texts may quote names from the workbook: escape them."""

    headline: str
    evidence: str
    """On what the headline is based, how sure it is, and what worries."""
    changes: tuple[Movement, ...]
    """The clearest changes."""
    others: tuple[Movement, ...]
    """All other changes that we measured, the worry among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWatch:
    """Something to watch that is neither in the verdict nor a next step."""

    text: str
    page: str


def judge(facts: Facts, *, past: Earlier | None = None) -> Verdict:
    """Return the verdict. Without anything to compare with, it says so. `past` as in `find_movements`."""
    movements = find_movements(facts, past=past)
    clear = [each for each in movements if each.is_clear]
    better, worse = [each for each in clear if each.is_better], [each for each in clear if not each.is_better]
    worry = None if worse else _worry(movements)
    sentences = [
        *_claims(better, worse),
        *_certainty(len(movements), len(clear)),
        *_worry_text(worry),
        *_not_compared(facts, movements),
    ]
    shown = clear[:CHANGES_SHOWN] or movements[:CHANGES_SHOWN]
    return Verdict(
        headline=_headline(better, worse, then=_then(clear or movements, today=facts.as_of), facts=facts),
        evidence=" ".join(sentences),
        changes=tuple(shown),
        others=tuple(each for each in movements if each not in shown),
    )


def _headline(better: Sequence[Movement], worse: Sequence[Movement], *, then: str | None, facts: Facts) -> str:
    if better and worse:
        return f"Better than {then} in some ways, worse in others"
    pages = {each.page for each in (*better, *worse)}
    if len(pages) == 1:
        return f"{_ONE_DOMAIN[pages.pop()][0 if better else 1]} than {then}"
    if pages:
        return f"{'Healthier' if better else 'Less healthy'} than {then}"
    if then or facts.wave_changes:
        return f"About the same as {then or 'before'}"
    return "Too early to say how the network is changing"


def _then(movements: Sequence[Movement], *, today: dt.date) -> str | None:
    """Return the years that movements are compared with, such as `in 2025`; `before` if unknown, None without any."""
    if not movements:
        return None
    days = [each.baseline for each in movements if each.baseline is not None]
    if len(days) < len(movements):
        return "before"
    years = sorted({day.year for day in days})
    named = [f"in {year}" if year < today.year else "earlier this year" for year in years]
    return join_names(named) if len(named) < 3 else f"in {years[0]} to {years[-1]}"


def _claims(better: Sequence[Movement], worse: Sequence[Movement]) -> list[str]:
    return [
        f"{text[0].upper()}{text[1:]}."
        for group in (better, worse)
        if (text := join_names([each.claim for each in group[:CLAIMS_SHOWN]]))
    ]


def _certainty(measured: int, clear: int) -> list[str]:
    if clear:
        return ["That’s probably not chance." if clear == 1 else "These are probably not chance."]
    if not measured:
        return ["After a second wave or survey, you’ll see here what moved."]
    return [f"{'The one change' if measured == 1 else f'All {measured} changes'} we measured could be chance."]


def _worry(movements: Sequence[Movement]) -> Movement | None:
    """Return the strongest movement for the worse if it comes close to clear; None without one."""
    return next((each for each in movements if not each.is_better and each.probability < WORRYING), None)


def _worry_text(worry: Movement | None) -> list[str]:
    return [] if worry is None else [f"One worry: {worry.claim} ({worry.caveat})."]


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


def things_to_watch(facts: Facts, *, steps: Sequence[NextStep]) -> tuple[ToWatch, ...]:
    """Return what else to watch: clear movements for the worse that the verdict leaves out, and old data."""
    worse = [each for each in find_movements(facts) if each.is_clear and not each.is_better]
    found = [ToWatch(text=f"{each.name} {each.change}.", page=each.page) for each in worse[CHANGES_SHOWN:]]
    wave, survey = facts.latest_wave, facts.latest_survey
    found += _if_old(wave.date if wave else None, "wave of connections", page="connectivity", as_of=facts.as_of)
    if not any(step.action == SURVEY_AGAIN for step in steps):
        found += _if_old(survey.date if survey else None, "survey", page="experience", as_of=facts.as_of)
    return tuple(found[:WATCHED])


def _if_old(date: dt.date | None, what: str, *, page: str, as_of: dt.date) -> list[ToWatch]:
    if date is None or as_of - date <= SURVEY_DUE_AFTER:
        return []
    return [ToWatch(text=f"The last {what} was {_age(as_of - date)} ago.", page=page)]


def _age(age: dt.timedelta) -> str:
    return pluralize(round(age.days / 30.4), "month")
