"""Later changes to rows: the Updates tab, and what it does to the rows that it names."""
