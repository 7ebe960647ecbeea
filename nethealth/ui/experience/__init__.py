"""The experience page in parts: one module per tab, each showing one `View`."""

from nethealth.ui.experience.view import View

__all__ = ["View"]
