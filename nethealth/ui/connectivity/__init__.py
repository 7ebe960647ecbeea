"""The Connectivity page in its parts: one module per tab, each of which shows one `NetworkView`."""

from nethealth.ui.connectivity.view import NetworkView

__all__ = ["NetworkView"]
