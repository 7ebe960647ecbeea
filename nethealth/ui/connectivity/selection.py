"""Filters: which people and connections to look at.

Every choice is part of the page's address, so that a link repeats it. Values not in the workbook are ignored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth.network.connectivity import Connectivity, selection_text
from nethealth.network.selection import FilterChoices, Selection
from nethealth.network.tables.connectivity import hidden_values_text, map_caption
from nethealth.presentation.formatting import pluralize
from nethealth.workbook.schema.vocabulary import STRENGTH

SEPARATOR = ": "
"""Between column and value in a filter's label."""
ANY_STRENGTH = "any"
ONLY, STRENGTH_FROM, KINDS, GROUPS, SINCE, UNTIL, HUBLESS = (
    *("only", "strength", "type", "group", "since", "until", "hubless"),
)
FOLDED_KEYS = (STRENGTH_FROM, KINDS, GROUPS, SINCE, UNTIL, HUBLESS)
"""The filters behind "More filters"."""


def selection_control(choices: FilterChoices) -> Selection:
    """Show the filters for which the workbook has values, and return what is chosen."""
    options = dict(_value_options(choices))
    only: Sequence[str] = ()
    if options:
        only = st.multiselect(
            "Show only", list(options), key=ONLY, bind="query-params", placeholder="everyone", width=300
        )
    values = tuple(sorted(options[label] for label in only))
    if not (choices.strengths or choices.kinds or choices.clusters or choices.dates or choices.has_hub):
        return Selection(values=values)
    active = sum(_is_chosen(key, choices) for key in FOLDED_KEYS)
    label = f"More filters ({active} on)" if active else "More filters"
    with st.container(key="more-filters", width="content"), st.popover(label, icon=":material/tune:"):
        selection = _more_filters(choices, values=values)
        st.button(
            "Clear all filters", on_click=clear, disabled=not selection.filter_count, icon=":material/filter_alt_off:"
        )
    return selection


def clear() -> None:
    """Remove every filter."""
    empty: dict[str, object] = {STRENGTH_FROM: ANY_STRENGTH, SINCE: None, UNTIL: None, HUBLESS: False}
    empty |= {key: [] for key in (ONLY, KINDS, GROUPS)}
    for key, value in empty.items():
        if key in st.session_state:
            st.session_state[key] = value


def _value_options(choices: FilterChoices) -> list[tuple[str, tuple[str, str]]]:
    return [(f"{column}{SEPARATOR}{value}", (column, value)) for column, value in choices.values]


def strength_label(strength: float) -> str:
    """Return `3 Exchange`: a strength and its label on the scale."""
    label = STRENGTH.label(strength)
    return f"{strength:g} {label}" if label != f"{strength:g}" else label


def cluster_label(number: int) -> str:
    """Return `Cluster 2`, as the table names it."""
    return f"Cluster {number}"


def _more_filters(choices: FilterChoices, *, values: tuple[tuple[str, str], ...]) -> Selection:
    strengths = {strength_label(strength): strength for strength in choices.strengths}
    strength: str | None = ANY_STRENGTH
    kinds: Sequence[str] = ()
    groups: Sequence[str] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    hubless = False
    if choices.has_hub:
        hubless = st.toggle("Without the hub", key=HUBLESS, bind="query-params")
    if strengths:
        strength = st.selectbox("Minimum strength", [ANY_STRENGTH, *strengths], key=STRENGTH_FROM, bind="query-params")
    if choices.kinds:
        kinds = st.multiselect("Connection type", choices.kinds, key=KINDS, bind="query-params", placeholder="any type")
    if choices.dates:
        first, last = choices.dates
        with st.container(horizontal=True):
            since = st.date_input(
                "Dated from", None, min_value=first, max_value=last, key=SINCE, bind="query-params", width=150
            )
            until = st.date_input(
                "to", None, min_value=first, max_value=last, key=UNTIL, bind="query-params", width=150
            )
    if choices.clusters:
        named = {cluster_label(number): number for number in choices.clusters}
        groups = st.multiselect(
            "Cluster", list(named), key=GROUPS, bind="query-params", placeholder="any cluster",
            help="People in a cluster are connected more with each other than with others. Cluster 1 is the largest.",
        )  # fmt: skip
    return Selection(
        values=values,
        clusters=frozenset(number for number in choices.clusters if cluster_label(number) in groups),
        without_hub=hubless,
        strength_from=strengths.get(strength or ""),
        kinds=frozenset(kinds),
        since=since,
        until=until,
    )


def _is_chosen(key: str, choices: FilterChoices) -> bool:
    """True if a folded filter is set, as far as we know before it is drawn."""
    if key in st.session_state:
        return st.session_state[key] not in ([], None, False, ANY_STRENGTH)
    # On a first visit only the address knows.
    values = st.query_params.get_all(key)
    if key in (SINCE, UNTIL):
        return any(_is_day_within(text, choices.dates) for text in values)
    known = {
        STRENGTH_FROM: {strength_label(strength) for strength in choices.strengths},
        KINDS: set(choices.kinds),
        GROUPS: {cluster_label(number) for number in choices.clusters},
        HUBLESS: {"true"} if choices.has_hub else set(),
    }
    return not known[key].isdisjoint(values)


def _is_day_within(text: str, dates: tuple[dt.date, dt.date] | None) -> bool:
    try:
        return dates is not None and dates[0] <= dt.date.fromisoformat(text) <= dates[1]
    except ValueError:
        return False


def show_selection_caption(connected: Connectivity) -> None:
    """Say above the numbers how many people they cover, if filters apply."""
    if connected.is_filtered and not connected.network.is_empty:
        st.caption(f"For the {pluralize(connected.metrics.members, 'person', 'people')} selected")


def show_map_caption(connected: Connectivity, *, limits: str) -> None:
    """Say below the map how many people and connections it shows, and who is not drawn.

    `limits` says what a very large map leaves out.
    """
    sentences = []
    if connected.is_filtered:
        sentences.append(selection_text(connected.shown_counts))
        if not connected.shown_counts.people:
            sentences.append("No one matches all these filters. Try removing one.")
        elif not connected.shown_counts.ties:
            sentences.append("None of their connections match these filters.")
        else:
            sentences.append("Unless noted, metrics cover only these.")
        if connected.selection.since or connected.selection.until:
            sentences.append("Changes from wave to wave include all dates.")
    texts = (limits, map_caption(connected), hidden_values_text(connected))
    sentences += [text for text in texts if text]
    if sentences:
        st.caption(" ".join(sentences))
