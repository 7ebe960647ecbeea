"""A workbook as pandas data frames, for scripts and notebooks.

Columns are typed: text stays text (an ID `007` stays `007`), dates are `datetime64`, and missing values are missing.
People appear by `Person.key`, as in the frame `members`, so that frames can be merged. Frames hold no email addresses
and no `(private)` columns. People with `Show on map` = no are left out, with their connections and conversations; their
survey answers stay, without a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from nethealth.workbook.records import (
    Connection,
    Conversation,
    Gathering,
    Person,
    PersonKey,
    Question,
    SurveyResponse,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import PAIRS

if TYPE_CHECKING:
    import pandas as pd

TEXT: Final = "string"
NUMBER: Final = "float64"
YES_NO: Final = "boolean"
DATE: Final = "datetime64[s]"
"""By the second: spreadsheets hold years that nanoseconds can't."""

_GATHERING: Final = {
    "date": DATE,
    "title": TEXT,
    "format": TEXT,
    "invited": NUMBER,
    "attended": NUMBER,
    "attendees": TEXT,
    "key_outcomes": TEXT,
    "link": TEXT,
}
_PLATFORM: Final = {
    "month": DATE,
    "platform": TEXT,
    "members": NUMBER,
    "active": NUMBER,
    "posts": NUMBER,
    "replies": NUMBER,
    "facilitator": TEXT,
    "curated": YES_NO,
    "effectiveness": NUMBER,
}
_AGREEMENT: Final = {
    "title": TEXT,
    "kind": TEXT,
    "status": TEXT,
    "adopted": DATE,
    "reviewed": DATE,
    "made_by_members": YES_NO,
    "link": TEXT,
}
_ACTION: Final = {
    "what_we_heard": TEXT,
    "what_we_did": TEXT,
    "promised_by": DATE,
    "is_done": YES_NO,
    "done_on": DATE,
    "question": TEXT,
}


_QUESTION: Final = {
    "text": TEXT,
    "label": TEXT,
    "kind": TEXT,
    "scale": TEXT,
    "level": TEXT,
    "outcome": TEXT,
    "reverse": YES_NO,
}
_EMERGENT: Final = {
    "name": TEXT,
    "purpose": TEXT,
    "collaborators": TEXT,
    "organizations": TEXT,
    "started": DATE,
    "started_by": TEXT,
    "outcomes": TEXT,
    "heard_through": TEXT,
    "status": TEXT,
    "link": TEXT,
}

_PULSE: Final = {"session": TEXT, "moment": TEXT, "date": DATE, "statement": TEXT, "answer": NUMBER}


def workbook_frames(workbook: Workbook) -> dict[str, pd.DataFrame]:
    """Return a workbook's data frames by name. A frame without rows still has its columns."""
    shown = {key for key, person in workbook.people.items() if person.on_map}
    return {
        "members": _members(workbook),
        "connections": _connections(workbook, shown),
        "waves": _frame(
            (
                {
                    **_fields(wave),
                    "kinds": _join(sorted(kind.value for kind in wave.kinds)),
                    "respondents": _people(wave.respondents or (), shown),
                }
                for wave in workbook.waves
            ),
            {"name": TEXT, "kinds": TEXT, "date": DATE, "invited": NUMBER, "responded": NUMBER, "respondents": TEXT},
        ),
        "conversations": _conversations(workbook, shown),
        "questions": _frame(map(_question, workbook.questions), _QUESTION),
        "survey_answers": _survey_answers(workbook, shown),
        "actions": _frame(
            ({**_fields(action), **_done(action.done)} for action in workbook.actions),
            _ACTION,
        ),
        "convenings": _gatherings(workbook.convenings, shown),
        "activities": _gatherings(workbook.activities, shown),
        "platform": _frame(map(_fields, workbook.platform), _PLATFORM),
        "agreements": _frame(map(_fields, workbook.agreements), _AGREEMENT),
        "emergent_activities": _frame(
            (
                {
                    **_fields(each),
                    "collaborators": _people(each.collaborators, shown),
                    "organizations": _join(each.organizations),
                }
                for each in workbook.emergent
            ),
            _EMERGENT,
        ),
        "mindset": _mindset(workbook, shown),
        "pulse": _frame(map(_fields, workbook.pulse), _PULSE),
        "reference": _frame(
            map(_fields, workbook.reference), {"attribute": TEXT, "value": TEXT, "share": NUMBER, "source": TEXT}
        ),
    }


def _frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a frame with these columns and types; other keys of the rows are ignored."""
    import pandas as pd

    listed = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([_cell(row.get(name)) for row in listed], dtype="object").astype(kind)
            for name, kind in columns.items()
        }
    )


def _cell(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _fields(record: Any) -> dict[str, Any]:
    """Return a record's fields by name."""
    return {name: getattr(record, name) for name in record.__slots__}


def _join(texts: Iterable[str]) -> str | None:
    """Join texts as a cell of the workbook would; None if there are none."""
    return "; ".join(texts) or None


def _people(keys: Iterable[PersonKey], shown: set[PersonKey]) -> str | None:
    return _join(key for key in keys if key in shown)


def _done(done: bool | dt.date | None) -> dict[str, Any]:
    return {"is_done": bool(done), "done_on": done if isinstance(done, dt.date) else None}


def _members(workbook: Workbook) -> pd.DataFrame:
    """Return one row per member or guest, with a column for each attribute."""
    people = [person for person in workbook.people.values() if person.on_map]
    headers = list(dict.fromkeys(header for person in people for header in person.attributes))
    fixed = {
        "key": TEXT,
        "name": TEXT,
        "member_id": TEXT,
        "kind": TEXT,
        "joined": DATE,
        "left": DATE,
        "is_guest": YES_NO,
        "tags": TEXT,
        "notes": TEXT,
    }

    def row(person: Person) -> dict[str, Any]:
        last = person.spells[-1] if person.spells else None
        return {
            **person.attributes,
            **_fields(person),
            "joined": person.joined,
            "left": last.left if last else None,
            "tags": _join(person.tags),
        }

    return _frame(map(row, people), fixed | {header: TEXT for header in headers if header not in fixed})


def _connections(workbook: Workbook, shown: set[PersonKey]) -> pd.DataFrame:
    """Return one row per row of Connections or form answer, with a column for each measure."""
    fixed = {
        "source": TEXT,
        "target": TEXT,
        "strength": NUMBER,
        "type": TEXT,
        "date": DATE,
        "wave": TEXT,
        "heard_through": TEXT,
        "is_report": YES_NO,
        "notes": TEXT,
    }

    def row(tie: Connection) -> dict[str, Any]:
        return {**tie.measures, **_fields(tie), "type": tie.kind, "is_report": tie.is_report}

    ties = (tie for tie in workbook.connections if tie.source in shown and tie.target in shown)
    return _frame(
        map(row, ties), fixed | {each.name: NUMBER for each in workbook.tie_measures if each.name not in fixed}
    )


def _conversations(workbook: Workbook, shown: set[PersonKey]) -> pd.DataFrame:
    def row(conversation: Conversation) -> dict[str, Any]:
        introduced_to = _people(conversation.introduced_to, shown)
        return {**_fields(conversation), "introduced_to": introduced_to, **_done(conversation.done)}

    return _frame(
        (row(each) for each in workbook.weaving if each.member in shown),
        {
            "date": DATE,
            "weaver": TEXT,
            "member": TEXT,
            "introduced_to": TEXT,
            "what_we_heard": TEXT,
            "follow_up": TEXT,
            "due": DATE,
            "is_done": YES_NO,
            "done_on": DATE,
        },
    )


def _question(question: Question) -> dict[str, Any]:
    return {
        **_fields(question),
        "label": question.label,
        "scale": question.scale.name if question.scale else None,
    }


def _survey_answers(workbook: Workbook, shown: set[PersonKey]) -> pd.DataFrame:
    """Return one row per answer, or per option ticked: its text, and its number on a scale (not reversed)."""
    questions = {question.text: question for question in workbook.questions}

    def rows(number: int, response: SurveyResponse) -> Iterator[dict[str, Any]]:
        respondent = response.respondent if response.respondent in shown else None
        for text, answer in response.answers.items():
            question = questions.get(text)
            for value in answer if isinstance(answer, tuple) else (answer,):
                label = str(value)
                if isinstance(value, float | int):
                    scale = question.earlier_scales.get(response.wave, question.scale) if question else None
                    label = scale.label(value) if scale else f"{value:g}"
                yield {
                    "response": number,
                    "wave": response.wave,
                    "date": response.date,
                    "respondent": respondent,
                    "question": text,
                    "answer": label,
                    "number": value if isinstance(value, float | int) else None,
                }

    columns = {"response": "int64", "wave": TEXT, "date": DATE, "respondent": TEXT, "question": TEXT, "answer": TEXT}
    numbered = enumerate(workbook.responses, start=1)
    return _frame((row for number, each in numbered for row in rows(number, each)), {**columns, "number": NUMBER})


def _gatherings(gatherings: Iterable[Gathering], shown: set[PersonKey]) -> pd.DataFrame:
    return _frame(({**_fields(each), "attendees": _people(each.attendees, shown)} for each in gatherings), _GATHERING)


def _mindset(workbook: Workbook, shown: set[PersonKey]) -> pd.DataFrame:
    """Return one row per reflection, with a column for each of the seven pairs (1 hierarchical to 5 network)."""
    pairs = [pair.column for pair in PAIRS]
    columns = {"session": TEXT, "moment": TEXT, "date": DATE, "respondent": TEXT, **dict.fromkeys(pairs, NUMBER)}
    return _frame(
        (
            {
                **_fields(each),
                **dict(zip(pairs, each.positions, strict=True)),
                "respondent": each.respondent if each.respondent in shown else None,
                "rose_to_the_top": _join(each.rose_to_the_top),
            }
            for each in workbook.mindset
        ),
        columns | {"rose_to_the_top": TEXT, "reflection": TEXT},
    )
