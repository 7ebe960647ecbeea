"""Classify survey questions by their answers and by the Questions tab: kind, scale, outcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.option_lists import OptionLists
from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.cells.scale_answers import guess_scale, has_words, read_scale_answer
from nethealth.workbook.cells.text import is_no_answer, read_free_text, read_text
from nethealth.workbook.rating_words import Ends, asks_for_order, find_ends
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.forms import GRID, row_asked
from nethealth.workbook.readers.settings import find_scale
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Question, QuestionKind, QuestionSource, Severity
from nethealth.workbook.schema.survey_tabs import QuestionRow, SurveyRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, Level, Scale
from nethealth.workbook.short_survey import find_statement, is_open_question
from nethealth.workbook.survey_doubts import WHERE_TO_ANSWER, Doubt, are_short_options, doubt_numbers, find_doubt

KINDS: Final[Mapping[QuestionKind, str]] = MappingProxyType(
    {
        QuestionKind.SCALE: "On a scale",
        QuestionKind.CHOICE: "One of several",
        QuestionKind.MULTIPLE: "Several to tick",
        QuestionKind.NUMBER: "A number",
        QuestionKind.TEXT: "In their own words",
    }
)
"""How questions are answered, as shown in the app and as Questions may give it in place of a scale."""
WITHOUT_SCALE: Final = tuple(words for kind, words in KINDS.items() if kind is not QuestionKind.SCALE)
MOST_CHOICES: Final = 12
LONGEST_CHOICE: Final = 80
MOST_COMBINATIONS: Final = 400
"""Of ticked boxes: eight boxes have 255 combinations."""
LONGEST_COMBINATION: Final = 1000
ANSWERS_FOR_EACH_CHOICE: Final = 2
"""Texts are options only if they repeat: open answers are for staff only, so they mustn't pass as options."""
ANSWERS_FOR_EACH_OTHER: Final = 4
"""Of ticked boxes: with more options in lower case, they would be sentences."""
WORDS_OF_A_SENTENCE: Final = 4
"""Answers typed under "Other" are mostly shorter."""
ENOUGH_NUMBERS: Final = 10
"""Numeric answers in a wave needed to say that it used a different scale than the latest wave."""
_MOST_LABELED: Final = 20
MIN_DIFFERENCE: Final = 2
"""Numbers are on a different scale if their highest differs by this much: 5 and 7, not 4 and 5."""

_HOW_MANY: Final = re.compile(
    r"\W*(?:(?:about|approximately|roughly|in total|so far),? )?(?:how many|number of|total number|how long|"
    r"how much time|(?:years|months|days|hours|minutes) (?:in|of|at|as|per|a|each|spent|since|with|teaching)|"
    r"¿?cuánt[oa]s|número de|combien|nombre de|quant[oa]s|wie ?viele|anzahl)\b",
    re.IGNORECASE,
)
"""Words with which a question asks for a count."""

Counts: TypeAlias = Mapping[RawCell, int]
"""How often each cell was typed."""


@dataclass(slots=True, kw_only=True)
class Declaration:
    """A row of the Questions tab."""

    row: int
    text: str
    level: Level | None
    outcome: str | None
    scale: Scale | None
    kind: QuestionKind | None
    """Set if the Scale column says how the question is answered instead."""
    reverse: bool | None
    """None if Reverse is blank: then the question's words decide."""
    is_used: bool = False


def read_questions(
    table: TabRows[QuestionRow], context: RowContext, scales: dict[str, Scale]
) -> dict[str, Declaration]:
    """Return the rows of Questions by folded question; the last row counts if one appears twice."""
    declared: dict[str, Declaration] = {}
    for number, row in table.read(context):
        scale = None if row.scale is None else find_scale(row.scale, scales)
        kind = None if row.scale is None or scale is not None else _kind_named(row.scale)
        if row.scale is not None and scale is None and kind is None:
            table.report(
                Severity.ERROR,
                "We don’t know this scale, so we went by the answers instead.",
                f"Use one of {', '.join([*(scale.name for scale in scales.values()), *WITHOUT_SCALE])}, or add the "
                "scale to Scales.",
                row=number,
                at="scale",
                value=row.scale,
            )
        level = next((level for level, outcomes in OUTCOMES.items() if row.outcome in outcomes), row.level)
        if row.level is not None and level is not row.level:
            table.report(
                Severity.WARNING,
                "This outcome belongs to the other level. We went by the outcome.",
                "Make Level and Outcome match.",
                row=number,
                at="level",
                value=row.level,
            )
        key = folded(row.question)
        if key in declared:
            message = "This question appears twice. We use the last row."
            table.report(Severity.WARNING, message, "Keep one row.", row=number, at="question", value=row.question)
        declared[key] = Declaration(
            row=number,
            text=row.question,
            level=level,
            outcome=row.outcome,
            scale=scale,
            kind=kind,
            reverse=row.reverse,
        )
    return declared


def _kind_named(words: str) -> QuestionKind | None:
    return next((kind for kind, name in KINDS.items() if name in WITHOUT_SCALE and folded(name) == folded(words)), None)


@dataclass(slots=True)
class Grid:
    """The rows of a grid question, which share one scale."""

    by_wave: dict[str | None, Counter[RawCell]]
    """The answers to all rows, the latest wave last."""
    reported: set[Severity] = field(default_factory=set)
    """What we reported about the scale of all rows: a note that it is turned around, a warning that it is in doubt."""


@dataclass(slots=True)
class QuestionColumn:
    """One question, in all the tabs that ask it."""

    text: str
    places: list[tuple[TabRows[SurveyRow], int]] = field(default_factory=list)
    by_wave: dict[str | None, Counter[RawCell]] = field(default_factory=dict)
    """Its answers, the latest wave last."""
    grid: Grid | None = None
    is_rating: bool = False
    """True if whole numbers as its answers are grades: by its words, its answers' words, or the questions around it."""

    def counts(self) -> Counter[RawCell]:
        """All of its answers."""
        return sum(self.by_wave.values(), Counter())

    def judged(self) -> dict[str | None, Counter[RawCell]]:
        """The answers by wave that show which scale the question is on."""
        return self.by_wave if self.grid is None else self.grid.by_wave


def find_declaration(
    column: QuestionColumn, declared: Mapping[str, Declaration], *, rows: Mapping[str, int]
) -> Declaration | None:
    """Return the row of Questions for a question, matched by any of its headers, its grid row, or its grid's question.

    `rows` counts the questions that ask about each folded grid row: a row asked about twice identifies no question.
    """
    headers = [column.text, *(table.extra[at] for table, at in column.places if at in table.extra)]
    for header in headers:
        grid = GRID.fullmatch(header)
        declaration = declared.get(folded(header))
        if declaration is None and grid is not None:
            # Pages show the row alone, so people copy it into Questions.
            row = folded(grid["row"])
            declaration = (declared.get(row) if rows.get(row) == 1 else None) or declared.get(folded(grid["question"]))
        if declaration is not None:
            declaration.is_used = True
            return declaration
    return None


def classify_question(column: QuestionColumn, declaration: Declaration | None, scales: Mapping[str, Scale]) -> Question:
    """Return the question that a column asks."""
    if declaration is None and is_open_question(column.text):
        # "Nothing" may repeat so often that the answers look like options, which would pool the other answers.
        return Question(text=column.text, kind=QuestionKind.TEXT, source=QuestionSource.FROM_WORDING)
    if declaration is not None and declaration.kind is not None:
        return Question(
            text=column.text, kind=declaration.kind, level=declaration.level, source=QuestionSource.DECLARED
        )
    known = list(scales.values())
    by_wave = column.judged()
    counts: Counter[RawCell] = sum(by_wave.values(), Counter())
    ends = _ends(column, counts)
    statement = None if declaration is not None else find_statement(row_asked(column.text))
    # A formula that didn't run says nothing about the scale.
    guessed = guess_scale(_without_formulas(counts), known)
    earlier: dict[str | None, Scale] = {}
    scale = guessed
    if declaration is not None and declaration.scale is not None:
        scale = declaration.scale
        if guessed is not None and guessed != scale:
            _report_other_scale(column, counts, scale, guessed)
    else:
        scale, earlier = _scale_by_wave(column, guessed, known)
        if scale is not None and not earlier:
            scale = _named_scale(scale, ends, counts, known)
        if scale is not None and not has_words(scale) and _HOW_MANY.match(row_asked(column.text)):
            # A count, not a grade, however small.
            scale, earlier = None, {}
        if statement is not None and scale is None and not _misfits(counts, agreement := _agreement(scales)):
            # The answers are too few, or too much alike, to show the scale themselves.
            scale = agreement
    doubt: Doubt | None = None
    reverse = declaration.reverse if declaration else None
    if statement is None and (declaration is None or declaration.scale is None):
        doubt = find_doubt(by_wave, scale, earlier, known)
        if doubt is None and scale is not None and not has_words(scale):
            is_rating = column.is_rating or (declaration is not None and declaration.outcome is not None)
            doubt = doubt_numbers(
                scale=scale,
                ends=None if reverse is not None else ends,
                is_rating=is_rating,
                is_order=asks_for_order(column.text),
            )
    if doubt is not None:
        _report_doubt(column, doubt)
        scale, earlier = None, {}
    kind = QuestionKind.SCALE if scale is not None else _kind(counts)
    if doubt is not None and kind is not QuestionKind.MULTIPLE and are_short_options(_words(counts)):
        kind = QuestionKind.CHOICE
    if reverse is None and scale is not None and not has_words(scale) and ends is not None and ends.is_best_first:
        _report_reversed(column, ends)
        reverse = True
    level, outcome = (statement.level, statement.outcome) if statement else (None, None)
    return Question(
        text=column.text,
        kind=kind,
        scale=scale,
        level=declaration.level if declaration else level,
        outcome=declaration.outcome if declaration else outcome,
        reverse=bool(reverse),
        earlier_scales=MappingProxyType(earlier),
        doubt=doubt.reason if doubt else None,
        likely_scale=doubt.scale if doubt else None,
        source=QuestionSource.DECLARED
        if declaration is not None
        else QuestionSource.FROM_WORDING
        if statement
        else QuestionSource.FROM_ANSWERS,
    )


def _ends(column: QuestionColumn, counts: Counts) -> Ends | None:
    """Return the ends of a scale of numbers, as the header names them, or else the answers: `1 - Excellent`."""
    named = find_ends(column.text)
    if named is None:
        labeled = {cell for cell in counts if isinstance(cell, str) and cell[:1].isdigit() and not cell.isdigit()}
        named = find_ends(", ".join(sorted(labeled))) if len(labeled) <= _MOST_LABELED else None
    return named


def _named_scale(scale: Scale, ends: Ends | None, counts: Counts, known: Sequence[Scale]) -> Scale:
    """Return the scale of numbers whose ends the question names, if most answers are on it; else the one guessed."""
    if ends is None or has_words(scale):
        return scale
    span = (ends.lowest, ends.highest)
    named = next((each for each in known if not has_words(each) and (each.lowest, each.highest) == span), scale)
    return scale if 2 * _misfits(counts, named) >= sum(counts.values()) else named


def _report_reversed(column: QuestionColumn, ends: Ends) -> None:
    """Report a scale that we turned around."""
    _report_scale(
        column,
        Severity.NOTE,
        f"Here {ends.lowest} is the best answer, so we turned the scale around for averages.",
        "No action needed. If a high number is better, list the question in Questions with “no” under Reverse.",
        value=column.text,
    )


def _report_scale(column: QuestionColumn, severity: Severity, message: str, remedy: str, *, value: RawCell) -> None:
    """Report something about a scale at each column of the question; for the rows of a grid once."""
    if column.grid is not None:
        if severity in column.grid.reported:
            return
        column.grid.reported.add(severity)
    for table, at in column.places:
        table.report(severity, message, remedy, row=table.header_row + 1, at=at, value=value)


def _agreement(scales: Mapping[str, Scale]) -> Scale:
    return scales.get(folded(AGREEMENT.name), AGREEMENT)


def _without_formulas(counts: Counts) -> dict[RawCell, int]:
    return {cell: count for cell, count in counts.items() if not (isinstance(cell, str) and cell.lstrip()[:1] == "=")}


def _scale_by_wave(
    column: QuestionColumn, guessed: Scale | None, known: list[Scale]
) -> tuple[Scale | None, dict[str | None, Scale]]:
    """Return the latest wave's scale, and the scales of waves that clearly used another (reported); else one for all.

    For answers in words, another scale is one that reads them better. Numbers count only if there are enough of them
    and their highest is far from the latest wave's.
    """
    by_wave = column.judged()
    if guessed is not None and has_words(guessed) and not _misfits(sum(by_wave.values(), Counter()), guessed):
        return guessed, {}
    own = {wave: guess_scale(_without_formulas(counts), known) for wave, counts in by_wave.items()}
    latest = next(reversed(by_wave), None)
    now = own.get(latest)
    if len(own) < 2 or now is None:
        return guessed, {}
    earlier = {
        wave: scale
        for wave, scale in own.items()
        if scale is not None and wave != latest and _is_other(scale, by_wave[wave], now, by_wave[latest])
    }
    if not earlier:
        return guessed, {}
    names = ", ".join(dict.fromkeys(scale.name for scale in earlier.values()))
    for table, at in column.places:
        table.report(
            Severity.WARNING,
            f"This question used a different scale in an earlier wave ({names}) than in the latest ({now.name}). We "
            "read each wave on its own scale and don’t compare them.",
            "If the scale never changed, name it in the Scale column of Questions.",
            row=table.header_row + 1,
            at=at,
            value=column.text,
        )
    return now, earlier


def _is_other(scale: Scale, counts: Counts, now: Scale, counts_now: Counts) -> bool:
    if scale.points == now.points:
        return False
    if _misfits(counts, now) > _misfits(counts, scale):
        return True
    is_enough = min(sum(counts.values()), sum(counts_now.values())) >= ENOUGH_NUMBERS
    return is_enough and not (has_words(scale) or has_words(now)) and now.highest - scale.highest >= MIN_DIFFERENCE


def _is_far_wider(declared: Scale, guessed: Scale, counts: Counts) -> bool:
    are_numbers = not (has_words(declared) or has_words(guessed))
    is_enough = sum(counts.values()) >= ENOUGH_NUMBERS
    return are_numbers and is_enough and declared.highest - guessed.highest >= MIN_DIFFERENCE


def _misfits(counts: Counts, scale: Scale) -> int:
    return sum(count for cell, count in counts.items() if read_scale_answer(cell, scale).problems)


def _report_other_scale(column: QuestionColumn, counts: Counts, declared: Scale, guessed: Scale) -> None:
    """Report answers that fit another scale better than the one in Questions, or that fill only a smaller scale.

    Answers from 1 to 5, read on 0–10, would look as if no one agreed.
    """
    misfits = _misfits(counts, declared) > _misfits(counts, guessed)
    if misfits or _is_far_wider(declared, guessed, counts):
        for table, at in column.places:
            table.report(
                # The answers may simply be low, so this is only a note.
                Severity.WARNING if misfits else Severity.NOTE,
                f"Answers look like the {guessed.name} scale. We read them on {declared.name}, as Questions says.",
                "If that’s wrong, correct the scale in Questions.",
                row=table.header_row + 1,
                at=at,
                value=column.text,
            )


def _report_doubt(column: QuestionColumn, doubt: Doubt) -> None:
    """Report a doubtful scale."""
    _report_scale(
        column,
        Severity.WARNING,
        f"{doubt.reason} Until you say which scale it is, we only count how many people gave each answer.",
        f"On the Data page, choose it under “{WHERE_TO_ANSWER}”. Or give the question a row in Questions, and "
        f"name its scale there, or “{KINDS[QuestionKind.CHOICE]}”. Your own scales go in the Scales tab.",
        value=doubt.example,
    )


# Questions answered in words.


def _words(counts: Counts) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell, count in counts.items():
        if not is_no_answer(cell) and (words := read_free_text(cell).value) is not None:
            found[words] += count
    return found


def _kind(counts: Counts) -> QuestionKind:
    """Return the kind of a question without a scale, judging by its answers; open text if in doubt."""
    words = _words(counts)
    if not words:
        return QuestionKind.TEXT
    if all(not read_number(cell).problems for cell in counts if not is_no_answer(cell)):
        return QuestionKind.NUMBER
    if _is_multiple(words):
        return QuestionKind.MULTIPLE
    return QuestionKind.CHOICE if _is_choice(words) else QuestionKind.TEXT


def _is_choice(words: Counter[str]) -> bool:
    return (
        len(words) <= MOST_CHOICES
        and not _are_mostly_sentences(words)
        and sum(words.values()) >= ANSWERS_FOR_EACH_CHOICE * len(words)
        and all(len(word) <= LONGEST_CHOICE and "\n" not in word for word in words)
    )


def _are_mostly_sentences(words: Counter[str]) -> bool:
    """True if most of the distinct answers are sentences that appear once, even if "Nothing" appears often."""
    unique = [word for word, count in words.items() if count == 1]
    return 2 * len(unique) > len(words) and sum(len(word.split()) for word in unique) >= WORDS_OF_A_SENTENCE * len(
        unique
    )


def _is_multiple(words: Counter[str]) -> bool:
    """True if answers are ticked boxes: parts that recur in different answers, each starting like an option."""
    if len(words) > MOST_COMBINATIONS or max(map(len, words)) > LONGEST_COMBINATION:
        return False
    lists = OptionLists(words.keys())
    if lists.are_ended or not lists.have_several:
        return lists.are_ended
    parts = {word: lists.split(word) for word in words}
    options: dict[str, set[tuple[str, ...]]] = {}
    for answer in parts.values():
        for option in answer:
            options.setdefault(option, set()).add(answer)
    total = sum(len(parts[word]) * count for word, count in words.items())
    shared = sum(len(answers) > 1 for answers in options.values())
    # An answer typed under "Other" may start in lower case; a form's own options don't.
    small = [answers for option, answers in options.items() if option[0].islower()]
    are_few = all(len(answers) == 1 for answers in small) and ANSWERS_FOR_EACH_OTHER * len(small) <= sum(words.values())
    return (
        any(len(answer) > 1 for answer in parts.values())
        and total >= ANSWERS_FOR_EACH_CHOICE * len(options)
        and len(options) <= 3 * MOST_CHOICES
        and 2 * shared >= len(options)
        and are_few
        and all(len(option) <= LONGEST_CHOICE for option in options)
    )


# Answers.


def answer_reader(question: Question, counts: Counts, *, wave: str | None) -> Callable[[RawCell], Parsed[Any]]:
    """Return the function that reads a wave's answers to a question. Blank and "don't know" give None."""
    scale = question.earlier_scales.get(wave, question.scale) if question.scale is not None else None
    if scale is not None:
        return lambda cell: read_scale_answer(cell, scale)
    if question.kind is QuestionKind.MULTIPLE:
        lists = OptionLists(_words(counts).keys())
        return lambda cell: _several(cell, lists)
    plain: Callable[[RawCell], Parsed[Any]] = read_free_text
    if question.kind is QuestionKind.NUMBER:
        plain = read_number
    elif question.kind is QuestionKind.CHOICE:
        plain = read_text
    return lambda cell: Parsed(None) if is_no_answer(cell) else plain(cell)


def _several(cell: RawCell, lists: OptionLists) -> Parsed[tuple[str, ...]]:
    read = read_free_text(cell)
    if read.value is None or is_no_answer(cell):
        return Parsed(None, read.problems)
    return Parsed(tuple(option for option in lists.split(read.value) if not is_no_answer(option)) or None)
