"""Cards and tables of the Connectivity page."""
