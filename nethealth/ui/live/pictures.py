"""The pictures of each kind of session, in the order in which the facilitator goes through them.

A kind's function gets a `LiveView` and the workbook, and returns its pictures. It runs again whenever the session has
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from nethealth.live.session import SessionKind
from nethealth.ui import session
from nethealth.ui.live.collaborations.cards import collaborations_pictures
from nethealth.ui.live.mindset_pictures import mindset_pictures
from nethealth.ui.live.picture import Picture
from nethealth.ui.live.pulse_pictures import pulse_pictures
from nethealth.ui.live.view import LiveView
from nethealth.workbook.records import Workbook

PictureMaker: TypeAlias = Callable[[LiveView, Workbook], Sequence[Picture]]


def pictures_of(view: LiveView) -> Sequence[Picture]:
    """Return the pictures of a session."""
    return PICTURES[view.session.kind](view, workbook_of(view))


def picture_at(view: LiveView) -> tuple[int, Sequence[Picture]]:
    """Return the place of the picture that the screen shows, and all pictures."""
    pictures = pictures_of(view)
    return max(0, min(view.session.screen.step, len(pictures) - 1)), pictures


def groups_of(view: LiveView) -> Sequence[str]:
    """Return the groups that the facilitator can zoom to; none for most kinds."""
    if view.session.kind is not SessionKind.CONNECTIONS:
        return ()
    from nethealth.ui.live.connections.live_map import focus_choices

    return focus_choices(view.session, view.counted, workbook=workbook_of(view))


def workbook_of(view: LiveView) -> Workbook:
    """Return the workbook that a session belongs to, if it's the one on the screen; else an empty one."""
    reading = session.current_reading()
    return reading.workbook if reading.key == view.session.workbook else Workbook()


def _connections(view: LiveView, workbook: Workbook) -> Sequence[Picture]:
    from nethealth.ui.live.connections.pictures import connections_pictures

    return connections_pictures(view, workbook)


PICTURES: Final[Mapping[SessionKind, PictureMaker]] = {
    SessionKind.MINDSET: mindset_pictures,
    SessionKind.PULSE: pulse_pictures,
    SessionKind.CONNECTIONS: _connections,
    SessionKind.COLLABORATIONS: collaborations_pictures,
}
"""By kind."""
CAN_NAME: Final[frozenset[SessionKind]] = frozenset({SessionKind.CONNECTIONS})
"""Kinds whose pictures can name people."""
