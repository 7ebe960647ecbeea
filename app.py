"""Serve the dashboard. `streamlit run` imports this file to find the app, and then runs it for each visitor."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from nethealth.ui.server import layers, phones, startup

    app = st.App(
        __file__,
        routes=phones.phone_routes(),
        middleware=layers.LAYERS,
        lifespan=startup.start,
        exception_handlers={Exception: layers.answer_error},
    )
else:
    from nethealth.ui import dashboard

    dashboard.show()
