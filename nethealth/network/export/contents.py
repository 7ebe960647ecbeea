"""The network for other programs: whose it is, what is told of each member and tie, and what is held back.

What may be told hangs on how people are called. By name: what the sheet tells of members publicly. By initials or
codes: no name stands anywhere, nor what says who somebody is (organization, role), nor a value that fewer people share
than the smallest group that may be shown. Private columns, e-mails, notes and whoever is not to be on the map are in no
export; figures of the network as a whole count everybody.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from nethealth.network import METRICS, Tie, hidden_responses
from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.connectivity import Connectivity, map_names, selection_text
from nethealth.network.map.model import person_id
from nethealth.presentation.formatting import tie_value_name, unique_headers
from nethealth.privacy.display_names import ANONYMOUS, NameMasker, initials
from nethealth.workbook.cells.characters import tidy, unaccented
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import STRENGTH, Kind, NameStyle

Value: TypeAlias = str | int | float | bool | dt.date

PUBLIC = ("Organization", "Role", "Leadership role", "Region")
TELLING = frozenset({"Organization", "Role", "Leadership role"})
"""Columns that say who somebody is, to whoever knows the network a little."""
LONGEST = 32_000
"""Characters of a text: what a cell of .xlsx holds, so that every form tells the same."""
TAKEN = frozenset(
    (
        *("id", "label", "name", "type", "kind", "weight", "source", "target", "from", "to", "direction", "key"),
        *("tags", "description", "image", "url", "email", "x", "y", "z", "size", "color", "viz", "pid", "parents"),
        *("start", "end", "slices", "code", "timeset", "interval"),
    )
)
"""Words that mean something else to Gephi, igraph, networkx or Kumu: a column of the sheet headed so is told apart."""
NEVER_EXPORTED = frozenset({"id", "name"})
"""Figures of a person that are who they are: the code and the name as shown stand for these."""
FOR_STAFF = frozenset({"named_by", "names"})
"""Figures of a person by which one can tell who answered, and who did not name whom back."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something told of each person, each tie or the whole: what it is called by programs and by people."""

    id: str
    label: str


TIE_FIELDS = (
    Field("strength", "Strength"),
    Field("strength_in_words", "Strength in words"),
    Field("tie_type", "Type"),
    Field("both_say_so", "Both say so"),
    Field("heard_through", "Heard through"),
    Field("latest_date", "Latest date"),
)
"""What is told of each tie, besides what the sheet's own measures of ties say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A person or a tie: what is known of it by the ids of the fields; what is not known is absent."""

    told: Mapping[str, Value]
    place: tuple[float, float] | None = None
    """Where a person stands on the map: x to the right, y downwards, tied people about one unit apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkExport:
    """A network as other programs read it. Texts are plain, on one line, and hold no character that a file can't."""

    whole: Mapping[str, Value]
    whole_fields: tuple[Field, ...]
    people: tuple[Exported, ...]
    """Each with `id` (the code), `label` (the name as shown) and `kind`."""
    people_fields: tuple[Field, ...]
    """What is told of people besides."""
    ties: tuple[Exported, ...]
    """Each with `source` and `target`, the codes of its ends: pairs without a direction."""
    tie_fields: tuple[Field, ...]


def network_export(
    connected: Connectivity, *, style: NameStyle | None = None, for_staff: bool = False
) -> NetworkExport:
    """The network that `connected` shows, with people called as `style` says (the setting `Names` unless given).

    `for_staff` tells tags, too, where people are called by name, since they hold what staff note about members, and
    what the two of a tie say of it on average, by the sheet's measures (trust, say); how many name each and how many
    each names; and how many answered, be it or the rest ever so few.
    """
    workbook = connected.workbook
    style = style or workbook.settings.names
    is_named = style is NameStyle.NAMES and not workbook.are_names_replaced
    names = export_names(workbook, style=style)
    people = {key: person for key, person in connected.network.people.items() if person.on_map and key in names}
    names_somebody: Callable[[str], bool] = _names_nobody
    # Where names are replaced already, initials would be looked for that are words of their own in other places.
    if not is_named and not workbook.are_names_replaced:
        names_somebody = NamesSomebody(person.name for person in workbook.people.values())
    columns = _columns(workbook, is_named=is_named, names_somebody=names_somebody)
    attributes = {key: _attributes(person, columns) for key, person in people.items()}
    if not is_named:
        attributes = _shared_alone(attributes, names_somebody, smallest_group=workbook.settings.smallest_group)
    of_people = [measure for measure in METRICS["people"] if measure.id not in NEVER_EXPORTED]
    fields = _apart(
        [column for column in columns if any(column in told for told in attributes.values())],
        taken=[word for measure in of_people for word in (measure.id, measure.label)],
    )
    tags_told = is_named and for_staff and any(person.tags for person in people.values())
    left_out = NEVER_EXPORTED if for_staff else NEVER_EXPORTED | FOR_STAFF
    measures = [measure for measure in METRICS["people"] if measure.id not in left_out]
    figures = {person.key: person for person in connected.people}
    whole, whole_fields = _whole(connected, names_somebody, for_staff=for_staff)
    asked = [each.name for each in workbook.tie_measures] if is_named and for_staff else []
    apart = _apart(asked, taken=[word for field in TIE_FIELDS for word in (field.id, field.label)])
    # Trust is `trust` to scripts, a column of the sheet's own what it is headed.
    qualities = {name: Field(tie_value_name(field.label), field.label) for name, field in apart.items()}
    ties = [
        _tie(tie, names_somebody, qualities=qualities)
        for tie in connected.network.ties
        if tie.a in people and tie.b in people
    ]
    exported = []
    for key, person in people.items():
        told: dict[str, Value | None] = {
            "id": person_id(key),
            "label": _text(names[key]) or "(no name)",
            "kind": person.kind.value,
            **{fields[column].id: value for column, value in attributes[key].items()},
            "tags": "; ".join(map(_text, person.tags)) if tags_told else None,
            **{measure.id: measure.compute(figures[key]) for measure in measures},
        }
        exported.append(Exported(told=_known(told), place=connected.positions.get(key)))
    if not is_named:
        # People stand sorted by key, which may be their name: whoever has the list of members could tell them by that.
        exported.sort(key=lambda person: str(person.told["id"]))
        ties.sort(key=lambda tie: (str(tie.told["source"]), str(tie.told["target"])))
    return NetworkExport(
        whole=whole,
        whole_fields=whole_fields,
        people=tuple(exported),
        people_fields=(
            *fields.values(),
            *((Field("tags", "Tags"),) if tags_told else ()),
            *(Field(measure.id, measure.label) for measure in measures),
        ),
        ties=tuple(ties),
        tie_fields=(*TIE_FIELDS[:2], *qualities.values(), *TIE_FIELDS[2:]),
    )


def export_names(workbook: Workbook, *, style: NameStyle) -> dict[PersonKey, str]:
    """What everybody who may be shown is called in an export.

    As on the map, save that by initials organizations are called by theirs, too: no name stands in such a file.
    """
    if workbook.are_names_replaced:
        return dict(map_names(workbook))
    names = dict(map_names(replace(workbook, settings=replace(workbook.settings, names=style))))
    if style is NameStyle.INITIALS:
        organizations = {key: one.name for key, one in workbook.people.items() if one.kind is Kind.ORGANIZATION}
        names |= {key: f"{letters} (org.)" for key, letters in initials(organizations).items() if key in names}
    return names


class NamesSomebody:
    """Tells whether a text holds somebody's full name, in whole words, first or last name first.

    That is whatever running text is cleared of (`NameMasker`), and more: here a name of one short or small word counts.
    """

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        self._without_names = NameMasker(dict.fromkeys(names, ANONYMOUS))
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = _words(name)
            for order in (words, (*words[-1:], *words[:-1])):
                if order:
                    self._by_first.setdefault(order[0], set()).add(order)

    def __call__(self, text: str) -> bool:
        """Whether it does."""
        words = _words(text)
        return self._without_names(text) != text or any(
            words[at : at + len(name)] == name for at, word in enumerate(words) for name in self._by_first.get(word, ())
        )


def _names_nobody(_: str) -> bool:
    return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", unaccented(text).casefold()))


def _text(text: str) -> str:
    """A text that every file can hold: one line, nothing hidden, not longer than a cell."""
    line = "".join("\ufffd" if _is_no_character(sign) else sign for sign in tidy(text))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _is_no_character(sign: str) -> bool:
    return ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"


def _known(told: Mapping[str, Value | None]) -> Mapping[str, Value]:
    return MappingProxyType(
        {
            field: value
            for field, value in told.items()
            if value is not None and value != "" and not (isinstance(value, float) and not math.isfinite(value))
        }
    )


def _columns(workbook: Workbook, *, is_named: bool, names_somebody: Callable[[str], bool]) -> list[str]:
    if is_named:
        return list(dict.fromkeys((*PUBLIC, *workbook.attributes)))
    return [column for column in workbook.attributes if column not in TELLING and not names_somebody(column)]


def _attributes(person: Person, columns: Sequence[str]) -> dict[str, str]:
    told = {column: _text(person.attributes.get(column, "")) for column in columns}
    return {column: value for column, value in told.items() if value}


def _shared_alone(
    attributes: Mapping[PersonKey, Mapping[str, str]], names_somebody: Callable[[str], bool], *, smallest_group: int
) -> dict[PersonKey, dict[str, str]]:
    """Only the values that enough people share, and that name nobody."""
    shared = Counter(pair for told in attributes.values() for pair in told.items())
    kept = {pair for pair, count in shared.items() if count >= smallest_group and not names_somebody(pair[1])}
    return {key: {c: value for c, value in told.items() if (c, value) in kept} for key, told in attributes.items()}


def _apart(columns: Sequence[str], *, taken: Collection[str]) -> dict[str, Field]:
    """A field for each column of the sheet, told apart from ours, from what programs reserve and from each other."""
    names = unique_headers({column: _text(column) or "Column" for column in columns}, taken=(*TAKEN, *taken))
    return {column: Field(name, name) for column, name in names.items()}


def _tie(tie: Tie, names_somebody: Callable[[str], bool], *, qualities: Mapping[str, Field]) -> Exported:
    source, target = sorted((person_id(tie.a), person_id(tie.b)))
    told: dict[str, Value | None] = {
        "source": source,
        "target": target,
        "strength": tie.strength,
        "strength_in_words": STRENGTH.label(tie.strength) if tie.strength is not None else None,
        **{field.id: average_answer(tie, quality) for quality, field in qualities.items()},
        "tie_type": "; ".join(_text(kind) for kind in tie.kinds if not names_somebody(kind))[:LONGEST],
        "both_say_so": tie.is_mutual,
        "heard_through": "; ".join(way.value for way in tie.heard_through),
        "latest_date": tie.latest,
    }
    return Exported(told=_known(told))


def _whole(
    connected: Connectivity, names_somebody: Callable[[str], bool], *, for_staff: bool
) -> tuple[Mapping[str, Value], tuple[Field, ...]]:
    network, figures = connected.network, connected.metrics
    about: dict[str, tuple[Field, Value | None]] = {
        "network": (Field("network", "Network"), _text(connected.workbook.network_name)),
        "wave": (Field("wave", "Wave"), _text(network.wave or "")),
        "date": (Field("date", "Date"), network.date),
        "tied_when": (Field("tied_when", "Tied when"), f"{network.rule} of two people say so"),
        "shown": (Field("shown", "Part"), selection_text(connected.shown_counts) if connected.is_filtered else None),
    }
    for field in ("network", "wave"):
        if names_somebody(str(about[field][1])):
            about[field] = (about[field][0], None)
    measured = {
        measure.id: (Field(measure.id, measure.label), measure.compute(figures))
        for measure in METRICS["network"]
        if measure.id not in ("wave", "respondents_rule")
    }
    small = 0 if for_staff else connected.workbook.settings.smallest_group
    if held := hidden_responses(figures, smallest_group=small):
        measured |= {each: (measured[each][0], str(held)) for each in ("respondents", "response_rate")}
    told = about | measured
    return _known({field: value for field, (_, value) in told.items()}), tuple(field for field, _ in told.values())
