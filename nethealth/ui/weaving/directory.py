"""The directory, which is all that weavers see of the network."""

from __future__ import annotations

import streamlit as st

from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Format, Table
from nethealth.privacy.weaver_redaction import DIRECTORY_COLUMNS
from nethealth.ui.session import current_workbook
from nethealth.ui.tables import show_table
from nethealth.weaving import WeavingSummary
from nethealth.workbook.name_lists.person_cells import people_to_record


def show(_summary: WeavingSummary) -> dict[str, Table]:
    """Show who is in the network. Returns nothing to download."""
    people = sorted(people_to_record(current_workbook()), key=lambda person: person.name.casefold())
    st.header(pluralize(len(people), "person", "people").capitalize(), anchor=False)
    table = Table.of(
        dict.fromkeys(("Name", *DIRECTORY_COLUMNS), Format.TEXT),
        [{"Name": person.name, **person.attributes} for person in people],
    )
    show_table(table, key="directory", label="Everyone in the network", prints=True)
    return {}
