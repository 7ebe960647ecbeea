"""The contract with the sheet: tabs, columns, and the words that cells may hold."""
