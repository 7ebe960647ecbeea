"""Look at everything that a session is offered, and at much that it is not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from tests.adversary.visitor import Choice, Run, Visitor

SHORT_LIST = 10
"""Of longer lists, only a few options are tried."""
FEW = 3


class Depth(IntEnum):
    """How much of a page is looked at."""

    TABS = 0
    """Every tab, and every file it offers."""
    OPTIONS = 1
    """And every option, one at a time; of a long list only a few."""
    ALL = 2
    """And all of them, in every tab."""


async def look_everywhere(
    visitor: Visitor, pages: Sequence[str], *, forged: Sequence[str] = (), depth: Depth = Depth.OPTIONS
) -> None:
    """Open every page and tab, choose every option one at a time, take every file, then forge values."""
    for page in pages:
        await look_at(visitor, page, forged=forged, depth=depth)


async def look_at(visitor: Visitor, page: str, *, forged: Sequence[str], depth: Depth) -> None:
    """Walk one page."""
    first = await visitor.run(page)
    tried: set[object] = set()
    opened: list[Choice | None] = [*first.tabs()] or [None]
    for tab in opened:
        before = [tab] if tab else []
        run = first if tab is None else await visitor.run(page, *before)
        await visitor.take_files()
        lasts = {control.id: list(control.options)[-2:] for control in run.of("selectbox")}
        for label, choice in _offered(run, depth) if depth > Depth.TABS else ():
            # What a list above the tabs changes may differ from tab to tab, so its last options are tried in each.
            is_last = choice[1] == "string_value" and choice[2] in lasts.get(choice[0], ())
            if (choice[0], str(choice[2])) in tried and depth < Depth.ALL and not is_last:
                continue
            tried.add((choice[0], str(choice[2])))
            again = await visitor.run(page, *before, choice, where=_where(visitor, page, tab, label))
            known = {widget for _, (widget, _, _) in run.choices()}
            for further, inner in _offered(again, depth):
                # A choice may bring new controls.
                if inner[0] not in known and (inner[0], str(inner[2])) not in tried:
                    tried.add((inner[0], str(inner[2])))
                    words = f"{label} {further}"
                    await visitor.run(page, *before, choice, inner, where=_where(visitor, page, tab, words))
        for label, choice in run.forgeries(forged) if forged else ():
            if (choice[0], str(choice[2])) not in tried:
                tried.add((choice[0], str(choice[2])))
                await visitor.run(page, *before, choice, where=_where(visitor, page, tab, label))
    await visitor.run(page)
    await visitor.take_files()


def _offered(run: Run, depth: Depth) -> list[tuple[str, Choice]]:
    """The choices to try: of a long list only a few, unless everything is."""
    by_widget: dict[str, list[tuple[str, Choice]]] = {}
    for label, choice in run.choices():
        by_widget.setdefault(choice[0], []).append((label, choice))
    found = []
    for offered in by_widget.values():
        is_short = depth is Depth.ALL or len(offered) <= SHORT_LIST
        found += offered if is_short else [*offered[:: len(offered) // FEW], offered[-1]]
    return found


def _where(visitor: Visitor, page: str, tab: Choice | None, label: str) -> str:
    return f"{visitor.who} /{page} {tab[2] if tab else ''} {label}"
