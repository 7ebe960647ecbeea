from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import AgreementSummary, summarize_agreements
from nethealth.infrastructure.tables import agreements as tables
from nethealth.workbook.records import Agreement, Workbook
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)
OLD = Agreement(title="a", kind=AgreementKind.VALUES, status=AgreementStatus.ADOPTED, adopted=D(2020, 1, 1))
DRAFT = Agreement(title="b", kind=AgreementKind.VALUES, status=AgreementStatus.DRAFT)
FRESH = Agreement(title="c", status=AgreementStatus.ADOPTED, adopted=TODAY)
UNDATED = Agreement(title="d", status=AgreementStatus.ADOPTED)


def summary(*rows: Agreement) -> AgreementSummary:
    return summarize_agreements(Workbook(agreements=rows), as_of=TODAY)


def test_title_counts_agreements_in_force_and_due() -> None:
    assert numbers_in(tables.agreements_title(summary(OLD, DRAFT))) == ["1", "1"]
    assert numbers_in(tables.agreements_title(summary(FRESH))) == ["1"]
    assert "none due" in tables.agreements_title(summary(FRESH))
    assert "1 in draft" in tables.agreements_title(summary(DRAFT))
    assert tables.agreements_title(summary()) == "No agreements yet"


def test_title_is_careful_about_undated_agreements() -> None:
    assert "none known" in tables.agreements_title(summary(FRESH, UNDATED))


def test_table_status() -> None:
    table = tables.agreement_table(summary(OLD, DRAFT))
    assert table.values("Status") == ["Adopted, due for review", "Draft"]


def test_cards_count_by_status() -> None:
    cards = {card.label: card.value for card in tables.agreement_cards(summary(OLD, DRAFT, FRESH))}
    assert cards == {"Adopted": "2", "In draft": "1", "Due for review": "1", "Made by members": "–"}


def test_agreements_by_kind() -> None:
    rows = (
        Agreement(title="Why", kind=AgreementKind.VALUES, status=AgreementStatus.ADOPTED, adopted=D(2025, 1, 1),
                  reviewed=D(2025, 5, 1), made_by_members=True),
        Agreement(title="Who decides", kind=AgreementKind.GOVERNANCE, status=AgreementStatus.ADOPTED,
                  adopted=D(2020, 1, 1), made_by_members=False),
        Agreement(title="Credit", kind=AgreementKind.OTHER, status=AgreementStatus.DRAFT),
        Agreement(title="Gone", kind=AgreementKind.STANDARDS, status=AgreementStatus.RETIRED),
        Agreement(title="Unsaid"),
    )  # fmt: skip
    kinds = tables.agreements_by_kind(summary(*rows))
    assert [(kind.name, [title for title, _ in kind.agreements]) for kind in kinds] == [
        ("Shared values and principles", ["Why"]),
        ("Standards of engagement", []),
        ("Governance", ["Who decides"]),
        ("Other", ["Credit"]),
        ("No kind", ["Unsaid"]),
    ]
    values = kinds[0].agreements[0][1]
    assert all(words in values for words in ("Made by members", "January 1, 2025", "May 1, 2025", "May 1, 2027"))
    assert "Due for review" in kinds[2].agreements[0][1]
    assert kinds[1].empty_text.startswith("Nothing yet")
