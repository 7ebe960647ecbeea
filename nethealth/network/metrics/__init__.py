"""Metrics of a network and of each person in it."""
