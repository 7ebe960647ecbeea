"""The names in the Members tab, so that a layout can tell a column of people from any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nethealth.workbook.cells.names import NameIndex
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.name_parts import join_name_parts, rename_marks
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import HeaderNames, find_tabs, table_of
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS

_FIELDS: Final = ("name", "member_id")
_SHARE_OF_NAMES: Final = 0.8


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Names and Member IDs, as typed in Members, and what other tabs there are."""

    names: NameIndex = field(default_factory=lambda: NameIndex(()))
    """Empty without Members."""
    has_connections: bool = False
    """True if a tab is Connections by its title or by choice."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What the Column names tab says: folded headers with the folded names of our columns."""

    def fill(self, cells: Sequence[RawCell], *, share: float | None = None) -> bool:
        """True if at least this share of the filled cells (nearly all) are known names or IDs, and there is one."""
        filled = [text for cell in cells if (text := read_text(cell).value)]
        known = sum(text in self.names for text in filled)
        return known > 0 and known >= (_SHARE_OF_NAMES if share is None else share) * len(filled)


def find_known_people(tabs: Sequence[RawTab], names: HeaderNames) -> KnownPeople:
    """Return the names and IDs in the Members tab. `names` is the Column names tab."""
    matched = find_tabs(tabs, problem_log=ProblemLog()).tabs
    raw, has_connections = next(iter(matched.get(MEMBERS.name, ())), None), CONNECTIONS.name in matched
    if raw is None:
        return KnownPeople(has_connections=has_connections)
    for layout in (rename_marks, join_name_parts):
        rearranged = layout(raw, KnownPeople())
        raw = rearranged.tabs[0] if rearranged else raw
    table = table_of(raw, MEMBERS, names=names, problem_log=ProblemLog())
    if table is None:
        return KnownPeople(has_connections=has_connections)
    places = [table.fields[name] for name in _FIELDS if name in table.fields]
    rows = table.raw.rows[table.header_row + 1 :]
    cells = (row[at] for row in rows for at in places if at < len(row))
    return KnownPeople(NameIndex(text for cell in cells if (text := read_text(cell).value)), has_connections)
