"""The facts that no viewer may derive, each looked for in a recording.

The names of JSON keys and headers are those of today and of before: an adversary reads either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.adversary import deductions
from tests.adversary import marked_workbook as planted
from tests.adversary.deductions import Average, Pair
from tests.adversary.marked_workbook import Mark
from tests.adversary.payloads import Table
from tests.adversary.recording import Found, Recording

COUNTS_OF_TIES = ("Connections", "Ties", "connections", "ties", "Degree", "degree")
NAME_COLUMNS = ("Name", "Label", "label", "name", "Person")
COLUMNS_OF_PAIRS = ("Person", "Other person", "From", "To", "One", "Other", "Collaborator", "With")
COUNTS_OF_PEOPLE = ("Members", "People", "Members at the end", "Count", "Number", "In it")
CHOSEN = "="
"""In a place's words: something was chosen there, so that it may be about a part."""


def whole_maps(recording: Recording) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the networks sent for the map, each whole."""
    for where, drawn in recording.mappings("people", "ties"):
        people, ties = drawn["people"], drawn["ties"]
        if isinstance(people, dict) and isinstance(ties, dict) and "name" in people and "from" in ties:
            yield where, drawn


def drawn_pairs(drawn: Mapping[str, Any]) -> list[Pair[str]]:
    """Return the ties drawn, by the ids of their people."""
    ids = drawn["people"]["id"]
    ties = drawn["ties"]
    return [(ids[a], ids[b]) for a, b in zip(ties["from"], ties["to"], strict=True)]


def name_pairs(table: Table) -> list[Pair[str]]:
    """Return the pairs of names in a table of ties."""
    columns = [place for place, header in enumerate(table.headers) if header in COLUMNS_OF_PAIRS]
    if len(columns) < 2:
        return []
    return [(row[columns[0]], row[columns[1]]) for row in table.rows[1:]]


# Who reported a tie, and when.


def days_of_answers(recording: Recording) -> list[Found]:
    """Return every day of an answer or a conversation that was sent."""
    return recording.find(
        mark for mark in planted.marks(planted.STAFF) if mark.column in ("Connections: Date", "Weaving: Date")
    )


def reporters(recording: Recording) -> list[Found]:
    """Return the statements whose reporter follows from their days, or from the order of their names."""
    found = []
    days = re.compile(r"(?:[A-Z][a-z]+ )?\d{1,2}(?:, \d{4}| [A-Z][a-z]+ \d{4})|\d{4}-\d\d-\d\d")
    for where, details in recording.mappings("people", "ties", "version"):
        if not isinstance(details["ties"], dict) or "from" in details["ties"]:
            continue
        statements = [
            (*pair.split("-", 1), day.group())
            for pair, reports in details["ties"].items() if isinstance(reports, list)
            for report in reports
            for line in report.get("lines", ())
            if (day := days.search(str(line)))
        ]  # fmt: skip
        known = deductions.reporters_from_days(statements)
        if known:
            found.append(Found(f"reporters of {len(known)} of {len(statements)} statements by their days", where))
    one_sided = {(report.source, report.target) for report in planted.reports() if report.wave == planted.LATEST}
    sources = [(where, name_pairs(table)) for where, table in recording.tables]
    for where, drawn in whole_maps(recording):
        names = dict(zip(drawn["people"]["id"], drawn["people"]["name"], strict=False))
        sources.append((where, [(names[a], names[b]) for a, b in drawn_pairs(drawn)]))
    for where, pairs in sources:
        if deductions.reporters_from_order(pairs, one_sided):
            found.append(Found("reporters by the order of names", where))
    for where, table in recording.tables:
        for header in ("Latest date", "Date", "latest_date", "Latest"):
            if name_pairs(table):
                statements = [(*pair, day) for pair, day in zip(name_pairs(table), table.column(header), strict=False)]
                if known := deductions.reporters_from_days(statements):
                    found.append(Found(f"reporters of {len(known)} ties by “{header}”", where))
    return found


# People who are not on the map.


def neighbors_of_hidden(recording: Recording) -> list[Found]:
    """Return counts of ties that say who is tied to someone hidden."""
    found = []
    by_name: dict[str, list[dict[str, int]]] = defaultdict(list)
    for where, drawn in whole_maps(recording):
        people = drawn["people"]
        degrees: dict[str, int] = dict.fromkeys(people["id"], 0)
        for pair in drawn_pairs(drawn):
            for person in pair:
                degrees[person] += 1
        for person, name in zip(people["id"], people["name"], strict=True):
            by_name[name].append({"drawn": degrees[person]})
        counts = dict(zip(people["id"], people.get("ties") or [], strict=False))
        is_whole = len(counts) == len(planted.VISIBLE)
        if is_whole and (more := deductions.hidden_neighbors(counts, drawn_pairs(drawn))):
            found.append(Found(f"map: {len(more)} people have ties that are not drawn", where))
    most = {name: max(entry["drawn"] for entry in entries) for name, entries in by_name.items()}
    for where, table in recording.tables:
        name = next((header for header in NAME_COLUMNS if header in table.headers), None)
        count = next((header for header in COUNTS_OF_TIES if header in table.headers), None)
        if name and count and set(table.column(name)) & set(most):
            numbers = {who: _number(cell) for who, cell in zip(table.column(name), table.column(count), strict=True)}
            more = {who: n for who, n in numbers.items() if who in most and n is not None and n > most[who]}
            if more:
                found.append(Found(f"“{count}” of {len(more)} people is more than is drawn", where))
    return found


def metrics_with_hidden(recording: Recording) -> list[Found]:
    """Return columns of people's metrics that differ from those of the network drawn: they count hidden people."""
    found = []
    names_of_people = set(planted.VISIBLE)
    edges: list[Pair[str]] = []
    for where, drawn in whole_maps(recording):
        if set(drawn["people"]["name"]) == names_of_people and CHOSEN not in where:
            names = dict(zip(drawn["people"]["id"], drawn["people"]["name"], strict=True))
            edges = [(names[a], names[b]) for a, b in drawn_pairs(drawn)]
            break
    expected = deductions.centralities(names_of_people, edges)
    for where, table in recording.tables:
        if CHOSEN in where or set(table.column("Name")) != names_of_people:
            continue
        for header in set(table.headers) & set(expected):
            cells = zip(table.column("Name"), table.column(header), strict=True)
            others = [name for name, cell in cells if _differs(cell, expected[header][name])]
            if others:
                found.append(Found(f"“{header}” of {len(others)} people isn't that of the network drawn", where))
    return found


def hidden_by_category(recording: Recording) -> list[Found]:
    """Return counts by category that, minus the people drawn, locate someone hidden."""
    drawn = _drawn_by_category(recording)
    found = []
    for where, table in recording.tables:
        label = next((header for header in table.headers if len(drawn.keys() & set(table.column(header))) > 1), None)
        if label is None:
            continue
        for header in set(table.headers) & set(COUNTS_OF_PEOPLE):
            # Of a table over time, the latest row of each category counts.
            rows = zip(table.column(label), map(_number, table.column(header)), strict=False)
            members = {category: count for category, count in rows if category in drawn and count is not None}
            if located := deductions.located_off_the_map(members, drawn, smallest=planted.SMALLEST):
                found.append(Found(f"“{header}” minus people drawn: {located}", where))
    return found


def _drawn_by_category(recording: Recording) -> dict[str, int]:
    counts: dict[str, int] = {}
    for where, table in recording.tables:
        name = next((header for header in ("Name", "Label") if header in table.headers), None)
        if name is None or CHOSEN in where or len(table.rows) != len(planted.VISIBLE) + 1:
            continue
        for header in table.headers:
            cells = table.column(header)
            for cell in set(cells):
                if cell.startswith("zq"):
                    counts[cell] = cells.count(cell)
    return counts


def collaborators_of_hidden(recording: Recording) -> list[Found]:
    """Return lists of collaborators that end in “and 1 more”, where the few more must be hidden."""
    return [
        Found(cell, where)
        for where, table in recording.tables
        for cell in table.column("Collaborators")
        if (more := re.search(r"\S and (\d+) more$", cell)) and int(more.group(1)) < planted.SMALLEST
    ]


# Codes and initials.


def values_by_code(recording: Recording) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """Yield what goes with each code or initials: in maps, tables, and files."""
    codes: set[str] = set()
    for where, drawn in whole_maps(recording):
        ids = drawn["people"]["id"]
        codes |= {*ids, *drawn["people"]["name"]}
        values: dict[str, dict[str, str]] = {person: {} for person in ids}
        for column in drawn.get("attributes") or drawn.get("about") or ():
            for person, place in zip(ids, column.get("indexes") or column.get("of") or (), strict=False):
                if place >= 0:
                    values[person][column["label"]] = column["values"][place]
        yield where, values
    for where, changes in recording.mappings("changes"):
        part = changes["changes"]
        for column in (part.get("attributes") or part.get("about") or ()) if isinstance(part, dict) else ():
            indexes = column.get("indexes") or column.get("of") or ()
            yield where, {str(n): {column["label"]: column["values"][i]} for n, i in enumerate(indexes) if i >= 0}
    for where, table in recording.tables:
        key = next((header for header in ("Code", "Name", "Label", "label") if header in table.headers), None)
        if key and len(table.rows) > 2 and set(table.column(key)) <= codes:
            place = table.headers.index(key)
            yield (
                where,
                {
                    row[place]: {
                        header: cell for header, cell in zip(table.headers, row, strict=True) if "zq" in cell[:2]
                    }
                    for row in table.rows[1:]
                    if len(row) == len(table.headers)
                },
            )


def unique_by_values(recording: Recording) -> list[Found]:
    """Return columns whose values single out a few codes, and people whom two values single out."""
    found = []
    for where, values in values_by_code(recording):
        if CHOSEN in where and len(values) < len(planted.VISIBLE):
            continue
        rare = deductions.rare_values(values, smallest=planted.SMALLEST)
        if rare:
            columns = sorted({column for column, _ in rare})
            found.append(Found(f"{len(rare)} values of {', '.join(columns)} are shared by too few codes", where))
        if unique := deductions.unique_people(values):
            found.append(Found(f"{len(unique)} codes are unique by two values", where))
    return found


def rare_filters(recording: Recording) -> list[Found]:
    """Return controls that offer a value which too few people share."""
    rare = _rare_in_workbook()
    found = []
    for heard, _ in recording.parts:
        if heard.kind not in ("selectbox", "multiselect") or not isinstance(heard.message, ForwardMsg):
            continue
        control = getattr(heard.message.delta.new_element, heard.kind)
        few = [option for option in control.options if any(value in option for value in rare)]
        if few:
            words = f"“{control.label}” offers {len(few)} rare values, such as {few[0]}"
            found.append(Found(words, heard.where))
    return found


def _rare_in_workbook() -> set[str]:
    rows = planted.marked_tabs()["Members"]
    values = {
        row[0]: {header: cell for header, cell in zip(rows[0], row, strict=True)
                 if header in ("Organization", "Role", "Leadership role", "Region", planted.ALPHA, planted.BETA)}
        for row in rows[1:]
        if row[0] in planted.VISIBLE
    }  # fmt: skip
    return {value for _, value in deductions.rare_values(values, smallest=planted.SMALLEST)}


# Small numbers.

_LEVELS = re.compile(r"([\d,.]+(?: to [\d,.]+)?(?: [A-Z][\w ]*)?): (\d+)")


def small_distributions(recording: Recording) -> list[Found]:
    """Return distributions of ratings with a level that one to a few answers have."""
    found = []
    for where, text in _described(recording):
        for topic, levels in re.findall(r"(\w+)[^:;.]*: (?:all|everyone)[^(]*\(([^)]*)\)", text):
            cells = [int(count) for _, count in _LEVELS.findall(levels)]
            if small := deductions.small_cells(cells, smallest=planted.SMALLEST):
                found.append(Found(f"{topic}: levels with {small} answers", where))
    return found


def _described(recording: Recording) -> Iterable[tuple[str, str]]:
    for heard, _ in recording.parts:
        if heard.kind == "plotly_chart" and isinstance(heard.message, ForwardMsg):
            yield heard.where, heard.message.delta.new_element.plotly_chart.alt


def averages_within(recording: Recording) -> dict[str, dict[str, tuple[str, Average]]]:
    """Return the average rating within one category of a column: by measure, then by column."""
    found: dict[str, dict[str, tuple[str, Average]]] = defaultdict(dict)
    pattern = re.compile(r"(\w+): all [^;]*; (?:same|within one) (\S+) ([\d,.]+) on average \(([^)]*)\)", re.IGNORECASE)
    for where, text in _described(recording):
        for measure, column, mean, levels in pattern.findall(text):
            count = sum(int(number) for _, number in _LEVELS.findall(levels))
            found[measure][column] = (where, (float(count), float(mean.replace(",", ""))))
    return found


def single_ties(recording: Recording) -> list[Found]:
    """Return ratings of a few ties that follow from the averages of two columns."""
    found = []
    for measure, by_column in averages_within(recording).items():
        columns = {column: average for column, (_, average) in by_column.items()}
        few = deductions.differences_of_few(columns, columns, smallest=planted.SMALLEST)
        for (one, other), (count, mean) in few.items():
            if one < other:
                found.append(Found(f"{measure} of {count:g} ties is {mean:,.1f}: {one} − {other}", by_column[one][0]))
    return found


def silent_people(recording: Recording) -> list[Found]:
    """Return tables and maps from which nonrespondents follow better than by half of the guesses."""
    found = []
    for where, table in recording.tables:
        pairs = name_pairs(table)
        header = next((h for h in ("Confirmed by both", "Both say so", "both_say_so") if h in table.headers), None)
        if not pairs or header is None or CHOSEN in where:
            continue
        answers = zip(pairs, table.column(header), strict=True)
        confirmed = [pair for pair, cell in answers if cell.lower() in ("yes", "true")]
        guessed = deductions.guessed_silent(planted.VISIBLE, confirmed)
        if (share := deductions.share_right(guessed, planted.SILENT)) > 0.5:
            found.append(Found(f"{share:.0%} of {len(guessed)} guesses at nonrespondents are right", where))
    for where, drawn in whole_maps(recording):
        if drawn["people"].get("nonrespondents") or drawn["people"].get("silent"):
            found.append(Found("the map marks nonrespondents", where))
    return found


# Cells that come out as they went in.


def email_marks() -> list[Mark]:
    """Return the email addresses in unusual forms."""
    return [Mark(f"email {address}", (address.replace('"', "&quot;"), address)) for address in planted.ODD_EMAILS]


def formulas_in_files(recording: Recording) -> list[Found]:
    """Return the cells of .csv files that a spreadsheet may read as formulas, and formulas in .xlsx files."""
    found = []
    for heard, payload in recording.parts:
        if heard.message is not None:
            continue
        if heard.where.endswith(".csv"):
            cells = [cell for table in payload.tables for row in table.rows for cell in row]
            bad = sorted({cell for cell in cells if deductions.begins_formula(cell)})
            if bad:
                found.append(Found(f"{len(bad)} cells that begin formulas: {bad[:8]}", heard.where))
        if any("<f>" in text for text in payload.texts) and heard.where.endswith(".xlsx"):
            found.append(Found("a formula in .xlsx", heard.where))
    return found


def _differs(cell: str, expected: float) -> bool:
    """True if a cell has another number than expected, by more than it is rounded, as `7.5%` on paper is."""
    number = _number(cell)
    if number is None:
        return False
    if cell.endswith("%"):
        return abs(number - 100 * expected) > 0.5 * 10 ** -len(cell.rstrip("%").partition(".")[2]) + 0.01
    return abs(number - expected) > 0.001


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "").rstrip("%"))
    except ValueError:
        return None


def summary(findings: Sequence[Found], *, most: int = 12) -> str:
    """Return findings as lines, for a failure."""
    return "\n".join(map(str, findings[:most])) + (f"\nand {len(findings) - most} more" if len(findings) > most else "")
