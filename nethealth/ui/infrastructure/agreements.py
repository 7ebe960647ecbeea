"""Agreements tab: agreements by kind, what is missing, and the full list."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, AgreementSummary
from nethealth.infrastructure.tables import agreements as tables
from nethealth.presentation.formatting import escape_html
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, heading
from nethealth.ui.tables import show_table

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


def show(view: InfrastructureView) -> Tables:
    """Show agreements by kind, their metrics, and the full list. Return the downloads."""
    summary = cached(infrastructure.summarize_agreements)(view.workbook, as_of=view.as_of)
    heading(tables.agreements_title(summary))
    if summary.is_empty:
        ui.empty_state(
            "Agreements", "Add one row per agreement to see what’s in force and when to review it.", outline=False
        )
        return {}
    ui.metric_row(tables.agreement_cards(summary))
    st.html(f'{STYLE}<div class="nh-kinds">{_kinds_html(summary)}</div>')
    st.space("small")
    agreements = tables.agreement_table(summary)
    with st.expander("Show all agreements"):
        show_table(agreements, key="agreements", label="All agreements")
    ui.explain_metrics(METRICS["agreements"])
    return {"Agreements": agreements}


def _kinds_html(summary: AgreementSummary) -> str:
    return "".join(
        f'<section class="{"nh-missing" if not kind.agreements else ""}"><h3>{escape_html(kind.name)}</h3>'
        + (_list_html(kind) if kind.agreements else f"<p class='nh-quiet'>{escape_html(kind.empty_text)}</p>")
        + "</section>"
        for kind in tables.agreements_by_kind(summary)
    )


def _list_html(kind: tables.AgreementsOfKind) -> str:
    items = "".join(
        f"<li>{escape_html(title, longest=160)}<small>{escape_html(status)}</small></li>"
        for title, status in kind.agreements
    )
    return f"<ul>{items}</ul>"
