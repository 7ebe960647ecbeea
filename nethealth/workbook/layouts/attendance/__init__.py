"""Lists of who was at which gathering, from meeting tools and as tables."""
