"""Results in, figures out: charts, the map, registers and the words beside them. Knows no page."""
