"""Who has taken part lately: named in a tie, a gathering, a talk, an answer or a collaboration within N months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nethealth.definitions import Measure, Unit
from nethealth.infrastructure.membership import members_on, stays
from nethealth.infrastructure.periods import months_later
from nethealth.workbook.records import PersonKey, SurveyResponse, Workbook
from nethealth.workbook.vocabulary import WaveKind


class TookPart(StrEnum):
    """Where a member was named."""

    TIE = "A tie"
    CONVENING = "A convening"
    ACTIVITY = "An activity"
    WEAVING = "A weaving conversation"
    SURVEY = "A survey answer"
    COLLABORATION = "An emergent activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """The members of one day, and which of them took part in the months before it."""

    as_of: dt.date
    within_months: int
    members: int
    """Members on `as_of`, by the rule of the membership figures."""
    engaged: int | None
    """Of them, those who took part; None where no member's `Joined` is known."""
    by_way: dict[TookPart, int]
    """How many of the members were named in each way; one person can be in several."""
    quiet: tuple[PersonKey, ...]
    """Members named nowhere in that time, in the order of the sheet, without those not to be listed. Staff only."""

    @property
    def engaged_share(self) -> float | None:
        """`engaged` / `members`; None without members."""
        return self.engaged / self.members if self.engaged is not None and self.members else None

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "within_months": self.within_months,
            "engaged": self.engaged,
            "engaged_share": self.engaged_share,
        }


def engagement(workbook: Workbook, *, as_of: dt.date, within_months: int | None = None) -> Engagement:
    """Who of the members on `as_of` took part in the `within_months` (as set, else 12) before it, both ends inside.

    Taking part is being named: at either end of a tie with a date of its own (reports and facts alike), among the
    attendees of a convening or an activity, in a weaving conversation (the member, and whom they were introduced to),
    by a survey answer (without a date of its own: its wave's), or among the collaborators of an emergent activity that
    started in that time.
    """
    months = workbook.settings.engaged_within_months if within_months is None else within_months
    since = months_later(as_of, -months)
    members = members_on(workbook, day=as_of)
    named = {way: people & members for way, people in _named_between(workbook, first=since, last=as_of).items()}
    engaged = frozenset[PersonKey]().union(*named.values())
    is_known = any(stays(person) for person in workbook.people.values())
    return Engagement(
        as_of=as_of,
        within_months=months,
        members=len(members),
        engaged=len(engaged) if is_known else None,
        by_way={way: len(people) for way, people in named.items()},
        quiet=tuple(
            person.key
            for person in workbook.people.values()
            if person.key in members and person.key not in engaged and person.on_map
        ),
    )


def _named_between(workbook: Workbook, *, first: dt.date, last: dt.date) -> dict[TookPart, frozenset[PersonKey]]:
    """Whom the workbook names in each way between two days, both inside."""

    def inside(day: dt.date | None) -> bool:
        return day is not None and first <= day <= last

    def people(groups: Iterable[Iterable[PersonKey | None]]) -> frozenset[PersonKey]:
        return frozenset(key for group in groups for key in group if key is not None)

    surveys = {
        response.wave: workbook.wave_named(response.wave, kind=WaveKind.SURVEY) for response in workbook.responses
    }

    def day_of(response: SurveyResponse) -> dt.date | None:
        survey = surveys[response.wave]
        return response.date or (survey.date if survey else None)

    return {
        TookPart.TIE: people((tie.source, tie.target) for tie in workbook.connections if inside(tie.date)),
        TookPart.CONVENING: people(held.attendees for held in workbook.convenings if inside(held.date)),
        TookPart.ACTIVITY: people(held.attendees for held in workbook.activities if inside(held.date)),
        TookPart.WEAVING: people((talk.member, *talk.introduced_to) for talk in workbook.weaving if inside(talk.date)),
        TookPart.SURVEY: people((response.respondent,) for response in workbook.responses if inside(day_of(response)))
        | people((key,) for key, day in workbook.last_answers.items() if inside(day)),
        TookPart.COLLABORATION: people(
            activity.collaborators for activity in workbook.emergent if inside(activity.started)
        ),
    }


_SOURCE = "Being named in what the workbook dates; the months are set in Settings, `Engaged within months`."

MEASURES: tuple[Measure, ...] = (
    Measure(
        id="engaged",
        label="Engaged members",
        question="How many members took part in something lately?",
        reading=(
            "Members of today who are named in a dated tie, an attendance list, a weaving conversation, a survey "
            "answer or an emergent activity of the last months."
        ),
        not_meaning="Whoever is not counted may be active where the sheet can't see it: it says what was written down.",
        unit=Unit.COUNT,
        undefined="no member has a date in `Joined`",
        source=_SOURCE,
        compute=lambda result: result.engaged,
    ),
    Measure(
        id="engaged_share",
        label="Share engaged",
        question="What share of the members took part in something lately?",
        reading="Read it over time. A falling share is a reason to call people, kindly.",
        not_meaning="Not a mark for anybody: people have quiet years.",
        unit=Unit.SHARE,
        undefined="nobody is a member on that day",
        source=_SOURCE,
        compute=lambda result: result.engaged_share,
    ),
)
