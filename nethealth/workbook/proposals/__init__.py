"""What tabs and columns that we don't know seem to be: proposed to staff, and changing nothing until they confirm."""
