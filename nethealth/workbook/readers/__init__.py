"""Readers: each turns the rows of its tabs into records and reports problems."""
