"""Members exported from Mailchimp, which adds columns about its mailing list.

https://mailchimp.com/help/view-export-contacts/
"""

from __future__ import annotations

import dataclasses
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, Rearranged, text_at
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers.headers import match_tab
from nethealth.workbook.schema.tabs import MEMBERS

_SIGNS: Final = frozenset({"MEMBER_RATING", "OPTIN_TIME", "CONFIRM_TIME", "LAST_CHANGED", "LEID", "EUID"})
_ABOUT_THE_LIST: Final = _SIGNS | {
    *("OPTIN_IP", "CONFIRM_IP", "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION", "UNSUB_TIME"),
    *("UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER", "CLEAN_TIME"),
    *("CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"),
}
"""In capitals, as Mailchimp writes them: REGION is where someone opened an email, Region is yours."""
_FEWEST_SIGNS: Final = 2


def leave_out_list_columns(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return Members without the columns that Mailchimp keeps about its mailing list, unless staff use them."""
    if match_tab(tab) not in (None, MEMBERS):
        return None
    for cells in tab.rows[:ROWS_CHECKED]:
        headers = {at: text_at(cells, at) for at in range(len(cells))}
        found = {at: header for at, header in headers.items() if header in _ABOUT_THE_LIST}
        if len(_SIGNS.intersection(found.values())) < _FEWEST_SIGNS:
            continue
        found = {at: header for at, header in found.items() if folded(header) not in people.meanings}
        if not found:
            return None
        rows = [[None if at in found else cell for at, cell in enumerate(row)] for row in tab.rows]
        names = ", ".join(f"“{header}”" for header in found.values())
        return Rearranged(
            [dataclasses.replace(tab, rows=rows)],
            f"These columns are Mailchimp’s notes on its mailing list, so we left them out: {names}.",
            "No action needed. To use one of them, change its header, or list it in a “Column names” tab.",
        )
    return None
