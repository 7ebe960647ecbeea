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
from nethealth.workbook.records import Conversation, PersonKey, Workbook

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
                "Member": person_name(workbook, each.member),
                "What": each.text or "",
                "When": when_due(each.due, as_of=summary.as_of),
                "Due": each.due,
                "Weaver": each.weaver,
                "Conversation": each.date,
            }
            for each in summary.follow_ups
            if each.is_listable
        ],
    )


def when_due(due: dt.date | None, *, as_of: dt.date) -> str:
    """Return how long until a due date, or since, as people say it: `3 days overdue`."""
    if due is None:
        return "No due date"
    if due < as_of:
        return f"{pluralize((as_of - due).days, 'day')} overdue"
    if due == as_of:
        return "Today"
    return f"In {pluralize((due - as_of).days, 'day')}" if due <= as_of + SOON else "Later"


def done_title(summary: WeavingSummary) -> str:
    """Return how many follow-ups were done."""
    return f"{pluralize(len(_done(summary)), 'follow-up')} done".capitalize()


def done_table(summary: WeavingSummary, *, workbook: Workbook) -> Table:
    """Return the follow-ups that were done, the latest first."""
    return Table.of(
        {"Member": Format.TEXT, "What": Format.TEXT, "Done": Format.DATE, "Weaver": Format.TEXT},
        [
            {
                "Member": person_name(workbook, each.member),
                "What": each.follow_up or "",
                "Done": each.done if isinstance(each.done, dt.date) else None,
                "Weaver": each.weaver,
            }
            for each in _done(summary)
            if is_listable(workbook, each.member)
        ],
    )


def _done(summary: WeavingSummary) -> list[Conversation]:
    """Return the conversations whose follow-up was done, by that day; those without a day last."""
    done = [each for each in summary.log if (each.follow_up or each.due) and _is_done(each, as_of=summary.as_of)]
    return sorted(done, key=lambda each: each.done if isinstance(each.done, dt.date) else dt.date.min, reverse=True)


def _is_done(conversation: Conversation, *, as_of: dt.date) -> bool:
    done = conversation.done
    return done <= as_of if isinstance(done, dt.date) else done is True


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
                "Member": person_name(workbook, conversation.member),
                "Date": conversation.date,
                "Weaver": conversation.weaver,
                "What we heard": conversation.what_we_heard or "",
                "Introduced to": tuple(
                    person_name(workbook, key) for key in conversation.introduced_to if is_listable(workbook, key)
                ),
            }
            for conversation in summary.log
            if is_listable(workbook, conversation.member)
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
                "Introduced": person_name(workbook, pair.member),
                "To": person_name(workbook, pair.introduced_to),
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


def is_listable(workbook: Workbook, key: PersonKey) -> bool:
    """True unless the person has `Show on map` = no."""
    person = workbook.people.get(key)
    return person is None or person.on_map


def person_name(workbook: Workbook, key: PersonKey) -> str:
    """Return the person's name, or the key of someone we don't know."""
    person = workbook.people.get(key)
    return person.name if person else key
