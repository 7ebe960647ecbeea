"""The typed, frozen records that a workbook is read into. They refer to people by `Person.key`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from nethealth.cache import StoresResults
from nethealth.workbook.pulse import PulseAnswer
from nethealth.workbook.schema.vocabulary import (
    ActivityHeardThrough,
    ActivityStatus,
    AgreementKind,
    AgreementStatus,
    HeardThrough,
    Kind,
    Level,
    Moment,
    NameStyle,
    Scale,
    StartedBy,
    TieMeasure,
    TieRule,
    WaveKind,
)
from nethealth.workbook.tab_reading import LeftAlone, TabReading

if TYPE_CHECKING:
    import pandas as pd

PersonKey: TypeAlias = str
DatedLine: TypeAlias = tuple[dt.date | None, str]
"""A line of a text, without the date that it begins with: the date and the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The Settings tab, with defaults for what it leaves out."""

    network_name: str | None = None
    shared_purpose: str | None = None
    guests_allowed: bool = False
    day_first: bool = False
    engaged_within_months: int = 12
    smallest_group: int = 5  # never under 3
    fiscal_year_starts: int = 1  # the month, 1 to 12
    color_map_by: str | None = None
    tie_rule: TieRule = TieRule.EITHER
    tie_from_strength: float = 1.0
    names: NameStyle = NameStyle.NAMES
    review_agreements_after_months: int = 24


@dataclass(frozen=True, slots=True)
class Spell:
    """A membership spell: from `joined` to `left`, its last day. `joined` is None if unknown, `left` while it lasts."""

    joined: dt.date | None
    left: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """True if the spell covers `day`; an unknown start covers all earlier days."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member or a guest. `spells` is sorted, without overlaps, and empty if no date is known."""

    key: PersonKey
    """Unique in the workbook: the Member ID, else the name, with a number if two people share it."""
    name: str
    member_id: str | None = None
    kind: Kind = Kind.PERSON
    spells: tuple[Spell, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """By column, if filled: Organization, Role, Leadership role, Region, and every extra column. No private ones."""
    private_attributes: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    on_map: bool = True
    """False: never named, drawn, or listed anywhere, but counted in metrics."""
    is_guest: bool = False
    """Named somewhere, but not a member."""
    left_on_unknown_day: bool = False
    """True if a status says that they left, but no one said when. Then `spells` is empty."""
    notes: str | None = None
    row: int | None = None

    @property
    def organization(self) -> str | None:
        """Where the person works, if known."""
        return self.attributes.get("Organization")

    @property
    def joined(self) -> dt.date | None:
        """The first known day of membership; None if unknown."""
        return min((spell.joined for spell in self.spells if spell.joined), default=None)

    def is_inside(self, day: dt.date) -> bool | None:
        """True if the membership covers `day`; None if no date is known. False if they left on an unknown day."""
        unknown = False if self.left_on_unknown_day else None
        return any(spell.covers(day) for spell in self.spells) if self.spells else unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One row (or one form answer) about a tie, never a self-tie. Repeated rows are all here."""

    source: PersonKey
    target: PersonKey
    strength: float | None = None
    kind: str | None = None
    """The Type column."""
    date: dt.date | None = None
    wave: str | None = None
    """The name of one of `Workbook.waves`; None if no wave is given."""
    heard_through: HeardThrough | None = None
    measures: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Numbers about the tie other than its strength, by the names in `Workbook.tie_measures`."""
    notes: str | None = None
    entry_id: str | None = None
    row: int | None = None

    @property
    def is_report(self) -> bool:
        """True if `source` reported it about `target`; False if it is a fact about both (weaving, convening, staff)."""
        return self.heard_through in (None, HeardThrough.SURVEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A round of asking: a row of Waves, or a wave named only in Connections or Survey (dated by its latest row)."""

    name: str
    kinds: frozenset[WaveKind] = frozenset()
    """Empty if not given: then the wave includes everything that names it."""
    date: dt.date | None = None
    invited: int | None = None
    responded: int | None = None
    """The count; if names were listed, their number."""
    respondents: tuple[PersonKey, ...] | None = None  # who answered; None if unknown
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation that a weaver had. Staff only."""

    date: dt.date | None
    weaver: str
    """As typed: a weaver need not be a member."""
    member: PersonKey
    introduced_to: tuple[PersonKey, ...] = ()
    what_we_heard: str | None = None
    follow_up: str | None = None
    due: dt.date | None = None
    done: bool | dt.date | None = None
    """True, or the day it was done. False or None: still open, if there is a follow-up."""
    entry_id: str | None = None
    row_id: str | None = None
    """What updates call the row: its Entry ID, or a mark (`ROW-…`)."""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponedIntroduction:
    """An introduction that staff decided against for now (`Introduction` = `Not now`). No tie. Staff only."""

    date: dt.date | None
    member: PersonKey
    other: PersonKey
    row_id: str | None = None
    row: int | None = None


class QuestionKind(StrEnum):
    """How a survey question is answered."""

    SCALE = "scale"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    TEXT = "text"
    NUMBER = "number"


class QuestionSource(StrEnum):
    """How we know a question's kind, scale, and outcome."""

    FROM_ANSWERS = "from its answers"
    FROM_WORDING = "from its wording"  # it is one of the short survey's questions
    DECLARED = "from the Questions tab"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A survey question: its full header, and how to read its answers."""

    text: str
    kind: QuestionKind
    scale: Scale | None = None
    """Set if `kind` is SCALE."""
    level: Level | None = None
    outcome: str | None = None
    reverse: bool = False
    earlier_scales: Mapping[str | None, Scale] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """By wave, the scales of surveys that used another one than `scale`; answers of that wave are on that scale."""
    source: QuestionSource = QuestionSource.FROM_ANSWERS
    row: str | None = None
    """The row, if the question is part of a grid (`Question [Row]`) and no other question has the same row."""
    doubt: str | None = None
    """Why we aren't sure how it is answered, as a sentence for staff. It has no scale until Questions says it."""
    likely_scale: Scale | None = None
    """The scale that most answers of a doubtful question fit, to propose it; nothing is computed on it."""

    @property
    def label(self) -> str:
        """The text shown to people: in a grid the row alone, since all of its rows share the rest."""
        return self.row or self.text


Answer: TypeAlias = float | str | tuple[str, ...]
"""SCALE and NUMBER: the value as answered (not reversed). CHOICE and TEXT: the text. MULTIPLE: the ticked options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResponse:
    """One person's (last) answers in one wave. Blank and "don't know" are absent from `answers`."""

    wave: str | None
    answers: Mapping[str, Answer]
    """By `Question.text`."""
    date: dt.date | None = None
    respondent: PersonKey | None = None
    """None if anonymous, or if no member matches."""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The words that many people used in their answers to an open question, for viewers, who don't get the answers."""

    wave: str | None
    question: str
    answers: int
    """How many people answered."""
    words: tuple[tuple[str, int], ...]
    """Each word and how many people used it, most first, if at least the minimum group size did, and didn't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A convening, or an activity between convenings."""

    date: dt.date | None
    title: str
    format: str | None = None
    """A convening's Format, or an activity's Kind."""
    invited: float | None = None
    attended: float | None = None
    """The count typed; if only names are listed, their number."""
    attendees: tuple[PersonKey, ...] = ()
    key_outcomes: str | None = None
    """A convening's Key outcomes, or an activity's Notes."""
    link: str | None = None
    """http or https only."""
    row_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformMonth:
    """One month of one platform."""

    month: dt.date
    """The first day of the month."""
    platform: str | None = None
    members: float | None = None
    active: float | None = None
    posts: float | None = None
    replies: float | None = None
    facilitator: str | None = None
    curated: bool | None = None
    effectiveness: float | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Something that members agreed on."""

    title: str
    kind: AgreementKind | None = None
    status: AgreementStatus | None = None
    adopted: dt.date | None = None
    reviewed: dt.date | None = None
    made_by_members: bool | None = None
    link: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergentActivity:
    """A collaboration that members started themselves, or were helped to start."""

    name: str
    purpose: str | None = None
    collaborators: tuple[PersonKey, ...] = ()
    """People, and members of kind Organization."""
    organizations: tuple[str, ...] = ()  # values of the Organization column that aren't members
    guests: tuple[str, ...] = ()  # names marked “(guest)”
    started: dt.date | None = None
    started_by: StartedBy | None = None
    outcomes: str | None = None
    dated_outcomes: tuple[DatedLine, ...] = ()
    """The lines of `outcomes`: dated ones first, the earliest first."""
    heard_through: ActivityHeardThrough | None = None
    status: ActivityStatus | None = None
    may_be_shared: bool = False  # if its people agreed that reports tell its story
    link: str | None = None
    entry_id: str | None = None
    row_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MindsetReflection:
    """One person's positions on the seven pairs. Never scored."""

    session: str | None
    moment: Moment | None
    positions: tuple[int | None, ...]
    """In the order of `vocabulary.PAIRS`, from 1 (hierarchical) to 5 (network); None if not answered."""
    rose_to_the_top: tuple[str, ...] = ()
    """Of `vocabulary.CHARACTERISTICS`, at most three."""
    reflection: str | None = None
    date: dt.date | None = None
    respondent: PersonKey | None = None
    entry_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAction:
    """What staff heard from members, and what they did about it (the Actions tab)."""

    what_we_heard: str
    what_we_did: str | None = None
    promised_by: dt.date | None = None
    done: bool | dt.date | None = None
    question: str | None = None
    row_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """An expected share of an attribute's value, from 0 to 1 (the Reference tab)."""

    attribute: str
    value: str
    share: float
    source: str | None = None
    row: int | None = None


class Severity(StrEnum):
    """What we did with a cell: skipped it (error), used it with an assumption (warning), or just noted it (note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the workbook to fix or to look at."""

    severity: Severity
    tab: str
    """The tab's title in the workbook (for a missing tab, its name in the schema)."""
    message: str
    """What happened and what we did; the same text for every problem of one kind in a column."""
    remedy: str
    row: int | None = None
    """The row number in the workbook; None for a problem with a whole tab or column."""
    column: str | None = None
    """The column's letter."""
    header: str | None = None
    value: str | None = None
    """What was typed, cut at 80 characters."""

    @property
    def cell(self) -> str | None:
        """The cell's address, such as `Connections!B17`; None for a problem with a whole tab."""
        return f"{self.tab}!{self.column}{self.row}" if self.row is not None and self.column is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedProblems:
    """Problems of one kind in a column beyond the first 200, which are counted and not listed."""

    tab: str
    column: str | None
    message: str
    severity: Severity
    count: int


@dataclass(frozen=True, kw_only=True)
class Workbook(StoresResults):
    """Everything read from a workbook at one time."""

    title: str = "Workbook"
    read_at: dt.datetime = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    today: dt.date = dt.date(2000, 1, 1)
    """The day of the reading in the workbook's time zone."""
    url: str | None = None
    fingerprint: str = ""
    """A digest of the cells (with emails masked) and the day: equal cells on the same day, equal digest."""
    settings: Settings = field(default_factory=Settings)
    people: Mapping[PersonKey, Person] = field(default_factory=lambda: MappingProxyType({}))
    """Members and guests, in the workbook's order."""
    are_names_replaced: bool = False
    """True if initials or codes replace names, as the setting `Names` may ask for viewers."""
    is_for_viewers: bool = False
    """True if everything for staff only is removed. Then metrics by several columns are suppressed together."""
    hub: frozenset[PersonKey] = frozenset()
    """The people that `Hub` means: the ESO, its staff, or everyone with the tag."""
    attributes: tuple[str, ...] = ()
    """Headers of the columns to color, filter, and compare by; the schema's own only if filled."""
    private_attributes: tuple[str, ...] = ()
    """Headers that end in `(private)`, and all headers for viewers without names: only for metrics of large groups."""
    connections: tuple[Connection, ...] = ()
    tie_measures: tuple[TieMeasure, ...] = ()
    """Measures other than strength that any tie has a number for."""
    waves: tuple[Wave, ...] = ()
    """By date, undated last."""
    respondents_without_wave: tuple[PersonKey, ...] | None = None
    """Who answered a relationship form that belongs to no wave; None if there is no such form."""
    weaving: tuple[Conversation, ...] = ()
    postponed: tuple[PostponedIntroduction, ...] = ()
    questions: tuple[Question, ...] = ()
    responses: tuple[SurveyResponse, ...] = ()
    answer_themes: tuple[Theme, ...] = ()
    """Common words in open answers, for viewers, who don't get the answers."""
    actions: tuple[FeedbackAction, ...] = ()
    convenings: tuple[Gathering, ...] = ()
    activities: tuple[Gathering, ...] = ()
    platform: tuple[PlatformMonth, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    emergent: tuple[EmergentActivity, ...] = ()
    mindset: tuple[MindsetReflection, ...] = ()
    pulse: tuple[PulseAnswer, ...] = ()
    reference: tuple[Expectation, ...] = ()
    tabs: tuple[TabReading, ...] = ()
    ignored_tabs: tuple[str, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    """What we don't know, in the workbook's order, so that the app can ask staff about it."""
    problems: tuple[Problem, ...] = ()
    unlisted: tuple[UnlistedProblems, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes from the source about the reading."""

    def reread(self, read_at: dt.datetime) -> Workbook:
        """Return the same cells as read again later on the same day, with what was computed from them."""
        again = replace(self, read_at=read_at)
        again.__dict__["results"] = self.results
        return again

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the workbook as pandas data frames by name, for scripts and notebooks."""
        from nethealth.workbook.frames import workbook_frames

        return workbook_frames(self)

    @property
    def network_name(self) -> str:
        """The network's name: from Settings, else the workbook's title."""
        return self.settings.network_name or self.title

    @property
    def members(self) -> tuple[Person, ...]:
        """Everyone who is or was a member: all but guests."""
        return tuple(person for person in self.people.values() if not person.is_guest)

    def wave_named(self, name: str | None, *, kind: WaveKind) -> Wave | None:
        """Return the wave of this name; of several the one of this kind, else one without a kind. None if none."""
        named = [wave for wave in self.waves if wave.name == name]
        return min(named, key=lambda wave: (kind not in wave.kinds, bool(wave.kinds)), default=None)

    def link_to(self, problem: Problem) -> str | None:
        """Return a link to the problem's cell in the Google Sheet; None if the source has no links."""
        url = next((tab.url for tab in self.tabs if tab.title == problem.tab), None)
        if url is None or problem.row is None or problem.column is None:
            return url
        return f"{url}&range={problem.column}{problem.row}"
