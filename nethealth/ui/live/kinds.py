"""What kinds of sessions there are, in words, and what one is called that begins now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from typing import Final

from nethealth.live.session import SessionKind
from nethealth.presentation.formatting import single_line
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Workbook

LONGEST_NAME: Final = 80
NEAR: Final = dt.timedelta(days=14)
"""How near a convening must be for a session to take its title."""
STATEMENTS: Final = (
    "I know who to ask when I need help with my work.",
    "I learned something here that I can use.",
    "I’ll follow up with someone I met.",
)
"""What a pulse asks unless the facilitator writes something else."""


@dataclass(frozen=True, slots=True)
class KindText:
    """How a kind of session is presented."""

    title: str
    about: str
    button: str
    icon: str


KINDS: Final = {
    SessionKind.MINDSET: KindText(
        "Mindset reflection",
        "Seven pairs of statements. See how views in the room vary, then talk about it.",
        "Start a mindset reflection",
        ":material/balance:",
    ),
    SessionKind.CONNECTIONS: KindText(
        "Who knows whom",
        "People find themselves and tick who they know. The map grows as they answer.",
        "Start who knows whom",
        ":material/hub:",
    ),
    SessionKind.PULSE: KindText(
        "Quick pulse",
        "Up to three statements. See how much the room agrees.",
        "Start a quick pulse",
        ":material/bar_chart:",
    ),
    SessionKind.COLLABORATIONS: KindText(
        "Collaborations you know of",
        "People name what members started together and who’s involved.",
        "Start collaborations",
        ":material/psychiatry:",
    ),
}
"""The four kinds, in the order of their cards."""


def usual_name(workbook: Workbook) -> str:
    """Return what a session is called that begins today: the nearest convening's title, else `Session of Nov 30`."""
    return _convening_near(workbook) or f"Session of {workbook.today:%b} {workbook.today.day}"


def unique_name(name: str, *, taken: Collection[str]) -> str:
    """Return a name with a number if it's `taken`: two sessions of one kind, name, and moment would count as one.

    Examples:
        >>> unique_name("Retreat", taken=["retreat", "Retreat (2)"])
        'Retreat (3)'
    """
    keys = {name_key(each) for each in taken}
    names = (name if number == 1 else f"{name} ({number})" for number in count(1))
    return next(each for each in names if name_key(each) not in keys)


def _convening_near(workbook: Workbook) -> str | None:
    """Return the title of the convening today, else of the next one, else of the latest, if it's near."""
    near = [
        (each.date - workbook.today, each.title)
        for each in workbook.convenings
        if each.date is not None and abs(each.date - workbook.today) <= NEAR and each.title.strip()
    ]
    near.sort(key=lambda each: (each[0] < dt.timedelta(), abs(each[0])))
    return single_line(near[0][1], longest=LONGEST_NAME) if near else None
