"""What is worked out of one network, once for everybody who looks at it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, TypeVar

from nethealth.network import Network

R = TypeVar("R")

_known: dict[tuple[int, Callable[..., Any], tuple[tuple[str, Any], ...]], Any] = {}
"""Results by the network's identity; they go with the network."""


def of_network(function: Callable[..., R], network: Network, **more: Any) -> R:
    """`function(network, **more)`, remembered as long as this very network is.

    Networks of the shared reading are kept and shared by `by_workbook`, so what is worked out of them is shared, too,
    and ends with them. `more` must be plain values. The result must not be changed by whoever gets it.
    """
    key = (id(network), function, tuple(sorted(more.items())))
    if key not in _known:
        result = function(network, **more)
        _known[key] = result
        weakref.finalize(network, _known.pop, key, None)
        return result
    found: R = _known[key]
    return found
