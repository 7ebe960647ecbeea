"""Surveys with a row per answer (who, which question, the answer), turned into a row per response."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import is_no_name, name_key
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import Rearranged, find_header_row, header_keys
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import looks_ignored, tab_named
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import SURVEY

_RESPONSE_ID: Final = "Response ID"
_RESPONSE: Final = tuple(map(folded, (_RESPONSE_ID, "ResponseId", "Submission ID", "Submission", "Response number")))
_RESPONDENT: Final = tuple(
    map(
        folded,
        (
            *(SURVEY.columns["respondent"].name, *SURVEY.columns["respondent"].aliases),
            *("Respondent ID", "Respondent name", "Person", "Participant", "Member", "User", "Who", "Answered by"),
            *("Persona", "Participante", "Participant·e", "Personne", "Répondant", "Respondente", "Encuestado"),
            *("Teilnehmer", "Befragte", "Member ID", "Participant ID", "User ID"),
        ),
    )
)
_QUESTION: Final = tuple(
    map(
        folded,
        (
            *("Question", "Question text", "Question title", "Question label", "Item", "Statement", "Prompt"),
            *("Pregunta", "Pergunta", "Frage", "Enunciado"),
        ),
    )
)
_ANSWER: Final = tuple(
    map(
        folded,
        (
            *("Answer", "Answer text", "Answer value", "Response", "Response text", "Value", "Score", "Rating"),
            *("Respuesta", "Réponse", "Resposta", "Antwort"),
        ),
    )
)
_TIME: Final = tuple(
    map(
        folded,
        (
            *(SURVEY.columns["timestamp"].name, *SURVEY.columns["timestamp"].aliases),
            *("Submitted", "Submitted at", "Answered at", "Response date", "Completion time", "Fecha"),
        ),
    )
)
_WAVE: Final = (folded(SURVEY.columns["wave"].name),)
_MOST_QUESTIONS: Final = 300
_MOST_CELLS_FOR_EACH_ROW: Final = 20
"""A response holds most of the questions; with more cells than this for each answer, it isn't such a list."""

_Place = tuple[int, int]


def pivot_long_survey(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Return the tab with a row per response and a column per question, if it has a row per answer."""
    named = tab_named(tab.title)
    taken = tab.read_as or (named.name if named else SURVEY.name)
    found = find_header_row(tab, _QUESTION, _ANSWER) if taken == SURVEY.name and not looks_ignored(tab.title) else None
    if found is None:
        return None
    header_row, (question, answer) = found
    keys = header_keys(tab.rows[header_row])
    responses = _Responses(
        question=question,
        answer=answer,
        time=_column(keys, _TIME),
        wave=_column(keys, _WAVE),
        respondent=_column(keys, _RESPONDENT),
        response=_column(keys, _RESPONSE),
    )
    if responses.respondent is None and responses.response is None:
        return None
    for number in range(header_row + 1, len(tab.rows)):
        responses.add(number, tab.rows[number])
    if not responses.are_plausible():
        return None
    rows, moved = responses.table(header_row)
    # Other survey tabs count as well.
    arranged = dataclasses.replace(tab, rows=rows, moved_cells=moved, read_as=taken, is_supplement=True)
    count, asked = len(responses.rows), len(responses.questions)
    return Rearranged(
        [arranged],
        f"This tab has a row per answer. We read it as {count:,} {'response' if count == 1 else 'responses'} to "
        f"{asked:,} {'question' if asked == 1 else 'questions'}.",
        *responses.remedy(),
    )


def _column(keys: dict[str, int], names: Sequence[str]) -> int | None:
    return next((keys[name] for name in names if name in keys), None)


@dataclasses.dataclass(slots=True)
class _Response:
    """One response: its first row, that row's cells, and its answers with their rows, by folded question."""

    number: int
    cells: Sequence[RawCell]
    time: str
    answers: dict[str, tuple[RawCell, int]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True, kw_only=True)
class _Responses:
    """The responses of a tab with a row per answer. The columns count from 0."""

    question: int
    answer: int
    time: int | None
    wave: int | None
    respondent: int | None
    response: int | None
    questions: dict[str, tuple[str, int]] = dataclasses.field(default_factory=dict)
    """By folded question: its words, and the row where it is first asked."""
    rows: list[_Response] = dataclasses.field(default_factory=list)
    answer_count: int = 0
    nameless_count: int = 0
    """Answers whose row says neither who answered nor which response it belongs to."""
    latest: dict[object, int] = dataclasses.field(default_factory=dict)
    """By who answered in which wave: the place in `rows` of their latest response."""

    def add(self, number: int, row: Sequence[RawCell]) -> None:
        """Add a row of the tab."""
        words, given = _text(row, self.question), row[self.answer] if self.answer < len(row) else None
        if not words or given is None or given == "":
            return
        key = folded(words)
        self.questions.setdefault(key, (words, number))
        self.answer_count += 1
        time = _text(row, self.time)
        who = self._identity(row)
        place = None if who is None else self.latest.get(who)
        if place is not None and key in self.rows[place].answers and time != self.rows[place].time:
            place = None
        if place is None:
            place = len(self.rows)
            self.rows.append(_Response(number, row, time))
        if who is None:
            self.nameless_count += 1
        else:
            self.latest[who] = place
        answers = self.rows[place].answers
        if key in answers:
            # Ticked boxes in a row each.
            earlier, at = answers[key]
            first = earlier if isinstance(earlier, str) and earlier.endswith(";") else f"{_written(earlier)};"
            answers[key] = (f"{first}{_written(given)};", at)
        else:
            answers[key] = (given, number)

    def _identity(self, row: Sequence[RawCell]) -> object:
        """Return what all rows of one response share; None if the row doesn't say who answered."""
        response, wave = _text(row, self.response), _text(row, self.wave)
        if response:
            return response, wave
        name = _text(row, self.respondent)
        return (name_key(name), wave) if name and not is_no_name(name) else None

    def remedy(self) -> tuple[str, Severity]:
        """Return what to do about answers that no one is known to have given, and how serious they are."""
        if not self.nameless_count:
            return "No action needed.", Severity.NOTE
        count = self.nameless_count
        return (
            f"{count:,} {'answer names' if count == 1 else 'answers name'} no one, so we count each as a response of "
            f"its own. Add a column “{_RESPONSE_ID}” that is the same for all answers of one response.",
            Severity.WARNING,
        )

    def are_plausible(self) -> bool:
        """True if questions repeat from response to response, as in a survey and in no other list."""
        asked, count = len(self.questions), len(self.rows)
        return (
            count > 1
            and 0 < asked <= _MOST_QUESTIONS
            and 2 * asked <= self.answer_count
            and asked * count <= _MOST_CELLS_FOR_EACH_ROW * self.answer_count
        )

    def table(self, header_row: int) -> tuple[list[list[RawCell]], dict[_Place, _Place]]:
        """Return a row per response under a header row, and where their cells stand in the sheet."""
        fields = [
            (SURVEY.columns[name].name, column)
            for name, column in (("timestamp", self.time), ("wave", self.wave), ("respondent", self.respondent))
            # With a Timestamp, blank if need be, even two questions are a header row.
            if column is not None or name == "timestamp"
        ]
        headers = [*(header for header, _ in fields), *(words for words, _ in self.questions.values())]
        rows: list[list[RawCell]] = [list(headers)]
        moved: dict[_Place, _Place] = {
            (0, at): (header_row, column) for at, (_, column) in enumerate(fields) if column is not None
        }
        for at, (_, number) in enumerate(self.questions.values(), start=len(fields)):
            moved[0, at] = (number, self.question)
        places = {key: at for at, key in enumerate(self.questions, start=len(fields))}
        for below, response in enumerate(self.rows, start=1):
            row: list[RawCell] = [None] * len(headers)
            for at, (_, column) in enumerate(fields):
                if column is None:
                    continue
                row[at] = response.cells[column] if column < len(response.cells) else None
                moved[below, at] = (response.number, column)
            for key, (cell, where) in response.answers.items():
                row[places[key]] = cell
                moved[below, places[key]] = (where, self.answer)
            rows.append(row)
        return rows, moved


def _text(row: Sequence[RawCell], column: int | None) -> str:
    return "" if column is None or column >= len(row) else read_text(row[column]).value or ""


def _written(cell: RawCell) -> str:
    return (read_text(cell).value or "").replace(";", ",")
