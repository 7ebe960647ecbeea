"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.analysis.attribute_mixing import AttributeMixing, measure_mixing
from nethealth.network.analysis.community_profiles import (
    CommunityProfile,
    CommunityProfiles,
    column_agreement,
    profile_communities,
)
from nethealth.network.analysis.community_stability import CommunityStability, assess_stability
from nethealth.network.analysis.convening_effect import (
    ConveningComparison,
    ConveningEffect,
    PairCounts,
    analyze_convening_effect,
)
from nethealth.network.analysis.hub_removal import HubRemoval, HubRole, analyze_hub_removal
from nethealth.network.analysis.nonresponse import (
    Nonresponse,
    Range,
    analyze_nonresponse,
    hidden_responses,
    nonrespondents,
)
from nethealth.network.analysis.permutation_test import (
    ChanceVerdict,
    MixingCell,
    MixingTest,
    PermutationResult,
    run_permutation_test,
)
from nethealth.network.analysis.tie_rule_comparison import TieRuleComparison, compare_tie_rules
from nethealth.network.analysis.tie_values import Answers, TieValueSummary, summarize_tie_values
from nethealth.network.analysis.typology import TypologyResult, classify_typology
from nethealth.network.analysis.typology_thresholds import NetworkType
from nethealth.network.analysis.wave_comparison import WaveComparison, compare_waves, shared_positions
from nethealth.network.analysis.wave_metrics import (
    TieTurnover,
    WaveMetrics,
    metrics_by_wave,
    metrics_without_hub,
    tie_turnover,
    wave_metrics,
)
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import node_positions
from nethealth.network.metrics.cut_points import CutMember, CutTie, cut_members, cut_ties, people_cut_off_by
from nethealth.network.metrics.definitions import METRICS, PAGE_METRICS
from nethealth.network.metrics.network_metrics import (
    NetworkMetrics,
    PersonMetrics,
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
)
from nethealth.network.selection import (
    EVERYTHING,
    FilterChoices,
    Selection,
    ShownCounts,
    clusters_by_person,
    count_shown,
    find_choices,
    select_part,
)
from nethealth.network.summary_text import describe_network
from nethealth.network.waves import LATEST, RelationshipWave, relationship_waves

__all__ = [
    "EVERYTHING",
    "LATEST",
    "METRICS",
    "PAGE_METRICS",
    "Answers",
    "AttributeMixing",
    "ChanceVerdict",
    "CommunityProfile",
    "CommunityProfiles",
    "CommunityStability",
    "ConveningComparison",
    "ConveningEffect",
    "CutMember",
    "CutTie",
    "FilterChoices",
    "HubRemoval",
    "HubRole",
    "MixingCell",
    "MixingTest",
    "Network",
    "NetworkMetrics",
    "NetworkType",
    "Nonresponse",
    "PairCounts",
    "PermutationResult",
    "PersonMetrics",
    "Range",
    "RelationshipWave",
    "Selection",
    "ShownCounts",
    "Tie",
    "TieRuleComparison",
    "TieTurnover",
    "TieValueSummary",
    "TypologyResult",
    "WaveComparison",
    "WaveMetrics",
    "analyze_convening_effect",
    "analyze_hub_removal",
    "analyze_nonresponse",
    "assess_stability",
    "classify_typology",
    "clusters_by_person",
    "column_agreement",
    "compare_tie_rules",
    "compare_waves",
    "compute_exact_metrics",
    "compute_network_metrics",
    "compute_person_metrics",
    "count_shown",
    "cut_members",
    "cut_ties",
    "describe_network",
    "find_choices",
    "hidden_responses",
    "layout",
    "measure_mixing",
    "metrics_by_wave",
    "metrics_without_hub",
    "network_at",
    "node_positions",
    "nonrespondents",
    "people_cut_off_by",
    "profile_communities",
    "relationship_waves",
    "run_permutation_test",
    "select_part",
    "shared_positions",
    "summarize_tie_values",
    "tie_turnover",
    "wave_metrics",
]
