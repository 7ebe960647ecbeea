"""The map in words, for people who can't see it."""

from __future__ import annotations

from nethealth.network.graph import Network
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.presentation.formatting import uppercase_first

SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def describe_network(network: Network, metrics: NetworkMetrics) -> str:
    """Return the network in a few sentences: who is connected, how much, and who holds parts together.

    `metrics` are the network's own. The text has no names or codes in it.
    """
    if not metrics.members:
        return "This network has no people yet."
    if not metrics.ties:
        have = "has" if metrics.members == 1 else "have"
        sentences = [f"{_people(metrics.members)} {have} no connections yet."]
    else:
        sentences = [*_components(network, metrics), _connections(metrics)]
        if metrics.groups > sum(len(component) > 1 for component in network.topology.components):
            sentences.append(f"they form {_number(metrics.groups)} clusters.")
    if metrics.cut_members == 1:
        sentences.append("one person holds parts together. If that person left, someone would be cut off.")
    elif metrics.cut_members:
        sentences.append(
            f"{_number(metrics.cut_members)} people hold parts together. If any one of them left, someone would be cut "
            "off."
        )
    if waiting := len(network.unconfirmed_ties):
        verb = "connection isn’t" if waiting == 1 else "connections aren’t"
        sentences.append(f"{_number(waiting)} more {verb} confirmed, because the other person didn’t answer.")
    return " ".join(map(uppercase_first, sentences))


def _components(network: Network, metrics: NetworkMetrics) -> list[str]:
    """Return who can reach each other, who is apart from them, and who has no connections."""
    if metrics.members == 2:
        return ["both people are connected."]
    if metrics.largest_component == metrics.members:
        return [f"all {_number(metrics.members)} people are connected, directly or through others."]
    sentences = [
        f"{_number(metrics.largest_component)} of {metrics.members:,} people are connected, directly or through others."
    ]
    others = [len(component) for component in network.topology.components[1:] if len(component) > 1]
    if others == [2]:
        sentences.append("one pair is connected only to each other.")
    elif len(others) == 1:
        sentences.append(f"one separate part has {_number(others[0])} people.")
    elif others:
        sentences.append(f"{_number(len(others))} separate parts have {_number(sum(others))} people in all.")
    if metrics.isolates:
        have = "has" if metrics.isolates == 1 else "have"
        sentences.append(f"{_people(metrics.isolates)} {have} no connections yet.")
    return sentences


def _connections(metrics: NetworkMetrics) -> str:
    average = f"{metrics.average_ties:.1f}".removesuffix(".0")
    if metrics.ties == 1:
        return f"there is one connection, {average} per person on average."
    return f"there are {_number(metrics.ties)} connections, {average} per person on average."


def _people(count: int) -> str:
    return f"{_number(count)} {'person' if count == 1 else 'people'}"


def _number(count: int) -> str:
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"
