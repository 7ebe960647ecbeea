"""The network for other programs: what each person and tie has, and what stays out.

What may be exported depends on how people are shown. By name: what the workbook says about members publicly. By
initials or codes: no names, nothing that identifies someone (organization, role), and no values that fewer people share
together than the smallest group shown. Private columns, emails, notes, and people who must stay off the map are in no
export; metrics of the whole network count everyone.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from nethealth.network.analysis.nonresponse import hidden_responses
from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.connectivity import Connectivity, map_names, selection_text
from nethealth.network.graph import Tie
from nethealth.network.map.model import person_id
from nethealth.network.metrics.definitions import METRICS, REPORT_METRICS, RESPONSE_METRICS
from nethealth.presentation.formatting import tie_value_name, unique_headers
from nethealth.privacy.common_values import IDENTIFYING_COLUMNS, columns_by_priority, common_combinations
from nethealth.privacy.display_names import ANONYMOUS, NameMasker, initials
from nethealth.workbook.cells.characters import tidy, unaccented
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import STRENGTH, Kind, NameStyle, TieRule

Value: TypeAlias = str | int | float | bool | dt.date

PUBLIC_COLUMNS = ("Organization", "Role", "Leadership role", "Region")
LONGEST_TEXT = 32_000
"""Characters that fit into a cell of .xlsx, so that every format has the same text."""
RESERVED_WORDS = frozenset(
    (
        *("id", "label", "name", "type", "kind", "weight", "source", "target", "from", "to", "direction", "key"),
        *("tags", "description", "image", "url", "email", "x", "y", "z", "size", "color", "viz", "pid", "parents"),
        *("start", "end", "slices", "code", "timeset", "interval"),
    )
)
"""Words that have a meaning to Gephi, igraph, networkx, or Kumu: a workbook column with such a header is renamed."""
IDENTITY_METRICS = frozenset({"id", "name"})
"""Entries of a person's metrics that say who they are; the code and the name shown replace them."""
STAFF_METRICS = frozenset({"named_by", "names"})
"""Metrics of a person that reveal who responded, and who didn't return a report."""
CONFIRMED = "both_say_so"
"""The field of a tie that is for staff only: someone who confirms no tie probably didn't respond."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that people, ties, or the network have: its name for programs and for people."""

    id: str
    label: str


TIE_FIELDS = (
    Field("strength", "Strength"),
    Field("strength_in_words", "Strength in words"),
    Field("tie_type", "Type"),
    Field(CONFIRMED, "Confirmed by both"),
    Field("heard_through", "Heard through"),
    Field("latest_date", "Latest date"),
)
"""What each tie has, in addition to the workbook's own measures of ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """A person or a tie."""

    values: Mapping[str, Value]
    """Its values by field id; unknown ones are absent."""
    position: tuple[float, float] | None = None
    """A person's position on the map: x to the right, y down, connected people about one unit apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkExport:
    """A network as other programs read it. Texts are plain, on one line, with only characters that files can hold."""

    network: Mapping[str, Value]
    network_fields: tuple[Field, ...]
    people: tuple[ExportRecord, ...]
    """Each with `id` (the code), `label` (the name shown), and `kind`."""
    people_fields: tuple[Field, ...]
    """What people have in addition."""
    ties: tuple[ExportRecord, ...]
    """Each with `source` and `target`, the codes of its ends. Ties have no direction."""
    tie_fields: tuple[Field, ...]


def export_network(
    connected: Connectivity, *, style: NameStyle | None = None, for_staff: bool = False
) -> NetworkExport:
    """Return the network that `connected` shows, with people called as `style` says (default: the setting `Names`).

    `for_staff` adds what only staff may see: tags and the average of what the two people of a tie answered about it,
    both only where people are shown by name; how many people name each person and are named by them; and the number of
    respondents even if it is very small. Only staff see whether both confirm a tie.
    """
    workbook = connected.workbook
    style = style or workbook.settings.names
    is_named = style is NameStyle.NAMES and not workbook.are_names_replaced
    names = export_names(workbook, style=style)
    people = {key: person for key, person in connected.network.people.items() if person.on_map and key in names}
    has_name: Callable[[str], bool] = _never
    # Where names are replaced already, they are initials, which are ordinary words in other places.
    if not is_named and not workbook.are_names_replaced:
        has_name = FullNameMatcher(person.name for person in workbook.people.values())
    columns = _exported_columns(workbook, is_named=is_named, has_name=has_name)
    attributes = {key: _attributes(person, columns) for key, person in people.items()}
    if not is_named and not workbook.are_names_replaced:
        plain = {key: {c: v for c, v in values.items() if not has_name(v)} for key, values in attributes.items()}
        ordered = columns_by_priority(workbook, columns)
        kinds = {key: person.kind for key, person in people.items()}
        attributes = common_combinations(plain, ordered, smallest_group=workbook.settings.smallest_group, known=kinds)
    all_metrics = [metric for metric in METRICS["people"] if metric.id not in IDENTITY_METRICS]
    metrics = [metric for metric in all_metrics if for_staff or metric.id not in STAFF_METRICS]
    fields = _unique_fields(
        [column for column in columns if any(column in values for values in attributes.values())],
        taken=[word for metric in all_metrics for word in (metric.id, metric.label)],
    )
    has_tags = is_named and for_staff and any(person.tags for person in people.values())
    person_metrics = {person.key: person for person in connected.people}
    measures = [measure.name for measure in workbook.tie_measures] if is_named and for_staff else []
    measure_fields = {
        # Scripts read `trust` for our own measure, and the header for a column of the workbook's own.
        name: Field(tie_value_name(field.label), field.label)
        for name, field in _unique_fields(
            measures, taken=[word for field in TIE_FIELDS for word in (field.id, field.label)]
        ).items()
    }
    ties = [
        _tie_record(tie, has_name, measure_fields=measure_fields, for_staff=for_staff)
        for tie in connected.network.ties
        if tie.a in people and tie.b in people
    ]
    records = []
    for key, person in people.items():
        values: dict[str, Value | None] = {
            "id": person_id(key),
            "label": _clean(names[key]) or "(no name)",
            "kind": person.kind.value,
            **{fields[column].id: value for column, value in attributes[key].items()},
            "tags": "; ".join(map(_clean, person.tags)) if has_tags else None,
            **{metric.id: metric.value(person_metrics[key]) for metric in metrics},
        }
        records.append(ExportRecord(values=_known(values), position=connected.positions.get(key)))
    if not is_named:
        # People are sorted by key, which may be their name, so the order would identify them.
        records.sort(key=lambda record: str(record.values["id"]))
        ties.sort(key=lambda tie: (str(tie.values["source"]), str(tie.values["target"])))
    network, network_fields = _network_values(connected, has_name, for_staff=for_staff)
    return NetworkExport(
        network=network,
        network_fields=network_fields,
        people=tuple(records),
        people_fields=(
            *fields.values(),
            *((Field("tags", "Tags"),) if has_tags else ()),
            *(Field(metric.id, metric.label) for metric in metrics),
        ),
        ties=tuple(ties),
        tie_fields=(
            *TIE_FIELDS[:2],
            *measure_fields.values(),
            *(field for field in TIE_FIELDS[2:] if for_staff or field.id != CONFIRMED),
        ),
    )


def export_names(workbook: Workbook, *, style: NameStyle) -> dict[PersonKey, str]:
    """Return the name in an export of everyone who may be shown.

    Names are as on the map, except that with initials, organizations have initials too: no full name is in such a file.
    """
    if workbook.are_names_replaced:
        return dict(map_names(workbook))
    names = dict(map_names(replace(workbook, settings=replace(workbook.settings, names=style))))
    if style is NameStyle.INITIALS:
        organizations = {
            key: person.name for key, person in workbook.people.items() if person.kind is Kind.ORGANIZATION
        }
        names |= {key: f"{letters} (org.)" for key, letters in initials(organizations).items() if key in names}
    return names


class FullNameMatcher:
    """Finds full names in texts, as whole words, with the first or the last name first.

    It finds whatever `NameMasker` masks in running text, and in addition names of one short or lowercase word.
    """

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        self._mask = NameMasker(dict.fromkeys(names, ANONYMOUS))
        self._by_first_word: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = _words(name)
            for order in (words, (*words[-1:], *words[:-1])):
                if order:
                    self._by_first_word.setdefault(order[0], set()).add(order)

    def __call__(self, text: str) -> bool:
        """Return True if the text includes someone's full name."""
        words = _words(text)
        return self._mask(text) != text or any(
            words[start : start + len(name)] == name
            for start, word in enumerate(words)
            for name in self._by_first_word.get(word, ())
        )


def _never(_: str) -> bool:
    return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", unaccented(text).casefold()))


def _clean(text: str) -> str:
    """A text that every file can hold: one line, nothing hidden, no longer than a cell."""
    line = "".join("\ufffd" if _is_noncharacter(character) else character for character in tidy(text))
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"


def _is_noncharacter(character: str) -> bool:
    return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"


def _known(values: Mapping[str, Value | None]) -> Mapping[str, Value]:
    return MappingProxyType(
        {
            field: value
            for field, value in values.items()
            if value is not None and value != "" and not (isinstance(value, float) and not math.isfinite(value))
        }
    )


def _exported_columns(workbook: Workbook, *, is_named: bool, has_name: Callable[[str], bool]) -> list[str]:
    if is_named:
        return list(dict.fromkeys((*PUBLIC_COLUMNS, *workbook.attributes)))
    return [column for column in workbook.attributes if column not in IDENTIFYING_COLUMNS and not has_name(column)]


def _attributes(person: Person, columns: Sequence[str]) -> dict[str, str]:
    values = {column: _clean(person.attributes.get(column, "")) for column in columns}
    return {column: value for column, value in values.items() if value}


def _unique_fields(columns: Sequence[str], *, taken: Collection[str]) -> dict[str, Field]:
    """A field for each workbook column, with an id unlike ours, unlike what programs reserve, and unlike the others."""
    names = unique_headers({column: _clean(column) or "Column" for column in columns}, taken=(*RESERVED_WORDS, *taken))
    return {column: Field(name, name) for column, name in names.items()}


def _tie_record(
    tie: Tie, has_name: Callable[[str], bool], *, measure_fields: Mapping[str, Field], for_staff: bool
) -> ExportRecord:
    source, target = sorted((person_id(tie.a), person_id(tie.b)))
    values: dict[str, Value | None] = {
        "source": source,
        "target": target,
        "strength": tie.strength,
        "strength_in_words": STRENGTH.label(tie.strength) if tie.strength is not None else None,
        **{field.id: average_answer(tie, measure) for measure, field in measure_fields.items()},
        "tie_type": "; ".join(_clean(kind) for kind in tie.kinds if not has_name(kind))[:LONGEST_TEXT],
        CONFIRMED: tie.is_mutual if for_staff else None,
        "heard_through": "; ".join(way.value for way in tie.heard_through),
        "latest_date": tie.latest,
    }
    return ExportRecord(values=_known(values))


def _network_values(
    connected: Connectivity, has_name: Callable[[str], bool], *, for_staff: bool
) -> tuple[Mapping[str, Value], tuple[Field, ...]]:
    network = connected.network
    rule = "reported by either person" if network.rule is TieRule.EITHER else "confirmed by both people"
    values: dict[str, tuple[Field, Value | None]] = {
        "network": (Field("network", "Network"), _clean(connected.workbook.network_name)),
        "wave": (Field("wave", "Wave"), _clean(network.wave or "")),
        "date": (Field("date", "Date"), network.date),
        "tied_when": (Field("tied_when", "Connections count if"), rule),
        "shown": (Field("shown", "Part"), selection_text(connected.shown_counts) if connected.is_filtered else None),
    }
    for field in ("network", "wave"):
        if has_name(str(values[field][1])):
            values[field] = (values[field][0], None)
    metrics = {
        metric.id: (Field(metric.id, metric.label), metric.value(connected.metrics))
        for metric in METRICS["network"]
        if metric.id not in ("wave", "respondents_rule")
        if connected.counts_reports or metric.id not in (*REPORT_METRICS, *RESPONSE_METRICS)
    }
    smallest_group = 0 if for_staff else connected.workbook.settings.smallest_group
    if connected.counts_reports and (hidden := hidden_responses(connected.metrics, smallest_group=smallest_group)):
        metrics |= {name: (metrics[name][0], str(hidden)) for name in ("respondents", "response_rate")}
    values |= metrics
    return (
        _known({field: value for field, (_, value) in values.items()}),
        tuple(field for field, _ in values.values()),
    )
