"""Groups of respondents side by side: sentences on the clearest differences, and dot plots of any comparison."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.experience import Contrast, Contrasts, GroupComparison, ItemByGroup, Share
from nethealth.experience.charts.dots import DotBlock, DotRow, dot_plot
from nethealth.experience.text import interval_text, is_agreement_scale, share_interval_text, share_phrase
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize, single_line


def contrasts_heading(contrasts: Contrasts) -> str:
    """Return whether groups answer differently, as a heading above `contrast_sentences`."""
    if not contrasts.tested:
        return "No groups to compare yet"
    if not contrasts.largest:
        return "No clear difference between groups"
    one = len(contrasts.largest) == 1
    return "One clear difference between groups" if one else "The clearest differences between groups"


def contrast_sentences(contrasts: Contrasts) -> list[str]:
    """Return the largest clear differences, one text each, or one sentence if there are none. Plain text."""
    if not contrasts.tested:
        return ["We don’t know anyone’s group, or no group is large enough to compare."]
    if not contrasts.largest:
        return ["Differences between groups are small enough to be chance."]
    return [_contrast(each) for each in contrasts.largest]


def _contrast(contrast: Contrast) -> str:
    group = f"{single_line(contrast.group, longest=60)} ({single_line(contrast.by, longest=90)})"
    question = f"“{single_line(contrast.question, longest=140).rstrip('.')}”"
    is_higher = contrast.difference.value > 0
    if is_agreement_scale(contrast.scale):
        finding = f"{'disagrees' if contrast.reverse else 'agrees'} {'more' if is_higher else 'less'} with {question}"
        share = "of"
    else:
        finding = f"answers {'lower' if is_higher is contrast.reverse else 'higher'} to {question}"
        share = f"{share_phrase(contrast.scale, reverse=contrast.reverse)}, of"
    points = round(abs(contrast.difference.value) * 100)
    return (
        f"{group} {finding}: {format_value(contrast.inside.value, Unit.SHARE)} {share} {contrast.people:,} people, "
        f"compared with {format_value(contrast.outside.value, Unit.SHARE)} of {contrast.others:,} others. "
        f"The gap is {pluralize(points, 'point') if points else 'less than a point'} "
        f"(95% confidence interval {interval_text(contrast.difference)})."
    )


def comparison_heading(comparison: GroupComparison, *, items: Sequence[ItemByGroup]) -> str:
    """Return the item with the widest gap between groups, as a heading; it quotes cells as typed."""
    by = _lower(comparison.by)
    comparable = [each for each in items if len(each.groups) > 1]
    if not comparable:
        one = any(each.groups for each in items)
        return f"By {by}: only one group can be shown" if one else f"By {by}: all groups are hidden (too few people)"
    widest = max(comparable, key=_spread)
    low = min(widest.groups, key=lambda each: each.share.value)
    high = max(widest.groups, key=lambda each: each.share.value)
    if high.share.value == low.share.value:
        return f"By {by}: all groups agree equally"
    return (
        f"Widest gap by {by}: “{single_line(widest.name, longest=80)}” "
        f"({single_line(high.group, longest=40)} {format_value(high.share.value, Unit.SHARE)}, "
        f"{single_line(low.group, longest=40)} {format_value(low.share.value, Unit.SHARE)})"
    )


def _spread(item: ItemByGroup) -> float:
    shares = [each.share.value for each in item.groups]
    return max(shares) - min(shares)


def _lower(name: str) -> str:
    return f"“{single_line(name, longest=90)}”" if " " in name.strip() else single_line(name, longest=90).lower()


def hidden_groups_text(comparison: GroupComparison) -> str | None:
    """Return which groups a comparison hides and why; None if it shows everyone."""
    items = (*comparison.outcomes, *comparison.questions)
    if comparison.hidden_groups or any(len(each.groups) < len(comparison.groups) for each in items):
        count = comparison.hidden_groups
        groups = f"{pluralize(count, 'group')} {'is' if count == 1 else 'are'} hidden"
        return (
            f"{groups if count else 'Some groups are hidden for some questions'}: they have too few people, "
            "or showing them would reveal a smaller group."
        )
    if any(each.ungrouped for each in items):
        return "The overall share includes people whose group we don’t know."
    return None


def comparison_dots(items: Sequence[ItemByGroup]) -> str:
    """Return a dot plot of each outcome or question: a dot per group, its interval, and a mark at the overall share."""
    return dot_plot(
        [
            DotBlock(
                heading=_title(each),
                overall=each.overall.value,
                rows=[_dot(group.group, group.share, group.people) for group in each.groups],
                note=None if each.groups else "All groups are hidden (too few people)",
            )
            for each in items
        ]
    )


def _title(item: ItemByGroup) -> str:
    if not is_agreement_scale(item.scale):
        return f"{item.name} ({share_phrase(item.scale, reverse=item.reverse)})"
    return f"{item.name} (share who disagree)" if item.reverse else item.name


def _dot(group: str, share: Share, people: int) -> DotRow:
    value = format_value(share.value, Unit.SHARE)
    tip = f"{value}, 95% confidence interval {share_interval_text(share)}"
    return DotRow(group, share.value, share.low, share.high, f"{value} of {people:,}", tip)
