"""Seating plans for a convening."""
