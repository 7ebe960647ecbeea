"""Collaborations that a room knows of: cards on the screen, and what the facilitator accepts."""
