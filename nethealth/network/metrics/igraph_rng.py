"""igraph's random number generator, seeded for one caller at a time.

igraph has one generator for the whole process. Within `seeded_igraph` a caller has it alone, so results don't depend on
other threads. Afterwards igraph uses Python's own generator again, which stays untouched.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Seed igraph's random numbers inside the `with` block; other callers wait."""
    import igraph

    with _lock:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - nothing here is secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
