"""Changes between two waves: who stayed, joined, and left, and how ties changed.

A new tie of a newcomer means something else than a new tie between two people who stayed, so we count them separately;
the same goes for lost ties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from nethealth.network.graph import Network, Pair, Tie
from nethealth.network.layout.bounding_boxes import Point
from nethealth.network.layout.positions import layout
from nethealth.workbook.records import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveComparison:
    """What changed from one wave to another. Everything is sorted by key."""

    before: Network
    after: Network
    stayers: tuple[PersonKey, ...]
    """In both waves."""
    newcomers: tuple[PersonKey, ...]
    """Only in the later wave: new, or returned."""
    leavers: tuple[PersonKey, ...]
    """Only in the earlier wave."""
    kept_ties: tuple[Tie, ...]
    """Ties in both waves, as they are in the later one."""
    new_ties: tuple[Tie, ...]
    """Ties only in the later wave, between two people who stayed."""
    lost_ties: tuple[Tie, ...]
    """Ties only in the earlier wave, between two people who stayed."""
    newcomer_ties: tuple[Tie, ...]
    """Ties in the later wave with at least one newcomer."""
    leaver_ties: tuple[Tie, ...]
    """Ties in the earlier wave with at least one person who left."""


def compare_waves(before: Network, after: Network) -> WaveComparison:
    """Return the changes from `before` to `after`, which may be any two waves in any order.

    Kept, new, and lost ties are the same as in `tie_turnover`: unordered pairs under each network's rule.
    """
    stayed = before.people.keys() & after.people.keys()
    earlier = {tie.pair: tie for tie in before.ties}
    later = {tie.pair: tie for tie in after.ties}

    def among(ties: dict[Pair, Tie]) -> dict[Pair, Tie]:
        return {pair: tie for pair, tie in ties.items() if stayed.issuperset(pair)}

    old, now = among(earlier), among(later)
    return WaveComparison(
        before=before,
        after=after,
        stayers=tuple(sorted(stayed)),
        newcomers=tuple(sorted(after.people.keys() - stayed)),
        leavers=tuple(sorted(before.people.keys() - stayed)),
        kept_ties=tuple(tie for pair, tie in now.items() if pair in old),
        new_ties=tuple(tie for pair, tie in now.items() if pair not in old),
        lost_ties=tuple(tie for pair, tie in old.items() if pair not in now),
        newcomer_ties=tuple(tie for pair, tie in later.items() if pair not in now),
        leaver_ties=tuple(tie for pair, tie in earlier.items() if pair not in old),
    )


def shared_positions(
    compared: WaveComparison, *, start: dict[PersonKey, Point] | None = None
) -> dict[PersonKey, Point]:
    """Return one position for everyone in either wave, so that both can be drawn the same way.

    `start` has the later wave's positions. People in that wave keep them exactly; the others are placed next to their
    ties.
    """
    before, after = compared.before, compared.after
    ties = {tie.pair: tie for tie in (*before.ties, *after.ties)}
    people = dict(sorted({**before.people, **after.people}.items()))
    combined = replace(
        after,
        people=MappingProxyType(people),
        ties=tuple(tie for _, tie in sorted(ties.items())),
        reports=(),
        unconfirmed_ties=(),
    )
    start = start or {}
    found = layout(combined, start=start)
    return found | {key: start[key] for key in after.people if key in start}
