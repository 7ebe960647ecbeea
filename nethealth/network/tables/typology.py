"""Which shape the network has, in words: the finding, what speaks for it in figures, what usually helps next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nethealth.metric import Unit
from nethealth.network import NetworkType, TypologyResult
from nethealth.network.analysis.typology import FEWEST_TIED
from nethealth.network.analysis.typology_thresholds import INDICATORS, KREBS_HOLLEY, Threshold
from nethealth.presentation.formatting import format_value

Row = dict[str, object]

NAMES: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "Scattered",
        NetworkType.HUB_AND_SPOKE: "Hub and spokes",
        NetworkType.MULTI_HUB: "Several hubs",
        NetworkType.CORE_AND_PERIPHERY: "Core and periphery",
    }
)
"""What each is called on the page."""
TITLES: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "The network is still scattered: small clusters with little between them",
        NetworkType.HUB_AND_SPOKE: "The network is a hub with spokes: most ways run through one",
        NetworkType.MULTI_HUB: "The network has several hubs: groups that well-connected people join together",
        NetworkType.CORE_AND_PERIPHERY: "The network has a core and a periphery: a dense middle, open at the edge",
    }
)
NEXT: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "Find someone who likes to bring people together, and give them time for it. Talk with one "
        "person of each cluster, ask what they would like to do, and introduce two who want the same.",
        NetworkType.HUB_AND_SPOKE: "Help ties grow past the hub. Introduce members to each other directly, two or three at a "
        "time, around something they share; hand a session or a working group to others, so that new hubs can grow.",
        NetworkType.MULTI_HUB: "Join the hubs. Begin small projects with people of two or three groups, and give those who "
        "hang on one person a second way in, so that no group depends on its hub.",
        NetworkType.CORE_AND_PERIPHERY: "Keep the edge open. Bring in newcomers and people of other fields, invite those at "
        "the edge to something real, and let people of the core step out of it now and then.",
    }
)
"""What usually helps next: advice of ours after the stages that Krebs & Holley describe."""
NOT_MEANING = (
    "Not a mark or a stage that must come: a shape says what the ties look like now, and each serves some purposes "
    "better. It says nothing of how strong or how useful the ties are."
)
HOW = (
    "A shape is named when three quarters of its signs are here, no other comes near, and the sign that must be is. "
    f"The hub’s people count as one. The four are described by {KREBS_HOLLEY}; the limits are ours, each for the "
    "reason given."
)


def shape_title(found: TypologyResult) -> str:
    """The finding, as a heading."""
    if found.is_too_small:
        return "Too few ties yet to speak of a shape"
    if found.network_type is not None:
        return TITLES[found.network_type]
    if found.tied_types:
        either = " or ".join(NAMES[shape].lower() for shape in sorted(found.tied_types, key=list(NetworkType).index))
        return f"The shape is not sure: {either}"
    return "The shape is not sure: none of the four stands out"


def shape_text(found: TypologyResult) -> str:
    """Why no shape is named, where none is, or how much speaks for the one that is."""
    if found.is_too_small:
        return f"A shape shows once at least {FEWEST_TIED} people have a tie; the hub’s people count as one."
    if found.network_type is not None:
        signs = found.evidence(found.network_type)
        held = sum(holds for _, _, holds in signs)
        return f"{'All' if held == len(signs) else held} of its {len(signs)} signs are here." if held else ""
    if found.tied_types:
        return "The signs disagree: each of these has nearly as many as the other."
    return "Ties are spread without a clear hub or core, or the signs point different ways."


def advice(found: TypologyResult) -> list[tuple[str, str]]:
    """What usually helps next, each with the shape that it is for; none where no shape is near."""
    shapes = (found.network_type,) if found.network_type is not None else found.tied_types
    return [(NAMES[shape], NEXT[shape]) for shape in NetworkType if shape in shapes]


def reasons(found: TypologyResult) -> list[tuple[bool, str]]:
    """What speaks for the shape that is named, or for each that it could be, and what against it, in figures."""
    shapes = (found.network_type,) if found.network_type is not None else found.tied_types
    told: dict[str, bool] = {}
    for shape in NetworkType:
        if shape in shapes:
            several = f"{NAMES[shape]}: " if len(shapes) > 1 else ""
            for sign, value, holds in found.evidence(shape):
                told[f"{several}{_in_figures(sign, value)}"] = holds
    return [(holds, reason) for reason, holds in told.items()]


def sign_rows(found: TypologyResult) -> list[Row]:
    """Every sign of every shape: what it is here, what it would have to be, and why."""
    return [
        {
            "Shape": NAMES[shape],
            "Figure": INDICATORS[sign.indicator].label,
            "Here": _number(value, INDICATORS[sign.indicator].unit),
            "A sign if": f"{_limit(sign)}{' (must be)' if sign.essential else ''}",
            "Is it": "yes" if holds else "no",
            "Why": sign.reason[:1].upper() + sign.reason[1:],
        }
        for shape in NetworkType
        for sign, value, holds in found.evidence(shape)
    ]


def _in_figures(sign: Threshold, value: float | None) -> str:
    indicator = INDICATORS[sign.indicator]
    return f"{indicator.label}: {_number(value, indicator.unit)} (a sign if {_limit(sign)})"


def _limit(sign: Threshold) -> str:
    unit = INDICATORS[sign.indicator].unit
    if sign.at_least is not None and sign.at_most is not None:
        return f"{_number(sign.at_least, unit)} to {_number(sign.at_most, unit)}"
    if sign.at_least is not None:
        return f"{_number(sign.at_least, unit)} or more"
    return f"{_number(sign.at_most, unit)} or less"


def _number(value: float | None, unit: Unit) -> str:
    return format_value(value, unit).removeprefix("+")
