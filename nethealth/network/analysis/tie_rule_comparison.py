"""The same network under the other tie rule."""

from __future__ import annotations

from dataclasses import dataclass

from nethealth.network.graph import Network, pair_of
from nethealth.workbook.schema.vocabulary import TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRuleComparison:
    """Metrics of the same people and reports under the tie rule that isn't chosen."""

    rule: TieRule
    """The other rule."""
    ties: int
    isolates: int
    average_ties: float | None
    """Mean ties per member; None for an empty network."""


def compare_tie_rules(network: Network) -> TieRuleComparison:
    """Return ties, isolates, and mean ties per member under the other tie rule.

    Facts (weaving, convening, staff) count under both rules; one report counts under "either", two under "both".
    """
    reports = set(network.reports)
    facts = {tie.pair for tie in network.ties if any(not row.is_report for row in tie.rows)}
    other = TieRule.BOTH if network.rule is TieRule.EITHER else TieRule.EITHER
    reported = {
        pair_of(one, another) for one, another in reports if other is TieRule.EITHER or (another, one) in reports
    }
    ties = facts | reported
    tied = {key for pair in ties for key in pair}
    size = len(network.people)
    return TieRuleComparison(
        rule=other, ties=len(ties), isolates=size - len(tied), average_ties=2 * len(ties) / size if size else None
    )
