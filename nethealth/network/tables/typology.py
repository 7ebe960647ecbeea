"""The network's type: the finding, the signs for and against it, and what usually helps next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nethealth.metric import Unit
from nethealth.network.analysis.typology import FEWEST_TIED, TypologyResult
from nethealth.network.analysis.typology_thresholds import INDICATORS, KREBS_HOLLEY, NetworkType, Threshold
from nethealth.presentation.formatting import format_value
from nethealth.presentation.table import Format, Table

NAMES: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "Scattered",
        NetworkType.HUB_AND_SPOKE: "Hub and spokes",
        NetworkType.MULTI_HUB: "Several hubs",
        NetworkType.CORE_AND_PERIPHERY: "Core and periphery",
    }
)
"""What the page calls each type."""
TITLES: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "The network is scattered: small clusters, with few connections between them",
        NetworkType.HUB_AND_SPOKE: "The network is a hub with spokes: most paths run through one hub",
        NetworkType.MULTI_HUB: "The network has several hubs: well-connected people link its clusters",
        NetworkType.CORE_AND_PERIPHERY: "The network has a core and a periphery: a dense center with an open edge",
    }
)
NEXT_STEPS: Mapping[NetworkType, str] = MappingProxyType(
    {
        NetworkType.SCATTERED: "Find someone who likes bringing people together, and give them time for it. Talk with "
        "one person from each cluster, ask what they’d like to do, and introduce two people who want the same thing.",
        NetworkType.HUB_AND_SPOKE: "Help connections grow past the hub. Introduce members directly, two or three at a "
        "time, around something they share. Let others run a session or a working group, so new hubs can grow.",
        NetworkType.MULTI_HUB: "Connect the hubs. Start small projects with people from two or three clusters, and "
        "give people who depend on one person a second connection.",
        NetworkType.CORE_AND_PERIPHERY: "Keep the edge open. Bring in newcomers and people from other fields. Invite "
        "people at the edge to something real, and let core members step out now and then.",
    }
)
"""What usually helps next: our advice, based on the stages that Krebs & Holley describe."""
NOT_MEANING = (
    "A type isn’t a grade or a stage to reach. It describes how people are connected now, not how strong or useful the "
    "connections are. Each type is good for something."
)
METHOD = (
    "We name a type if the network shows at least three quarters of its signs, including the required one, and no "
    f"other type comes close. We count the hub’s people as one. The four types come from {KREBS_HOLLEY}. The "
    "thresholds are ours, for the reasons above."
)


def type_title(result: TypologyResult) -> str:
    """Return the finding, as a heading."""
    if result.is_too_small:
        return "Too few connections yet to name a network type"
    if result.network_type is not None:
        return TITLES[result.network_type]
    if result.tied_types:
        either = " or ".join(NAMES[each].lower() for each in sorted(result.tied_types, key=list(NetworkType).index))
        return f"The network type isn’t clear: {either}"
    return "The network type isn’t clear: none of the four stands out"


def type_text(result: TypologyResult) -> str:
    """Return how many signs support the type, or why we name none."""
    if result.is_too_small:
        return f"We name a type once at least {FEWEST_TIED} people are connected, counting the hub’s people as one."
    if result.network_type is not None:
        signs = result.evidence(result.network_type)
        present = sum(holds for _, _, holds in signs)
        number = f"all {len(signs)}" if present == len(signs) else f"{present} of the {len(signs)}"
        return f"We found {number} signs of this type." if present else ""
    if result.tied_types:
        return "Both types have nearly as many signs."
    return "There is no clear hub or core, or the signs disagree."


def next_steps(result: TypologyResult) -> list[tuple[str, str]]:
    """Return what usually helps next, with the type it is for; empty if no type comes close."""
    return [(NAMES[each], NEXT_STEPS[each]) for each in _candidates(result)]


def reasons(result: TypologyResult) -> list[tuple[bool, str]]:
    """Return the signs of the type we name, or of each it could be: whether each sign is here, and its value."""
    candidates = _candidates(result)
    present: dict[str, bool] = {}
    for each in candidates:
        prefix = f"{NAMES[each]}: " if len(candidates) > 1 else ""
        for sign, value, holds in result.evidence(each):
            present[f"{prefix}{_sign(sign, value)}"] = holds
    return [(holds, reason) for reason, holds in present.items()]


def _candidates(result: TypologyResult) -> list[NetworkType]:
    """The type we name, or those it could be, in the order in which networks tend to grow."""
    candidates = (result.network_type,) if result.network_type is not None else result.tied_types
    return [each for each in NetworkType if each in candidates]


def sign_table(result: TypologyResult) -> Table:
    """Return every sign of every type: its value here, its threshold, and the reason for that threshold."""
    rows = (
        {
            "Type": NAMES[each],
            "Metric": INDICATORS[sign.indicator].label,
            "Here": _format(value, INDICATORS[sign.indicator].unit),
            "Sign if": f"{_threshold(sign)}{' (required)' if sign.essential else ''}",
            "Present": "yes" if holds else "no",
            "Why": sign.reason[:1].upper() + sign.reason[1:],
        }
        for each in NetworkType
        for sign, value, holds in result.evidence(each)
    )
    return Table.of(dict.fromkeys(("Type", "Metric", "Here", "Sign if", "Present", "Why"), Format.TEXT), rows)


def _sign(sign: Threshold, value: float | None) -> str:
    indicator = INDICATORS[sign.indicator]
    return f"{indicator.label}: {_format(value, indicator.unit)} (a sign if {_threshold(sign)})"


def _threshold(sign: Threshold) -> str:
    unit = INDICATORS[sign.indicator].unit
    if sign.at_least is not None and sign.at_most is not None:
        return f"{_format(sign.at_least, unit)} to {_format(sign.at_most, unit)}"
    if sign.at_least is not None:
        return f"{_format(sign.at_least, unit)} or more"
    return f"{_format(sign.at_most, unit)} or less"


def _format(value: float | None, unit: Unit) -> str:
    return format_value(value, unit).removeprefix("+")
