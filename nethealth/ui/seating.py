"""The Seating page: who comes, how many sit together, and the tables on screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.network.seating.tables import PASTED, Participants, Seat, choices, participants_from
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.ui.controls import attribute_control
from nethealth.workbook.records import Workbook

FEWEST_AT_A_TABLE, USUAL, MOST_AT_A_TABLE = 2, 6, 20
WHO, NAMES = "who", "seating-names"
MOST_ROUNDS = 4
MOST_ARRANGEMENTS = 99
MOST_MESSAGES = 6
STYLE = """<style>
.nh-round { font-family: var(--nh-title-font); font-weight: 500; font-size: 1.5rem; margin: 0.5rem 0 0; padding: 0; }
.nh-seats { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 1rem; }
.nh-seats section { background: var(--nh-surface); border-radius: 6px; padding: 0.8rem 1.1rem 0.9rem; }
.nh-seats h3 { font-family: var(--nh-title-font); font-size: 1.2rem; font-weight: 500; margin: 0 0 0.3rem; padding: 0; }
.nh-seats ul { list-style: none; margin: 0 !important; padding: 0 !important; }
.nh-seats li { margin: 0 !important; padding: 0.2rem 0; line-height: 1.35; overflow-wrap: anywhere; font-size: 1rem; }
.nh-seats small { display: block; color: var(--nh-muted); font-size: 0.8125rem; }
@media (max-width: 640px) {
  .st-key-seating-controls .st-key-who, .st-key-seating-controls .st-key-who > div { width: 100% !important; }
  .st-key-seating-controls .st-key-who { flex-basis: 100% !important; }
  .st-key-seating-controls :is(.st-key-at, .st-key-mix, .st-key-rounds, .st-key-arrangement) {
    flex: 1 1 40% !important; }
}
@media print {
  :is(.st-key-status, .st-key-seating-controls, .st-key-seating-messages, .st-key-seating-summary, .nh-question) {
    display: none !important; }
  .nh-seats { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.5cm; }
  .nh-seats section { background: none; border: 1px solid #777; break-inside: avoid; }
  .nh-seats li { padding: 0.08rem 0; font-size: 10pt; }
  .nh-seats small { display: inline; margin-inline-start: 0.4em; font-size: 8pt; }
  .nh-round:not(.nh-round-1) { break-before: page; }
}
</style>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingRequest:
    """What was chosen above the tables."""

    participants: Participants
    is_pasted: bool
    """True if the names were pasted as a list, which is stored only in the visit."""
    at_a_table: int
    balance: str | None
    rounds: int
    arrangement: int


def seating_controls(workbook: Workbook) -> SeatingRequest:
    """Choose who comes, people per table, what to mix, and rounds. A list of names is never in the URL."""
    with st.container(key="seating-controls"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = _who_control(choices(workbook))
            size = st.number_input(
                "People per table", FEWEST_AT_A_TABLE, MOST_AT_A_TABLE, USUAL, key="at", bind="query-params", width=150
            )
            balance = attribute_control(workbook, "mix", "Mix by")
            rounds = st.number_input("Rounds", 1, MOST_ROUNDS, 1, key="rounds", bind="query-params", width=130)
            number = st.number_input(
                "Arrangement",
                1,
                MOST_ARRANGEMENTS,
                1,
                key="arrangement",
                bind="query-params",
                width=140,
                help="Change the number to get different tables. The same number always gives the same tables.",
            )
        typed = ""
        if chosen == PASTED:
            typed = st.text_area(
                "Names, one per line or separated by semicolons",
                key=NAMES,
                height=160,
                placeholder="Ana López\nBen Smith\n…",
                persist_state="session",
            )
    return SeatingRequest(
        participants=participants_from(workbook, chosen=chosen, typed=typed or ""),
        is_pasted=chosen == PASTED,
        at_a_table=int(size),
        balance=balance,
        rounds=int(rounds),
        arrangement=int(number),
    )


def _who_control(offered: Mapping[str, str]) -> str:
    """Choose who comes.

    A bound control would write its label into the address, which may hold text from the workbook. We write the value.
    """
    wanted = st.query_params.get(WHO)
    keys = list(offered)
    usual = keys[0]
    # Not through the session's state: if Streamlit starts the first run again, the browser shows the usual ones.
    index = keys.index(wanted) if wanted is not None and wanted in offered else 0
    chosen = st.selectbox("Who comes", keys, index, format_func=offered.__getitem__, key=WHO, width=340) or usual
    if chosen != usual:
        st.query_params[WHO] = chosen
    elif wanted is not None:
        del st.query_params[WHO]
    return chosen


def show_messages(messages: Sequence[str], *, met: int = 0) -> None:
    """Show what we did with names on the list, and how many pairs said in a session today that they know each other."""
    if met:
        pairs = pluralize(met, "pair here said that they know", "pairs here said that they know")
        messages = (f"In a session today, {pairs} each other. We keep them apart, too.", *messages)
    if messages:
        with st.container(key="seating-messages"):
            for message in messages[:MOST_MESSAGES]:
                st.markdown(escape_markdown(message))
            if more := messages[MOST_MESSAGES:]:
                with st.expander(f"{len(more):,} more messages"):
                    for message in more:
                        st.markdown(escape_markdown(message))


def show_tables(rounds: Sequence[Sequence[Sequence[Seat]]]) -> None:
    """Show each round's tables, as cards on screen and as boxes on paper."""
    st.html(STYLE)
    for number, tables in enumerate(rounds, start=1):
        if len(rounds) > 1:
            st.html(f'<h2 class="nh-round nh-round-{number}">Round {number}</h2>')
        shown = "".join(_table(place, table) for place, table in enumerate(tables, start=1))
        st.html(f'<div class="nh-seats">{shown}</div>')


def _table(place: int, seats: Sequence[Seat]) -> str:
    people = "".join(
        f"<li>{escape_html(seat.name, longest=120)}"
        f"{f'<small>{escape_html(seat.value, longest=80)}</small>' if seat.value else ''}</li>"
        for seat in seats
    )
    return f"<section><h3>Table {place}</h3><ul>{people}</ul></section>"
