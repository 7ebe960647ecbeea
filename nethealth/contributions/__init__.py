"""What people add in the app: an entry goes to the journal first, then to the workbook.

`entries` says what an entry is, `journal` keeps entries until the workbook has them, and `merging` shows them on the
pages meanwhile. `delivery` brings them to the Google Sheet, and `deliverer` does so in the background.
"""
