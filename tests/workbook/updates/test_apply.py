"""Updates: later changes count, in their order, and touch nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Problem, Severity, Workbook

TODAY = dt.date(2026, 11, 30)
MEMBERS = [["Name"], ["Ana Ruiz"], ["Bo Lind"], ["Cy Park"]]
TALKS: list[list[RawCell]] = [
    ["Date", "Weaver", "Member", "What we heard", "Follow-up", "Due", "Done", "Entry ID"],
    ["2026-11-02", "Bo Lind", "Ana Ruiz", "Busy", "Send slides", "2026-11-20"],
    ["2026-11-03", "Bo Lind", "Cy Park", "New", "Call", "2026-11-21", "", "NH-1"],
]
CIRCLE = [["Name", "Collaborators", "Outcomes to date", "Status"], ["Circle", "Ana Ruiz", "Met twice", "Forming"]]


def read(
    *updates: Sequence[RawCell], talks: list[list[RawCell]] | None = None, header: Sequence[RawCell] = ()
) -> Workbook:
    header = header or ["Date", "Tab", "Row", "Field", "Value", "Entry ID"]
    tabs = [
        RawTab("Members", MEMBERS),
        RawTab("Weaving", TALKS if talks is None else talks),
        RawTab("Emergent activity", CIRCLE),
        RawTab("Updates", [header, *updates]),
    ]
    raw = RawWorkbook(title="T", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    return read_workbook(raw, today=TODAY)


def mark_of_first() -> str:
    return str(read().weaving[0].row_id)


def to_fix(workbook: Workbook) -> list[Problem]:
    return [problem for problem in workbook.problems if problem.severity is not Severity.NOTE]


def test_rows_go_by_entry_id_or_by_mark() -> None:
    first, second = read().weaving
    assert (second.row_id, str(first.row_id)[:4]) == ("NH-1", "ROW-")
    changed = read(
        ["2026-11-25", "Weaving", "NH-1", "Done", True],
        ["2026-11-25", "Weaving", first.row_id, "Due", dt.date(2026, 12, 1)],
    )
    assert to_fix(changed) == []
    assert [talk.done for talk in changed.weaving] == [None, True]
    assert [talk.due for talk in changed.weaving] == [dt.date(2026, 12, 1), dt.date(2026, 11, 21)]
    assert [talk.row_id for talk in changed.weaving] == [first.row_id, "NH-1"], "their names stay"


def test_the_tab_may_be_left_blank_or_called_otherwise() -> None:
    done = read(["", "", "NH-1", "done", "yes"], ["", "weaving log", mark_of_first(), "DONE", "2026-11-26"])
    assert [talk.done for talk in done.weaving] == [dt.date(2026, 11, 26), True]


def test_mark_is_the_same_for_a_date_in_any_format() -> None:
    day = dt.date(2026, 11, 2)
    first, second = read(talks=[TALKS[0], [46328, "bo lind ", "Ana Ruiz"], [day, "Bo Lind", "Ana Ruiz"]]).weaving
    assert (first.row_id, second.row_id) == (mark_of_first(), f"{mark_of_first()}-2")


def test_later_date_wins_then_lower_row() -> None:
    talk = read(
        ["2026-11-26", "Weaving", "NH-1", "Follow-up", "third"],
        ["2026-11-25", "Weaving", "NH-1", "Follow-up", "second"],
        ["2026-11-26", "Weaving", "NH-1", "Follow-up", "last"],
    ).weaving[1]
    assert talk.follow_up == "last"


def test_outcomes_and_participants_are_added() -> None:
    name = read().emergent[0].row_id
    activity = read(
        ["2026-11-25", "Emergent activity", name, "Outcome", "A guide"],
        ["2026-11-26", "Emergent activity", name, "Participant", "Cy Park"],
        ["2026-11-26", "Emergent activity", name, "Status", "Active"],
        ["2026-11-20", "Emergent activity", name, "Outcome", "A plan"],
    ).emergent[0]
    assert activity.outcomes == "Met twice\n2026-11-20: A plan\n2026-11-25: A guide"
    assert [text for _, text in activity.dated_outcomes] == ["A plan", "A guide", "Met twice"]
    assert [*activity.collaborators] == ["Ana Ruiz", "Cy Park"]
    assert activity.status == "Active"


def test_undone_row_counts_nowhere() -> None:
    workbook = read(
        ["2026-11-25", "Weaving", "NH-1", "Whole row", "Undone"], ["2026-11-26", "Weaving", "NH-1", "Done", True]
    )
    assert [talk.member for talk in workbook.weaving] == ["Ana Ruiz"]
    assert to_fix(workbook) == []


def test_update_can_be_undone_and_that_too() -> None:
    done = ["2026-11-25", "Weaving", "NH-1", "Done", True, "NH-2"]
    undone = ["2026-11-25", "Updates", "NH-2", "Whole row", "Undone", "NH-3"]
    again = ["2026-11-25", "Updates", "NH-3", "Whole row", "Undone", "NH-4"]
    assert read(done).weaving[1].done is True
    assert read(done, undone).weaving[1].done is None
    assert read(done, undone, again).weaving[1].done is True


def test_blank_value_clears_a_cell() -> None:
    assert read(["2026-11-25", "Weaving", "NH-1", "Follow-up", ""]).weaving[1].follow_up is None


def test_missing_column_is_added() -> None:
    without = [row[:3] for row in TALKS]
    (mark, *_) = [talk.row_id for talk in read(talks=without).weaving]
    workbook = read(["", "Weaving", mark, "Follow-up", "Call"], talks=without)
    assert [talk.follow_up for talk in workbook.weaving] == ["Call", None]


@pytest.mark.parametrize(
    ("update", "cell"),
    [
        (["", "Weaving", "NH-9", "Done", True], "Updates!C2"),
        (["", "Hobbies", "NH-1", "Done", True], "Updates!B2"),
        (["", "Settings", "NH-1", "Value", "x"], "Updates!B2"),
        (["", "Weaving", "NH-1", "Hobby", "x"], "Updates!D2"),
        (["", "Weaving", "NH-1", "Outcome", "x"], "Updates!D2"),
        (["", "Weaving", "NH-1", "Entry ID", "NH-7"], "Updates!D2"),
        (["", "Weaving", "NH-1", "Due", "soon"], "Updates!E2"),
        (["", "Weaving", "NH-1", "Member", ""], "Updates!E2"),
        (["", "Weaving", "NH-1", "Member", "=1+1"], "Updates!E2"),
        (["", "Weaving", "NH-1", "Whole row", "Gone"], "Updates!E2"),
        (["", "Weaving", "NH-1", "Member", "Nobody Known"], "Updates!E2"),
        (["", "Weaving", "NH-1", "Introduced to", "Nobody Known"], "Updates!E2"),
    ],
)
def test_update_that_does_not_fit_is_a_problem_at_its_own_cell(update: list[RawCell], cell: str) -> None:
    workbook = read(update)
    assert [problem.cell for problem in to_fix(workbook)] == [cell]
    if "Nobody Known" not in update:
        assert workbook.weaving == read().weaving


def test_rows_with_one_entry_id_count_once_if_they_are_equal() -> None:
    talks = [TALKS[0], TALKS[2], TALKS[2], ["2026-11-04", "Bo Lind", "Ana Ruiz", "Copied", "", "", "", "NH-1"]]
    workbook = read(["", "Weaving", "NH-1", "Done", True], talks=talks)
    assert [(talk.member, talk.done) for talk in workbook.weaving] == [("Cy Park", True), ("Ana Ruiz", None)]
    assert [problem.cell for problem in workbook.problems if problem.tab == "Weaving"] == ["Weaving!H3", "Weaving!H4"]


FIELDS = {"Follow-up": "follow_up", "What we heard": "what_we_heard", "Done": "done", "Due": "due"}


@settings(max_examples=40)
@given(st.data())
def test_only_named_cells_change_in_any_order(data: st.DataObject) -> None:
    rows = ["NH-1", mark_of_first()]
    places = [(row, field) for row in rows for field in FIELDS]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True))
    value = {"Follow-up": "x", "What we heard": "y", "Done": True, "Due": dt.date(2027, 1, 1)}
    updates = [["2026-11-25", "Weaving", row, field, value[field]] for row, field in chosen]
    before = {(talk.row_id, field): getattr(talk, name) for talk in read().weaving for field, name in FIELDS.items()}
    after = {
        (talk.row_id, field): getattr(talk, name)
        for talk in read(*data.draw(st.permutations(updates))).weaving
        for field, name in FIELDS.items()
    }
    assert after == before | {(row, field): value[field] for row, field in chosen}


def test_tab_of_this_name_with_other_columns_is_left_alone() -> None:
    workbook = read(["2026-11-25", "We moved"], header=["Date", "News"])
    assert to_fix(workbook) == []
    assert workbook.ignored_tabs == ("Updates",)
