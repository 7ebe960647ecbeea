"""What people add in the app: an entry goes to the journal first, then to the workbook.

`entries` says what an entry is, `journal` keeps entries until the workbook has them, and `merging` shows them on the
pages meanwhile.
"""
