"""Agreements: by kind and status, who made them, and which are due for review."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.workbook.records import Agreement, Workbook
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAgreement:
    """One agreement with its status and review date."""

    agreement: Agreement
    status: AgreementStatus | None
    """As typed. A blank Status with an Adopted date counts as Adopted; None if both are blank."""
    review_by: dt.date | None
    """The last day before a review is due; None unless adopted and dated."""
    is_review_due: bool
    """True if adopted and last reviewed too long ago (`Review agreements after months`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSummary:
    """All agreements on one day."""

    as_of: dt.date
    review_after_months: int
    adopted: int
    draft: int
    retired: int
    by_kind: dict[AgreementKind, int]
    """Agreements of each kind, whatever their status, without blanks and empty kinds."""
    made_by_members: float | None
    """Share of adopted agreements made by members; None if none is adopted or none says who made it."""
    register: tuple[RegisteredAgreement, ...]
    """Every agreement: by kind, then adopted, draft, retired, then in workbook order."""

    @property
    def review_due(self) -> int:
        """Count the adopted agreements due for review."""
        return sum(row.is_review_due for row in self.register)

    @property
    def missing_kinds(self) -> tuple[AgreementKind, ...]:
        """Return the kinds with nothing adopted or in draft; `Other` is never missing."""
        present = {row.agreement.kind for row in self.register if row.status is not AgreementStatus.RETIRED}
        return tuple(kind for kind in AgreementKind if kind not in present and kind is not AgreementKind.OTHER)

    @property
    def is_empty(self) -> bool:
        """True if the tab has no rows."""
        return not self.register

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "adopted": self.adopted,
            "draft": self.draft,
            "retired": self.retired,
            "by_kind": {kind.value: count for kind, count in self.by_kind.items()},
            "made_by_members": self.made_by_members,
            "review_due": self.review_due,
        }


def summarize_agreements(workbook: Workbook, *, as_of: dt.date) -> AgreementSummary:
    """Summarize the agreements on `as_of`, with those due for review.

    An adopted agreement is due when it was last reviewed, or else adopted, more than `Review agreements after months`
    ago. One without any date is never due.
    """
    months = workbook.settings.review_agreements_after_months
    before = months_later(as_of, -months)
    rows = [_registered(agreement, before=before, months=months) for agreement in workbook.agreements]
    kinds, statuses = list(AgreementKind), list(AgreementStatus)
    order = [AgreementStatus.ADOPTED, AgreementStatus.DRAFT, AgreementStatus.RETIRED]
    by_status = Counter(row.status for row in rows)
    by_kind = Counter(row.agreement.kind for row in rows)
    answers = [row.agreement.made_by_members for row in rows if row.status is AgreementStatus.ADOPTED]
    return AgreementSummary(
        as_of=as_of,
        review_after_months=months,
        adopted=by_status[AgreementStatus.ADOPTED],
        draft=by_status[AgreementStatus.DRAFT],
        retired=by_status[AgreementStatus.RETIRED],
        by_kind={kind: by_kind[kind] for kind in AgreementKind if by_kind[kind]},
        # Staff mark what members made and leave the rest blank, so once anyone marked one, a blank means no.
        made_by_members=(
            sum(made is True for made in answers) / len(answers) if any(made is not None for made in answers) else None
        ),
        register=tuple(
            sorted(
                rows,
                key=lambda row: (
                    kinds.index(row.agreement.kind) if row.agreement.kind else len(kinds),
                    order.index(row.status) if row.status else len(statuses),
                ),
            )
        ),
    )


def _registered(agreement: Agreement, *, before: dt.date, months: int) -> RegisteredAgreement:
    status = agreement.status
    if status is None and agreement.adopted is not None:
        status = AgreementStatus.ADOPTED
    last = max((day for day in (agreement.adopted, agreement.reviewed) if day is not None), default=None)
    return RegisteredAgreement(
        agreement=agreement,
        status=status,
        review_by=months_later(last, months) if status is AgreementStatus.ADOPTED and last is not None else None,
        is_review_due=status is AgreementStatus.ADOPTED and last is not None and last < before,
    )


_SOURCE = "the Agreements tab"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="adopted",
        label="Adopted",
        question="How many agreements are in force?",
        reading="We count agreements marked Adopted, and those with an Adopted date and no Status.",
        not_meaning="An agreement on paper isn’t a habit yet.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="draft",
        label="In draft",
        question="How many agreements are still being written?",
        reading="If a draft has been open for years, decide whether to adopt it or drop it.",
        not_meaning="A draft can already guide people.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="retired",
        label="Retired",
        question="How many agreements have done their work?",
        reading="Ending an agreement is a decision too, so keep a record of it.",
        not_meaning="Retiring an agreement isn’t a failure.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="by_kind",
        label="By kind",
        question="What are the agreements about?",
        reading="Most networks need all three: shared values, standards of engagement, and governance.",
        not_meaning="The counts include drafts and retired agreements.",
        unit=Unit.LABEL,
        undefined="no agreement has a kind",
        source=_SOURCE,
    ),
    Metric(
        id="made_by_members",
        label="Made by members",
        question="What share of adopted agreements did members make themselves?",
        reading="People tend to follow agreements they helped make.",
        not_meaning="It doesn’t say how many members took part in making them.",
        unit=Unit.SHARE,
        undefined="nothing is adopted, or no adopted agreement says who made it",
        source=_SOURCE,
    ),
    Metric(
        id="review_due",
        label="Due for review",
        question="Which agreements should we look at again?",
        reading="We count adopted agreements last reviewed, or else adopted, longer ago than the months you set.",
        not_meaning="An agreement due for review is still in force. We skip agreements without any date.",
        unit=Unit.COUNT,
        undefined="never",
        source="the setting “Review agreements after months” (24 unless you change it)",
    ),
)
