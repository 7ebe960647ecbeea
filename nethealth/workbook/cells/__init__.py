"""Single cells: text, numbers, dates, names, and scale answers."""
