"""The map as one file that works offline, with the page's own drawing code, its library, data, and fonts inside.

The file is made to be shared. It leaves out what only staff may see, no matter who makes it, because it is drawn from
the workbook as viewers have it. It requests nothing, and its policy keeps the browser from requesting anything.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import replace
from typing import Any

from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.network.map import scripts
from nethealth.network.map.details import map_details
from nethealth.network.map.fonts import font_faces, static_file
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.network.map.regions import find_clusters
from nethealth.network.map.tour import earlier_positions, tour_for_viewers
from nethealth.network.summary_text import describe_network
from nethealth.presentation import palette
from nethealth.presentation.formatting import format_date, single_line
from nethealth.privacy.codes import installation_secret
from nethealth.privacy.tie_redaction import detach_hidden_people
from nethealth.privacy.viewer_redaction import columns_per_person, redact_for_viewers
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieRule
from nethealth.workbook.waves import LATEST

_PRIVACY = {NameStyle.NAMES: 0, NameStyle.INITIALS: 1, NameStyle.CODES: 2}


def offline_map(
    workbook: Workbook,
    *,
    wave: str | None = LATEST,
    rule: TieRule | None = None,
    color_by: str | None = None,
    names: NameStyle | None = None,
) -> str:
    """Return the map of one wave as a whole HTML page; with names, everyone is where they are in the app.

    `color_by` is one of the workbook's attributes (None: one color for all). `names` may say less than the setting
    `Names`, never more: see `names_allowed`. What only staff may see is left out; without names, so is any value that
    few people share.

    Raises `UnknownWave` if the workbook has no such wave.
    """
    style = names_allowed(workbook, names)
    connected = analyze_connectivity(workbook, wave=wave, rule=rule)
    restyled = replace(workbook, settings=replace(workbook.settings, names=style))
    shared = redact_for_viewers(restyled, salt=installation_secret())
    is_named = style is NameStyle.NAMES and not workbook.are_names_replaced
    shared_keys = dict(zip(workbook.people, shared.people, strict=True))
    # A wave or column that is named like a person is renamed in a file without names.
    renamed_waves = {
        original.wave: redacted.wave
        for original, redacted in zip(detach_hidden_people(workbook).connections, shared.connections, strict=True)
    } | {original.name: redacted.name for original, redacted in zip(workbook.waves, shared.waves, strict=True)}
    columns = dict(zip(columns_per_person(restyled), shared.attributes, strict=True))
    wave = connected.network.wave
    network = network_at(shared, wave=renamed_waves.get(wave, wave), rule=connected.network.rule)
    if not is_named or any(not person.on_map for person in connected.network.people.values()):
        # Numbers and places that count people who aren't drawn would say something about them. And without names, a
        # place among the people of a region would say more than the values that the file has.
        connected = analyze_connectivity(shared, wave=network.wave, rule=network.rule)
    drawing = draw_network(
        network,
        positions={shared_keys.get(key, key): spot for key, spot in connected.positions.items()},
        is_named=is_named,
        style=style if style is not NameStyle.NAMES or is_named else NameStyle.CODES,
        betweenness={shared_keys.get(person.key, person.key): person.betweenness for person in connected.people},
        clusters=find_clusters(network, shared),
    )
    colored = color_map(drawing, columns.get(color_by or ""), among=shared.people.values())
    source = f"Source: workbook read on {format_date(workbook.read_at.date())}."
    colored = colored.titled(shared.network_name, wave=network.wave, source=source)
    description = f"{describe_network(connected.network, connected.metrics)} {drawing.limits_text}"
    described = colored.described(description.strip())
    data: dict[str, Any] = described.as_json() | {"base": "", "key": "map"}
    if is_named and not drawing.limits_text:
        data["details"] = map_details(shared, wave=network.wave, rule=network.rule).as_json()
    earlier = {shared_keys.get(key, key): spot for key, spot in earlier_positions(connected).items()}
    tour = tour_for_viewers(shared, described, wave=network.wave, rule=network.rule, earlier=earlier)
    data["tour"] = tour.as_json()
    title = single_line(shared.network_name, longest=120)
    date = format_date(network.date) if network.date else ""
    subtitle = single_line(" · ".join(part for part in (network.wave or "", date) if part), longest=120)
    made = f"{drawing.limits_text} Made on {format_date(workbook.today)}".strip()
    return _page(title, subtitle, made=made, data=data)


def names_allowed(workbook: Workbook, requested: NameStyle | None) -> NameStyle:
    """Return the requested name style, or the setting `Names` if that one says less."""
    allowed = workbook.settings.names
    return max(allowed, requested or allowed, key=_PRIVACY.__getitem__)


def _page(title: str, subtitle: str, *, made: str, data: dict[str, Any]) -> str:
    library = static_file("vendor/vis-network.min.js").decode("utf-8").split("//# sourceMappingURL")[0]
    inline_scripts = [_inline(library), _inline(scripts.offline_script())]
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in inline_scripts)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}: network map</title>
<style>{font_faces()}{_STYLES}</style></head>
<body>
<header><h1>{html.escape(title)}</h1><p>{html.escape(subtitle)}</p><p>{html.escape(made)}</p></header>
<main id="map"></main>
<noscript><p>Your browser blocks the script that draws this map. Allow scripts to see it.
Here’s what it shows: {html.escape(data["description"])}</p></noscript>
<script type="text/plain" id="map-styles">{_inline(scripts.styles())}</script>
<script type="application/json" id="map-data">{_as_json(data)}</script>
{"".join(f"<script>{script}</script>{chr(10)}" for script in inline_scripts)}</body></html>
"""


def _as_json(data: dict[str, Any]) -> str:
    """JSON that neither ends the element around it nor starts another."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _inline(script: str) -> str:
    """One of our scripts, written so that nothing in it ends the element around it."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _variables(colors: palette.Palette) -> str:
    return (
        f"--st-text-color:{colors.ink};--st-background-color:{colors.paper};--st-border-color:{colors.grid};"
        f"--st-secondary-background-color:{colors.surface};--st-primary-color:{colors.accent_text};"
        f"--muted:{colors.muted};"
    )


_STYLES = (
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
