"""Layouts that people bring from other tools, rearranged into tabs of the contract before anything is read."""
