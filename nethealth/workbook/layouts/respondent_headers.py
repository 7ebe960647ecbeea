"""Questions for a name that say it's optional: `Name (leave blank to stay anonymous)`."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, Rearranged, text_at
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers.headers import looks_ignored, match_tab
from nethealth.workbook.schema.tabs import SURVEY

_RESPONDENT: Final = SURVEY.columns["respondent"]
_NAMES: Final = frozenset(map(folded, (_RESPONDENT.name, *_RESPONDENT.aliases)))
_HEADER: Final = "Respondent name"
"""The last alias: an email address that the form collects comes first."""
_REMARK: Final = re.compile(
    r"\s*(?P<name>[^()\[\]:,.;?–—-]{2,60}?)\s*(?:[(\[:,.;?–—-]+|\s(?=if you|si |se |wenn ))(?P<remark>.{3,200})",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_OPTIONAL: Final = re.compile(
    r"\b(?:optional\w*|not required|voluntary|anonym\w*|blank|empty|if you (?:like|wish|want|prefer|would like)|"
    r"opcional\w*|voluntari[oa]|an[oó]nim\w*|vac[ií]o|en blanco|si (?:lo )?(?:desea|quiere|prefiere)s?|"
    r"facultati\w*|optionnel\w*|vide|si vous (?:le )?(?:souhaitez|voulez)|"
    r"an[oô]nim\w*|em branco|vazio|se (?:desejar|quiser|preferir)|"
    r"freiwillig\w*|leer|wenn sie (?:möchten|wollen)|keine pflicht\w*)\b",
    re.IGNORECASE,
)


def name_respondent(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Head the column of a survey that asks for a name, or for none, as the reader knows it."""
    if match_tab(tab) is not SURVEY or looks_ignored(tab.title):
        return None
    for number, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        headers = [text_at(cells, at) or "" for at in range(len(cells))]
        at = next((at for at, header in enumerate(headers) if _asks_for_a_name(header)), None)
        if at is None:
            continue
        rows = [*tab.rows]
        rows[number] = [*cells[:at], _HEADER, *cells[at + 1 :]]
        return Rearranged(
            [dataclasses.replace(tab, rows=rows)],
            f"“{headers[at][:80]}” says who answered. People who left it blank stay anonymous.",
        )
    return None


def _asks_for_a_name(header: str) -> bool:
    found = _REMARK.fullmatch(header)
    return found is not None and folded(found["name"]) in _NAMES and _SAYS_OPTIONAL.search(found["remark"]) is not None
