"""Cards, titles, and tables of the Weaving page. People with `Show on map` = no are counted but never listed.

Everything but `weaving_cards` names people or tells what they said, so it is for staff only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from nethealth.metric import Unit
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_date, format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Column, Format, Table
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.weaving import IntroductionOutcome, WeavingSummary
from nethealth.workbook.records import PersonKey, Workbook

SOON = dt.timedelta(days=14)


def weaving_cards(summary: WeavingSummary, *, workbook: Workbook, for_staff: bool) -> list[Card]:
    """Return conversations, members reached, and introductions. Viewers don't see a small number of members."""
    reached, smallest = summary.members_reached, workbook.settings.smallest_group
    is_hidden = not for_staff and is_too_small(reached, smallest_group=smallest)
    members = sum(person.is_inside(summary.as_of) is not False for person in workbook.members)
    outcome = None
    if summary.introductions and not for_staff:  # staff find it further down, with the pairs
        ties = summary.became_ties
        outcome = f"{pluralize(ties, 'became a connection', 'became connections')}" if ties else "none connected yet"
    return [
        Card("Conversations", format_value(summary.conversations, Unit.COUNT), None),
        Card(
            "Members reached",
            str(TooFew(smallest)) if is_hidden else format_value(reached, Unit.COUNT),
            f"of {pluralize(members, 'member')}",
        ),
        Card("Introductions", format_value(summary.introductions, Unit.COUNT), outcome),
    ]


def follow_ups_title(summary: WeavingSummary) -> str:
    """Return the finding: how many follow-ups are open, and how many are overdue or else due soon."""
    count = summary.follow_ups_open
    if not count:
        has_any = any(conversation.follow_up for conversation in summary.log)
        return "All follow-ups are done" if has_any else "No follow-ups yet"
    title = pluralize(count, "open follow-up")
    late = summary.follow_ups_overdue
    soon = sum(each.due is not None and each.due <= summary.as_of + SOON for each in summary.follow_ups) - late
    parts = [(late, "overdue"), (soon, "due within two weeks")]
    if whole := [words for number, words in parts if number == count]:
        return f"{title}, {'all ' if count > 1 else ''}{whole[0]}"
    return ", ".join([title, *[f"{number:,} {words}" for number, words in parts if number][:1]])


def follow_up_table(summary: WeavingSummary, *, workbook: Workbook) -> Table:
    """Return the open follow-ups, the soonest due first."""
    return Table.of(
        (
            Column("Member"),
            Column("What"),
            Column("When"),
            Column("Due", Format.DATE, on_screen=False),
            Column("Weaver"),
            Column("Conversation", Format.DATE, on_screen=False),
        ),
        [
            {
                "Member": _name(workbook, each.member),
                "What": each.text or "",
                "When": _when(each.due, as_of=summary.as_of),
                "Due": each.due,
                "Weaver": each.weaver,
                "Conversation": each.date,
            }
            for each in summary.follow_ups
            if each.is_listable
        ],
    )


def _when(due: dt.date | None, *, as_of: dt.date) -> str:
    if due is None:
        return "No due date"
    if due < as_of:
        return f"{pluralize((as_of - due).days, 'day')} overdue"
    if due == as_of:
        return "Today"
    return f"In {pluralize((due - as_of).days, 'day')}" if due <= as_of + SOON else "Later"


def log_title(summary: WeavingSummary) -> str:
    """Return how many conversations there were, and when the latest was."""
    latest = max((conversation.date for conversation in summary.log if conversation.date), default=None)
    count = pluralize(summary.conversations, "conversation").capitalize()
    if latest is None:
        return count
    return f"{count}, {'the latest ' if summary.conversations > 1 else ''}on {format_date(latest)}"


def log_table(summary: WeavingSummary, *, workbook: Workbook) -> Table:
    """Return the weaving log, latest first."""
    return Table.of(
        {
            "Member": Format.TEXT,
            "Date": Format.DATE,
            "Weaver": Format.TEXT,
            "What we heard": Format.TEXT,
            "Introduced to": Format.TEXT,
        },
        [
            {
                "Member": _name(workbook, conversation.member),
                "Date": conversation.date,
                "Weaver": conversation.weaver,
                "What we heard": conversation.what_we_heard or "",
                "Introduced to": tuple(
                    _name(workbook, key) for key in conversation.introduced_to if _is_listable(workbook, key)
                ),
            }
            for conversation in summary.log
            if _is_listable(workbook, conversation.member)
        ],
    )


def introduction_table(summary: WeavingSummary, *, workbook: Workbook) -> Table:
    """Return each introduced pair and its outcome, latest first."""
    return Table.of(
        {
            "Introduced": Format.TEXT,
            "To": Format.TEXT,
            "On": Format.DATE,
            "By": Format.TEXT,
            "Since then": Format.TEXT,
        },
        [
            {
                "Introduced": _name(workbook, pair.member),
                "To": _name(workbook, pair.introduced_to),
                "On": pair.date,
                "By": pair.weaver,
                "Since then": pair.outcome.value,
            }
            for pair in summary.pairs
            if pair.is_listable
        ],
    )


def introductions_title(summary: WeavingSummary) -> str:
    """Return the finding: how many introductions became connections."""
    if not summary.introductions:
        return "No introductions yet"
    count = pluralize(summary.introductions, "introduction")
    if summary.became_ties:
        became = "became a connection" if summary.became_ties == 1 else "became connections"
        return f"{summary.became_ties:,} of {count} {became}"
    was_asked = any(pair.outcome is not IntroductionOutcome.NOT_ASKED for pair in summary.pairs)
    return f"{count} so far, {'none connected yet' if was_asked else 'too early to know what came of them'}"


def introductions_text(summary: WeavingSummary) -> str:
    """Say what became of the other introductions; empty without any."""
    counts = Counter(pair.outcome for pair in summary.pairs)
    words = {
        IntroductionOutcome.TIED_BEFORE: ("pair already knew each other", "pairs already knew each other"),
        IntroductionOutcome.NOT_YET: ("pair hasn’t reported a connection", "pairs haven’t reported a connection"),
        IntroductionOutcome.NOT_ASKED: ("pair hasn’t been surveyed since", "pairs haven’t been surveyed since"),
    }
    parts = [pluralize(counts[outcome], one, many) for outcome, (one, many) in words.items() if counts[outcome]]
    if not parts:
        return ""
    return f"{'Of the others' if summary.became_ties else 'So far'}, {join_names(parts)}."


def _is_listable(workbook: Workbook, key: PersonKey) -> bool:
    person = workbook.people.get(key)
    return person is None or person.on_map


def _name(workbook: Workbook, key: PersonKey) -> str:
    person = workbook.people.get(key)
    return person.name if person else key
