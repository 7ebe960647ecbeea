"""Charts of the Connectivity page."""
