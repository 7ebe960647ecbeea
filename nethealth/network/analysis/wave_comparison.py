"""Two waves side by side: who stayed, joined and left, and what became of ties among those who stayed.

A tie that is new because one of the two is new says something else than a new tie between two who were there all along;
so the two are told apart, as are ties that ended and ties that went with whoever left.
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
    """In the later wave alone: new, or back again."""
    leavers: tuple[PersonKey, ...]
    """In the earlier wave alone."""
    kept_ties: tuple[Tie, ...]
    """Ties of both waves, as the later has them."""
    new_ties: tuple[Tie, ...]
    """Ties of the later wave alone, between two who stayed."""
    lost_ties: tuple[Tie, ...]
    """Ties of the earlier wave alone, between two who stayed."""
    newcomer_ties: tuple[Tie, ...]
    """Ties of the later wave in which one or both joined."""
    leaver_ties: tuple[Tie, ...]
    """Ties of the earlier wave of which one or both left."""


def compare_waves(before: Network, after: Network) -> WaveComparison:
    """The change from `before` to `after`; the two may be any waves, also in the wrong order of time.

    Kept, new and lost are those of `change_between`: unordered pairs under each network's rule.
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
    """One place for everybody in either wave, so that both can be drawn alike.

    `start` holds the later wave's places: whoever is in that wave keeps them to the point, the others find theirs
    beside those with whom they were tied.
    """
    before, after = compared.before, compared.after
    ties = {tie.pair: tie for tie in (*before.ties, *after.ties)}
    people = dict(sorted({**before.people, **after.people}.items()))
    together = replace(
        after,
        people=MappingProxyType(people),
        ties=tuple(tie for _, tie in sorted(ties.items())),
        reports=(),
        unconfirmed_ties=(),
    )
    start = start or {}
    found = layout(together, start=start)
    return found | {key: start[key] for key in after.people if key in start}
