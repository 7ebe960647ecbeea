"""The page on the collaborative infrastructure in its parts: a module a tab, each of which shows one `View`."""

from nethealth.ui.infrastructure.view import Tables, View

__all__ = ["Tables", "View"]
