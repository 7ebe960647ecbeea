"""The page on the mindset reflection in its parts."""
