"""The mindset exercise: seven pairs of statements of equal weight, what rises to the top, and what it means.

What a person places, chooses, or writes stays in their visit, even if they look at another page, and is never stored.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth.mindset.charts import STEP_LABELS, own_profile, own_profile_text
from nethealth.mindset.metrics import QUESTIONS, OwnReflection
from nethealth.mindset.reflection_page import pairs_html, reflection_page, reflection_text
from nethealth.presentation.formatting import escape_html, format_date
from nethealth.ui.chart_pictures import offer_charts
from nethealth.ui.components import chart
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Pair

ONE, ALL = "One at a time", "All seven"
PLACED = "mindset-placed"
"""Session key: the columns of the pairs the person has placed. An untouched slider doesn't count."""
STEP = "mindset-step"
VIEW = "mindset-view"
MIDDLE = 3
MAX_CHARACTERISTICS = 3
MAX_CHARACTERS = 4_000
STEPS = range(1, 6)
STYLE = """<style>
.nh-poles { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; align-items: end; margin-top: 0.75rem; }
.nh-poles p { margin: 0; font-family: var(--nh-title-font); font-size: 1.3rem; line-height: 1.25; text-wrap: balance; }
.nh-poles p + p { text-align: right; }
/* The track looks the same on both sides of the handle: a filled side would weigh more than the other. */
.st-key-mindset-pairs [data-testid="stSlider"] [role="group"] > div > div:first-child { background:
  linear-gradient(90deg, transparent calc(100% - 2px), var(--nh-ink) 0),
  repeating-linear-gradient(90deg, var(--nh-ink) 0 2px, var(--nh-faint) 2px 25%) !important; }
.st-key-mindset-pairs [data-testid="stSliderTickBar"] { visibility: hidden; }
.nh-sheet td + td { text-align: center; letter-spacing: 0.45em; }
.nh-sheet td:last-child { text-align: right; letter-spacing: 0; }
.nh-sheet ul { columns: 2; list-style: none; padding: 0 !important; margin: 0 !important; }
@media print {
  .st-key-mindset-pairs { display: none; }
  .stTextArea textarea:placeholder-shown { min-height: 3.2rem; }
}
</style>"""


def place_pairs() -> tuple[int | None, ...]:
    """Show the seven pairs, one at a time or all at once; return each position (1 to 5), None if not placed yet.

    Paper has all seven, to fill in by hand where nothing is placed.
    """
    st.session_state.setdefault(PLACED, set())
    view = st.segmented_control(
        "Show the pairs", [ONE, ALL], default=ONE, required=True, key=VIEW, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    with st.container(key="mindset-pairs"):
        st.html(STYLE)
        if view == ALL:
            _show_all()
        else:
            _show_one()
    positions = tuple(
        int(st.session_state.get(_key(pair), MIDDLE)) if pair.column in _placed() else None for pair in PAIRS
    )
    st.html(f'<div class="nh-table nh-sheet nh-printed">{pairs_html(positions)}</div>')
    if any(positions):
        with st.expander("All seven together", expanded=all(positions) and view != ALL):
            chart(own_profile(positions), alt=own_profile_text(positions), key="own-profile")
    return positions


def _show_all() -> None:
    for pair in PAIRS:
        _slider(pair)
    rest = [pair for pair in PAIRS if pair.column not in _placed()]
    if rest and len(rest) < len(PAIRS):
        label = f"Set the other {len(rest)} to the middle" if len(rest) > 1 else "Set the other one to the middle"
        st.button(label, key="mindset-rest", on_click=_place, args=tuple(pair.column for pair in rest))


def _show_one() -> None:
    step = min(int(st.session_state.get(STEP, 0)), len(PAIRS) - 1)
    pair = PAIRS[step]
    st.html(f'<p class="nh-quiet">Pair {step + 1} of {len(PAIRS)}</p>')
    _slider(pair)
    with st.container(horizontal=True):
        st.button("Back", key="mindset-back", disabled=step == 0, on_click=_go, args=(step - 1,))
        is_last = step == len(PAIRS) - 1
        if is_last and pair.column in _placed():
            st.html('<p class="nh-quiet">That’s all seven. See them together below.</p>')
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
        format_func=lambda step: STEP_LABELS[step - 1].capitalize(),
        key=_key(pair),
        label_visibility="collapsed",
        on_change=_place,
        args=(pair.column,),
        persist_state="session",
    )


def choose_characteristics() -> tuple[str, ...]:
    """Let the person choose up to three of the fourteen characteristics."""
    chosen = st.multiselect(
        "Choose up to three that you see most in your organization today",
        CHARACTERISTICS,
        max_selections=MAX_CHARACTERISTICS,
        key="mindset-top",
        placeholder="Choose from 14 characteristics",
        persist_state="session",
    )
    ticked = "".join(f"<li>{'●' if each in chosen else '○'} {escape_html(each)}</li>" for each in CHARACTERISTICS)
    st.html(f'<div class="nh-sheet nh-printed"><ul>{ticked}</ul></div>')
    return tuple(chosen)


def write_thoughts() -> tuple[tuple[str, str], ...]:
    """Ask what the characteristics mean for the mission; return each question with its answer."""
    return tuple((question, _thought(number, question)) for number, question in enumerate(QUESTIONS))


def _thought(number: int, question: str) -> str:
    text = st.text_area(question, key=f"mindset-thought-{number}", max_chars=MAX_CHARACTERS, persist_state="session")
    return text or ""


def offer_files(own: OwnReflection, *, network_name: str, day: dt.date) -> None:
    """Offer the reflection as a printable page and as plain text.

    The files are made when the menu opens, in the run that also has the text of the field the person just left.
    """
    menu = st.popover("Save or print", icon=":material/print:", key="mindset-keeping", on_change="rerun")
    if not menu.open:
        return
    with menu:
        if own.is_empty:
            st.write("Nothing to save yet. Place a pair, choose a characteristic, or write a line.")
            return
        for label, make, ending, mime, key in (
            ("Printable page", reflection_page, "html", "text/html", "mindset-keep"),
            ("Plain text", reflection_text, "txt", "text/plain", "mindset-keep-text"),
        ):
            st.download_button(
                label,
                data=make(own, network_name=network_name, day=day).encode(),
                file_name=f"mindset-reflection-{day:%Y-%m-%d}.{ending}",
                mime=mime,
                key=key,
                on_click="ignore",
                type="tertiary",
            )
        if any(own.positions):
            offer_charts(source=f"My mindset reflection, {format_date(day)}.", key="mindset-pictures")


def _placed() -> set[str]:
    columns: set[str] = st.session_state[PLACED]
    return columns


def _place(*columns: str) -> None:
    st.session_state[PLACED] = {*st.session_state.get(PLACED, ()), *columns}


def _go(step: int, *placed: str) -> None:
    """Go to a pair; going forward places the current pair where its slider is."""
    _place(*placed)
    st.session_state[STEP] = max(0, min(step, len(PAIRS) - 1))


def _key(pair: Pair) -> str:
    return f"mindset-{pair.column.lower()}"
