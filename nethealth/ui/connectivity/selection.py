"""What of the network to look at: people by what they are, ties by how strong, of which type and when.

Every choice stands in the page's address in words, so that a link repeats it; what an address holds that the workbook
does not have is passed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth.cache import cached
from nethealth.network import FilterChoices, Selection
from nethealth.network.connectivity import (
    Connectivity,
    analyze_connectivity,
    connectivity_map,
    selection_text,
    undrawn_people_text,
)
from nethealth.network.map.network_map import NetworkMap
from nethealth.presentation.formatting import pluralize
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import STRENGTH, TieRule

JOINS = ": "
"""Stands between column and value in a filter, as people read it."""
ANY_STRENGTH = "any"
ONLY, STRENGTH_FROM, KINDS, GROUPS, SINCE, UNTIL, HUBLESS = (
    *("only", "strength", "type", "group", "since", "until", "hubless"),
)
FOLDED = (STRENGTH_FROM, KINDS, GROUPS, SINCE, UNTIL, HUBLESS)
"""The choices that are used less, behind "More filters"."""


def selection_control(choices: FilterChoices) -> Selection:
    """Choose which people and ties to look at. Nothing is drawn for which there is no choice."""
    offered = dict(_by_words(choices))
    only: Sequence[str] = ()
    if offered:
        only = st.multiselect(
            "Show only", list(offered), key=ONLY, bind="query-params", placeholder="everybody", width=300
        )
    values = tuple(sorted(offered[words] for words in only))
    if not (choices.strengths or choices.kinds or choices.clusters or choices.dates or choices.has_hub):
        return Selection(values=values)
    active = sum(_is_chosen(key, choices) for key in FOLDED)
    label = f"More filters ({active} on)" if active else "More filters"
    with st.container(key="more-filters", width="content"), st.popover(label, icon=":material/tune:"):
        selection = _more(choices, values=values)
        st.button(
            "Clear all filters", on_click=clear, disabled=not selection.filter_count, icon=":material/filter_alt_off:"
        )
    return selection


def clear() -> None:
    """Take every filter away, as "Clear all filters" does."""
    empty: dict[str, object] = {STRENGTH_FROM: ANY_STRENGTH, SINCE: None, UNTIL: None, HUBLESS: False}
    empty |= {key: [] for key in (ONLY, KINDS, GROUPS)}
    for key, value in empty.items():
        if key in st.session_state:
            st.session_state[key] = value


def chosen(workbook: Workbook, *, wave: str | None, rule: TieRule, selection: Selection) -> Connectivity:
    """The part of a wave that a selection keeps; the wave itself is worked out once for all its parts."""
    return cached(analyze_connectivity)(workbook, wave=wave, rule=rule).select(selection)


def drawn(
    workbook: Workbook,
    *,
    wave: str,
    rule: TieRule,
    selection: Selection,
    color_by: str | None,
    for_staff: bool = False,
) -> NetworkMap:
    """The map of that part, with what `for_staff` adds to it; what it says in words comes with the figures."""
    connected = cached(chosen)(workbook, wave=wave, rule=rule, selection=selection)
    return connectivity_map(connected, color_by=color_by, among=workbook.people.values(), for_staff=for_staff)


def _by_words(choices: FilterChoices) -> list[tuple[str, tuple[str, str]]]:
    return [(f"{column}{JOINS}{value}", (column, value)) for column, value in choices.values]


def strength_words(strength: float) -> str:
    """`3 Exchange`: a strength with the word that the scale has for it."""
    words = STRENGTH.label(strength)
    return f"{strength:g} {words}" if words != f"{strength:g}" else words


def group_words(number: int) -> str:
    """`Group 2`, as the table names it."""
    return f"Group {number}"


def _more(choices: FilterChoices, *, values: tuple[tuple[str, str], ...]) -> Selection:
    strengths = {strength_words(strength): strength for strength in choices.strengths}
    strength: str | None = ANY_STRENGTH
    kinds: Sequence[str] = ()
    groups: Sequence[str] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    hubless = False
    if choices.has_hub:
        hubless = st.toggle("Without the hub", key=HUBLESS, bind="query-params")
    if strengths:
        strength = st.selectbox(
            "Ties from this strength on", [ANY_STRENGTH, *strengths], key=STRENGTH_FROM, bind="query-params"
        )
    if choices.kinds:
        kinds = st.multiselect("Type of tie", choices.kinds, key=KINDS, bind="query-params", placeholder="any type")
    if choices.dates:
        first, last = choices.dates
        with st.container(horizontal=True):
            since = st.date_input(
                "Ties dated from", None, min_value=first, max_value=last, key=SINCE, bind="query-params", width=150
            )
            until = st.date_input(
                "until", None, min_value=first, max_value=last, key=UNTIL, bind="query-params", width=150
            )
    if choices.clusters:
        named = {group_words(number): number for number in choices.clusters}
        groups = st.multiselect(
            "Group found", list(named), key=GROUPS, bind="query-params", placeholder="any group",
            help="People who have more ties among themselves than with others, the largest group first.",
        )  # fmt: skip
    return Selection(
        values=values,
        clusters=frozenset(number for number in choices.clusters if group_words(number) in groups),
        without_hub=hubless,
        strength_from=strengths.get(strength or ""),
        kinds=frozenset(kinds),
        since=since,
        until=until,
    )


def _is_chosen(key: str, choices: FilterChoices) -> bool:
    """Whether one of the folded choices is made, as far as that is known before it is drawn."""
    if key in st.session_state:
        return st.session_state[key] not in ([], None, False, ANY_STRENGTH)
    # At a first visit the address alone tells.
    said = st.query_params.get_all(key)
    if key in (SINCE, UNTIL):
        return any(_is_day_within(text, choices.dates) for text in said)
    known = {
        STRENGTH_FROM: {strength_words(strength) for strength in choices.strengths},
        KINDS: set(choices.kinds),
        GROUPS: {group_words(number) for number in choices.clusters},
        HUBLESS: {"true"} if choices.has_hub else set(),
    }
    return not known[key].isdisjoint(said)


def _is_day_within(text: str, dates: tuple[dt.date, dt.date] | None) -> bool:
    try:
        return dates is not None and dates[0] <= dt.date.fromisoformat(text) <= dates[1]
    except ValueError:
        return False


def say_of_whom(connected: Connectivity) -> None:
    """Above figures that are of a part: of whom."""
    if connected.is_filtered and not connected.network.is_empty:
        st.caption(f"Of the {pluralize(connected.metrics.members, 'person', 'people')} chosen")


def say_what_is_shown(connected: Connectivity) -> None:
    """Beneath the map: who is not drawn, and of a part how much of the whole it is, and of whom the figures are."""
    left_off = undrawn_people_text(connected)
    if not connected.is_filtered:
        if left_off:
            st.caption(left_off)
        return
    said = selection_text(connected.shown_counts)
    if not connected.shown_counts.people:
        said += " Nobody fits all of these filters together: take one away."
    elif not connected.shown_counts.ties:
        said += " No tie among them fits these filters."
    else:
        said += " The figures are of these, save where it says otherwise."
    if connected.selection.since or connected.selection.until:
        said += " Only what became of ties from wave to wave is told for all dates."
    st.caption(f"{said} {left_off}".rstrip())
