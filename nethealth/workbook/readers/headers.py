"""Match the workbook's tabs, header rows, and headers to those of the schema."""

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
from nethealth.workbook.schema.columns import ExtraColumns
from nethealth.workbook.schema.membership_tabs import LEAVE_ALONE
from nethealth.workbook.schema.tabs import COLUMN_NAMES, CONNECTIONS, MEMBERS, TABS, UPDATES, Tab

HEADER_ROWS_CHECKED: Final = 10
_IGNORE: Final = re.compile(r"\(\s*ignore\s*\)\W*$", re.IGNORECASE)
UNKNOWN_COLUMN: Final = "We don’t know this column, so we skipped it."
_FORM_RESPONSES: Final = (
    *("formresponses", "respuestasdeformulario", "réponsesauformulaire", "respostasaoformulário", "formularantworten"),
)
_TIMESTAMP: Final = frozenset(
    map(folded, ("Timestamp", "Marca temporal", "Horodateur", "Carimbo de data/hora", "Zeitstempel"))
)
"""The first header of a Google Form's tab, in five languages."""

_SUPPLEMENT_RANK: Final = 1000

HeaderNames = Mapping[tuple[str, str], str]
"""The Column names tab: (folded tab, folded header) to the folded name of the column."""


@dataclass(slots=True)
class MatchedTabs:
    """The workbook's tabs, matched to those of the schema."""

    tabs: dict[str, list[RawTab]] = field(default_factory=dict)
    """By the schema's name: the tab that is read, then other form tabs that feed it."""
    ignored: list[str] = field(default_factory=list)
    unknown: list[RawTab] = field(default_factory=list)
    """Of those ignored, the ones that aren't empty and that no one told us to leave alone."""


def find_tabs(tabs: Sequence[RawTab], *, problem_log: ProblemLog) -> MatchedTabs:
    """Match tabs to the schema's by `read_as`, else by their titles; the others are ignored."""
    found = MatchedTabs()
    candidates: dict[str, list[tuple[int, int, RawTab]]] = {}
    ignored = set()
    for place, raw in enumerate(tabs):
        match = _match_tab(raw)
        if match is None:
            ignored.add(place)
        else:
            tab, rank = match
            candidates.setdefault(tab.name, []).append((rank, place, raw))
    for tab in TABS:
        ranked = sorted(candidates.get(tab.name, ()), key=lambda item: item[:2])
        for at, (_, place, raw) in enumerate(ranked):
            if at == 0 or raw.is_supplement or (_takes_forms(tab) and looks_like_form(raw)):
                found.tabs.setdefault(tab.name, []).append(raw)
                continue
            ignored.add(place)
            problem_log.add(
                Severity.NOTE,
                f"We already read “{ranked[0][2].title}” as {tab.name}, so we skipped this tab.",
                "Move its rows there, or rename it.",
                tab=raw.title,
            )
    found.ignored = [tabs[place].title for place in sorted(ignored)]
    found.unknown = [raw for place in sorted(ignored) if not (_is_left_alone(raw := tabs[place]) or is_empty(raw))]
    return found


def _is_left_alone(raw: RawTab) -> bool:
    """True if someone said, in the Column names tab or in the title, that we should skip the tab."""
    return raw.read_as == "" or _IGNORE.search(raw.title) is not None


def _match_tab(raw: RawTab) -> tuple[Tab, int] | None:
    """Return the tab that a raw tab means, and its rank: what someone chose, then its own name, then its aliases."""
    if raw.read_as is not None:
        chosen = next((tab for tab in TABS if tab.name == raw.read_as), None)
        rank = _SUPPLEMENT_RANK if raw.is_supplement else -1
        return None if chosen is None else (chosen, rank)
    match = None if looks_ignored(raw.title) else _match_title(raw.title)
    # Many workbooks have a tab of this name with news of some kind.
    return None if match is not None and match[0] is UPDATES and not has_headers(raw, UPDATES, names={}) else match


def tab_named(title: str) -> Tab | None:
    """Return the tab of the schema that a title means."""
    match = _match_title(title)
    return match[0] if match else None


def looks_ignored(title: str) -> bool:
    """True if a title says to leave the tab alone: it ends in `(ignore)`."""
    return _IGNORE.search(title) is not None


def match_tab(raw: RawTab) -> Tab | None:
    """Return the tab of the schema that a raw tab means; None if it means none."""
    match = _match_tab(raw)
    return None if match is None else match[0]


def _match_title(title: str) -> tuple[Tab, int] | None:
    """Return the tab that a title means and its rank: own name before aliases, plain before numbered."""
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
    """True if Google Forms fills the tab, judging by its title or a first header `Timestamp`."""
    if folded(raw.title).startswith(_FORM_RESPONSES):
        return True
    for row in raw.rows[:HEADER_ROWS_CHECKED]:
        first = next((cell for cell in row if is_filled(cell)), None)
        if isinstance(first, str) and len(first) < 40 and folded(first) in _TIMESTAMP:
            return True
    return False


def is_empty(raw: RawTab) -> bool:
    """True if a tab has no filled cell."""
    return not any(is_filled(cell) for row in raw.rows for cell in row)


def table_of(raw: RawTab, tab: Tab, *, names: HeaderNames, problem_log: ProblemLog) -> TabRows[Any] | None:
    """Match a tab's headers; None if the tab is empty, or can't be read until someone fixes it (reported)."""
    if is_empty(raw):
        return None
    header_row = _header_row(raw, tab, names)
    if header_row is None:
        _report_no_header(raw, tab, names, problem_log)
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
        spare_columns=match.spare_columns,
        extra_field=_extra_field(tab),
        unknown=[at for at in match.unknown if _holds_data(raw, header_row, at)],
    )
    _report_headers(table, match)
    return None if match.unclear else table


def has_headers(raw: RawTab, tab: Tab, *, names: HeaderNames) -> bool:
    """True if a tab has a header row with the required columns."""
    return _header_row(raw, tab, names) is not None


def count_unread_rows(raw: RawTab) -> int:
    """Return how many rows a tab that can't be read holds below its first filled one."""
    filled = sum(1 for row in raw.rows if any(is_filled(cell) for cell in row))
    return max(0, filled - 1)


def header_names(rows: Iterable[tuple[str, str, str]]) -> HeaderNames:
    """Index the rows of the Column names tab: tab, column, header."""
    return {(folded(tab), folded(header)): folded(column) for tab, column, header in rows}


def _extra_field(tab: Tab) -> str | None:
    fields = tab.model.model_fields.items()
    return next((name for name, info in fields if any(isinstance(part, ExtraColumns) for part in info.metadata)), None)


# The header row.


def _header_row(raw: RawTab, tab: Tab, names: HeaderNames) -> int | None:
    """Return the first of the first ten rows that holds the required columns.

    In forms it is the first row with three texts, or with two if one is `Timestamp`.
    """
    for index, row in enumerate(raw.rows[:HEADER_ROWS_CHECKED]):
        if not tab.required:
            texts = [text for cell in row if isinstance(cell, str) and (text := _header_text(cell))]
            if len(texts) >= tab.FIRST_HEADERS or (
                len(texts) > 1 and any(folded(text) in _TIMESTAMP for text in texts)
            ):
                return index
        elif not _missing(row, tab, raw.title, names):
            return index
    return None


def _missing(row: Sequence[RawCell], tab: Tab, title: str, names: HeaderNames) -> list[str]:
    """Return the required columns that are missing in a row of headers."""
    keys: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        if is_filled(cell) and (header := _header_text(cell)):
            keys.setdefault(folded(header), []).append(at)
    fields = _fields(keys, tab, _mapped(tab, title, names))
    return [tab.columns[name].name for name in tab.required if name not in fields]


def _header_text(cell: RawCell) -> str:
    return read_text(cell).value or ""


def _report_no_header(raw: RawTab, tab: Tab, names: HeaderNames, problem_log: ProblemLog) -> None:
    if not tab.required:
        message = "We found no headers in the first ten rows, so we skipped this tab."
        problem_log.add(Severity.ERROR, message, "Put the headers in the first row, one per column.", tab=raw.title)
        return
    checked_rows = raw.rows[:HEADER_ROWS_CHECKED]
    missing = min((_missing(row, tab, raw.title, names) for row in checked_rows if row), key=len, default=[])
    columns = " and ".join(f"“{name}”" for name in missing)
    problem_log.add(
        Severity.ERROR,
        f"We didn’t find the header{'' if len(missing) == 1 else 's'} {columns} in the first ten rows, so we skipped "
        "this tab.",
        _header_remedy(columns, missing),
        tab=raw.title,
    )


def _header_remedy(columns: str, missing: Sequence[str]) -> str:
    what = "column" if len(missing) == 1 else "columns"
    return (
        f"Type {columns} above the right {what}. Or keep your own headers and list them in a “{COLUMN_NAMES.name}” tab."
    )


# Which header means which column.


@dataclass(slots=True)
class _Match:
    fields: dict[str, int] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    unclear: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of columns with the same header, both with data."""
    empty_duplicates: list[int] = field(default_factory=list)
    combined: list[int] = field(default_factory=list)
    """Extra columns that repeat a form's question; no row fills two of them."""
    competing: list[tuple[int, str]] = field(default_factory=list)
    """Headers that would also mean a column, and which."""
    spare_columns: dict[str, list[int]] = field(default_factory=dict)
    """By field: those that are used in rows that leave its own column blank."""
    unknown: list[int] = field(default_factory=list)


def _mapped(tab: Tab, title: str, names: HeaderNames) -> dict[str, str]:
    """Return the Column names tab's entries for this tab (by name, alias, or title): folded header to column."""
    wanted = {folded(name) for name in (tab.name, *tab.aliases, title)}
    return {header: column for (name, header), column in names.items() if name in wanted}


def _fields(keys: Mapping[str, Sequence[int]], tab: Tab, mapped: Mapping[str, str]) -> dict[str, str]:
    """Return the folded header of each field: the column's own name wins, then Column names, then aliases in order."""
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
    also = _competing_headers(tab, mapped)
    for key, places in keys.items():
        if mapped.get(key) == folded(LEAVE_ALONE):
            continue
        chosen = _first_with_data(places, raw, header_row, match)
        if key in field_of:
            match.fields[field_of[key]] = chosen
        elif key in also and (tab is not MEMBERS):
            match.competing.append((chosen, also[key]))
            name = next(name for name, column in tab.columns.items() if column.name == also[key])
            if tab.columns[name].has_spare:
                match.spare_columns.setdefault(name, []).append(chosen)
            continue
        elif tab.extra is not None and not (tab.are_extras_alone_blank and _have_data_twice(places, raw, header_row)):
            match.extra[chosen] = match.headers[chosen]
            if key in also:
                match.competing.append((chosen, also[key]))
        else:
            match.unknown.append(chosen)
            continue
        filled = [at for at in places if len(places) > 1 and _holds_data(raw, header_row, at)]
        if len(filled) > 1 and tab.is_form and chosen in match.extra and _never_overlap(raw, header_row, filled):
            # If a form's question is deleted and asked again, Google Forms adds a new column with the same header.
            match.extra |= dict.fromkeys(filled, match.headers[chosen])
            match.combined.extend(at for at in filled if at != chosen)
        elif len(filled) > 1:
            match.unclear.append((filled[0], filled[1]))
    # In the order of the sheet.
    match.extra = dict(sorted(match.extra.items()))
    return match


def _competing_headers(tab: Tab, mapped: Mapping[str, str]) -> dict[str, str]:
    own_names = {folded(column.name): column.name for column in tab.columns.values()}
    meant = {folded(alias): column.name for column in tab.columns.values() for alias in column.aliases}
    meant |= {header: own_names[column] for header, column in mapped.items() if column in own_names}
    # A header that Column names gives another meaning (an attribute, a measure) means no column any more.
    elsewhere = {header for header, column in mapped.items() if column not in own_names}
    return {header: name for header, name in (meant | own_names).items() if header not in elsewhere}


def _first_with_data(places: list[int], raw: RawTab, header_row: int, match: _Match) -> int:
    """Return the first of several columns with one header that holds data, else the first; note empty duplicates."""
    if len(places) == 1:
        return places[0]
    filled = [at for at in places if _holds_data(raw, header_row, at)]
    chosen = filled[0] if filled else places[0]
    match.empty_duplicates.extend(at for at in places if at != chosen and at not in filled)
    return chosen


def _have_data_twice(places: Sequence[int], raw: RawTab, header_row: int) -> bool:
    """True if several of these columns hold data."""
    return len(places) > 1 and sum(_holds_data(raw, header_row, at) for at in places) > 1


def _never_overlap(raw: RawTab, header_row: int, places: Sequence[int]) -> bool:
    """True if no row fills two of these columns."""
    below = raw.rows[header_row + 1 :]
    return all(sum(at < len(row) and is_filled(row[at]) for at in places) < 2 for row in below)


def _holds_data(raw: RawTab, header_row: int, at: int) -> bool:
    below = raw.rows[header_row + 1 :]
    return any(at < len(row) and is_filled(row[at]) and row[at] is not False for row in below)


def _report_headers(table: TabRows[Any], match: _Match) -> None:
    row = table.header_row + 1
    for first, second in match.unclear:
        table.report(
            Severity.ERROR,
            f"Columns {column_letter(first)} and {column_letter(second)} share the header “{match.headers[first]}”, "
            "and both hold data, so we skipped this tab.",
            "Rename one of the two, or delete the one you don’t need.",
            row=row,
            at=second,
            value=match.headers[second],
        )
    for at in match.empty_duplicates:
        message = "This header appears twice, and this column is empty, so we skipped it."
        table.report(Severity.NOTE, message, "Delete the empty column.", row=row, at=at, value=match.headers[at])
    for at in match.combined:
        message = "This header appears twice, but no row fills both columns, so we read them as one question."
        remedy = "No action needed. If they are two questions, rename one."
        table.report(Severity.NOTE, message, remedy, row=row, at=at, value=match.headers[at])
    for at, column in match.competing:
        consequence = "read this one as a column of its own" if at in match.extra else "skipped this one"
        if any(at in places for places in match.spare_columns.values()):
            consequence = "use this one only in rows that leave the other blank"
        table.report(
            Severity.NOTE,
            f"We already read another column as {column}, so we {consequence}.",
            f"No action needed. If this is the right {column} column, rename the other.",
            row=row,
            at=at,
            value=match.headers[at],
        )
    for at in match.unknown:
        is_duplicate = sum(folded(header) == folded(match.headers[at]) for header in match.headers.values()) > 1
        table.report(
            Severity.NOTE,
            "Two columns share this header, so we skipped both."
            if is_duplicate and table.tab.are_extras_alone_blank
            else UNKNOWN_COLUMN,
            "Rename one."
            if is_duplicate and table.tab.are_extras_alone_blank
            else f"No action needed. If it means one of our columns, say which in a “{COLUMN_NAMES.name}” tab.",
            row=row,
            at=at,
            value=match.headers[at],
        )
