"""Read the tabs that control how the others are read: Column names, Settings, Scales."""

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
from nethealth.workbook.schema.membership_tabs import (
    ATTRIBUTE,
    LEAVE_ALONE,
    MEASURE,
    MONTHS,
    WHOLE_TAB,
    ColumnNameRow,
    SettingRow,
)
from nethealth.workbook.schema.survey_tabs import ScaleRow
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS, SETTING_VALUES, TABS, RowContext
from nethealth.workbook.schema.vocabulary import BUILT_IN_SCALES, NameStyle, Scale, TieRule

SMALLEST_GROUP_ALLOWED: Final = 3
_USES_OF_EXTRAS: Final = {MEMBERS.name: ATTRIBUTE, CONNECTIONS.name: MEASURE}


@dataclass(frozen=True, slots=True)
class SetValue:
    """One setting: its row, its cell as typed, and what it means."""

    row: int
    cell: RawCell
    value: Any


SetValues = dict[str, SetValue]
"""By the field of `SettingValues`."""


def read_column_names(
    table: TabRows[ColumnNameRow], context: RowContext, *, titles: Iterable[str] = (), ignored: Iterable[str] = ()
) -> list[tuple[str, str, str]]:
    """Return the rows of the Column names tab: tab, column, header. Unknown tabs and columns are reported.

    A tab can also be given by its title in this workbook (one of `titles`), unless it is `ignored`: then a row for the
    whole tab has to say what it is.
    """
    tabs = {folded(name): tab for tab in TABS for name in (tab.name, *tab.aliases)}
    all_titles = {folded(title) for title in titles}
    typed = list(table.read(context))
    own_titles = all_titles - {folded(title) for title in ignored}
    own_titles |= {folded(row.your_header) for _, row in typed if folded(row.column) == folded(WHOLE_TAB)}
    rows = []
    for number, row in typed:
        tab = tabs.get(folded(row.tab))
        if folded(row.column) == folded(WHOLE_TAB) and (tab is not None or folded(row.tab) == folded(LEAVE_ALONE)):
            if folded(row.your_header) in all_titles:
                rows.append((LEAVE_ALONE if tab is None else tab.name, WHOLE_TAB, row.your_header))
                continue
            table.reject(
                "This workbook has no tab with this title, so we skipped this row.",
                "Type the title as it is on the tab.",
                row=number,
                at="your_header",
                value=row.your_header,
            )
            continue
        if tab is None and folded(row.tab) not in own_titles:
            table.reject(
                "We don’t know this tab, so we skipped this row.",
                f"Use one of these tabs: {', '.join(tab.name for tab in TABS)}.",
                row=number,
                at="tab",
                value=row.tab,
            )
            continue
        columns = [] if tab is None else [column.name for column in tab.columns.values()]
        wanted = folded(row.column)
        if tab is not None and wanted == folded(use := _USES_OF_EXTRAS.get(tab.name, "")):
            columns.append(use)
        if tab is not None and wanted not in map(folded, (*columns, LEAVE_ALONE)):
            table.reject(
                "That tab doesn’t use this column, so we skipped this row.",
                f"Use one of these columns of {tab.name}: {', '.join(columns)}.",
                row=number,
                at="column",
                value=row.column,
            )
            continue
        rows.append((row.tab, row.column, row.your_header))
    return rows


def chosen_tabs(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return what the Column names tab says about whole tabs: folded title to our name, "" to leave alone."""
    return {
        folded(title): "" if tab == LEAVE_ALONE else tab
        for tab, column, title in rows
        if folded(column) == folded(WHOLE_TAB)
    }


def wanted_attributes(rows: Iterable[tuple[str, str, str]], values: SetValues) -> frozenset[str]:
    """Return the folded headers of Members that staff want as attributes, however unique their values."""
    wanted = set(attributes_by_name(rows))
    if "color_map_by" in values:
        wanted.add(folded(str(values["color_map_by"].value)))
    return frozenset(wanted)


def attributes_by_name(rows: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Return the folded headers that the Column names tab calls attributes of members."""
    return frozenset(folded(header) for _, column, header in rows if folded(column) == folded(ATTRIBUTE))


def wanted_measures(rows: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Return the folded headers of Connections that staff want as measures of ties, whatever they look like."""
    return frozenset(folded(header) for _, column, header in rows if folded(column) == folded(MEASURE))


def read_settings(table: TabRows[SettingRow], context: RowContext) -> SetValues:
    """Return the settings that are set and readable (the last if one is set twice); report the others."""
    fields = {
        folded(label): name for name, column in SETTING_VALUES.items() for label in (column.name, *column.aliases)
    }
    names = [column.name for column in SETTING_VALUES.values()]
    values: SetValues = {}
    for number, row in table.read(context):
        name = fields.get(folded(row.setting))
        if name is None:
            table.report(
                Severity.WARNING,
                "We don’t know this setting, so we skipped it.",
                partial(_suggest_setting, row.setting, names),
                row=number,
                at="setting",
                value=row.setting,
            )
            continue
        if row.value is None:
            continue
        parsed = SETTING_VALUES[name].read(row.value, context=context)
        for problem in parsed.problems:
            table.report(problem.severity, problem.message, problem.remedy, row=number, at="value", value=row.value)
        if parsed.value is None:
            table.rejected += any(problem.severity is Severity.ERROR for problem in parsed.problems)
            continue
        if name in values:
            message = "This setting appears twice. We use the last one."
            table.report(
                Severity.WARNING, message, "Delete one of the two.", row=number, at="setting", value=row.setting
            )
        values[name] = SetValue(number, row.value, parsed.value)
    return values


def _suggest_setting(typed: str, names: list[str]) -> str:
    close = closest(typed, names)
    return f"Did you mean {one_of(tuple(close))}?" if close else f"Use one of these settings: {', '.join(names)}."


def build_settings(values: SetValues, table: TabRows[SettingRow] | None) -> Settings:
    """Return the settings, with defaults for those not set. Report impossible numbers and use the default."""

    def value(name: str) -> Any:
        return values[name].value if name in values else None

    default = Settings()
    smallest = _whole_number(values, table, "smallest_group", default.smallest_group)
    if smallest < SMALLEST_GROUP_ALLOWED and table is not None:
        table.report(
            Severity.WARNING,
            "Numbers about fewer than 3 people could identify someone, so we use 3.",
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
        engaged_within_months=_whole_number(values, table, "engaged_within_months", default.engaged_within_months),
        smallest_group=max(SMALLEST_GROUP_ALLOWED, smallest),
        fiscal_year_starts=MONTHS.index(month) + 1 if month else default.fiscal_year_starts,
        color_map_by=value("color_map_by"),
        tie_rule=value("tie_rule") or TieRule.EITHER,
        tie_from_strength=default.tie_from_strength
        if value("tie_from_strength") is None
        else float(value("tie_from_strength")),
        names=value("names") or NameStyle.NAMES,
        review_agreements_after_months=_whole_number(
            values, table, "review_agreements_after_months", default.review_agreements_after_months
        ),
    )


def _whole_number(values: SetValues, table: TabRows[SettingRow] | None, name: str, default: int) -> int:
    """Return a setting that must be a whole number of 1 or more; otherwise report it and return the default."""
    if name not in values:
        return default
    typed = float(values[name].value)
    if typed >= 1 and typed.is_integer() and typed <= 1200:
        return int(typed)
    if name == "smallest_group" and 0 <= typed < SMALLEST_GROUP_ALLOWED:
        return 0
    if table is not None:
        table.report(
            Severity.ERROR,
            f"This setting needs a whole number of 1 or more, so we use {default}.",
            f"Type a whole number, such as {default}.",
            row=values[name].row,
            at="value",
            value=values[name].cell,
        )
        table.rejected += 1
    return default


def read_scales(table: TabRows[ScaleRow] | None, context: RowContext) -> dict[str, Scale]:
    """Return all answer scales by folded name: the built-in ones, and those of the Scales tab, which replace them."""
    points: dict[str, dict[float, str]] = {}
    names: dict[str, str] = {}
    for number, row in table.read(context) if table is not None else ():
        key = folded(row.scale)
        known = points.setdefault(key, {})
        names.setdefault(key, row.scale)
        if row.value in known and table is not None:
            message = "This scale has the same value twice. We use the last label."
            table.report(Severity.WARNING, message, "Keep one of the two.", row=number, at="value", value=row.value)
        known[row.value] = row.label
    scales = {folded(scale.name): scale for scale in BUILT_IN_SCALES}
    scales |= {key: Scale(names[key], tuple(sorted(labels.items()))) for key, labels in points.items()}
    return scales


def find_scale(name: str, scales: dict[str, Scale]) -> Scale | None:
    """Return the scale of this name; `Agreement 1-5` means Agreement too."""
    key = folded(name)
    if key in scales:
        return scales[key]
    return next(
        (
            scale
            for known, scale in scales.items()
            if key in (f"{known}{scale.lowest:g}{scale.highest:g}", f"{known}{scale.lowest:g}to{scale.highest:g}")
        ),
        None,
    )


# Settings that depend on the people in Members.


def hub_members(values: SetValues, table: TabRows[SettingRow] | None, directory: Directory) -> frozenset[PersonKey]:
    """Return the people that `Hub` means: members by name, an organization and its people, or everyone with a tag."""
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
        if directory.has_name(name) and (match := directory.find(name)).key is not None:
            meant = meant | {match.key}
        if not meant:
            table.report(
                Severity.WARNING,
                "Part of Hub matches no member, organization, or tag in Members, so we skipped it.",
                "Use a name, an Organization, or one of the Tags from Members.",
                row=setting.row,
                at="value",
                value=name,
            )
        hub |= meant
    return frozenset(hub)


def map_color_column(values: SetValues, table: TabRows[SettingRow] | None, attributes: tuple[str, ...]) -> str | None:
    """Return the column that `Color map by` means, as Members heads it; None, reported, if there is none."""
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
    choices = f"Use one of these columns: {', '.join(attributes)}." if attributes else "Add a column to Members first."
    message = "Members has no column with this name, so we skipped this setting."
    table.report(Severity.WARNING, message, choices, row=setting.row, at="value", value=setting.cell)
    return None
