"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.declared import MEASURES
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout import layout
from nethealth.network.places import places_of
from nethealth.network.profile import NetworkFigures, PersonFigures, exact_figures, network_figures, people_figures
from nethealth.network.rounds import LATEST, Round, rounds
from nethealth.network.segments import SegmentFigures, segment_figures
from nethealth.network.stability import GroupStability, group_stability
from nethealth.network.waves import Change, WaveFigures, change_between, wave_figures, without_hub
from nethealth.network.words import in_words

__all__ = [
    "LATEST",
    "MEASURES",
    "Change",
    "GroupStability",
    "Network",
    "NetworkFigures",
    "PersonFigures",
    "Round",
    "SegmentFigures",
    "Tie",
    "WaveFigures",
    "change_between",
    "exact_figures",
    "group_stability",
    "in_words",
    "layout",
    "network_at",
    "network_figures",
    "people_figures",
    "places_of",
    "rounds",
    "segment_figures",
    "wave_figures",
    "without_hub",
]
