"""Who answered, and which metrics the missing responses could change."""

from __future__ import annotations

from nethealth.metric import Unit
from nethealth.network.analysis.nonresponse import ENOUGH_RESPONSES, FEW_RESPONSES, Nonresponse, nonrespondents
from nethealth.network.graph import Network
from nethealth.network.metrics.definitions import METRICS
from nethealth.network.tables.metrics import format_range
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.presentation.table import Row
from nethealth.privacy.suppression import TooFew, is_too_small

HIDDEN_TITLE = "We hide how many of these people answered"
RANGED = ("average_ties", "density", "isolates", "ties", "reciprocity", "largest_component", "components")
"""The metrics whose range is shown, most important first; density next to connections per member."""
ESTIMATE_NOTE = (
    "“As reported” counts only what people reported, so nonrespondents have just the connections that others named. "
    "The estimate assumes they would have answered like everyone else. They could be less connected, or more."
)
SOURCES = "Kossinets 2006; Huisman 2009; Smith & Moody 2013"
NOT_RECORDED = (
    " The workbook doesn’t record who answered, so we count anyone who named no one as a nonrespondent. If they did "
    "answer, list them in the Waves tab under Responded."
)


def hidden_count(nonresponse: Nonresponse, *, smallest_group: int) -> TooFew | None:
    """Return what viewers see in place of the response rate; None if it may be shown.

    Names are for staff only, and among few people the count alone would reveal who did not answer.
    """
    here = nonresponse.known_respondents + nonresponse.nonrespondents
    too_small = nonresponse.was_surveyed and is_too_small(
        nonresponse.nonrespondents, whole=here, smallest_group=smallest_group
    )
    return TooFew(smallest_group) if too_small else None


def hidden_text(withheld: TooFew) -> str:
    """Return why viewers do not see who answered."""
    few = str(withheld)
    return f"{few[:1].upper()}{few[1:]} people answered, or didn’t. The exact number could reveal who."


def response_title(nonresponse: Nonresponse) -> str:
    """Return how many people answered, as a heading."""
    if not nonresponse.was_surveyed:
        return "No one has been asked about their connections yet"
    if nonresponse.respondents is None:
        return "We don’t know how many of these people answered"
    answered = nonresponse.respondents
    if nonresponse.response_rate is None or nonresponse.invited is None:
        return f"{pluralize(answered, 'person', 'people')} answered".capitalize()
    if answered == nonresponse.invited:
        return f"Everyone we asked answered ({answered:,} people)" if answered else "No one was asked"
    rate = format_value(nonresponse.response_rate, Unit.SHARE)
    did = "answered" if nonresponse.are_respondents_recorded else "named someone"
    return f"{answered:,} of {pluralize(nonresponse.invited, 'person', 'people')} {did} ({rate})"


def response_text(nonresponse: Nonresponse, *, for_staff: bool, not_on_map: int = 0) -> str:
    """Return whether enough people answered to trust the metrics, and for staff how many responses are missing.

    Viewers' networks lack people who aren't on the map, so the number of others who didn't answer would say whether
    those did. `not_on_map` counts nonrespondents who aren't on the map, to explain its count.
    """
    if not nonresponse.was_surveyed:
        return (
            "Every connection here comes from weavers, convenings, or staff. People shown with no connections may have "
            "many that we don’t know about."
        )
    rate = _rate(nonresponse)
    if rate is None:
        return "No one recorded who was asked or who answered, so we can’t say how many responses are missing."
    if nonresponse.nonrespondents == 0 and (for_staff or rate >= 1):
        return "No responses are missing."
    if rate >= 1:
        verdict = "As many people answered as were asked, but not everyone here may have been asked."
    elif rate >= ENOUGH_RESPONSES:
        verdict = "That’s enough for network-wide metrics."
    elif rate >= FEW_RESPONSES:
        verdict = "Read these metrics with care: the missing responses could change them."
    else:
        verdict = "That’s low: the map shows who answered as much as who is connected."
    note = ""
    if not nonresponse.are_respondents_recorded:
        note = NOT_RECORDED
    elif nonresponse.unnamed_responses and for_staff:
        responses = pluralize(nonresponse.unnamed_responses, "response has", "responses have").capitalize()
        note = f" {responses} no name, so some of these people may have answered."
    if not for_staff:
        return f"{verdict} People who didn’t answer look less connected than they may be.{note}"
    missing = pluralize(nonresponse.nonrespondents, "person", "people")
    missing += f" ({not_on_map:,} not on the map)" if not_on_map else ""
    return f"{verdict} {missing} didn’t answer, and may be more connected than they look.{note}"


def _rate(nonresponse: Nonresponse) -> float | None:
    """Return the response rate; if no one recorded how many were asked, the share of the people here who answered."""
    if nonresponse.response_rate is not None:
        return nonresponse.response_rate
    here = nonresponse.known_respondents + nonresponse.nonrespondents
    return nonresponse.known_respondents / here if here and nonresponse.respondents is not None else None


def needs_warning(nonresponse: Nonresponse) -> bool:
    """True if fewer than four in five answered, so that readers should know it before the metrics."""
    rate = _rate(nonresponse)
    return nonresponse.was_surveyed and rate is not None and rate < ENOUGH_RESPONSES


def range_rows(nonresponse: Nonresponse) -> list[Row]:
    """Return one row per metric that the missing responses could change."""
    metrics = {metric.id: metric for metric in METRICS["network"]}
    rows: list[Row] = []
    for name in RANGED:
        if name in nonresponse.ranges:
            reported, estimate = format_range(nonresponse.ranges[name], metrics[name].unit)
            rows.append(
                {"Metric": metrics[name].label, "As reported": reported, "Estimate if everyone answered": estimate}
            )
    return rows


def no_range_text(nonresponse: Nonresponse) -> str | None:
    """Return why there is no estimate although responses are missing; None otherwise."""
    if nonresponse.was_surveyed and nonresponse.nonrespondents and not nonresponse.ranges:
        return "Too few people answered to estimate what the others would have said."
    return None


def names_text(nonresponse: Nonresponse, *, shown: int) -> str:
    """Return the note above the names of nonrespondents."""
    hidden = nonresponse.nonrespondents - shown
    more = f" {pluralize(hidden, 'more person', 'more people').capitalize()} asked not to be shown." if hidden else ""
    return (
        f"Only staff see these names.{more} The survey may never have reached them, so a call works better than a "
        "reminder."
    )


def nonrespondent_names(network: Network) -> list[str]:
    """Return the names of nonrespondents, sorted, for staff only; without people who asked not to be shown."""
    people = (network.people[key] for key in nonrespondents(network))
    return sorted((person.name for person in people if person.on_map), key=str.casefold)
