"""Who answered a survey, and who is not heard: members by each of their columns, with how many of them answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nethealth.experience.metrics.groupings import MAX_GROUPS, TENURE, TENURES, attribute_values, survey_date
from nethealth.experience.metrics.intervals import benjamini_hochberg, probability_of_equal_shares
from nethealth.privacy.disclosure import Disclosure
from nethealth.workbook.records import Workbook


class RateDisclosure(StrEnum):
    """How much may be told of how many of a group answered."""

    EXACTLY = "exactly"
    FEW = "fewer"  # fewer than the smallest group, or nobody
    NEARLY_ALL = "nearly all"  # all but fewer than the smallest group, or all
    HELD_BACK = "held back"  # else one of the others could be worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryResponse:
    """One group of the members, and how many of it answered."""

    group: str
    members: int
    answered: int | None
    """None unless `heard` is EXACTLY."""
    heard: RateDisclosure
    stands_out: bool
    """Whether its share who answered differs from the other members' by more than chance, of all groups looked at.

    Of a number that is told in words: whether that would be so wherever within those words it lay.
    """

    @property
    def share(self) -> float | None:
        """The share of its members who answered; None where that is not told."""
        return None if self.answered is None else self.answered / self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseByColumn:
    """The members by one column, with those who answered."""

    by: str
    groups: tuple[CategoryResponse, ...]
    """Of so many members that they may be shown; the largest first."""
    others: int
    """Members of smaller groups, or of none that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondents:
    """Who answered one survey."""

    members: int
    """In the network on its day, as far as that is known."""
    known: int
    """Members among those who answered."""
    unknown: int
    """Answers that name nobody, or nobody who was a member then."""
    columns: tuple[ResponseByColumn, ...]
    """By each column of the members, and by their time in the network. Empty where no answer names a member."""


def summarize_respondents(workbook: Workbook, *, wave: str | None) -> Respondents:
    """Who answered the survey named `wave`. A viewer's workbook does not know, and has no columns here."""
    responses = [response for response in workbook.responses if response.wave == wave]
    day = survey_date(workbook, wave, responses)
    members = [
        person
        for person in workbook.members
        if (day is None and not person.spells) or (day is not None and person.is_inside(day) is not False)
    ]
    named = {response.respondent for response in responses if response.respondent is not None}
    answered = np.array([person.key in named for person in members], dtype=bool)
    known = int(answered.sum())
    columns: list[ResponseByColumn] = []
    smallest = workbook.settings.smallest_group
    if known >= smallest and len(members) - known >= smallest:
        parted = [
            (name, values)
            for name, values in attribute_values(workbook, members, day=day)
            if 2 <= len(set(values) - {None}) <= MAX_GROUPS
        ]
        # The column that colours the map, then those of few groups: whatever is decided first loses least.
        preferred = workbook.settings.color_map_by
        parted.sort(key=lambda column: (column[0] != preferred, len(set(column[1]) - {None})))
        columns = _by_column(parted, answered, smallest=smallest)
    return Respondents(members=len(members), known=known, unknown=len(responses) - known, columns=tuple(columns))


def _by_column(
    parted: Sequence[tuple[str, Sequence[str | None]]], answered: np.ndarray, *, smallest: int
) -> list[ResponseByColumn]:
    groups = [_groups(name, values) for name, values in parted]
    codes = [
        np.array([places.index(value) if value is not None else -1 for value in values], dtype=np.int64)
        for (_, values), places in zip(parted, groups, strict=True)
    ]
    shown = Disclosure(codes, smallest_group=smallest).shown_groups(np.ones(len(answered), dtype=bool))
    drafts: list[tuple[str, str, int, int, RateDisclosure]] = []
    for (name, _), places, own, visible in zip(parted, groups, codes, shown, strict=True):
        counts = [(place, int((own == place).sum()), int(answered[own == place].sum())) for place in sorted(visible)]
        told = _disclosures(counts, people=len(answered), answered=int(answered.sum()), smallest=smallest)
        drafts += [(name, places[place], people, count, told[place]) for place, people, count in counts]
    total, agreeing = len(answered), int(answered.sum())
    known = [draft for draft in drafts if draft[4] is not RateDisclosure.HELD_BACK]
    stands = benjamini_hochberg(
        [
            _probability(count, people, heard, answered=agreeing, members=total, smallest=smallest)
            for _, _, people, count, heard in known
        ]
    )
    clear = {draft[:2] for draft, is_clear in zip(known, stands, strict=True) if is_clear}
    found = []
    for name, _ in parted:
        heard = tuple(
            CategoryResponse(
                group=group,
                members=people,
                answered=count if how is RateDisclosure.EXACTLY else None,
                heard=how,
                stands_out=(name, group) in clear,
            )
            for by, group, people, count, how in drafts
            if by == name
        )
        if heard:
            found.append(ResponseByColumn(by=name, groups=heard, others=total - sum(each.members for each in heard)))
    return found


def _probability(
    count: int, people: int, heard: RateDisclosure, *, answered: int, members: int, smallest: int
) -> float:
    """How often a group would answer so much more or less than the others by chance, as far as may be told.

    Where "fewer than 5" is all that is told, it is taken for 4, and for no difference where 4 would be many.
    """
    if heard is RateDisclosure.FEW:
        count = min(smallest - 1, people)
    elif heard is RateDisclosure.NEARLY_ALL:
        count = max(people - smallest + 1, 0)
    others = members - people
    other = min(max(answered - count, 0), others)
    lies_beyond = count * others - other * people
    if (heard is RateDisclosure.FEW and lies_beyond >= 0) or (heard is RateDisclosure.NEARLY_ALL and lies_beyond <= 0):
        return 1.0
    return probability_of_equal_shares(count, people, other, others)


def _groups(name: str, values: Sequence[str | None]) -> list[str]:
    present = [value for value in values if value is not None]
    if name == TENURE:
        return [tenure for tenure in TENURES if tenure in present]
    return sorted(set(present), key=lambda value: (-present.count(value), value))


def _disclosures(
    counts: Sequence[tuple[int, int, int]], *, people: int, answered: int, smallest: int
) -> dict[int, RateDisclosure]:
    """How much is told of each group (place, people, answered).

    A number of fewer people than the smallest group, of those who answered or of those who did not, is told in words.
    So that nobody works it out from the sums, as many more numbers are held back as it takes, the smallest groups'
    first, until those who answered and those who did not are enough in what is not told together.
    """
    told = {
        place: RateDisclosure.FEW
        if count < smallest
        else RateDisclosure.NEARLY_ALL
        if of - count < smallest
        else RateDisclosure.EXACTLY
        for place, of, count in counts
    }
    while True:
        exact = [(of, count, place) for place, of, count in counts if told[place] is RateDisclosure.EXACTLY]
        rest_answered = answered - sum(count for _, count, _ in exact)
        rest = people - sum(of for of, _, _ in exact)
        is_open = 0 < rest_answered < smallest or 0 < rest - rest_answered < smallest
        if not is_open or not exact:
            return told
        told[min(exact)[2]] = RateDisclosure.HELD_BACK
