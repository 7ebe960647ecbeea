"""What members agreed on: by kind and status, who made it, and when to look at it again."""

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
    """One agreement as the register shows it."""

    agreement: Agreement
    status: AgreementStatus | None
    """As typed; a blank Status beside a date in Adopted is Adopted; None where the sheet says neither."""
    review_by: dt.date | None
    """The day up to which no review is due; None unless adopted and dated."""
    is_review_due: bool
    """Adopted, and last looked at more than the months that are set ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSummary:
    """The register of agreements on one day."""

    as_of: dt.date
    review_after_months: int
    adopted: int
    draft: int
    retired: int
    by_kind: dict[AgreementKind, int]
    """How many of each kind the register holds, whatever their status; kinds without any, and blanks, are left out."""
    made_by_members: float | None
    """Of those adopted, the share that says it was made by members; None where none is adopted or none of them says."""
    register: tuple[RegisteredAgreement, ...]
    """Every agreement: by kind as the vocabulary lists them, then adopted, draft, retired, then as in the sheet."""

    @property
    def review_due(self) -> int:
        """How many adopted agreements wait for a review."""
        return sum(row.is_review_due for row in self.register)

    @property
    def missing_kinds(self) -> tuple[AgreementKind, ...]:
        """Kinds of which none is adopted or in draft. `Other` is never missing."""
        there = {row.agreement.kind for row in self.register if row.status is not AgreementStatus.RETIRED}
        return tuple(kind for kind in AgreementKind if kind not in there and kind is not AgreementKind.OTHER)

    @property
    def is_empty(self) -> bool:
        """Whether the tab holds nothing."""
        return not self.register

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "adopted": self.adopted,
            "draft": self.draft,
            "retired": self.retired,
            "by_kind": {kind.value: count for kind, count in self.by_kind.items()},
            "made_by_members": self.made_by_members,
            "review_due": self.review_due,
        }


def summarize_agreements(workbook: Workbook, *, as_of: dt.date) -> AgreementSummary:
    """The register on `as_of`, with what is due for review.

    Review is due when an adopted agreement was last reviewed, or else adopted, more than `Review agreements after
    months` ago. One without any date is never due: nobody can tell.
    """
    months = workbook.settings.review_agreements_after_months
    before = months_later(as_of, -months)
    rows = [_registered(agreement, before=before, months=months) for agreement in workbook.agreements]
    kinds, statuses = list(AgreementKind), list(AgreementStatus)
    order = [AgreementStatus.ADOPTED, AgreementStatus.DRAFT, AgreementStatus.RETIRED]
    by_status = Counter(row.status for row in rows)
    by_kind = Counter(row.agreement.kind for row in rows)
    says = [row.agreement.made_by_members for row in rows if row.status is AgreementStatus.ADOPTED]
    return AgreementSummary(
        as_of=as_of,
        review_after_months=months,
        adopted=by_status[AgreementStatus.ADOPTED],
        draft=by_status[AgreementStatus.DRAFT],
        retired=by_status[AgreementStatus.RETIRED],
        by_kind={kind: by_kind[kind] for kind in AgreementKind if by_kind[kind]},
        # Staff tick what members made and leave the rest blank: beside one that says, a blank is a no.
        made_by_members=(
            sum(made is True for made in says) / len(says) if any(made is not None for made in says) else None
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


_SOURCE = "the Agreements tab, as kept"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="adopted",
        label="Adopted",
        question="How many agreements hold?",
        reading="Agreements whose Status is Adopted, or whose Status is blank and which have a date in Adopted.",
        not_meaning="An agreement on paper is not yet a habit.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="draft",
        label="In draft",
        question="How many agreements are in the making?",
        reading="A draft that stays one for years may need a decision, or a farewell.",
        not_meaning="A draft can already guide people.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="retired",
        label="Retired",
        question="How many agreements have done their work?",
        reading="Letting go of an agreement is a decision too, and worth keeping.",
        not_meaning="Not a failure.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="by_kind",
        label="By kind",
        question="What are the agreements about?",
        reading="Shared values and principles, standards of engagement, governance: a network usually needs each.",
        not_meaning="Drafts and retired ones are in it; the register tells them apart.",
        unit=Unit.LABEL,
        undefined="no agreement says its kind",
        source=_SOURCE,
    ),
    Metric(
        id="made_by_members",
        label="Made by members",
        question="What share of what holds was made by the members themselves?",
        reading="Of the adopted agreements, those marked as made by members. People keep what they made.",
        not_meaning="It does not say how many members had a hand in it.",
        unit=Unit.SHARE,
        undefined="nothing is adopted, or none of what is adopted says who made it",
        source=_SOURCE,
    ),
    Metric(
        id="review_due",
        label="Review due",
        question="How many agreements deserve a fresh look?",
        reading="Adopted ones that were last reviewed, or else adopted, longer ago than the months set in Settings.",
        not_meaning="Due for a look, not out of force. Without any date nobody can tell, so it is not counted.",
        unit=Unit.COUNT,
        undefined="never",
        source="the setting “Review agreements after months” (24 unless set)",
    ),
)
