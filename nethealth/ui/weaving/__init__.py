"""The parts of the Weaving page."""
