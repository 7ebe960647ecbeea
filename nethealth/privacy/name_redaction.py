"""Mask names in every text of a workbook, so that people who aren't shown aren't named anywhere."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Any, Final, cast
from urllib.parse import unquote_plus

from nethealth.privacy.display_names import ANONYMOUS, NameMasker
from nethealth.workbook import records
from nethealth.workbook.records import Person, Workbook

_RECORDS: Final = tuple(
    each for each in vars(records).values() if inspect.isclass(each) and dataclasses.is_dataclass(each)
)
_NO_TEXT: Final = frozenset({"name", "member_id"})
"""Fields of a person that stay: callers decide whether to show the name."""
_ADDRESSES: Final = frozenset({"url", "fingerprint", "entry_id", "row_id"})

Mask = Callable[[str], str]


def redact_hidden_names(workbook: Workbook) -> Workbook:
    """Return the workbook with people with `Show on map` = no masked in every text.

    Their own records keep their names, which are needed to match cells; callers must exclude them.
    """
    shown = {person.name for person in workbook.people.values() if person.on_map}
    hidden = {person.name for person in workbook.people.values() if not person.on_map}
    return redact_names(workbook, NameMasker(dict.fromkeys(sorted(hidden - shown), ANONYMOUS)))


def redact_names(workbook: Workbook, names: NameMasker) -> Workbook:
    """Return the workbook with `names` replaced in every text of every record, including columns and titles.

    A link that contains a name is removed. Questions, waves, sessions, platforms, and columns that would read the same
    afterwards are numbered, so that no two become one.
    """
    if names.is_empty:
        return workbook
    known: dict[str, str] = {}

    def mask(text: str) -> str:
        if text not in known:
            known[text] = names(text) or ""
        return known[text]

    for texts in _identifying_texts(workbook):
        known |= _numbered(texts, mask)
    redacted: Workbook = _record(workbook, mask)
    return redacted


def _identifying_texts(workbook: Workbook) -> tuple[Iterable[str], ...]:
    """Return the texts that identify what rows belong together, by kind."""
    return (
        [question.text for question in workbook.questions],
        [question.row for question in workbook.questions if question.row],
        [wave.name for wave in workbook.waves],
        [reflection.session for reflection in workbook.mindset if reflection.session],
        [answer.session for answer in workbook.pulse if answer.session],
        [answer.statement for answer in workbook.pulse],
        [month.platform for month in workbook.platform if month.platform],
        [*workbook.attributes, *workbook.private_attributes],
        [measure.name for measure in workbook.tie_measures],
    )


def _numbered(texts: Iterable[str], mask: Mask) -> dict[str, str]:
    every = dict.fromkeys(texts)
    taken = {text for text in every if mask(text) == text}
    numbered: dict[str, str] = {}
    for text in every:
        if text in taken:
            continue
        shown, number = mask(text), 2
        while shown in taken:
            shown, number = f"{mask(text)} ({number})", number + 1
        taken.add(shown)
        numbered[text] = shown
    return numbered


def _changed(value: Any, mask: Mask) -> Any:
    """Return the value with its texts masked; the same object if nothing changes. Enumerations aren't texts."""
    if type(value) is str:
        return mask(value)
    if isinstance(value, _RECORDS):
        return _record(value, mask)
    if isinstance(value, tuple):
        several = tuple(_changed(each, mask) for each in value)
        return value if all(new is old for new, old in zip(several, value, strict=True)) else several
    if isinstance(value, Mapping):
        masked = {_changed(key, mask): _changed(each, mask) for key, each in value.items()}
        return value if masked == value else masked
    return value


def _record(record: Any, mask: Mask) -> Any:
    changes: dict[str, Any] = {}
    for name in _texts_of(cast("Hashable", type(record))):
        old = getattr(record, name)
        if old is None:
            continue
        if name == "link":
            new = old if mask(unquote_plus(old)) == unquote_plus(old) else None
        elif name == "people":
            new = {key: _changed(person, mask) for key, person in old.items()}
        else:
            new = _changed(old, mask)
        if new is not old and new != old:
            changes[name] = new
    return dataclasses.replace(record, **changes) if changes else record


@cache
def _texts_of(kind: Any) -> tuple[str, ...]:
    """Return the fields of a record that may hold text: all except people's keys, addresses, and digests."""
    skipped = _ADDRESSES | (_NO_TEXT if kind is Person else frozenset())
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.name not in skipped and ("PersonKey" not in str(field.type) or field.name == "people")
    )
