"""The map: its data, legend, details, scripts, picture, and offline file."""
