"""The one generator that igraph draws from, lent to one caller at a time.

igraph has a single generator for the whole process. Whoever needs lots takes it with a seed: the same lots come out
whatever other threads do, and afterwards igraph draws from Python's own generator again, which is not touched.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lent = threading.Lock()


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """While inside, igraph draws the lots of this seed; others who want some wait."""
    import igraph

    with _lent:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret hangs on it
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
