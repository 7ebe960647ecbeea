"""The network as a file for other programs."""
