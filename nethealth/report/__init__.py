"""The story of a network for a board, a funder, or its members: text made from the metrics, with charts and stories.

`sections` writes a `Report` from the viewers' workbook, so it holds nothing that viewers may not see. `web_page`,
`document`, and `slides` turn it into a file.
"""
