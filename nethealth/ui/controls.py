"""What a person may choose above the figures; each choice stands in the page's address, so that a link repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from nethealth.workbook.records import Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from nethealth.infrastructure import Period

RULE_LABELS = {TieRule.EITHER: "either person reports it", TieRule.BOTH: "both confirm it"}
NO_ATTRIBUTE = "nothing"


def folded_on_a_phone(key: str) -> DeltaGenerator:
    """A row for controls, to be filled with `with`. Where the window is narrow it is folded behind one switch."""
    st.toggle("Choose what is shown", key=f"{key}-open")
    return st.container(horizontal=True, vertical_alignment="bottom", key=key)


def waves_of(workbook: Workbook, *, kind: WaveKind) -> tuple[Wave, ...]:
    """The waves that asked about `kind`, oldest first, undated ones before all others.

    A wave that does not say what it asked about belongs to each kind whose rows name it. One that is still ahead, and
    that nobody has answered, is none yet.
    """
    if kind is WaveKind.RELATIONSHIPS:
        from nethealth.network import relationship_waves

        return tuple(one.wave for one in relationship_waves(workbook) if one.wave is not None)
    named = {response.wave for response in workbook.responses}
    waves = [
        wave
        for wave in workbook.waves
        if wave.name in named or (kind in wave.kinds and (wave.date is None or wave.date <= workbook.today))
        if not wave.kinds or kind in wave.kinds
    ]
    return tuple(sorted(waves, key=lambda wave: (wave.date is not None, wave.date or wave.name)))


def wave_control(
    workbook: Workbook, kind: WaveKind = WaveKind.RELATIONSHIPS, *, at_first: str | None = None
) -> str | None:
    """Choose a wave of `kind`; `at_first` unless chosen, or the latest. Returns its name; None where the workbook has
    no such wave.

    With one wave there is nothing to choose and nothing is drawn.
    """
    names = [wave.name for wave in reversed(waves_of(workbook, kind=kind))]
    if len(names) < 2:
        return names[0] if names else None
    key = "wave" if kind is WaveKind.RELATIONSHIPS else "survey"
    return st.selectbox(
        "Wave" if kind is WaveKind.RELATIONSHIPS else "Survey",
        names,
        index=names.index(at_first) if at_first in names else 0,
        key=key,
        bind="query-params",
    )


def rule_control(workbook: Workbook) -> TieRule:
    """Choose when two people count as tied: when either says so, or both do. The sheet's own rule unless chosen."""
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
    """Choose by which period membership is counted: year, quarter or month; by year unless chosen."""
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


def attribute_control(workbook: Workbook, key: str, label: str) -> str | None:
    """Choose a column of the members to colour, filter or compare by. Returns its header; None for none.

    The setting `Colour map by` is chosen at first, where it names such a column. Without columns nothing is drawn.
    """
    if not workbook.attributes:
        return None
    options = [NO_ATTRIBUTE, *workbook.attributes]
    preferred = workbook.settings.color_map_by
    chosen = st.selectbox(
        label,
        options,
        index=options.index(preferred) if preferred in workbook.attributes else 0,
        key=key,
        bind="query-params",
    )
    return None if chosen is None or chosen == NO_ATTRIBUTE else chosen
