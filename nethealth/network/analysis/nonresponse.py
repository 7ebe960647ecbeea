"""Who did not answer, and how far their silence could change the figures.

Of a pair in which both answered, everything is known. Where one is silent, only the other's word is; where both are,
nothing. Two ends of what may be so are told:

- as it was said: the silent have no tie beyond what others say of them (and facts, which nobody needs to report). This
  is the network as it is drawn.
- as the respondents: whatever the silent would have said is as likely as it is among pairs of respondents. Of those
  pairs M are mutual, A one-sided and N neither. A silent person then names somebody who named them with the chance
  2M / (2M + A), somebody who did not with A / (A + 2N), and two silent people are a mutual, a one-sided or no pair with
  the chances M, A and N over all such pairs. Figures are what is to be expected under these chances.

The second is an estimate and no bound: the silent may be less connected than the others, or more. Guests who did not
answer were not asked: nothing is made up about what they would have said, nor what the silent would have said of them.

Kossinets (2006), Effects of missing data in social networks, shows how far non-response moves each figure; Huisman
(2009), Imputation of missing network data: some simple procedures, compares ways to fill in the silent, of which this
is one by dyads; Borgatti, Carley & Krackhardt (2006), On the robustness of centrality measures under conditions of
imperfect data, and Smith & Moody (2013), Structural effects of network sampling coverage, measure what is lost. Mutual,
one-sided and null pairs: Holland & Leinhardt (1970), Wasserman & Faust (1994), chapter 13.
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
"""From this response rate on the figures of a whole network are taken to hold. A rule of thumb: what is lost grows step
by step with who is missing, more for paths and centralization than for triangles (Smith & Moody 2013), so that no rate
is a border."""
FEW_RESPONSES = 2 / 3
"""Below this one they are said to show who answered as much as who is connected: the same rule of thumb."""
FEWEST_ANSWERS = 3
"""With fewer people who answered there is one pair at most, which says nothing of how pairs differ."""
SEED = 20
DRAWS = 60
FEWEST_DRAWS = 12
PEOPLE_DRAWN = 120_000
"""Networks drawn for the figures that have no formula (parts, the largest of them); their mean is told. Of large
networks fewer, about so many people in all: there one draw is much like the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A figure as it was said, and as it would be if the silent had answered as the respondents did."""

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
    """Who answered in a network's wave, and what the silence of the others could change."""

    was_surveyed: bool
    """Whether anybody was asked at all; else every tie is known from weaving, convenings or staff."""
    known_respondents: int
    """People in the network who are known to have answered."""
    nonrespondents: int
    """People in the network from whom no answer is known."""
    respondents: int | None
    """How many answered as the sheet gives it, which may be more than are known by name; None where nobody was asked,
    or nobody knows how many of the people here did."""
    invited: int | None
    response_rate: float | None
    """Respondents of those who were asked, 0 to 1; None where nobody was asked or nobody knows how many."""
    ranges: Mapping[str, Range]
    """By the id of the measure. Empty where nobody is silent, nobody was asked, or too few answered to go by."""
    are_respondents_recorded: bool = True
    """Whether the sheet says who or how many answered; else whoever names somebody counts as having answered."""

    @property
    def unnamed_responses(self) -> int:
        """Answers that are counted but of which nobody knows whose they are: they may be from the silent."""
        return max((self.respondents or 0) - self.known_respondents, 0)


def nonrespondents(network: Network) -> frozenset[PersonKey]:
    """The people of whom no answer is known in this wave: not asked, asked and silent, or answering without a name.

    Empty where nobody was asked, or nobody knows how many answered. Guests who did not answer are not among them:
    nobody asks guests. Where the sheet counts more answers than it names, some of these people may have answered and
    named nobody. Who they are is for staff alone.
    """
    if network.respondents is None:
        return frozenset()
    return frozenset(
        key for key, person in network.people.items() if not person.is_guest and key not in network.known_respondents
    )


def analyze_nonresponse(network: Network) -> Nonresponse:
    """How many answered, and each figure from "as it was said" to "as the respondents answered".

    Ties, isolates, mutual pairs, parts and the largest part are counts of people or pairs (expected values, so with
    decimals); densities and reciprocity are shares, 0 to 1. Ranges are told for those that are defined in the network.
    """
    missing = nonrespondents(network)
    respondents = network.known_respondents & network.people.keys()
    figures = compute_network_metrics(network)
    return Nonresponse(
        was_surveyed=network.respondents is not None or bool(network.reports),
        known_respondents=len(respondents),
        nonrespondents=len(missing),
        respondents=network.respondents,
        invited=network.invited,
        response_rate=figures.response_rate,
        ranges=MappingProxyType(_ranges(network, respondents, missing)),
        are_respondents_recorded=network.are_respondents_recorded,
    )


def hidden_responses(figures: NetworkMetrics, *, smallest_group: int) -> TooFew | None:
    """What stands in place of how many answered, where fewer than the smallest group did, or did not; else None.

    By so few one could tell who. They are counted among those who were asked and among those who are here.
    """
    answered, rate = figures.respondents, figures.response_rate
    if answered is None:
        return None
    wholes = [figures.members, *([round(answered / rate)] if rate else [])]
    held = any(is_too_small(answered, whole=whole, smallest_group=smallest_group) for whole in wholes)
    return TooFew(smallest_group) if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Probabilities:
    """What respondents' pairs say of pairs with silent people in them."""

    returned: float
    """That a silent person names somebody who names them."""
    volunteered: float
    """That they name somebody who does not."""
    mutual: float
    """That two silent people name each other."""
    one_sided: float
    """That one of two silent people names the other, not the other way round."""

    @classmethod
    def among(cls, respondents: frozenset[PersonKey], reported: set[tuple[PersonKey, PersonKey]]) -> _Probabilities:
        """The chances that the reports among the people who answered (at least two) speak of."""
        pairs = len(respondents) * (len(respondents) - 1) // 2
        mutual = sum(1 for one, other in reported if one < other and (other, one) in reported)
        one_sided = len(reported) - 2 * mutual
        reports_missing = 2 * pairs - len(reported)
        usual = len(reported) / (2 * pairs)
        return cls(
            # Where no pair of respondents shows what follows on a name, or on none, the rate over all pairs stands in.
            returned=2 * mutual / len(reported) if reported else usual,
            volunteered=one_sided / reports_missing if reports_missing else usual,
            mutual=mutual / pairs,
            one_sided=one_sided / pairs,
        )


class _MissingReports:
    """The pairs in a network of which somebody's word is missing, and the chances that they are tied.

    Under "either" a pair of a respondent and a silent person is open where it is not tied; under "both" where the
    respondent reports it and no fact ties the two. A pair of two silent people is open where no fact ties them.
    """

    def __init__(self, network: Network, *, respondents: frozenset[PersonKey], missing: frozenset[PersonKey]) -> None:
        self.network, self.respondents, self.missing = network, respondents, missing
        self.chances = _Probabilities.among(
            respondents, {pair for pair in network.reports if respondents.issuperset(pair)}
        )
        self.named = [pair for pair in network.reports if pair[0] in respondents and pair[1] in missing]
        """Reports by somebody who answered of somebody who did not."""
        either = network.rule is TieRule.EITHER
        self.chance_mixed = self.chances.volunteered if either else self.chances.returned
        self.chance_silent = self.chances.mutual + (self.chances.one_sided if either else 0)
        self.both_silent = len(missing) * (len(missing) - 1) // 2

    def ties(self) -> float:
        """How many ties are to be expected."""
        ties = self.network.ties
        if self.network.rule is TieRule.EITHER:
            mixed = len(self.respondents) * len(self.missing) - sum(1 for tie in ties if self._is_mixed(tie))
        else:
            mixed = sum(1 for pair in self.named if pair_of(*pair) not in self.network.pairs)
        alike = self.both_silent - sum(1 for tie in ties if self.missing.issuperset((tie.a, tie.b)))
        return len(ties) + mixed * self.chance_mixed + alike * self.chance_silent

    def _is_mixed(self, tie: Tie) -> bool:
        respondents, missing = self.respondents, self.missing
        return (tie.a in respondents and tie.b in missing) or (tie.b in respondents and tie.a in missing)

    def reports(self) -> float:
        """How many reports are to be expected, by the respondents and by the silent."""
        unnamed = len(self.respondents) * len(self.missing) - len(self.named)
        return (
            len(self.network.reports)
            + len(self.named) * self.chances.returned
            + unnamed * self.chances.volunteered
            + self.both_silent * (2 * self.chances.mutual + self.chances.one_sided)
        )

    def mutual_pairs(self) -> float:
        """How many mutual pairs are to be expected: none that there are involves a silent person."""
        reported = set(self.network.reports)
        there = sum(1 for one, other in reported if one < other and (other, one) in reported)
        return there + len(self.named) * self.chances.returned + self.both_silent * self.chances.mutual

    def isolates(self) -> float:
        """How many are to be expected without a tie: for each who has none, the chance that all open pairs stay so."""
        waiting = Counter(key for pair in self.named for key in pair)
        expected = 0.0
        for key in (key for key, others in self.network.neighbors.items() if not others):
            if self.network.rule is TieRule.BOTH:
                mixed = waiting[key]
            else:
                mixed = (
                    len(self.missing)
                    if key in self.respondents
                    else len(self.respondents)
                    if key in self.missing
                    else 0
                )
            alike = len(self.missing) - 1 if key in self.missing else 0
            expected += (1 - self.chance_mixed) ** mixed * (1 - self.chance_silent) ** alike
        return expected

    def parts(self) -> tuple[float, float]:
        """The mean number of parts, and of people in the largest, over networks drawn with the chances."""
        import igraph

        place = self.network.index
        rng = np.random.default_rng(SEED)
        there = np.array([place[key] for key in sorted(self.respondents)], dtype=np.int64)
        gone = np.array([place[key] for key in sorted(self.missing)], dtype=np.int64)
        asked = np.array([(place[one], place[other]) for one, other in self.named], dtype=np.int64).reshape(-1, 2)
        known = np.array(self.network.topology.edges, dtype=np.int64).reshape(-1, 2)
        found = np.zeros((max(FEWEST_DRAWS, min(DRAWS, PEOPLE_DRAWN // len(place))), 2))
        for draw in range(len(found)):
            if self.network.rule is TieRule.EITHER:
                # A pair that is tied already is drawn with the others and changes nothing.
                hit = _hits(rng, len(there) * len(gone), self.chance_mixed)
                mixed = np.column_stack([there[hit // len(gone)], gone[hit % len(gone)]])
            else:
                mixed = asked[_hits(rng, len(asked), self.chance_mixed)]
            hit = _hits(rng, len(gone) ** 2, self.chance_silent)
            one, other = hit // len(gone), hit % len(gone)
            alike = np.column_stack([gone[one], gone[other]])[one < other]
            graph = igraph.Graph(n=len(self.network.people), edges=np.concatenate([known, mixed, alike]))
            sizes = graph.connected_components().sizes()
            found[draw] = len(sizes), max(sizes)
        return float(found[:, 0].mean()), float(found[:, 1].mean())


def _ranges(network: Network, respondents: frozenset[PersonKey], missing: frozenset[PersonKey]) -> dict[str, Range]:
    if not missing or len(respondents) < FEWEST_ANSWERS:
        return {}
    figures = compute_network_metrics(network)
    reports_missing = _MissingReports(network, respondents=respondents, missing=missing)
    size = figures.members
    ties, reports, mutual = reports_missing.ties(), reports_missing.reports(), reports_missing.mutual_pairs()
    parts, largest = reports_missing.parts()
    values: dict[str, tuple[float | None, float]] = {
        "ties": (figures.ties, ties),
        "average_ties": (figures.average_ties, 2 * ties / size),
        "density": (figures.density, 2 * ties / (size * (size - 1))),
        "isolates": (figures.isolates, reports_missing.isolates()),
        "reported_ties": (figures.reported_ties, reports),
        "reported_density": (figures.reported_density, reports / (size * (size - 1))),
        "mutual_pairs": (figures.mutual_pairs, mutual),
        "reciprocity": (figures.reciprocity, 2 * mutual / reports if reports else 0.0),
        "components": (figures.components, parts),
        "largest_component": (figures.largest_component, largest),
    }
    return {
        name: Range(as_reported=float(reported), if_all_answered=float(estimated))
        for name, (reported, estimated) in values.items()
        if reported is not None
    }


def _hits(rng: np.random.Generator, many: int, chance: float) -> Numbers:
    """Which of `many` come up when each does with this chance, by the gaps between them (Batagelj & Brandes 2005)."""
    if not many or chance <= 0:
        return np.zeros(0, dtype=np.int64)
    found = [np.zeros(0, dtype=np.int64)]
    last = -1
    while last < many - 1:
        steps = rng.geometric(min(chance, 1.0), size=int(many * chance * 1.1) + 20)
        # A gap longer than what is left ends it: cut there, so that the sum cannot run over.
        at = last + np.cumsum(np.minimum(steps, many + 1))
        found.append(at[at < many])
        last = int(at[-1])
    return np.concatenate(found)
