"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.chance import Against, Cell, MixingAgainstChance, Standing, against_chance
from nethealth.network.comparison import Comparison, compare, shared_places
from nethealth.network.convening_effect import AroundConvening, ConveningEffect, PairCounts, convening_effect
from nethealth.network.cut_offs import CutMember, CutTie, cut_members, cut_off_by, cut_ties
from nethealth.network.declared import MEASURES
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.group_profiles import GroupProfile, GroupProfiles, agreement, group_profiles
from nethealth.network.layout import layout
from nethealth.network.places import places_of
from nethealth.network.profile import NetworkFigures, PersonFigures, exact_figures, network_figures, people_figures
from nethealth.network.rounds import LATEST, Round, rounds
from nethealth.network.segments import SegmentFigures, segment_figures
from nethealth.network.stability import GroupStability, group_stability
from nethealth.network.tie_values import Answers, TieQuality, tie_qualities
from nethealth.network.waves import Change, WaveFigures, change_between, wave_figures, without_hub
from nethealth.network.words import in_words

__all__ = [
    "LATEST",
    "MEASURES",
    "Against",
    "Answers",
    "AroundConvening",
    "Cell",
    "Change",
    "Comparison",
    "ConveningEffect",
    "CutMember",
    "CutTie",
    "GroupProfile",
    "GroupProfiles",
    "GroupStability",
    "MixingAgainstChance",
    "Network",
    "NetworkFigures",
    "PairCounts",
    "PersonFigures",
    "Round",
    "SegmentFigures",
    "Standing",
    "Tie",
    "TieQuality",
    "WaveFigures",
    "against_chance",
    "agreement",
    "change_between",
    "compare",
    "convening_effect",
    "cut_members",
    "cut_off_by",
    "cut_ties",
    "exact_figures",
    "group_profiles",
    "group_stability",
    "in_words",
    "layout",
    "network_at",
    "network_figures",
    "people_figures",
    "places_of",
    "rounds",
    "segment_figures",
    "shared_places",
    "tie_qualities",
    "wave_figures",
    "without_hub",
]
