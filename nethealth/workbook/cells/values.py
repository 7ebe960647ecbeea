"""One cell, understood: text, number, yes or no, a scale's answer, a link.

Pure functions. None of them raises, whatever the cell holds, and none takes longer than the cell is long. What a cell
means is its `value` (None: blank, or not usable); what there is to tell about it are its `findings`, which know no
place: the reader adds tab, row, column and what was typed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

from nethealth.workbook.cells.characters import (
    DIRECTION_MARKS,
    INVISIBLE,
    digits_folded,
    folded,
    is_hidden,
    tidy,
    without_hidden,
)
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.vocabulary import Scale

__all__ = [
    "ERROR_VALUE",
    "FORMULA_TEXT",
    "HIDDEN_CHARACTERS",
    "LABEL_AND_NUMBER_DIFFER",
    "NOT_A_LINK",
    "NOT_A_NUMBER",
    "NOT_YES_OR_NO",
    "CellProblem",
    "Parsed",
    "folded",
    "free_text",
    "guess_scale",
    "is_blank",
    "is_error_value",
    "is_left_open",
    "is_no_answer",
    "link",
    "number",
    "person_name",
    "scale_answer",
    "text",
    "yes_no",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something to tell about a cell. `message` is the same for all findings of one kind."""

    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a cell means, and what there is to tell about it. `value` None: blank, or not usable."""

    value: T | None
    findings: tuple[CellProblem, ...] = ()


_BLANK: Final[Parsed[Any]] = Parsed(None)
_YES: Final = Parsed(True)
_NO: Final = Parsed(False)


def _left_out(message: str, remedy: str) -> Parsed[Any]:
    return Parsed(None, (CellProblem(Severity.ERROR, message, remedy),))


ERROR_VALUE: Final[Parsed[Any]] = _left_out(
    "The sheet shows an error instead of a value; it is left out.",
    "Mend the formula in this cell, or type the value itself.",
)
FORMULA_TEXT: Final[Parsed[Any]] = _left_out(
    "This text begins with “=”, like a formula that was not worked out; it is left out.",
    "Type the value itself, without “=”.",
)
HIDDEN_CHARACTERS: Final = CellProblem(
    Severity.NOTE,
    "Invisible characters stand in this name; they are taken out.",
    "Nothing needs doing. To be rid of this note, type the name again by hand.",
)
NOT_A_NUMBER: Final[Parsed[Any]] = _left_out(
    "This is not a number; it is left out.", "Type digits, with a point for decimals: 12, 3.5 or 1,234.5."
)
NOT_YES_OR_NO: Final[Parsed[Any]] = _left_out("This is neither yes nor no; it is left out.", "Type yes or no.")
NOT_A_LINK: Final[Parsed[Any]] = _left_out(
    "This is not a web address; it is left out.", "Paste the whole address, beginning with https://."
)
LABEL_AND_NUMBER_DIFFER: Final[Parsed[Any]] = _left_out(
    "The number and the words of this answer belong to different points of the scale; the answer is left out.",
    "Keep the one that was meant: the number or the words.",
)

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
        *("noestoyseguro", "noestoysegura", "prefieronocontestar", "prefieronoresponder", "prefieronodecirlo"),
    }
)

_NOT_YET: Final = frozenset({"tbd", "tba", "tbc", "tobedetermined", "notknown", "notknownyet", "notyet", "pending"})

_YES_WORDS: Final = frozenset(
    {"true", "yes", "y", "1", "x", "si", "sí", "✓", "✔", "☑", "✅", "√", "🗸", "☒", "verdadero"}
)
_NO_WORDS: Final = frozenset({"false", "no", "n", "0", "☐", "falso"})

_LINE_BREAKS: Final = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_RUN_OF_BREAKS: Final = re.compile(r"\n{3,}")

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?%?")
_LONGEST_NUMBER: Final = 40
_NUMBER_AND_LABEL: Final = re.compile(r"([+-]?\d{1,6}(?:\.\d{1,6})?)\s*(?:[-–—:.=)|]\s*|\s\(?|\()(\D.*)", re.DOTALL)
_LABEL_AND_NUMBER: Final = re.compile(r"(.*\D)\s*[-–—:=(\[]\s*([+-]?\d{1,6}(?:\.\d{1,6})?)\s*[)\]]?", re.DOTALL)
_LONGEST_LABEL: Final = 300


def is_blank(cell: RawCell) -> bool:
    """Whether a cell holds nothing: empty, or only white space and invisible characters."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    # A visible first character settles nearly every cell at once.
    if "!" <= cell[:1] <= "~":
        return False
    return all(character.isspace() or is_hidden(character) for character in cell)


def is_error_value(cell: RawCell) -> bool:
    """Whether a cell shows a failed formula (`#REF!`, `#N/A`, `Loading...`, …)."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_ERROR_VALUE + 4:
        return False
    return cell.strip().lower() in _ERROR_VALUES


def _is_formula(words: str) -> bool:
    return words[:1] in {"=", "＝"}


def _as_written(cell: RawCell) -> str:
    """A cell that is no string, as a person would write it."""
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


def text(cell: RawCell) -> Parsed[str]:
    """A cell as one line of text: trimmed, NFC, white space folded, nothing invisible; `12.0` is `12`, dates are ISO.

    None where the cell is blank or shows a sheet error (told). Text that looks like a formula stays text.
    """
    if isinstance(cell, str):
        if not cell:
            return _BLANK
        if cell[0] in "#lLeEcC \t" and is_error_value(cell):
            return ERROR_VALUE
        words = tidy(cell)
        if words and words[0] == "#" and is_error_value(words):
            return ERROR_VALUE
    else:
        words = _as_written(cell)
    return Parsed(words) if words else _BLANK


def free_text(cell: RawCell) -> Parsed[str]:
    """A cell as text of several lines: as `text`, with its line breaks kept (never more than one empty line)."""
    if not isinstance(cell, str):
        return text(cell)
    if cell.isascii() and cell.isprintable():
        return text(cell)
    if is_error_value(cell):
        return ERROR_VALUE
    visible = without_hidden(cell.replace("\r\n", "\n").translate(_LINE_BREAKS), keep=DIRECTION_MARKS)
    lines = unicodedata.normalize("NFC", visible).split("\n")
    words = _RUN_OF_BREAKS.sub("\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip("\n")
    return Parsed(words) if words.strip(DIRECTION_MARKS + " \n") else _BLANK


def person_name(cell: RawCell) -> Parsed[str]:
    """A name or an ID: as `text`, with a note where invisible characters were taken out.

    Names such as NA, Null or True and IDs such as 007 or 1E5 stay themselves. Text that begins with `=` is a problem.
    """
    read = text(cell)
    if read.value is None or not isinstance(cell, str):
        return read
    if _is_formula(read.value):
        return FORMULA_TEXT
    if cell.isprintable():
        hides = not cell.isascii() and INVISIBLE.search(cell) is not None
    else:
        hides = len(without_hidden(cell)) != len(cell)
    return Parsed(read.value, (HIDDEN_CHARACTERS,)) if hides else read


def number(cell: RawCell) -> Parsed[float]:
    """A number: `12`, `1,234.5`, `45%` (0.45), digits of any script; never `1e3`, NaN or infinity.

    None where the cell is blank, or holds no number (told).
    """
    if isinstance(cell, str):
        return _number_of_text(cell)
    if cell is None:
        return _BLANK
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return NOT_A_NUMBER
    if isinstance(cell, int) and not -(10**300) < cell < 10**300:
        return NOT_A_NUMBER
    return Parsed(float(cell)) if math.isfinite(cell) else NOT_A_NUMBER


def _number_of_text(cell: str) -> Parsed[float]:
    if is_blank(cell):
        return _BLANK
    if is_error_value(cell):
        return ERROR_VALUE
    words = tidy(cell)
    if _is_formula(words):
        return FORMULA_TEXT
    value = _plain_number(words)
    return NOT_A_NUMBER if value is None else Parsed(value)


def _plain_number(words: str) -> float | None:
    if len(words) > _LONGEST_NUMBER:
        return None
    words = digits_folded(words).replace(" %", "%")
    if _NUMBER.fullmatch(words) is None or not any(character.isdigit() for character in words):
        return None
    if words.endswith("%"):
        # Shifting the decimal point in the text keeps 45% exactly 0.45.
        return float(f"{words[:-1].replace(',', '')}e-2")
    return float(words.replace(",", ""))


def yes_no(cell: RawCell) -> Parsed[bool]:
    """Yes or no: TRUE/FALSE, yes/no, y/n, 1/0, x, a check mark, si/sí. None where blank, or neither (told)."""
    if isinstance(cell, bool):
        return _YES if cell else _NO
    if isinstance(cell, int | float):
        return _YES if cell == 1 else _NO if cell == 0 else NOT_YES_OR_NO
    if cell is None:
        return _BLANK
    if not isinstance(cell, str):
        return NOT_YES_OR_NO
    if len(cell) > _LONGEST_LABEL:
        return _BLANK if is_blank(cell) else NOT_YES_OR_NO
    words = tidy(cell).rstrip("\ufe0e\ufe0f").lower()
    if words in _YES_WORDS:
        return _YES
    if words in _NO_WORDS:
        return _NO
    if not words:
        return _BLANK
    return ERROR_VALUE if is_error_value(words) else FORMULA_TEXT if _is_formula(words) else NOT_YES_OR_NO


def link(cell: RawCell) -> Parsed[str]:
    """A web address that begins with http:// or https://. None where blank, or anything else (told)."""
    read = text(cell)
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


def is_no_answer(cell: RawCell) -> bool:
    """Whether a cell of answers is left open: blank, `Not applicable`, `N/A`, `Don't know` and their like."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > _LONGEST_LABEL or cell.isdigit():
        return is_blank(cell)
    words = tidy(cell)
    return not words or (words[0] != "#" and folded(words) in _NO_ANSWERS)


def is_left_open(cell: RawCell) -> bool:
    """Whether a cell for a date, a number or a link says in words that there is none (yet): `N/A`, `TBD`, `?`, `-`."""
    if not isinstance(cell, str):
        return cell is None
    return is_no_answer(cell) or (len(cell) <= _LONGEST_LABEL and folded(tidy(cell)) in _NOT_YET)


_LONGEST_LIST_OF_LABELS: Final = 160


def _off_the_scale(scale: Scale) -> Parsed[Any]:
    ends = f"{scale.lowest:g} to {scale.highest:g}"
    listed = ", ".join(f"{point:g} {label}" for point, label in scale.points)
    is_short = _has_words(scale) and len(listed) <= _LONGEST_LIST_OF_LABELS
    return _left_out(
        f"This is not an answer on the scale {scale.name} ({ends}); it is left out.",
        f"Type the number or the words of one of these: {listed}."
        if is_short
        else f"Type a number from {ends}, or the words of the scale.",
    )


def _point(value: float, scale: Scale) -> float | None:
    for point, _ in scale.points:
        if point == value:
            return point
    return None


def _point_of_label(words: str, scale: Scale) -> float | None:
    return _points_by_label(scale).get(folded(words))


@lru_cache(maxsize=256)
def _points_by_label(scale: Scale) -> Mapping[str, float]:
    """A scale's points by their folded labels, other spellings last; of two that read the same the first."""
    named = [*((label, point) for point, label in scale.points), *scale.spellings]
    return MappingProxyType({folded(label): point for label, point in reversed(named)})


def scale_answer(cell: RawCell, scale: Scale) -> Parsed[float]:
    """The value of an answer on `scale`: its number, its label, or both (`4`, `Agree`, `4 - Agree`).

    None where there is no answer (`is_no_answer`), or none on this scale (told).
    """
    if isinstance(cell, bool):
        return _off_the_scale(scale)
    if isinstance(cell, int | float):
        value = _point(cell, scale)
        return _off_the_scale(scale) if value is None else Parsed(value)
    if isinstance(cell, str) and len(cell) < 4 and cell.isascii() and cell.isdigit():
        value = _point(int(cell), scale)
        return _off_the_scale(scale) if value is None else Parsed(value)
    if is_no_answer(cell):
        return _BLANK
    if is_error_value(cell):
        return ERROR_VALUE
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return _off_the_scale(scale)
    words = tidy(cell)
    return FORMULA_TEXT if _is_formula(words) else _answer_text(words, scale)


def _answer_text(words: str, scale: Scale) -> Parsed[float]:
    typed = _plain_number(words)
    value = _point(typed, scale) if typed is not None else _point_of_label(words, scale)
    if value is not None:
        return Parsed(value)
    if typed is None and (both := _NUMBER_AND_LABEL.fullmatch(digits_folded(words))):
        return _number_with_label(float(both[1]), both[2], scale)
    if typed is None and (both := _LABEL_AND_NUMBER.fullmatch(digits_folded(words))):
        return _number_with_label(float(both[2]), both[1], scale)
    return _off_the_scale(scale)


def _number_with_label(value: float, label: str, scale: Scale) -> Parsed[float]:
    point = _point(value, scale)
    meant = _point_of_label(label, scale)
    if point is None:
        return _off_the_scale(scale)
    # Words that the scale does not know (`5 - Extremely likely`) only explain the number.
    return LABEL_AND_NUMBER_DIFFER if meant is not None and meant != point else Parsed(point)


_FEW_ANSWERS: Final = 20
_SHARE_THAT_FITS: Final = 0.8
_DISTINCT_LOOKED_AT: Final = 60


def guess_scale(cells: Iterable[RawCell] | Mapping[RawCell, int], scales: Sequence[Scale]) -> Scale | None:
    """The scale that a column of answers seems to be on; None where it looks like none.

    `cells` are the answers, or how often each was given.

    Words decide first: the scale that knows at least four fifths of the answers, and two of them by its labels. Plain
    whole numbers are taken for the scale, of those without words, whose upper end they come near; up to 4 that is
    1–4 only where twenty answers or more never reach 5.
    """
    counts: dict[RawCell, int] = {}
    for cell, count in cells.items() if isinstance(cells, Mapping) else Counter(cells).items():
        if is_no_answer(cell) or is_error_value(cell) or (isinstance(cell, str) and _is_formula(cell.lstrip())):
            continue
        key = cell.strip() if isinstance(cell, str) else cell
        counts[key] = counts.get(key, 0) + count
        if len(counts) > _DISTINCT_LOOKED_AT:
            return None
    if not counts:
        return None
    numbers = {key: _whole_number(key) for key in counts}
    if all(value is not None for value in numbers.values()):
        return _scale_of_numbers(
            [value for value in numbers.values() if value is not None], sum(counts.values()), scales
        )
    return _scale_of_words(counts, scales)


def _whole_number(cell: RawCell) -> int | None:
    if isinstance(cell, bool):
        return None
    read = number(cell) if not isinstance(cell, str) else Parsed(_plain_number(tidy(cell)))
    return int(read.value) if read.value is not None and read.value.is_integer() else None


def _has_words(scale: Scale) -> bool:
    return any(_plain_number(label) is None for _, label in scale.points)


def _scale_of_words(counts: dict[RawCell, int], scales: Sequence[Scale]) -> Scale | None:
    total = sum(counts.values())
    best: tuple[float, int, Scale] | None = None
    for scale in scales:
        fits = 0
        by_words = set()
        for answer, count in counts.items():
            value = scale_answer(answer, scale).value
            if value is None:
                continue
            fits += count
            # `4 - Agree` speaks for the scale by its words; `4 - Somewhat` only by its number.
            labels = [scale.label(value), *(words for words, point in scale.spellings if point == value)]
            if (
                isinstance(answer, str)
                and _has_words(scale)
                and any(folded(label) in folded(answer) for label in labels)
            ):
                by_words.add(value)
        enough = min(2, len(counts))
        if fits / total >= _SHARE_THAT_FITS and len(by_words) >= enough:
            candidate = (fits / total, len(by_words), scale)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def _scale_of_numbers(values: list[int], answers: int, scales: Sequence[Scale]) -> Scale | None:
    lowest, highest = min(values), max(values)
    wanted = highest
    if highest <= 3 or (highest == 4 and answers < _FEW_ANSWERS):
        wanted = 5
    plain = [scale for scale in scales if not _has_words(scale)] or list(scales)
    near = [scale for scale in plain if scale.lowest <= lowest and wanted <= scale.highest <= max(wanted + 2, 5)]
    return min(near, key=lambda scale: (scale.highest, -scale.lowest), default=None)
