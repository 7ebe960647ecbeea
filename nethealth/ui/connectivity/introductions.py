"""Whom to introduce to whom, why, and with which words; what earlier introductions became. By name for staff alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.cache import cached
from nethealth.network.introductions import cards
from nethealth.network.introductions.suggestions import Scope, people_to_introduce, suggest_introductions
from nethealth.network.map.model import person_id
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import NetworkView, heading, show_rows
from nethealth.ui.routes import link
from nethealth.ui.session import is_staff, smallest_group, today
from nethealth.ui.weaving import outreach_tables
from nethealth.weaving import QUIET_DAYS, summarize_weaving, tables
from nethealth.workbook.records import PersonKey

NUMBERS = (12, 6, 24)
FOR = "for"
"""In the page's address: newcomers, or a person's code; never a name."""
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
/* Cards of a row are of one height. */
[data-testid="stColumn"] :has(> [class*="st-key-card-introduction"]),
[data-testid="stColumn"] > :has([class*="st-key-card-introduction"]),
[class*="st-key-card-introduction"] { height: 100%; }
</style>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    number: int
    whom: Scope
    person: PersonKey | None
    across: str | None


def show(view: NetworkView) -> None:
    """Staff: introductions as cards with a note each, whom to reach, what became of earlier ones. Others: how many."""
    if not is_staff():
        heading(cards.few_ties_title(view.connected))
        found = cached(suggest_introductions)(view.workbook, as_of=today())
        st.write(cards.how_many_text(found, smallest_group=smallest_group()))
        st.caption("Staff see whom.")
        return
    place = st.container()
    asked = _ask(view)
    found = cached(suggest_introductions)(
        view.workbook,
        as_of=today(),
        rule=view.connected.network.rule,
        number=asked.number,
        whom=asked.whom,
        person=asked.person,
        among=frozenset(view.connected.network.people) if view.connected.is_filtered else None,
        across=asked.across,
    )
    person = view.workbook.people.get(asked.person or "")
    with place:
        heading(cards.introductions_title(found, person=person.name if person else None))
        if not found.pairs:
            st.write(cards.nothing_found(found))
        if view.connected.is_filtered:
            st.caption("One of each two is among those whom the map shows.")
    _show_cards(cards.introduction_cards(found, workbook=view.workbook, person=asked.person))
    if found.pairs:
        st.caption("Made one? A row in the Weaving tab, with the other under “Introduced to”, takes it off this list.")
    if words := cards.without_ground_text(found, workbook=view.workbook):
        st.write(escape_markdown(words, longest=1_000))
    with st.expander("How these are chosen"):
        st.write(cards.HOW_CHOSEN)
        show_rows(cards.reason_rows(), key="reasons", alt="Reasons for an introduction, and how much each counts")
    suggested = {"Introductions": cards.suggestion_rows(found, workbook=view.workbook)}
    ui.downloads(suggested, name="introductions", label="Download these introductions")
    _whom_to_reach(view)
    _what_became(view)


def _ask(view: NetworkView) -> _Asked:
    """How many, for whom, across what. A person stands in the page's address as a code, so this control is not bound
    to it: Streamlit would write the name."""
    people = people_to_introduce(view.workbook, as_of=today())
    labels = cards.person_labels(people, besides=[whom.value for whom in Scope])
    named = {person_id(key): key for key in labels}
    options = [*(whom.value for whom in Scope), *named]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.query_params.get(FOR, options[0])
        chosen = st.selectbox(
            "For",
            options,
            index=options.index(asked) if asked in options else 0,
            format_func=lambda option: labels[named[option]] if option in named else option,
            key="introduce",
            width=280,
        )
        across = st.selectbox(
            "Across", [ANYTHING, *view.workbook.attributes], key="across", bind="query-params", width=200
        )
        number = st.selectbox("How many", NUMBERS, key="introductions", bind="query-params", width=120)
    if chosen == options[0]:
        st.query_params.pop(FOR, None)
    elif st.query_params.get(FOR) != chosen:
        st.query_params[FOR] = chosen
    return _Asked(
        number=number or NUMBERS[0],
        whom=Scope.NEWCOMERS if chosen == Scope.NEWCOMERS.value else Scope.EVERYBODY,
        person=named.get(chosen),
        across=None if across is None or across == ANYTHING else across,
    )


def _show_cards(shown: Sequence[cards.IntroductionCard]) -> None:
    st.html(STYLE)
    for first in range(0, len(shown), 2):
        for place, (column, card) in enumerate(zip(st.columns(2), shown[first : first + 2], strict=False), first):
            with column.container(border=True, key=f"card-introduction-{place}"):
                st.html(_card(card))
                with st.expander("A note to send"):
                    st.code(card.note, language=None, wrap_lines=True)


def _card(card: cards.IntroductionCard) -> str:
    who = "".join(
        f'<p class="nh-who">{escape_html(name)}</p><p class="nh-quiet">{escape_html(about)}</p>'
        for name, about in card.who
    )
    common = "".join(f"<li>{escape_html(words)}</li>" for words in card.in_common)
    between = "".join(f'<li class="nh-between">{escape_html(words)}</li>' for words in card.between)
    return f'<div class="nh-intro">{who}<ul>{common}{between}</ul></div>'


def _whom_to_reach(view: NetworkView) -> None:
    queue = cached(outreach_tables.queue)(view.workbook, as_of=today())
    heading(outreach_tables.queue_title(queue))
    with st.container(border=True, key="card-reach"):
        st.write(outreach_tables.queue_text(queue, quiet_days=QUIET_DAYS))
        link("weaving", "See whom to reach first", icon=":material/diversity_3:")
        link("seating", "Make tables for a convening", icon=":material/table_restaurant:")
    few = cards.few_ties_rows(view.connected)
    if few:
        with st.expander(cards.few_ties_title(view.connected)):
            show_rows(few, key="few", alt="People with fewer than two ties")


def _what_became(view: NetworkView) -> None:
    summary = cached(summarize_weaving)(view.workbook, as_of=today())
    heading(tables.introductions_title(summary))
    if words := tables.introductions_text(summary):
        st.write(words)
    if rows := tables.introduction_rows(summary, workbook=view.workbook):
        with st.expander("Each of them"):
            show_rows(rows, key="introduced", alt="Introductions and what became of them", rows_at_once=12)
