"""The workbook as viewers may have it: what is for staff alone is not hidden in it, it is not there.

Pure: a workbook in, a workbook out. What stays answers every question that the pages ask for viewers, with the same
figures (of groups fewer are told, as `is_for_viewers` asks); who said what, what was heard, who left and what is wrong
in the sheet is gone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nethealth.privacy.codes import person_code
from nethealth.privacy.display_names import ANONYMOUS, NameMasker, codes, initials
from nethealth.privacy.name_redaction import redact_names
from nethealth.workbook.open_text import find_themes, redact_people
from nethealth.workbook.records import (
    Answer,
    Connection,
    Conversation,
    EmergentActivity,
    FeedbackAction,
    Gathering,
    MindsetReflection,
    Person,
    PersonKey,
    Question,
    QuestionKind,
    SurveyResponse,
    Theme,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import Kind, NameStyle, WaveKind

FORMER = "Former member"
HIDDEN = "Not shown"
ANOTHER_ANSWER = "Another answer"


def redact_for_viewers(workbook: Workbook, *, salt: bytes = b"") -> Workbook:
    """The workbook without what is for staff alone (`workbook.md`, "Who may see what").

    Gone: weaving notes, weavers and follow-ups (whom a talk introduced stays, as a tie), open answers, who answered a
    survey or a reflection, days of promises that are past, notes on members and ties, problems, ignored tabs, links to
    the sheet, Member IDs and rows. Names become initials or codes where the settings say so, `Former member` for who
    left, `Not shown` for who is not to be shown; a full name of somebody not named stands in no text of any record
    either. People get their codes for keys (`person_codes`), the same at each reading for one `salt`, which is the
    installation's secret wherever the app runs; without knowing it, nobody finds a key from a name.
    """
    rename = _Rename.of(workbook, salt=salt)
    small = workbook.settings.smallest_group
    questions = tuple(question for question in workbook.questions if question.kind is not QuestionKind.TEXT)
    stripped = replace(
        workbook,
        url=None,
        fingerprint=_digest(salt, f"viewers {workbook.fingerprint}", length=32) if workbook.fingerprint else "",
        settings=replace(workbook.settings, names=NameStyle.NAMES),
        people=_people(workbook, rename),
        are_names_replaced=workbook.settings.names is not NameStyle.NAMES,
        is_for_viewers=True,
        hub=frozenset(rename.keys[key] for key in workbook.hub if key in rename.keys),
        connections=tuple(_tie(tie, rename) for tie in workbook.connections),
        waves=tuple(_wave(wave, workbook, rename) for wave in workbook.waves),
        respondents_without_wave=None
        if workbook.respondents_without_wave is None
        else tuple(rename.keys[key] for key in workbook.respondents_without_wave if key in rename.keys),
        weaving=tuple(_talk(talk, rename) for talk in workbook.weaving if talk.member in rename.keys),
        questions=questions,
        responses=_responses(workbook.responses, questions, small),
        last_answers=_last_answers(workbook, rename),
        answer_themes=tuple(_came_up(workbook)),
        actions=tuple(_action(action, today=workbook.today) for action in workbook.actions),
        convenings=tuple(_gathering(gathering, rename) for gathering in workbook.convenings),
        activities=tuple(_gathering(gathering, rename) for gathering in workbook.activities),
        platform=tuple(replace(month, row=None) for month in workbook.platform),
        agreements=tuple(replace(agreed, row=None) for agreed in workbook.agreements),
        emergent=tuple(_emergent(activity, rename) for activity in workbook.emergent),
        mindset=_reflections(workbook.mindset),
        reference=tuple(replace(expected, row=None) for expected in workbook.reference),
        tabs=tuple(replace(tab, url=None) for tab in workbook.tabs),
        ignored_tabs=(),
        problems=(),
        unlisted=(),
        notes=(),
    )
    return redact_names(stripped, rename.mask)


def has_left(person: Person, *, today: dt.date) -> bool:
    """Whether every stay of the person ended before `today`."""
    return bool(person.spells) and all(spell.left is not None and spell.left < today for spell in person.spells)


@dataclass(frozen=True, slots=True)
class _Rename:
    """What becomes of each person's key and name."""

    keys: Mapping[PersonKey, PersonKey]
    names: Mapping[PersonKey, str]
    mask: NameMasker

    @classmethod
    def of(cls, workbook: Workbook, *, salt: bytes) -> _Rename:
        keys: dict[PersonKey, PersonKey] = {}
        taken: set[str] = set()
        for key in workbook.people:
            code, again = person_code(key, secret=salt), 1
            while code in taken:
                again += 1
                code = person_code(f"{key}\0{again}", secret=salt)
            taken.add(code)
            keys[key] = code
        style = workbook.settings.names
        named = [person for person in workbook.people.values() if _is_named(person, workbook)]
        names = {key: HIDDEN if not person.on_map else FORMER for key, person in workbook.people.items()}
        names |= _shown(named, style, codes(keys))
        masked = {
            person.name: names[person.key] if names[person.key] not in (HIDDEN, FORMER) else ANONYMOUS
            for person in workbook.people.values()
            if names[person.key] != person.name
        }
        kept = {person.name for person in workbook.people.values() if names[person.key] == person.name}
        return cls(keys, names, NameMasker({name: shown for name, shown in masked.items() if name not in kept}))


def _is_named(person: Person, workbook: Workbook) -> bool:
    return person.on_map and not has_left(person, today=workbook.today)


def _shown(people: list[Person], style: NameStyle, by_code: Mapping[PersonKey, str]) -> dict[PersonKey, str]:
    if style is NameStyle.NAMES:
        return {person.key: person.name for person in people}
    if style is NameStyle.CODES:
        return {person.key: by_code[person.key] for person in people}
    organizations = {person.key: person.name for person in people if person.kind is Kind.ORGANIZATION}
    shortened = initials({person.key: person.name for person in people if person.kind is not Kind.ORGANIZATION})
    return organizations | shortened


def _digest(salt: bytes, text: str, *, length: int) -> str:
    """`length` hexadecimal digits; with a secret salt they can't be guessed back from a list of names."""
    return hmac.new(b"viewers" + salt, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()[:length]


def _people(workbook: Workbook, rename: _Rename) -> dict[PersonKey, Person]:
    small = workbook.settings.smallest_group
    public = _held_by((person.attributes for person in workbook.people.values()), small)
    private = _held_by((person.private_attributes for person in workbook.people.values()), small)
    people: dict[PersonKey, Person] = {}
    for key, person in workbook.people.items():
        is_named = _is_named(person, workbook)
        attributes = {
            column: value
            for column, value in person.attributes.items()
            # Of who is not named only what many share is kept, so that nobody is told by where they work.
            if is_named or (column, value) in public
        }
        people[rename.keys[key]] = Person(
            key=rename.keys[key],
            name=rename.names[key],
            kind=person.kind,
            spells=person.spells,
            attributes=attributes,
            private_attributes={c: v for c, v in person.private_attributes.items() if (c, v) in private},
            tags=person.tags if is_named else (),
            on_map=person.on_map,
            is_guest=person.is_guest,
        )
    return people


def _held_by(many: Iterable[Mapping[str, str]], at_least: int) -> set[tuple[str, str]]:
    """The pairs of column and value that so many people hold."""
    counts = Counter(pair for held in many for pair in held.items())
    return {pair for pair, count in counts.items() if count >= at_least}


def _tie(tie: Connection, rename: _Rename) -> Connection:
    return replace(
        tie,
        source=rename.keys.get(tie.source, ""),
        target=rename.keys.get(tie.target, ""),
        notes=None,
        entry_id=None,
        row=None,
    )


def _talk(talk: Conversation, rename: _Rename) -> Conversation:
    """That a talk was had, and the ties that it made: nothing of what was said, by whom, or what is to be done."""
    return Conversation(
        date=talk.date,
        weaver="",
        member=rename.keys[talk.member],
        introduced_to=tuple(rename.keys[key] for key in talk.introduced_to if key in rename.keys),
    )


def _last_answers(workbook: Workbook, rename: _Rename) -> dict[PersonKey, dt.date]:
    """When people last answered, so that who is engaged is counted as for staff, with answers that name nobody."""
    last: dict[PersonKey, dt.date] = {}
    for person, day in workbook.answered_on():
        if (key := rename.keys.get(person)) is not None:
            last[key] = max(day, last.get(key, day))
    return last


def _reflections(told: tuple[MindsetReflection, ...]) -> tuple[MindsetReflection, ...]:
    """Of several by one person on one moment the last, since afterwards nobody can tell whose they were."""
    last: dict[object, MindsetReflection] = {}
    latest: dict[object, dt.date] = {}
    for place, each in sorted(enumerate(told), key=lambda pair: pair[1].date or dt.date.min):
        moment = (each.session, each.moment)
        last[moment, place if each.respondent is None else each.respondent] = each
        if each.date is not None:
            latest[moment] = max(each.date, latest.get(moment, each.date))
    return tuple(
        MindsetReflection(
            session=each.session,
            moment=each.moment,
            positions=each.positions,
            rose_to_the_top=each.rose_to_the_top,
            date=latest.get((each.session, each.moment)),
        )
        for each in last.values()
    )


def _wave(wave: Wave, workbook: Workbook, rename: _Rename) -> Wave:
    """Who reported ties is in the ties themselves; who answered a survey is nobody's business: their number stays."""
    respondents = wave.respondents
    if respondents is None:
        return replace(wave, row=None)
    is_survey_alone = bool(wave.kinds) and WaveKind.RELATIONSHIPS not in wave.kinds
    reports = not is_survey_alone and any(tie.wave == wave.name for tie in workbook.connections)
    kept = tuple(sorted(rename.keys[key] for key in respondents if key in rename.keys)) if reports else None
    responded = wave.responded if wave.responded is not None else len(respondents)
    return replace(wave, respondents=kept, responded=responded, row=None)


def _responses(
    responses: tuple[SurveyResponse, ...], questions: tuple[Question, ...], small: int
) -> tuple[SurveyResponse, ...]:
    kinds = {question.text: question.kind for question in questions}
    options = Counter(
        (text, option)
        for response in responses
        for text, answer in response.answers.items()
        if kinds.get(text) in (QuestionKind.CHOICE, QuestionKind.MULTIPLE)
        for option in _options(answer)
    )

    def kept(text: str, answer: Answer) -> Answer:
        if kinds[text] not in (QuestionKind.CHOICE, QuestionKind.MULTIPLE):
            return answer
        # An option that few chose may be what somebody wrote beside "Other".
        shown = tuple(o if options[text, o] >= small else ANOTHER_ANSWER for o in _options(answer))
        return tuple(dict.fromkeys(shown)) if isinstance(answer, tuple) else shown[0]

    latest: dict[str | None, dt.date] = {}
    for response in responses:
        if response.date is not None:
            latest[response.wave] = max(response.date, latest.get(response.wave, response.date))
    return tuple(
        SurveyResponse(
            wave=response.wave,
            answers={text: kept(text, answer) for text, answer in response.answers.items() if text in kinds},
            # The survey's last day instead of the answer's own, by which somebody might be known.
            date=latest.get(response.wave),
        )
        for response in responses
    )


def _came_up(workbook: Workbook) -> Iterator[Theme]:
    """What came up in open answers: words of so many people, and not of all but so few, in answers of so many."""
    small = workbook.settings.smallest_group
    people = workbook.people.values()
    open_ones = dict.fromkeys(question.text for question in workbook.questions if question.kind is QuestionKind.TEXT)
    said: dict[tuple[str | None, str], list[str]] = {}
    for response in workbook.responses:
        for text in open_ones:
            if answer := response.answers.get(text):
                said.setdefault((response.wave, text), []).append(str(answer))
    for (wave, text), answers in said.items():
        if len(answers) >= small:
            words = find_themes(redact_people(answers, people), fewest=small)
            # A word of everybody's would tell what each of them wrote.
            kept = tuple((word, count) for word, count in words if len(answers) - count >= small)
            yield Theme(wave=wave, question=text, answers=len(answers), words=kept)


def _action(action: FeedbackAction, *, today: dt.date) -> FeedbackAction:
    """That the day of a promise is past is staff's to know."""
    is_past = action.promised_by is not None and action.promised_by < today
    return replace(action, promised_by=None if is_past else action.promised_by, row=None)


def _options(answer: Answer) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else (str(answer),)


def _gathering(gathering: Gathering, rename: _Rename) -> Gathering:
    return replace(
        gathering,
        attendees=tuple(rename.keys[key] for key in gathering.attendees if key in rename.keys),
        row=None,
    )


def _emergent(activity: EmergentActivity, rename: _Rename) -> EmergentActivity:
    return replace(
        activity,
        collaborators=tuple(rename.keys[key] for key in activity.collaborators if key in rename.keys),
        entry_id=None,
        row=None,
    )
