"""A report: sections of text, numbers, charts, and stories, before it becomes a file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“])")


class Audience(StrEnum):
    """Whom a report is for."""

    BOARD = "board"
    FUNDER = "funder"
    MEMBERS = "members"


class Part(StrEnum):
    """A section of a report, in the order in which they come."""

    SUMMARY = "in short"
    PURPOSE = "purpose"
    WHO = "who we are"
    CONNECTED = "how we connect"
    SAY = "what members say"
    TOGETHER = "what we do together"
    EMERGED = "what members started"
    HEARD = "what we heard and did"
    NEXT = "what’s next"


USUAL_PARTS: Final[Mapping[Audience, tuple[Part, ...]]] = {
    Audience.BOARD: tuple(Part),
    Audience.FUNDER: tuple(part for part in Part if part is not Part.HEARD),
    Audience.MEMBERS: tuple(part for part in Part if part is not Part.WHO),
}
"""The sections that each audience usually gets."""


class ChartKind(StrEnum):
    """How a chart draws its values."""

    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One series of values with names, which every kind of file can draw in its own way."""

    kind: ChartKind
    title: str
    """What the chart shows, as a finding."""
    names: tuple[str, ...]
    values: tuple[float, ...]
    is_share: bool = False
    """True if the values are shares from 0 to 1, written as percentages."""
    source: str = ""
    """Where and when the values come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with what it means and when it was true."""

    value: str
    """As people read it."""
    label: str
    note: str
    """Its date and its definition."""

    @property
    def text(self) -> str:
        """Return value and label as one phrase: `122 members`, or `Membership: 105 to 122` if the label is a name."""
        return f"{self.value} {self.label}" if self.label[:1].islower() else f"{self.label}: {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What some members started, and what came of it. Texts as typed in the workbook."""

    name: str
    text: str
    """Its paragraphs, separated by blank lines: what it is for, and what came of it. Staff may have edited them."""
    people: str | None
    """Who takes part: names if the report has names, else how many."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, without blank ones."""
        return _paragraphs(self.text)


Place: TypeAlias = tuple[Part, str]
"""A text that staff may edit: a section's own with an empty name, or one of its stories by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section. All texts may quote cells, so code that writes a file must escape them."""

    part: Part
    title: str
    text: str
    """Its paragraphs, separated by blank lines. Staff may have edited them."""
    numbers: tuple[Number, ...] = ()
    chart: Chart | None = None
    stories: tuple[Story, ...] = ()
    picture: str | None = None
    """The map as SVG; None except where connections are shown."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, without blank ones."""
        return _paragraphs(self.text)

    @property
    def place(self) -> Place:
        """Where the text is in the report."""
        return self.part, ""

    @property
    def stories_by_place(self) -> Mapping[Place, Story]:
        """The stories by where they are in the report. Of two with one name, the second has a number."""
        names = [story.name for story in self.stories]
        earlier = [names[:at].count(name) for at, name in enumerate(names)]
        places = [f"{name} ({count + 1})" if count else name for name, count in zip(names, earlier, strict=True)]
        return {(self.part, name): story for name, story in zip(places, self.stories, strict=True)}

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text, if it is one paragraph; else its paragraphs."""
        if len(self.paragraphs) != 1:
            return self.paragraphs
        return tuple(_SENTENCE_END.split(self.paragraphs[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report before it becomes a file."""

    network: str
    audience: Audience
    title: str
    since: dt.date
    as_of: dt.date
    sections: tuple[Section, ...]
    footnote: str
    """Where the numbers come from, and what is hidden."""

    def with_edits(self, edits: Mapping[Place, str]) -> Report:
        """Return the report with the texts that staff edited in place of ours. An empty text removes what it is of."""
        edited = (_edited(each, edits) for each in self.sections)
        return replace(self, sections=tuple(each for each in edited if each.text.strip()))


def _edited(section: Section, edits: Mapping[Place, str]) -> Section:
    stories = tuple(
        replace(story, text=edits.get(place, story.text))
        for place, story in section.stories_by_place.items()
        if edits.get(place, story.name).strip()
    )
    return replace(section, text=edits.get(section.place, section.text), stories=stories)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip())
