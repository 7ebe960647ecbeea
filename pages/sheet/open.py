"""Look at another workbook during this visit."""

import streamlit as st

from nethealth.ui import open_workbook
from nethealth.ui.components import page_title
from nethealth.ui.session import has_opened_another, is_staff

page_title("Open another workbook", "What do these pages show for another workbook?")
if not is_staff():
    st.write("Only staff can open another workbook here.")
    st.stop()

if has_opened_another():
    open_workbook.show_way_back()
st.write("Only you see what you open, and we don’t keep it after your visit.")
link, file = st.tabs(["By its link", "From a file"])
with link:
    open_workbook.show_link_form()
with file:
    open_workbook.show_file_upload()
