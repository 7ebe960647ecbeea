"""How much of a very large network the map draws: a browser can show so many people and ties, and no more.

Everyone's metrics still count all ties. The people drawn are those with most ties. The ties drawn are the strongest,
and those without which people who are connected would look as if they weren't.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence

from nethealth.network.graph import Tie
from nethealth.presentation.formatting import pluralize
from nethealth.workbook.records import Person, PersonKey

MOST_PEOPLE_DRAWN = 20_000
MOST_TIES_DRAWN = 60_000
"""Up to here the map opens and moves as `python -m benchmarks map` promises."""


def choose_people(people: Mapping[PersonKey, Person], degrees: Mapping[PersonKey, int]) -> dict[PersonKey, Person]:
    """Return the people to draw, in their order: everyone, or the `MOST_PEOPLE_DRAWN` with most ties."""
    if len(people) <= MOST_PEOPLE_DRAWN:
        return dict(people)
    # Sorting is stable, so of people with equally many ties the first are drawn.
    chosen = frozenset(sorted(people, key=lambda key: -degrees[key])[:MOST_PEOPLE_DRAWN])
    return {key: person for key, person in people.items() if key in chosen}


def choose_ties(ties: Sequence[Tie]) -> Sequence[Tie]:
    """Return the ties to draw, in their order: all, or `MOST_TIES_DRAWN` of them.

    Of more, first come those that keep everyone together who is connected, through the strongest ties there are. Then
    come the strongest of the others. Ties of equal strength are ranked by a digest of their two people, so that no one
    is drawn with more because of their name, and a tie that is added moves few others.
    """
    if len(ties) <= MOST_TIES_DRAWN:
        return ties
    ranked = sorted(range(len(ties)), key=lambda at: _rank(ties[at]))
    first = _spanning_ties(ties, ranked)
    chosen = sorted([*first, *(at for at in ranked if at not in first)][:MOST_TIES_DRAWN])
    return [ties[at] for at in chosen]


def limits_text(*, people: int, of_people: int, ties: int, of_ties: int) -> str:
    """Return what a map leaves out because there is too much of it; empty if it shows everything."""
    sentences = []
    if people < of_people:
        sentences.append(f"We drew the {people:,} people with the most connections, of {of_people:,}.")
    if ties < of_ties:
        sentences.append(f"We drew {ties:,} of {pluralize(of_ties, 'connection')}, the strongest first.")
    return " ".join([*sentences, "The metrics count all."]) if sentences else ""


def _rank(tie: Tie) -> tuple[float, int]:
    return (-(tie.strength or 0.0), zlib.crc32(f"{tie.a} {tie.b}".encode()))


def _spanning_ties(ties: Sequence[Tie], ranked: Sequence[int]) -> Collection[int]:
    """Return the places of ties that connect everyone who is connected, none of them in a circle."""
    import igraph

    people = sorted({key for tie in ties for key in tie.pair})
    index = {key: at for at, key in enumerate(people)}
    graph = igraph.Graph(n=len(people), edges=[(index[ties[at].a], index[ties[at].b]) for at in ranked])
    return dict.fromkeys(ranked[edge] for edge in graph.spanning_tree(weights=range(len(ranked)), return_tree=False))
