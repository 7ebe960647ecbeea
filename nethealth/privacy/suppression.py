"""The minimum group size: which counts describe too few people to be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TooFew:
    """Stands in for a metric that is hidden because it describes too few people."""

    smallest_group: int

    def __str__(self) -> str:
        return f"fewer than {self.smallest_group}"

    def as_json(self) -> dict[str, str]:
        """Return the form that scripts read."""
        return {"withheld": str(self)}


def is_too_small(count: int, *, whole: int | None = None, smallest_group: int) -> bool:
    """True if a metric about `count` people must be hidden: too few are in it, or too few of `whole` are not.

    Zero people, and a remainder of zero, describe no one and are not too small.
    """
    remainder = 0 if whole is None else whole - count
    return 0 < count < smallest_group or 0 < remainder < smallest_group
