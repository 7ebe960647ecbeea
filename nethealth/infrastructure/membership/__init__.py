"""Who belongs to the network: joined, left, stayed, and by category."""
