from __future__ import annotations

import datetime as dt

import pytest

from nethealth.infrastructure import METRICS, summarize_agreements
from nethealth.workbook.records import Agreement, Settings, Workbook
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus

D = dt.date
TODAY = D(2025, 6, 30)
NEW_YEAR = D(2025, 1, 1)
ADOPTED, DRAFT, RETIRED = AgreementStatus.ADOPTED, AgreementStatus.DRAFT, AgreementStatus.RETIRED

ROWS = (
    Agreement(title="Old draft", kind=AgreementKind.GOVERNANCE, status=DRAFT, adopted=D(2010, 1, 1)),
    Agreement(title="Values", kind=AgreementKind.VALUES, status=ADOPTED, adopted=D(2023, 6, 29), made_by_members=True),
    Agreement(title="Edge", kind=AgreementKind.VALUES, status=ADOPTED, adopted=D(2023, 6, 30), made_by_members=True),
    Agreement(title="Reviewed", kind=AgreementKind.OTHER, status=ADOPTED, adopted=D(2019, 1, 1), reviewed=NEW_YEAR),
    Agreement(title="Undated", status=ADOPTED, made_by_members=False),
    Agreement(title="By date", kind=AgreementKind.OTHER, adopted=D(2020, 1, 1)),
    Agreement(title="Gone", kind=AgreementKind.STANDARDS, status=RETIRED, adopted=D(2010, 1, 1)),
    Agreement(title="Nothing said"),
)  # fmt: skip


def test_worked_by_hand() -> None:
    summary = summarize_agreements(Workbook(agreements=ROWS), as_of=TODAY)
    assert summary.as_json() == {
        "adopted": 5,  # Values, Edge, Reviewed, Undated, By date
        "draft": 1,
        "retired": 1,
        "by_kind": {
            "Shared values and principles": 2,
            "Standards of engagement": 1,
            "Governance": 1,
            "Other": 2,
        },
        "made_by_members": pytest.approx(2 / 5),
        "review_due": 2,  # Values (24 months and a day), By date; never a draft, never one that is retired
    }
    assert [row.agreement.title for row in summary.register if row.is_review_due] == ["Values", "By date"]
    # 24 months after each was last reviewed; no one knows when the undated one is due.
    assert {row.agreement.title: row.review_by for row in summary.register if row.review_by} == {
        "Values": D(2025, 6, 29),
        "Edge": D(2025, 6, 30),
        "Reviewed": D(2027, 1, 1),
        "By date": D(2022, 1, 1),
    }
    # Standards are retired, so none hold; Governance is in draft.
    assert summary.missing_kinds == (AgreementKind.STANDARDS,)
    assert [row.agreement.title for row in summary.register] == [
        "Values", "Edge", "Gone", "Old draft", "Reviewed", "By date", "Undated", "Nothing said",
    ]  # fmt: skip


def test_review_months_come_from_settings() -> None:
    summary = summarize_agreements(
        Workbook(agreements=ROWS, settings=Settings(review_agreements_after_months=3)), as_of=TODAY
    )
    assert summary.review_due == 4


def test_undefined_is_none() -> None:
    summary = summarize_agreements(Workbook(), as_of=TODAY)
    assert summary.is_empty
    assert summary.made_by_members is None
    silent = summarize_agreements(Workbook(agreements=(Agreement(title="x", status=ADOPTED),)), as_of=TODAY)
    assert silent.made_by_members is None
    drafted = summarize_agreements(
        Workbook(agreements=(Agreement(title="x", status=DRAFT, made_by_members=True),)), as_of=TODAY
    )
    assert drafted.made_by_members is None


def test_metrics_match_the_json() -> None:
    summary = summarize_agreements(Workbook(agreements=ROWS), as_of=TODAY)
    assert {measure.id for measure in METRICS["agreements"]} == set(summary.as_json())
    for measure in METRICS["agreements"]:
        assert measure.value(summary) == summary.as_json()[measure.id]
