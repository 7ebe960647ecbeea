"""The page on what membership does for people in its parts: a module a tab, each of which shows one `View`."""

from nethealth.ui.experience.view import View

__all__ = ["View"]
