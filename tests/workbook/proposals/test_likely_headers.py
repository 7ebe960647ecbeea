"""Headers of other tools."""

from __future__ import annotations

from nethealth.workbook.proposals.likely_headers import LIKELY_HEADERS
from nethealth.workbook.schema.tabs import TABS


def test_every_header_means_a_column_that_we_have_and_only_one() -> None:
    tabs = {tab.name: tab for tab in TABS}
    for name, headers in LIKELY_HEADERS.items():
        assert set(headers) <= set(tabs[name].columns)
        likely = [header for names in headers.values() for header in names]
        assert len(set(likely)) == len(likely)
