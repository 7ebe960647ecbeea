"""Controls above the charts. Each choice is part of the page's address, so a link repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from nethealth.workbook.records import Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from nethealth.infrastructure import Period

RULE_LABELS = {TieRule.EITHER: "either reports it", TieRule.BOTH: "both confirm it"}
NO_ATTRIBUTE = "nothing"


def folded_on_a_phone(key: str) -> DeltaGenerator:
    """Return a row to add controls to, using `with`. On a phone, it's folded behind a switch."""
    st.toggle("Choose what to show", key=f"{key}-open")
    return st.container(horizontal=True, vertical_alignment="bottom", key=key)


def waves_of(workbook: Workbook, *, kind: WaveKind) -> tuple[Wave, ...]:
    """Return the waves that asked about `kind`, oldest first and undated ones before them.

    A wave without a kind belongs to every kind whose rows name it. A future wave without answers doesn't count yet.
    """
    if kind is WaveKind.RELATIONSHIPS:
        from nethealth.workbook.waves import relationship_waves

        return tuple(each.wave for each in relationship_waves(workbook) if each.wave is not None)
    answered = {response.wave for response in workbook.responses}
    waves = [
        wave
        for wave in workbook.waves
        if wave.name in answered or (kind in wave.kinds and (wave.date is None or wave.date <= workbook.today))
        if not wave.kinds or kind in wave.kinds
    ]
    return tuple(sorted(waves, key=lambda wave: (wave.date is not None, wave.date or wave.name)))


def wave_control(
    workbook: Workbook, kind: WaveKind = WaveKind.RELATIONSHIPS, *, default: str | None = None
) -> str | None:
    """Let people choose a wave of `kind` and return its name, or None if the workbook has no such wave.

    The default is `default`, or else the latest wave. Nothing is drawn if there is only one.
    """
    names = [wave.name for wave in reversed(waves_of(workbook, kind=kind))]
    if len(names) < 2:
        return names[0] if names else None
    key = "wave" if kind is WaveKind.RELATIONSHIPS else "survey"
    return st.selectbox(
        "Wave" if kind is WaveKind.RELATIONSHIPS else "Survey",
        names,
        index=names.index(default) if default in names else 0,
        key=key,
        bind="query-params",
    )


def rule_control(workbook: Workbook) -> TieRule:
    """Let staff choose when two people count as connected. The default is the rule in the workbook's settings.

    Viewers see that rule only: what differs between the two would tell them who hasn't confirmed which connection.
    """
    if workbook.is_for_viewers:
        return workbook.settings.tie_rule
    rules = list(TieRule)
    chosen = st.selectbox(
        "Count a connection when…",
        rules,
        index=rules.index(workbook.settings.tie_rule),
        format_func=lambda rule: RULE_LABELS[rule],
        key="rule",
        bind="query-params",
    )
    return chosen or workbook.settings.tie_rule


def period_control() -> Period:
    """Let people choose the period to count membership by: year (the default), quarter, or month."""
    from nethealth.infrastructure import Period

    chosen = st.selectbox(
        "Membership by",
        list(Period),
        format_func=lambda period: str(period.value),
        key="period",
        bind="query-params",
        width=150,
    )
    return chosen or next(iter(Period))


def attribute_control(workbook: Workbook, key: str, label: str, *, default: str | None = None) -> str | None:
    """Let people choose an attribute to color, filter, or compare by. Returns its header; None for no attribute.

    Unless `default` is given, it's the attribute that the setting `Color map by` names. Nothing is drawn if there are
    no attributes.
    """
    if not workbook.attributes:
        return None
    options = [NO_ATTRIBUTE, *workbook.attributes]
    preferred = default or workbook.settings.color_map_by
    chosen = st.selectbox(
        label,
        options,
        index=options.index(preferred) if preferred in workbook.attributes else 0,
        key=key,
        bind="query-params",
    )
    return None if chosen is None or chosen == NO_ATTRIBUTE else chosen
