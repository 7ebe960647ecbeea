"""Leanings by role: nothing of few people, and nothing that follows from what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nethealth.mindset.roles import mindset_by_role
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import MindsetReflection
from nethealth.workbook.schema.vocabulary import PAIRS, Moment


def people(number: int, position: int | None = 2) -> list[MindsetReflection]:
    return [MindsetReflection(session="Retreat", moment=Moment.NOW, positions=(position,) * 7) for _ in range(number)]


def shown(counts: dict[str | None, int]) -> list[str]:
    return [each.role for each in mindset_by_role({role: people(n) for role, n in counts.items()}, smallest_group=5)]


def test_roles_of_enough_people_are_shown() -> None:
    assert shown({"Teacher": 6, "Coach": 5, None: 0}) == ["Teacher", "Coach"]


def test_role_that_is_left_out_takes_another_along() -> None:
    assert shown({"Teacher": 9, "Coach": 6, "Partner": 2}) == []
    assert shown({"Teacher": 9, "Coach": 6, "Guide": 7, "Partner": 2}) == ["Teacher", "Guide"]


def test_few_without_a_role_count_as_left_out() -> None:
    assert shown({"Teacher": 9, "Coach": 6, None: 1}) == []
    assert shown({"Teacher": 9, "Coach": 6, None: 5}) == ["Teacher", "Coach"]


def test_one_role_alone_is_no_comparison() -> None:
    assert shown({"Teacher": 9}) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C", None]),
            st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=7, max_size=7),
        ),
        max_size=40,
    )
)
def test_what_is_not_shown_describes_no_one_or_enough(rows: list[tuple[str | None, list[int | None]]]) -> None:
    by_role: dict[str | None, list[MindsetReflection]] = {"A": [], "B": [], "C": [], None: []}
    for role, positions in rows:
        by_role[role].append(MindsetReflection(session="R", moment=Moment.NOW, positions=tuple(positions)))
    found = mindset_by_role(by_role, smallest_group=5)
    for place, _ in enumerate(PAIRS):
        everyone = sum(each.positions[place] is not None for own in by_role.values() for each in own)
        shown_counts = [
            sum(counts) for each in found if not isinstance(counts := each.session.pairs[place].distribution, TooFew)
        ]
        assert all(count == 0 or count >= 5 for count in shown_counts)
        rest = everyone - sum(shown_counts)
        assert rest == 0 or rest >= 5 or not shown_counts
