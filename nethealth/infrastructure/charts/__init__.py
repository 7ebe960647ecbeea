"""Charts of collaborative infrastructure, each with its title and alt text."""
