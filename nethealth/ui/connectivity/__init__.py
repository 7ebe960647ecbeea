"""The page on connections in its parts: a module a tab, each of which shows one `View`."""

from nethealth.ui.connectivity.view import View

__all__ = ["View"]
