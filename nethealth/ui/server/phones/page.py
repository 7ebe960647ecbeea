"""The phones' page as one file: HTML with its style, its script, and its words, so that a phone loads nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from nethealth.live.phone_words import LANGUAGES, pair_statements, phone_words, translated_statements
from nethealth.live.questions import LONGEST_NAME, LONGEST_PEOPLE, LONGEST_WORDS
from nethealth.presentation.palette import DARK, LIGHT, Palette
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS

_TYPES: Final = re.compile(r"^ */\*\*.*\*/\n", re.MULTILINE)
_FOLDER: Final = Path(__file__).parent
_COLORS: Final = ("paper", "surface", "ink", "muted", "grid", "faint", "accent", "accent_text")


def phone_page(*, language: str, code: str, secret: str, session: Mapping[str, Any]) -> str:
    """Return the page with which a phone answers. `secret` is for a phone that has none yet."""
    data = {"code": code, "secret": secret, "language": language, "session": session, **_fixed_data()}
    words = phone_words(language)
    body = (
        f'<header><p id="name">{escape(str(session["name"]))}</p>'
        '<button id="language" type="button" hidden></button>'
        '<progress id="progress" max="1" value="0" hidden></progress></header>'
        f'<main id="main"><noscript><p class="note">{escape(words["no_script"])}</p></noscript></main>'
        '<footer><p id="status" role="status"></p><nav id="steps"></nav></footer>'
        f'<script type="application/json" id="page">{_as_json(data)}</script>'
        f"<script>{_script()}</script>"
    )
    return _document(language, title=str(session["name"]), body=body)


def code_page(*, language: str, action: str, note: str = "", retry_seconds: int = 0) -> str:
    """Return the page on which people type a code. It needs no script. `note` says what was wrong with the last one.

    With `retry_seconds`, the browser asks again after so long.
    """
    words = phone_words(language)
    alert = f'<p class="note" role="alert" id="note">{escape(note)}</p>' if note else ""
    described = ' aria-describedby="note" aria-invalid="true"' if note else ""
    other = next(each for each in LANGUAGES if each != language)
    body = (
        f'<header><p id="name"></p><a id="language" href="?language={other}" lang="{other}">'
        f"{phone_words(other)['language']}</a></header>"
        f'<main id="main"><h1>{escape(words["title"])}</h1>{alert}<form action="{escape(action)}">'
        f'<input type="hidden" name="language" value="{language}">'
        f'<label for="code">{escape(words["type_code"])}</label>'
        f'<input id="code" name="code" maxlength="20" autocomplete="off" autocapitalize="characters" '
        f'spellcheck="false" required{described}>'
        f'<button class="main" type="submit">{escape(words["join"])}</button></form></main>'
    )
    again = f'<meta http-equiv="refresh" content="{retry_seconds}">' if retry_seconds else ""
    return _document(language, title=words["title"], body=body, head=again)


def content_policy() -> str:
    """Return the `Content-Security-Policy` of both pages: their own style and script, and requests to this server."""
    return (
        f"default-src 'none'; style-src '{_digest(_style())}'; script-src '{_digest(_script())}'; connect-src 'self'; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _document(language: str, *, title: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f'<meta name="theme-color" content="{LIGHT.paper}" media="(prefers-color-scheme: light)">'
        f'<meta name="theme-color" content="{DARK.paper}" media="(prefers-color-scheme: dark)">'
        f'<link rel="icon" href="data:,">{head}<title>{escape(title)}</title><style>{_style()}</style></head>'
        f"<body>{body}</body></html>"
    )


def _as_json(data: Mapping[str, Any]) -> str:
    """Return data as JSON that can't end the element that it's in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _fixed_data() -> Mapping[str, Any]:
    return {
        "words": {language: phone_words(language) for language in LANGUAGES},
        "pairs": {language: pair_statements(language) for language in LANGUAGES},
        "languages": LANGUAGES,
        "statements": translated_statements(),
        "columns": [pair.column for pair in PAIRS],
        "characteristics": CHARACTERISTICS,
        "longest": {"words": LONGEST_WORDS, "name": LONGEST_NAME, "people": LONGEST_PEOPLE},
    }


@cache
def _style() -> str:
    css = (_FOLDER / "phone.css").read_text(encoding="utf-8")
    return f":root{{{_colors(LIGHT)}}}@media (prefers-color-scheme: dark){{:root{{{_colors(DARK)}}}}}\n{css}"


@cache
def _script() -> str:
    # Types are for us. Phones needn't load them.
    return _TYPES.sub("", (_FOLDER / "phone.js").read_text(encoding="utf-8"))


def _colors(palette: Palette) -> str:
    known = {field.name for field in fields(Palette)}
    named = {name.replace("_", "-"): str(getattr(palette, name)) for name in _COLORS if name in known}
    left, right = palette.leanings
    return "".join(f"--{name}:{color};" for name, color in {**named, "left": left, "right": right}.items())


@cache
def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
