"""What phones say, in English or Spanish: `phone_words.toml` has every text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from nethealth.workbook.schema.vocabulary import PAIRS

LANGUAGES: Final = ("en", "es")
_RANGE: Final = re.compile(r"\s*([a-z]{1,8}|\*)(?:-[a-z0-9-]{1,35})?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.I)
_LONGEST_HEADER: Final = 500


def preferred_language(accepted: str) -> str:
    """Return `en` or `es` by an `Accept-Language` header, English if it names neither.

    Examples:
        >>> preferred_language("es-MX,es;q=0.9,en;q=0.8"), preferred_language("fr, en;q=0.3, es;q=0.7")
        ('es', 'es')
    """
    best, found = 0.0, LANGUAGES[0]
    for part in accepted[:_LONGEST_HEADER].split(","):
        match = _RANGE.fullmatch(part)
        weight = float(match[2] or 1) if match else 0.0
        if match and match[1].lower() in LANGUAGES and weight > best:
            best, found = weight, match[1].lower()
    return found


def phone_words(language: str) -> Mapping[str, str]:
    """Return every text in a language, by its name. Raises KeyError for a language that we don't have."""
    return {name: text for name, text in _texts()[language].items() if isinstance(text, str)}


def pair_statements(language: str) -> list[tuple[str, str]]:
    """Return the two statements of each pair, the hierarchical one first, in the order of `PAIRS`."""
    translated = _texts()[language].get("pairs", {})
    return [tuple(translated.get(pair.column, (pair.hierarchical, pair.network))) for pair in PAIRS]


def statement_in(language: str, statement: str) -> str:
    """Return a pulse's statement in a language if it's one of ours, otherwise as the facilitator wrote it."""
    return str(_texts()[language].get("statements", {}).get(statement, statement))


def translated_statements() -> dict[str, list[str]]:
    """Return our own statements in each language, in the order of `LANGUAGES`."""
    ours = {statement for language in LANGUAGES for statement in _texts()[language].get("statements", {})}
    return {statement: [statement_in(language, statement) for language in LANGUAGES] for statement in sorted(ours)}


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("phone_words.toml").read_text(encoding="utf-8"))
