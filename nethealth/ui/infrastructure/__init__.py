"""The Collaborative infrastructure page, one module per tab; each tab shows an `InfrastructureView`."""

from nethealth.ui.infrastructure.view import InfrastructureView, Tables

__all__ = ["InfrastructureView", "Tables"]
