"""A state machine: people record, change, and undo; Google fails; the app is killed; staff rearrange the Google Sheet.

At every moment no entry is in the Google Sheet twice. In the end each is there once, under its headers, and what staff
typed is as they left it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from nethealth.contributions.delivery import Timing, deliver_once
from nethealth.contributions.entries import ID_PREFIX, Entry, EntryState
from nethealth.contributions.journal import Journal
from tests.contributions.grid_writer import Fault, GridSheet
from tests.sources import sheet_grid
from tests.sources.sheet_grid import Sheet

KEY = "sheet:a"
TABS = ("Weaving", "Emergent activity")
TITLES = {"Weaving": ("Weaving", "Weaving log"), "Emergent activity": ("Emergent activity", "Collaborations")}
NAMES = st.sampled_from(["Ana", "Bo", "=1+1", "007", "🌱", "true", "2026", "a\nb"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
EPOCH = dt.date(1899, 12, 30)
MORE = ["", "", "What we heard", "Due", "Follow-up", "activity"]
KINDS = st.sampled_from(["read", "append", "batch"])
PLACE = st.integers(0, 2)
Edit = tuple[str, int, int]
EDIT = st.tuples(
    st.sampled_from(["move", "move", "column", "row", "type", "rename", "sort", "title"]),
    st.integers(0, 7),
    st.integers(0, 7),
)
EDITS = st.dictionaries(st.sampled_from(["append", "append", "read", "batch"]), EDIT, max_size=2)
"""By kind of request: what people do right before the next one."""
FAULTS = st.one_of(
    st.just({}),
    st.sampled_from([Fault.LATE, Fault.LOST]).map(lambda fault: {"append": fault}),
    st.dictionaries(st.sampled_from(["append", "read", "batch", "update"]), st.sampled_from(Fault), max_size=2),
)


class Killed(BaseException):
    """The app was killed."""


def _die() -> None:
    raise Killed


class DeliveryMachine(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_800_000_000.0
        self.timing = Timing()
        self.journal = Journal("sqlite://", now=lambda: self.time)
        weaving = [["Date", "Weaver", "Member", "What we heard", "Due", "Entry ID"]]
        self.grid = GridSheet(Sheet(tabs={"Weaving": weaving}), now=lambda: self.time)
        self.grid.sheet.keep_ids()
        self.recorded: dict[str, Entry] = {}
        self.typed: dict[str, str] = {}
        """By a text that staff typed: the tab of its row."""
        self.count = 0

    # People in the app.

    @rule(texts=st.lists(NAMES, min_size=1, max_size=3), more=st.sampled_from(MORE), day=DAYS)
    def record(self, texts: list[str], more: str, day: dt.date) -> None:
        for text in texts:
            if more == "activity":
                self._record("Emergent activity", {"Name": text, "Collaborators": "Ana; Bo"})
            else:
                cells = {"Date": day, "Weaver": "Bo", "Member": text}
                self._record("Weaving", cells | ({more: day if more == "Due" else text} if more else {}))

    @precondition(lambda self: self.recorded)
    @rule(data=st.data(), text=NAMES)
    def change(self, data: st.DataObject, text: str) -> None:
        entry = self.recorded[data.draw(st.sampled_from(list(self.recorded)))]
        column = "What we heard" if entry.tab == "Weaving" else "Purpose"
        cells = {**entry.cells, column: text}
        if self.journal.edit(entry.id, cells):
            self.recorded[entry.id] = Entry(
                id=entry.id, workbook=KEY, tab=entry.tab, cells=cells, recorded_at=entry.recorded_at
            )

    @precondition(lambda self: self.recorded)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        entry_id = data.draw(st.sampled_from(list(self.recorded)))
        if self.journal.undo(entry_id):
            del self.recorded[entry_id]

    # The app.

    @rule(holder=st.sampled_from(["one", "two"]), edits=EDITS, faults=FAULTS, death=st.none() | st.tuples(KINDS, PLACE))
    def deliver(
        self,
        holder: str,
        edits: dict[str, Edit],
        faults: dict[str, Fault],
        death: tuple[str, int] | None,
    ) -> None:
        """Run a cycle: with people who edit right before a request, requests that fail, or an app that is killed."""
        self.grid.faults = {kind: [fault] for kind, fault in faults.items()}
        self.grid.before = {kind: [lambda edit=edit: self._rearrange(*edit)] for kind, edit in edits.items()}  # type: ignore[misc]
        if death is not None:
            kind, place = death
            self.grid.before.setdefault(kind, []).extend([*([lambda: None] * place), _die])
        try:
            self._deliver(holder)
        except Killed:
            # Nobody gives the lease back.
            self.journal.take_lease(f"deliver {KEY}", holder="the one that was killed", seconds=self.timing.lease)
        self.grid.faults, self.grid.before = {}, {}

    def _deliver(self, holder: str) -> None:
        self.time += 1
        deliver_once(
            self.journal,
            KEY,
            holder=holder,
            open_writer=self.grid.open,
            timing=self.timing,
            now=lambda: self.time,
        )

    # Google.

    @rule()
    def happen_late(self) -> None:
        self.grid.finish_late()

    @rule()
    def time_passes(self) -> None:
        self.grid.finish_late()
        self.time += self.timing.lease + 1

    # Staff.

    @rule(edit=EDIT)
    def rearrange(self, edit: Edit) -> None:
        self._rearrange(*edit)

    def _rearrange(self, kind: str, first: int, second: int) -> None:
        sheet = self.grid.sheet
        title = list(sheet.tabs)[first % len(sheet.tabs)]
        tab = next(name for name in TABS if title in TITLES[name])
        rows = sheet.tabs[title]
        at = self._header_row(rows)
        self.count += 1
        if kind == "column":
            place = min(first, len(rows[at]))
            sheet_grid.insert_column(sheet, title, place)
            if second % 2:
                sheet_grid.put(rows, at, place, f"Mood {self.count}")
        elif kind == "move":
            sheet_grid.move_column(sheet, title, first % len(rows[at]), second % len(rows[at]))
        elif kind == "row" and len(rows) > at + 1:
            sheet_grid.insert_rows(sheet, title, at + 1 + first % (len(rows) - at - 1), 1)
        elif kind == "type":
            text = f"typed {self.count}"
            row: list[Any] = [""] * len(rows[at])
            row[rows[at].index("Member" if tab == "Weaving" else "Name")] = text
            rows.append(row)
            self.typed[text] = tab
        elif kind == "rename":
            other = next(name for name in TITLES[tab] if name != title)
            sheet_grid.rename_tab(sheet, title, other)
        elif kind == "sort":
            rows[at + 1 :] = sorted(rows[at + 1 :], key=lambda row: [str(cell) for cell in row])
        elif kind == "title" and at < 4:
            sheet_grid.insert_rows(sheet, title, 0, 1)
            if second % 2:
                rows[0][:] = ["Our log"]

    # What always holds.

    @invariant()
    def nothing_is_there_twice(self) -> None:
        counts = Counter(
            cell
            for rows in self.grid.sheet.tabs.values()
            for row in rows
            for cell in row
            if isinstance(cell, str) and cell.startswith(ID_PREFIX)
        )
        assert max(counts.values(), default=1) == 1
        assert self.grid.sheet.formulas == []

    def teardown(self) -> None:
        """Let everything calm down: then each entry is there, once, as recorded."""
        pending = (EntryState.WAITING, EntryState.UNCERTAIN)
        for _ in range(12):
            self.time_passes()
            self._deliver("one")
        assert self.journal.entries(KEY, states=pending) == []
        self.nothing_is_there_twice()
        there = self._rows_by_id()
        assert there.keys() == self.recorded.keys()
        for entry in self.recorded.values():
            assert there[entry.id] == (entry.tab, _expected(entry))
        for text, tab in self.typed.items():
            assert self._row_with(text) == (tab, {"Member" if tab == "Weaving" else "Name": text})
        self.journal.close()

    def _record(self, tab: str, cells: dict[str, Any]) -> None:
        self.time += 1
        filled = {name: cell for name, cell in cells.items() if cell is not None}
        recorded_at = dt.datetime.fromtimestamp(self.time, dt.UTC)
        self.count += 1
        entry_id = f"{ID_PREFIX}{self.count:013}"  # not a random one, so that failures can be reproduced
        entry = Entry(id=entry_id, workbook=KEY, tab=tab, cells=filled, recorded_at=recorded_at)
        self.journal.record([entry])
        self.recorded[entry.id] = entry

    @staticmethod
    def _header_row(rows: list[list[Any]]) -> int:
        return next(at for at, row in enumerate(rows) if "Weaver" in row or "Collaborators" in row)

    def _rows(self) -> list[tuple[str, dict[str, Any]]]:
        found = []
        for title, rows in self.grid.sheet.tabs.items():
            tab = next(name for name in TABS if title in TITLES[name])
            at = self._header_row(rows)
            headers = rows[at]
            for row in rows[at + 1 :]:
                # Cells without a header are told apart, too.
                names = [*headers, *[""] * len(row)]
                filled = {names[at] or f"no header {at}": cell for at, cell in enumerate(row) if cell not in ("", None)}
                found.append((tab, filled))
            # Above the headers, nothing of ours stays.
            assert not any(str(cell).startswith(ID_PREFIX) for row in rows[:at] for cell in row)
        return found

    def _rows_by_id(self) -> dict[str, tuple[str, dict[str, Any]]]:
        return {row["Entry ID"]: (tab, row) for tab, row in self._rows() if "Entry ID" in row}

    def _row_with(self, text: str) -> tuple[str, dict[str, Any]]:
        return next((tab, row) for tab, row in self._rows() if text in row.values())


def _expected(entry: Entry) -> dict[str, Any]:
    cells = {name: (cell - EPOCH).days if isinstance(cell, dt.date) else cell for name, cell in entry.cells.items()}
    return {**cells, "Entry ID": entry.id}
