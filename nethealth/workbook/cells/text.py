"""One cell as text: a line, several lines, a name, yes or no, a link; and whether it says anything at all.

The functions are pure. None of them raises, whatever the cell holds, and none takes longer than the cell is long.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any, Final
from urllib.parse import urlsplit

from nethealth.workbook.cells.characters import DIRECTION_MARKS, INVISIBLE, folded, is_hidden, tidy, without_hidden
from nethealth.workbook.cells.parsed import BLANK, ERROR_VALUE, FORMULA_TEXT, CellProblem, Parsed, unreadable
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Severity

HIDDEN_CHARACTERS: Final = CellProblem(
    Severity.NOTE,
    "This name contains invisible characters. We ignore them.",
    "No action needed. To clear this note, retype the name by hand.",
)

NOT_YES_OR_NO: Final[Parsed[Any]] = unreadable(
    "We couldn’t read this as yes or no, so we skipped it.", "Type yes or no."
)

NOT_A_LINK: Final[Parsed[Any]] = unreadable(
    "This isn’t a web address, so we skipped it.", "Paste the full address, starting with https://."
)

_YES: Final = Parsed(True)

_NO: Final = Parsed(False)

# What Google Sheets, Excel and LibreOffice show where a formula fails, in English and Spanish.
_ERROR_VALUES: Final = frozenset(
    {
        *("#ref!", "#n/a", "#div/0!", "#value!", "#name?", "#null!", "#num!", "#error!", "#spill!", "#calc!"),
        *("#getting_data", "#field!", "#blocked!", "#connect!", "#busy!", "#unknown!", "#python!", "#external!"),
        *("#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#¡num!", "#¡nulo!", "#¡desbordamiento!", "#¡error!"),
        *("loading...", "loading…", "cargando...", "cargando…", "err:502", "err:504", "err:508", "err:509", "err:522"),
    }
)

_LONGEST_ERROR_VALUE: Final = max(map(len, _ERROR_VALUES))

_NO_ANSWERS: Final = frozenset(
    {
        *("na", "notapplicable", "doesnotapply", "dontknow", "idontknow", "donotknow", "idonotknow", "dk", "unsure"),
        *("noanswer", "notsure", "prefernottosay", "prefernottoanswer", "noaplica", "nosé", "nose", "-", "–", "—"),
        *("unknown", "?", "notanswered", "noopinion", "nosabe", "nocontesta", "nosabenocontesta", "nsnc"),
        *("neseprononcepas", "jenesaispas", "nesaispas", "sansobjet", "nonapplicable", "sansopinion", "sansréponse"),
        *("jepréfèrenepasrépondre", "nesaitpas", "nãoseaplica", "nãosei", "nãosabe", "semopinião", "semresposta"),
        *("prefironãoresponder", "prefironãodizer", "keineangabe", "keineangaben", "weißnicht", "weissnicht"),
        *("ichweißnicht", "ichweissnicht", "nichtzutreffend", "keinemeinung", "trifftnichtaufmichzu", "nosabría"),
        *("noestoyseguro", "noestoysegura", "prefieronocontestar", "prefieronoresponder", "prefieronodecirlo"),
    }
)

_NOT_YET: Final = frozenset(
    {"tbd", "tba", "tbc", "tobedetermined", "notknown", "notknownyet", "notyet", "pending"}
    | {"present", "ongoing", "todate", "untilnow", "presente", "actualidad", "heute", "aujourdhui"}
)

_YES_WORDS: Final = frozenset(
    {"true", "yes", "y", "1", "1.0", "x", "si", "sí", "✓", "✔", "☑", "✅", "√", "🗸", "☒"}
    | {"verdadero", "oui", "vrai", "sim", "verdadeiro", "ja", "wahr"}
)

_NO_WORDS: Final = frozenset(
    {"false", "no", "n", "0", "0.0", "☐", "falso", "non", "faux", "não", "nao", "nein", "falsch"}
)

_LINE_BREAKS: Final = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})

_RUN_OF_BREAKS: Final = re.compile(r"\n{3,}")

LONGEST_LABEL: Final = 300


def is_blank(cell: RawCell) -> bool:
    """True if a cell is empty, or holds only white space and invisible characters."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    # A visible first character settles nearly every cell at once.
    if "!" <= cell[:1] <= "~":
        return False
    return all(character.isspace() or is_hidden(character) for character in cell)


def is_error_value(cell: RawCell) -> bool:
    """True if a cell shows a failed formula (`#REF!`, `#N/A`, `Loading...`, …)."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_ERROR_VALUE + 4:
        return False
    return cell.strip().lower() in _ERROR_VALUES


def is_formula(words: str) -> bool:
    """True if a tidy text begins like a formula."""
    return words[:1] in {"=", "＝"}


def is_no_answer(cell: RawCell) -> bool:
    """True if a cell gives no answer: blank, `Not applicable`, `N/A`, `Don't know`, and the like."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > LONGEST_LABEL or cell.isdigit():
        return is_blank(cell)
    words = tidy(cell)
    return not words or (words[0] != "#" and folded(words) in _NO_ANSWERS)


def is_left_open(cell: RawCell) -> bool:
    """True if a cell says that there is no date, number, or link (yet): `N/A`, `TBD`, `?`, `-`."""
    if not isinstance(cell, str):
        return cell is None
    return is_no_answer(cell) or (len(cell) <= LONGEST_LABEL and folded(tidy(cell)) in _NOT_YET)


def read_text(cell: RawCell) -> Parsed[str]:
    """Read one line of text: trimmed, NFC, white space folded, nothing invisible; `12.0` is `12`, dates are ISO.

    The value is None if the cell is blank, or with an error if it shows a failed formula. Text that looks like a
    formula stays text.
    """
    if isinstance(cell, str):
        if not cell:
            return BLANK
        if cell[0] in "#lLeEcC \t" and is_error_value(cell):
            return ERROR_VALUE
        words = tidy(cell)
        if words and words[0] == "#" and is_error_value(words):
            return ERROR_VALUE
    else:
        words = _written(cell)
    return Parsed(words) if words else BLANK


def read_free_text(cell: RawCell) -> Parsed[str]:
    """Read text of several lines: as `read_text`, but keep line breaks (at most one empty line in a row)."""
    if not isinstance(cell, str):
        return read_text(cell)
    if cell.isascii() and cell.isprintable():
        return read_text(cell)
    if is_error_value(cell):
        return ERROR_VALUE
    visible = without_hidden(cell.replace("\r\n", "\n").translate(_LINE_BREAKS), keep=DIRECTION_MARKS)
    lines = unicodedata.normalize("NFC", visible).split("\n")
    words = _RUN_OF_BREAKS.sub("\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip("\n")
    return Parsed(words) if words.strip(DIRECTION_MARKS + " \n") else BLANK


def _written(cell: RawCell) -> str:
    """Write a cell that is no string as a person would."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, int):
        # Python refuses to write out integers of thousands of digits; no sheet holds one.
        return str(cell) if -(10**300) < cell < 10**300 else "a number too large to show"
    if isinstance(cell, dt.datetime):
        is_midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if is_midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def read_name(cell: RawCell) -> Parsed[str]:
    """Read a name or an ID: as `read_text`, with a note if it contained invisible characters.

    Names such as NA, Null, or True and IDs such as 007 or 1E5 stay as typed. Text that starts with `=` is an error.
    """
    read = read_text(cell)
    if read.value is None or not isinstance(cell, str):
        return read
    if is_formula(read.value):
        return FORMULA_TEXT
    if cell.isprintable():
        hides = not cell.isascii() and INVISIBLE.search(cell) is not None
    else:
        hides = len(without_hidden(cell)) != len(cell)
    return Parsed(read.value, (HIDDEN_CHARACTERS,)) if hides else read


def read_yes_no(cell: RawCell) -> Parsed[bool]:
    """Read yes or no: TRUE/FALSE, yes/no, y/n, 1/0, x, a check mark, si/sí. None if blank, or neither (an error)."""
    if isinstance(cell, bool):
        return _YES if cell else _NO
    if isinstance(cell, int | float):
        return _YES if cell == 1 else _NO if cell == 0 else NOT_YES_OR_NO
    if cell is None:
        return BLANK
    if not isinstance(cell, str):
        return NOT_YES_OR_NO
    if len(cell) > LONGEST_LABEL:
        return BLANK if is_blank(cell) else NOT_YES_OR_NO
    words = tidy(cell).rstrip("\ufe0e\ufe0f").lower()
    if words in _YES_WORDS:
        return _YES
    if words in _NO_WORDS:
        return _NO
    if not words:
        return BLANK
    return ERROR_VALUE if is_error_value(words) else FORMULA_TEXT if is_formula(words) else NOT_YES_OR_NO


def read_link(cell: RawCell) -> Parsed[str]:
    """Read a web address that starts with http:// or https://. None if blank, or anything else (an error)."""
    read = read_text(cell)
    if read.value is None:
        return read
    words = read.value
    if words.lower().startswith("www.") and "/" not in words[:4]:
        words = f"https://{words}"
    if not words[:8].lower().startswith(("http://", "https://")) or len(words) > 4000:
        return NOT_A_LINK
    if any(character in words for character in " \"'<>`{}|\\^"):
        return NOT_A_LINK
    try:
        host = urlsplit(words).hostname
    except ValueError:
        return NOT_A_LINK
    return Parsed(words) if host else NOT_A_LINK
