"""Where entries are stored: the database, its tables, what can go wrong with it, and what we do about it."""
