"""Lists of names that people paste or choose, and the cells that they become."""
