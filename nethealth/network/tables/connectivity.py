"""Cards and tables of the Connectivity page: the map in numbers, its people, its connections, and each wave.

Values from cells are as typed: callers escape them.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

from nethealth.metric import Unit
from nethealth.network.analysis.nonresponse import hidden_responses
from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.connectivity import Connectivity
from nethealth.network.map.model import PROFILE_COLUMNS
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.presentation.formatting import (
    LONGEST_MEASURE,
    UNDEFINED,
    format_value,
    pluralize,
    single_line,
    unique_headers,
)
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table
from nethealth.workbook.schema.vocabulary import STRENGTH, TieRule
from nethealth.workbook.waves import introduced_since, relationship_waves

FROM_WEAVING = (
    "No one has been asked about their connections yet. This map shows what weavers, convenings, and staff know."
)
TIE_HEADERS = (
    "Person",
    "Other person",
    "Strength",
    "Strength label",
    "Type",
    "Confirmed by both",
    "Heard through",
    "Latest date",
)
PERSON_HEADERS = ("Name", "Connections", "Named by", "Named", "Betweenness", "Cluster")
UNNAMED_WAVE = "Unnamed wave"


def headline_cards(connected: Connectivity) -> list[Card]:
    """Return the four numbers beside the map: average, isolates, the largest component, and that without the hub."""
    metrics, hubless = connected.metrics, connected.metrics_without_hub
    share = _largest_share(metrics)
    if hubless is not None:
        without_hub, note = format_value(_largest_share(hubless), Unit.SHARE), _without_hub_note(connected, hubless)
    else:
        without_hub = UNDEFINED
        note = "The hub isn’t shown" if connected.workbook.hub else "Name the hub in the Settings tab to see this"
    return [
        Card("Connections per member", format_value(metrics.average_ties), _earlier_average(connected)),
        Card(
            "No connections shown" if connected.is_filtered else "No connections yet",
            format_value(metrics.isolates, Unit.COUNT),
            _isolates_note(connected),
        ),
        Card(
            "Can reach each other",
            format_value(share, Unit.SHARE),
            f"{metrics.largest_component:,} people, directly or through others" if share is not None else None,
        ),
        Card("Without the hub", without_hub, note),
    ]


def _isolates_note(connected: Connectivity) -> str:
    """Return of how many people, and how many have connections that a filter leaves out: the map counts only others."""
    people = f"of {pluralize(connected.metrics.members, 'person', 'people')}"
    everyone = connected.full_network.neighbors
    elsewhere = sum(not others and bool(everyone[key]) for key, others in connected.network.neighbors.items())
    if not elsewhere:
        return people
    return f"{people}; {elsewhere:,} {'has' if elsewhere == 1 else 'have'} connections not shown"


def _earlier_average(connected: Connectivity) -> str | None:
    before = connected.previous_wave
    if before is None or before.metrics.average_ties is None:
        return None
    wave = single_line(before.wave, longest=24) if before.wave else "the wave before"
    return f"{format_value(before.metrics.average_ties)} in {wave}"


def _without_hub_note(connected: Connectivity, hubless: NetworkMetrics) -> str:
    """Return who would stay connected, and how many more would be left with no one."""
    if not hubless.members:
        return "Only the hub is here"
    hub, neighbors = connected.hub, connected.network.neighbors
    already_alone = sum(not others and key not in hub for key, others in neighbors.items())
    newly_alone = hubless.isolates - already_alone
    note = "could still reach each other" if hubless.ties else "No one else would be connected"
    return f"{note}; {newly_alone:,} would lose their last connection" if newly_alone else note


def map_caption(connected: Connectivity) -> str:
    """Return why the map shows fewer people than the numbers count, and how many members there are today.

    Staff also see how many introductions came after the latest wave. Empty if there is nothing to explain.
    """
    network, workbook = connected.network, connected.workbook
    sentences = []
    today = sum(member.is_inside(workbook.today) is not False for member in workbook.members)
    hidden = [person for person in network.people.values() if not person.on_map]
    at_wave = [person for person in network.people.values() if not person.is_guest]
    if network.is_for_viewers and not connected.is_filtered:
        # Viewers' networks lack the people who may not be drawn.
        day = network.date or workbook.today
        hidden = [
            person for person in workbook.people.values() if not person.on_map and person.is_inside(day) is not False
        ]
        at_wave += [person for person in hidden if not person.is_guest]
    if network.wave and not connected.is_filtered and today != len(at_wave):
        wave = single_line(network.wave, longest=40)
        sentences.append(f"{wave} had {pluralize(len(at_wave), 'member')}; today the network has {today:,}.")
    if hidden:
        people = pluralize(len(hidden), "person", "people")
        if network.is_for_viewers:
            sentences.append(f"The map and its numbers leave out {people} who asked not to appear.")
        else:
            drawn, counted = len(network.people) - len(hidden), len(network.people)
            sentences.append(
                f"The map draws {drawn:,} of the {counted:,} people counted: {len(hidden):,} asked not to appear."
            )
    if not network.is_for_viewers and not connected.is_filtered:
        sentences += _introduced_since(connected)
    return " ".join(sentences)


def _introduced_since(connected: Connectivity) -> list[str]:
    """Return how many introductions came after the latest wave, since staff who recorded one look for it here."""
    latest = relationship_waves(connected.workbook)[-1]
    rows = introduced_since(connected.workbook, latest) if latest.name == connected.network.wave else ()
    count = len({frozenset((row.source, row.target)) for row in rows})
    if not count:
        return []
    on_map = {key for key, person in connected.network.people.items() if person.on_map}
    is_drawn = any(tie.a in on_map and tie.b in on_map for tie in connected.introduced_ties)
    made = f"You made {pluralize(count, 'introduction')} since then"
    if not is_drawn:
        return [f"{made}. {'It joins' if count == 1 else 'They join'} the map with the next wave."]
    return [f"{made}. Metrics count {'it' if count == 1 else 'them'} from the next wave."]


def hidden_values_text(connected: Connectivity) -> str:
    """Return which values go with initials or a code; empty if people have names, or there is no column to show."""
    workbook = connected.workbook
    if not workbook.are_names_replaced or not workbook.attributes:
        return ""
    few = workbook.settings.smallest_group
    return f"We hide values that would point to fewer than {few} people."


def no_tie_text(rule: TieRule, *, elsewhere: bool = False, can_choose_rule: bool = True) -> str:
    """Return what a map without connections waits for; `elsewhere`: the workbook has connections in another wave."""
    if rule is TieRule.BOTH:
        text = "Both people haven’t confirmed a connection yet."
        return f"{text} To see what one person reports, change the rule above." if can_choose_rule else text
    if elsewhere:
        return "No connections in this wave yet. Choose another wave above."
    return "The map appears once the Connections tab has a row: two names, one connection."


def _largest_share(metrics: NetworkMetrics) -> float | None:
    return metrics.largest_component / metrics.members if metrics.members and metrics.ties else None


def people_table(connected: Connectivity, *, color_by: str | None, for_staff: bool = False) -> Table:
    """Return one row per person on the map, most connections first.

    `for_staff` adds how many people name them and how many they name, which reveals who answered.
    """
    people = [connected.network.people[person.key] for person in connected.people]
    wanted = (*((color_by,) if color_by else ()), *(PROFILE_COLUMNS if connected.shows_full_names else ()))
    columns = [column for column in dict.fromkeys(wanted) if any(column in person.attributes for person in people)]
    formats = {
        "Name": Format.TEXT,
        **{_header(column): Format.TEXT for column in columns},
        "Connections": Format.NUMBER,
        **({"Named by": Format.NUMBER, "Named": Format.NUMBER} if for_staff else {}),
        "Betweenness": Format.SHARE,
        "Cluster": Format.TEXT,
    }
    rows = []
    for person in connected.people:
        attributes = connected.network.people[person.key].attributes
        rows.append(
            {
                "Name": connected.names[person.key],
                **{_header(column): attributes.get(column, "") for column in columns},
                "Connections": person.ties,
                **({"Named by": person.named_by, "Named": person.names} if for_staff else {}),
                "Betweenness": person.betweenness,
                "Cluster": f"Cluster {person.group}" if person.group is not None else UNDEFINED,
            }
        )
    return Table.of(formats, rows)


def _header(column: str) -> str:
    """A workbook column's header, different from the table's own headers."""
    return f"{column} (in the sheet)" if column in PERSON_HEADERS else column


def sort_table(table: Table, *, by: str, in_reverse: bool = False) -> Table:
    """Return the table sorted by one column: text from A, numbers from the largest, dates from the latest; or reversed.

    Undefined and blank cells come last either way; equal rows keep their order.
    """
    filled = [row for row in table.rows if row.get(by) not in (None, "", UNDEFINED)]
    blank = [row for row in table.rows if row.get(by) in (None, "", UNDEFINED)]
    is_largest_first = starts_with_largest(table, by=by)
    ordered = sorted(filled, key=lambda row: _sortable(row[by]), reverse=is_largest_first != in_reverse)
    return replace(table, rows=(*ordered, *blank))


def starts_with_largest(table: Table, *, by: str) -> bool:
    """True if a column holds numbers or dates, which sort from the largest; text sorts from A."""
    return any(isinstance(value, int | float | dt.date) for value in table.values(by))


def _sortable(value: object) -> tuple[float, str, float]:
    """Return a sort key: numbers first, then text; text that ends in a number sorts by that number."""
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
    """Return the header of each tie value (trust, say) in `ties_table`, by its name."""
    headers = {each.name: single_line(each.name, longest=LONGEST_MEASURE) for each in connected.workbook.tie_measures}
    return unique_headers(headers, taken=TIE_HEADERS)


def ties_table(connected: Connectivity, *, for_staff: bool = False) -> Table:
    """Return one row per tie on the map.

    `for_staff` adds whether both confirm it, and the average answer for each tie value (trust, say).
    """
    names = connected.names
    headers = measure_headers(connected) if for_staff else {}
    formats = {
        "Person": Format.TEXT,
        "Other person": Format.TEXT,
        "Strength": Format.NUMBER,
        "Strength label": Format.TEXT,
        **dict.fromkeys(headers.values(), Format.NUMBER),
        "Type": Format.TEXT,
        **({"Confirmed by both": Format.TEXT} if for_staff else {}),
        "Heard through": Format.TEXT,
        "Latest date": Format.DATE,
    }
    rows = (
        {
            "Person": names[tie.a],
            "Other person": names[tie.b],
            "Strength": tie.strength,
            "Strength label": STRENGTH.label(tie.strength) if tie.strength is not None else "",
            **{header: average_answer(tie, quality) for quality, header in headers.items()},
            "Type": "; ".join(tie.kinds),
            **({"Confirmed by both": tie.is_mutual} if for_staff else {}),
            "Heard through": "; ".join(str(source) for source in tie.heard_through),
            "Latest date": tie.latest,
        }
        for tie in connected.network.ties
        if tie.a in names and tie.b in names
    )
    return Table.of(formats, rows)


def waves_table(connected: Connectivity, *, smallest_group: int = 0) -> Table:
    """Return one row per wave, latest first: people, connections, and what changed.

    The response rate is hidden if fewer than `smallest_group` people answered, or did not.
    """
    numbers = ("Connections", "Connections per member", "No connections yet")
    formats = {
        **{"Wave": Format.TEXT, "Date": Format.DATE, "People": Format.NUMBER, "Response rate": Format.SHARE},
        **dict.fromkeys(numbers, Format.NUMBER),
        "Largest component": Format.SHARE,
        **dict.fromkeys(("Kept", "New", "Lost"), Format.NUMBER),
    }
    rows = (
        {
            "Wave": wave.wave or UNNAMED_WAVE,
            "Date": wave.date,
            "People": wave.metrics.members,
            "Response rate": (
                hidden_responses(wave.metrics, smallest_group=smallest_group) or wave.metrics.response_rate
            ),
            "Connections": wave.metrics.ties,
            "Connections per member": wave.metrics.average_ties,
            "No connections yet": wave.metrics.isolates,
            "Largest component": _largest_share(wave.metrics),
            "Kept": wave.kept_ties,
            "New": wave.new_ties,
            "Lost": wave.lost_ties,
        }
        for wave in reversed(connected.waves)
    )
    return Table.of(formats, rows)
