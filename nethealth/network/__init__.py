"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.declared import MEASURES
from nethealth.network.either_or_both import UnderTheOther, under_the_other_rule
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout import layout
from nethealth.network.places import places_of
from nethealth.network.profile import NetworkFigures, PersonFigures, exact_figures, network_figures, people_figures
from nethealth.network.rounds import LATEST, Round, rounds
from nethealth.network.segments import SegmentFigures, segment_figures
from nethealth.network.selection import EVERYTHING, Choices, Selection, Shown, choices_of, groups_of, selected, shown_of
from nethealth.network.shape import Shape, ShapeReading, shape_of
from nethealth.network.silence import Range, Silence, silence, silent
from nethealth.network.stability import GroupStability, group_stability
from nethealth.network.stepping_back import HubRole, SteppingBack, stepping_back
from nethealth.network.waves import Change, WaveFigures, change_between, told_of_wave, wave_figures, without_hub
from nethealth.network.words import in_words

__all__ = [
    "EVERYTHING",
    "LATEST",
    "MEASURES",
    "Change",
    "Choices",
    "GroupStability",
    "HubRole",
    "Network",
    "NetworkFigures",
    "PersonFigures",
    "Range",
    "Round",
    "SegmentFigures",
    "Selection",
    "Shape",
    "ShapeReading",
    "Shown",
    "Silence",
    "SteppingBack",
    "Tie",
    "UnderTheOther",
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
    "shape_of",
    "shown_of",
    "silence",
    "silent",
    "stepping_back",
    "told_of_wave",
    "under_the_other_rule",
    "wave_figures",
    "without_hub",
]
