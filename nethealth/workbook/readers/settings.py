"""The tabs that say how to read the others: Column names, Settings, Scales."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import closest, name_key, split_names
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import PersonKey, Settings, Severity
from nethealth.workbook.schema.columns import one_of
from nethealth.workbook.schema.membership_tabs import MONTHS, ColumnNameRow, SettingRow
from nethealth.workbook.schema.survey_tabs import ScaleRow
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS, SETTING_VALUES, TABS, RowContext
from nethealth.workbook.schema.vocabulary import BUILT_IN_SCALES, NameStyle, Scale, TieRule

SMALLEST_GROUP_ALLOWED: Final = 3
ATTRIBUTE: Final = "Attribute"
"""In the Column names tab: this header of Members is an attribute after all."""
MEASURE: Final = "Measure"
"""In the Column names tab: this header of Connections is a measure of ties after all."""
_OF_FURTHER: Final = {MEMBERS.name: ATTRIBUTE, CONNECTIONS.name: MEASURE}


@dataclass(frozen=True, slots=True)
class SetValue:
    """One setting as it was typed: where, and what it means."""

    row: int
    cell: RawCell
    value: Any


SetValues = dict[str, SetValue]
"""By the field of `SettingValues`."""


def read_column_names(
    table: TabRows[ColumnNameRow], context: RowContext, *, titles: Iterable[str] = ()
) -> list[tuple[str, str, str]]:
    """The rows of the Column names tab: tab, column, header. What names no tab or column of ours is told.

    A tab can also be named as it is called in this workbook (`titles`, of the tabs that are read).
    """
    tabs = {folded(name): tab for tab in TABS for name in (tab.name, *tab.aliases)}
    own_titles = {folded(title) for title in titles}
    rows = []
    for number, row in table.read(context):
        tab = tabs.get(folded(row.tab))
        if tab is None and folded(row.tab) not in own_titles:
            table.reject(
                "The dashboard reads no tab of this name; the row is left out.",
                f"The tabs are: {', '.join(tab.name for tab in TABS)}.",
                row=number,
                at="tab",
                value=row.tab,
            )
            continue
        columns = [] if tab is None else [column.name for column in tab.columns.values()]
        wanted = folded(row.column)
        if tab is not None and wanted == folded(of_further := _OF_FURTHER.get(tab.name, "")):
            columns.append(of_further)
        if tab is not None and wanted not in map(folded, columns):
            table.reject(
                "That tab has no column of this name; the row is left out.",
                f"The columns of {tab.name} are: {', '.join(columns)}.",
                row=number,
                at="column",
                value=row.column,
            )
            continue
        rows.append((row.tab, row.column, row.your_header))
    return rows


def wanted_attributes(rows: Iterable[tuple[str, str, str]], values: SetValues) -> frozenset[str]:
    """The folded headers of Members that staff ask for as attributes, however unique their values."""
    wanted = {folded(header) for _, column, header in rows if folded(column) == folded(ATTRIBUTE)}
    if "color_map_by" in values:
        wanted.add(folded(str(values["color_map_by"].value)))
    return frozenset(wanted)


def wanted_measures(rows: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """The folded headers of Connections that staff name as measures of ties, whatever they look like."""
    return frozenset(folded(header) for _, column, header in rows if folded(column) == folded(MEASURE))


def read_settings(table: TabRows[SettingRow], context: RowContext) -> SetValues:
    """The settings that are set and can be read; of one set twice the last. The rest is told."""
    fields = {folded(column.name): name for name, column in SETTING_VALUES.items()}
    # The American spelling of the one setting that has two.
    fields[folded("Color map by")] = "color_map_by"
    names = [column.name for column in SETTING_VALUES.values()]
    values: SetValues = {}
    for number, row in table.read(context):
        name = fields.get(folded(row.setting))
        if name is None:
            table.tell(
                Severity.WARNING,
                "The dashboard knows no setting of this name; the row changes nothing.",
                partial(_nearest, row.setting, names),
                row=number,
                at="setting",
                value=row.setting,
            )
            continue
        if row.value is None:
            continue
        parsed = SETTING_VALUES[name].read(row.value, context=context)
        for problem in parsed.problems:
            table.tell(problem.severity, problem.message, problem.remedy, row=number, at="value", value=row.value)
        if parsed.value is None:
            table.rejected += any(problem.severity is Severity.ERROR for problem in parsed.problems)
            continue
        if name in values:
            message = "This setting stands twice; the last one counts."
            table.tell(Severity.WARNING, message, "Delete one of the two.", row=number, at="setting", value=row.setting)
        values[name] = SetValue(number, row.value, parsed.value)
    return values


def _nearest(typed: str, names: list[str]) -> str:
    close = closest(typed, names)
    return f"Did you mean {one_of(tuple(close))}?" if close else f"The settings are: {', '.join(names)}."


def settings_of(values: SetValues, table: TabRows[SettingRow] | None) -> Settings:
    """The settings, with what holds where they are silent. A number that cannot be is told, and the usual one used."""

    def value(name: str) -> Any:
        return values[name].value if name in values else None

    usual = Settings()
    smallest = _whole(values, table, "smallest_group", usual.smallest_group)
    if smallest < SMALLEST_GROUP_ALLOWED and table is not None:
        table.tell(
            Severity.WARNING,
            "Figures about fewer than three people say too much of each; 3 is used.",
            "Type 3 or more.",
            row=values["smallest_group"].row,
            at="value",
            value=values["smallest_group"].cell,
        )
    month = value("fiscal_year_starts")
    return Settings(
        network_name=value("network_name"),
        shared_purpose=value("shared_purpose"),
        guests_allowed=value("unknown_people") == "guests",
        day_first=value("date_order") == "day first",
        engaged_within_months=_whole(values, table, "engaged_within_months", usual.engaged_within_months),
        smallest_group=max(SMALLEST_GROUP_ALLOWED, smallest),
        fiscal_year_starts=MONTHS.index(month) + 1 if month else usual.fiscal_year_starts,
        color_map_by=value("color_map_by"),
        tie_rule=value("tie_rule") or TieRule.EITHER,
        tie_from_strength=usual.tie_from_strength
        if value("tie_from_strength") is None
        else float(value("tie_from_strength")),
        names=value("names") or NameStyle.NAMES,
        review_agreements_after_months=_whole(
            values, table, "review_agreements_after_months", usual.review_agreements_after_months
        ),
    )


def _whole(values: SetValues, table: TabRows[SettingRow] | None, name: str, usual: int) -> int:
    """A setting that is a whole number of 1 or more; the usual one, told, where it is none."""
    if name not in values:
        return usual
    typed = float(values[name].value)
    if typed >= 1 and typed.is_integer() and typed <= 1200:
        return int(typed)
    if name == "smallest_group" and 0 <= typed < SMALLEST_GROUP_ALLOWED:
        return 0
    if table is not None:
        table.tell(
            Severity.ERROR,
            f"This setting takes a whole number from 1 up; {usual} is used instead.",
            f"Type a whole number, such as {usual}.",
            row=values[name].row,
            at="value",
            value=values[name].cell,
        )
        table.rejected += 1
    return usual


def read_scales(table: TabRows[ScaleRow] | None, context: RowContext) -> dict[str, Scale]:
    """All answer scales by folded name: the built-in ones, and those of the Scales tab, which replace them."""
    points: dict[str, dict[float, str]] = {}
    names: dict[str, str] = {}
    for number, row in table.read(context) if table is not None else ():
        key = folded(row.scale)
        known = points.setdefault(key, {})
        names.setdefault(key, row.scale)
        if row.value in known and table is not None:
            message = "This value of the scale stands twice; the last label counts."
            table.tell(Severity.WARNING, message, "Keep one of the two.", row=number, at="value", value=row.value)
        known[row.value] = row.label
    scales = {folded(scale.name): scale for scale in BUILT_IN_SCALES}
    scales |= {key: Scale(names[key], tuple(sorted(labels.items()))) for key, labels in points.items()}
    return scales


def scale_named(words: str, scales: dict[str, Scale]) -> Scale | None:
    """The scale that a name means; `Agreement 1-5` means Agreement too."""
    key = folded(words)
    if key in scales:
        return scales[key]
    return next(
        (
            scale
            for name, scale in scales.items()
            if key in (f"{name}{scale.lowest:g}{scale.highest:g}", f"{name}{scale.lowest:g}to{scale.highest:g}")
        ),
        None,
    )


# What can only be settled once people are known.


def hub_members(values: SetValues, table: TabRows[SettingRow] | None, directory: Directory) -> frozenset[PersonKey]:
    """Whom `Hub` means: members by name, all of an organization and the organization itself, or a tag's bearers."""
    if "hub" not in values or table is None:
        return frozenset()
    setting = values["hub"]
    text = str(setting.value)
    by_organization: dict[str, set[PersonKey]] = {}
    by_tag: dict[str, set[PersonKey]] = {}
    for person in directory.people.values():
        if person.organization:
            by_organization.setdefault(name_key(person.organization), set()).add(person.key)
        for tag in person.tags:
            by_tag.setdefault(name_key(tag), set()).add(person.key)
    tags = [tag for person in directory.people.values() for tag in person.tags]
    known = [*directory.wide_index.names, *dict.fromkeys(tags)]
    hub: set[PersonKey] = set()
    for name in split_names(text, known):
        key = name_key(name)
        meant = by_organization.get(key, set()) | by_tag.get(key, set())
        if directory.bears(name) and (found := directory.find(name)).key is not None:
            meant = meant | {found.key}
        if not meant:
            table.tell(
                Severity.WARNING,
                "A part of Hub is no member, no organization and no tag of Members; it means nobody.",
                "Name the organization as in the column Organization, its staff, or a tag from the column Tags.",
                row=setting.row,
                at="value",
                value=name,
            )
        hub |= meant
    return frozenset(hub)


def map_color_column(values: SetValues, table: TabRows[SettingRow] | None, attributes: tuple[str, ...]) -> str | None:
    """The column that `Colour map by` means, as the sheet heads it; None where it means none (told)."""
    if "color_map_by" not in values or table is None:
        return None
    setting = values["color_map_by"]
    wanted = folded(str(setting.value))
    for header in attributes:
        if folded(header) == wanted:
            return header
    # Aliases of the known columns: `School` means Organization.
    for column in MEMBERS.columns.values():
        if column.name in attributes and wanted in map(folded, column.aliases):
            return column.name
    choices = f"Columns to choose from: {', '.join(attributes)}." if attributes else "Add a column to Members first."
    message = "Members has no column of this name to colour the map by; the setting changes nothing."
    table.tell(Severity.WARNING, message, choices, row=setting.row, at="value", value=setting.cell)
    return None
