"""Which tab is which, where its headers stand, and which header means which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.problem_log import ProblemLog, column_letter
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.columns import Further
from nethealth.workbook.schema.tabs import COLUMN_NAMES, CONNECTIONS, MEMBERS, TABS, Tab

ROWS_LOOKED_AT: Final = 10
_IGNORE: Final = re.compile(r"\(\s*ignore\s*\)\W*$", re.IGNORECASE)
_FORM_RESPONSES: Final = ("formresponses", "respuestasdeformulario")
_TIMESTAMP: Final = frozenset({"timestamp", "marcatemporal"})
"""In English and in Spanish."""

HeaderNames = Mapping[tuple[str, str], str]
"""What the Column names tab says: (folded tab, folded header) to the folded name of the column."""


@dataclass(slots=True)
class FoundTabs:
    """The sheet's tabs, told apart."""

    tabs: dict[str, list[RawTab]] = field(default_factory=dict)
    """By the contract's name: the one that is read, then further form tabs that feed it."""
    ignored: list[str] = field(default_factory=list)


def find_tabs(tabs: Sequence[RawTab], *, problem_log: ProblemLog) -> FoundTabs:
    """Which of the sheet's tabs stands for which tab of the contract, and which are left alone."""
    found = FoundTabs()
    candidates: dict[str, list[tuple[int, int, RawTab]]] = {}
    left_alone = set()
    for place, raw in enumerate(tabs):
        known = None if _IGNORE.search(raw.title) else _known_tab(raw.title)
        if known is None:
            left_alone.add(place)
        else:
            tab, rank = known
            candidates.setdefault(tab.name, []).append((rank, place, raw))
    for tab in TABS:
        ranked = sorted(candidates.get(tab.name, ()), key=lambda item: item[:2])
        for at, (_, place, raw) in enumerate(ranked):
            if at == 0 or (_takes_forms(tab) and looks_like_form(raw)):
                found.tabs.setdefault(tab.name, []).append(raw)
                continue
            left_alone.add(place)
            problem_log.add(
                Severity.NOTE,
                f"Another tab, “{ranked[0][2].title}”, is read as {tab.name}; this one is left alone.",
                "Move its rows there, or give it another name.",
                tab=raw.title,
            )
    found.ignored = [tabs[place].title for place in sorted(left_alone)]
    return found


def _known_tab(title: str) -> tuple[Tab, int] | None:
    """The tab that a title means, and how well it fits: its own name before aliases, plain before numbered."""
    key = folded(title)
    best: tuple[Tab, int] | None = None
    for tab in TABS:
        for rank, name in enumerate((tab.name, *tab.aliases)):
            wanted = folded(name)
            if key == wanted and (best is None or 2 * rank < best[1]):
                best = tab, 2 * rank
            elif key.startswith(wanted) and key[len(wanted) :].isdigit() and (best is None or 2 * rank + 1 < best[1]):
                best = tab, 2 * rank + 1
    return best


def _takes_forms(tab: Tab) -> bool:
    return tab.is_form or tab is CONNECTIONS


def looks_like_form(raw: RawTab) -> bool:
    """Whether Google Forms fills the tab: by its title, or by a first header `Timestamp`."""
    if folded(raw.title).startswith(_FORM_RESPONSES):
        return True
    for row in raw.rows[:ROWS_LOOKED_AT]:
        first = next((cell for cell in row if is_filled(cell)), None)
        if isinstance(first, str) and len(first) < 40 and folded(first) in _TIMESTAMP:
            return True
    return False


def is_empty(raw: RawTab) -> bool:
    """Whether a tab holds nothing at all."""
    return not any(is_filled(cell) for row in raw.rows for cell in row)


def table_of(raw: RawTab, tab: Tab, *, names: HeaderNames, problem_log: ProblemLog) -> TabRows[Any] | None:
    """The tab with its headers understood; None where it is empty, or waits for a hand (told)."""
    if is_empty(raw):
        return None
    header_row = _header_row(raw, tab, names)
    if header_row is None:
        _tell_no_header(raw, tab, names, problem_log)
        return None
    match = _match(raw, header_row, tab, names)
    table: TabRows[Any] = TabRows(
        tab=tab,
        raw=raw,
        header_row=header_row,
        fields=match.fields,
        extra=match.extra,
        headers=match.headers,
        problem_log=problem_log,
        spare=match.spare,
        extra_field=_extra_field(tab),
    )
    _tell_headers(table, match)
    return None if match.unclear else table


def has_headers(raw: RawTab, tab: Tab, *, names: HeaderNames) -> bool:
    """Whether a tab has a row of headers that holds the required columns."""
    return _header_row(raw, tab, names) is not None


def rows_waiting(raw: RawTab) -> int:
    """How many rows a tab holds below its first filled one, for one that waits."""
    filled = sum(1 for row in raw.rows if any(is_filled(cell) for cell in row))
    return max(0, filled - 1)


def header_names(rows: Iterable[tuple[str, str, str]]) -> HeaderNames:
    """What rows of the Column names tab (tab, column, header) say."""
    return {(folded(tab), folded(header)): folded(column) for tab, column, header in rows}


def _extra_field(tab: Tab) -> str | None:
    fields = tab.model.model_fields.items()
    return next((name for name, info in fields if any(isinstance(part, Further) for part in info.metadata)), None)


# The header row.


def _header_row(raw: RawTab, tab: Tab, names: HeaderNames) -> int | None:
    """The first row, among the first ten, that holds the required columns.

    Of forms it is the first with three texts, or with two of which the first is `Timestamp`.
    """
    for index, row in enumerate(raw.rows[:ROWS_LOOKED_AT]):
        if not tab.required:
            texts = [text for cell in row if isinstance(cell, str) and (text := _header_text(cell))]
            if len(texts) >= tab.FIRST_HEADERS or (len(texts) > 1 and folded(texts[0]) in _TIMESTAMP):
                return index
        elif not _missing(row, tab, raw.title, names):
            return index
    return None


def _missing(row: Sequence[RawCell], tab: Tab, title: str, names: HeaderNames) -> list[str]:
    """The required columns that a row of headers lacks."""
    keys: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        if is_filled(cell) and (header := _header_text(cell)):
            keys.setdefault(folded(header), []).append(at)
    fields = _fields(keys, tab, _mapped(tab, title, names))
    return [tab.columns[name].name for name in tab.required if name not in fields]


def _header_text(cell: RawCell) -> str:
    return read_text(cell).value or ""


def _tell_no_header(raw: RawTab, tab: Tab, names: HeaderNames, problem_log: ProblemLog) -> None:
    if not tab.required:
        message = "No row of headers was found among the first ten rows; the tab is left out."
        problem_log.add(Severity.ERROR, message, "Put the headers in the first row, one a column.", tab=raw.title)
        return
    looked_at = raw.rows[:ROWS_LOOKED_AT]
    lacking = min((_missing(row, tab, raw.title, names) for row in looked_at if row), key=len, default=[])
    columns = " and ".join(f"“{name}”" for name in lacking)
    found = f"header {columns} was" if len(lacking) == 1 else f"headers {columns} were"
    problem_log.add(
        Severity.ERROR,
        f"No {found} found among the first ten rows; the tab is left out.",
        _how_to_head(columns, lacking, looked_at),
        tab=raw.title,
    )


def _how_to_head(columns: str, lacking: Sequence[str], rows: Sequence[Sequence[RawCell]]) -> str:
    seen = {folded(_header_text(cell)) for row in rows for cell in row if isinstance(cell, str) and len(cell) < 40}
    if list(lacking) == ["Name"] and seen & _FIRST_NAMES and seen & _LAST_NAMES:
        return 'Put first and last names together in one column headed “Name”; a formula such as =A2&" "&B2 does it.'
    what = "the column that holds it" if len(lacking) == 1 else "the columns that hold them"
    return (
        f"Write {columns} above {what}. To keep headers of your own, say in a tab “{COLUMN_NAMES.name}” which they are."
    )


_FIRST_NAMES: Final = frozenset({"firstname", "first", "givenname", "forename", "nombre"})
_LAST_NAMES: Final = frozenset({"lastname", "last", "surname", "familyname", "apellido", "apellidos"})


# Which header means which column.


@dataclass(slots=True)
class _Match:
    fields: dict[str, int] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    unclear: list[tuple[int, int]] = field(default_factory=list)
    """Two columns of one header, both with data."""
    empty_doubles: list[int] = field(default_factory=list)
    taken_together: list[int] = field(default_factory=list)
    """Further columns of one question of a form, of which no row fills two."""
    also: list[tuple[int, str]] = field(default_factory=list)
    """Headers that would also mean a column, and which."""
    spare: dict[str, list[int]] = field(default_factory=dict)
    """By field the columns of such headers that serve beside its own."""
    unknown: list[int] = field(default_factory=list)


def _mapped(tab: Tab, title: str, names: HeaderNames) -> dict[str, str]:
    """What the Column names tab says of this tab, by its own name, an alias or its title: folded header to column."""
    wanted = {folded(name) for name in (tab.name, *tab.aliases, title)}
    return {header: column for (name, header), column in names.items() if name in wanted}


def _fields(keys: Mapping[str, Sequence[int]], tab: Tab, mapped: Mapping[str, str]) -> dict[str, str]:
    """The header (folded) of each field: a column's own name wins, then Column names, then the aliases in order."""
    fields: dict[str, str] = {}
    taken: set[str] = set()

    def take(name: str, header: str) -> None:
        if name not in fields and header in keys and header not in taken:
            fields[name] = header
            taken.add(header)

    for name, column in tab.columns.items():
        own = folded(column.name)
        if mapped.get(own, own) == own:
            take(name, own)
    for name, column in tab.columns.items():
        for header, meant in mapped.items():
            if meant == folded(column.name):
                take(name, header)
    for name, column in tab.columns.items():
        for alias in column.aliases:
            if folded(alias) not in mapped:
                take(name, folded(alias))
    return fields


def _match(raw: RawTab, header_row: int, tab: Tab, names: HeaderNames) -> _Match:
    match = _Match()
    keys: dict[str, list[int]] = {}
    for at, cell in enumerate(raw.rows[header_row]):
        if is_filled(cell) and (header := _header_text(cell)):
            match.headers[at] = header
            keys.setdefault(folded(header), []).append(at)
    mapped = _mapped(tab, raw.title, names)
    header_of = _fields(keys, tab, mapped)
    field_of = {header: name for name, header in header_of.items()}
    also = _also_meant(tab, mapped)
    for key, places in keys.items():
        chosen = _chosen(places, raw, header_row, match)
        if key in field_of:
            match.fields[field_of[key]] = chosen
        elif key in also and (tab is not MEMBERS):
            match.also.append((chosen, also[key]))
            name = next(name for name, column in tab.columns.items() if column.name == also[key])
            if tab.columns[name].has_spare:
                match.spare.setdefault(name, []).append(chosen)
            continue
        elif tab.extra is not None and not (tab.are_extras_alone_blank and _stand_twice(places, raw, header_row)):
            match.extra[chosen] = match.headers[chosen]
            if key in also:
                match.also.append((chosen, also[key]))
        else:
            match.unknown.append(chosen)
            continue
        filled = [at for at in places if len(places) > 1 and _holds_data(raw, header_row, at)]
        if len(filled) > 1 and tab.is_form and chosen in match.extra and _is_never_twice(raw, header_row, filled):
            # A form whose question was deleted and asked again goes on in a column of its own.
            match.extra |= dict.fromkeys(filled, match.headers[chosen])
            match.taken_together.extend(at for at in filled if at != chosen)
        elif len(filled) > 1:
            match.unclear.append((filled[0], filled[1]))
    # In the order of the sheet.
    match.extra = dict(sorted(match.extra.items()))
    return match


def _also_meant(tab: Tab, mapped: Mapping[str, str]) -> dict[str, str]:
    own_names = {folded(column.name): column.name for column in tab.columns.values()}
    meant = {folded(alias): column.name for column in tab.columns.values() for alias in column.aliases}
    meant |= {header: own_names[column] for header, column in mapped.items() if column in own_names}
    # A header that Column names gives another meaning (an attribute, a measure) means no column any more.
    elsewhere = {header for header, column in mapped.items() if column not in own_names}
    return {header: name for header, name in (meant | own_names).items() if header not in elsewhere}


def _chosen(places: list[int], raw: RawTab, header_row: int, match: _Match) -> int:
    """Of several columns of one header the one that holds data, else the first; empty doubles are noted."""
    if len(places) == 1:
        return places[0]
    filled = [at for at in places if _holds_data(raw, header_row, at)]
    chosen = filled[0] if filled else places[0]
    match.empty_doubles.extend(at for at in places if at != chosen and at not in filled)
    return chosen


def _stand_twice(places: Sequence[int], raw: RawTab, header_row: int) -> bool:
    """Whether several of these columns hold data."""
    return len(places) > 1 and sum(_holds_data(raw, header_row, at) for at in places) > 1


def _is_never_twice(raw: RawTab, header_row: int, places: Sequence[int]) -> bool:
    """Whether no row fills two of these columns."""
    below = raw.rows[header_row + 1 :]
    return all(sum(at < len(row) and is_filled(row[at]) for at in places) < 2 for row in below)


def _holds_data(raw: RawTab, header_row: int, at: int) -> bool:
    below = raw.rows[header_row + 1 :]
    return any(at < len(row) and is_filled(row[at]) and row[at] is not False for row in below)


def _tell_headers(table: TabRows[Any], match: _Match) -> None:
    row = table.header_row + 1
    for first, second in match.unclear:
        table.tell(
            Severity.ERROR,
            f"“{match.headers[first]}” heads both column {column_letter(first)} and column {column_letter(second)}, "
            "and both hold data; the tab waits until it is clear which is meant.",
            "Give one of the two another header, or delete the one that is not needed.",
            row=row,
            at=second,
            value=match.headers[second],
        )
    for at in match.empty_doubles:
        message = "This header stands twice; the column under this one is empty and is not read."
        table.tell(Severity.NOTE, message, "Delete the empty column.", row=row, at=at, value=match.headers[at])
    for at in match.taken_together:
        message = "This header stands twice, and no row fills both columns; they are read as one question."
        remedy = "Nothing needs doing, unless they are two questions: then give one of them another header."
        table.tell(Severity.NOTE, message, remedy, row=row, at=at, value=match.headers[at])
    for at, column in match.also:
        fate = "it is read as a column of its own" if at in match.extra else "this one is not read"
        if any(at in places for places in match.spare.values()):
            fate = "this one is asked where that one names nobody"
        table.tell(
            Severity.NOTE,
            f"Another header is read as {column}; {fate}.",
            f"Nothing needs doing, unless this is the one that is {column}: then give the other another header.",
            row=row,
            at=at,
            value=match.headers[at],
        )
    for at in match.unknown:
        is_double = sum(folded(header) == folded(match.headers[at]) for header in match.headers.values()) > 1
        table.tell(
            Severity.NOTE,
            "This header stands twice, and both columns hold data; neither is read."
            if is_double and table.tab.are_extras_alone_blank
            else "The dashboard knows no column of this name here; it is not read.",
            f"Nothing needs doing. If it is one of the dashboard's columns, say which in a tab “{COLUMN_NAMES.name}”.",
            row=row,
            at=at,
            value=match.headers[at],
        )
