"""Positions on the map at the last reading, so that one new tie in the workbook doesn't rearrange everyone.

Stored in this process, for the shared workbook only: by wave and tie rule, and separately for staff and viewers, who
have different keys for people. A workbook that someone opened for their session neither reads nor changes them.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass

from nethealth.network.graph import network_at
from nethealth.network.layout.wave_positions import EarlierPositions, node_positions, positions_to_store
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import LATEST, find_wave

MAX_STORED = 32
"""How many combinations of wave, rule, and role are stored; the least recently used are removed first."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The positions at one reading."""

    cells: tuple[str, dt.date]
    """The reading's fingerprint and day: while they stay the same, no one moves."""
    read_at: dt.datetime
    positions: EarlierPositions


class LayoutStore:
    """The positions of the last reading; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stored: OrderedDict[Key, _Stored] = OrderedDict()

    def restore_positions(self, reading: Reading, *, wave: str | None = LATEST, rule: TieRule | None = None) -> None:
        """Start the reading's map from the positions of the last reading, in this wave under this rule.

        Call it before anything else needs that map; a second call for the same reading is fast. Raises `UnknownWave` if
        the workbook has no such wave.
        """
        workbook = reading.workbook
        if reading.origin is Origin.OPENED or not workbook.fingerprint:
            return
        name, rule = find_wave(workbook, wave).name, rule or workbook.settings.tie_rule
        key = (
            *(reading.origin, reading.role, workbook.url or workbook.title),
            *(rule, "unnamed" if name is None else "named", name or ""),
        )
        cells = (workbook.fingerprint, workbook.today)
        with self._lock:
            stored = self._stored.get(key)
        network = network_at(workbook, wave=name, rule=rule)
        if stored is not None and stored.cells == cells:
            # The same cells, even if read again: no one moves.
            node_positions(workbook, network, earlier=stored.positions)
            return
        positions = positions_to_store(workbook, network, earlier=stored.positions if stored is not None else None)
        with self._lock:
            stored = self._stored.get(key)
            # A page that still shows an older reading must not replace a newer one.
            if stored is None or stored.read_at <= workbook.read_at:
                self._stored[key] = _Stored(cells=cells, read_at=workbook.read_at, positions=positions)
            self._stored.move_to_end(key)
            while len(self._stored) > MAX_STORED:
                self._stored.popitem(last=False)


layout_store = LayoutStore()
"""The store of this process."""
