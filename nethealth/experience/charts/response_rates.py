"""Response rates by group: a dot plot, its heading, and what to know when reading it."""

from __future__ import annotations

from nethealth.experience import CategoryResponse, RateDisclosure, Respondents, ResponseByColumn
from nethealth.experience.charts.dots import DotBlock, DotRow, dot_plot
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize, single_line


def response_heading(respondents: Respondents) -> str:
    """Return which groups are underrepresented, as a heading."""
    groups = [(column.by, group) for column in respondents.columns for group in column.groups]
    if not groups:
        return "Who answered"
    low = [(by, group) for by, group in groups if _is_underrepresented(group, respondents)]
    if low:
        (by, group), *rest = low
        more = f" and {pluralize(len(rest), 'other group')}" if rest else ""
        return f"Underrepresented: {single_line(group.group, longest=50)} ({single_line(by, longest=40)}){more}"
    if all(group.disclosure is RateDisclosure.HIDDEN for _, group in groups):
        return "Groups are too small to compare response rates"
    return "No group’s response rate is clearly low"


def _is_underrepresented(group: CategoryResponse, respondents: Respondents) -> bool:
    if group.share is None:
        return group.is_significant and group.disclosure is RateDisclosure.FEW
    return group.is_significant and group.share < respondents.identified / respondents.members


def response_notes(respondents: Respondents) -> list[str]:
    """Return what to know when reading the response rates, as sentences."""
    if not respondents.identified:
        return ["No answer names a member, so we can’t tell which groups are missing."]
    if not respondents.columns:
        return ["Too few members are known to have answered, or not to have answered, to compare groups."]
    notes = [f"We know that {respondents.identified:,} of {respondents.members:,} members answered."]
    if respondents.unidentified:
        name = "answer names" if respondents.unidentified == 1 else "answers name"
        notes.append(f"{respondents.unidentified:,} more {name} no member, so a group’s rate may be higher.")
    return notes


def response_dots(column: ResponseByColumn, respondents: Respondents, *, smallest_group: int) -> str:
    """Return a dot plot of the response rates by one column, with a mark at the rate of all members."""
    rows = [_dot(group, smallest_group) for group in column.groups]
    overall = respondents.identified / respondents.members
    heading = f"Response rate by {single_line(column.by, longest=60)}"
    note = f"plus {pluralize(column.others, 'member')} in smaller groups or no group" if column.others else None
    has_dots = any(group.share is not None for group in column.groups)
    return dot_plot([DotBlock(heading, overall if has_dots else None, rows, note)])


def _dot(group: CategoryResponse, smallest_group: int) -> DotRow:
    if group.share is None:
        text = f"{answered_text(group, smallest_group)}, of {group.members}"
        return DotRow(group.group, None, 0, 0, text, text)
    text = f"{format_value(group.share, Unit.SHARE)} of {group.members}"
    return DotRow(group.group, group.share, group.share, group.share, text, text, group.is_significant)


def answered_text(group: CategoryResponse, smallest_group: int) -> str:
    """Return how many members of a group answered, as precisely as it may be shown."""
    return {
        RateDisclosure.FEW: f"fewer than {smallest_group}",
        RateDisclosure.NEARLY_ALL: f"all but fewer than {smallest_group}",
        RateDisclosure.HIDDEN: "hidden",
        RateDisclosure.EXACT: str(group.answered),
    }[group.disclosure]
