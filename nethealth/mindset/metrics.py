"""The mindset reflection: how a group leans on the seven pairs, as distributions only.

Both sides of a pair have their place. There is no score, mean, or sum here, and none may be added: a reflection is
something to talk about, not a grade.

Privacy: anything that fewer people than the minimum group size answered is hidden. In a larger group, counts may be
small, since everyone chooses from the same positions and characteristics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

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
"""Questions to reflect on once some characteristics have risen to the top."""

SPLIT_SHARE: Final = 5
"""People differ most on a pair if at least one in this many is at each end."""

_COMPARED: Final[Mapping[Moment, tuple[Moment, ...]]] = {
    Moment.NOW: (Moment.HOPED_FOR, Moment.BEFORE),
    Moment.HOPED_FOR: (Moment.NOW,),
    Moment.BEFORE: (Moment.AFTER,),
    Moment.AFTER: (Moment.BEFORE, Moment.NOW),
}
_IN_TIME: Final = (Moment.BEFORE, Moment.NOW, Moment.AFTER, Moment.HOPED_FOR)

Distribution: TypeAlias = tuple[int, int, int, int, int]
"""People by position, from 1 (hierarchical) to 5 (network)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLeanings:
    """The number of people at each of the five steps of one pair."""

    pair: Pair
    distribution: Distribution | TooFew

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
        counts = self.distribution
        return {
            "pair": self.pair.column,
            "distribution": counts.as_json() if isinstance(counts, TooFew) else list(counts),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMindset:
    """One session at one moment."""

    session: str | None
    moment: Moment | None
    date: dt.date | None
    """The latest date of its rows; None if none has one."""
    n: int
    """People who took part."""
    pairs: tuple[PairLeanings, ...]
    """All seven, in the order of `vocabulary.PAIRS`."""
    rose_to_the_top: Mapping[str, int] | TooFew
    """People by characteristic, in the order of the pairs, without those that no one named."""

    @property
    def title(self) -> str:
        """The session and moment, if known: `Fall retreat · Now`."""
        return " · ".join(filter(None, (self.session or "", self.moment.value if self.moment else ""))) or "Reflection"

    def as_json(self) -> dict[str, object]:
        """Return the JSON form that scripts read."""
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
    """What one person placed, chose, and wrote. It stays in their visit and is never stored."""

    positions: tuple[int | None, ...]
    """In the order of `vocabulary.PAIRS`, 1 to 5; None if not placed yet."""
    rose_to_the_top: tuple[str, ...]
    thoughts: tuple[tuple[str, str], ...]
    """Each question with its answer."""

    @property
    def is_empty(self) -> bool:
        """True if nothing has been placed, chosen, or written."""
        return not (any(self.positions) or self.rose_to_the_top or any(text.strip() for _, text in self.thoughts))


def summarize_mindset(workbook: Workbook) -> tuple[SessionMindset, ...]:
    """Return each session and moment of the Mindset tab: sessions in the workbook's order, moments in their own.

    If someone reflected twice on the same moment of a session, only their last reflection counts.

    Examples:
        >>> reflections = tuple(MindsetReflection(session="Retreat", moment=None, positions=(2,) * 7) for _ in range(5))
        >>> (session,) = summarize_mindset(Workbook(mindset=reflections))
        >>> session.n, session.pairs[0].distribution
        (5, (0, 5, 0, 0, 0))
    """
    groups: dict[tuple[str | None, Moment | None], dict[object, MindsetReflection]] = {}
    by_day = sorted(workbook.mindset, key=lambda each: each.date or dt.date.min)
    for number, reflection in enumerate(by_day):
        person = number if reflection.respondent is None else reflection.respondent
        groups.setdefault((reflection.session, reflection.moment), {})[person] = reflection
    smallest = workbook.settings.smallest_group
    found = [_session(*key, list(each.values()), smallest_group=smallest) for key, each in groups.items()]
    moments = [None, *Moment]
    sessions = list(dict.fromkeys(each.session for each in workbook.mindset))
    return tuple(sorted(found, key=lambda each: (sessions.index(each.session), moments.index(each.moment))))


def is_split(distribution: Distribution | TooFew) -> bool:
    """True if at least a fifth of the people are at each end of a pair."""
    if isinstance(distribution, TooFew) or not sum(distribution):
        return False
    return min(distribution[0], distribution[4]) * SPLIT_SHARE >= sum(distribution)


def compared_moments(moment: Moment | None) -> Sequence[Moment]:
    """Return the moments that a moment is compared with, the best first."""
    return _COMPARED[moment] if moment is not None else ()


def in_time(one: SessionMindset, other: SessionMindset) -> tuple[SessionMindset, SessionMindset]:
    """Return two moments of a session, the earlier first: before, now, after, hoped for."""
    first, second = sorted((one, other), key=lambda each: _IN_TIME.index(each.moment or Moment.NOW))
    return first, second


def latest_first(sessions: Sequence[SessionMindset]) -> tuple[SessionMindset, ...]:
    """Return the sessions with the latest one first, its moments in their own order."""
    names = list(dict.fromkeys(each.session for each in sessions))
    return tuple(sorted(sessions, key=lambda each: -names.index(each.session)))


def _session(
    session: str | None, moment: Moment | None, reflections: Sequence[MindsetReflection], *, smallest_group: int
) -> SessionMindset:
    pairs = []
    for index, pair in enumerate(PAIRS):
        counts = [0, 0, 0, 0, 0]
        for reflection in reflections:
            position = reflection.positions[index] if index < len(reflection.positions) else None
            if position in (1, 2, 3, 4, 5):
                counts[position - 1] += 1
        is_hidden = is_too_small(sum(counts), smallest_group=smallest_group)
        distribution: Distribution = (counts[0], counts[1], counts[2], counts[3], counts[4])
        pairs.append(PairLeanings(pair=pair, distribution=TooFew(smallest_group) if is_hidden else distribution))
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
        reading="Each person counts once per session and moment.",
        not_meaning="The people who couldn’t come may see things differently.",
        unit=Unit.COUNT,
        undefined="never",
        source="the Mindset tab",
    ),
    Metric(
        id="pairs",
        label="Leanings on the seven pairs",
        question="Where do people see the organization between the two statements of each pair?",
        reading="Each pair has five steps between two statements. Start by talking about where people differ.",
        not_meaning="Neither side is better, and an organization needs both.",
        unit=Unit.COUNT,
        undefined="fewer people answered than the minimum group size (hidden)",
        source="the seven pairs of hierarchical and network mindset, as the exercise lists them",
    ),
    Metric(
        id="rose_to_the_top",
        label="What rose to the top",
        question="Which of the fourteen characteristics do people see most in the organization today?",
        reading="Each person names up to three. If many people name the same few, they see the organization alike.",
        not_meaning="It doesn’t rank what’s good.",
        unit=Unit.COUNT,
        undefined="fewer people named any than the minimum group size (hidden)",
        source="the fourteen characteristics of the seven pairs",
    ),
)
