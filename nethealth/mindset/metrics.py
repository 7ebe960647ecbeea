"""The mindset reflection: how a group leans on the seven pairs, as distributions alone.

Both poles of a pair have their place. There is no score, no mean and no sum here, and none may be added: a reflection
is something to talk about, not a mark.

How privacy is kept: what fewer people than the smallest group answered is held back whole. Within a larger group single
cells may be small, since positions and characteristics are closed answers that tell nobody apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from nethealth.metric import Metric, Unit
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import MindsetReflection, Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment, Pair

QUESTIONS: tuple[str, ...] = (
    "Where did you see this way of working in the last month? Describe one moment.",
    "How does it help us advance our mission, and what would we lose without it?",
    "Where does it hold our mission back, and who feels that first?",
    "What is one small thing we could do differently before we meet again?",
)
"""What to think about once some characteristics have risen to the top."""

Distribution: TypeAlias = tuple[int, int, int, int, int]
"""People by position, from 1 (hierarchical) to 5 (network)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLeanings:
    """One pair: how many people stand at each of the five steps."""

    pair: Pair
    distribution: Distribution | TooFew

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        shown = self.distribution
        return {
            "pair": self.pair.column,
            "distribution": shown.as_json() if isinstance(shown, TooFew) else list(shown),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMindset:
    """One session at one moment."""

    session: str | None
    moment: Moment | None
    date: dt.date | None
    """The latest day given; None where no row has one."""
    n: int
    """People who took part."""
    pairs: tuple[PairLeanings, ...]
    """All seven, in the order of `vocabulary.PAIRS`."""
    rose_to_the_top: Mapping[str, int] | TooFew
    """People by characteristic, in the order of the pairs; those that nobody named are left out."""

    @property
    def title(self) -> str:
        """`Autumn retreat · Now`: session and moment as far as the sheet names them."""
        return " · ".join(filter(None, (self.session or "", self.moment.value if self.moment else ""))) or "Reflection"

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        top = self.rose_to_the_top
        return {
            "session": self.session,
            "moment": self.moment.value if self.moment else None,
            "n": self.n,
            "pairs": [pair.as_json() for pair in self.pairs],
            "rose_to_the_top": top.as_json() if isinstance(top, TooFew) else dict(top),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReflection:
    """What one person has placed, chosen and written; it lives in their browser's session and nowhere else."""

    positions: tuple[int | None, ...]
    """In the order of `vocabulary.PAIRS`, 1 to 5; None: not placed yet."""
    rose_to_the_top: tuple[str, ...]
    thoughts: tuple[tuple[str, str], ...]
    """Each question with what was written to it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been placed, chosen or written."""
        return not (any(self.positions) or self.rose_to_the_top or any(text.strip() for _, text in self.thoughts))


def summarize_mindset(workbook: Workbook) -> tuple[SessionMindset, ...]:
    """Each session and moment of the Mindset tab: sessions in the order of the sheet, moments in their own.

    Who reflected twice on one moment of one session is heard by the last. Empty where there are no reflections.
    """
    groups: dict[tuple[str | None, Moment | None], dict[object, MindsetReflection]] = {}
    by_day = sorted(workbook.mindset, key=lambda each: each.date or dt.date.min)
    for place, reflection in enumerate(by_day):
        who = place if reflection.respondent is None else reflection.respondent
        groups.setdefault((reflection.session, reflection.moment), {})[who] = reflection
    smallest = workbook.settings.smallest_group
    found = [_session(*key, list(each.values()), smallest_group=smallest) for key, each in groups.items()]
    moments = [None, *Moment]
    sessions = list(dict.fromkeys(each.session for each in workbook.mindset))
    return tuple(sorted(found, key=lambda each: (sessions.index(each.session), moments.index(each.moment))))


def latest_first(sessions: Sequence[SessionMindset]) -> tuple[SessionMindset, ...]:
    """The sessions as one looks them up: the latest session first, its moments in their own order."""
    names = list(dict.fromkeys(each.session for each in sessions))
    return tuple(sorted(sessions, key=lambda each: -names.index(each.session)))


def _session(
    session: str | None, moment: Moment | None, reflections: Sequence[MindsetReflection], *, smallest_group: int
) -> SessionMindset:
    pairs = []
    for place, pair in enumerate(PAIRS):
        counts = [0, 0, 0, 0, 0]
        for reflection in reflections:
            position = reflection.positions[place] if place < len(reflection.positions) else None
            if position in (1, 2, 3, 4, 5):
                counts[position - 1] += 1
        is_held = is_too_small(sum(counts), smallest_group=smallest_group)
        shown: Distribution = (counts[0], counts[1], counts[2], counts[3], counts[4])
        pairs.append(PairLeanings(pair=pair, distribution=TooFew(smallest_group) if is_held else shown))
    named = [set(reflection.rose_to_the_top) for reflection in reflections if reflection.rose_to_the_top]
    counted = {one: sum(one in names for names in named) for one in CHARACTERISTICS}
    top = MappingProxyType({one: count for one, count in counted.items() if count})
    return SessionMindset(
        session=session,
        moment=moment,
        date=max((each.date for each in reflections if each.date), default=None),
        n=len(reflections),
        pairs=tuple(pairs),
        rose_to_the_top=TooFew(smallest_group) if is_too_small(len(named), smallest_group=smallest_group) else top,
    )


METRICS: tuple[Metric, ...] = (
    Metric(
        id="n",
        label="People who reflected",
        question="How many people took part?",
        reading="Each person counts once in a session and moment.",
        not_meaning="Who took part may not be who could not come.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Mindset tab",
        compute=lambda session: session.n,
    ),
    Metric(
        id="pairs",
        label="Leanings on the seven pairs",
        question="Where do people see the organization, between the two ways of thinking of each pair?",
        reading="Five steps between two statements. Talk first about where people stand apart.",
        not_meaning="Neither side is the better one, and nothing here adds up to a mark. An organization needs both.",
        unit=Unit.COUNT,
        undefined="fewer people than the smallest group answered: then it is held back",
        source="the seven pairs of hierarchical and network mindset, as the exercise lists them",
        compute=lambda session: session.pairs,
    ),
    Metric(
        id="rose_to_the_top",
        label="What rose to the top",
        question="Which of the fourteen characteristics do people see most in the organization today?",
        reading="Each person names up to three. Few names shared by many say that people see the same organization.",
        not_meaning="It is not a ranking of what is good.",
        unit=Unit.COUNT,
        undefined="fewer people than the smallest group named any: then it is held back",
        source="the fourteen characteristics of the seven pairs",
        compute=lambda session: session.rose_to_the_top,
    ),
)
