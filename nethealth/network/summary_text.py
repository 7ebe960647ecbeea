"""The map in words: what somebody who cannot see it should hear first."""

from __future__ import annotations

from collections import Counter

from nethealth.network.graph import Network
from nethealth.network.metrics.network_metrics import NetworkMetrics

SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LARGE_GROUP = 20
SIZES_TOLD = 3


def describe_network(network: Network, figures: NetworkMetrics) -> str:
    """The network in up to four sentences: how it hangs together, how many ties people have, who holds it together.

    `figures` are the network's own. No name and no code is in it.
    """
    if not figures.members:
        return "Nobody is in this network yet."
    if figures.members == 1:
        return "One person, and nobody else yet."
    if not figures.ties:
        return _first_up(f"{_people(figures.members)}, and no tie between them yet.") + _unconfirmed(network)
    said = [_parts(network, figures), _ties(figures)]
    if figures.groups > 1 and figures.groups > sum(1 for part in network.topology.components if len(part) > 1):
        said.append(f"By their ties they cluster in {_number(figures.groups)} groups.")
    if figures.cut_members:
        one = figures.cut_members == 1
        said.append(
            _first_up(
                f"{_people(figures.cut_members)} {'holds' if one else 'hold'} parts of it together: "
                f"without {'them' if one else 'any one of them'}, somebody would be cut off."
            )
        )
    return " ".join(said) + _unconfirmed(network)


def _parts(network: Network, figures: NetworkMetrics) -> str:
    sizes = Counter(len(part) for part in network.topology.components if len(part) > 1)
    if figures.members == 2:
        return "Both people are connected with each other."
    if figures.largest_component == figures.members:
        return f"All {_number(figures.members)} people are connected with each other, directly or through others."
    told = [_parts_of_size(size, count) for size, count in sorted(sizes.items(), reverse=True)]
    if len(told) > SIZES_TOLD:
        rest = sum(sizes[size] for size in sorted(sizes, reverse=True)[SIZES_TOLD - 1 :])
        told[SIZES_TOLD - 1 :] = [f"{_number(rest)} smaller ones"]
    if figures.isolates:
        told.append(f"{_people(figures.isolates)} without a tie")
    return _first_up(", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1] + ".")


def _parts_of_size(size: int, count: int) -> str:
    if size == 2:
        return f"{_number(count)} {'pair' if count == 1 else 'pairs'}"
    if count == 1:
        return f"one {'large ' if size >= LARGE_GROUP else ''}group of {size:,}"
    return f"{_number(count)} groups of {size:,}"


def _ties(figures: NetworkMetrics) -> str:
    average = f"{figures.average_ties:.1f}".removesuffix(".0")
    return (
        f"{_first_up(_number(figures.ties))} {'tie' if figures.ties == 1 else 'ties'} in all, "
        f"{average} for each person on average."
    )


def _unconfirmed(network: Network) -> str:
    waiting = len(network.unconfirmed_ties)
    if not waiting:
        return ""
    return (
        f" {_first_up(_number(waiting))} more {'tie waits' if waiting == 1 else 'ties wait'} "
        "for the answer of the other person."
    )


def _people(count: int) -> str:
    return f"{_number(count)} {'person' if count == 1 else 'people'}"


def _number(count: int) -> str:
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
