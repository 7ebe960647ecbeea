"""Look at another workbook, for this visit alone."""

import streamlit as st

from nethealth.ui import open_workbook
from nethealth.ui.components import page_title
from nethealth.ui.session import has_opened_another, is_staff

page_title("Open another workbook", "What would these pages show of another sheet?")
if not is_staff():
    st.write("Only staff can open another workbook here.")
    st.stop()

if has_opened_another():
    open_workbook.way_back()
st.write("What you open is read for this visit only: nothing of it is kept, and nobody else sees it.")
link, file = st.tabs(["By its link", "From a file"])
with link:
    open_workbook.by_link()
with file:
    open_workbook.by_file()
