"""Sessions: start a session at a convening, control it from any device, and go back to earlier ones. For staff."""

import streamlit as st

from nethealth.errors import JournalError
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import recording
from nethealth.ui.components import page_title
from nethealth.ui.live import acts, control, listing, starting
from nethealth.ui.live.pulse_pictures import show_earlier_pulses
from nethealth.ui.live.view import live_sessions, load_view, rerun_on_change
from nethealth.ui.session import current_workbook


def back() -> None:
    del st.query_params["session"]


try:
    asked = st.query_params.get("session")
    view = load_view(asked) if asked else None
    if view is not None:
        st.button("All sessions", icon=":material/arrow_back:", type="tertiary", on_click=back)
        st.title(escape_markdown(view.session.name), anchor=False)
        acts.show_failure()
        control.show_control(view)
        rerun_on_change(view)
        st.stop()

    page_title("Sessions", "What does the room think?")
    acts.show_failure()
    if asked:
        st.html('<div class="nh-band" role="status"><p>This session isn’t there anymore.</p></div>')
    key = recording.workbook_key()
    if key is None:
        st.write("The sample is shared here, so it can’t have sessions. Connect your own workbook first.")
        st.stop()
    sessions = live_sessions().sessions(key)
except JournalError as error:
    page_title("Sessions", "What does the room think?")
    st.html(
        f'<div class="nh-band" role="alert"><p>{escape_html(error.message)}</p><p>{escape_html(error.remedy)}</p></div>'
    )
    st.stop()

st.html(starting.STYLE)
listing.show_open(sessions)
starting.show_cards(sessions)
listing.show_earlier(sessions)
show_earlier_pulses(current_workbook())
