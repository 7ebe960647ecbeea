"""The Overview page's parts: few elements and no chart library, so that a full room gets the page at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth.cache import cached
from nethealth.history.keeping import numbers_on
from nethealth.overview.cards import DomainCard, EmptyCard, with_empty_cards
from nethealth.overview.facts import gather_facts
from nethealth.overview.movements import UNCHANGED, YEAR, Earlier, Movement
from nethealth.overview.next_steps import MissingData, NextStep
from nethealth.overview.verdict import ToWatch, Verdict
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.presentation.sparkline import image_source, sparkline
from nethealth.ui import network_workbook, session
from nethealth.ui.routes import link
from nethealth.ui.tables import downloads
from nethealth.workbook.records import Workbook

MISSING_SHOWN = 3
"""Places to start that are shown at once; the rest are folded."""

SHORT_PURPOSE = 9
"""Up to this many words of the shared purpose are shown at once; a longer one is folded."""

LEFT_OUT_FOR_VIEWERS = (
    "Connections leave out people who asked not to appear, so these numbers can differ from what staff see."
)

facts = cached(gather_facts)
"""The numbers behind the page, gathered once for everyone who looks at the same reading."""


def numbers_a_year_ago(day: dt.date) -> Earlier | None:
    """Return the numbers that were kept a year before a day or earlier, and their day; None without any. For staff."""
    if not session.is_staff():
        return None
    key = session.current_reading().key
    snapshot = numbers_on(key, day - YEAR, open_history=network_workbook.history)
    return None if snapshot is None else (snapshot.day, snapshot.numbers)


def show_purpose(text: str) -> None:
    """Show the network's shared purpose from its Settings tab, folded if it is long."""
    purpose = f"“{escape_html(text, longest=400)}”"
    if len(text.split()) <= SHORT_PURPOSE:
        st.html(f'<p class="nh-purpose">{purpose}</p>')
    else:
        st.html(f'<details class="nh-purpose"><summary>Our purpose</summary><p>{purpose}</p></details>')


def show_verdict(verdict: Verdict) -> None:
    """Show whether the network is healthier than before, on what evidence, how sure, and what worries."""
    st.html(
        f'<div class="nh-verdict"><h2>{escape_html(verdict.headline)}</h2><p>{escape_html(verdict.evidence)}</p></div>'
    )


def show_changes(changes: Sequence[Movement]) -> None:
    """Show what changed most, each with its interval and a link to the page that shows more."""
    for column, change in zip(st.columns(max(3, len(changes)), gap="medium"), changes, strict=False):
        with column.container(key=f"change-{change.page}-{len(change.name)}", gap=None):
            link(change.page, f"**{escape_markdown(change.title)}**")
            sure = ", ".join(_how_sure(change, with_direction=False))
            st.html(
                f'<p class="nh-moved"><b>{escape_html(change.figure)}</b> {escape_html(change.when)}</p>'
                f'<p class="nh-quiet">{escape_html(sure)}</p>'
            )


def left_out_text(workbook: Workbook) -> str:
    """Return why viewers' numbers can differ from those of staff; empty for staff, or if they don't."""
    is_complete = session.is_staff() or all(person.on_map for person in workbook.people.values())
    return "" if is_complete else LEFT_OUT_FOR_VIEWERS


def show_how_we_know(verdict: Verdict, *, notes: Sequence[str]) -> None:
    """Show how we decide what is clear, notes on the data, and every change in full: folded."""
    items = "".join(
        f"<li>{escape_html(f'{each.name} {each.change}')} "
        f"<small>({escape_html(', '.join(_how_sure(each, with_direction=True)))})</small></li>"
        for each in (*verdict.changes, *verdict.others)
    )
    more = "".join(f"<p>{escape_html(note)}</p>" for note in notes if note)
    st.html(
        '<details class="nh-how"><summary>How we know</summary><p>We compare each number with the wave, survey, or '
        "year before. Other people might have answered differently, so we show the range that a change is likely in "
        "(its 95% interval). A change is clear if that whole range is on one side of zero, and would be if everyone "
        "had answered. We count members, people who left, and activities, so they have no range. For them, a change "
        "is clear if it’s bigger than the usual ups and downs (an exact test).</p>"
        f"{more}<p>Every change we found:</p><ul>{items}</ul></details>"
    )


def _how_sure(change: Movement, *, with_direction: bool) -> list[str]:
    has_direction = with_direction and not change.figure.startswith(UNCHANGED)
    direction = ("better" if change.is_better else "worse") if has_direction else ""
    interval = f"likely {change.interval}" if change.interval else ""
    return [part for part in (direction, interval, change.caveat) if part]


def show_things_to_watch(things: Sequence[ToWatch]) -> None:
    """Show what else to watch, each with a link."""
    for thing in things:
        link(thing.page, escape_markdown(thing.text), icon=":material/visibility:")


def show_cards(cards: Sequence[DomainCard]) -> None:
    """Show the domains in a grid, two per row, each headed by a link to its page."""
    every_domain = with_empty_cards(cards)
    for first in range(0, len(every_domain), 2):
        for column, card in zip(st.columns(2, gap="small"), every_domain[first : first + 2], strict=False):
            kind = "card" if isinstance(card, DomainCard) else "blank"
            with column.container(border=True, height="stretch", gap="xsmall", key=f"{kind}-{card.page}"):
                link(card.page, f"**{card.domain}**")
                st.html(_card_html(card) if isinstance(card, DomainCard) else _empty_card_html(card))
    if any(card.trend_label for card in cards):
        downloads({}, name="overview", charts_show="")


def _card_html(card: DomainCard) -> str:
    picture = sparkline(card.trend, from_zero=True)
    trend = ""
    if picture:
        scale = escape_html(card.trend_label)
        alt = f"Line chart from zero: {escape_html(card.value_label)}, {scale}"
        image = f'<img src="{image_source(picture)}" alt="{alt}">'
        trend = f'<figure class="nh-trend">{image}<figcaption>{scale}</figcaption></figure>'
    note = f"<small>{escape_html(card.note)}</small>" if card.note else ""
    details = "".join(f"<li><b>{escape_html(value)}</b> {escape_html(label)}</li>" for label, value in card.details)
    more = (
        f'<details><summary aria-label="More on {escape_html(card.domain)}">More</summary><ul>{details}</ul></details>'
    )
    return (
        f'<div class="nh-card" data-title="{escape_html(card.domain)}"><p class="nh-sentence">'
        f'{escape_html(card.finding)}</p><p class="nh-large">'
        f"{escape_html(card.value)}<small>{escape_html(card.value_label)}</small>{note}</p>{trend}"
        f"{more if details else ''}</div>"
    )


def _empty_card_html(card: EmptyCard) -> str:
    return f'<p class="nh-quiet">{escape_html(card.question)} We have no data on this yet.</p>'


def show_next_steps(steps: Sequence[NextStep]) -> None:
    """Show what to do next, each step with its reason and a link to the page that shows more."""
    st.header("Next steps" if session.is_staff() else "Next steps for staff", anchor=False)
    if not steps:
        st.html('<p class="nh-quiet">No action needed.</p>')
        return
    for column, step in zip(st.columns(max(3, len(steps)), gap="medium"), steps, strict=False):
        with column.container(key=f"step-{step.page}-{step.action[:12]}", gap=None):
            link(step.page, f"**{escape_markdown(step.action)}**", icon=":material/arrow_forward:", query=step.query)
            st.html(f'<p class="nh-why">{escape_html(step.reason)}</p>')


def show_missing_data(missing: Sequence[MissingData]) -> None:
    """Show what the workbook can't answer yet and how to start: the easiest few, the others folded."""
    _list_missing(missing[:MISSING_SHOWN])
    if len(missing) > MISSING_SHOWN:
        with st.expander(f"{pluralize(len(missing) - MISSING_SHOWN, 'more question')} you could answer later"):
            _list_missing(missing[MISSING_SHOWN:])
    link("data", "Get the template", icon=":material/download:")


def _list_missing(missing: Sequence[MissingData]) -> None:
    items = "".join(
        f"<dt>{escape_html(each.question)}</dt>"
        f"<dd><b>{escape_html(each.tab)} tab:</b> {escape_html(each.how_to_start)}</dd>"
        for each in missing
    )
    st.html(f'<dl class="nh-prose nh-beginnings">{items}</dl>')
