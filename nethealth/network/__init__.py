"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.analysis.attribute_mixing import SegmentFigures, segment_figures
from nethealth.network.analysis.community_profiles import GroupProfile, GroupProfiles, agreement, group_profiles
from nethealth.network.analysis.community_stability import GroupStability, group_stability
from nethealth.network.analysis.convening_effect import AroundConvening, ConveningEffect, PairCounts, convening_effect
from nethealth.network.analysis.hub_removal import HubRole, SteppingBack, stepping_back
from nethealth.network.analysis.nonresponse import Range, Silence, answers_withheld, silence, silent
from nethealth.network.analysis.permutation_test import Against, Cell, MixingAgainstChance, Standing, against_chance
from nethealth.network.analysis.tie_rule_comparison import UnderTheOther, under_the_other_rule
from nethealth.network.analysis.tie_values import Answers, TieQuality, tie_qualities
from nethealth.network.analysis.typology import ShapeReading, shape_of
from nethealth.network.analysis.typology_thresholds import Shape
from nethealth.network.analysis.wave_comparison import Comparison, compare, shared_places
from nethealth.network.analysis.wave_metrics import (
    Change,
    WaveFigures,
    change_between,
    told_of_wave,
    wave_figures,
    without_hub,
)
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import places_of
from nethealth.network.metrics.cut_points import CutMember, CutTie, cut_members, cut_off_by, cut_ties
from nethealth.network.metrics.definitions import MEASURES, PAGE_MEASURES
from nethealth.network.metrics.network_metrics import (
    NetworkFigures,
    PersonFigures,
    exact_figures,
    network_figures,
    people_figures,
)
from nethealth.network.selection import EVERYTHING, Choices, Selection, Shown, choices_of, groups_of, selected, shown_of
from nethealth.network.summary_text import in_words
from nethealth.network.waves import LATEST, Round, rounds

__all__ = [
    "EVERYTHING",
    "LATEST",
    "MEASURES",
    "PAGE_MEASURES",
    "Against",
    "Answers",
    "AroundConvening",
    "Cell",
    "Change",
    "Choices",
    "Comparison",
    "ConveningEffect",
    "CutMember",
    "CutTie",
    "GroupProfile",
    "GroupProfiles",
    "GroupStability",
    "HubRole",
    "MixingAgainstChance",
    "Network",
    "NetworkFigures",
    "PairCounts",
    "PersonFigures",
    "Range",
    "Round",
    "SegmentFigures",
    "Selection",
    "Shape",
    "ShapeReading",
    "Shown",
    "Silence",
    "Standing",
    "SteppingBack",
    "Tie",
    "TieQuality",
    "UnderTheOther",
    "WaveFigures",
    "against_chance",
    "agreement",
    "answers_withheld",
    "change_between",
    "choices_of",
    "compare",
    "convening_effect",
    "cut_members",
    "cut_off_by",
    "cut_ties",
    "exact_figures",
    "group_profiles",
    "group_stability",
    "groups_of",
    "in_words",
    "layout",
    "network_at",
    "network_figures",
    "people_figures",
    "places_of",
    "rounds",
    "segment_figures",
    "selected",
    "shape_of",
    "shared_places",
    "shown_of",
    "silence",
    "silent",
    "stepping_back",
    "tie_qualities",
    "told_of_wave",
    "under_the_other_rule",
    "wave_figures",
    "without_hub",
]
