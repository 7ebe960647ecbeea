"""What was worked out of a network, kept as long as that network is: a page asks for the same at every run."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from typing import TypeVar

from nethealth.network import Network

R = TypeVar("R")

_kept: dict[int, tuple[weakref.ref[Network], dict[Hashable, object]]] = {}


def cached_on_network(network: Network, what: Hashable, make: Callable[[], R]) -> R:
    """`make()`, called once for this very network and this `what`; whoever gets the result must not change it.

    All who look at one reading have one and the same network of a wave, and each part of it that somebody chose is a
    network of its own. Where two ask at once it may be made twice; both then get the same result.
    """
    number = id(network)
    found = _kept.get(number)
    if found is None or found[0]() is not network:
        found = _kept[number] = (weakref.ref(network, lambda gone: _forget(number, gone)), {})
    results = found[1]
    if what not in results:
        results.setdefault(what, make())
    return results[what]  # type: ignore[return-value]  # what was made for it


def _forget(number: int, gone: weakref.ref[Network]) -> None:
    """Let go of a network's results with it, unless another network has its number by now."""
    found = _kept.get(number)
    if found is not None and found[0] is gone:
        del _kept[number]
