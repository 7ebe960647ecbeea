"""Who answered, in words, and the figures that the silence of the others could change."""

from __future__ import annotations

from nethealth.metric import Unit
from nethealth.network import METRICS, Network, Nonresponse, nonrespondents
from nethealth.network.analysis.nonresponse import ENOUGH_RESPONSES, FEW_RESPONSES
from nethealth.network.tables.metrics import written_ends
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.privacy.suppression import TooFew, is_too_small

Row = dict[str, object]

HELD_BACK_TITLE = "Who answered is not told of so few people"
RANGED = ("average_ties", "density", "isolates", "ties", "reciprocity", "largest_component", "components")
"""The figures whose range is shown, most important first; density beside ties per member."""
WHAT_IT_IS = (
    "The first figure is what was said: the silent have no tie beyond what others say of them. The second is what "
    "could be expected if they had answered as the others did: naming back as often whoever names them, and naming "
    "others as often. It is no limit: the silent may be less connected than those who answered, or more."
)
SOURCES = "Kossinets 2006; Huisman 2009; Smith & Moody 2013"


def held_back(silence: Nonresponse, *, smallest_group: int) -> TooFew | None:
    """What stands in place of who answered for viewers: by it so few people could be told; None where it may be shown.

    Names are for staff alone, and of a few people who are looked at a count alone would tell who did not answer.
    """
    here = silence.known_respondents + silence.nonrespondents
    too_small = silence.was_surveyed and is_too_small(silence.nonrespondents, whole=here, smallest_group=smallest_group)
    return TooFew(smallest_group) if too_small else None


def held_back_text(withheld: TooFew) -> str:
    """Why viewers are not told who answered."""
    return f"Of these people {withheld} answered, or did not: that would tell who."


NOT_NOTED = (
    " The sheet does not say who answered, so whoever named nobody counts as silent. If they did answer, list them in "
    "the tab Waves, under Responded."
)


def silence_title(silence: Nonresponse) -> str:
    """Who answered, as a heading."""
    if not silence.was_surveyed:
        return "Nobody has been asked about their ties yet"
    if silence.respondents is None:
        return "How many of these people answered is not known"
    answered = silence.respondents
    if silence.response_rate is None or silence.invited is None:
        return f"{pluralize(answered, 'person', 'people')} answered".capitalize()
    if answered == silence.invited:
        return f"All {answered:,} who were asked answered" if answered else "Nobody was asked"
    rate = format_value(silence.response_rate, Unit.SHARE)
    did = "answered" if silence.are_respondents_recorded else "named somebody"
    return f"{answered:,} of {pluralize(silence.invited, 'person', 'people')} {did} ({rate})"


def silence_text(silence: Nonresponse) -> str:
    """Whether enough answered for the figures to hold."""
    if not silence.was_surveyed:
        return (
            "Every tie here is known from weavers, convenings or staff. So the map shows whom they have met, and "
            "a person without a tie may have many that nobody has told of."
        )
    rate = _rate(silence)
    if rate is None:
        return "Nobody noted who was asked and who answered, so nobody can say how many are missing."
    if silence.nonrespondents == 0:
        return "Nothing is missing: what people say of each other is all here."
    if rate >= 1:
        said = "As many answered as were asked, yet perhaps not everybody here was."
    elif rate >= ENOUGH_RESPONSES:
        said = "That is enough for the figures of the whole network to hold, give or take what stands below."
    elif rate >= FEW_RESPONSES:
        said = "Read the figures with some care: the silence of the others could move them, as stands below."
    else:
        said = "That is few: the map shows who answered as much as who is connected."
    placed = (
        f" {pluralize(silence.unnamed_responses, 'answer is', 'answers are')} counted without a name, "
        "so some of these people may "
        "have answered and named nobody."
        if silence.unnamed_responses
        else ""
    )
    if not silence.are_respondents_recorded:
        placed = NOT_NOTED
    missing = pluralize(silence.nonrespondents, "person", "people")
    return f"{said} Of {missing} here no answer is known; whoever did not answer looks less connected.{placed}"


def _rate(silence: Nonresponse) -> float | None:
    """The response rate, or where nobody noted how many were asked, the share of those here who answered."""
    if silence.response_rate is not None:
        return silence.response_rate
    here = silence.known_respondents + silence.nonrespondents
    return silence.known_respondents / here if here and silence.respondents is not None else None


def is_worth_a_warning(silence: Nonresponse) -> bool:
    """Whether the figures must be read with that in mind: fewer than four in five answered."""
    rate = _rate(silence)
    return silence.was_surveyed and rate is not None and rate < ENOUGH_RESPONSES


def range_rows(silence: Nonresponse) -> list[Row]:
    """One row a figure that the silence could change: as it was said, and as the respondents answered."""
    measures = {measure.id: measure for measure in METRICS["network"]}
    rows: list[Row] = []
    for name in RANGED:
        if name in silence.ranges:
            said, alike = written_ends(silence.ranges[name], measures[name].unit)
            rows.append({"Figure": measures[name].label, "As it was said": said, "If all had answered alike": alike})
    return rows


def no_range_text(silence: Nonresponse) -> str | None:
    """Why there is no range, where somebody is silent and yet none can be told."""
    if silence.was_surveyed and silence.nonrespondents and not silence.ranges:
        return "Too few answered to say what the others might have said."
    return None


def names_text(silence: Nonresponse, *, shown: int) -> str:
    """What stands above the names of those who did not answer."""
    hidden = silence.nonrespondents - shown
    more = f" {pluralize(hidden, 'more is', 'more are')} not to be shown." if hidden else ""
    return f"For staff alone.{more} Perhaps the question never reached them: a call does more than a reminder."


def silent_names(network: Network) -> list[str]:
    """Those of whom no answer is known, by name and so for staff alone, sorted; nobody who is not to be shown."""
    people = (network.people[key] for key in nonrespondents(network))
    return sorted((person.name for person in people if person.on_map), key=str.casefold)
