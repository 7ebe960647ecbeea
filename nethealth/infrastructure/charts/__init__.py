"""Charts of the collaborative infrastructure."""
