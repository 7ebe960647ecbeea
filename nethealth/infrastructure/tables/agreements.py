"""Cards, overview by kind, and table of the agreements."""

from __future__ import annotations

from dataclasses import dataclass

from nethealth.infrastructure import AgreementSummary, RegisteredAgreement
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_date, format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus

NONE_YET = {
    AgreementKind.VALUES: "Nothing yet. What do members value together?",
    AgreementKind.STANDARDS: "Nothing yet. How do members want to treat each other?",
    AgreementKind.GOVERNANCE: "Nothing yet. Who decides what, and how?",
}
"""A question to start from if there is no agreement of a kind."""


def agreements_title(summary: AgreementSummary) -> str:
    """Return the finding: how many agreements are in force, and how many are due for review."""
    if summary.is_empty:
        return "No agreements yet"
    if not summary.adopted:
        drafts = f", {summary.draft:,} in draft" if summary.draft else ""
        return f"No agreements adopted yet{drafts}"
    # Agreements without a date may be due without our knowing.
    has_dates = all(row.review_by for row in summary.register if row.status is AgreementStatus.ADOPTED)
    none = "none due for review" if has_dates else "none known to be due for review"
    due = f"{summary.review_due:,} due for review" if summary.review_due else none
    return f"{pluralize(summary.adopted, 'agreement')} in force, {due}"


def agreement_cards(summary: AgreementSummary) -> list[Card]:
    """Return how many agreements are adopted, in draft, and due for review, and the share members made."""
    return [
        Card(
            "Adopted",
            format_value(summary.adopted, Unit.COUNT),
            f"{summary.retired:,} retired" if summary.retired else None,
        ),
        Card("In draft", format_value(summary.draft, Unit.COUNT)),
        Card(
            "Due for review",
            format_value(summary.review_due, Unit.COUNT),
            f"last reviewed over {summary.review_after_months} months ago",
        ),
        Card("Made by members", format_value(summary.made_by_members, Unit.SHARE), "of adopted agreements"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementsOfKind:
    """The agreements of one kind that are adopted or in draft."""

    name: str
    agreements: tuple[tuple[str, str], ...]
    """Title and status of each."""
    empty_text: str
    """What to show without agreements."""


def agreements_by_kind(summary: AgreementSummary) -> list[AgreementsOfKind]:
    """Return each kind with its agreements, including kinds without any except `Other`."""
    kinds = []
    for kind in (*AgreementKind, None):
        rows = [
            row for row in summary.register if row.agreement.kind is kind and row.status is not AgreementStatus.RETIRED
        ]
        if rows or kind in summary.missing_kinds:
            kinds.append(
                AgreementsOfKind(
                    name=kind.value if kind else "No kind",
                    agreements=tuple((row.agreement.title, _status_text(row)) for row in rows),
                    empty_text=NONE_YET.get(kind, "Nothing yet.") if kind else "",
                )
            )
    return kinds


def _status_text(row: RegisteredAgreement) -> str:
    """Say who made an agreement, when it was adopted and reviewed, and when to review it again."""
    if row.status is not AgreementStatus.ADOPTED:
        return "In draft" if row.status is AgreementStatus.DRAFT else "No status"
    agreement = row.agreement
    maker = {True: "members", False: "staff", None: ""}[agreement.made_by_members]
    parts = [f"made by {maker}"] if maker else []
    parts.append(f"adopted {format_date(agreement.adopted)}" if agreement.adopted else "adopted")
    if agreement.reviewed:
        parts.append(f"reviewed {format_date(agreement.reviewed)}")
    text = ", ".join(parts)
    text = text[:1].upper() + text[1:]
    if row.is_review_due:
        return f"{text}. Due for review."
    return f"{text}. Review by {format_date(row.review_by)}." if row.review_by else f"{text}."


def agreement_table(summary: AgreementSummary) -> Table:
    """Return every agreement, by kind."""
    return Table.of(
        {
            "Agreement": Format.TEXT,
            "Kind": Format.TEXT,
            "Status": Format.TEXT,
            **dict.fromkeys(("Adopted", "Reviewed", "Review by"), Format.DATE),
            "Made by members": Format.TEXT,
            "Link": Format.LINK,
        },
        [
            {
                "Agreement": row.agreement.title,
                "Kind": row.agreement.kind.value if row.agreement.kind else "no kind",
                "Status": _status(row),
                "Adopted": row.agreement.adopted,
                "Reviewed": row.agreement.reviewed,
                "Review by": row.review_by,
                "Made by members": format_value(row.agreement.made_by_members),
                "Link": row.agreement.link,
            }
            for row in summary.register
        ],
        meanings={"Review by": "When an adopted agreement is due for review, by “Review after months” in Settings."},
    )


def _status(row: RegisteredAgreement) -> str:
    if row.status is None:
        return "no status"
    return f"{row.status.value}, due for review" if row.is_review_due else row.status.value
