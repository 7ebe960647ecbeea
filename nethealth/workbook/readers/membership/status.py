"""Find the columns of Members that say who is still a member: `Status`, `Member type`, `Current member`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import is_left_open, read_yes_no
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.attributes import is_private
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.membership_tabs import ATTRIBUTE, COLUMN_NAMES, MEMBERS, MemberRow
from nethealth.workbook.schema.membership_words import (
    CURRENT_MEMBER_WORDS,
    FORMER_MEMBER_HEADERS,
    FORMER_MEMBER_WORDS,
    NO_WORDS,
    NOT_ALWAYS_FORMER,
    STATUS_HEADER_CORE,
    STATUS_HEADER_NAMES,
    STATUS_HEADER_WORDS,
    UNSURE_MEMBER_WORDS,
    YES_WORDS,
)

NumberedRow: TypeAlias = tuple[int, MemberRow]

_MOST_SHOWN: Final = 3
_LONGEST_MARK: Final = 20
_LEFT: Final = frozenset(map(folded, (MEMBERS.columns["left"].name, *MEMBERS.columns["left"].aliases)))
_STATE: Final = folded("State")
_WORDS: Final = re.compile(r"[^\W_]+")
_WORDS_OR_HYPHENATED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MOST_WORDS: Final = 4
_LONGEST_STATUS: Final = 200
_MARK: Final = re.compile(r"\s*[(\[:,;/–—-]|\s+(?:since|desde|depuis|seit)\b", re.IGNORECASE)
_SAYS_WHEN: Final = re.compile(
    r"\W*$|\s*[(\[:,;–—-]|\W*\d|\s+(?:since|in|on|as of|from|the|after|during|desde|en|em|el|depuis|le|seit|am|im)\b",
    re.IGNORECASE,
)
_LIMITS: Final = frozenset({"until", "till", "ends", "ended", "hasta", "jusque", "jusqu", "bis", "até"})


def rows_of_former_members(
    table: TabRows[MemberRow], rows: Iterable[NumberedRow], *, attributes: frozenset[str]
) -> frozenset[int]:
    """Return the numbers of rows whose status says that someone left, and whose Left is blank; report how many.

    `attributes`: folded headers that staff listed as `Attribute` in the Column names tab. They say nothing about
    membership.
    """
    rows = list(rows)
    left: set[int] = set()
    for at, header in table.extra.items():
        if folded(header) in attributes or is_private(header):
            continue
        if _may_say_status(header):
            left |= _left_by(table, at, header, rows)
        elif _may_mean_members(header):
            _report_words_of_status(table, at, header, rows)
    return frozenset(left)


def use_marks_as_status(table: TabRows[MemberRow]) -> None:
    """Read a column headed Left or Lapsed that holds only yes and no as a status rather than as dates."""
    at = table.fields.get("left")
    if at is None or folded(table.headers[at]) not in FORMER_MEMBER_HEADERS:
        return
    below = table.raw.rows[table.header_row + 1 :]
    filled = [row[at] for row in below if at < len(row) and is_filled(row[at]) and not is_left_open(row[at])]
    if not filled or any(_yes_or_no(cell) is None for cell in filled):
        return
    table.fields = {name: place for name, place in table.fields.items() if name != "left"}
    table.extra = {**table.extra, at: table.headers[at]}


def use_state_as_status(table: TabRows[MemberRow]) -> None:
    """Read a column headed State, which means Region, as a status if it holds only words of membership."""
    at = table.fields.get("region")
    if at is None or folded(table.headers[at]) != _STATE:
        return
    below = table.raw.rows[table.header_row + 1 :]
    words = {folded(str(row[at])) for row in below if at < len(row) and is_filled(row[at])}
    if words and words <= FORMER_MEMBER_WORDS | CURRENT_MEMBER_WORDS:
        table.fields = {name: place for name, place in table.fields.items() if name != "region"}
        table.extra = {**table.extra, at: table.headers[at]}


def _yes_or_no(cell: RawCell) -> bool | None:
    key = folded(cell) if isinstance(cell, str) and len(cell) < _LONGEST_MARK else ""
    return True if key in YES_WORDS else False if key in NO_WORDS else read_yes_no(cell).value


def _report_words_of_status(table: TabRows[MemberRow], at: int, header: str, rows: list[NumberedRow]) -> None:
    """Ask about a column whose header doesn't speak of membership for certain, but whose words all do."""
    filled = [(row, row.extra[header]) for _, row in rows if header in row.extra]
    former = [row for row, word in filled if row.left is None and _begins_as_former(word)]
    if not former or not all(folded(word) in CURRENT_MEMBER_WORDS or _begins_as_former(word) for _, word in filled):
        return
    count = len(former)
    table.report(
        Severity.WARNING,
        f"This column may say that {count} {'person' if count == 1 else 'people'} left "
        f"({_listed(row.extra[header] for row in former)}). We count them as members, since its header doesn’t say so.",
        f"If they left, fill in “{MEMBERS.columns['left'].name}”, or call the column “Status”. If not, list it in a "
        f"“{COLUMN_NAMES.name}” tab as “{ATTRIBUTE}”.",
        row=table.header_row + 1,
        at=at,
        value=header,
    )


def _may_say_status(header: str) -> bool:
    words = [folded(word) for word in _WORDS.findall(header[:100])]
    if folded(header) in FORMER_MEMBER_HEADERS:
        return True
    return (
        bool(words)
        and STATUS_HEADER_WORDS.issuperset(words)
        and not STATUS_HEADER_CORE.isdisjoint(words)
        and not is_private(header)
    )


def _may_mean_members(header: str) -> bool:
    """True if a header has only words that go with membership: `Participation`, `Engagement level`."""
    words = [folded(word) for word in _WORDS.findall(header[:100])]
    return bool(words) and STATUS_HEADER_WORDS.issuperset(words)


def _says_status(header: str) -> bool:
    """True if a header is about a status itself: then even words that we don't know may mean that someone left."""
    return not STATUS_HEADER_NAMES.isdisjoint(folded(word) for word in _WORDS.findall(header[:100]))


def _left_by(table: TabRows[MemberRow], at: int, header: str, rows: list[NumberedRow]) -> set[int]:
    """Return the rows that one column calls former members, and report them; none if it isn't about membership."""
    filled = [(number, row, row.extra[header]) for number, row in rows if header in row.extra]
    by_word = {word: _is_member(word, header) for _, _, word in filled}
    if not _says_status(header) and not any(map(_is_about_membership, by_word.items())):
        return set()
    without_date = {number for number, row, word in filled if by_word[word] is False and row.left is None}
    unknown = Counter(word for _, row, word in filled if by_word[word] is None and row.left is None)
    if without_date:
        words = _listed(word for number, _, word in filled if number in without_date)
        is_left = folded(header) in _LEFT
        table.report(
            Severity.WARNING,
            f"This column says that {len(without_date)} {'person' if len(without_date) == 1 else 'people'} left "
            f"({words}), but {'not when' if is_left else 'Left is blank'}. We don’t count them as members, on any day.",
            ("Type the date when they left here" if is_left else f"Fill in “{MEMBERS.columns['left'].name}”")
            + ", so that we count them until then. If the column isn’t about membership, "
            f"list it in a “{COLUMN_NAMES.name}” tab as “{ATTRIBUTE}”.",
            row=table.header_row + 1,
            at=at,
            value=header,
        )
    if unknown:
        count = sum(unknown.values())
        table.report(
            Severity.WARNING,
            f"We don’t know whether {count} {'person' if count == 1 else 'people'} in this column "
            f"({_listed(unknown)}) {'is a member' if count == 1 else 'are members'}, so we count them.",
            f"If they left, fill in “{MEMBERS.columns['left'].name}”. If they haven’t joined yet, take out their rows. "
            f"If the column isn’t about membership, list it in a “{COLUMN_NAMES.name}” tab as “{ATTRIBUTE}”.",
            row=table.header_row + 1,
            at=at,
            value=header,
        )
    return without_date


def _is_about_membership(meaning: tuple[str, bool | None]) -> bool:
    word, is_member = meaning
    return is_member is not None or any(phrase in UNSURE_MEMBER_WORDS for phrase, _ in _beginnings(word))


def _listed(words: Iterable[str]) -> str:
    found = dict.fromkeys(words)
    shown = ", ".join(f"“{word[:40]}”" for word in list(found)[:_MOST_SHOWN])
    return f"{shown}, …" if len(found) > _MOST_SHOWN else shown


def _is_member(word: str, header: str) -> bool | None:
    """Return whether a status means that someone is a member; None if we don't know the word."""
    key = folded(word)
    answer = _yes_or_no(word)
    if folded(header) in FORMER_MEMBER_HEADERS:
        # Some fill in the header's word in place of yes.
        return False if answer is None and key in FORMER_MEMBER_WORDS else None if answer is None else not answer
    if answer is not None:
        return answer
    if key in CURRENT_MEMBER_WORDS:
        return True
    if _begins_as_former(word):
        return False
    return True if _begins_as_current(word) else None


def _begins_as_former(word: str) -> bool:
    """True if a status begins with a word for a former member: `Inactive (moved)`, `Lapsed 2024`, `Left in May`."""
    for phrase, rest in _beginnings(word):
        if phrase in FORMER_MEMBER_WORDS and (phrase not in NOT_ALWAYS_FORMER or _SAYS_WHEN.match(rest)):
            return True
    return False


def _begins_as_current(word: str) -> bool:
    """True if a status begins with a word for a member, and the rest doesn't take it back: `Active (new)`."""
    words = {folded(each) for each in _WORDS.findall(word)}
    if not words.isdisjoint(FORMER_MEMBER_WORDS | UNSURE_MEMBER_WORDS | _LIMITS):
        return False
    return any(phrase in CURRENT_MEMBER_WORDS and _MARK.match(rest) for phrase, rest in _beginnings(word))


def _beginnings(word: str) -> Iterator[tuple[str, str]]:
    """Yield the first words of a status, folded, with what follows them; all of it last."""
    for end in islice((match.end() for match in _WORDS_OR_HYPHENATED.finditer(word[:_LONGEST_STATUS])), _MOST_WORDS):
        yield folded(word[:end]), word[end:]
