"""The network approach, and how to use these pages."""

import streamlit as st

from nethealth.measures import MEASURES, SECTIONS
from nethealth.story import guide
from nethealth.ui import reading_matter, short_survey
from nethealth.ui.components import page_title
from nethealth.ui.places import link

page_title("Guide", "What is a network approach, and how do we use this?")
reading_matter.paragraphs(guide.APPROACH)

st.header("Four principles", anchor=False)
reading_matter.passages(guide.PRINCIPLES)

st.header("Four domains", anchor=False)
reading_matter.passages(guide.DOMAINS)

st.header("How to begin", anchor=False)
reading_matter.advice(guide.BEGINNING)
link("data", "To the empty workbook, on the page Data", icon=":material/download:")

st.header("How to ask", anchor=False)
reading_matter.advice(guide.ASKING)
short_survey.to_paste()

st.header("How to weave", anchor=False)
reading_matter.advice(guide.WEAVING)

st.header("How to hold a reflection", anchor=False)
reading_matter.advice(guide.REFLECTION)
link("mindset", "To the page Mindset reflection", icon=":material/balance:")

st.header("Words", anchor=False)
reading_matter.words(guide.WORDS)
reading_matter.glossary(MEASURES, SECTIONS)
