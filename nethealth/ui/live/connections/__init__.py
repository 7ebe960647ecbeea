"""Who knows whom: the room's map on the screen, introductions to make, and what the facilitator decides."""
