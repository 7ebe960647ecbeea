"""The map as one file that works with no network at all: the page's own drawing, its library, data and letters inside.

The file is made to be handed on. What is for staff alone is not in it, whoever makes it: it is drawn from the workbook
as viewers have it. Nothing in it asks anybody for anything, and the browser is told to let nothing be asked.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import sysconfig
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from nethealth.network import LATEST, describe_network, network_at
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.map import scripts as map_drawing
from nethealth.network.map.details import map_details
from nethealth.network.map.model import drawing_of
from nethealth.network.map.network_map import color_map
from nethealth.presentation import palette
from nethealth.presentation.formatting import format_date, single_line
from nethealth.privacy.codes import installation_secret
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieRule

_STATIC = (
    Path(__file__).parents[3] / "static",
    Path(sysconfig.get_path("data")) / "share" / "nethealth" / "static",
)
"""Where the app's own files lie: beside the package, or where it was installed to."""
_LETTERS = (
    (palette.TEXT_FONT, "commissioner-latin-400-normal", 400, "normal"),
    (palette.TEXT_FONT, "commissioner-latin-600-normal", 600, "normal"),
    (palette.TITLE_FONT, "newsreader-latin-500-normal", 500, "normal"),
    (palette.TITLE_FONT, "newsreader-latin-500-italic", 500, "italic"),
    (palette.TEXT_FONT, "commissioner-latin-ext-400-normal", 400, "normal"),
    (palette.TEXT_FONT, "commissioner-latin-ext-600-normal", 600, "normal"),
)
_LATIN = "U+0000-024F, U+0259, U+1E00-1EFF, U+2000-206F, U+20A0-20CF, U+2122, U+2190-2193, U+2212"
_EXTENDED = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF"

_PRIVACY = {NameStyle.NAMES: 0, NameStyle.INITIALS: 1, NameStyle.CODES: 2}


def offline_map(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    color_by: str | None = None,
    names: NameStyle | None = None,
) -> str:
    """The map of one wave as a whole HTML page, everybody standing where they stand in the app.

    `color_by` is one of the workbook's attributes (None: one colour for all). `names` may say less than the setting
    `Names`, never more: see `names_allowed`. What staff alone may see is left out; without names, so is any value that
    few people share.

    Raises `UnknownWave` where the workbook has no such wave.
    """
    style = names_allowed(workbook, names)
    connected = analyze_connectivity(workbook, wave=wave, rule=rule)
    called = replace(workbook, settings=replace(workbook.settings, names=style))
    shared = redact_for_viewers(called, salt=installation_secret())
    is_named = style is NameStyle.NAMES and not workbook.are_names_replaced
    if not is_named:
        shared = _common_values_alone(shared)
    keys = dict(zip(workbook.people, shared.people, strict=True))
    # A wave or a column that is called like somebody has another name where that person has none.
    waves = {said.wave: told.wave for said, told in zip(workbook.connections, shared.connections, strict=True)} | {
        wave.name: told.name for wave, told in zip(workbook.waves, shared.waves, strict=True)
    }
    columns = dict(zip(workbook.attributes, shared.attributes, strict=True))
    network = network_at(
        shared, wave=waves.get(connected.network.wave, connected.network.wave), rule=connected.network.rule
    )
    drawing = drawing_of(
        network,
        places={keys[key]: place for key, place in connected.positions.items() if key in keys},
        is_named=is_named,
        style=style if style is not NameStyle.NAMES or is_named else NameStyle.CODES,
        bridging={keys[person.key]: person.betweenness for person in connected.people},
    )
    drawn = color_map(drawing, columns.get(color_by or ""), among=shared.people.values())
    said = drawn.saying(describe_network(connected.network, connected.metrics))
    data: dict[str, Any] = said.as_json() | {"base": "", "key": "map"}
    if is_named:
        data["details"] = map_details(shared, wave=network.wave, rule=network.rule).as_json()
    title = single_line(shared.network_name, longest=120)
    dated = format_date(network.date) if network.date else ""
    subtitle = single_line(" · ".join(part for part in (network.wave or "", dated) if part), longest=120)
    return _page(title, subtitle, made=format_date(workbook.today), data=data)


def _common_values_alone(workbook: Workbook) -> Workbook:
    """The workbook with those values alone that as many people share as the smallest group that may be shown: without
    names, a rare value would say who somebody is."""
    held = Counter(
        (column, value)
        for person in workbook.people.values()
        if person.on_map
        for column, value in person.attributes.items()
    )
    people = {
        key: replace(
            person,
            attributes={
                column: value
                for column, value in person.attributes.items()
                if held[column, value] >= workbook.settings.smallest_group
            },
        )
        for key, person in workbook.people.items()
    }
    return replace(workbook, people=people)


def names_allowed(workbook: Workbook, asked: NameStyle | None) -> NameStyle:
    """How people are called where `asked` was asked for: that, or what the setting `Names` allows if it says less."""
    allowed = workbook.settings.names
    return max(allowed, asked or allowed, key=_PRIVACY.__getitem__)


def _page(title: str, subtitle: str, *, made: str, data: dict[str, Any]) -> str:
    library = _static("vendor/vis-network.min.js").decode("utf-8").split("//# sourceMappingURL")[0]
    scripts = [_inline(library), _inline(map_drawing.file_script())]
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}: the map</title>
<style>{_letters()}{_LOOK}</style></head>
<body>
<header><h1>{html.escape(title)}</h1><p>{html.escape(subtitle)}</p><p>Made on {html.escape(made)}</p></header>
<main id="map"></main>
<noscript><p>A script inside this file draws the map: allow scripts for it.
In words: {html.escape(data["words"])}</p></noscript>
<script type="text/plain" id="map-look">{_inline(map_drawing.look())}</script>
<script type="application/json" id="map-data">{_as_data(data)}</script>
{"".join(f"<script>{script}</script>{chr(10)}" for script in scripts)}</body></html>
"""


def _as_data(data: dict[str, Any]) -> str:
    """JSON in which nothing ends the element that holds it, or begins another."""
    told = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _inline(script: str) -> str:
    """A script of our own inside a page: what would end its element is written so that it does not."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _static(name: str) -> bytes:
    found = next((folder / name for folder in _STATIC if (folder / name).is_file()), _STATIC[0] / name)
    return found.read_bytes()


@cache
def _letters() -> str:
    faces = []
    for family, name, weight, style in _LETTERS:
        told = base64.b64encode(_static(f"fonts/{name}.woff2")).decode("ascii")
        covers = _EXTENDED if "-ext-" in name else _LATIN
        faces.append(
            f"@font-face{{font-family:{family};font-weight:{weight};font-style:{style};unicode-range:{covers};"
            f"src:url(data:font/woff2;base64,{told}) format('woff2')}}"
        )
    return "".join(faces)


def _variables(colors: palette.Palette) -> str:
    return (
        f"--st-text-color:{colors.ink};--st-background-color:{colors.paper};--st-border-color:{colors.grid};"
        f"--st-secondary-background-color:{colors.surface};--st-primary-color:{colors.accent_text};"
        f"--muted:{colors.muted};"
    )


_LOOK = (
    f":root{{color-scheme:light dark;{_variables(palette.LIGHT)}--st-font:{palette.TEXT_FONTS};"
    f"--st-heading-font:{palette.TITLE_FONTS};--map-height:100%}}"
    f"@media(prefers-color-scheme:dark){{:root{{{_variables(palette.DARK)}}}}}"
    "html,body{height:100%;margin:0}"
    "body{display:flex;flex-direction:column;box-sizing:border-box;padding:14px 20px 16px;gap:10px;"
    "font:15px/1.4 var(--st-font);color:var(--st-text-color);background:var(--st-background-color)}"
    "header{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 16px}"
    "h1{margin:0;font:500 26px/1.2 var(--st-heading-font);overflow-wrap:anywhere}"
    "header p{margin:0;color:var(--muted);overflow-wrap:anywhere}header p:last-child{margin-left:auto}"
    "main{flex:1;min-height:320px;position:relative}"
    "@media(max-width:640px){body{padding:10px}h1{font-size:20px}header p:last-child{margin-left:0}}"
)
