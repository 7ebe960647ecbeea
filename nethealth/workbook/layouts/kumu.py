"""Kumu's Elements and Connections: lists with a pipe, companies among the people, connections without a direction."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.scale_answers import read_scale_answer
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT, MovedRows, Rearranged, find_header_row, header_keys
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough, Kind

_PEOPLE: Final = frozenset({"person", "people", "individual", "human", "contact", "member"})
_ORGANIZATIONS: Final = frozenset({
    "company", "companies", "organization", "organizations", "organisation", "organisations", "org", "institution",
    "agency", "nonprofit", "foundation", "business", "association", "government", "ngo", "school", "district",
    "university", "college", "schooldistrict", "partnerorganization",
})  # fmt: skip
_ABOUT_BOTH: Final = frozenset({"undirected", "mutual"})
_NO_REPORTS: Final = frozenset(way.value for way in HeardThrough if way is not HeardThrough.SURVEY)
_MOST_ROWS: Final = 150_000
"""Rows that lists under To may become, the most that we read of a tab."""
_HALF: Final = 0.5
_TYPES_NAMED: Final = 3
_LONGEST_WORD: Final = 40


def kumu_elements(tab: RawTab) -> Rearranged:
    """Read Elements as Members: Type says who is an organization, and Tags are split at pipes."""
    header_row, (label,) = find_header_row(tab, ("label",)) or (0, (0,))
    rows = [list(row) for row in tab.rows]
    headers = rows[header_row]
    keys = header_keys(headers)
    headers[label] = MEMBERS.columns["name"].name
    message = "We read Kumu’s elements as Members."
    if "tags" in keys:
        _split_pipes(rows[header_row + 1 :], keys["tags"])
    if "type" in keys and "kind" not in keys:
        others = _set_kinds(rows, header_row, keys["type"])
        if others:
            types = ", ".join(f"“{kind}” ({count:,})" for kind, count in others.most_common(_TYPES_NAMED))
            message += f" Elements of other types than Person and Organization count as people, such as {types}."
    return Rearranged([dataclasses.replace(tab, rows=rows, read_as=MEMBERS.name)], message)


def _set_kinds(rows: list[list[RawCell]], header_row: int, at: int) -> Counter[str]:
    """Fill a Kind column and return the types that are neither people nor organizations.

    If there are none, Kind replaces Type; else Type stays, as an attribute.
    """
    width = max(map(len, rows))
    kinds: dict[int, str] = {}
    others: Counter[str] = Counter()
    for number, row in enumerate(rows[header_row + 1 :], start=header_row + 1):
        text = read_text(row[at]).value if at < len(row) else None
        types = [part.strip() for part in (text or "").split("|") if part.strip()]
        if any(folded(part) in _ORGANIZATIONS for part in types):
            kinds[number] = Kind.ORGANIZATION.value
        elif types and not any(folded(part) in _PEOPLE for part in types):
            others[types[0][:_LONGEST_WORD]] += 1
    column = width if others else at
    for number, row in enumerate(rows[header_row:], start=header_row):
        if others:
            row.extend([None] * (column + 1 - len(row)))
        if column < len(row):
            row[column] = MEMBERS.columns["kind"].name if number == header_row else kinds.get(number)
    return others


def kumu_connections(tab: RawTab, *, elements: RawTab, has_scales: bool) -> Rearranged | None:
    """Give each person in a list under To a row of their own; None if that makes too many rows.

    Kumu's Strength has any words. If most aren't ours and no Scales tab explains them (`has_scales`), we leave them
    out.
    """
    header_row, (_, to) = find_header_row(tab, ("from",), ("to",)) or (0, (0, 0))
    keys = header_keys(tab.rows[header_row])
    width = max(map(len, tab.rows))
    split = _split_targets(tab, header_row, to, labels=set(_labels(elements)), width=width)
    if split is None:
        return None
    rows, places = split
    below = rows[header_row + 1 :]
    message, remedy = "We read Kumu’s connections, each name under To as one connection.", "No action needed."
    severity = Severity.NOTE
    if "type" in keys:
        _split_pipes(below, keys["type"])
    if "direction" in keys and _set_heard_through(rows, header_row, keys["direction"], keys.get("heardthrough")):
        message += " Those without a direction count for both people, as if staff had entered them."
    if "strength" in keys and not has_scales and (words := _other_words(below, keys["strength"])):
        _clear(rows[header_row:], keys["strength"])
        message += f" They have no strength, because Strength has other words than ours, such as {words}."
        remedy = "To use these words, list them in a “Scales” tab, as answers of the scale Strength."
        severity = Severity.WARNING
    if "weight" in keys:
        rows[header_row][keys["weight"]] = EDGE_WEIGHT
    if "id" in keys:
        _clear(rows[header_row:], keys["id"])
    moved = MovedRows(places, columns=width + 1)
    arranged = dataclasses.replace(tab, rows=rows, read_as=CONNECTIONS.name, moved_cells=moved)
    return Rearranged([arranged], message, remedy, severity)


def _split_targets(
    tab: RawTab, header_row: int, to: int, *, labels: set[str], width: int
) -> tuple[list[list[RawCell]], list[int]] | None:
    """Return the rows, and the row in the sheet of each; None if there are too many."""
    rows: list[list[RawCell]] = []
    places: list[int] = []
    for number, cells in enumerate(tab.rows):
        row = [*cells, *[None] * (width - len(cells))]
        targets = _targets(row[to], labels) if number > header_row else [row[to]]
        if len(rows) + len(targets) > _MOST_ROWS:
            return None
        rows.extend([*row[:to], target, *row[to + 1 :]] for target in targets)
        places.extend([number] * len(targets))
    return rows, places


def _set_heard_through(rows: Sequence[list[RawCell]], header_row: int, direction: int, own: int | None) -> bool:
    """Make connections without a direction no reports: they count for both people. True if there are any.

    `own` is the column Heard through, as in our own exports. Without one, Direction becomes it.
    """
    at = direction if own is None else own
    rows[header_row][direction] = None
    rows[header_row][at] = CONNECTIONS.columns["heard_through"].name
    is_any = False
    for row in rows[header_row + 1 :]:
        is_about_both = folded(read_text(row[direction]).value or "") in _ABOUT_BOTH
        row[direction] = None
        if is_about_both and row[at] not in _NO_REPORTS:
            row[at] = HeardThrough.STAFF.value
        is_any = is_any or is_about_both
    return is_any


def _other_words(rows: Sequence[Sequence[RawCell]], at: int) -> str:
    """Return some answers that aren't on our Strength scale, if most aren't; else an empty text."""
    filled = [row[at] for row in rows if read_text(row[at]).value]
    others = Counter(str(cell)[:_LONGEST_WORD] for cell in filled if read_scale_answer(cell, STRENGTH).value is None)
    if others.total() < _HALF * len(filled):
        return ""
    return ", ".join(f"“{word}”" for word, _ in others.most_common(_TYPES_NAMED))


def _clear(rows: Sequence[list[RawCell]], column: int) -> None:
    for row in rows:
        row[column] = None


def _targets(cell: RawCell, labels: set[str]) -> list[RawCell]:
    """Return the people in a list with pipes; a label that holds a pipe is one person."""
    if not isinstance(cell, str) or "|" not in cell or name_key(read_text(cell).value or "") in labels:
        return [cell]
    return [part.strip() for part in cell.split("|") if part.strip()] or [cell]


def _labels(elements: RawTab) -> Iterator[str]:
    header_row, (label,) = find_header_row(elements, ("label",)) or (0, (0,))
    for row in elements.rows[header_row + 1 :]:
        if label < len(row) and (text := read_text(row[label]).value):
            yield name_key(text)


def _split_pipes(rows: Sequence[list[RawCell]], at: int) -> None:
    for row in rows:
        if at < len(row) and isinstance(cell := row[at], str) and "|" in cell:
            row[at] = "; ".join(part.strip() for part in cell.split("|") if part.strip())
