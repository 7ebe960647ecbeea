"""Emergent activity: what members start together."""
