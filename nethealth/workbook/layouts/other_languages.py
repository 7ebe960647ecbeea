"""Google and Microsoft Forms in languages whose scales we don't know: read as forms, and named as not understood."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import read_date
from nethealth.workbook.cells.names import is_anonymous
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.form_tools import with_whole_year
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, Rearranged
from nethealth.workbook.raw import RawCell, RawTab
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
_IDS: Final = frozenset(
    map(folded, ("ID", "Id.", "Identificador", "Kimlik", "Azonosító", "Tunnus", "ИД", "Идентификатор"))
)
_FEWEST_COLUMNS: Final = 5
"""What Microsoft Forms adds to an answer: its number, when it was begun and completed, an email address, a name."""


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
        return _not_understood(tab, rows, taken, f"This form seems to be in {language}")
    arranged = _as_google_writes(tab)
    where = "This form seems to be from Microsoft Forms, in a language that we don’t know"
    return None if arranged is None else _not_understood(tab, arranged, taken, where)


def _not_understood(tab: RawTab, rows: Sequence[Sequence[RawCell]], taken: str, message: str) -> Rearranged:
    named = tab_named(tab.title)
    return Rearranged(
        [dataclasses.replace(tab, rows=rows, read_as=taken if named is None else tab.read_as)],
        f"{message}, so we don’t know the words of its scales. We only count how many people gave each answer.",
        "Add the words of its scales to the Scales tab, and name the scale of each question in Questions. If a column "
        "says who answered, rename it to “Respondent”.",
    )


def _as_google_writes(tab: RawTab) -> list[list[RawCell]] | None:
    """Return the rows with the columns of Microsoft Forms headed as we know them; None if another program wrote them.

    In any language, the first is a number that is different in each row, and the next two are times, in order.
    """
    header = next(iter(tab.rows), ())
    below = [row for row in tab.rows[1:] if any(cell not in (None, "") for cell in row)]
    if len(header) <= _FEWEST_COLUMNS or not below or any(len(row) <= _FEWEST_COLUMNS for row in below):
        return None
    if folded(read_text(header[0]).value or "") not in _IDS or len({row[0] for row in below}) < len(below):
        return None
    if not all(_is_time(row[1]) and _is_time(row[2]) for row in below):
        return None
    rows = [list(row) for row in tab.rows]
    blank = [0, 1]
    rows[0][2] = SURVEY.columns["timestamp"].name
    if all(_is_email_or_none(row[3]) for row in below):
        for at, name in ((3, "Email"), (4, "Name")):
            rows[0][at] = name if any(row[at] not in (None, "") for row in below) else None
    if all(row[5] in (None, "") or _is_time(row[5]) for row in below):
        # When the answer was last changed.
        blank.append(5)
    for row in rows:
        for at in blank:
            if at < len(row):
                row[at] = None
        if len(row) > 2:
            row[2] = with_whole_year(row[2])
    return rows


def _is_time(cell: RawCell) -> bool:
    if isinstance(cell, str):
        return ":" in cell and read_date(cell, day_first=False).value is not None
    return isinstance(cell, dt.datetime) or (isinstance(cell, float) and not cell.is_integer())


def _is_email_or_none(cell: RawCell) -> bool:
    text = read_text(cell).value or ""
    return not text or EMAIL_MARK.fullmatch(text) is not None or is_anonymous(text)
