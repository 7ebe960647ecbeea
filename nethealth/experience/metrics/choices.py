"""Which options of a question may be named: those that enough people chose, so that nobody is known by theirs."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.privacy.suppression import TooFew, is_too_small


def count_choices(answers: Sequence[object], *, smallest_group: int) -> tuple[dict[str, int], str | None]:
    """People by option, most chosen first; the rarest are pooled until nothing small is shown or can be worked out.

    Returned is also under which name they are pooled; None where none are.
    """
    ticked = [frozenset(answer) if isinstance(answer, tuple) else {_option(answer)} for answer in answers]
    counts: dict[str, int] = {}
    for options in ticked:
        for option in options:
            counts[option] = counts.get(option, 0) + 1
    shown = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    pooled: set[str] = set()
    while shown:
        rarest = next(reversed(shown))
        together = sum(1 for options in ticked if options & pooled)
        if not is_too_small(shown[rarest], smallest_group=smallest_group) and (
            not is_too_small(together, smallest_group=smallest_group)
        ):
            break
        pooled.add(rarest)
        del shown[rarest]
    if not pooled:
        return shown, None
    name = str(TooFew(smallest_group))
    while name in shown:
        # An option may read the same: "fewer than 5" hours, say.
        name += " people"
    shown[name] = sum(1 for options in ticked if options & pooled)
    return shown, name


def _option(answer: object) -> str:
    return str(int(answer)) if isinstance(answer, float) and answer.is_integer() else str(answer)
