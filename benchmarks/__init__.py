"""Measurements of every promised number, next to a named peer in the same run; both results are printed."""
