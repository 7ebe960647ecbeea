"""Counts of the options people chose, with rare options pooled so that no one can be identified by theirs."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.privacy.suppression import TooFew, is_too_small


def count_choices(answers: Sequence[object], *, smallest_group: int) -> tuple[dict[str, int], str | None]:
    """Return people by option, most chosen first, and the name of the pooled option (None if nothing is pooled).

    The rarest options are pooled until each option that is left, and the pool, has at least `smallest_group` people.

    Examples:
        >>> count_choices(["Zoom"] * 6 + ["Phone"] * 3 + ["Letter"] * 2, smallest_group=5)
        ({'Zoom': 6, 'fewer than 5': 5}, 'fewer than 5')
    """
    selections = [frozenset(answer) if isinstance(answer, tuple) else {_option(answer)} for answer in answers]
    counts: dict[str, int] = {}
    for options in selections:
        for option in options:
            counts[option] = counts.get(option, 0) + 1
    shown = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    pooled: set[str] = set()
    while shown:
        rarest = next(reversed(shown))
        pool_size = sum(1 for options in selections if options & pooled)
        if not is_too_small(shown[rarest], smallest_group=smallest_group) and (
            not is_too_small(pool_size, smallest_group=smallest_group)
        ):
            break
        pooled.add(rarest)
        del shown[rarest]
    if not pooled:
        return shown, None
    name = str(TooFew(smallest_group))
    while name in shown:
        # A real option may have the same name: "fewer than 5" hours, say.
        name += " people"
    shown[name] = sum(1 for options in selections if options & pooled)
    return shown, name


def _option(answer: object) -> str:
    return str(int(answer)) if isinstance(answer, float) and answer.is_integer() else str(answer)
