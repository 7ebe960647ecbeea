"""Prompts for conversations: all of them to read or print, and one aim at a time next to the form."""

from __future__ import annotations

import streamlit as st

from nethealth.presentation.formatting import escape_html
from nethealth.presentation.table import Table
from nethealth.weaving import WeavingSummary
from nethealth.weaving.prompts import AIMS, Aim

STYLE = """<style>
.nh-prompts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
  gap: 1.25rem 2rem; }
.nh-prompts section { border-top: 2px solid var(--nh-accent); padding-top: 0.6rem; break-inside: avoid; }
.nh-prompts h3 { font-size: 1.15rem; margin: 0; padding: 0; }
.nh-prompts ul { list-style: none; margin: 0.35rem 0 0 !important; padding: 0 !important; }
.nh-prompts li { margin: 0 !important; padding: 0.3rem 0; line-height: 1.4; }
@media print { .nh-prompts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5cm; } }
</style>"""


def show(_summary: WeavingSummary) -> dict[str, Table]:
    """Show all prompts by aim. Returns nothing to download."""
    st.html(f'{STYLE}<div class="nh-prompts">{"".join(map(_section, AIMS))}</div>')
    st.html('<p class="nh-quiet nh-on-screen">To take them with you, use your browser’s Print command.</p>')
    return {}


def show_prompts_to_pick(*, key: str) -> None:
    """Show the prompts of one aim at a time."""
    names = [aim.name for aim in AIMS]
    chosen = st.pills("What for?", names, default=names[0], required=True, key=key, label_visibility="collapsed")
    aim = next((aim for aim in AIMS if aim.name == chosen), AIMS[0])
    st.html(f'{STYLE}<div class="nh-prompts">{_section(aim)}</div>')


def _section(aim: Aim) -> str:
    prompts = "".join(f"<li>{escape_html(prompt)}</li>" for prompt in aim.prompts)
    return (
        f'<section><h3>{escape_html(aim.name)}</h3><p class="nh-quiet">{escape_html(aim.purpose)}</p>'
        f"<ul>{prompts}</ul></section>"
    )
