"""Leanings by role: only roles of enough people, and none that would follow from the others by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nethealth.mindset.metrics import SessionMindset, summarize_mindset
from nethealth.privacy.small_cells import cells_to_hide
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import MindsetReflection, Settings, Workbook
from nethealth.workbook.schema.vocabulary import PAIRS


@dataclass(frozen=True, slots=True)
class RoleMindset:
    """One role of a session."""

    role: str
    session: SessionMindset


def mindset_by_role(
    reflections: Mapping[str | None, Sequence[MindsetReflection]], *, smallest_group: int
) -> tuple[RoleMindset, ...]:
    """Return each role with enough people; those under None gave no role, and are never shown.

    The room shows how everyone is spread. So if the roles that are left out of a pair are too few together, another one
    is left out there, too. Roles without any pair to show are left out altogether. With one role there is nothing to
    compare, so there is none.
    """
    roles = list(reflections)
    hidden = []
    for place, _ in enumerate(PAIRS):
        counts = [sum(each.positions[place] is not None for each in reflections[role]) for role in roles]
        hidden.append(_hidden(counts, roles, smallest_group=smallest_group))
    found = []
    for number, role in enumerate(roles):
        if role is None or not reflections[role] or all(number in each for each in hidden):
            continue
        settings = Settings(smallest_group=smallest_group)
        (session,) = summarize_mindset(Workbook(settings=settings, mindset=tuple(reflections[role])))
        found.append(RoleMindset(role, _with_hidden(session, [number in each for each in hidden], smallest_group)))
    return tuple(found) if len(found) > 1 else ()


def _hidden(counts: Sequence[int], roles: Sequence[str | None], *, smallest_group: int) -> frozenset[int]:
    """Return the places of the roles to leave out of one pair."""
    hidden = set(cells_to_hide(counts, smallest_group=smallest_group))
    hidden |= {place for place, role in enumerate(roles) if role is None or not counts[place]}
    # `cells_to_hide` thinks that cells that are large enough are shown. Those without a role aren't, which only helps.
    return frozenset(hidden)


def _with_hidden(session: SessionMindset, hidden: Sequence[bool], smallest_group: int) -> SessionMindset:
    too_few = TooFew(smallest_group)
    pairs = (
        replace(pair, distribution=too_few) if is_hidden else pair
        for pair, is_hidden in zip(session.pairs, hidden, strict=True)
    )
    return replace(session, pairs=tuple(pairs), rose_to_the_top=too_few)
