"""Respondents and nonrespondents of a survey: response rates by each column of the members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from nethealth.experience.metrics.groupings import MAX_GROUPS, TENURE, TENURES, attribute_values, survey_date
from nethealth.experience.metrics.intervals import benjamini_hochberg, probability_of_equal_shares
from nethealth.privacy.disclosure import Disclosure
from nethealth.workbook.records import Workbook


class RateDisclosure(StrEnum):
    """How precisely a group's response rate may be shown."""

    EXACT = "exact"
    FEW = "few"  # fewer than the minimum group size answered, or no one
    NEARLY_ALL = "nearly all"  # fewer than the minimum group size didn't answer, or everyone did
    HIDDEN = "hidden"  # otherwise another group's number could be worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryResponse:
    """One group of members and how many of them answered."""

    group: str
    members: int
    answered: int | None
    """None unless `disclosure` is EXACT."""
    disclosure: RateDisclosure
    is_significant: bool
    """True if its response rate differs significantly from the other members', corrected for testing every group.

    If the number isn't exact, true only if every number it may stand for would be significant.
    """

    @property
    def share(self) -> float | None:
        """The group's response rate, 0 to 1; None if it isn't shown exactly."""
        return None if self.answered is None else self.answered / self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseByColumn:
    """Response rates by one column of the members."""

    by: str
    groups: tuple[CategoryResponse, ...]
    """The groups large enough to show, largest first."""
    others: int
    """Members of smaller groups, or of no known group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondents:
    """Who answered one survey."""

    members: int
    """Members on the day of the survey, as far as known."""
    identified: int
    """Members known to have answered."""
    unidentified: int
    """Answers that name no one, or someone who wasn't a member then."""
    columns: tuple[ResponseByColumn, ...]
    """Response rates by each column of the members and by tenure. Empty if no answer names a member."""


def summarize_respondents(workbook: Workbook, *, wave: str | None) -> Respondents:
    """Return who answered the survey named `wave`. A viewer's workbook doesn't know, so `columns` is empty there."""
    responses = [response for response in workbook.responses if response.wave == wave]
    day = survey_date(workbook, wave, responses)
    members = [
        person
        for person in workbook.members
        if (day is None and not person.spells and not person.left_on_unknown_day)
        or (day is not None and person.is_inside(day) is not False)
    ]
    named = {response.respondent for response in responses if response.respondent is not None}
    answered = np.array([person.key in named for person in members], dtype=bool)
    identified = int(answered.sum())
    columns: list[ResponseByColumn] = []
    smallest = workbook.settings.smallest_group
    if identified >= smallest and len(members) - identified >= smallest:
        values_by_column = [
            (name, values)
            for name, values in attribute_values(workbook, members, day=day)
            if 2 <= len(set(values) - {None}) <= MAX_GROUPS
        ]
        # The column that colors the map first, then those with few groups: the first columns lose the least.
        preferred = workbook.settings.color_map_by
        values_by_column.sort(key=lambda column: (column[0] != preferred, len(set(column[1]) - {None})))
        columns = _by_column(values_by_column, answered, smallest=smallest)
    return Respondents(
        members=len(members), identified=identified, unidentified=len(responses) - identified, columns=tuple(columns)
    )


class _Count(NamedTuple):
    """One visible group of one column."""

    by: str
    group: str
    members: int
    answered: int
    disclosure: RateDisclosure


def _by_column(
    values_by_column: Sequence[tuple[str, Sequence[str | None]]], answered: np.ndarray, *, smallest: int
) -> list[ResponseByColumn]:
    groups = [_groups(name, values) for name, values in values_by_column]
    codes = [
        np.array([names.index(value) if value is not None else -1 for value in values], dtype=np.int64)
        for (_, values), names in zip(values_by_column, groups, strict=True)
    ]
    shown = Disclosure(codes, smallest_group=smallest).shown_groups(np.ones(len(answered), dtype=bool))
    members, respondents = len(answered), int(answered.sum())
    counts: list[_Count] = []
    for (by, _), names, own_codes, visible in zip(values_by_column, groups, codes, shown, strict=True):
        sizes = [
            (code, int((own_codes == code).sum()), int(answered[own_codes == code].sum())) for code in sorted(visible)
        ]
        disclosures = _disclosures(sizes, members=members, answered=respondents, smallest=smallest)
        counts += [_Count(by, names[code], of, count, disclosures[code]) for code, of, count in sizes]
    tested = [each for each in counts if each.disclosure is not RateDisclosure.HIDDEN]
    significant = benjamini_hochberg(
        [_probability(each, answered=respondents, members=members, smallest=smallest) for each in tested]
    )
    outliers = {
        (each.by, each.group) for each, is_significant in zip(tested, significant, strict=True) if is_significant
    }
    columns = []
    for by, _ in values_by_column:
        responses = tuple(
            CategoryResponse(
                group=each.group,
                members=each.members,
                answered=each.answered if each.disclosure is RateDisclosure.EXACT else None,
                disclosure=each.disclosure,
                is_significant=(by, each.group) in outliers,
            )
            for each in counts
            if each.by == by
        )
        if responses:
            others = members - sum(each.members for each in responses)
            columns.append(ResponseByColumn(by=by, groups=responses, others=others))
    return columns


def _probability(group: _Count, *, answered: int, members: int, smallest: int) -> float:
    """Return the p-value of a group's response rate against the other members', using only what may be shown.

    "Fewer than 5" counts as 4, the value closest to the others; the p-value is 1 if 4 isn't below their rate.
    """
    _, _, of, count, disclosure = group
    if disclosure is RateDisclosure.FEW:
        count = min(smallest - 1, of)
    elif disclosure is RateDisclosure.NEARLY_ALL:
        count = max(of - smallest + 1, 0)
    others = members - of
    other = min(max(answered - count, 0), others)
    difference = count * others - other * of
    if (disclosure is RateDisclosure.FEW and difference >= 0) or (
        disclosure is RateDisclosure.NEARLY_ALL and difference <= 0
    ):
        return 1.0
    return probability_of_equal_shares(count, of, other, others)


def _groups(name: str, values: Sequence[str | None]) -> list[str]:
    present = [value for value in values if value is not None]
    if name == TENURE:
        return [tenure for tenure in TENURES if tenure in present]
    return sorted(set(present), key=lambda value: (-present.count(value), value))


def _disclosures(
    sizes: Sequence[tuple[int, int, int]], *, members: int, answered: int, smallest: int
) -> dict[int, RateDisclosure]:
    """Return how precisely each group's response may be shown; `sizes` holds code, members, and respondents.

    Fewer respondents or nonrespondents than the minimum group size show as "fewer than". To keep anyone from working
    them out from the totals, more groups are hidden, smallest first, until the respondents and the nonrespondents not
    shown exactly are each enough together.
    """
    disclosures = {
        code: RateDisclosure.FEW
        if count < smallest
        else RateDisclosure.NEARLY_ALL
        if of - count < smallest
        else RateDisclosure.EXACT
        for code, of, count in sizes
    }
    while True:
        exact = [(of, count, code) for code, of, count in sizes if disclosures[code] is RateDisclosure.EXACT]
        rest_answered = answered - sum(count for _, count, _ in exact)
        rest = members - sum(of for of, _, _ in exact)
        is_open = 0 < rest_answered < smallest or 0 < rest - rest_answered < smallest
        if not is_open or not exact:
            return disclosures
        disclosures[min(exact)[2]] = RateDisclosure.HIDDEN
