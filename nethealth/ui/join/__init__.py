"""The page with which people join a live session where a host doesn't serve the phones' own page."""
