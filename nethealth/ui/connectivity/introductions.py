"""The Introductions tab: who to introduce and why, an email to send, and what came of earlier introductions."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from nethealth.cache import cached
from nethealth.network.introductions import cards
from nethealth.network.introductions.suggestions import (
    Introductions,
    Scope,
    Suggestion,
    people_to_introduce,
    suggest_introductions,
)
from nethealth.network.map.model import person_id
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import components as ui
from nethealth.ui import recording
from nethealth.ui.connectivity.view import NetworkView, heading
from nethealth.ui.routes import link
from nethealth.ui.session import is_staff, smallest_group, today
from nethealth.ui.weaving import outreach, recorder
from nethealth.weaving import RECENT_DAYS, summarize_weaving, tables
from nethealth.workbook.records import PersonKey, Workbook

NUMBERS = (12, 6, 24)
FOR = "for"
"""A query parameter: newcomers, or a person's code; never a name."""
ANYTHING = "anything"
STYLE = """<style>
.nh-intro p { margin: 0; line-height: 1.4; overflow-wrap: anywhere; }
.nh-intro .nh-who { font-family: var(--nh-title-font); font-size: 1.3rem; line-height: 1.3; }
.nh-intro .nh-quiet + .nh-who { margin-top: 0.55rem; }
.nh-intro ul { list-style: none; margin: 0.45rem 0 0 !important; padding: 0.45rem 0 0 !important;
  border-top: 1px solid var(--nh-grid); }
.nh-intro li { margin: 0 !important; padding: 0.1rem 0 0.1rem 1.3rem; position: relative; font-size: 0.9375rem;
  line-height: 1.4; overflow-wrap: anywhere; }
.nh-intro li::before { content: "●"; position: absolute; left: 0; color: var(--nh-accent); font-size: 0.8em;
  line-height: 1.75; }
.nh-intro li.nh-between { color: var(--nh-muted); }
.nh-intro li.nh-between::before { content: "↔"; color: var(--nh-muted); font-size: 0.95em; line-height: 1.5; }
/* Cards in a row have the same height. */
[data-testid="stColumn"] :has(> [class*="st-key-card-introduction"]),
[data-testid="stColumn"] > :has([class*="st-key-card-introduction"]),
[class*="st-key-card-introduction"] { height: 100%; }
@media print { :has(> .st-key-card-reach) { break-after: avoid; } }
</style>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    number: int
    scope: Scope
    person: PersonKey | None
    across: str | None


def show(view: NetworkView) -> None:
    """Show staff introductions with an email each, who to reach, and earlier introductions; show others only counts."""
    if not is_staff():
        heading(cards.few_ties_title(view.connected))
        introductions = cached(suggest_introductions)(view.workbook, as_of=today())
        st.write(cards.introduction_counts_text(introductions, smallest_group=smallest_group()))
        st.caption("Only staff see names.")
        return
    title = st.container()
    request = _request_controls(view)
    introductions = cached(suggest_introductions)(
        view.workbook,
        as_of=today(),
        rule=view.connected.network.rule,
        number=request.number,
        scope=request.scope,
        person=request.person,
        among=frozenset(view.connected.network.people) if view.connected.is_filtered else None,
        across=request.across,
    )
    person = view.workbook.people.get(request.person or "")
    with title:
        heading(cards.introductions_title(introductions, person=person.name if person else None))
        if not introductions.pairs:
            st.write(cards.no_introductions_text(introductions))
        if view.connected.is_filtered:
            st.caption("Each pair includes someone your filters show.")
    if introductions.pairs and recording.can_record():
        recording.show_saved(key="saved-introduction")
    show_pairs(introductions, view.workbook, person=request.person)
    if unmatched := cards.unmatched_newcomers_text(introductions, workbook=view.workbook):
        st.write(escape_markdown(unmatched, longest=1_000))
    with st.expander("How we choose"):
        st.write(cards.HOW_WE_CHOOSE)
        ui.show_table(cards.scoring_table(), key="reasons", label="Reasons for an introduction, and their points")
    files = {"Introductions": cards.suggestion_table(introductions, workbook=view.workbook)}
    ui.downloads(files, name="introductions", label="Download these introductions")
    _show_outreach(view)
    _show_outcomes(view)


def _request_controls(view: NetworkView) -> _Request:
    """Choose how many introductions, the people they are for, and the column they cross.

    The control for a person is not bound to the address, since Streamlit would write the name there; we write a code.
    """
    people = people_to_introduce(view.workbook, as_of=today())
    labels = cards.person_labels(people, reserved=[scope.value for scope in Scope])
    keys = {person_id(key): key for key in labels}
    options = [*(scope.value for scope in Scope), *keys]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.query_params.get(FOR, options[0])
        chosen = st.selectbox(
            "For",
            options,
            index=options.index(wanted) if wanted in options else 0,
            format_func=lambda option: labels[keys[option]] if option in keys else option,
            key="introduce",
            width=280,
        )
        across = st.selectbox(
            "Connect across", [ANYTHING, *view.workbook.attributes], key="across", bind="query-params", width=200
        )
        number = st.selectbox("How many", NUMBERS, key="introductions", bind="query-params", width=120)
    if chosen == options[0]:
        st.query_params.pop(FOR, None)
    elif st.query_params.get(FOR) != chosen:
        st.query_params[FOR] = chosen
    return _Request(
        number=number or NUMBERS[0],
        scope=Scope.NEWCOMERS if chosen == Scope.NEWCOMERS.value else Scope.EVERYONE,
        person=keys.get(chosen),
        across=None if across is None or across == ANYTHING else across,
    )


def show_pairs(introductions: Introductions, workbook: Workbook, *, person: PersonKey | None = None) -> None:
    """Show suggested introductions as cards, each with an email to send, and say what became of it with one tap.

    `person` is the one person that all of them are for.
    """
    st.html(STYLE)
    can_record = bool(introductions.pairs) and recording.can_record()
    if can_record:
        recorder.ask_for_name()
    shown = list(
        zip(
            introductions.pairs,
            cards.introduction_cards(introductions, workbook=workbook, person=person),
            strict=True,
        )
    )
    for first in range(0, len(shown), 2):
        row = zip(st.columns(2), shown[first : first + 2], strict=False)
        for place, (column, (pair, card)) in enumerate(row, first):
            with column.container(border=True, key=f"card-introduction-{place}"):
                st.html(_card(card))
                if can_record:
                    _show_actions(pair)
                with st.expander("Email to send"):
                    st.code(card.note, language=None, wrap_lines=True)


def _show_actions(pair: Suggestion) -> None:
    key, is_unknown = f"{pair.one}-{pair.other}", not recorder.weaver()
    with st.container(horizontal=True, gap="small"):
        for label, is_made, icon in (("Made", True, ":material/check:"), ("Not now", False, ":material/schedule:")):
            st.button(
                label,
                key=f"{label.lower().replace(' ', '-')}-{key}",
                icon=icon,
                disabled=is_unknown,
                help="Choose your name first." if is_unknown else None,
                on_click=recorder.record_introduction,
                args=(pair.one, pair.other),
                kwargs={"is_made": is_made},
            )


def _card(card: cards.IntroductionCard) -> str:
    who = "".join(
        f'<p class="nh-who">{escape_html(name)}</p><p class="nh-quiet">{escape_html(about)}</p>'
        for name, about in card.who
    )
    common = "".join(f"<li>{escape_html(text)}</li>" for text in card.in_common)
    between = "".join(f'<li class="nh-between">{escape_html(text)}</li>' for text in card.between)
    return f'<div class="nh-intro">{who}<ul>{common}{between}</ul></div>'


def _show_outreach(view: NetworkView) -> None:
    found = cached(outreach.find_outreach)(view.workbook, as_of=today())
    people = outreach.without_follow_ups(found, workbook=view.workbook, as_of=today())
    summary = cached(summarize_weaving)(view.workbook, as_of=today())
    heading(outreach.outreach_title(people))
    with st.container(border=True, key="card-reach"):
        texts = [outreach.outreach_text(people), outreach.no_conversation_text(found, recent_days=RECENT_DAYS)]
        st.write(" ".join([f"{tables.follow_ups_title(summary)}.", *texts]))
        link("weaving", "See who to reach first", icon=":material/diversity_3:")
        link("seating", "Make a seating plan", icon=":material/table_restaurant:")
    few = cards.few_ties_table(view.connected)
    if few:
        with st.expander(cards.few_ties_title(view.connected)):
            ui.show_table(few, key="few", label="People with fewer than two connections")


def _show_outcomes(view: NetworkView) -> None:
    summary = cached(summarize_weaving)(view.workbook, as_of=today())
    heading(tables.introductions_title(summary))
    if words := tables.introductions_text(summary):
        st.write(words)
    if introductions := tables.introduction_table(summary, workbook=view.workbook):
        with st.expander("All introductions"):
            ui.show_table(introductions, key="introduced", label="Introductions and what came of them")
