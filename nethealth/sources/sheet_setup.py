"""Lay out or complete a Google Sheet as the template does, touching nothing that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nethealth import sources
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.sheet_layout import Layout, plan_layout
from nethealth.sources.references import SheetReference

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter


def missing_parts(
    reference: SheetReference, *, credentials: Credentials, transport: BaseAdapter | None = None
) -> Layout:
    """Return what a Google Sheet lacks of the template. Only reads. Raises a SheetError."""
    return plan_layout(sources.open_source(reference, credentials=credentials, transport=transport))


def add_missing_parts(
    reference: SheetReference, *, credentials: Credentials, transport: BaseAdapter | None = None
) -> Layout:
    """Add what a Google Sheet lacks of the template, in one batch, and return it. Raises a SheetError.

    If Google's answer was lost, this fails although everything may be there: to be sure, call it again.
    """
    from nethealth.sources.sheet_writer import FailedWrite, SheetWriter

    with SheetWriter(
        reference, credentials=credentials, deadline_seconds=sources.DEADLINE_SECONDS, transport=transport
    ) as writer:
        layout = plan_layout(writer.read())
        if layout.requests:
            try:
                writer.apply(layout.requests)
            except FailedWrite as failed:
                raise failed.failure from failed
    return layout
