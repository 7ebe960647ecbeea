"""The story of a network, told from its figures: how it is, how it moved, what is worth doing next."""
