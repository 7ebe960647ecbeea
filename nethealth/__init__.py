"""Network health: a workbook in, the health of the network it describes out."""

__version__ = "0.1.0"
