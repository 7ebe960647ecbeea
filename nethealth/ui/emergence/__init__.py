"""The page on emergent activity in its parts."""
