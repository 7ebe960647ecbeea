"""Analyses that compare, test, or remove parts of a network."""
