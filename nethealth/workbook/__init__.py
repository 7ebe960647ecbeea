"""The contract with the sheet: tabs, columns, cells, people, problems, and the template made from them."""
