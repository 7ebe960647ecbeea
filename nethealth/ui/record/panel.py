"""A form in a panel over the page: its fields keep what someone typed until it's saved.

That holds when they close the panel, look at another page, or a newer reading arrives, and when saving fails. The panel
is a container with styles, because Streamlit closes and opens a dialog in each run of the page, and so drops what
someone is typing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from nethealth.network.introductions.cards import person_labels
from nethealth.presentation.formatting import escape_html
from nethealth.ui import recording, session
from nethealth.workbook.name_lists.person_cells import people_to_record
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import PersonKey

STYLE: Final = """<style>
.stVerticalBlock[class*="st-key-panel-"]:not([class*="st-key-panel-title-"]) { position: fixed; inset: 0 0 0 auto;
  width: min(31rem, 100vw); max-width: none; z-index: 999995; padding: 1.1rem 1.5rem 2rem; overflow-y: auto;
  overscroll-behavior: contain; background: var(--nh-paper); border-left: 1px solid var(--nh-grid);
  box-shadow: 0 0 2.5rem rgb(0 0 0 / 25%); }
[class*="st-key-panel-"] > * { flex: none; }
.stHorizontalBlock > :has(> [class*="st-key-saved-"]) { flex-basis: 100%; order: 1; }
[class*="st-key-panel-title-"] { flex-wrap: nowrap; }
[class*="st-key-panel-title-"] h2 { padding: 0; }
[class*="st-key-panel-title-"] > :first-child { flex: 1; }
[class*="st-key-panel-title-"] button { min-width: 44px; min-height: 44px; }
@media (max-width: 640px) {
  .stVerticalBlock[class*="st-key-panel-"]:not([class*="st-key-panel-title-"]) { padding: 0.75rem 1rem 2rem; }
  [class*="st-key-panel-"] :is([data-testid="stSelectbox"], [data-testid="stTextInput"], [data-testid="stDateInput"])
    :is(input, [role="group"]) { min-height: 44px; }
}
</style>"""

_ACTED_KEY: Final = "_panel_acted"
"""In the session's state: the form that someone saved last, which says what became of it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A form by its name, which begins the keys of its fields, and what its button and heading say."""

    name: str
    title: str
    icon: str

    def key(self, field: str) -> str:
        """Return the key of a field. After saving, a form has fields of its own."""
        return f"{self.name}-{self._times_saved}-{field}"

    def value(self, field: str) -> object:
        """Return what a field holds."""
        return st.session_state.get(self.key(field))

    def text(self, field: str) -> str:
        """Return what a field holds, as text without spaces around it."""
        return str(self.value(field) or "").strip()

    def day(self, field: str) -> dt.date | None:
        """Return the day that a field holds; None if it is empty."""
        value = self.value(field)
        return value if isinstance(value, dt.date) else None

    def show(self, show_fields: Callable[[], None]) -> None:
        """Show the button that opens the form, what became of the last one, and the form if it is open.

        Shows nothing to people who may not record.
        """
        if not (session.is_staff() and recording.can_record()):
            return
        st.html(STYLE)
        st.button(self.title, icon=self.icon, key=f"open-{self.name}", on_click=self._open)
        if self._is_open:
            with st.container(key=f"panel-{self.name}"):
                st.fragment(self._show_open)(show_fields, session.current_reading().version)
        elif st.session_state.get(_ACTED_KEY) == self.name:
            recording.show_saved(key=f"saved-{self.name}")

    def save_button(self, save: Callable[[], None]) -> None:
        """Show the button that saves the form by calling `save`, which calls `ask` or `record`."""
        st.button(
            "Save", type="primary", icon=":material/check:", key=f"save-{self.name}", on_click=save, width="stretch"
        )

    def ask(self, problem: str) -> None:
        """Say in the form what is missing; empty for nothing."""
        st.session_state[f"_{self.name}_problem"] = problem

    def record(self, tab: str, cells: Mapping[str, RawCell], *, what: str) -> None:
        """Add a row to a tab and close the form. If that fails, the form stays as it is and says why."""
        self._finish(recording.record([recording.entry(tab, cells)], what=what))

    def change(
        self, tab: str, row: str, cells: Mapping[str, RawCell], *, what: str, day: dt.date | None = None
    ) -> None:
        """Change fields of a row on a day (today if None), otherwise like `record`."""
        self._finish(recording.change(tab, row, cells, day=day, what=what))

    def change_at_once(self, tab: str, row: str, cells: Mapping[str, RawCell], *, what: str) -> None:
        """Change fields of a row with one tap, without the form."""
        st.session_state[_ACTED_KEY] = self.name
        recording.change(tab, row, cells, what=what)

    def _finish(self, is_saved: bool) -> None:
        self.ask("")
        st.session_state[_ACTED_KEY] = self.name
        if is_saved:
            st.session_state[f"_{self.name}_times_saved"] = self._times_saved + 1
            self._close()
        st.session_state[f"_{self.name}_failed"] = not is_saved

    def _show_open(self, show_fields: Callable[[], None], version: tuple[str, ...]) -> None:
        """Show the form. Run the whole page if the form was closed, or the page behind it shows an older version."""
        session.rerun_if_role_changed()
        if not self._is_open or session.current_reading().version != version:
            st.rerun(scope="app")
        with st.container(key=f"panel-title-{self.name}", horizontal=True, vertical_alignment="center"):
            st.header(self.title, anchor=False)
            st.button(
                "",
                icon=":material/close:",
                help="Close and keep what you typed",
                key=f"close-{self.name}",
                type="tertiary",
                on_click=self._close,
            )
        if problem := st.session_state.get(f"_{self.name}_problem"):
            st.html(f'<div class="nh-band" role="alert"><p>{escape_html(problem)}</p></div>')
        elif st.session_state.get(f"_{self.name}_failed"):
            recording.show_saved(key=f"failed-{self.name}")
        show_fields()

    @property
    def _times_saved(self) -> int:
        return int(st.session_state.get(f"_{self.name}_times_saved", 0))

    @property
    def _is_open(self) -> bool:
        return bool(st.session_state.get(f"_{self.name}_open"))

    def _open(self) -> None:
        st.session_state[f"_{self.name}_open"] = True
        st.session_state[f"_{self.name}_failed"] = False
        self.ask("")

    def _close(self) -> None:
        st.session_state[f"_{self.name}_open"] = False


def person_names() -> dict[PersonKey, str]:
    """Return how to call everyone whom a row can be about, for choices."""
    return person_labels(people_to_record(session.current_workbook()), reserved=())


def person_field(panel: Panel, field: str, label: str, names: Mapping[PersonKey, str]) -> None:
    """Let someone choose a person by typing a part of the name."""
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=partial(_name_of, names),
        key=panel.key(field),
        placeholder="Type a name",
        persist_state="session",
    )


def people_field(panel: Panel, field: str, label: str, names: Mapping[PersonKey, str]) -> None:
    """Let someone choose several people by typing a part of each name."""
    st.multiselect(
        label,
        list(names),
        format_func=partial(_name_of, names),
        key=panel.key(field),
        placeholder="Type a name",
        select_all=False,
        persist_state="session",
    )


def _name_of(names: Mapping[PersonKey, str], key: PersonKey) -> str:
    return names.get(key, "")
