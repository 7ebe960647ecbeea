"""A short survey in our own words, in English and Spanish: two statements for each outcome, and three open questions.

It is here with the words that the workbook knows, since a survey that asks in these words needs no row in Questions:
its statements are known, in both languages, and what is asked in both is one question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.schema.vocabulary import AGREEMENT, AGREEMENT_IN_SPANISH, OUTCOMES, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something to agree with or not, and the outcome that it speaks of."""

    english: str
    spanish: str
    level: Level
    outcome: str

    def words(self, language: str) -> str:
        """It in a language of `LANGUAGES`."""
        return self.english if language == ENGLISH else self.spanish


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that is answered in one's own words."""

    english: str
    spanish: str

    def words(self, language: str) -> str:
        """It in a language of `LANGUAGES`."""
        return self.english if language == ENGLISH else self.spanish


ENGLISH, SPANISH = "English", "Español"
LANGUAGES: Final = (ENGLISH, SPANISH)

_WORDS: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (
        (
            "Through this network I have learned something that I use in my work.",
            "Gracias a esta red he aprendido algo que uso en mi trabajo.",
        ),
        (
            "I see better than before how the parts of our system hang together.",
            "Veo mejor que antes cómo se relacionan las partes de nuestro sistema.",
        ),
    ),
    (
        (
            "I do some part of my work better because of this network.",
            "Hago mejor alguna parte de mi trabajo gracias a esta red.",
        ),
        (
            "I have tried something new that I first heard of here.",
            "He probado algo nuevo de lo que oí hablar por primera vez aquí.",
        ),
    ),
    (
        (
            "There are people in this network whom I would call with a hard question.",
            "En esta red hay personas a las que llamaría con una pregunta difícil.",
        ),
        (
            "In this network I can say openly what does not work.",
            "En esta red puedo decir abiertamente lo que no funciona.",
        ),
    ),
    (
        (
            "My organization plans some of its work together with others in this network.",
            "Mi organización planifica parte de su trabajo junto con otras de esta red.",
        ),
        (
            "We know what others in this network are doing before we start something like it.",
            "Sabemos lo que hacen otros en esta red antes de empezar algo parecido.",
        ),
    ),
    (
        (
            "Through this network we reach people whom we would not reach alone.",
            "Con esta red llegamos a personas a las que no llegaríamos por nuestra cuenta.",
        ),
        (
            "Students or families are better off because of what we do together here.",
            "A estudiantes o familias les va mejor por lo que hacemos juntos aquí.",
        ),
    ),
    (
        (
            "My organization works better because of something we borrowed from others here.",
            "Mi organización trabaja mejor por algo que tomamos de otros aquí.",
        ),
        (
            "My organization gives me the time to take part.",
            "Mi organización me da el tiempo para participar.",
        ),
    ),
)
STATEMENTS: Final = tuple(
    Statement(english=english, spanish=spanish, level=level, outcome=outcome)
    for (level, outcome), pairs in zip(
        [(level, outcome) for level, outcomes in OUTCOMES.items() for outcome in outcomes], _WORDS, strict=True
    )
    for english, spanish in pairs
)
OPEN_QUESTIONS: Final = (
    OpenQuestion(
        english="What changed in your work because of somebody whom you met here?",
        spanish="¿Qué cambió en su trabajo gracias a alguien que conoció aquí?",
    ),
    OpenQuestion(
        english="What would make this network more useful to you?",
        spanish="¿Qué haría que esta red le fuera más útil?",
    ),
    OpenQuestion(
        english="What should we know that we did not ask?",
        spanish="¿Qué deberíamos saber que no le hemos preguntado?",
    ),
)
_INTRODUCTION: Final = {
    ENGLISH: "How far do you agree with each sentence? There are no right answers. Small groups are never shown.",
    SPANISH: "¿Hasta qué punto está de acuerdo con cada frase? No hay respuestas correctas. "
    "Nunca se muestran grupos pequeños.",
}
_KNOWN: Final = {
    folded(words): statement for statement in STATEMENTS for words in (statement.english, statement.spanish)
}
_OPEN: Final = {folded(words): each for each in OPEN_QUESTIONS for words in (each.english, each.spanish)}


def find_statement(header: str) -> Statement | None:
    """The statement that a header asks in either language; None where it is another question."""
    return _KNOWN.get(folded(header))


def is_open_question(header: str) -> bool:
    """Whether a header asks one of the open questions, in either language."""
    return folded(header) in _OPEN


def question_key(header: str) -> str | None:
    """What is the same for a header in both languages; None where it is no question of this survey."""
    key = folded(header)
    known = _KNOWN.get(key) or _OPEN.get(key)
    return None if known is None else folded(known.english)


def answer_labels(language: str) -> tuple[str, ...]:
    """The five answers, from lowest to highest."""
    return tuple(label for _, label in AGREEMENT.points) if language == ENGLISH else AGREEMENT_IN_SPANISH


def survey_text(language: str) -> str:
    """The whole survey as plain text, ready to paste in a form: the answers, the statements, the open questions."""
    lines = [_INTRODUCTION[language], "", *answer_labels(language), ""]
    lines += [statement.words(language) for statement in STATEMENTS]
    lines += ["", *(question.words(language) for question in OPEN_QUESTIONS)]
    return "\n".join(lines) + "\n"
