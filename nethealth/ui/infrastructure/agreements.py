"""What members agreed on: kind by kind what holds and what is missing, then the register."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, AgreementSummary, tables
from nethealth.presentation.formatting import escape_html
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, heading, register

STYLE = """<style>
.nh-kinds { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 1rem; }
.nh-kinds section { background: var(--nh-surface); border-radius: 6px; padding: 0.8rem 1rem 0.9rem; }
.nh-kinds section.nh-missing { background: none; border: 1px dashed var(--nh-faint); }
.nh-kinds h3 { font-family: inherit; font-size: 0.875rem; font-weight: 600; margin: 0; padding: 0; }
.nh-kinds ul { list-style: none; margin: 0; padding: 0; }
.nh-kinds.nh-kinds ul { padding-left: 0; }
.nh-kinds li { margin: 0.7rem 0 0; line-height: 1.4; font-size: 0.9375rem; overflow-wrap: anywhere; }
.nh-kinds small { display: block; color: var(--nh-muted); font-size: 0.8125rem; }
</style>"""


def show(view: View) -> Tables:
    """The agreements by kind at a glance, their figures, and the register. Returns what can be downloaded."""
    agreed = cached(infrastructure.summarize_agreements)(view.workbook, as_of=view.as_of)
    heading(tables.agreements_title(agreed))
    if agreed.is_empty:
        hint = "What members agreed on, and when to look at it again, shows with one row for each."
        ui.empty_state("Agreements", hint, outline=False)
        return {}
    ui.metric_row(tables.agreement_cards(agreed))
    st.html(f'{STYLE}<div class="nh-kinds">{_kinds(agreed)}</div>')
    st.space("small")
    rows = tables.agreement_rows(agreed)
    with st.expander("The whole register"):
        register(rows, key="agreements", alt="Each agreement, by kind")
    ui.explain_metrics(METRICS["agreements"])
    return {"Agreements": rows}


def _kinds(agreed: AgreementSummary) -> str:
    return "".join(
        f'<section class="{"nh-missing" if not kind.agreements else ""}"><h3>{escape_html(kind.name)}</h3>'
        + ("".join(_listed(kind)) if kind.agreements else f"<p class='nh-quiet'>{escape_html(kind.gap)}</p>")
        + "</section>"
        for kind in tables.agreement_kinds(agreed)
    )


def _listed(kind: tables.KindOfAgreement) -> str:
    items = "".join(
        f"<li>{escape_html(title, longest=160)}<small>{escape_html(note)}</small></li>"
        for title, note in kind.agreements
    )
    return f"<ul>{items}</ul>"
