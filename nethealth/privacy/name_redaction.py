"""Names taken out of everything that is written in a workbook: whoever is not to be named stands in no text either."""

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
"""Of a person: what they are called is for whoever shows them to decide."""
_ADDRESSES: Final = frozenset({"url", "fingerprint"})

Mask = Callable[[str], str]


def redact_hidden_names(workbook: Workbook) -> Workbook:
    """The workbook with nobody named in any text whom `Show on map` = no keeps from being named anywhere.

    Their own records keep their names, by which they are found in the sheet; who shows people leaves them out.
    """
    shown = {person.name for person in workbook.people.values() if person.on_map}
    hidden = {person.name for person in workbook.people.values() if not person.on_map}
    return redact_names(workbook, NameMasker(dict.fromkeys(sorted(hidden - shown), ANONYMOUS)))


def redact_names(workbook: Workbook, names: NameMasker) -> Workbook:
    """The workbook with `names` replaced in every text of every record, columns and titles too.

    A link that holds a name is left out. Questions, waves, sessions, platforms and columns that would come to read the
    same are numbered, so that no two become one.
    """
    if names.is_empty:
        return workbook
    known: dict[str, str] = {}

    def mask(text: str) -> str:
        if text not in known:
            known[text] = names(text) or ""
        return known[text]

    for kind in _told_apart(workbook):
        known |= _numbered(kind, mask)
    unnamed: Workbook = _record(workbook, mask)
    return unnamed


def _told_apart(workbook: Workbook) -> tuple[Iterable[str], ...]:
    """The texts by which rows are told to belong together, by kind."""
    return (
        [question.text for question in workbook.questions],
        [question.row for question in workbook.questions if question.row],
        [wave.name for wave in workbook.waves],
        [told.session for told in workbook.mindset if told.session],
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
    """The value with its texts masked; the very same one where nothing changes. Enumerations are no texts."""
    if type(value) is str:
        return mask(value)
    if isinstance(value, _RECORDS):
        return _record(value, mask)
    if isinstance(value, tuple):
        several = tuple(_changed(each, mask) for each in value)
        return value if all(new is old for new, old in zip(several, value, strict=True)) else several
    if isinstance(value, Mapping):
        held = {_changed(key, mask): _changed(each, mask) for key, each in value.items()}
        return value if held == value else held
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
    """The fields of a record that may hold text: all but keys of people, and what is an address or a digest."""
    skipped = _ADDRESSES | (_NO_TEXT if kind is Person else frozenset())
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if field.name not in skipped and ("PersonKey" not in str(field.type) or field.name == "people")
    )
