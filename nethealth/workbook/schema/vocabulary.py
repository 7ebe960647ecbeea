"""The workbook's fixed vocabulary: scales, outcomes, kinds, the seven pairs. Each is named here only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nethealth.workbook.schema.translations import LABELS_ELSEWHERE

NO_INTRODUCTIONS = "no introductions"
"""The tag of a member that we don't suggest to anyone; case and spacing don't matter."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An answer scale: its points from lowest to highest, each a value and its label."""

    name: str
    points: tuple[tuple[float, str], ...]
    spellings: tuple[tuple[str, float], ...] = ()
    """Other labels for its points, in another language for example."""

    @property
    def lowest(self) -> float:
        """The value of the lowest point."""
        return self.points[0][0]

    @property
    def highest(self) -> float:
        """The value of the highest point."""
        return self.points[-1][0]

    def label(self, value: float) -> str:
        """Return the label of a value; the value itself if the scale has no label for it."""
        return next((label for point, label in self.points if point == value), f"{value:g}")


def _points(*labels: str, start: int = 1) -> tuple[tuple[float, str], ...]:
    return tuple((float(start + step), label) for step, label in enumerate(labels))


AGREEMENT_IN_SPANISH = (
    "Totalmente en desacuerdo",
    "En desacuerdo",
    "Ni de acuerdo ni en desacuerdo",
    "De acuerdo",
    "Totalmente de acuerdo",
)
AGREEMENT = Scale(
    "Agreement",
    _points("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"),
    (
        ("Neither agree nor disagree", 3.0),
        *((words, float(value)) for value, words in enumerate(AGREEMENT_IN_SPANISH, start=1)),
        *LABELS_ELSEWHERE["Agreement"],
    ),
)
FREQUENCY = Scale(
    "Frequency", _points("Never", "Rarely", "Sometimes", "Often", "Always"), LABELS_ELSEWHERE["Frequency"]
)
SATISFACTION = Scale(
    "Satisfaction",
    _points("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
    (("Neither satisfied nor dissatisfied", 3.0), *LABELS_ELSEWHERE["Satisfaction"]),
)
STRENGTH = Scale(
    "Strength",
    _points("Aware of", "Know", "Exchange", "Coordinate", "Collaborate"),
    LABELS_ELSEWHERE["Strength"],
)
WEAK_TO_STRONG = Scale(
    "Weak to strong",
    _points("Very weak", "Weak", "Medium", "Strong", "Very strong"),
    LABELS_ELSEWHERE["Weak to strong"],
)
"""How strong connections are in words of other tools. It isn't offered for surveys, where these words may mean more."""
ZERO_TO_TEN = Scale("0-10", _points(*(str(n) for n in range(11)), start=0))
ONE_TO_FOUR = Scale("1-4", _points(*(str(n) for n in range(1, 5))))
ONE_TO_FIVE = Scale("1-5", _points(*(str(n) for n in range(1, 6))))
ONE_TO_SEVEN = Scale("1-7", _points(*(str(n) for n in range(1, 8))))
_OFTEN: Mapping[str, str] = {
    "Never": "Not at all; Nunca",
    "Rarely": "Yearly; Annually; Once a year; Every year; Twice a year; A few times a year; Quarterly; Once a quarter; "
    "Every quarter; Seldom; Rara vez; Anualmente; Cada año; Una vez al año; Trimestralmente; Cada trimestre",
    "Sometimes": "Monthly; Once a month; Every month; Twice a month; A few times a month; Occasionally; A veces; "
    "Mensualmente; Cada mes; Una vez al mes",
    "Often": "Weekly; Once a week; Every week; Twice a week; A few times a week; Frequently; A menudo; Semanalmente; "
    "Cada semana; Una vez a la semana",
    "Always": "Daily; Every day; Siempre; Diariamente; A diario; Cada día",
}
HOW_OFTEN: Mapping[str, str] = MappingProxyType(
    {words: label for label, many in _OFTEN.items() for words in many.split("; ")}
)
"""How often two people are in touch, by the calendar: each text's label in `FREQUENCY`."""
BUILT_IN_SCALES = (AGREEMENT, FREQUENCY, SATISFACTION, STRENGTH, ZERO_TO_TEN, ONE_TO_FOUR, ONE_TO_FIVE, ONE_TO_SEVEN)


class Kind(StrEnum):
    """What a member is."""

    PERSON = "Person"
    ORGANIZATION = "Organization"


class HeardThrough(StrEnum):
    """How we learned about a tie. Survey (or blank) is one person's report; the others are facts about both people."""

    SURVEY = "Survey"
    WEAVING = "Weaving"
    CONVENING = "Convening"
    STAFF = "Staff"


class Introduction(StrEnum):
    """What became of an introduction in the Weaving tab. Blank counts as made."""

    MADE = "Made"
    NOT_NOW = "Not now"


class WaveKind(StrEnum):
    """What a wave asked about."""

    RELATIONSHIPS = "Relationships"
    SURVEY = "Survey"


class Level(StrEnum):
    """The level an outcome is about."""

    PARTICIPANT = "Participant"
    ORGANIZATION = "Organization"


OUTCOMES: dict[Level, tuple[str, ...]] = {
    Level.PARTICIPANT: (
        "Knowledge, skills and system awareness",
        "Professional effectiveness",
        "Meaningful relationships",
    ),
    Level.ORGANIZATION: ("Coordination of efforts", "Reach and impact", "Organizational effectiveness"),
}


class AgreementKind(StrEnum):
    """What an agreement is about."""

    VALUES = "Shared values and principles"
    STANDARDS = "Standards of engagement"
    GOVERNANCE = "Governance"
    OTHER = "Other"


class AgreementStatus(StrEnum):
    """The status of an agreement."""

    DRAFT = "Draft"
    ADOPTED = "Adopted"
    RETIRED = "Retired"


class StartedBy(StrEnum):
    """Who started an emergent activity."""

    MEMBERS = "Members"
    ESO_WITH_MEMBERS = "ESO with members"
    ESO = "ESO"


class ActivityHeardThrough(StrEnum):
    """How staff heard about an emergent activity."""

    WEAVING_CALL = "Weaving call"
    SURVEY = "Survey"
    CONVENING = "Convening"
    OTHER = "Other"


class ActivityStatus(StrEnum):
    """The status of an emergent activity."""

    FORMING = "Forming"
    ACTIVE = "Active"
    COMPLETED = "Completed"
    PAUSED = "Paused"


class Moment(StrEnum):
    """The moment a mindset reflection describes."""

    NOW = "Now"
    HOPED_FOR = "Hoped for"
    BEFORE = "Before"
    AFTER = "After"


class TieRule(StrEnum):
    """When two people count as tied: reported by either person, or confirmed by both."""

    EITHER = "either"
    BOTH = "both"


class NameStyle(StrEnum):
    """How viewers see people."""

    NAMES = "names"
    INITIALS = "initials"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Pair:
    """One of the mindset reflection's seven pairs: two poles, neither of them better."""

    column: str
    hierarchical: str
    network: str


PAIRS: tuple[Pair, ...] = (
    Pair("Leadership", "Top-down, directive leadership", "Distributed, servant leadership"),
    Pair("Decisions", "Centralized decision-making", "Collective decision-making"),
    Pair("Information", "Information is restricted", "Information is shared"),
    Pair("Orientation", "Task-oriented", "Relationship-oriented"),
    Pair("Priority", "Priority around control", "Priority around trust"),
    Pair("Focus", "Organization at the center of focus", "Purpose at the center of focus"),
    Pair("Strategy", "Bias for deliberate strategy", "Embrace of emergent strategy"),
)
CHARACTERISTICS: tuple[str, ...] = tuple(pole for pair in PAIRS for pole in (pair.hierarchical, pair.network))


def _spellings() -> dict[str, str]:
    """Map every spelling of a pole to the pole: American or British, with or without "is"."""
    swaps = (("center", "centre"), ("rganiz", "rganis"), ("entraliz", "entralis"), (" is ", " "))
    found = {}
    for pole in CHARACTERISTICS:
        written = [pole]
        for one, other in swaps:
            written += [spelling.replace(one, other) for spelling in written if one in spelling]
        found.update(dict.fromkeys(written, pole))
    return found


CHARACTERISTIC_SPELLINGS: Mapping[str, str] = MappingProxyType(_spellings())
"""The fourteen characteristics by every spelling, including their own."""


@dataclass(frozen=True, slots=True)
class TieMeasure:
    """A column of Connections that measures ties in numbers: Trust, Value, Frequency, or an extra column."""

    name: str
    """Its name for people: limited in length, and different from every other column's."""
    scale: Scale | None = None
    """The scale the numbers are on; None for numbers of any kind."""

    def written(self, number: float) -> str:
        """Format a number as text, with its label on the scale: `12,000`, `4 Often`."""
        words = f"{number:,.15g}"
        label = self.scale.label(number) if self.scale is not None else words
        return words if label == f"{number:g}" else f"{words} {label}" if label != words else words
