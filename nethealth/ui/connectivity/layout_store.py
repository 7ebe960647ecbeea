"""Where everybody stood on the map at the last reading, so that a tie added to the sheet does not reshuffle the room.

Kept in this process for the shared workbook alone, apart for staff and viewers (who know people by different keys), by
wave and rule. A workbook that a person opened for their session neither takes from here nor leaves anything.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass

from nethealth.network.graph import network_at
from nethealth.network.layout.wave_positions import EarlierPositions, node_positions, positions_to_store
from nethealth.network.waves import LATEST, find_wave
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.schema.vocabulary import TieRule

MOST_KEPT = 32
"""Waves, rules and roles whose places are kept; those that nobody looked at longest go first."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Where people stood at one reading."""

    cells: tuple[str, dt.date]
    """The reading's fingerprint and day: while they stay the same, nobody moves."""
    read_at: dt.datetime
    stood: EarlierPositions


class LayoutStore:
    """The places of the last reading; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, _Known] = OrderedDict()

    def settle(self, reading: Reading, *, wave: str | None = LATEST, rule: TieRule | None = None) -> None:
        """Let the reading's map begin from where people stood at the last one, in this wave under this rule.

        Call it before anything asks for that map; the second call for a reading costs next to nothing. Raises
        `UnknownWave` where the workbook has no such wave.
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
            known = self._kept.get(key)
        network = network_at(workbook, wave=name, rule=rule)
        if known is not None and known.cells == cells:
            # The same cells, though perhaps read anew: then nothing moves.
            node_positions(workbook, network, earlier=known.stood)
            return
        stood = positions_to_store(workbook, network, earlier=known.stood if known is not None else None)
        with self._lock:
            known = self._kept.get(key)
            # A page that still shows an older reading must not turn the newer one back.
            if known is None or known.read_at <= workbook.read_at:
                self._kept[key] = _Known(cells=cells, read_at=workbook.read_at, stood=stood)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


layout_store = LayoutStore()
"""The one of this process."""
