"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.declared import MEASURES
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout import layout
from nethealth.network.places import places_of
from nethealth.network.profile import NetworkFigures, PersonFigures, exact_figures, network_figures, people_figures
from nethealth.network.rounds import LATEST, Round, rounds
from nethealth.network.segments import SegmentFigures, segment_figures
from nethealth.network.selection import EVERYTHING, Choices, Selection, Shown, choices_of, groups_of, selected, shown_of
from nethealth.network.stability import GroupStability, group_stability
from nethealth.network.waves import Change, WaveFigures, change_between, told_of_wave, wave_figures, without_hub
from nethealth.network.words import in_words

__all__ = [
    "EVERYTHING",
    "LATEST",
    "MEASURES",
    "Change",
    "Choices",
    "GroupStability",
    "Network",
    "NetworkFigures",
    "PersonFigures",
    "Round",
    "SegmentFigures",
    "Selection",
    "Shown",
    "Tie",
    "WaveFigures",
    "change_between",
    "choices_of",
    "exact_figures",
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
    "shown_of",
    "told_of_wave",
    "wave_figures",
    "without_hub",
]
