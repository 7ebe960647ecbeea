"""How results look everywhere: colors, charts, tables, numbers, and files. Knows no domain."""
