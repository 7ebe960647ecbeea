"""Questions that a room can discuss, chosen by what its picture shows. None of them judges.

The rules, in the order in which they choose; three questions are asked in all:

1. **Split**: at least a fifth of the people are at each end of a pair. The pair where most are at the ends comes first.
2. **Wide gap**: between now and hoped for (or before and after), the share of people on one side of a pair differs by
   at least 30 points. The widest gap comes first.
3. **Agreement**: at least three quarters of the people are on one side of a pair. The pair with most of them comes
   first.
4. What most people named as rising to the top, and what the reflection itself asks about it.
5. What any picture can ask.

Each rule asks at most once, and about a pair that no other asks about. What is hidden (too few people) chooses
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nethealth.mindset.metrics import QUESTIONS, Distribution, PairLeanings, SessionMindset, is_split
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import Moment, Pair

ASKED: Final = 3
WIDE_GAP: Final = 0.3
"""Difference of shares from which two moments differ widely."""
AGREED: Final = 0.75
"""Share of people on one side from which a room agrees."""
ABOUT_ANY: Final = (
    "What surprises you in this picture?",
    "Which moment from the last month shows what we see here?",
    QUESTIONS[-1],
)
"""Questions about any picture."""
_Found = tuple[float, Pair, str]
"""How strongly a rule applies, the pair it's about, and its question."""


def discussion_questions(session: SessionMindset, other: SessionMindset | None = None) -> tuple[str, ...]:
    """Return three questions about a session, compared with the `other` moment if there is one."""
    asked: dict[str, str] = {}
    for found in (_split(session), _gaps(session, other), _agreement(session)):
        for _, pair, question in sorted(found, key=lambda each: -each[0]):
            if pair.column not in asked:
                asked[pair.column] = question
                break
    return tuple([*asked.values(), *_top(session), *ABOUT_ANY][:ASKED])


def _split(session: SessionMindset) -> Iterator[_Found]:
    for pair, counts in _shown(session):
        if is_split(counts):
            text = (
                f"Some of us see “{pair.hierarchical}”, others “{pair.network}”. What does each of us have in mind? "
                "Where do both happen?"
            )
            yield (counts[0] + counts[4]) / sum(counts), pair, text


def _gaps(session: SessionMindset, other: SessionMindset | None) -> Iterator[_Found]:
    then = {} if other is None else {pair.column: counts for pair, counts in _shown(other)}
    for pair, counts in _shown(session):
        if pair.column not in then:
            continue
        (left, right), (left_then, right_then) = _sides(counts), _sides(then[pair.column])
        gap = max(abs(left - left_then), abs(right - right_then))
        if gap >= WIDE_GAP:
            yield gap, pair, _gap_question(pair, other.moment if other is not None else None)


def _gap_question(pair: Pair, moment: Moment | None) -> str:
    between = f"“{pair.hierarchical}” and “{pair.network}”"
    if moment is Moment.HOPED_FOR:
        return f"Between {between}, where we are and where we hope to be differ most. What would be a first small step?"
    return f"Between {between}, the two moments differ most. What happened in between?"


def _agreement(session: SessionMindset) -> Iterator[_Found]:
    for pair, counts in _shown(session):
        for share, pole in zip(_sides(counts), (pair.hierarchical, pair.network), strict=True):
            if share >= AGREED:
                text = f"Most of us see “{pole}”. What does it make possible, and what does it make hard?"
                yield share, pair, text


def _top(session: SessionMindset) -> Iterator[str]:
    top = session.rose_to_the_top
    if isinstance(top, TooFew) or not top:
        return
    most = max(top.values())
    names = [name for name, count in top.items() if count == most]
    if len(names) == 1:
        yield f"“{names[0]}” was named most. Where did we see it in the last month?"
        yield from QUESTIONS[1:]
    elif len(names) == 2:
        yield f"“{names[0]}” and “{names[1]}” were named most. Where did we see them in the last month?"


def _shown(session: SessionMindset) -> Sequence[tuple[Pair, Distribution]]:
    return [(each.pair, each.distribution) for each in session.pairs if _has_counts(each)]  # type: ignore[misc]


def _has_counts(leanings: PairLeanings) -> bool:
    return not isinstance(leanings.distribution, TooFew) and sum(leanings.distribution) > 0


def _sides(counts: Distribution) -> tuple[float, float]:
    """Return the shares of people closer to the left, and closer to the right."""
    total = sum(counts)
    return (counts[0] + counts[1]) / total, (counts[3] + counts[4]) / total
