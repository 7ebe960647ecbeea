"""Where people are drawn on the map."""
