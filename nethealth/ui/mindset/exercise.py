"""The mindset exercise: seven pairs between two statements of equal weight, what rises to the top, what it means.

Whatever a person places, chooses or writes stays in their session, also when they look at another page, and is stored
nowhere else.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from nethealth.mindset.charts import STEP_WORDS
from nethealth.mindset.metrics import QUESTIONS, OwnReflection
from nethealth.mindset.reflection_page import reflection_page, reflection_text
from nethealth.presentation.formatting import escape_html
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Pair

ONE, ALL = "One at a time", "All seven"
PLACED = "mindset-placed"
"""In the session: the pairs that the person has placed, by column. A slider left alone says nothing."""
STEP = "mindset-step"
VIEW = "mindset-view"
MIDDLE = 3
MOST = 3
LONGEST = 4_000
STEPS = range(1, 6)
STYLE = """<style>
.nh-poles { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: end; margin-top: 0.75rem; }
.nh-poles p { margin: 0; font-family: var(--nh-title-font); font-size: 1.3rem; line-height: 1.25; text-wrap: balance; }
.nh-poles p + p { text-align: right; }
/* The track is the same on both sides of the handle: a filled side would weigh more than the other. */
.st-key-mindset-pairs [data-testid="stSlider"] [role="group"] > div > div:first-child { background:
  linear-gradient(90deg, transparent calc(100% - 2px), var(--nh-ink) 0),
  repeating-linear-gradient(90deg, var(--nh-ink) 0 2px, var(--nh-quiet) 2px 25%) !important; }
.st-key-mindset-pairs [data-testid="stSliderTickBar"] { visibility: hidden; }
</style>"""


def place_the_pairs() -> tuple[int | None, ...]:
    """The seven pairs, one at a time or all at once; returns each position (1 to 5), None where not placed yet."""
    st.session_state.setdefault(PLACED, set())
    view = st.segmented_control(
        "Show the pairs", [ONE, ALL], default=ONE, required=True, key=VIEW, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    with st.container(key="mindset-pairs"):
        st.html(STYLE)
        if view == ALL:
            _all_seven()
        else:
            _one_at_a_time()
    return tuple(int(st.session_state.get(_key(pair), MIDDLE)) if pair.column in _placed() else None for pair in PAIRS)


def _all_seven() -> None:
    for pair in PAIRS:
        _slider(pair)
    left = [pair for pair in PAIRS if pair.column not in _placed()]
    if left and len(left) < len(PAIRS):
        words = f"Place the other {len(left)} in between" if len(left) > 1 else "Place the other one in between"
        st.button(words, key="mindset-rest", on_click=_place, args=tuple(pair.column for pair in left))


def _one_at_a_time() -> None:
    step = min(int(st.session_state.get(STEP, 0)), len(PAIRS) - 1)
    pair = PAIRS[step]
    st.html(f'<p class="nh-quiet">Pair {step + 1} of {len(PAIRS)}</p>')
    _slider(pair)
    with st.container(horizontal=True):
        st.button("Back", key="mindset-back", disabled=step == 0, on_click=_go, args=(step - 1,))
        is_last = step == len(PAIRS) - 1
        if is_last and pair.column in _placed():
            st.html('<p class="nh-quiet">That was the last pair. The seven stand together below.</p>')
            return
        st.button(
            "Done" if is_last else "Next",
            key="mindset-next",
            type="primary",
            on_click=_go,
            args=(step + 1, pair.column),
        )


def _slider(pair: Pair) -> None:
    st.html(
        f'<div class="nh-poles"><p>{escape_html(pair.hierarchical)}</p><p>{escape_html(pair.network)}</p></div>',
    )
    st.select_slider(
        f"Where you see your organization, from “{pair.hierarchical}” to “{pair.network}”",
        options=list(STEPS),
        value=MIDDLE,
        format_func=lambda step: STEP_WORDS[step - 1].capitalize(),
        key=_key(pair),
        label_visibility="collapsed",
        on_change=_place,
        args=(pair.column,),
        persist_state="session",
    )


def choose_what_rises() -> tuple[str, ...]:
    """Up to three of the fourteen characteristics."""
    chosen = st.multiselect(
        "Up to three that you see most in your organization today",
        CHARACTERISTICS,
        max_selections=MOST,
        key="mindset-top",
        placeholder="Choose from the fourteen",
        persist_state="session",
    )
    return tuple(chosen)


def write_thoughts() -> tuple[tuple[str, str], ...]:
    """The questions on what it means for the mission, each with what the person writes to it."""
    return tuple((question, _thought(place, question)) for place, question in enumerate(QUESTIONS))


def _thought(place: int, question: str) -> str:
    return st.text_area(question, key=f"mindset-thought-{place}", max_chars=LONGEST, persist_state="session") or ""


def keep(own: OwnReflection, *, network_name: str, day: dt.date) -> None:
    """Offer the reflection as a page to print and as plain text; kept nowhere here.

    The files are made only once the menu is open, in the run that also brings the words of the field just left.
    """
    told: dict[str, Any] = {"network_name": network_name, "day": day}
    opened = st.popover("Keep it, or print it", icon=":material/print:", key="mindset-keeping", on_change="rerun")
    if not opened.open:
        return
    with opened:
        if own.is_empty:
            st.write("There is nothing to keep yet: place a pair, choose what rises, or write a line.")
            return
        st.download_button(
            "A page to print",
            data=reflection_page(own, **told).encode(),
            file_name=f"mindset-reflection-{day:%Y-%m-%d}.html",
            mime="text/html",
            key="mindset-keep",
            on_click="ignore",
            type="tertiary",
        )
        st.download_button(
            "Plain text",
            data=reflection_text(own, **told).encode(),
            file_name=f"mindset-reflection-{day:%Y-%m-%d}.txt",
            mime="text/plain",
            key="mindset-keep-text",
            on_click="ignore",
            type="tertiary",
        )


def sees_all_pairs() -> bool:
    """Whether the person has all seven pairs before them."""
    return bool(st.session_state.get(VIEW) == ALL)


def _placed() -> set[str]:
    found: set[str] = st.session_state[PLACED]
    return found


def _place(*columns: str) -> None:
    st.session_state[PLACED] = {*st.session_state.get(PLACED, ()), *columns}


def _go(step: int, *placed: str) -> None:
    """Move to a pair; the one that is left forwards counts as placed where it stands."""
    _place(*placed)
    st.session_state[STEP] = max(0, min(step, len(PAIRS) - 1))


def _key(pair: Pair) -> str:
    return f"mindset-{pair.column.lower()}"
