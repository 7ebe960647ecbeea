"""Rearrange tabs in the layouts of other tools, so that the readers find the columns of the contract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.layouts.attendance.reports import read_attendance_report
from nethealth.workbook.layouts.attendance.tables import (
    fill_merged_cells,
    list_ticked_people,
    name_attendees,
    read_attendance_matrix,
    read_event_list,
)
from nethealth.workbook.layouts.form_tools import read_form_tool
from nethealth.workbook.layouts.known_people import KnownPeople, find_known_people
from nethealth.workbook.layouts.long_survey import pivot_long_survey
from nethealth.workbook.layouts.mailing_lists import leave_out_list_columns
from nethealth.workbook.layouts.name_parts import rename_marks, replace_name_parts
from nethealth.workbook.layouts.network_tools import arrange_network_tools
from nethealth.workbook.layouts.other_languages import name_other_language
from nethealth.workbook.layouts.rearranged import Rearranged
from nethealth.workbook.layouts.respondent_headers import name_respondent
from nethealth.workbook.layouts.tie_tables import list_each_tie, read_adjacency_matrix
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers.headers import HeaderNames
from nethealth.workbook.readers.problem_log import ProblemLog

Layout: TypeAlias = Callable[[RawTab, KnownPeople], Rearranged | None]
"""Return the tab rearranged, given the names in Members; None if it isn't in this layout."""

LAYOUTS: Final[tuple[Layout, ...]] = (
    read_form_tool,
    name_other_language,
    pivot_long_survey,
    name_respondent,
    rename_marks,
    replace_name_parts,
    leave_out_list_columns,
    read_attendance_report,
    read_attendance_matrix,
    read_event_list,
    name_attendees,
    list_ticked_people,
    fill_merged_cells,
    read_adjacency_matrix,
    list_each_tie,
)
"""Each is tried on what the one before made of a tab. Add one only for what it can recognize for certain."""


def arrange(
    tabs: Iterable[RawTab], *, chosen: Mapping[str, str], names: HeaderNames, problem_log: ProblemLog
) -> list[RawTab]:
    """Return the tabs as the readers take them.

    `chosen` is what staff say about whole tabs: folded title to the contract's name, or "" to leave the tab alone. What
    we rearranged is reported, so that people can tell. `names` is the Column names tab.
    """
    marked = [_as_chosen(tab, chosen.get(folded(tab.title))) for tab in tabs]
    by_tool = arrange_network_tools(marked)
    for place, rearranged in by_tool.items():
        problem_log.add(rearranged.severity, rearranged.message, rearranged.remedy, tab=marked[place].title)
        (marked[place],) = rearranged.tabs
    people = dataclasses.replace(
        find_known_people(marked, names), meanings={header: column for (_, header), column in names.items()}
    )
    arranged: list[RawTab] = []
    for tab in marked:
        arranged.extend([tab] if tab.read_as == "" else _apply_layouts(tab, people, problem_log))
    return arranged


def _as_chosen(tab: RawTab, read_as: str | None) -> RawTab:
    return tab if read_as is None else dataclasses.replace(tab, read_as=read_as)


def _apply_layouts(tab: RawTab, people: KnownPeople, problem_log: ProblemLog) -> Sequence[RawTab]:
    tabs: Sequence[RawTab] = [tab]
    for layout in LAYOUTS:
        following: list[RawTab] = []
        for each in tabs:
            rearranged = layout(each, people)
            if rearranged is None:
                following.append(each)
                continue
            problem_log.add(rearranged.severity, rearranged.message, rearranged.remedy, tab=tab.title)
            following.extend(rearranged.tabs)
        tabs = following
    return tabs
