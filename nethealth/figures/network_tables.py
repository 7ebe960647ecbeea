"""The cards and registers of the page on connections: figures as people read them, rows by their headers.

Values from cells are as typed: whoever shows them escapes them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from typing import TypeAlias

from nethealth.definitions import Measure, Unit
from nethealth.figures.connectivity import Connectivity
from nethealth.figures.network_map import ABOUT
from nethealth.figures.wording import UNDEFINED, counted, formatted, spoken_date
from nethealth.network import MEASURES, NetworkFigures, PersonFigures, SegmentFigures
from nethealth.privacy import Withheld
from nethealth.workbook.records import PersonKey
from nethealth.workbook.vocabulary import STRENGTH, TieRule

Card: TypeAlias = tuple[str, str, str | None]
"""Label, the figure as it is written, a note."""
Row: TypeAlias = dict[str, object]

FEW_TIES = 2
"""Whoever has fewer ties than this is worth a call: one lost contact and they stand alone."""
NOT_SHOWN = ("wave", "respondents_rule")
ON_WEAVING = "Nobody has been asked about their ties yet: this map stands on what weavers, convenings and staff know."
BRIDGES_SHOWN = 12
READ_FIRST = frozenset(
    (
        "members",
        "isolates",
        "ties",
        "average_ties",
        "reciprocity",
        "largest_component",
        "average_path_length",
        "transitivity",
        "response_rate",
        "cut_members",
    )
)
"""The figures that most meetings need; the others are a click away."""
PERSON_HEADERS = ("Name", "Ties", "Named by", "Names", "Stands between", "Group")
MIXING_HEADERS = ("People", "Ties among them", "Ties with others", "Share that goes out")


def headline_cards(connected: Connectivity) -> list[Card]:
    """The four figures beside the map: ties per member, people without one, the largest group, life without the hub."""
    figures, hubless = connected.figures, connected.hubless
    before = connected.before.figures if connected.before else None
    share = _largest_share(figures)
    cards: list[Card] = [
        ("Ties per member", formatted(figures.average_ties), _moved(before.average_ties if before else None)),
        (
            "People without a tie",
            formatted(figures.isolates, Unit.COUNT),
            f"of {counted(figures.members, 'person', 'people')}",
        ),
        (
            "In the largest group",
            formatted(share, Unit.SHARE),
            f"{figures.largest_component:,} people who can all reach each other" if share is not None else None,
        ),
    ]
    if hubless is None:
        unnamed = "Name the hub in the Settings tab to see what would hold"
        note = "Nobody of the hub is among those shown" if connected.workbook.hub else unnamed
        cards.append(("Without the hub", UNDEFINED, note))
    else:
        apart = hubless.isolates - figures.isolates
        alone = counted(apart, "more person", "more people") if apart > 0 else "nobody more"
        note = f"would still hang together; {alone} would have no tie"
        cards.append(("Without the hub", formatted(_largest_share(hubless), Unit.SHARE), note))
    return cards


def no_tie_in_words(rule: TieRule) -> str:
    """What the map waits for where nobody is tied."""
    if rule is TieRule.BOTH:
        return "No tie is said by both of two people yet. Choose “either says so” above to see those that one says."
    return "The map draws itself once somebody is said to know somebody: one row a tie, two names in it."


def _largest_share(figures: NetworkFigures) -> float | None:
    return figures.largest_component / figures.members if figures.members and figures.ties else None


def _moved(before: float | None) -> str | None:
    return f"{formatted(before)} in the wave before" if before is not None else None


def measures(section: str) -> tuple[Measure, ...]:
    """The declared measures of a section that a page shows, in their order."""
    return tuple(measure for measure in MEASURES[section] if measure.id not in NOT_SHOWN)


def reading_rows(connected: Connectivity, *, first: bool | None = None) -> list[Row]:
    """One row a figure of the network: what it is, its value, the wave before, without the hub, and how to read it.

    With `first` only those to read first, with False only the others.
    """
    before = connected.before.figures if connected.before else None
    rows: list[Row] = []
    for measure in measures("network"):
        if first is not None and first != (measure.id in READ_FIRST):
            continue
        row: Row = {"Figure": measure.label, "Now": formatted(measure.compute(connected.figures), measure.unit)}
        if before is not None:
            row["Wave before"] = formatted(measure.compute(before), measure.unit)
        if connected.hubless is not None:
            row["Without the hub"] = formatted(measure.compute(connected.hubless), measure.unit)
        row["How to read it"] = measure.reading
        rows.append(row)
    return rows


def person_rows(connected: Connectivity, *, colour_by: str | None, only: Collection[PersonKey] | None) -> list[Row]:
    """One row a person on the map, most ties first: the same people as the map shows, and what it tells of them."""
    shown = [connected.network.people[person.key] for person in connected.people]
    told = (*((colour_by,) if colour_by else ()), *(ABOUT if connected.is_named else ()))
    columns = [column for column in dict.fromkeys(told) if any(column in person.attributes for person in shown)]
    rows: list[Row] = []
    for person in connected.people:
        if only is not None and person.key not in only:
            continue
        attributes = connected.network.people[person.key].attributes
        rows.append(
            {
                "Name": connected.names[person.key],
                **{_apart(column, PERSON_HEADERS): attributes.get(column, "") for column in columns},
                "Ties": person.ties,
                "Named by": person.named_by,
                "Names": person.names,
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


def tie_rows(connected: Connectivity) -> list[Row]:
    """One row a tie that counts and that the map draws."""
    names = connected.names
    return [
        {
            "One": names[tie.a],
            "Other": names[tie.b],
            "Strength": tie.strength,
            "In words": STRENGTH.label(tie.strength) if tie.strength is not None else "",
            "Type": "; ".join(tie.kinds),
            "Both say so": tie.is_mutual,
            "Heard through": "; ".join(str(way) for way in tie.heard_through),
            "Latest date": tie.latest,
        }
        for tie in connected.network.ties
        if tie.a in names and tie.b in names
    ]


def bridge_rows(connected: Connectivity) -> list[Row]:
    """The people who hold parts together, and those through whom most shortest ways go, first those who do both."""
    between = sorted(connected.people, key=lambda person: -person.betweenness)[: BRIDGES_SHOWN // 2]
    chosen = {person.key: person for person in connected.people if person.cut_member} | {p.key: p for p in between}
    ranked = sorted(
        chosen.values(), key=lambda person: (not person.cut_member, -person.betweenness, connected.names[person.key])
    )
    return [
        {
            "Name": connected.names[person.key],
            "Ties": person.ties,
            "Stands between": person.betweenness,
            "Without them": "somebody would be cut off" if person.cut_member else "all would still be reached",
        }
        for person in ranked[:BRIDGES_SHOWN]
        if person.betweenness > 0
    ]


def bridges_in_words(connected: Connectivity) -> str:
    """One sentence on how much hangs on single people."""
    cut = sum(person.cut_member for person in connected.people)
    if not connected.network.ties:
        return "Nobody is tied yet, so nobody holds anything together."
    if not cut:
        return "No single person's absence would cut anybody off."
    who = "One person holds" if cut == 1 else f"{cut} people hold"
    without = "them" if cut == 1 else "any one of them"
    return f"{who} a part of the network together: without {without}, somebody is cut off."


def segment_cards(segments: SegmentFigures) -> list[Card]:
    """The E-I index, assortativity and modularity of one attribute."""
    notes = {
        "ei_index": "−1: all ties inside, +1: all across",
        "assortativity": "1: like with like, 0: as by chance",
        "modularity": "0: no more inside than by chance",
    }
    return [
        (measure.label, formatted(measure.compute(segments), measure.unit), notes[measure.id])
        for measure in MEASURES["segments"]
        if measure.id in notes
    ]


def segment_title(segments: SegmentFigures) -> str:
    """What the ties say of the attribute, as a heading."""
    if isinstance(segments.ei_index, Withheld):
        return f"Too few people have said their {segments.column} to show how ties follow it"
    if segments.ei_index is None:
        return f"No tie yet between people who have a {segments.column}"
    across = (segments.ei_index + 1) / 2
    words = f"{across:.0%} of ties cross from one {segments.column} to another"
    return "Every tie stays within one " + segments.column if across == 0 else words


def mixing_rows(segments: SegmentFigures) -> list[Row]:
    """One row a value: its people, the ties among them and with others. Small values are pooled already."""
    inside = {one: ties for one, other, ties in segments.ties if one == other}
    across = dict.fromkeys(segments.sizes, 0)
    for one, other, ties in segments.ties:
        if one != other:
            across[one] += ties
            across[other] += ties
    return [
        {
            _apart(segments.column, MIXING_HEADERS): value,
            "People": people,
            "Ties among them": inside.get(value, 0),
            "Ties with others": across[value],
            "Share that goes out": across[value] / total if (total := inside.get(value, 0) + across[value]) else None,
        }
        for value, people in segments.sizes.items()
    ]


def wave_rows(connected: Connectivity) -> list[Row]:
    """One row a wave, latest first: who, how many ties, what became of them."""
    return [
        {
            "Wave": one.wave or "Unnamed wave",
            "Date": spoken_date(one.date) if one.date else "",
            "People": one.figures.members,
            "Answered": one.figures.response_rate,
            "Ties": one.figures.ties,
            "Ties per member": formatted(one.figures.average_ties),
            "Without a tie": one.figures.isolates,
            "Largest group": _largest_share(one.figures),
            "Kept": formatted(one.kept, Unit.COUNT),
            "New": formatted(one.new, Unit.COUNT),
            "Lost": formatted(one.lost, Unit.COUNT),
        }
        for one in reversed(connected.waves)
    ]


def few_ties(connected: Connectivity) -> tuple[PersonFigures, ...]:
    """Those who may be listed and have fewer than two ties, fewest first."""
    reachable = [person for person in connected.people if person.ties < FEW_TIES]
    return tuple(sorted(reachable, key=lambda person: (person.ties, connected.names[person.key].casefold())))


def few_ties_title(connected: Connectivity) -> str:
    """How many people one would reach out to, as a heading."""
    few = sum(person.ties < FEW_TIES for person in connected.people)
    if not few:
        return "Everybody has at least two ties"
    return f"{counted(few, 'person has', 'people have')} fewer than two ties".capitalize()


def few_ties_rows(connected: Connectivity) -> list[Row]:
    """People to reach out to, for staff and so by name: since when, and with whom they have their one tie."""
    rows: list[Row] = []
    for figures in few_ties(connected):
        person = connected.network.people[figures.key]
        tied = [connected.network.people[key] for key in connected.network.neighbours[figures.key]]
        others = [other.name for other in tied if other.on_map]
        rows.append(
            {
                "Name": person.name,
                "Organization": person.organization or "",
                "Region": person.attributes.get("Region", ""),
                "Joined": person.joined,
                "Tied with": others[0]
                if others
                else ("nobody yet" if not figures.ties else "somebody who is not shown"),
            }
        )
    return rows
