"""Who is tied to whom, what follows from it, and where everybody stands on the map."""

from nethealth.network.declared import MEASURES
from nethealth.network.either_or_both import UnderTheOther, under_the_other_rule
from nethealth.network.graph import Network, Tie, network_at
from nethealth.network.layout import layout
from nethealth.network.profile import NetworkFigures, PersonFigures, network_figures, people_figures
from nethealth.network.rounds import LATEST, Round, rounds
from nethealth.network.segments import SegmentFigures, segment_figures
from nethealth.network.shape import ShapeReading, shape_of
from nethealth.network.shape_signs import Shape
from nethealth.network.silence import Range, Silence, silence, silent
from nethealth.network.stepping_back import HubRole, SteppingBack, stepping_back
from nethealth.network.waves import Change, WaveFigures, change_between, wave_figures, without_hub
from nethealth.network.words import in_words

__all__ = [
    "LATEST",
    "MEASURES",
    "Change",
    "HubRole",
    "Network",
    "NetworkFigures",
    "PersonFigures",
    "Range",
    "Round",
    "SegmentFigures",
    "Shape",
    "ShapeReading",
    "Silence",
    "SteppingBack",
    "Tie",
    "UnderTheOther",
    "WaveFigures",
    "change_between",
    "in_words",
    "layout",
    "network_at",
    "network_figures",
    "people_figures",
    "rounds",
    "segment_figures",
    "shape_of",
    "silence",
    "silent",
    "stepping_back",
    "under_the_other_rule",
    "wave_figures",
    "without_hub",
]
