"""A short survey in English and Spanish: two statements for each outcome, and three open questions.

A survey with these questions needs no rows in Questions: we recognize the wording in both languages, and both versions
count as one question. Earlier wordings stay recognized, since existing workbooks have them as headers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.schema.vocabulary import AGREEMENT, AGREEMENT_IN_SPANISH, OUTCOMES, Level

ENGLISH, SPANISH = "English", "Español"
LANGUAGES: Final = (ENGLISH, SPANISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A survey question in two languages."""

    english: str
    spanish: str
    aliases: tuple[str, ...] = ()
    """Earlier wordings, in either language."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording in both languages."""
        return (self.english, self.spanish, *self.aliases)

    def text(self, language: str) -> str:
        """Return the question in one of `LANGUAGES`."""
        return self.english if language == ENGLISH else self.spanish


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Wording):
    """A statement that people agree or disagree with, and the outcome it is about."""

    level: Level
    outcome: str


_STATEMENTS: Final[dict[str, tuple[Wording, ...]]] = {
    "Knowledge, skills and system awareness": (
        Wording(
            english="In this network, I’ve learned something I use in my work.",
            spanish="En esta red he aprendido algo que uso en mi trabajo.",
            aliases=(
                "Through this network I have learned something that I use in my work.",
                "Gracias a esta red he aprendido algo que uso en mi trabajo.",
            ),
        ),
        Wording(
            english="I understand better how the parts of our system fit together.",
            spanish="Entiendo mejor cómo encajan las partes de nuestro sistema.",
            aliases=(
                "I see better than before how the parts of our system hang together.",
                "Veo mejor que antes cómo se relacionan las partes de nuestro sistema.",
            ),
        ),
    ),
    "Professional effectiveness": (
        Wording(
            english="I do part of my job better because of this network.",
            spanish="Gracias a esta red hago mejor una parte de mi trabajo.",
            aliases=(
                "I do some part of my work better because of this network.",
                "Hago mejor alguna parte de mi trabajo gracias a esta red.",
            ),
        ),
        Wording(
            english="I’ve tried something new that I first heard about here.",
            spanish="He probado algo nuevo que descubrí aquí.",
            aliases=(
                "I have tried something new that I first heard of here.",
                "He probado algo nuevo de lo que oí hablar por primera vez aquí.",
            ),
        ),
    ),
    "Meaningful relationships": (
        Wording(
            english="There are people in this network I could call with a tough question.",
            spanish="En esta red hay personas a las que podría llamar con una pregunta difícil.",
            aliases=(
                "There are people in this network whom I would call with a hard question.",
                "En esta red hay personas a las que llamaría con una pregunta difícil.",
            ),
        ),
        Wording(
            english="In this network, I can say openly what isn’t working.",
            spanish="En esta red puedo decir abiertamente lo que no funciona.",
            aliases=("In this network I can say openly what does not work.",),
        ),
    ),
    "Coordination of efforts": (
        Wording(
            english="My organization plans some of its work with others in this network.",
            spanish="Mi organización planifica parte de su trabajo con otras de esta red.",
            aliases=(
                "My organization plans some of its work together with others in this network.",
                "Mi organización planifica parte de su trabajo junto con otras de esta red.",
            ),
        ),
        Wording(
            english="Before we start something new, we know what others in this network are doing.",
            spanish="Antes de empezar algo nuevo, sabemos qué están haciendo otros en esta red.",
            aliases=(
                "We know what others in this network are doing before we start something like it.",
                "Sabemos lo que hacen otros en esta red antes de empezar algo parecido.",
            ),
        ),
    ),
    "Reach and impact": (
        Wording(
            english="Through this network, we reach people we wouldn’t reach on our own.",
            spanish="Con esta red llegamos a personas a las que no llegaríamos por nuestra cuenta.",
            aliases=("Through this network we reach people whom we would not reach alone.",),
        ),
        Wording(
            english="Students or families are better off because of what we do together here.",
            spanish="A los estudiantes o a las familias les va mejor gracias a lo que hacemos juntos aquí.",
            aliases=("A estudiantes o familias les va mejor por lo que hacemos juntos aquí.",),
        ),
    ),
    "Organizational effectiveness": (
        Wording(
            english="My organization works better because of something we borrowed from others here.",
            spanish="Mi organización funciona mejor gracias a algo que aprendimos de otros aquí.",
            aliases=("Mi organización trabaja mejor por algo que tomamos de otros aquí.",),
        ),
        Wording(
            english="My organization gives me time to take part.",
            spanish="Mi organización me da tiempo para participar.",
            aliases=(
                "My organization gives me the time to take part.",
                "Mi organización me da el tiempo para participar.",
            ),
        ),
    ),
}
STATEMENTS: Final = tuple(
    Statement(english=each.english, spanish=each.spanish, aliases=each.aliases, level=level, outcome=outcome)
    for level, outcomes in OUTCOMES.items()
    for outcome in outcomes
    for each in _STATEMENTS[outcome]
)
OPEN_QUESTIONS: Final = (
    Wording(
        english="What changed in your work because of someone you met here?",
        spanish="¿Qué cambió en su trabajo gracias a alguien que conoció aquí?",
        aliases=("What changed in your work because of somebody whom you met here?",),
    ),
    Wording(
        english="What would make this network more useful to you?",
        spanish="¿Qué haría que esta red le resultara más útil?",
        aliases=("¿Qué haría que esta red le fuera más útil?",),
    ),
    Wording(
        english="What should we know that we didn’t ask about?",
        spanish="¿Qué deberíamos saber que no le preguntamos?",
        aliases=(
            "What should we know that we did not ask?",
            "¿Qué deberíamos saber que no le hemos preguntado?",
        ),
    ),
)
_INTRODUCTION: Final = {
    ENGLISH: "How much do you agree with each statement? There are no right or wrong answers. We never show results "
    "for small groups.",
    SPANISH: "¿Qué tan de acuerdo está con cada frase? No hay respuestas correctas ni incorrectas. Nunca mostramos "
    "resultados de grupos pequeños.",
}
_STATEMENT_BY_WORDING: Final = {folded(text): each for each in STATEMENTS for text in each.wordings}
_OPEN_QUESTION_BY_WORDING: Final = {folded(text): each for each in OPEN_QUESTIONS for text in each.wordings}


def find_statement(header: str) -> Statement | None:
    """Return the statement that a header asks, in either language; None if it is another question."""
    return _STATEMENT_BY_WORDING.get(folded(header))


def is_open_question(header: str) -> bool:
    """True if a header asks one of the open questions, in either language."""
    return folded(header) in _OPEN_QUESTION_BY_WORDING


def question_key(header: str) -> str | None:
    """Return a key that is the same for every wording of a question; None if this survey doesn't ask it."""
    key = folded(header)
    question = _STATEMENT_BY_WORDING.get(key) or _OPEN_QUESTION_BY_WORDING.get(key)
    return None if question is None else folded(question.english)


def answer_labels(language: str) -> tuple[str, ...]:
    """Return the five answers, from lowest to highest."""
    return tuple(label for _, label in AGREEMENT.points) if language == ENGLISH else AGREEMENT_IN_SPANISH


def survey_text(language: str) -> str:
    """Return the survey as plain text to paste into a form: the answers, the statements, the open questions."""
    lines = [_INTRODUCTION[language], "", *answer_labels(language), ""]
    lines += [statement.text(language) for statement in STATEMENTS]
    lines += ["", *(question.text(language) for question in OPEN_QUESTIONS)]
    return "\n".join(lines) + "\n"
