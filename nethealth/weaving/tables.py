"""The cards and registers of the weaving page. Who was talked with, what was heard and promised is for staff alone.

Values from cells are as typed: whoever shows them escapes them. Nobody with `Show on map` = no is ever listed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TypeAlias

from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.weaving import IntroductionOutcome, WeavingSummary
from nethealth.workbook.records import PersonKey, Workbook

Card: TypeAlias = tuple[str, str, str | None]
Row: TypeAlias = dict[str, object]

LATER = dt.timedelta(days=14)
"""What is due within two weeks is due soon."""


def weaving_cards(summary: WeavingSummary, *, workbook: Workbook, for_staff: bool) -> list[Card]:
    """Conversations, members reached, introductions and what became of them: counts that name nobody.

    Of a few members reached, viewers are told no number.
    """
    reached, smallest = summary.members_reached, workbook.settings.smallest_group
    is_held = not for_staff and is_too_small(reached, smallest_group=smallest)
    told = str(TooFew(smallest)) if is_held else format_value(reached, Unit.COUNT)
    members = sum(person.is_inside(summary.as_of) is not False for person in workbook.members)
    became = None
    if summary.introductions:
        ties = summary.became_ties
        became = f"{pluralize(ties, 'has', 'have')} become a tie" if ties else "none is known to be a tie yet"
    return [
        ("Conversations", format_value(summary.conversations, Unit.COUNT), _since(summary)),
        ("Members reached", told, f"of {pluralize(members, 'member')} today"),
        ("Introductions", format_value(summary.introductions, Unit.COUNT), became),
    ]


def follow_up_card(summary: WeavingSummary) -> Card:
    """How many promises are open, for staff."""
    late = summary.follow_ups_overdue
    overdue = f"{late:,} {_past(late)}" if late else "none past its day"
    return ("Follow-ups open", format_value(summary.follow_ups_open, Unit.COUNT), overdue)


def _past(number: int) -> str:
    return f"past {'its' if number == 1 else 'their'} day"


def _since(summary: WeavingSummary) -> str | None:
    first = min((talk.date for talk in summary.talks if talk.date), default=None)
    return f"since {first:%B %Y}" if first else None


def follow_ups_title(summary: WeavingSummary) -> str:
    """What waits to be done, as a heading."""
    if not summary.follow_ups_open:
        return "Every promise is kept" if any(talk.follow_up for talk in summary.talks) else "No follow-up waits"
    waiting = pluralize(summary.follow_ups_open, "follow-up waits", "follow-ups wait").capitalize()
    late = summary.follow_ups_overdue
    soon = sum(each.due is not None and each.due <= summary.as_of + LATER for each in summary.follow_ups) - late
    parts = [(late, _past(late)), (soon, "due within two weeks")]
    if whole := [words for number, words in parts if number == summary.follow_ups_open]:
        return f"{waiting}, {'all ' if summary.follow_ups_open > 1 else ''}{whole[0]}"
    told = ", ".join(f"{number:,} {words}" for number, words in parts if number)
    return f"{waiting}: {told}" if told else waiting


def follow_up_rows(summary: WeavingSummary, *, workbook: Workbook) -> list[Row]:
    """One row an open follow-up, the soonest due first. For staff."""
    return [
        {
            "Member": _name(workbook, each.member),
            "What": each.text or "",
            "When": _when(each.due, as_of=summary.as_of, is_overdue=each.is_overdue),
            "Due": each.due,
            "Weaver": each.weaver,
            "Talked on": each.date,
        }
        for each in summary.follow_ups
        if each.is_listable
    ]


def _when(due: dt.date | None, *, as_of: dt.date, is_overdue: bool) -> str:
    if due is None:
        return "No day set"
    if is_overdue:
        return f"{pluralize((as_of - due).days, 'day')} past"
    if due == as_of:
        return "Today"
    return f"In {pluralize((due - as_of).days, 'day')}" if due <= as_of + LATER else "Later"


def log_title(summary: WeavingSummary) -> str:
    """How many conversations are written down, and when the latest was, as a heading."""
    latest = max((talk.date for talk in summary.talks if talk.date), default=None)
    told = pluralize(summary.conversations, "conversation").capitalize()
    if latest is None:
        return told
    return f"{told}, {'the latest ' if summary.conversations > 1 else ''}on {format_value(latest)}"


def talk_rows(summary: WeavingSummary, *, workbook: Workbook) -> list[Row]:
    """The log, latest first. For staff."""
    return [
        {
            "Member": _name(workbook, talk.member),
            "Date": talk.date,
            "Weaver": talk.weaver,
            "What we heard": talk.what_we_heard or "",
            "Introduced to": tuple(_name(workbook, key) for key in talk.introduced_to if _is_listable(workbook, key)),
        }
        for talk in summary.talks
        if _is_listable(workbook, talk.member)
    ]


def introduction_rows(summary: WeavingSummary, *, workbook: Workbook) -> list[Row]:
    """Each pair that was introduced, latest first, and what became of it. For staff."""
    return [
        {
            "Introduced": _name(workbook, pair.member),
            "To": _name(workbook, pair.introduced_to),
            "On": pair.date,
            "By": pair.weaver,
            "Since then": str(pair.became),
        }
        for pair in summary.introduced
        if pair.is_listable
    ]


def introductions_title(summary: WeavingSummary) -> str:
    """What introductions became, as a heading."""
    if not summary.introductions:
        return "Nobody has been introduced yet"
    if not summary.became_ties:
        was_asked = any(pair.became is not IntroductionOutcome.NOT_ASKED for pair in summary.introduced)
        one = summary.introductions == 1
        if was_asked:
            known = f"{'it is not' if one else 'none is'} known to have become a tie yet"
        else:
            known = f"whether {'it became a tie' if one else 'they became ties'} is not known yet"
        return f"{pluralize(summary.introductions, 'introduction')} so far; {known}"
    return f"{summary.became_ties:,} of {pluralize(summary.introductions, 'introduction')} became a tie"


def introductions_text(summary: WeavingSummary) -> str:
    """The rest of the introductions, in one sentence; empty where there is none."""
    became = Counter(pair.became for pair in summary.introduced)
    parts = [pluralize(became[kind], one, many) for kind, (one, many) in _BECAME_WORDS.items() if became[kind]]
    if not parts:
        return ""
    return f"{'Of the others' if summary.became_ties else 'Of these'}, {'; '.join(parts)}."


_BECAME_WORDS = {
    IntroductionOutcome.TIED_BEFORE: (
        "was between people who were connected before",
        "were between people who were connected before",
    ),
    IntroductionOutcome.NOT_YET: ("is not named by either of the two yet", "are not named by either of the two yet"),
    IntroductionOutcome.NOT_ASKED: (
        "waits for the next time that people are asked",
        "wait for the next time that people are asked",
    ),
}


def _is_listable(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is None or person.on_map


def _name(workbook: Workbook, key: PersonKey) -> str:
    person = workbook.people.get(key)
    return person.name if person else key
