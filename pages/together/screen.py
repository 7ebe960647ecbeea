"""The screen of a session, for a projector. For staff; it isn't in the navigation."""

import streamlit as st

from nethealth.errors import JournalError
from nethealth.presentation.formatting import escape_html
from nethealth.ui.live.screen import show_screen
from nethealth.ui.live.view import load_view, rerun_on_change
from nethealth.ui.routes import link

try:
    view = load_view(st.query_params.get("session", ""))
except JournalError as error:
    st.title("Screen", anchor=False)
    st.html(
        f'<div class="nh-band" role="alert"><p>{escape_html(error.message)}</p><p>{escape_html(error.remedy)}</p></div>'
    )
    st.stop()
if view is None:
    st.title("Screen", anchor=False)
    st.write("This session isn’t there anymore. Start one, then open its screen.")
    link("sessions", "Sessions", icon=":material/co_present:")
    st.stop()
rerun_on_change(view, is_moving=show_screen(view))
