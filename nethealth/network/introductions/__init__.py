"""Introductions worth making: candidate pairs, criteria, scores, and the note to send."""
