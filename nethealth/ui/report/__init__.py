"""The Report page in its parts."""
