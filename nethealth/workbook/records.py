"""What a workbook is once it has been understood: typed, frozen, every person known by a key.

Everything after the border takes these and nothing else. People are referred to by `Person.key` throughout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from nethealth.cache import StoresResults
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

PersonKey: TypeAlias = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The Settings tab, with what holds where it is silent."""

    network_name: str | None = None
    shared_purpose: str | None = None
    guests_allowed: bool = False
    """`Unknown people` = `guests`."""
    day_first: bool = False
    """`Date order` = `day first`."""
    engaged_within_months: int = 12
    smallest_group: int = 5
    """Never under 3."""
    fiscal_year_starts: int = 1
    """The month, 1 to 12."""
    color_map_by: str | None = None
    tie_rule: TieRule = TieRule.EITHER
    tie_from_strength: float = 1.0
    names: NameStyle = NameStyle.NAMES
    review_agreements_after_months: int = 24


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in the network: from `joined` to `left`, the last day inside. `joined` None: not known."""

    joined: dt.date | None
    left: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether the stay covers `day`; an unknown beginning reaches back for ever."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member or a guest. `spells` is sorted, without overlaps, and empty where no date is known."""

    key: PersonKey
    """Unique in the workbook: the Member ID, else the name, told apart further where two people share it."""
    name: str
    member_id: str | None = None
    kind: Kind = Kind.PERSON
    spells: tuple[Spell, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """By column: Organization, Role, Leadership role, Region and every further one, where filled. No private ones."""
    private_attributes: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    on_map: bool = True
    """False: never named, drawn or listed anywhere; counted in figures."""
    is_guest: bool = False
    """Named somewhere, not in the membership."""
    notes: str | None = None
    row: int | None = None

    @property
    def organization(self) -> str | None:
        """Where the person works, if the sheet says."""
        return self.attributes.get("Organization")

    @property
    def joined(self) -> dt.date | None:
        """The first day inside that is known; None where none is."""
        return min((spell.joined for spell in self.spells if spell.joined), default=None)

    def is_inside(self, day: dt.date) -> bool | None:
        """Whether the membership covers `day`; None where no date is known at all."""
        return any(spell.covers(day) for spell in self.spells) if self.spells else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One row (or one form answer) about a tie. Never a self-tie.

    Rows that repeat a tie are all here; the network keeps the strongest.
    """

    source: PersonKey
    target: PersonKey
    strength: float | None = None
    kind: str | None = None
    """The Type column."""
    date: dt.date | None = None
    wave: str | None = None
    """A wave's name as `Workbook.waves` has it; None: no wave given."""
    heard_through: HeardThrough | None = None
    measures: Mapping[str, float] = field(default_factory=dict, hash=False)
    """What it says of the tie in numbers besides its strength, by the names in `Workbook.tie_measures`."""
    notes: str | None = None
    entry_id: str | None = None
    row: int | None = None

    @property
    def is_report(self) -> bool:
        """True: `source` says it of `target`. False: a fact about both (weaving, convening, staff)."""
        return self.heard_through in (None, HeardThrough.SURVEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A round of asking: a row of Waves, or a wave that only Connections or Survey name (date: its latest row's)."""

    name: str
    kinds: frozenset[WaveKind] = frozenset()
    """Empty: not said; then it is a wave of whatever carries its name."""
    date: dt.date | None = None
    invited: int | None = None
    responded: int | None = None
    """As a count; where names were listed, their number."""
    respondents: tuple[PersonKey, ...] | None = None
    """Who answered, where the sheet lists names or a form tells; None where it does not say."""
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
    """True or the day it was done; False or None: open, where there is a follow-up."""
    entry_id: str | None = None
    row: int | None = None


class QuestionKind(StrEnum):
    """How a survey question is answered."""

    SCALE = "scale"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    TEXT = "text"
    NUMBER = "number"


class QuestionSource(StrEnum):
    """How it is known what a question is."""

    FROM_ANSWERS = "told by its answers"
    FROM_WORDING = "known by its words"  # one of the short survey's own
    DECLARED = "as Questions says"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A survey question: its whole header, and what Questions says of it."""

    text: str
    kind: QuestionKind
    scale: Scale | None = None
    """Where `kind` is SCALE."""
    level: Level | None = None
    outcome: str | None = None
    reverse: bool = False
    earlier_scales: Mapping[str | None, Scale] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """By wave, where a survey asked it on another scale than `scale`: its answers there are values of that one."""
    source: QuestionSource = QuestionSource.FROM_ANSWERS
    row: str | None = None
    """Of a grid of several rows, `Question [Row]`: the row, where no other question has the same."""

    @property
    def label(self) -> str:
        """What people read: of a grid the row alone, since what all rows have in common tells none of them."""
        return self.row or self.text


Answer: TypeAlias = float | str | tuple[str, ...]
"""SCALE and NUMBER: the value as answered (not reversed). CHOICE, TEXT: the words. MULTIPLE: the options ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResponse:
    """One person's answers in one wave; of several the last. Blank and "don't know" are absent from `answers`."""

    wave: str | None
    answers: Mapping[str, Answer]
    """By `Question.text`."""
    date: dt.date | None = None
    respondent: PersonKey | None = None
    """None: anonymous, or not found among the members."""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The words that many people used in answer to an open question, where the answers themselves are not kept."""

    wave: str | None
    question: str
    answers: int
    """How many people answered."""
    words: tuple[tuple[str, int], ...]
    """With how many people used each, most first; never of fewer people than the smallest group, nor of all but so
    few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A convening, or an activity between convenings."""

    date: dt.date | None
    title: str
    format: str | None = None
    """Format of a convening, Kind of an activity."""
    invited: float | None = None
    attended: float | None = None
    """The count typed; where only names are listed, their number."""
    attendees: tuple[PersonKey, ...] = ()
    key_outcomes: str | None = None
    """Key outcomes of a convening, Notes of an activity."""
    link: str | None = None
    """http or https only."""
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
    """People, and members of the kind Organization."""
    organizations: tuple[str, ...] = ()
    """Named collaborators that are values of the Organization column only."""
    started: dt.date | None = None
    started_by: StartedBy | None = None
    outcomes: str | None = None
    heard_through: ActivityHeardThrough | None = None
    status: ActivityStatus | None = None
    link: str | None = None
    entry_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MindsetReflection:
    """One person's leaning on the seven pairs. Never scored."""

    session: str | None
    moment: Moment | None
    positions: tuple[int | None, ...]
    """In the order of `vocabulary.PAIRS`: 1 hierarchical to 5 network; None: not answered."""
    rose_to_the_top: tuple[str, ...] = ()
    """Of `vocabulary.CHARACTERISTICS`, at most three."""
    reflection: str | None = None
    date: dt.date | None = None
    respondent: PersonKey | None = None
    entry_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAction:
    """What members said, and what was done about it (the Actions tab)."""

    what_we_heard: str
    what_we_did: str | None = None
    promised_by: dt.date | None = None
    done: bool | dt.date | None = None
    question: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """Who one would expect (the Reference tab): the share of a value of an attribute, 0 to 1."""

    attribute: str
    value: str
    share: float
    source: str | None = None
    row: int | None = None


class Severity(StrEnum):
    """What became of what was typed: left out (error), used with an assumption (warning), worth knowing (note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the sheet that needs a hand or a glance."""

    severity: Severity
    tab: str
    """The tab's title as the sheet shows it (a missing tab: its name in the contract)."""
    message: str
    """What is wrong and what became of the row or value; the same words for every problem of one kind in a column."""
    remedy: str
    row: int | None = None
    """The sheet's own row number; None for a problem of a whole tab or column."""
    column: str | None = None
    """The column's letter, as the sheet shows it."""
    header: str | None = None
    """The column's header, for people."""
    value: str | None = None
    """What was typed, cut at 80 characters."""

    @property
    def cell(self) -> str | None:
        """`Connections!B17`; None for a problem of a whole tab."""
        return f"{self.tab}!{self.column}{self.row}" if self.row is not None and self.column is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedProblems:
    """Problems of one kind in a column beyond the first 200: counted, not listed."""

    tab: str
    column: str | None
    message: str
    severity: Severity
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TabReading:
    """What became of one tab that was read. `rows` = `accepted` + `merged` + `rejected`."""

    tab: str
    """The contract's name."""
    title: str
    """The title in the sheet."""
    rows: int
    accepted: int
    merged: int
    """Repeats that add nothing: a tie or a person given twice."""
    rejected: int
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Workbook(StoresResults):
    """One understood reading of the sheet."""

    title: str = "Workbook"
    read_at: dt.datetime = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    today: dt.date = dt.date(2000, 1, 1)
    """The day of the reading in the sheet's time zone."""
    url: str | None = None
    fingerprint: str = ""
    """A digest of the cells that were read (e-mail addresses masked): equal cells, equal digest."""
    settings: Settings = field(default_factory=Settings)
    people: Mapping[PersonKey, Person] = field(default_factory=lambda: MappingProxyType({}))
    """Members and guests, in the order of the sheet."""
    are_names_replaced: bool = False
    """Whether people are called by initials or codes already, as viewers have them where `Names` says so."""
    is_for_viewers: bool = False
    """Whether what is for staff alone is taken out: then no figures of several columns may tell of too few together."""
    hub: frozenset[PersonKey] = frozenset()
    """Whom `Hub` means: the ESO, its staff, or who carries the tag."""
    attributes: tuple[str, ...] = ()
    """Columns to colour, filter and compare by, as the sheet heads them; of the known ones those that hold any."""
    private_attributes: tuple[str, ...] = ()
    """Columns that end in `(private)`: only for figures about groups large enough."""
    connections: tuple[Connection, ...] = ()
    tie_measures: tuple[TieMeasure, ...] = ()
    """What somebody gave a number for of a tie, in any wave, besides strength: the contract's columns first."""
    waves: tuple[Wave, ...] = ()
    """By date, undated last."""
    respondents_without_wave: tuple[PersonKey, ...] | None = None
    """Who answered a relationship form that belongs to no named wave; None where no form tells."""
    weaving: tuple[Conversation, ...] = ()
    questions: tuple[Question, ...] = ()
    responses: tuple[SurveyResponse, ...] = ()
    last_answers: Mapping[PersonKey, dt.date] = field(default_factory=lambda: MappingProxyType({}))
    """When each person last answered a survey, where `responses` no longer say who did (as viewers have them)."""
    answer_themes: tuple[Theme, ...] = ()
    """What came up in open answers, for viewers, whose workbook has none."""
    actions: tuple[FeedbackAction, ...] = ()
    convenings: tuple[Gathering, ...] = ()
    activities: tuple[Gathering, ...] = ()
    platform: tuple[PlatformMonth, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    emergent: tuple[EmergentActivity, ...] = ()
    mindset: tuple[MindsetReflection, ...] = ()
    reference: tuple[Expectation, ...] = ()
    tabs: tuple[TabReading, ...] = ()
    ignored_tabs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unlisted: tuple[UnlistedProblems, ...] = ()
    notes: tuple[str, ...] = ()
    """What the source had to say of the reading."""

    def reread(self, read_at: dt.datetime) -> Workbook:
        """Return the same cells as read again later on the same day, with what was computed from them."""
        again = replace(self, read_at=read_at)
        again.__dict__["results"] = self.results
        return again

    @property
    def network_name(self) -> str:
        """The network's name: from Settings, else the workbook's title."""
        return self.settings.network_name or self.title

    @property
    def members(self) -> tuple[Person, ...]:
        """Everybody who is or was a member: all but guests."""
        return tuple(person for person in self.people.values() if not person.is_guest)

    def wave_named(self, name: str | None, *, kind: WaveKind) -> Wave | None:
        """The wave of this name that asks about `kind`; None where there is no wave of the name.

        Two may bear one name, one of them asked about relationships, the other as a survey, on other days and of other
        people. One that says its kind goes before one that does not, and that before one of the other kind.
        """
        named = [wave for wave in self.waves if wave.name == name]
        return min(named, key=lambda wave: (kind not in wave.kinds, bool(wave.kinds)), default=None)

    def answered_on(self) -> Iterator[tuple[PersonKey, dt.date]]:
        """Who answered a survey by name, and when: on the answer's own day, else on its survey's; undated ones are not.

        A viewer's workbook says no more than when each person last did.
        """
        surveys = {each.wave: self.wave_named(each.wave, kind=WaveKind.SURVEY) for each in self.responses}
        for response in self.responses:
            survey = surveys[response.wave]
            day = response.date or (survey.date if survey else None)
            if response.respondent is not None and day is not None:
                yield response.respondent, day
        yield from self.last_answers.items()

    def link_to(self, problem: Problem) -> str | None:
        """A link to the very cell in the Sheet; None where the source has no links."""
        url = next((tab.url for tab in self.tabs if tab.title == problem.tab), None)
        if url is None or problem.row is None or problem.column is None:
            return url
        return f"{url}&range={problem.column}{problem.row}"
