"""Nonrespondents, and how much their answers could change each metric.

If both people of a pair answered, we know everything about it. If one didn't, we know only the other's report; if both
didn't, nothing. We show two values:

- As reported: nonrespondents have no ties except those that others report, and facts. This is the network on the map.
- If all answered: nonrespondents would answer like respondents. Among pairs of respondents, M are mutual, A one-sided,
  and N neither. A nonrespondent then names someone who named them with probability 2M / (2M + A), and someone who
  didn't with A / (A + 2N). Two nonrespondents are a mutual, a one-sided, or no pair with probabilities M, A, and N as
  shares of all pairs. Metrics are expected values under these probabilities.

The second is an estimate, not a bound: nonrespondents may be less connected than the others, or more. Guests who didn't
answer weren't asked, so we estimate nothing about their reports or about reports of nonrespondents on them.

Kossinets (2006), Effects of missing data in social networks, shows how much nonresponse changes each metric. Huisman
(2009), Imputation of missing network data: some simple procedures, compares imputations, of which this is one by dyads.
Borgatti, Carley & Krackhardt (2006), On the robustness of centrality measures under conditions of imperfect data, and
Smith & Moody (2013), Structural effects of network sampling coverage, measure what is lost. Mutual, one-sided, and null
pairs: Holland & Leinhardt (1970), Wasserman & Faust (1994), chapter 13.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nethealth.network.graph import Network, Tie, pair_of
from nethealth.network.metrics.network_metrics import NetworkMetrics, compute_network_metrics
from nethealth.network.metrics.topology import Numbers
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey
from nethealth.workbook.schema.vocabulary import TieRule

ENOUGH_RESPONSES = 0.8
"""At this response rate or more, we take the metrics of a network as reliable.

A rule of thumb: the loss grows gradually with each missing person, more for paths and centralization than for triangles
(Smith & Moody 2013), so no rate is a sharp limit."""
FEW_RESPONSES = 2 / 3
"""At a lower rate, metrics show who answered as much as who is connected (also a rule of thumb)."""
FEWEST_ANSWERS = 3
"""With fewer respondents there is at most one pair, which doesn't show how pairs differ."""
SEED = 20
DRAWS = 60
FEWEST_DRAWS = 12
PEOPLE_DRAWN = 120_000
"""The most people in all sampled networks together.

Components have no formula, so we take their mean over `DRAWS` sampled networks. Samples of large networks differ
little, so fewer are enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A metric as reported, and as expected if nonrespondents had answered like respondents."""

    as_reported: float
    if_all_answered: float

    @property
    def low(self) -> float:
        """The lower of the two."""
        return min(self.as_reported, self.if_all_answered)

    @property
    def high(self) -> float:
        """The higher of the two."""
        return max(self.as_reported, self.if_all_answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nonresponse:
    """Who answered in a network's wave, and how much the others could change each metric."""

    was_surveyed: bool
    """True if anyone was asked; if not, every tie comes from weaving, convenings, or staff."""
    known_respondents: int
    """People in the network who are known to have answered."""
    nonrespondents: int
    """People in the network without a known answer."""
    respondents: int | None
    """How many answered according to the workbook, which may be more than are known by name.

    None if no one was asked, or if we don't know how many of these people answered."""
    invited: int | None
    response_rate: float | None
    """Respondents as a share of those who were asked, 0 to 1; None if no one was asked or we don't know how many."""
    ranges: Mapping[str, Range]
    """By the metric's id; empty if everyone answered, no one was asked, or too few answered for an estimate."""
    are_respondents_recorded: bool = True
    """True if the workbook says who or how many answered; if not, people who report a tie count as respondents."""

    @property
    def unnamed_responses(self) -> int:
        """Answers that are counted without a name; they may be from people who count as nonrespondents."""
        return max((self.respondents or 0) - self.known_respondents, 0)


def nonrespondents(network: Network) -> frozenset[PersonKey]:
    """Return the people without a known answer in this wave: not asked, asked without an answer, or answering unnamed.

    Empty if no one was asked, or if we don't know how many answered. Guests aren't asked, so guests who didn't answer
    are excluded. If the workbook counts more answers than names, some of these people may have answered without naming
    anyone. Only staff may see who they are.
    """
    if network.respondents is None:
        return frozenset()
    return frozenset(
        key for key, person in network.people.items() if not person.is_guest and key not in network.known_respondents
    )


def analyze_nonresponse(network: Network) -> Nonresponse:
    """Return how many answered, and each metric as reported and as expected if all had answered.

    Ties, isolates, mutual pairs, and components are counts (expected values, so with decimals); densities and
    reciprocity are shares, 0 to 1. There are ranges only for metrics that are defined in the network.
    """
    missing = nonrespondents(network)
    respondents = network.known_respondents & network.people.keys()
    metrics = compute_network_metrics(network)
    return Nonresponse(
        was_surveyed=network.respondents is not None or bool(network.reports),
        known_respondents=len(respondents),
        nonrespondents=len(missing),
        respondents=network.respondents,
        invited=network.invited,
        response_rate=metrics.response_rate,
        ranges=MappingProxyType(_ranges(network, respondents, missing)),
        are_respondents_recorded=network.are_respondents_recorded,
    )


def hidden_responses(metrics: NetworkMetrics, *, smallest_group: int) -> TooFew | None:
    """Return `TooFew` if fewer people than the minimum group size answered, or didn't; None if the rate may be shown.

    Such small numbers could reveal who they are. We check them against both those who were asked and those in the
    network.
    """
    answered, rate = metrics.respondents, metrics.response_rate
    if answered is None:
        return None
    wholes = [metrics.members, *([round(answered / rate)] if rate else [])]
    is_hidden = any(is_too_small(answered, whole=whole, smallest_group=smallest_group) for whole in wholes)
    return TooFew(smallest_group) if is_hidden else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Probabilities:
    """Probabilities for pairs with nonrespondents, from pairs of respondents."""

    returned: float
    """That a nonrespondent names someone who names them."""
    volunteered: float
    """That they name someone who doesn't."""
    mutual: float
    """That two nonrespondents name each other."""
    one_sided: float
    """That one of two nonrespondents names the other, but not the reverse."""

    @classmethod
    def among(cls, respondents: frozenset[PersonKey], reported: set[tuple[PersonKey, PersonKey]]) -> _Probabilities:
        """Return the probabilities from the reports among respondents; there must be two or more."""
        pairs = len(respondents) * (len(respondents) - 1) // 2
        mutual = sum(1 for one, other in reported if one < other and (other, one) in reported)
        one_sided = len(reported) - 2 * mutual
        pairs_without_report = 2 * pairs - len(reported)
        overall_rate = len(reported) / (2 * pairs)
        return cls(
            # If no pair of respondents shows a probability, use the rate over all pairs.
            returned=2 * mutual / len(reported) if reported else overall_rate,
            volunteered=one_sided / pairs_without_report if pairs_without_report else overall_rate,
            mutual=mutual / pairs,
            one_sided=one_sided / pairs,
        )


class _MissingReports:
    """The pairs in a network with a missing report, and the probabilities that they are tied.

    With the rule "either", a pair of a respondent and a nonrespondent is open if it isn't tied; with "both", if the
    respondent reports it and no fact ties the two. A pair of two nonrespondents is open if no fact ties them.
    """

    def __init__(self, network: Network, *, respondents: frozenset[PersonKey], missing: frozenset[PersonKey]) -> None:
        self.network, self.respondents, self.missing = network, respondents, missing
        self.probabilities = _Probabilities.among(
            respondents, {pair for pair in network.reports if respondents.issuperset(pair)}
        )
        self.named = [pair for pair in network.reports if pair[0] in respondents and pair[1] in missing]
        """Reports by respondents about nonrespondents."""
        either = network.rule is TieRule.EITHER
        self.probability_mixed = self.probabilities.volunteered if either else self.probabilities.returned
        self.probability_neither = self.probabilities.mutual + (self.probabilities.one_sided if either else 0)
        self.pairs_neither = len(missing) * (len(missing) - 1) // 2

    def ties(self) -> float:
        """Return the expected number of ties."""
        ties = self.network.ties
        if self.network.rule is TieRule.EITHER:
            mixed = len(self.respondents) * len(self.missing) - sum(1 for tie in ties if self._is_mixed(tie))
        else:
            mixed = sum(1 for pair in self.named if pair_of(*pair) not in self.network.pairs)
        both_missing = self.pairs_neither - sum(1 for tie in ties if self.missing.issuperset((tie.a, tie.b)))
        return len(ties) + mixed * self.probability_mixed + both_missing * self.probability_neither

    def _is_mixed(self, tie: Tie) -> bool:
        respondents, missing = self.respondents, self.missing
        return (tie.a in respondents and tie.b in missing) or (tie.b in respondents and tie.a in missing)

    def reports(self) -> float:
        """Return the expected number of reports, by respondents and nonrespondents."""
        unnamed = len(self.respondents) * len(self.missing) - len(self.named)
        return (
            len(self.network.reports)
            + len(self.named) * self.probabilities.returned
            + unnamed * self.probabilities.volunteered
            + self.pairs_neither * (2 * self.probabilities.mutual + self.probabilities.one_sided)
        )

    def mutual_pairs(self) -> float:
        """Return the expected number of mutual pairs. None of the existing ones involves a nonrespondent."""
        reported = set(self.network.reports)
        mutual = sum(1 for one, other in reported if one < other and (other, one) in reported)
        return mutual + len(self.named) * self.probabilities.returned + self.pairs_neither * self.probabilities.mutual

    def isolates(self) -> float:
        """Return the expected number of isolates: the summed probability that all their open pairs stay untied."""
        named_counts = Counter(key for pair in self.named for key in pair)
        expected = 0.0
        for key in (key for key, others in self.network.neighbors.items() if not others):
            if self.network.rule is TieRule.BOTH:
                mixed = named_counts[key]
            else:
                mixed = (
                    len(self.missing)
                    if key in self.respondents
                    else len(self.respondents)
                    if key in self.missing
                    else 0
                )
            both_missing = len(self.missing) - 1 if key in self.missing else 0
            expected += (1 - self.probability_mixed) ** mixed * (1 - self.probability_neither) ** both_missing
        return expected

    def components(self) -> tuple[float, float]:
        """Return the mean number of components and of people in the largest, over sampled networks."""
        import igraph

        index_of = self.network.index
        rng = np.random.default_rng(SEED)
        responding = np.array([index_of[key] for key in sorted(self.respondents)], dtype=np.int64)
        not_responding = np.array([index_of[key] for key in sorted(self.missing)], dtype=np.int64)
        named_pairs = np.array([(index_of[one], index_of[other]) for one, other in self.named], dtype=np.int64).reshape(
            -1, 2
        )
        components = self.network.topology.components
        sizes = np.array([len(component) for component in components])
        component_of = np.empty(len(index_of), dtype=np.int64)
        for at, component in enumerate(components):
            component_of[component] = at
        found = np.zeros((max(FEWEST_DRAWS, min(DRAWS, PEOPLE_DRAWN // len(index_of))), 2))
        for draw in range(len(found)):
            if self.network.rule is TieRule.EITHER:
                # Sampling a pair that is already tied changes nothing.
                hit = _hits(rng, len(responding) * len(not_responding), self.probability_mixed)
                mixed = np.column_stack(
                    [responding[hit // len(not_responding)], not_responding[hit % len(not_responding)]]
                )
            else:
                mixed = named_pairs[_hits(rng, len(named_pairs), self.probability_mixed)]
            hit = _hits(rng, len(not_responding) ** 2, self.probability_neither)
            one, other = hit // len(not_responding), hit % len(not_responding)
            both_missing = np.column_stack([not_responding[one], not_responding[other]])[one < other]
            # Only ties between components change anything, and of those between the same two only one.
            joined = component_of[np.concatenate([mixed, both_missing])]
            joined = np.unique(joined[joined[:, 0] != joined[:, 1]], axis=0)
            parts = igraph.Graph(n=len(components), edges=joined.tolist()).connected_components().membership
            people = np.bincount(parts, weights=sizes)
            found[draw] = len(people), people.max()
        return float(found[:, 0].mean()), float(found[:, 1].mean())


def _ranges(network: Network, respondents: frozenset[PersonKey], missing: frozenset[PersonKey]) -> dict[str, Range]:
    if not missing or len(respondents) < FEWEST_ANSWERS:
        return {}
    metrics = compute_network_metrics(network)
    missing_reports = _MissingReports(network, respondents=respondents, missing=missing)
    size = metrics.members
    ties, reports, mutual = missing_reports.ties(), missing_reports.reports(), missing_reports.mutual_pairs()
    components, largest = missing_reports.components()
    values: dict[str, tuple[float | None, float]] = {
        "ties": (metrics.ties, ties),
        "average_ties": (metrics.average_ties, 2 * ties / size),
        "density": (metrics.density, 2 * ties / (size * (size - 1))),
        "isolates": (metrics.isolates, missing_reports.isolates()),
        "reported_ties": (metrics.reported_ties, reports),
        "reported_density": (metrics.reported_density, reports / (size * (size - 1))),
        "mutual_pairs": (metrics.mutual_pairs, mutual),
        "reciprocity": (metrics.reciprocity, 2 * mutual / reports if reports else 0.0),
        "components": (metrics.components, components),
        "largest_component": (metrics.largest_component, largest),
    }
    return {
        name: Range(as_reported=float(reported), if_all_answered=float(estimated))
        for name, (reported, estimated) in values.items()
        if reported is not None
    }


def _hits(rng: np.random.Generator, count: int, probability: float) -> Numbers:
    """Sample each index below `count` with a probability, by the gaps between hits (Batagelj & Brandes 2005)."""
    if not count or probability <= 0:
        return np.zeros(0, dtype=np.int64)
    found = [np.zeros(0, dtype=np.int64)]
    last = -1
    while last < count - 1:
        steps = rng.geometric(min(probability, 1.0), size=int(count * probability * 1.1) + 20)
        # A gap longer than the rest ends the sampling; cut it so that the sum can't overflow.
        at = last + np.cumsum(np.minimum(steps, count + 1))
        found.append(at[at < count])
        last = int(at[-1])
    return np.concatenate(found)
