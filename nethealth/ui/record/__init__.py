"""Small forms in a panel over a page, for staff: what we did, who came, who is connected."""
