"""How values and cells are written for people: units, a dash if undefined, and nothing that runs."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections.abc import Iterable, Mapping

from nethealth.metric import Metric, Unit
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.tabs import CONNECTIONS

UNDEFINED = "–"
JOINER = "\u2060"
"""An invisible word joiner that keeps Markdown from making a link or a picture."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&^!])")
_SHORTCODE = re.compile(r":(?=[\w+/.-]*[\[:{(])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)(?=[:.])")
_LIST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_WEB_ADDRESS = re.compile(r"(?i)https?://[^\s\"'<>\\]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


LONGEST_MEASURE = 32
"""Characters of a measure of ties where it heads a column or is one of several to choose from."""
_OF_THE_CONTRACT = frozenset(column.name for column in CONNECTIONS.columns.values())


def tie_value_name(name: str) -> str:
    """What a measure of ties is called within a sentence: `trust`; a column of the sheet's own as it is headed."""
    return name.lower() if name in _OF_THE_CONTRACT else single_line(name)


def unique_headers(headers: Mapping[str, str], *, taken: Iterable[str]) -> dict[str, str]:
    """Headers of the sheet's own by their keys, unlike those `taken` and each other: `Other (in the sheet)`."""
    known = {word.casefold() for word in taken}
    found = {}
    for key, header in headers.items():
        name, number = header, 1
        while name.casefold() in known:
            name = f"{header} (in the sheet)" if number == 1 else f"{header} (in the sheet, {number})"
            number += 1
        known.add(name.casefold())
        found[key] = name
    return found


def single_line(text: str, *, longest: int = 300) -> str:
    """Return a text on one line, without control or direction characters, cut at `longest` characters."""
    line = " ".join(_CONTROL.sub("", text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def escape_markdown(text: object, *, longest: int = 300) -> str:
    """Return a cell's text for Markdown: it shows as typed and becomes no tag, link, picture, formula, or list."""
    line = _SHORTCODE.sub(f":{JOINER}", single_line(str(text), longest=longest))
    line = _LINK.sub(rf"\1{JOINER}", line)
    line = _MARKDOWN.sub(r"\\\1", line)
    return _LIST.sub(lambda found: f"{found[1]}{JOINER}{found[2]}", line)


def escape_html(text: object, *, longest: int = 2_000) -> str:
    """Return a cell's text for HTML: it shows as typed, in text and in quoted attributes."""
    return html.escape(single_line(str(text), longest=longest), quote=True)


def is_web_address(value: object) -> bool:
    """True if this is an http or https address that is safe to link to."""
    return isinstance(value, str) and len(value) <= 2_000 and bool(_WEB_ADDRESS.fullmatch(value))


def safe_url(link: str | None) -> str | None:
    """Return a web address escaped for a quoted attribute, or None if it isn't one."""
    return html.escape(link, quote=True) if link is not None and is_web_address(link) else None


def format_value(value: object, unit: Unit = Unit.NUMBER) -> str:
    """Return a value as people read it: a dash if undefined, "fewer than 5" if hidden, 43% for a share of 0.43."""
    if value is None:
        return UNDEFINED
    if isinstance(value, TooFew):
        return str(value)
    if isinstance(value, dt.date):
        return f"{value:%B %Y}" if unit is Unit.MONTH else format_date(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return UNDEFINED
    return _number(float(value), unit)


def _number(value: float, unit: Unit) -> str:
    if unit is Unit.SHARE:
        if 0.995 <= value < 1:
            return f"{math.floor(value * 1000) / 10:.1f}%"  # 100% means all
        if 0 < value < 0.0005:
            return "under 0.1%"  # 0% means none
        return _signed(f"{value:.1%}" if 0 < abs(value) < 0.0995 else f"{value:.0%}")
    if unit is Unit.COUNT:
        return _signed(f"{value:,.0f}")
    if unit is Unit.INDEX:
        return _signed(f"{value:+.2f}") if value else "0"
    short = (f"{value:,.1f}" if abs(value) >= 1 else f"{value:,.2f}").rstrip("0").rstrip(".")
    if short in ("-0", ""):
        short = "0"
    if unit in (Unit.DAYS, Unit.STEPS):
        one = unit.value.removesuffix("s")
        return _signed(f"{short} {one if value == 1 else unit.value}")
    return _signed(short)


def _signed(text: str) -> str:
    """With a real minus sign, as in print."""
    return text.replace("-", "\u2212")


def describe_undefined_and_source(metric: Metric) -> str:
    """Return when a metric is a dash and where its definition comes from, as sentences."""
    source = f"Source: {metric.source}."
    if not metric.undefined.startswith("never"):
        return f"A dash means {metric.undefined}. {source}"
    instead = metric.undefined.removeprefix("never").lstrip(";:, ")
    return f"{uppercase_first(instead)}. {source}" if instead else source


def format_date(day: dt.date) -> str:
    """Return a date as people write it in the US: `May 3, 2024`."""
    return f"{day:%B} {day.day}, {day.year}"


def uppercase_first(text: str) -> str:
    """Return a text that begins a sentence: only its first letter changes, so names stay as they are."""
    return text[:1].upper() + text[1:]


def lowercase_first(text: str) -> str:
    """Return a text as a part of a sentence: only its first letter changes."""
    return text[:1].lower() + text[1:]


def pluralize(number: float, one: str, many: str | None = None) -> str:
    """Return `1 member`, `12 members`, or `no members`."""
    words = one if number == 1 else (many or f"{one}s")
    return f"no {words}" if number == 0 else f"{number:,.0f} {words}"
