"""Connectivity: who is connected with whom, what follows from it, and where people are on the map."""
