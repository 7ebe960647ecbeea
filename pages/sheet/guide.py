"""The network approach, and how to use this app."""

import streamlit as st

from nethealth.overview.metrics import METRICS, SECTION_TITLES
from nethealth.ui.components import page_title
from nethealth.ui.guide import blocks, text
from nethealth.ui.guide.glossary import GLOSSARY
from nethealth.ui.guide.short_survey import show_short_survey
from nethealth.ui.routes import link

page_title("Guide", "How do we use this app?", unfolds_on_paper=True)
blocks.show_paragraphs(text.APPROACH)

st.header("Getting started", anchor=False)
blocks.show_advice(text.GETTING_STARTED)
link("data", "Data page", icon=":material/download:")

st.header("Four principles", anchor=False)
blocks.show_passages(text.PRINCIPLES)

st.header("Four domains", anchor=False)
blocks.show_passages(text.DOMAINS)

st.header("How to", anchor=False)
with st.expander("Put the principles into practice"):
    blocks.show_advice(text.PRINCIPLES_IN_PRACTICE)
with st.expander("Survey your members"):
    blocks.show_advice(text.SURVEYING)
show_short_survey()
with st.expander("Weave"):
    blocks.show_advice(text.WEAVING)
with st.expander("Hold a reflection"):
    blocks.show_advice(text.REFLECTION)
    link("mindset", "Open Mindset reflection", icon=":material/balance:")
with st.expander("Hold a session in a room"):
    blocks.show_advice(text.SESSION)
    link("sessions", "Open Sessions", icon=":material/co_present:")
with st.expander("Find out who knows whom in a room"):
    blocks.show_advice(text.ROOM)

st.header("Glossary", anchor=False)
with st.expander("Terms"):
    blocks.show_glossary(GLOSSARY)

st.header("What each metric means", anchor=False)
blocks.show_metrics(METRICS, SECTION_TITLES)
