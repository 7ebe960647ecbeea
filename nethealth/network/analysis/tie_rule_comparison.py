"""What the other rule for one-sided reports would say of the same network."""

from __future__ import annotations

from dataclasses import dataclass

from nethealth.network.graph import Network, pair_of
from nethealth.workbook.schema.vocabulary import TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRuleComparison:
    """A few figures of the same people and reports under the rule that was not chosen."""

    rule: TieRule
    """The other one."""
    ties: int
    isolates: int
    average_ties: float | None
    """Ties per member; None where nobody is in the network."""


def compare_tie_rules(network: Network) -> TieRuleComparison:
    """Ties, people without one and ties per member, were the rule the other one.

    Facts (weaving, convening, staff) count under both rules; a report counts under "either", two under "both".
    """
    said = set(network.reports)
    facts = {tie.pair for tie in network.ties if any(not row.is_report for row in tie.rows)}
    other = TieRule.BOTH if network.rule is TieRule.EITHER else TieRule.EITHER
    reported = {pair_of(one, another) for one, another in said if other is TieRule.EITHER or (another, one) in said}
    ties = facts | reported
    tied = {key for pair in ties for key in pair}
    size = len(network.people)
    return TieRuleComparison(
        rule=other, ties=len(ties), isolates=size - len(tied), average_ties=2 * len(ties) / size if size else None
    )
