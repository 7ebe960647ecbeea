"""Google Forms in languages whose scales we don't know: read as forms, and named as not understood."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, Rearranged
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers.headers import looks_ignored, tab_named
from nethealth.workbook.schema.tabs import CONNECTIONS, MINDSET, SURVEY

OTHER_TIMESTAMPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Informazioni cronologiche": "Italian",
        "Tijdstempel": "Dutch",
        "Sygnatura czasowa": "Polish",
        "Отметка времени": "Russian",
        "Позначка часу": "Ukrainian",
        "Časová značka": "Czech",
        "Časová pečiatka": "Slovak",
        "Časovna značka": "Slovenian",
        "Vremenska oznaka": "Croatian",
        "Tidstämpel": "Swedish",
        "Tidsstempel": "Danish or Norwegian",
        "Tidsmerke": "Norwegian",
        "Aikaleima": "Finnish",
        "Időbélyeg": "Hungarian",
        "Marcaj de timp": "Romanian",
        "Zaman damgası": "Turkish",
        "Χρονική σήμανση": "Greek",
        "Клеймо за време": "Bulgarian",
        "Marca de temps": "Catalan",
        "Dấu thời gian": "Vietnamese",
        "Stempel waktu": "Indonesian",
        "Cap waktu": "Indonesian",
        "タイムスタンプ": "Japanese",
        "타임스탬프": "Korean",
        "时间戳记": "Chinese",
        "時間戳記": "Chinese",
        "طابع زمني": "Arabic",
        "חותמת זמן": "Hebrew",
        "टाइमस्टैम्प": "Hindi",
        "ประทับเวลา": "Thai",
    }
)
"""How Google Forms heads its first column in languages whose scales we don't know."""
_LANGUAGES: Final = {folded(header): language for header, language in OTHER_TIMESTAMPS.items()}
_LONGEST: Final = 40


def name_other_language(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Head the times of a form `Timestamp`, and say which language we don't understand."""
    named = tab_named(tab.title)
    taken = tab.read_as or (named.name if named else SURVEY.name)
    if taken not in {SURVEY.name, MINDSET.name, CONNECTIONS.name} or looks_ignored(tab.title):
        return None
    for number, row in enumerate(tab.rows[:ROWS_CHECKED]):
        at = next((at for at, cell in enumerate(row) if cell not in (None, "")), None)
        header = read_text(row[at]).value if at is not None else None
        if at is None or header is None or len(header) > _LONGEST or folded(header) not in _LANGUAGES:
            continue
        language = _LANGUAGES[folded(header)]
        rows = list(tab.rows)
        rows[number] = [*row[:at], SURVEY.columns["timestamp"].name, *row[at + 1 :]]
        return Rearranged(
            [dataclasses.replace(tab, rows=rows, read_as=taken if named is None else tab.read_as)],
            f"This form seems to be in {language}, so we don’t know the words of its scales. We only count how many "
            "people gave each answer.",
            "Add the words of its scales to the Scales tab, and name the scale of each question in Questions. If a "
            "column says who answered, rename it to “Respondent”.",
        )
    return None
