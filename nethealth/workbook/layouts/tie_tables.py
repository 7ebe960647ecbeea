"""Connections as matrices, and as lists that name several people in a row."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import name_key, split_names, turned
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.text import is_blank, read_yes_no
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT, ROWS_CHECKED, TOTALS, Rearranged, header_keys, text_at
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import looks_like_form, match_tab
from nethealth.workbook.schema.tabs import CONNECTIONS
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough

_FROM, _TO, _STRENGTH, _HEARD_THROUGH = (
    CONNECTIONS.columns[name].name for name in ("source", "target", "strength", "heard_through")
)
_FEWEST_PEOPLE: Final = 3
_MOST_PEOPLE: Final = 3_000
_SHARE_OF_LABELS: Final = 0.8


def read_adjacency_matrix(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return a matrix with the same people in its rows and its columns as rows of Connections."""
    found = match_tab(tab)
    if found not in (None, CONNECTIONS) or (found is None and (tab.read_as is not None or people.has_connections)):
        return None
    for header_row, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        matrix = _matrix(tab, header_row, cells)
        if matrix is None:
            continue
        columns, rows = matrix
        is_of_members = not len(people.names) or any(
            label in people.names or turned(label) in people.names for label in columns
        )
        return _ties_of(tab, header_row, columns, rows) if found is CONNECTIONS or is_of_members else None
    return None


def _matrix(tab: RawTab, header_row: int, header: Sequence[RawCell]) -> tuple[dict[str, int], dict[str, int]] | None:
    """Return the columns and rows of the people, by their names; None if the tab isn't a matrix of people."""
    labels = {at: label for at in range(1, len(header)) if (label := text_at(header, at))}
    is_too_long = len(tab.rows) - header_row > 2 * len(labels) + ROWS_CHECKED
    if is_too_long or not _FEWEST_PEOPLE <= len(labels) <= _MOST_PEOPLE:
        return None
    columns = {name_key(label): at for at, label in labels.items()}
    rows = {
        name_key(label): row
        for row in range(header_row + 1, len(tab.rows))
        if (label := text_at(tab.rows[row], 0)) is not None
    }
    has_doubles = len(columns) != len(labels)
    for total in TOTALS:
        rows.pop(total, None)
        columns.pop(total, None)
    shared = columns.keys() & rows.keys()
    if has_doubles or not shared or len(shared) < _SHARE_OF_LABELS * max(len(columns), len(rows)):
        return None
    is_number = all(
        is_blank(cell) or _value(cell) is not None
        for row in rows.values()
        for at in columns.values()
        if at < len(tab.rows[row])
        for cell in (tab.rows[row][at],)
    )
    return (columns, rows) if is_number else None


def _value(cell: RawCell) -> float | None:
    """Return a cell's number, 1 or 0 for a mark such as x; None if it is neither."""
    answer = read_yes_no(cell).value
    if answer is not None:
        return float(answer)
    return 0.0 if cell in ("-", "–") else read_number(cell).value


def _ties_of(tab: RawTab, header_row: int, columns: Mapping[str, int], rows: Mapping[str, int]) -> Rearranged:
    values = {
        (source, target): value
        for source, row in rows.items()
        for target, at in columns.items()
        if source != target and at < len(tab.rows[row]) and (value := _value(tab.rows[row][at]) or 0.0)
    }
    is_symmetric = bool(values) and all(values.get((b, a)) == value for (a, b), value in values.items())
    if is_symmetric:
        order = {label: place for place, label in enumerate(columns)}
        values = {(a, b): value for (a, b), value in values.items() if order[a] < order[b]}
    strengths = set(values.values())
    header = [_FROM, _TO]
    if strengths - {1.0}:
        is_strength = all(value.is_integer() and STRENGTH.lowest <= value <= STRENGTH.highest for value in strengths)
        header.append(_STRENGTH if is_strength else EDGE_WEIGHT)
    ties: list[list[RawCell]] = [[*header, *([_HEARD_THROUGH] if is_symmetric else [])]]
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    for (source, target), value in values.items():
        row, at = rows[source], columns[target]
        number = len(ties)
        moved |= {(number, 0): (row, 0), (number, 1): (header_row, at), (number, 2): (row, at)}
        tie: list[RawCell] = [text_at(tab.rows[row], 0), text_at(tab.rows[header_row], at)]
        strength = [value] if len(header) > len((_FROM, _TO)) else []
        ties.append([*tie, *strength, *([HeardThrough.STAFF.value] if is_symmetric else [])])
    count = len(values)
    direction = "Each is from its row to its column."
    if is_symmetric:
        direction = "It’s symmetric, so each counts for both people."
    return Rearranged(
        [dataclasses.replace(tab, rows=ties, read_as=CONNECTIONS.name, moved_cells=moved)],
        f"We read this matrix as {count:,} {'connection' if count == 1 else 'connections'}. {direction}",
    )


# Lists that name several people in a row.

_SOURCES: Final = tuple(
    map(
        folded,
        (
            *(_FROM, *CONNECTIONS.columns["source"].aliases, "Ego", "Nominator", "Respondent", "Name", "Your name"),
            *("Person", "Member"),
        ),
    )
)
_OWN_SOURCES: Final = tuple(map(folded, (_FROM, *CONNECTIONS.columns["source"].aliases)))
_LISTED: Final = re.compile(r"[|;,\"\n&]|\s(?:and|y|e)\s", re.IGNORECASE)
_OWN_TARGETS: Final = tuple(map(folded, (_TO, *CONNECTIONS.columns["target"].aliases)))
_TARGETS: Final = (*_OWN_TARGETS, "alter", "nominee")
_SURE_STEMS: Final = frozenset(
    {"alter", "to", "target", "friend", "nominee", "nomination", "colleague", "choice", "amigo", "ami", "freund"}
)
_STEMS: Final = "|".join(
    sorted(
        {
            *_SURE_STEMS,
            "contact",
            "person",
            "name",
            "connection",
            "partner",
            "collaborator",
            "member",
            "node",
            "id",
            "contacto",
            "persona",
            "kontakt",
            "pessoa",
            "contato",
        }
    )
)
_NUMBERED: Final = re.compile(rf"({_STEMS})[ _#-]*(\d{{1,2}})", re.IGNORECASE)
"""`alter2`, `Friend 3`: a header of one of several columns of names."""
_AT_THE_END: Final = re.compile(r"(.*[^\W\d_])[ _#-]*(\d{1,2})")
_EDGE_TITLES: Final = ("edgelist", "edges", "links", "ties", "connections", "relationships", "friends", "network")
_SAME_FOR_ALL: Final = frozenset(
    folded(name)
    for field in ("type", "date", "wave", "heard_through", "notes")
    for name in (CONNECTIONS.columns[field].name, *CONNECTIONS.columns[field].aliases)
)


def list_each_tie(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return a list that names several people in a row, or heads its two columns Friend 1 and 2, one tie per row."""
    found = match_tab(tab)
    if found not in (None, CONNECTIONS) or (found is None and (tab.read_as is not None or people.has_connections)):
        return None
    if looks_like_form(tab):
        return None
    for header_row in range(min(ROWS_CHECKED, len(tab.rows))):
        source, targets = _columns(tab, header_row, people)
        if source is None or not targets:
            continue
        is_titled = found is CONNECTIONS or folded(tab.title).startswith(_EDGE_TITLES)
        columns = [_below(tab, header_row, at) for at in (source, *targets)]
        if not is_titled and not all(people.fill(column) for column in columns):
            return None
        return _one_per_row(tab, header_row, source, targets, people)
    return None


def _below(tab: RawTab, header_row: int, at: int) -> list[RawCell]:
    return [row[at] for row in tab.rows[header_row + 1 :] if at < len(row)]


def _columns(tab: RawTab, header_row: int, people: KnownPeople) -> tuple[int | None, list[int]]:
    """Return the column of those who report ties, and the columns of those they name."""
    header = tab.rows[header_row]
    keys = header_keys(header)
    source = next((keys[key] for key in (*_meaning(people, _FROM), *_SOURCES) if key in keys), None)
    target = next((keys[key] for key in (*_meaning(people, _TO), *_TARGETS) if key in keys), None)
    numbered = {at: match for at in range(len(header)) if (match := _NUMBERED.fullmatch(text_at(header, at) or ""))}
    if source is None and target is None:
        pair = list(numbered)
        stems = {match[1].casefold() for match in numbered.values()}
        return (pair[0], pair[1:]) if len(pair) == 2 and len(stems) == 1 else (None, [])
    if source is None:
        return None, []
    more = [
        at
        for at, match in numbered.items()
        if (
            _names_some(people, _below(tab, header_row, at))
            if len(people.names)
            else match[1].casefold() in _SURE_STEMS
        )
    ]
    # `Friend` beside `Friend 2` is the first friend.
    stems = {folded(numbered[at][1]) for at in more}
    more += [keys[stem] for stem in stems if stem in keys]
    return source, sorted({*([target] if target is not None else []), *more} - {source})


def _meaning(people: KnownPeople, column: str) -> list[str]:
    """Return the folded headers that mean a column of ours, as the Column names tab says."""
    return [header for header, meant in people.meanings.items() if meant == folded(column)]


def _names_some(people: KnownPeople, cells: Sequence[RawCell]) -> bool:
    filled = [text for cell in cells if (text := text_at([cell], 0))]
    return not filled or any(text in people.names for text in filled)


def _one_per_row(
    tab: RawTab, header_row: int, source: int, targets: Sequence[int], people: KnownPeople
) -> Rearranged | None:
    header = tab.rows[header_row]
    first = targets[0]
    is_plain = folded(text_at(header, source) or "") in (*_OWN_SOURCES, *_meaning(people, _FROM)) and folded(
        text_at(header, first) or ""
    ) in (*_TARGETS, *_meaning(people, _TO))
    lists = any(isinstance(cell, str) and _LISTED.search(cell) for cell in _below(tab, header_row, first))
    if is_plain and len(targets) == 1 and not lists:
        return None
    width = max(map(len, tab.rows))
    own = _own_columns(header, targets)
    same = {at for at in range(len(header)) if folded(text_at(header, at) or "") in _SAME_FOR_ALL} | {source}
    heading = [None if at in targets else cell for at, cell in enumerate(_padded(header, width))]
    heading[source], heading[first] = (header[source], header[first]) if is_plain else (_FROM, _TO)
    for stem, columns in own.items():
        for at in columns.values():
            heading[at] = stem if at == min(columns.values()) else None
    rows: list[list[RawCell]] = [heading]
    moved = {(0, at): (header_row, at) for at in range(width)}
    for number in range(header_row + 1, len(tab.rows)):
        cells = _padded(tab.rows[number], width)
        named = [(name, at) for at in targets for name in _names(cells[at], people)]
        for name, at in named or [(cells[first], first)]:
            # What a row says about its first name, it doesn't say about the others.
            row = [
                cell if column in same or (at == first and column not in targets) else None
                for column, cell in enumerate(cells)
            ]
            row[first] = name
            moved |= {(len(rows), column): (number, column) for column in range(width)}
            moved[len(rows), first] = (number, at)
            for columns in own.values():
                base = min(columns.values())
                row = [None if column in columns.values() else cell for column, cell in enumerate(row)]
                if at in columns:
                    row[base] = cells[columns[at]]
                    moved[len(rows), base] = (number, columns[at])
            rows.append(row)
    is_longer = len(rows) > len(tab.rows) - header_row
    if is_plain and not is_longer and len(targets) == 1:
        return None
    message = f"We read “{text_at(header, source)}” as {_FROM} and “{text_at(header, first)}” as {_TO}."
    others = set(range(len(header))) - same - set(targets) - {at for each in own.values() for at in each.values()}
    says_more = len(targets) > 1 and any(text_at(row, at) for row in tab.rows[header_row + 1 :] for at in others)
    if is_longer or len(targets) > 1:
        message = "Rows name several people, so we read each as a connection of its own."
    remedy = "Other columns count for the first person named." if is_longer and says_more else "No action needed."
    return Rearranged(
        [dataclasses.replace(tab, rows=rows, read_as=CONNECTIONS.name, moved_cells=moved)], message, remedy
    )


def _own_columns(header: Sequence[RawCell], targets: Sequence[int]) -> dict[str, dict[int, int]]:
    """Return the columns that say the same about each target, such as Strength 1 and Strength 2, by target."""
    numbers = {_number(text_at(header, at) or "")[1]: at for at in targets}
    found: dict[str, dict[int, int]] = {}
    names: dict[str, str] = {}
    for column in range(len(header)):
        stem, number = _number(text_at(header, column) or "")
        if column not in targets and stem and number in numbers:
            name = names.setdefault(folded(stem), stem)
            found.setdefault(name, {}).setdefault(numbers[number], column)
    return {name: columns for name, columns in found.items() if len(columns) > 1}


def _number(header: str) -> tuple[str, int]:
    """Return a header without its number at the end, and the number; 1 if it has none."""
    match = _AT_THE_END.fullmatch(header)
    return (match[1], int(match[2])) if match else (header, 1)


def _padded(cells: Sequence[RawCell], width: int) -> list[RawCell]:
    return [*cells, *[None] * (width - len(cells))]


def _names(cell: RawCell, people: KnownPeople) -> list[RawCell]:
    """Return the names that a cell lists; the cell itself if we can't be sure that it lists any."""
    if is_blank(cell):
        return []
    if not isinstance(cell, str) or cell in people.names:
        return [cell]
    names = split_names(cell, people.names)
    known = sum(name in people.names for name in names)
    is_list = known == len(names) or ("|" in cell and (known or not len(people.names)))
    return [*names] if is_list or (known and (";" in cell or '"' in cell)) else [cell]
