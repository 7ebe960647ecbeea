"""Groups of a survey side by side, and who is heard in it: dots on a line from nobody to everybody, with sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nethealth.experience import (
    CategoryResponse,
    Contrast,
    Contrasts,
    GroupComparison,
    ItemByGroup,
    RateDisclosure,
    Respondents,
    ResponseByColumn,
    Share,
)
from nethealth.experience.cards import interval_text, is_of_agreement, share_phrase
from nethealth.metric import Unit
from nethealth.presentation.formatting import escape_html, format_value, pluralize, single_line


class _Dot(NamedTuple):
    """A row: a group, its share, and what is written at the end."""

    label: str
    share: float | None
    low: float
    high: float
    note: str
    tip: str
    is_filled: bool = True


class _Block(NamedTuple):
    """Rows under a heading, with a mark where everybody stands."""

    heading: str
    everybody: float | None
    rows: Sequence[_Dot]
    note: str | None = None


# What members say differently.


def contrast_sentences(contrasts: Contrasts, *, smallest_group: int) -> list[str]:
    """The largest clear differences between groups, a sentence each; one sentence where there is none. Plain text."""
    few = f"(Groups of fewer than {smallest_group} are not looked at.)"
    if not contrasts.looked_at:
        return [f"No group could be held against the others: none is known, or none is large enough. {few}"]
    if not contrasts.told:
        return [
            "No group of members answers any question so differently from the others that chance would not explain it. "
            f"{few}"
        ]
    return [_contrast(each) for each in contrasts.told]


def _contrast(contrast: Contrast) -> str:
    who = f"{single_line(contrast.by, longest=90)}: {single_line(contrast.group, longest=60)}"
    is_more = contrast.difference.value > 0
    more, are = "more" if is_more else "less", ""
    way = f"disagree {more} with" if contrast.reverse else f"agree {more} that"
    if not is_of_agreement(contrast.scale):
        way = f"answer {'lower' if is_more is contrast.reverse else 'higher'} to"
        are = f" are {share_phrase(contrast.scale, reverse=contrast.reverse)}"
    points = round(abs(contrast.difference.value) * 100)
    return (
        f"{who} – {way} “{single_line(contrast.question, longest=140).rstrip('.')}”: "
        f"{format_value(contrast.inside.value, Unit.SHARE)} of {contrast.people}{are}, against "
        f"{format_value(contrast.outside.value, Unit.SHARE)} of the {contrast.others} others. That is "
        f"{pluralize(points, 'point') if points else 'under one point'} (likely {interval_text(contrast.difference)})."
    )


# Groups by what they say.


def contrasts_heading(contrasts: Contrasts) -> str:
    """Whether groups answer differently, as a heading above `contrast_sentences`."""
    if not contrasts.looked_at:
        return "No groups to compare yet"
    if not contrasts.told:
        return "No clear difference between groups"
    one = len(contrasts.told) == 1
    return "One clear difference between groups" if one else "The clearest differences between groups"


def comparison_heading(compared: GroupComparison, *, about: Sequence[ItemByGroup]) -> str:
    """On which of the outcomes or questions that are shown groups lie furthest apart; it quotes cells as typed."""
    told = [each for each in about if len(each.groups) > 1]
    if not told:
        one = any(each.groups for each in about)
        return f"By {_lower(compared.by)}: {'a single' if one else 'no'} group can be shown"
    widest = max(told, key=_spread)
    low, high = (
        min(widest.groups, key=lambda each: each.share.value),
        max(widest.groups, key=lambda each: each.share.value),
    )
    if high.share.value == low.share.value:
        return f"By {_lower(compared.by)}: the groups agree alike"
    return (
        f"By {_lower(compared.by)}, furthest apart on “{single_line(widest.about, longest=80)}”: "
        f"{format_value(high.share.value, Unit.SHARE)} {share_phrase(widest.scale, reverse=widest.reverse)} "
        f"({single_line(high.group, longest=40)}) and "
        f"{format_value(low.share.value, Unit.SHARE)} ({single_line(low.group, longest=40)})"
    )


def _spread(comparison: ItemByGroup) -> float:
    shares = [each.share.value for each in comparison.groups]
    return max(shares) - min(shares)


def _lower(name: str) -> str:
    return f"“{single_line(name, longest=90)}”" if " " in name.strip() else single_line(name, longest=90).lower()


def hidden_groups_text(compared: GroupComparison) -> str | None:
    """What a comparison does not show, and why; None where it shows all."""
    told = (*compared.outcomes, *compared.questions)
    if compared.left_out or any(len(each.groups) < len(compared.groups) for each in told):
        groups = pluralize(compared.left_out, "group") if compared.left_out else "Some groups"
        where = "are not shown" if compared.left_out != 1 else "is not shown"
        where += "" if compared.left_out else " for every question"
        return (
            f"{groups[0].upper()}{groups[1:]} {where}: too few people, or else one could work out from this and from "
            "other comparisons what too few people said."
        )
    return (
        "Answers of whom the group is not known are among everybody’s." if any(each.others for each in told) else None
    )


def comparison_dots(comparisons: Sequence[ItemByGroup]) -> str:
    """For each outcome or question a dot a group at its share, a line for its interval, a mark for everybody."""
    return _dots(
        [
            _Block(
                heading=_item_title(each),
                everybody=each.everybody.value,
                rows=[_dot(group.group, group.share, group.people) for group in each.groups],
                note=None if each.groups else "No group can be shown",
            )
            for each in comparisons
        ]
    )


def _item_title(comparison: ItemByGroup) -> str:
    if not is_of_agreement(comparison.scale):
        return f"{comparison.about} ({share_phrase(comparison.scale, reverse=comparison.reverse)})"
    return f"{comparison.about} (who disagree)" if comparison.reverse else comparison.about


def _dot(group: str, share: Share, people: int) -> _Dot:
    written = format_value(share.value, Unit.SHARE)
    span = f"{format_value(share.low, Unit.SHARE)} to {format_value(share.high, Unit.SHARE)}"
    return _Dot(group, share.value, share.low, share.high, f"{written} of {people}", f"{written}, likely {span}")


# Who is heard.


def response_heading(told: Respondents) -> str:
    """Whether those who answered resemble the members, as a sentence."""
    if not told.columns:
        return "Who answered"
    few = [
        (column.by, group) for column in told.columns for group in column.groups if _is_underrepresented(group, told)
    ]
    if not few:
        if all(group.heard is RateDisclosure.HELD_BACK for column in told.columns for group in column.groups):
            return "Who answered, by groups that are too small to compare"
        return "No group of members is clearly heard less than the others"
    (by, group), *rest = few
    more = f", and {pluralize(len(rest), 'other group')}" if rest else ""
    return f"Heard less than others: {single_line(group.group, longest=50)} ({single_line(by, longest=40)}){more}"


def _is_underrepresented(group: CategoryResponse, told: Respondents) -> bool:
    if group.share is None:
        return group.stands_out and group.heard is RateDisclosure.FEW
    return group.stands_out and group.share < told.known / told.members


def response_notes(told: Respondents) -> list[str]:
    """What must be known to read who answered: sentences."""
    if not told.columns:
        why = (
            "The answers name nobody, or too few members: who is silent can’t be seen."
            if told.known == 0
            else "Too few answered, or too few did not, to say anything of either."
        )
        return [why]
    notes = [f"{told.known} of {told.members} members are known to have answered."]
    if told.unknown:
        are = "answer names" if told.unknown == 1 else "answers name"
        notes.append(f"{told.unknown} more {are} no member, so each group’s share may be higher.")
    return notes


def response_dots(column: ResponseByColumn, told: Respondents, *, smallest_group: int) -> str:
    """A dot a group at the share of its members who answered, a mark where all members stand."""
    rows = [_response_dot(group, smallest_group) for group in column.groups]
    is_any_exact = any(group.share is not None for group in column.groups)
    heading = f"Share of members who answered, by {single_line(column.by, longest=60)}"
    note = f"and {pluralize(column.others, 'member')} of smaller groups, or of none" if column.others else None
    return _dots([_Block(heading, told.known / told.members if is_any_exact else None, rows, note)])


def _response_dot(group: CategoryResponse, smallest: int) -> _Dot:
    if group.share is None:
        words = f"{_answered_text(group, smallest)}, of {group.members}"
        return _Dot(group.group, None, 0, 0, words, words)
    written = f"{format_value(group.share, Unit.SHARE)} of {group.members}"
    return _Dot(group.group, group.share, group.share, group.share, written, written, group.stands_out)


def _answered_text(group: CategoryResponse, smallest: int) -> str:
    return {
        RateDisclosure.FEW: f"fewer than {smallest}",
        RateDisclosure.NEARLY_ALL: f"all but fewer than {smallest}",
        RateDisclosure.HELD_BACK: "held back",
        RateDisclosure.EXACTLY: str(group.answered),
    }[group.heard]


def response_rows(told: Respondents, *, wave: str | None, smallest_group: int) -> list[dict[str, object]]:
    """Who answered as a table to download; what is told in words on the page is told in words here."""
    return [
        {
            "Wave": wave,
            "Column": column.by,
            "Group": group.group,
            "Members": group.members,
            "Answered": group.answered if group.answered is not None else _answered_text(group, smallest_group),
        }
        for column in told.columns
        for group in column.groups
    ]


# Rows for the page to lay out, on which names wrap; their look stands in its style sheet under `nh-dots`.


def _dots(blocks: Sequence[_Block]) -> str:
    first = next(
        (place for place, block in enumerate(blocks) if any(row.share is not None for row in block.rows)), None
    )
    shown = (_block(block, has_scale=place == first) for place, block in enumerate(blocks))
    return f'<div class="nh-dots">{"".join(shown)}</div>'


_SCALE = '<p aria-hidden="true"><span><i>0%</i><i>50%</i><i>100%</i></span></p>'


def _block(block: _Block, *, has_scale: bool) -> str:
    note = f"<small>{escape_html(block.note, longest=200)}</small>" if block.note else ""
    everybody = format_value(block.everybody, Unit.SHARE) if block.everybody is not None else None
    heading = (
        f"{escape_html(block.heading, longest=400)}{f' <small>everybody {everybody}</small>' if everybody else ''}"
    )
    rows = "".join(_row(row, block.everybody) for row in block.rows)
    return f"<section><h4>{heading}</h4>{_SCALE if has_scale else ''}<ul>{rows}</ul>{note}</section>"


def _row(row: _Dot, everybody: float | None) -> str:
    name = f"<span>{escape_html(row.label, longest=80)}</span>"
    note = f"<em>{escape_html(row.note, longest=80)}</em>"
    if row.share is None:
        return f'<li class="nh-no-dot">{name}{note}</li>'
    span = f'<u style="left:{row.low:.2%};width:{row.high - row.low:.2%}"></u>' if row.high > row.low else ""
    mark = f'<s style="left:{everybody:.2%}"></s>' if everybody is not None else ""
    kind = "nh-dot" if row.is_filled else "nh-dot nh-hollow"
    dot = f'<span class="{kind}" style="left:{row.share:.2%}"></span>'
    tip = escape_html(f"{single_line(row.label, longest=80)}: {row.tip}")
    return f'<li title="{tip}">{name}<i aria-hidden="true">{span}{mark}{dot}</i>{note}</li>'
