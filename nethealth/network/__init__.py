"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.analysis.attribute_mixing import AttributeMixing, measure_mixing
from nethealth.network.analysis.community_profiles import (
    CommunityProfile,
    CommunityProfiles,
    agreement,
    profile_communities,
)
from nethealth.network.analysis.community_stability import CommunityStability, assess_stability
from nethealth.network.analysis.convening_effect import (
    AroundConvening,
    ConveningEffect,
    PairCounts,
    analyze_convening_effect,
)
from nethealth.network.analysis.hub_removal import HubRemoval, HubRole, analyze_hub_removal
from nethealth.network.analysis.nonresponse import (
    Nonresponse,
    Range,
    analyze_nonresponse,
    answers_withheld,
    nonrespondents,
)
from nethealth.network.analysis.permutation_test import (
    Cell,
    ChanceVerdict,
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
    Change,
    WaveMetrics,
    change_between,
    metrics_by_wave,
    waves_up_to,
    without_hub,
)
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import node_positions
from nethealth.network.metrics.cut_points import CutMember, CutTie, cut_members, cut_off_by, cut_ties
from nethealth.network.metrics.definitions import METRICS, PAGE_METRICS
from nethealth.network.metrics.network_metrics import (
    NetworkMetrics,
    PersonMetrics,
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
)
from nethealth.network.selection import EVERYTHING, Choices, Selection, Shown, choices_of, groups_of, selected, shown_of
from nethealth.network.summary_text import describe_network
from nethealth.network.waves import LATEST, RelationshipWave, relationship_waves

__all__ = [
    "EVERYTHING",
    "LATEST",
    "METRICS",
    "PAGE_METRICS",
    "Answers",
    "AroundConvening",
    "AttributeMixing",
    "Cell",
    "ChanceVerdict",
    "Change",
    "Choices",
    "CommunityProfile",
    "CommunityProfiles",
    "CommunityStability",
    "ConveningEffect",
    "CutMember",
    "CutTie",
    "HubRemoval",
    "HubRole",
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
    "Shown",
    "Tie",
    "TieRuleComparison",
    "TieValueSummary",
    "TypologyResult",
    "WaveComparison",
    "WaveMetrics",
    "agreement",
    "analyze_convening_effect",
    "analyze_hub_removal",
    "analyze_nonresponse",
    "answers_withheld",
    "assess_stability",
    "change_between",
    "choices_of",
    "classify_typology",
    "compare_tie_rules",
    "compare_waves",
    "compute_exact_metrics",
    "compute_network_metrics",
    "compute_person_metrics",
    "cut_members",
    "cut_off_by",
    "cut_ties",
    "describe_network",
    "groups_of",
    "layout",
    "measure_mixing",
    "metrics_by_wave",
    "network_at",
    "node_positions",
    "nonrespondents",
    "profile_communities",
    "relationship_waves",
    "run_permutation_test",
    "selected",
    "shared_positions",
    "shown_of",
    "summarize_tie_values",
    "waves_up_to",
    "without_hub",
]
