"""A workbook in which every column of every tab holds marks of its own, and a network whose secrets are known.

The marks follow from the contract in `nethealth.workbook.schema`: a new column is marked without a change here, and a
test fails until `AUDIENCES` says who may receive what it holds.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from nethealth.workbook.schema.columns import CellKind, Column
from nethealth.workbook.schema.tabs import TABS
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS


class Audience(Enum):
    """Who may receive the marks of a column."""

    EVERYONE = auto()
    STAFF = auto()
    NO_ONE = auto()
    """Not even staff: it only serves to read the workbook."""
    DERIVED = auto()
    """Its cells are people, or words and numbers that everyone may know: what must not follow from them is derived."""


EVERYONE, STAFF, NO_ONE, DERIVED = Audience

AUDIENCES: Final[Mapping[str, Mapping[str, Audience]]] = {
    "Settings": {"Setting": DERIVED, "Value": EVERYONE},
    "Members": {
        "Name": DERIVED, "Member ID": STAFF, "Kind": DERIVED, "Organization": EVERYONE, "Role": EVERYONE,
        "Leadership role": EVERYONE, "Region": EVERYONE, "Joined": STAFF, "Left": STAFF, "Email": NO_ONE,
        "Tags": STAFF, "Show on map": DERIVED, "Notes": STAFF,
    },
    "Connections": {
        "From": DERIVED, "To": DERIVED, "Strength": DERIVED, "Type": EVERYONE, "Date": STAFF, "Wave": EVERYONE,
        "Trust": STAFF, "Value": STAFF, "Frequency": STAFF, "Heard through": DERIVED, "Notes": STAFF,
        "Entry ID": STAFF,
    },
    "Waves": {"Wave": EVERYONE, "Kind": DERIVED, "Date": EVERYONE, "Invited": DERIVED, "Responded": DERIVED},
    "Weaving": {
        "Date": STAFF, "Weaver": STAFF, "Member": DERIVED, "Introduced to": DERIVED, "Introduction": DERIVED,
        "What we heard": STAFF, "Follow-up": STAFF, "Due": STAFF, "Done": STAFF, "Entry ID": STAFF,
    },
    "Survey": {"Timestamp": STAFF, "Wave": EVERYONE, "Respondent": DERIVED},
    "Questions": {
        "Question": EVERYONE, "Level": DERIVED, "Outcome": DERIVED, "Scale": DERIVED, "Reverse": DERIVED,
    },
    "Scales": {"Scale": EVERYONE, "Value": DERIVED, "Label": EVERYONE},
    "Actions": {
        "What we heard": EVERYONE, "What we did": EVERYONE, "Promised by": STAFF, "Done": DERIVED, "Question": EVERYONE,
        "Entry ID": STAFF,
    },
    "Convenings": {
        "Date": EVERYONE, "Title": EVERYONE, "Format": EVERYONE, "Invited": EVERYONE, "Attended": EVERYONE,
        "Attendees": DERIVED, "Key outcomes": EVERYONE, "Link": EVERYONE, "Entry ID": STAFF,
    },
    "Activities": {
        "Date": EVERYONE, "Title": EVERYONE, "Kind": EVERYONE, "Invited": EVERYONE, "Attended": EVERYONE,
        "Attendees": DERIVED, "Notes": EVERYONE, "Link": EVERYONE, "Entry ID": STAFF,
    },
    "Platform": {
        "Month": EVERYONE, "Platform": EVERYONE, "Members on it": EVERYONE, "Active members": EVERYONE,
        "Posts": EVERYONE, "Replies": EVERYONE, "Facilitator": STAFF, "Curated": DERIVED, "Effectiveness": DERIVED,
    },
    "Agreements": {
        "Agreement": EVERYONE, "Kind": DERIVED, "Status": DERIVED, "Adopted": EVERYONE, "Reviewed": EVERYONE,
        "Made by members": DERIVED, "Link": EVERYONE,
    },
    "Emergent activity": {
        "Name": EVERYONE, "Purpose": EVERYONE, "Collaborators": DERIVED, "Started": EVERYONE, "Started by": DERIVED,
        "Outcomes to date": EVERYONE, "Heard through": DERIVED, "Status": DERIVED, "Link": EVERYONE,
        "Share story": DERIVED, "Entry ID": STAFF,
    },
    "Mindset": {
        "Timestamp": STAFF, "Session": EVERYONE, "Moment": DERIVED, "Respondent": DERIVED, "Leadership": DERIVED,
        "Decisions": DERIVED, "Information": DERIVED, "Orientation": DERIVED, "Priority": DERIVED, "Focus": DERIVED,
        "Strategy": DERIVED, "Rose to the top": DERIVED, "Reflection": STAFF, "Entry ID": STAFF,
    },
    "Pulse": {
        "Date": STAFF, "Session": STAFF, "Moment": DERIVED, "Respondent": STAFF, "Statement": STAFF, "Answer": DERIVED,
        "Entry ID": STAFF,
    },
    "Reference": {"Attribute": DERIVED, "Value": DERIVED, "Share": DERIVED, "Source": EVERYONE},
    "Column names": {"Tab": DERIVED, "Column": DERIVED, "Your header": EVERYONE},
    "Updates": {
        "Date": STAFF, "Tab": DERIVED, "Row": STAFF, "Field": DERIVED, "Value": STAFF, "Entry ID": STAFF,
    },
}  # fmt: skip
"""Who may receive what each column holds, where people go by their names."""

SMALLEST: Final = 5
"""The minimum group size of the marked workbook."""
LATEST, EARLIER = "Zqwave 2025", "Zqwave 2023"
WAVE_DATES: Final = {LATEST: dt.date(2025, 2, 1), EARLIER: dt.date(2023, 2, 1)}

VISIBLE: Final = tuple(f"Norma Zqvis{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(36))
HIDDEN: Final = ("Vexilla Zqhidone", "Tamsin Zqhidtwo", "Ulric Zqhidthree")
LEFT: Final = ("Quorax Zqlefone", "Borimir Zqleftwo", "Xanthe Zqlefthree")
EVERY_MEMBER: Final = (*VISIBLE, *HIDDEN, *LEFT)
SILENT: Final = VISIBLE[30:]
"""Nonrespondents of the latest wave: other people report ties to them."""
UNLISTED: Final = "Nobodyknown Zqunlisted"
WEAVER: Final = "Wanda Zqweaver"
FACILITATOR: Final = "Fay Zqfacilitator"
ODD_EMAILS: Final = (
    '"q zqmail"@odd.example',
    "zqmail@localhost",
    "zqmail@[192.0.2.9]",
    "zqmail＠wide.example",
    "zqmail@xn--bcher-kva.example",
    "zqmail(comment)@paren.example",
    "zqmail＠ｗide．example",
)
"""Email addresses in unusual forms."""
ABOUT: Final = f"with {HIDDEN[0]} and {LEFT[0]}"
"""Names inside a text."""
UNREADABLE: Final = "zqnotanumber"
FORMULAS: Final = tuple(f"{sign}zqformula()" for sign in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", " ="))
YOUR_HEADER: Final = "zqcolumnnamesyourheader"
ALPHA, BETA, PAY = "Zqalpha", "Zqbeta", "Zqpay (private)"
"""Columns of Members: alpha and beta differ in one person."""
ONE_APART: Final = VISIBLE[20]
HOURS, SECRET_MEASURE = "Zqhours", "Zqminutes (private)"
OPEN_QUESTION, CHOICE_QUESTION, SCALE_QUESTION = "Zqwhy open?", "Zqwhich way?", "Zqhow much did you learn?"
RARE_OPTION: Final = "Zqrareoption"
REGIONS: Final = ("A", "B", "C", "D")


def mark(tab: str, column: str) -> str:
    """Return the mark of a column: letters that no one would write."""
    return "zq" + re.sub(r"[^a-z]", "", f"{tab}{column}".lower())


def first_day(tab: str, column: str) -> dt.date:
    """Return the first of the days that only this column holds."""
    months = [(t.name, c.name) for t in TABS for c in t.columns.values() if c.kind in DATED]
    place = months.index((tab, column))
    return dt.date(2001 + place // 6, 2 * (place % 6) + 1, 3)


DATED: Final = frozenset({CellKind.DATE, CellKind.DONE, CellKind.MONTH})
NUMBERED: Final = frozenset({CellKind.NUMBER, CellKind.COUNT, CellKind.MEASURE})
WRITTEN: Final = frozenset({CellKind.TEXT, CellKind.FREE_TEXT, CellKind.LINK, CellKind.WORDS, CellKind.ANYTHING})


def first_number(tab: str, column: str) -> int:
    """Return the first of the numbers that only this column holds."""
    places = [(t.name, c.name) for t in TABS for c in t.columns.values() if c.kind in NUMBERED]
    return 310_000_013 + 10_000_019 * places.index((tab, column))


def default_cell(tab: str, column: Column, row: int) -> str:
    """Return a marked cell of any column; for kinds that have no room for a mark, something valid."""
    kind = column.kind
    if kind in DATED:
        return (first_day(tab, column.name) + dt.timedelta(days=row % 50)).isoformat()
    if kind in NUMBERED:
        return str(first_number(tab, column.name) + 10 * (37 * row * row % 9_973))
    if kind is CellKind.LINK:
        return f"https://{mark(tab, column.name)}.example/{row}"
    if column.choices:
        return column.choices[row % len(column.choices)]
    if kind is CellKind.SCALE:
        return str(row % 5 + 1)
    if kind is CellKind.SHARE:
        return "20%"
    if kind in (CellKind.NAME, CellKind.NAMES, CellKind.COUNT_OR_NAMES):
        return VISIBLE[row % 20]
    return f"{mark(tab, column.name)} {row}"


Cells = Mapping[str, str]
"""What a row holds in place of its default cells, by header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A row of Connections: who reports a tie to whom, and on which day."""

    source: str
    target: str
    wave: str

    @property
    def day(self) -> dt.date:
        """The day on which the source answered: everyone has a day of their own."""
        return first_day("Connections", "Date") + dt.timedelta(days=EVERY_MEMBER.index(self.source))


def reports() -> Iterator[Report]:
    """Yield the reports of both waves. In the latest, everyone but the nonrespondents reports."""
    answering = VISIBLE[:30]
    for wave, silent in ((EARLIER, ()), (LATEST, SILENT)):
        people = [person for person in VISIBLE if person not in silent]
        for place, person in enumerate(people):
            for step in (1, 3):
                yield Report(source=person, target=people[(place + step) % len(people)], wave=wave)
            if place % 2 == 0:
                yield Report(source=people[(place + 1) % len(people)], target=person, wave=wave)
    for place, person in enumerate(SILENT):
        yield Report(source=answering[2 * place], target=person, wave=LATEST)
    yield Report(source=LEFT[0], target=VISIBLE[0], wave=EARLIER)
    yield Report(source=VISIBLE[1], target=LEFT[1], wave=EARLIER)
    for hidden, neighbors in HIDDEN_NEIGHBORS.items():
        for neighbor in neighbors:
            yield Report(source=neighbor, target=hidden, wave=LATEST)
    yield Report(source=HIDDEN[0], target=VISIBLE[13], wave=LATEST)


HIDDEN_NEIGHBORS: Final[Mapping[str, Sequence[str]]] = {
    HIDDEN[0]: (VISIBLE[2], VISIBLE[7], VISIBLE[11]),
    HIDDEN[1]: (VISIBLE[3],),
    HIDDEN[2]: (VISIBLE[4], VISIBLE[9]),
}
"""Who reports a tie to each hidden person."""


def _members() -> Iterator[Cells]:
    for n, name in enumerate(EVERY_MEMBER):
        is_visible = name in VISIBLE
        rank = VISIBLE.index(name) if is_visible else n
        alpha = "zqalpha x" if rank < 18 else "zqalpha y"
        beta = {"zqalpha x": "zqbeta x", "zqalpha y": "zqbeta y"}[alpha]
        if name == ONE_APART:
            beta = "zqbeta x" if beta.endswith("y") else "zqbeta y"
        yield {
            "Name": name,
            "Member ID": f"{mark('Members', 'Member ID')}{n}",
            "Kind": "Person",
            "Organization": f"{mark('Members', 'Organization')} {'shared' if rank % 3 else rank}",
            "Role": f"{mark('Members', 'Role')} {('one', 'two', 'three')[rank % 3] if rank < 28 else rank}",
            "Leadership role": f"{mark('Members', 'Leadership role')} {rank}" if rank in (3, 5) else "",
            "Region": f"{mark('Members', 'Region')} {REGIONS[rank % 4]}",
            "Left": "" if name not in LEFT else (first_day("Members", "Left") + dt.timedelta(days=n)).isoformat(),
            "Email": f"{mark('Members', 'Email')}{n}@example.org",
            "Show on map": "no" if name in HIDDEN else "",
            "Zqmentor": HIDDEN[1] if rank == 2 else LEFT[1] if rank == 3 else "zqmentor",
            ALPHA: alpha,
            BETA: beta,
            PAY: "zqpay rare" if name == LEFT[0] or rank == 1 else "zqpay usual",
        }


def _connections() -> Iterator[Cells]:
    for n, report in enumerate(reports()):
        yield {
            "From": report.source,
            "To": report.target,
            "Type": f"{mark('Connections', 'Type')} {('a', f'b {ABOUT}')[n % 2]}",
            "Date": report.day.isoformat(),
            "Wave": report.wave,
            "Heard through": "",
            # One answer is far from all others.
            **({"Trust": str(first_number("Connections", "Trust") + 900_000)} if n == 100 else {}),
            HOURS: str(910_007 + 10 * (n % 60)),
            SECRET_MEASURE: str(810_000_011 + 20 * n),
        }
    for place in range(6):
        yield {
            "From": VISIBLE[place], "To": VISIBLE[place + 12], "Wave": LATEST, "Heard through": "Staff",
            "Date": (first_day("Connections", "Date") + dt.timedelta(days=48)).isoformat(),
            "Trust": "", "Value": "", "Frequency": "",
        }  # fmt: skip
    yield {"From": VISIBLE[0], "To": UNLISTED, "Wave": LATEST, "Heard through": ""}


def _weaving() -> Iterator[Cells]:
    for n in range(8):
        yield {
            "Weaver": WEAVER, "Member": VISIBLE[n], "Introduced to": VISIBLE[n + 15], "Introduction": "",
            "Done": "" if n % 2 else "yes",
        }  # fmt: skip
    yield {"Weaver": WEAVER, "Member": VISIBLE[9], "Introduced to": HIDDEN[1], "Introduction": "", "Done": ""}
    yield {"Weaver": WEAVER, "Member": HIDDEN[2], "Introduced to": "", "Introduction": "", "Done": ""}
    yield {"Weaver": WEAVER, "Member": VISIBLE[9], "Introduced to": VISIBLE[29], "Introduction": "Not now", "Done": ""}


def _survey() -> Iterator[Cells]:
    for n, name in enumerate((*VISIBLE[:30], HIDDEN[0])):
        yield {
            "Wave": LATEST,
            "Respondent": name,
            OPEN_QUESTION: f"zqopenanswer {n} of many words {ABOUT}",
            CHOICE_QUESTION: RARE_OPTION if n == 4 else f"Zqoption {n % 2}",
            SCALE_QUESTION: f"{mark('Scales', 'Label')} {n % 5}",
            f"Zqhow was {HIDDEN[0]}?": str(n % 5 + 1),
        }


def _odd_texts() -> Iterator[Cells]:
    for text in (*ODD_EMAILS, *FORMULAS):
        yield {"Title": text, "Kind": text, "Notes": f"write to {text}", "Attendees": VISIBLE[0]}


ROWS: Final[Mapping[str, Callable[[], Iterator[Cells]]]] = {
    "Members": _members,
    "Connections": _connections,
    "Weaving": _weaving,
    "Survey": _survey,
    "Waves": lambda: iter(
        {
            "Wave": wave, "Kind": "", "Date": day.isoformat(), "Invited": "; ".join((*VISIBLE, *HIDDEN)),
            "Responded": "; ".join(person for person in VISIBLE if wave != LATEST or person not in SILENT),
        }
        for wave, day in WAVE_DATES.items()
    ),
    "Questions": lambda: iter(
        [
            {"Question": SCALE_QUESTION, "Scale": f"{mark('Scales', 'Scale')}", "Level": "Participant",
             "Outcome": "Meaningful relationships", "Reverse": ""},
            {"Question": OPEN_QUESTION, "Scale": "In their own words", "Level": "", "Outcome": "", "Reverse": ""},
            {"Question": CHOICE_QUESTION, "Scale": "One of several", "Level": "", "Outcome": "", "Reverse": ""},
        ]
    ),
    "Scales": lambda: iter(
        {"Scale": mark("Scales", "Scale"), "Value": str(n), "Label": f"{mark('Scales', 'Label')} {n}"}
        for n in range(5)
    ),
    "Actions": lambda: iter({"Question": SCALE_QUESTION} for _ in range(3)),
    "Convenings": lambda: iter(
        {"Attendees": "; ".join((*VISIBLE[n : n + 12], HIDDEN[n], LEFT[n])), "Attended": "14", "Invited": "40",
         **{header: f"{mark('Convenings', header)} {n} {ABOUT}" for header in ("Title", "Format", "Key outcomes")}}
        for n in range(3)
    ),
    "Activities": lambda: iter(
        [
            *({"Attendees": "; ".join(VISIBLE[n : n + 8]), "Attended": "8", "Invited": "20"} for n in range(2)),
            *_odd_texts(),
        ]
    ),
    "Platform": lambda: iter(
        [*({"Facilitator": FACILITATOR} for _ in range(3)), {"Facilitator": "", "Members on it": UNREADABLE}]
    ),
    "Emergent activity": lambda: iter(
        [
            *(
                {"Collaborators": "; ".join(VISIBLE[n : n + 5])}
                | {header: f"{mark('Emergent activity', header)} {n} {ABOUT}" for header in ("Name", "Purpose")}
                for n in range(3)
            ),
            {"Collaborators": f"{HIDDEN[0]}; {VISIBLE[5]}"},
            {"Collaborators": f"{HIDDEN[1]}; {HIDDEN[2]}"},
        ]
    ),
    "Mindset": lambda: iter(
        {"Session": f"{mark('Mindset', 'Session')} {ABOUT}", "Moment": "Now", "Respondent": name,
         "Rose to the top": CHARACTERISTICS[n % 3]}
        for n, name in enumerate((*VISIBLE[:12], HIDDEN[0]))
    ),
    "Pulse": lambda: iter(
        {"Session": f"{mark('Pulse', 'Session')} {ABOUT}", "Moment": "Now", "Answer": str(n % 5 + 1),
         "Statement": f"{mark('Pulse', 'Statement')} {ABOUT}"}
        for n in range(12)
    ),
    "Reference": lambda: iter(
        {"Attribute": "Region", "Value": f"{mark('Members', 'Region')} {region}", "Share": "25%"} for region in REGIONS
    ),
    "Updates": lambda: iter(
        [
            {"Tab": "Weaving", "Row": f"{mark('Weaving', 'Entry ID')} 0", "Field": "What we heard"},
            {"Tab": "Weaving", "Row": f"{mark('Weaving', 'Entry ID')} 1", "Field": "Follow-up"},
            {"Tab": "Weaving", "Field": "Follow-up"},
        ]
    ),
    "Column names": lambda: iter([{"Tab": "Members", "Column": "Attribute", "Your header": YOUR_HEADER}]),
}  # fmt: skip
"""What each tab's rows hold where the default would not do."""


def _settings(names: str) -> list[list[str]]:
    values = {
        "Network name": f"{mark('Settings', 'Value')} network",
        "Shared purpose": f"{mark('Settings', 'Value')} purpose {ABOUT}",
        "Smallest group shown": str(SMALLEST),
        "Names": names,
        "Color map by": "Region",
        "Hub": "; ".join(VISIBLE[:2]),
        "Unknown people": "report",
    }
    return [["Setting", "Value"], *([name, value] for name, value in values.items())]


def marked_tabs(*, names: str = "names") -> dict[str, list[list[str]]]:
    """Return the workbook's tabs, each a header row and its rows; people go by `names`."""
    tabs: dict[str, list[list[str]]] = {"Settings": _settings(names)}
    for tab in TABS:
        if tab.name in tabs:
            continue
        rows = list(ROWS.get(tab.name, lambda: iter([{}] * 3))())
        extra = [header for header in dict.fromkeys(header for row in rows for header in row)
                 if header not in {column.name for column in tab.columns.values()}]  # fmt: skip
        if tab.name == "Members":
            extra.insert(0, YOUR_HEADER)
        columns = list(tab.columns.values())
        tabs[tab.name] = [
            [*(column.name for column in columns), *extra],
            *(
                [
                    *(cells.get(column.name, default_cell(tab.name, column, n)) for column in columns),
                    *(cells.get(header, "zqheadervalue") for header in extra),
                ]
                for n, cells in enumerate(rows)
            ),
        ]
    tabs["zqignoredtab pay"] = [["zqignoredcell"], ["1"]]
    return tabs


def write_folder(folder: Path, *, names: str = "names") -> None:
    """Write the marked workbook as CSV files."""
    for title, rows in marked_tabs(names=names).items():
        with (folder / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


@dataclass(frozen=True, slots=True)
class Mark:
    """What to look for: the spellings of one column's cells."""

    column: str
    spellings: tuple[str, ...]


def date_spellings(day: dt.date) -> tuple[str, ...]:
    """Return the ways in which a day is written in texts and files."""
    serial = (day - dt.date(1899, 12, 30)).days
    return (
        day.isoformat(), day.isoformat().replace("-", "/"), f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day.month}/{day.day}/{day.year}",
        f"<v>{serial}</v>", day.strftime("%Y%m%d"),
    )  # fmt: skip


def _spellings(column: Column, cell: str) -> tuple[str, ...]:
    if column.kind in DATED:
        try:
            return date_spellings(dt.date.fromisoformat(cell))
        except ValueError:
            return ()
    if column.kind in NUMBERED:
        return (cell, f"{int(cell):,}") if cell.isdecimal() and len(cell) >= 5 else ()
    return (cell,)


def marks(audience: Audience) -> list[Mark]:
    """Return the marks of all columns that are for this audience, as the workbook holds them."""
    found = []
    tabs = marked_tabs()
    for tab in TABS:
        for place, column in enumerate(tab.columns.values()):
            if AUDIENCES.get(tab.name, {}).get(column.name) is not audience:
                continue
            cells = dict.fromkeys(row[place] for row in tabs[tab.name][1:] if row[place])
            spellings = dict.fromkeys(each for cell in cells for each in _spellings(column, cell))
            if column.kind in WRITTEN or column.kind is CellKind.NAME:
                name = WEAVER if column.name == "Weaver" else FACILITATOR if column.name == "Facilitator" else ""
                spellings = dict.fromkeys([name.split()[-1] if name else mark(tab.name, column.name)])
            found.append(Mark(f"{tab.name}: {column.name}", tuple(spellings)))
    return found


def undeclared() -> list[str]:
    """Return the columns of the contract of which `AUDIENCES` does not say who may receive them."""
    return [
        f"{tab.name}: {column.name}"
        for tab in TABS
        for column in tab.columns.values()
        if column.name not in AUDIENCES.get(tab.name, {})
    ]
