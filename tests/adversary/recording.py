"""All that one visitor received, unpacked, to be searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.adversary.marked_workbook import Mark
from tests.adversary.payloads import Payload, Table, decode, walk_values
from tests.adversary.visitor import Heard


@dataclass(frozen=True, slots=True)
class Found:
    """Something found, and where."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what} ← {self.where}"


_NUMBERS_AND_DAYS = re.compile(
    r"\d{4}-\d\d-\d\d|(?<![\w.,])(?:<v>)?\d[\d,/-]*(?:</v>)?(?!\w)|[a-z]{3,9} \d{1,2}, \d{4}|\d{1,2} [a-z]{3,9} \d{4}"
)


_NEW_EACH_TIME = re.compile(
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{16,}\b|\d{4}-\d\d-\d\dt[\d:.z+]+|\b[0-9a-f]{8}\b"
)
_ABOUT_THE_SESSION = ("new_session", "session_event", "session_status_changed", "backend_operation_response")


class Recording:
    """What someone heard."""

    def __init__(self, heard: Iterable[Heard]) -> None:
        self.parts: list[tuple[Heard, Payload]] = [
            (each, decode(each.message or each.body)) for each in heard if not each.is_echo
        ]

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Each text in small letters once, and where it was first."""
        first: dict[str, str] = {}
        for heard, payload in self.parts:
            for text in payload.texts:
                first.setdefault(text.casefold(), f"{heard.where} · {heard.kind}")
        return [(where, text) for text, where in first.items()]

    @cached_property
    def text(self) -> str:
        """Everything as one text in small letters."""
        return "\n".join(text for _, text in self.texts)

    @cached_property
    def numbers_and_days(self) -> dict[str, str]:
        """Every number and day, and where it was first."""
        first: dict[str, str] = {}
        for where, text in self.texts:
            for match in _NUMBERS_AND_DAYS.finditer(text):
                first.setdefault(match.group().rstrip(",/-"), where)
        return first

    def find(self, marks: Iterable[Mark]) -> list[Found]:
        """Return where the first of each mark's spellings is."""
        found = []
        for mark in marks:
            for spelling in map(str.casefold, mark.spellings):
                if any(letter.isdigit() for letter in spelling) and not spelling.startswith("zq"):
                    places = [self.numbers_and_days[spelling]] if spelling in self.numbers_and_days else []
                    places += self._places(spelling) if "@" in spelling or "＠" in spelling else []
                else:
                    places = self._places(spelling)
                if places:
                    found += [Found(f"{mark.column}: {spelling}", where) for where in places]
                    break
        return found

    def _places(self, words: str) -> list[str]:
        if words not in self.text:
            return []
        return list(dict.fromkeys(where for where, text in self.texts if words in text))

    @cached_property
    def tables(self) -> list[tuple[str, Table]]:
        """Every table, once."""
        return list({table: (heard.where, table) for heard, payload in self.parts for table in payload.tables}.values())

    @cached_property
    def _mappings(self) -> list[tuple[str, Mapping[str, Any]]]:
        return [
            (heard.where, mapping)
            for heard, payload in self.parts
            for value in payload.values
            for mapping in walk_values(value)
        ]

    def mappings(self, *names: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the JSON objects that have all of these names."""
        for where, mapping in self._mappings:
            if all(name in mapping for name in names):
                yield where, mapping

    def news(self, known: Recording) -> list[Found]:
        """Return the texts that another visitor did not hear, but for ids, which are new each time."""
        before = {_NEW_EACH_TIME.sub("", text) for _, text in known.texts}
        return [
            Found(text[:200], where)
            for where, text in self.texts
            if not where.endswith(_ABOUT_THE_SESSION) and _NEW_EACH_TIME.sub("", text) not in before
        ]

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """The files fetched."""
        return [(heard.where, heard.body) for heard, _ in self.parts if heard.message is None]
