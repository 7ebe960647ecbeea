"""The network approach, and how to use these pages."""

import streamlit as st

from nethealth.overview.metrics import METRICS, SECTION_TITLES
from nethealth.ui.components import page_title
from nethealth.ui.guide import blocks, short_survey, text
from nethealth.ui.routes import link

page_title("Guide", "What is a network approach, and how do we use this?")
blocks.paragraphs(text.APPROACH)

st.header("Four principles", anchor=False)
blocks.passages(text.PRINCIPLES)

st.header("Four domains", anchor=False)
blocks.passages(text.DOMAINS)

st.header("How to begin", anchor=False)
blocks.advice(text.BEGINNING)
link("data", "To the empty workbook, on the page Data", icon=":material/download:")

st.header("How to ask", anchor=False)
blocks.advice(text.ASKING)
short_survey.to_paste()

st.header("How to weave", anchor=False)
blocks.advice(text.WEAVING)

st.header("How to hold a reflection", anchor=False)
blocks.advice(text.REFLECTION)
link("mindset", "To the page Mindset reflection", icon=":material/balance:")

st.header("Words", anchor=False)
blocks.words(text.WORDS)
blocks.glossary(METRICS, SECTION_TITLES)
