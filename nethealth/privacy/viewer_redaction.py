"""Make the workbook for viewers: everything for staff only is removed, not just hidden.

What remains is enough for every viewer page, with the same metrics (fewer groups are shown, since `is_for_viewers`
suppresses columns together). Gone are who said what, what staff heard, who left, and problems in the workbook.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nethealth.privacy.codes import person_code
from nethealth.privacy.common_values import (
    IDENTIFYING_COLUMNS,
    columns_by_priority,
    common_combinations,
    common_values,
    value_for_groups,
)
from nethealth.privacy.display_names import ANONYMOUS, NameMasker, codes, initials
from nethealth.privacy.name_redaction import redact_names
from nethealth.privacy.tie_redaction import date_ties_by_wave, detach_hidden_people
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

FORMER_MEMBER = "Former member"
NOT_SHOWN = "Not shown"
ANOTHER_ANSWER = "Another answer"


def redact_for_viewers(workbook: Workbook, *, salt: bytes = b"") -> Workbook:
    """Return the workbook without everything that is for staff only.

    Removed: weaving notes, weavers, and follow-ups (introductions stay), open answers, who answered a survey or
    a reflection, when people reported ties or answered, past due dates of promises, notes on members and ties,
    problems, ignored tabs, links to the workbook, Member IDs, row numbers, and of people with `Show on map` = no their
    ties and categories. Names become initials or codes if the settings say so, `Former member` for people who left, and
    `Not shown` for people with `Show on map` = no. Initials and codes have only values that many share together; all
    columns then count as private, too, so that metrics of large groups stay the same. Full names of people who aren't
    named are masked in every
    text. Keys become codes (`privacy.codes`), the same at each reading for one `salt`, which is the installation's
    secret in the app: without it, no one can compute a key from a name.
    """
    workbook = detach_hidden_people(date_ties_by_wave(workbook))
    rename = _Rename.of(workbook, salt=salt)
    small = workbook.settings.smallest_group
    questions = tuple(question for question in workbook.questions if question.kind is not QuestionKind.TEXT)
    stripped = replace(
        workbook,
        url=None,
        fingerprint=_digest(salt, f"viewers {workbook.fingerprint}", length=32) if workbook.fingerprint else "",
        settings=replace(workbook.settings, names=NameStyle.NAMES),
        people=_people(workbook, rename),
        attributes=columns_per_person(workbook),
        private_attributes=_private_columns(workbook),
        are_names_replaced=workbook.settings.names is not NameStyle.NAMES,
        is_for_viewers=True,
        hub=frozenset(rename.keys[key] for key in workbook.hub if key in rename.keys),
        connections=tuple(_tie(tie, rename) for tie in workbook.connections),
        waves=tuple(_wave(wave, workbook, rename) for wave in workbook.waves),
        respondents_without_wave=None
        if workbook.respondents_without_wave is None
        else tuple(rename.keys[key] for key in workbook.respondents_without_wave if key in rename.keys),
        weaving=tuple(_conversation(each, rename) for each in workbook.weaving if each.member in rename.keys),
        postponed=(),
        questions=questions,
        responses=_responses(workbook.responses, questions, small),
        answer_themes=tuple(_themes(workbook)),
        actions=tuple(_action(action, today=workbook.today) for action in workbook.actions),
        convenings=tuple(_gathering(gathering, rename) for gathering in workbook.convenings),
        activities=tuple(_gathering(gathering, rename) for gathering in workbook.activities),
        platform=tuple(replace(month, row=None) for month in workbook.platform),
        agreements=tuple(replace(agreed, row=None) for agreed in workbook.agreements),
        emergent=_emergent(workbook.emergent, rename),
        mindset=_reflections(workbook.mindset),
        pulse=(),  # only the Sessions page shows pulses, and that's for staff
        reference=tuple(replace(expected, row=None) for expected in workbook.reference),
        tabs=tuple(replace(tab, url=None) for tab in workbook.tabs),
        ignored_tabs=(),
        left_alone=(),
        problems=(),
        unlisted=(),
        notes=(),
    )
    return redact_names(stripped, rename.mask)


def has_left(person: Person, *, today: dt.date) -> bool:
    """True if every membership spell of the person ended before `today`, or they left on an unknown day."""
    if person.left_on_unknown_day:
        return True
    return bool(person.spells) and all(spell.left is not None and spell.left < today for spell in person.spells)


@dataclass(frozen=True, slots=True)
class _Rename:
    """Each person's new key and name, and the masker for the names that are no longer shown."""

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
        names = {key: NOT_SHOWN if not person.on_map else FORMER_MEMBER for key, person in workbook.people.items()}
        names |= _shown(named, style, codes(keys))
        masked = {
            person.name: names[person.key] if names[person.key] not in (NOT_SHOWN, FORMER_MEMBER) else ANONYMOUS
            for person in workbook.people.values()
            if names[person.key] != person.name
        }
        still_shown = {person.name for person in workbook.people.values() if names[person.key] == person.name}
        return cls(keys, names, NameMasker({name: text for name, text in masked.items() if name not in still_shown}))


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
    """Return `length` hexadecimal digits. With a secret salt, no one can find them by trying a list of names."""
    return hmac.new(b"viewers" + salt, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()[:length]


def _people(workbook: Workbook, rename: _Rename) -> dict[PersonKey, Person]:
    attributes = _values_per_person(workbook)
    private = _private_values(workbook)
    people: dict[PersonKey, Person] = {}
    for key, person in workbook.people.items():
        is_named = _is_named(person, workbook)
        people[rename.keys[key]] = Person(
            key=rename.keys[key],
            name=rename.names[key],
            kind=person.kind,
            spells=person.spells,
            attributes=attributes[key],
            private_attributes=private[key],
            tags=person.tags if is_named else (),
            on_map=person.on_map,
            is_guest=person.is_guest,
            left_on_unknown_day=person.left_on_unknown_day,
        )
    return people


def columns_per_person(workbook: Workbook) -> tuple[str, ...]:
    """Return the columns that viewers see person by person, in workbook order; without names only those with values."""
    if workbook.settings.names is NameStyle.NAMES:
        return workbook.attributes
    used = {column for values in _values_per_person(workbook).values() for column in values}
    return tuple(column for column in workbook.attributes if column in used)


def _values_per_person(workbook: Workbook) -> dict[PersonKey, Mapping[str, str]]:
    """Return the values that viewers see person by person."""
    people, small = workbook.people, workbook.settings.smallest_group
    named = {key: person.attributes for key, person in people.items() if _is_named(person, workbook)}
    if workbook.settings.names is NameStyle.NAMES:
        # People who aren't named keep only values that many share: a workplace could identify them.
        common = _common_only({key: person.attributes for key, person in people.items()}, small)
        return common | named
    ordered = columns_by_priority(workbook, [each for each in workbook.attributes if each not in IDENTIFYING_COLUMNS])
    kinds = {key: people[key].kind for key in named}
    together = common_combinations(named, ordered, smallest_group=small, known=kinds)
    return {key: together.get(key, {}) for key in people}


def _private_columns(workbook: Workbook) -> tuple[str, ...]:
    hidden = () if workbook.settings.names is NameStyle.NAMES else workbook.attributes
    return tuple(dict.fromkeys((*hidden, *workbook.private_attributes)))


def _private_values(workbook: Workbook) -> dict[PersonKey, Mapping[str, str]]:
    """Return the values that only metrics of large groups use: without names, those of every column."""
    columns = _private_columns(workbook)
    values = {
        key: {column: value for column in columns if (value := value_for_groups(person, column))}
        for key, person in workbook.people.items()
    }
    return _common_only(values, workbook.settings.smallest_group)


def _common_only(
    values: Mapping[PersonKey, Mapping[str, str]], smallest_group: int
) -> dict[PersonKey, Mapping[str, str]]:
    """Return everyone's values that at least the minimum group size share."""
    common = common_values((pair for each in values.values() for pair in each.items()), smallest_group=smallest_group)
    return {key: {c: v for c, v in each.items() if (c, v) in common} for key, each in values.items()}


def _tie(tie: Connection, rename: _Rename) -> Connection:
    return replace(
        tie,
        source=rename.keys.get(tie.source, ""),
        target=rename.keys.get(tie.target, ""),
        notes=None,
        entry_id=None,
        row=None,
    )


def _conversation(conversation: Conversation, rename: _Rename) -> Conversation:
    """Keep only the wave's date, the member, and the introductions: not the topics, the weaver, or the next step."""
    return Conversation(
        date=conversation.date,
        weaver="",
        member=rename.keys[conversation.member],
        introduced_to=tuple(rename.keys[key] for key in conversation.introduced_to if key in rename.keys),
    )


def _reflections(reflections: tuple[MindsetReflection, ...]) -> tuple[MindsetReflection, ...]:
    """Keep each person's last reflection for a session and moment: once anonymous, they can't be matched any more."""
    last: dict[object, MindsetReflection] = {}
    latest: dict[object, dt.date] = {}
    for place, each in sorted(enumerate(reflections), key=lambda pair: pair[1].date or dt.date.min):
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
    """Keep who reported ties, which the ties show anyway; of a survey keep only the number of respondents."""
    respondents = wave.respondents
    if respondents is None:
        return replace(wave, row=None)
    is_survey_alone = bool(wave.kinds) and WaveKind.RELATIONSHIPS not in wave.kinds
    reports = not is_survey_alone and any(tie.wave == wave.name for tie in workbook.connections)
    renamed = tuple(sorted(rename.keys[key] for key in respondents if key in rename.keys)) if reports else None
    responded = wave.responded if wave.responded is not None else len(respondents)
    return replace(wave, respondents=renamed, responded=responded, row=None)


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

    def redact(text: str, answer: Answer) -> Answer:
        if kinds[text] not in (QuestionKind.CHOICE, QuestionKind.MULTIPLE):
            return answer
        # An option that few chose may be an answer someone typed under "Other".
        shown = tuple(o if options[text, o] >= small else ANOTHER_ANSWER for o in _options(answer))
        return tuple(dict.fromkeys(shown)) if isinstance(answer, tuple) else shown[0]

    latest: dict[str | None, dt.date] = {}
    for response in responses:
        if response.date is not None:
            latest[response.wave] = max(response.date, latest.get(response.wave, response.date))
    return tuple(
        SurveyResponse(
            wave=response.wave,
            answers={text: redact(text, answer) for text, answer in response.answers.items() if text in kinds},
            # The survey's last day, since the answer's own could identify someone.
            date=latest.get(response.wave),
        )
        for response in responses
    )


def _themes(workbook: Workbook) -> Iterator[Theme]:
    """Yield the words used in open answers by at least the minimum group size, and not by all but fewer."""
    small = workbook.settings.smallest_group
    people = workbook.people.values()
    questions = dict.fromkeys(question.text for question in workbook.questions if question.kind is QuestionKind.TEXT)
    answers_by_question: dict[tuple[str | None, str], list[str]] = {}
    for response in workbook.responses:
        for text in questions:
            if answer := response.answers.get(text):
                answers_by_question.setdefault((response.wave, text), []).append(str(answer))
    for (wave, text), answers in answers_by_question.items():
        if len(answers) >= small:
            words = find_themes(redact_people(answers, people), fewest=small)
            # A word that nearly everyone used would reveal what each of them wrote.
            shown = tuple((word, count) for word, count in words if len(answers) - count >= small)
            yield Theme(wave=wave, question=text, answers=len(answers), words=shown)


def _action(action: FeedbackAction, *, today: dt.date) -> FeedbackAction:
    """Remove a due date that has passed: only staff see that a promise is overdue."""
    is_past = action.promised_by is not None and action.promised_by < today
    return replace(action, promised_by=None if is_past else action.promised_by, row_id=None, row=None)


def _options(answer: Answer) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else (str(answer),)


def _gathering(gathering: Gathering, rename: _Rename) -> Gathering:
    return replace(
        gathering,
        attendees=tuple(rename.keys[key] for key in gathering.attendees if key in rename.keys),
        row_id=None,
        row=None,
    )


def _emergent(activities: Iterable[EmergentActivity], rename: _Rename) -> tuple[EmergentActivity, ...]:
    """Return the activities with numbers in place of guests' names, so that they still count."""
    numbers: dict[str, str] = {}
    return tuple(
        replace(
            activity,
            collaborators=tuple(rename.keys[key] for key in activity.collaborators if key in rename.keys),
            guests=tuple(numbers.setdefault(name.casefold(), f"Guest {len(numbers) + 1}") for name in activity.guests),
            entry_id=None,
            row_id=None,
            row=None,
        )
        for activity in activities
    )
