"""Answers as Microsoft Forms, SurveyMonkey, Qualtrics, Typeform, and Jotform export them.

What the tool adds about a response (IDs, start times, IP addresses) is left alone. Its completion time is the
Timestamp, and what spreads over several columns becomes one question, or the rows of a grid.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.option_columns import Asked, merge_columns
from nethealth.workbook.layouts.rearranged import Rearranged, find_header_row
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import looks_ignored, tab_named
from nethealth.workbook.schema.tabs import CONNECTIONS, MINDSET, SURVEY


def _keys(*names: str) -> frozenset[str]:
    return frozenset(map(folded, names))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTool:
    """How a tool lays out answers. Headers are folded."""

    name: str
    known_by: tuple[Collection[str], ...]
    """Only an export of this tool has a header of each of these groups in one row."""
    completed: Sequence[str]
    """Which of its columns says when someone answered, best first."""
    technical: Collection[str]
    technical_pattern: re.Pattern[str] = re.compile(r"(?!)")
    renamed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Headers with the ones that the readers know."""
    first_only: Collection[str] = ()
    """Technical only before the first question: someone may ask a question with this header, too."""


MICROSOFT_FORMS: Final = FormTool(
    name="Microsoft Forms",
    known_by=(
        _keys("ID", "Id."),
        _keys("Start time", "Hora de inicio", "Heure de début", "Hora de início", "Startzeit"),
        _keys(
            *("Completion time", "Hora de finalización", "Heure de fin", "Hora de conclusão", "Fertigstellungszeit"),
            *("Uhrzeit der Fertigstellung", "Zeitpunkt der Fertigstellung"),
        ),
    ),
    completed=tuple(
        map(
            folded,
            (
                *("Completion time", "Hora de finalización", "Heure de fin", "Hora de conclusão"),
                *("Fertigstellungszeit", "Uhrzeit der Fertigstellung", "Zeitpunkt der Fertigstellung"),
            ),
        )
    ),
    technical=_keys(
        *("ID", "Id.", "Start time", "Hora de inicio", "Heure de début", "Hora de início", "Startzeit"),
        *("Last modified time", "Hora de la última modificación", "Heure de la dernière modification"),
        *("Hora da última modificação", "Zeitpunkt der letzten Änderung", "Uhrzeit der letzten Änderung"),
        *("Total points", "Quiz feedback", "Grade posted time"),
    ),
    technical_pattern=re.compile(r"(?:Points|Feedback) - .*", re.DOTALL),
    first_only=_keys("Language", "Idioma", "Langue", "Sprache"),
)
SURVEYMONKEY: Final = FormTool(
    name="SurveyMonkey",
    known_by=(_keys("Respondent ID", "RespondentID"), _keys("Collector ID", "CollectorID", "Collector")),
    completed=tuple(map(folded, ("End Date", "EndDate", "Date Modified", "Start Date", "StartDate", "Date Created"))),
    technical=_keys(
        *("Respondent ID", "Collector ID", "Collector", "Start Date", "End Date", "Date Created", "Date Modified"),
        *("IP Address", "Custom Data", "Collector Title", "Collector Type", "Response Status"),
    ),
    technical_pattern=re.compile(r"Custom ?Data ?\d+|Custom Value \d+", re.IGNORECASE),
)
QUALTRICS: Final = FormTool(
    name="Qualtrics",
    known_by=(_keys("StartDate"), _keys("EndDate"), _keys("ResponseId", "RecordedDate")),
    completed=tuple(map(folded, ("EndDate", "RecordedDate", "StartDate"))),
    technical=_keys(
        *(
            "StartDate",
            "EndDate",
            "Status",
            "Response Type",
            "IPAddress",
            "Progress",
            "Duration (in seconds)",
            "Finished",
        ),
        *("RecordedDate", "ResponseId", "ResponseSet", "ExternalReference", "ExternalDataReference"),
        *("LocationLatitude", "LocationLongitude", "LocationAccuracy", "DistributionChannel", "UserLanguage"),
        *("Q_RecaptchaScore", "Q_RelevantIDDuplicate", "Q_RelevantIDDuplicateScore", "Q_RelevantIDFraudScore"),
        *("Q_RelevantIDLastStartDate", "Q_BallotBoxStuffing", "Q_DuplicateRespondent", "Q_URL", "Q_TotalDuration"),
    ),
    renamed={
        folded("RecipientEmail"): "Email",
        folded("RecipientFirstName"): "First name",
        folded("RecipientLastName"): "Last name",
    },
)
TYPEFORM: Final = FormTool(
    name="Typeform",
    known_by=(_keys("#"), _keys("Submit Date (UTC)", "Submitted At")),
    completed=tuple(map(folded, ("Submit Date (UTC)", "Submitted At", "Start Date (UTC)"))),
    technical=_keys(
        *("#", "Start Date (UTC)", "Submit Date (UTC)", "Submitted At", "Stage Date (UTC)", "Network ID"),
        *("Response Type", "Ending", "Tags", "Score", "Token"),
    ),
)
JOTFORM: Final = FormTool(
    name="Jotform",
    known_by=(_keys("Submission Date"), _keys("Submission ID", "Submission IP")),
    completed=(folded("Submission Date"),),
    technical=_keys("Submission Date", "Submission ID", "Submission IP", "Last Update Date", "Flow Status"),
)
FORM_TOOLS: Final = (MICROSOFT_FORMS, SURVEYMONKEY, QUALTRICS, TYPEFORM, JOTFORM)
_ABOUT_PEOPLE: Final = _keys(
    *("First Name", "Last Name", "Email Address", SURVEY.columns["respondent"].name),
    *SURVEY.columns["respondent"].aliases,
)
_FIRST_NAME: Final = folded("First name")
_LAST_NAME: Final = folded("Last name")
_NAMES: Final = _keys("Name", SURVEY.columns["respondent"].name)
_OTHER: Final = _keys(
    *("Other", "Otro", "Otra", "Autre", "Outro", "Outra", "Andere", "Anderes", "Sonstiges"),
    "Other (please specify)",
)
_NO_QUESTION: Final = _keys("Response", "Open-Ended Response", "Antwort", "Respuesta", "Réponse", "Resposta")
_QUALTRICS_PART: Final = re.compile(r"(?P<group>.+?)(?:#\d+)?(?:_\d+)+(?:_TEXT)?")
_BETWEEN: Final = " - "
_RESPONSE_STATUS: Final = _keys("Status", "Response Type")
_STATUS_OF_TESTS: Final = _keys("Survey Preview", "Spam", "Survey Test", "Preview", "Test", "1", "2", "8", "9")
"""In words, or as the numbers that an export of values has."""
_UNFINISHED: Final = {
    folded("Finished"): re.compile(r"false|0|no|falso|faux|falsch", re.IGNORECASE),
    folded("Progress"): re.compile(r"\d{1,2}(?:\.0)?"),
    folded("Response Status"): re.compile(r"incomplete|partial|disqualified"),
}
"""Headers, folded, that say how far someone got, and what stands there until they have finished."""
_SHORT_YEAR: Final = re.compile(r"^(\s*\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})(?=\s+\d{1,2}:)")
_LONGEST_TIME: Final = 40
_WHOLE_GRID: Final = ">>"
_BEFORE_ROW: Final = re.compile(r"(?<=[^\s.])\.(?=[^\s.])")
"""Microsoft Forms writes each row of a grid as `Question.Row`."""


def read_form_tool(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Rearrange a form tool's export, if it is one, as Google Forms would lay it out."""
    named = tab_named(tab.title)
    taken = tab.read_as or (named.name if named else SURVEY.name)
    if taken not in {SURVEY.name, MINDSET.name, CONNECTIONS.name} or looks_ignored(tab.title):
        return None
    for tool in FORM_TOOLS:
        found = find_header_row(tab, *tool.known_by)
        if found is not None:
            break
    else:
        return None
    header_row = found[0]
    rows = [list(row) for row in tab.rows]
    dropped = _drop_extra_rows(rows, header_row, tool)
    unfinished = _drop_unanswered(rows, header_row, tool)
    asked = _columns_asked(tab.rows, header_row, tool)
    technical = _drop_technical(rows, header_row, tool)
    merge_columns(rows, header_row, [each for each in asked if each.column not in technical])
    message = f"We read this tab as answers from {tool.name}, and left its technical columns alone"
    skipped = [
        f"{count:,} {what if count == 1 else f'{what}s'}"
        for count, what in ((dropped, "test answer"), (unfinished, "unfinished response"))
        if count
    ]
    if skipped:
        message += f". We skipped {' and '.join(skipped)}{' without any answers' if unfinished else ''}"
    # Several forms may feed one tab, and not all tools write their times first.
    arranged = dataclasses.replace(tab, rows=rows, read_as=taken, is_supplement=True)
    return Rearranged([arranged], f"{message}.")


def _drop_extra_rows(rows: list[list[RawCell]], header_row: int, tool: FormTool) -> int:
    """Blank the header rows below the first, and the answers that staff gave as a test. Return the number of these."""
    header = rows[header_row]
    if tool is SURVEYMONKEY and _is_second_header(rows, header_row):
        rows[header_row + 1] = []
    if tool is not QUALTRICS:
        return 0
    for below in _rows_of_qualtrics(rows, header_row):
        rows[below] = []
    status = next((at for at, cell in enumerate(header) if _key(cell) in _RESPONSE_STATUS), None)
    tests = 0
    for row in rows[header_row + 1 :]:
        if status is not None and status < len(row) and _key(row[status]) in _STATUS_OF_TESTS:
            row.clear()
            tests += 1
    return tests


def _drop_unanswered(rows: Sequence[list[RawCell]], header_row: int, tool: FormTool) -> int:
    """Blank the responses that someone began, but in which they answered no question. Return their number."""
    keys = [_key(cell) for cell in rows[header_row]]
    unfinished = [(at, _UNFINISHED[key]) for at, key in enumerate(keys) if key in _UNFINISHED]
    asked = [
        at
        for at, key in enumerate(keys)
        if key
        and not _is_technical(tool, rows[header_row][at])
        and key not in tool.renamed
        and key not in _ABOUT_PEOPLE
    ]
    count = 0
    for row in rows[header_row + 1 :] if asked else ():
        if any(at < len(row) and is_it.fullmatch(_key(row[at])) for at, is_it in unfinished) and not any(
            at < len(row) and _key(row[at]) for at in asked
        ):
            row.clear()
            count += 1
    return count


def _is_second_header(rows: Sequence[Sequence[RawCell]], header_row: int) -> bool:
    """True if the row below the headers says nothing about a respondent, and something under a question."""
    if header_row + 1 >= len(rows):
        return False
    below = rows[header_row + 1]
    known = [at for at, cell in enumerate(rows[header_row]) if _is_technical(SURVEYMONKEY, cell)]
    return any(map(_key, below)) and not any(_key(below[at]) for at in known if at < len(below))


def _rows_of_qualtrics(rows: Sequence[Sequence[RawCell]], header_row: int) -> list[int]:
    """Return the rows below the headers that hold the questions' words and the `ImportId`s."""
    below = range(header_row + 1, min(header_row + 3, len(rows)))
    found = [at for at in below if any(isinstance(cell, str) and '"ImportId"' in cell for cell in rows[at])]
    if found:
        return [*range(header_row + 1, found[0] + 1)]
    # Some people delete the third row, which looks like noise.
    starts = [at for at, cell in enumerate(rows[header_row]) if _key(cell) == folded("StartDate")]
    return [
        at for at in below[:1] if any(_key(rows[at][start]) == "startdate" for start in starts if start < len(rows[at]))
    ]


def _columns_asked(rows: Sequence[Sequence[RawCell]], header_row: int, tool: FormTool) -> list[Asked]:
    """Return what each column asks: its question, and the option or grid row that it is about, if any."""
    header = rows[header_row]
    if tool is SURVEYMONKEY:
        below = rows[header_row + 1] if _is_second_header(rows, header_row) else []
        return _asked_below(header, below)
    if tool is QUALTRICS:
        texts = _rows_of_qualtrics(rows, header_row)
        return _asked_by_qualtrics(header, rows[texts[0]] if texts else [])
    asked = [Asked(at, words, None, str(at)) for at, cell in enumerate(header) if (words := _text(cell))]
    if tool is JOTFORM:
        return [_asked_in_grid(each) for each in asked]
    if tool is MICROSOFT_FORMS:
        return _asked_in_grids_with_dots(asked)
    return _options_as_headers(rows, header_row, asked) if tool is TYPEFORM else asked


def _asked_in_grid(asked: Asked) -> Asked:
    question, arrow, row = asked.question.partition(_WHOLE_GRID)
    return Asked(asked.column, question.strip(), row.strip(), question) if arrow and row.strip() else asked


def _asked_in_grids_with_dots(asked: Sequence[Asked]) -> list[Asked]:
    """Split `How well do you know each?.Ana Ruiz` where the column next to it begins with the same question."""
    starts = [{each.question[: dot.start()] for dot in _BEFORE_ROW.finditer(each.question)} for each in asked]
    found = []
    for place, each in enumerate(asked):
        beside = {start for near in (place - 1, place + 1) if 0 <= near < len(asked) for start in starts[near]}
        question = max(starts[place] & beside, key=len, default=None)
        row = "" if question is None else each.question[len(question) + 1 :]
        found.append(each if question is None else Asked(each.column, question, row, question))
    return found


def _asked_below(header: Sequence[RawCell], below: Sequence[RawCell]) -> list[Asked]:
    asked: list[Asked] = []
    question, group = "", ""
    for at in range(max(len(header), len(below))):
        words = _text(header[at]) if at < len(header) else ""
        part = _text(below[at]) if at < len(below) else ""
        if words:
            question, group = words, str(at)
        if question and (words or part):
            asked.append(Asked(at, question, None if folded(part) in _NO_QUESTION else part or None, group))
    return asked


def _asked_by_qualtrics(header: Sequence[RawCell], texts: Sequence[RawCell]) -> list[Asked]:
    asked = []
    for at, cell in enumerate(header):
        code, words = _text(cell), _text(texts[at]) if at < len(texts) else ""
        part = _QUALTRICS_PART.fullmatch(code)
        if not words or not part:
            question = words.removesuffix(" - Selected Choice") or code
            asked.append(Asked(at, question, None, code))
            continue
        question, _, row = (
            words.partition(" - Selected Choice - ")
            if " - Selected Choice - " in words
            else (words.rpartition(_BETWEEN))
        )
        asked.append(Asked(at, question or words, row if question else None, part["group"]))
    return asked


def _options_as_headers(rows: Sequence[Sequence[RawCell]], header_row: int, asked: Sequence[Asked]) -> list[Asked]:
    """Join neighboring columns whose cells repeat their header: Typeform's options of one question.

    What people type under "Other" comes last.
    """
    found: list[Asked] = []
    run: list[Asked] = []

    def close() -> None:
        if len(run) > 1:
            question = " / ".join(each.question for each in run if folded(each.question) not in _OTHER)
            found.extend(Asked(each.column, question, each.question, str(run[0].column)) for each in run)
        else:
            found.extend(run)
        run.clear()

    for each in asked:
        cells = [key for row in rows[header_row + 1 :] if each.column < len(row) and (key := _key(row[each.column]))]
        if cells and set(cells) == {folded(each.question)}:
            run.append(each)
        elif run and folded(each.question) in _OTHER:
            run.append(each)
            close()
        else:
            close()
            found.append(each)
    close()
    return found


def _drop_technical(rows: list[list[RawCell]], header_row: int, tool: FormTool) -> set[int]:
    """Blank the tool's own columns, name the others as the readers do, and return all that ask no question."""
    header = rows[header_row]
    keys = [_key(cell) for cell in header]
    completed = next((keys.index(name) for name in tool.completed if name in keys), None)
    found = set()
    is_before_questions = True
    for at, key in enumerate(keys):
        if at == completed:
            header[at] = SURVEY.columns["timestamp"].name
            for row in rows[header_row + 1 :]:
                if at < len(row):
                    row[at] = with_whole_year(row[at])
        elif _is_technical(tool, header[at]) or (is_before_questions and key in tool.first_only):
            for row in rows[header_row:]:
                if at < len(row):
                    row[at] = None
        elif key in tool.renamed or key in _ABOUT_PEOPLE:
            is_filled = any(at < len(row) and _key(row[at]) for row in rows[header_row + 1 :])
            header[at] = tool.renamed.get(key, header[at]) if is_filled else None
        else:
            is_before_questions = is_before_questions and not key
            continue
        found.add(at)
    _join_names(rows, header_row)
    return found


def with_whole_year(cell: RawCell) -> RawCell:
    """Return a time with four digits for its year: `3/1/2026 10:05` for `3/1/26 10:05`."""
    if not isinstance(cell, str) or len(cell) >= _LONGEST_TIME:
        return cell
    return _SHORT_YEAR.sub(r"\g<1>20\g<2>", cell)


def _join_names(rows: list[list[RawCell]], header_row: int) -> None:
    """Join first and last names in the column of the first, which becomes the name, unless there is one."""
    keys = [_key(cell) for cell in rows[header_row]]
    if any(name in keys for name in _NAMES) or not {_FIRST_NAME, _LAST_NAME} <= set(keys):
        return
    first, last = keys.index(_FIRST_NAME), keys.index(_LAST_NAME)
    for row in rows[header_row:]:
        row.extend([None] * (max(first, last) + 1 - len(row)))
        row[first] = " ".join(filter(None, (_text(row[first]), _text(row[last])))) or None
        row[last] = None
    rows[header_row][first] = "Name"


def _is_technical(tool: FormTool, cell: RawCell) -> bool:
    return _key(cell) in tool.technical or tool.technical_pattern.fullmatch(_text(cell)) is not None


def _text(cell: RawCell) -> str:
    return (read_text(cell).value or "") if isinstance(cell, str) else ""


def _key(cell: RawCell) -> str:
    if isinstance(cell, str):
        return folded(_text(cell)) if cell.strip() else ""
    return "" if cell is None else str(cell)
