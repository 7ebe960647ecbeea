"""Live sessions: starting and controlling them, and what the screen shows."""
