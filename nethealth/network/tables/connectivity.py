"""The cards and registers of the page on connections: figures as people read them, rows by their headers.

Values from cells are as typed: whoever shows them escapes them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from typing import TypeAlias

from nethealth.metric import Unit
from nethealth.network import NetworkMetrics, hidden_responses
from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.connectivity import Connectivity
from nethealth.network.map.model import ABOUT
from nethealth.presentation.formatting import (
    LONGEST_MEASURE,
    UNDEFINED,
    format_date,
    format_value,
    pluralize,
    single_line,
    unique_headers,
)
from nethealth.workbook.schema.vocabulary import STRENGTH, TieRule

Card: TypeAlias = tuple[str, str, str | None]
"""Label, the figure as it is written, a note."""
Row: TypeAlias = dict[str, object]

ON_WEAVING = "Nobody has been asked about their ties yet: this map stands on what weavers, convenings and staff know."
TIE_HEADERS = ("One", "Other", "Strength", "In words", "Type", "Both say so", "Heard through", "Latest date")
PERSON_HEADERS = ("Name", "Ties", "Named by", "Names", "Stands between", "Group")


def headline_cards(connected: Connectivity) -> list[Card]:
    """The four figures beside the map: ties per member, people without one, the largest group, life without the hub."""
    figures, hubless = connected.metrics, connected.metrics_without_hub
    before = connected.previous_wave.metrics if connected.previous_wave else None
    share = _largest_share(figures)
    cards: list[Card] = [
        ("Ties per member", format_value(figures.average_ties), _moved(before.average_ties if before else None)),
        (
            "People without a tie",
            format_value(figures.isolates, Unit.COUNT),
            f"of {pluralize(figures.members, 'person', 'people')}",
        ),
        (
            "In the largest group",
            format_value(share, Unit.SHARE),
            f"{figures.largest_component:,} people who can all reach each other" if share is not None else None,
        ),
    ]
    if hubless is None:
        unnamed = "Name the hub in the Settings tab to see what would hold"
        note = "Nobody of the hub is among those shown" if connected.workbook.hub else unnamed
        cards.append(("Without the hub", UNDEFINED, note))
    else:
        share = _largest_share(hubless)
        cards.append(("Without the hub", format_value(share, Unit.SHARE), _without_hub_note(connected, hubless)))
    return cards


def _without_hub_note(connected: Connectivity, hubless: NetworkMetrics) -> str:
    """What would hang together, and how many others would stand alone; those of the hub who do so already aside."""
    if not hubless.members:
        return "Nobody but the hub is here"
    hub, neighbors = connected.workbook.hub, connected.network.neighbors
    already = sum(not tied and key not in hub for key, tied in neighbors.items())
    apart = hubless.isolates - already
    alone = pluralize(apart, "person", "people") if apart else "nobody"
    holds = "of the others would still hang together" if hubless.ties else "No two others would be tied"
    return f"{holds}; {alone} would lose their last tie"


def no_tie_text(rule: TieRule, *, elsewhere: bool = False) -> str:
    """What the map waits for where nobody is tied; `elsewhere`: in this wave, while the sheet holds ties of others."""
    if rule is TieRule.BOTH:
        return (
            "No tie is said by both of two people yet. Choose “either person reports it” above to "
            "see those that one says."
        )
    if elsewhere:
        return "Nobody is said to know anybody in this wave yet. Choose another wave above to see the ties of that one."
    return "The map draws itself once somebody is said to know somebody: one row a tie, two names in it."


def _largest_share(figures: NetworkMetrics) -> float | None:
    return figures.largest_component / figures.members if figures.members and figures.ties else None


def _moved(before: float | None) -> str | None:
    return f"{format_value(before)} in the wave before" if before is not None else None


def person_rows(connected: Connectivity, *, color_by: str | None, for_staff: bool = False) -> list[Row]:
    """One row a person on the map, most ties first: the same people as the map shows, and what it tells of them.

    `for_staff` adds how many name them and whom they name, by which one can tell who answered, and who did not name
    whom back.
    """
    shown = [connected.network.people[person.key] for person in connected.people]
    told = (*((color_by,) if color_by else ()), *(ABOUT if connected.shows_full_names else ()))
    columns = [column for column in dict.fromkeys(told) if any(column in person.attributes for person in shown)]
    rows: list[Row] = []
    for person in connected.people:
        attributes = connected.network.people[person.key].attributes
        rows.append(
            {
                "Name": connected.names[person.key],
                **{_apart(column, PERSON_HEADERS): attributes.get(column, "") for column in columns},
                "Ties": person.ties,
                **({"Named by": person.named_by, "Names": person.names} if for_staff else {}),
                "Stands between": person.betweenness,
                "Group": f"Group {person.group}" if person.group is not None else UNDEFINED,
            }
        )
    return rows


def _apart(column: str, headers: Collection[str]) -> str:
    """A column's header, told apart from the register's own where the sheet happens to use the same word."""
    return f"{column} (in the sheet)" if column in headers else column


def sorted_rows(rows: Sequence[Row], *, by: str, in_reverse: bool = False) -> list[Row]:
    """The rows by one column: texts from A, figures from the largest, dates from the latest; or all in reverse.

    What is undefined or blank stands last either way; rows that are alike there stand as they stood.
    """
    filled = [row for row in rows if row.get(by) not in (None, "", UNDEFINED)]
    blank = [row for row in rows if row.get(by) in (None, "", UNDEFINED)]
    is_largest_first = starts_with_largest(filled, by=by)
    ordered = sorted(filled, key=lambda row: _sortable(row[by]), reverse=is_largest_first != in_reverse)
    return [*ordered, *blank]


def starts_with_largest(rows: Sequence[Row], *, by: str) -> bool:
    """Whether a column holds figures or dates, which are read from the largest; texts are read from A."""
    return any(isinstance(row.get(by), int | float | dt.date) for row in rows)


def _sortable(value: object) -> tuple[float, str, float]:
    """Figures among each other, then texts, those that end in a number by that number."""
    if isinstance(value, dt.date):
        return (value.toordinal(), "", 0)
    if isinstance(value, int | float):
        return (value, "", 0)
    text = str(value).casefold()
    word, _, number = text.rpartition(" ")
    if number.isascii() and number.isdecimal() and len(number) < 9:
        return (math.inf, word, int(number))
    return (math.inf, text, 0)


def measure_headers(connected: Connectivity) -> dict[str, str]:
    """How each measure of ties is headed in `tie_rows`, by its name."""
    shown = {each.name: single_line(each.name, longest=LONGEST_MEASURE) for each in connected.workbook.tie_measures}
    return unique_headers(shown, taken=TIE_HEADERS)


def tie_rows(connected: Connectivity, *, for_staff: bool = False) -> list[Row]:
    """One row a tie that counts and that the map draws; `for_staff` adds what the two say of it on average, by each of
    the sheet's measures of ties (trust, say)."""
    names = connected.names
    headers = measure_headers(connected) if for_staff else {}
    return [
        {
            "One": names[tie.a],
            "Other": names[tie.b],
            "Strength": tie.strength,
            "In words": STRENGTH.label(tie.strength) if tie.strength is not None else "",
            **{header: average_answer(tie, quality) for quality, header in headers.items()},
            "Type": "; ".join(tie.kinds),
            "Both say so": tie.is_mutual,
            "Heard through": "; ".join(str(way) for way in tie.heard_through),
            "Latest date": tie.latest,
        }
        for tie in connected.network.ties
        if tie.a in names and tie.b in names
    ]


def wave_rows(connected: Connectivity, *, smallest_group: int = 0) -> list[Row]:
    """One row a wave, latest first: who, how many ties, what became of them.

    How many answered is held back where fewer than `smallest_group` did, or did not.
    """
    return [
        {
            "Wave": one.wave or "Unnamed wave",
            "Date": format_date(one.date) if one.date else "",
            "People": one.metrics.members,
            "Answered": hidden_responses(one.metrics, smallest_group=smallest_group) or one.metrics.response_rate,
            "Ties": one.metrics.ties,
            "Ties per member": format_value(one.metrics.average_ties),
            "Without a tie": one.metrics.isolates,
            "Largest group": _largest_share(one.metrics),
            "Kept": format_value(one.kept_ties, Unit.COUNT),
            "New": format_value(one.new_ties, Unit.COUNT),
            "Lost": format_value(one.lost_ties, Unit.COUNT),
        }
        for one in reversed(connected.waves)
    ]
