"""Connectivity: ties between people, metrics of them, and the map."""
