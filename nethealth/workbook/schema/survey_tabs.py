"""The tabs about what people say: survey, questions, scales, actions, mindset reflection, pulse, reference shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from nethealth.workbook.schema.columns import CellKind, Column, EntryId, ExtraColumns, NamedWave, Row, tab
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    CHARACTERISTIC_SPELLINGS,
    CHARACTERISTICS,
    OUTCOMES,
    PAIRS,
    Level,
    Moment,
    Pair,
    Scale,
)

_TIMESTAMP = (
    *("Date", "Marca temporal", "Horodateur", "Carimbo de data/hora", "Zeitstempel", "Date submitted", "Submitted at"),
    *("Submitted on", "Submission date", "Submission time", "Response date", "Completion time", "Recorded date"),
    *("Fecha", "Fecha de respuesta", "Date de réponse", "Data de resposta", "Datum"),
)
_RESPONDENT = (
    *("Name", "Email address", "Email", "Username"),
    *("Nombre", "Dirección de correo electrónico", "Correo electrónico", "Nombre de usuario"),
    *("Adresse email", "Adresse de messagerie", "Courriel", "Nom d’utilisateur", "Nom"),
    *("Endereço de email", "Nome de usuário", "Nome", "Nome de utilizador"),
    *("Emailadresse", "Nutzername", "Benutzername"),
    *("Votre nom", "Nom complet", "Nom et prénom", "Prénom et nom", "Quel est votre nom", "Quel est ton nom"),
    *("Seu nome", "Nome completo", "O seu nome", "Qual é o seu nome", "Ihr Name", "Dein Name", "Vollständiger Name"),
    *(
        "Vor- und Nachname",
        "Wie heißen Sie",
        "Wie heißt du",
        "Wie ist Ihr Name",
        "¿Cómo se llama?",
        "¿Cuál es su nombre?",
    ),
    *("Su nombre", "¿Cómo te llamas?", "¿Cuál es tu nombre?", "Nombre y apellidos", "Nombre y apellido"),
    *("Name (optional)", "Your name (optional)", "What is your name? (optional)", "Email (optional)"),
    *("Nombre (opcional)", "Nom (facultatif)", "Nome (opcional)", "Name (freiwillig)", "Name (optionale Angabe)"),
    *("Your name", "Full name", "What is your name", "Your full name", "Tu nombre", "Nombre completo"),
    *(
        "What’s your name",
        "What is your full name",
        "What’s your full name",
        "First and last name",
        "First & last name",
    ),
    *("Your first and last name", "What is your first and last name", "What’s your first and last name"),
    *("Enter your name", "Please enter your name", "Please enter your full name", "Respondent name"),
)
"""The headers that forms use for these two columns, and that people use to ask for a name, in five languages."""

_Respondent: TypeAlias = Annotated[
    str | None,
    Column(
        name="Respondent",
        kind=CellKind.NAME,
        aliases=_RESPONDENT,
        has_spare=True,
        help="Who answered: a name, a Member ID, or an email address from Members. Blank means anonymous.",
    ),
]


class SurveyRow(Row):
    """What members say about the network: a row for each response, a column for each question."""

    timestamp: Annotated[
        dt.date | None,
        Column(
            name="Timestamp",
            kind=CellKind.DATE,
            aliases=_TIMESTAMP,
            help="When it was answered. Forms fill this in.",
        ),
    ] = None
    wave: NamedWave = None
    respondent: _Respondent = None
    answers: Annotated[Mapping[str, Any], ExtraColumns()] = Field(default_factory=dict)


class QuestionRow(Row):
    """What each survey question is about: its outcome, and the scale of its answers."""

    question: Annotated[
        str,
        Column(
            name="Question",
            required=True,
            help="The question, word for word as in Survey’s header. For a grid, the row’s words are enough.",
        ),
    ]
    level: Annotated[
        Level | None,
        Column(
            name="Level",
            kind=CellKind.CHOICE,
            options=Level,
            spellings={"Organisation": "Organization"},
            help="Participant: what the network does for a person. Organization: what it does for their organization.",
        ),
    ] = None
    outcome: Annotated[
        str | None,
        Column(
            name="Outcome",
            kind=CellKind.CHOICE,
            options=tuple(outcome for outcomes in OUTCOMES.values() for outcome in outcomes),
            spellings={"Organisational effectiveness": "Organizational effectiveness"},
            help="One of the six outcomes: three for participants, three for organizations.",
        ),
    ] = None
    scale: Annotated[
        str | None,
        Column(
            name="Scale",
            help="The scale of its answers: a built-in one, or one from the Scales tab. Without a scale: One of "
            "several, Several to tick, A number, or In their own words.",
        ),
    ] = None
    reverse: Annotated[
        bool | None,
        Column(name="Reverse", kind=CellKind.YES_NO, help="yes if agreeing is bad news."),
    ] = None


class ScaleRow(Row):
    """Your own answer scales, one answer per row. A scale with the name of a built-in one replaces it."""

    scale: Annotated[str, Column(name="Scale", required=True, help="The scale’s name.")]
    value: Annotated[
        float,
        Column(name="Value", kind=CellKind.NUMBER, required=True, help="The answer’s number, from lowest to highest."),
    ]
    label: Annotated[str, Column(name="Label", required=True, help="The answer’s words.")]


class ActionRow(Row):
    """What you heard from members, and what you did about it."""

    what_we_heard: Annotated[
        str,
        Column(name="What we heard", kind=CellKind.FREE_TEXT, required=True, help="What members said, in a sentence."),
    ]
    what_we_did: Annotated[
        str | None, Column(name="What we did", kind=CellKind.FREE_TEXT, help="What you did or will do.")
    ] = None
    promised_by: Annotated[
        dt.date | None, Column(name="Promised by", kind=CellKind.DATE, help="The date you promised it for.")
    ] = None
    done: Annotated[
        bool | dt.date | None, Column(name="Done", kind=CellKind.DONE, help="yes, or the day it was done.")
    ] = None
    question: Annotated[str | None, Column(name="Question", help="The survey question it responds to, if any.")] = None
    entry_id: EntryId = None


def _pole_scale(pair: Pair) -> Scale:
    """The five steps between the two poles of a pair."""
    return Scale(
        f"{pair.column}, 1 to 5",
        ((1.0, pair.hierarchical), (2.0, "2"), (3.0, "3"), (4.0, "4"), (5.0, pair.network)),
    )


def _pair(place: int) -> Column:
    pair = PAIRS[place]
    return Column(
        name=pair.column,
        kind=CellKind.SCALE,
        scale=_pole_scale(pair),
        spellings=CHARACTERISTIC_SPELLINGS,
        help=f"From 1 ({pair.hierarchical}) to 5 ({pair.network}). Neither end is right or wrong.",
    )


class MindsetRow(Row):
    """How people see the thinking in their organization: seven pairs, each from 1 to 5. We never score them."""

    timestamp: Annotated[
        dt.date | None,
        Column(
            name="Timestamp", kind=CellKind.DATE, aliases=_TIMESTAMP, help="When it was answered. Forms fill this in."
        ),
    ] = None
    session: Annotated[str | None, Column(name="Session", help="Your name for the convening or session.")] = None
    moment: Annotated[
        Moment | None,
        Column(
            name="Moment",
            kind=CellKind.CHOICE,
            options=Moment,
            help="The moment it describes: Now, Hoped for, Before, or After.",
        ),
    ] = None
    respondent: _Respondent = None
    leadership: Annotated[float | None, _pair(0)] = None
    decisions: Annotated[float | None, _pair(1)] = None
    information: Annotated[float | None, _pair(2)] = None
    orientation: Annotated[float | None, _pair(3)] = None
    priority: Annotated[float | None, _pair(4)] = None
    focus: Annotated[float | None, _pair(5)] = None
    strategy: Annotated[float | None, _pair(6)] = None
    rose_to_the_top: Annotated[
        str | None,
        Column(
            name="Rose to the top",
            kind=CellKind.WORDS,
            help=f"Up to three of these, separated by ;: {'; '.join(CHARACTERISTICS)}.",
        ),
    ] = None
    reflection: Annotated[
        str | None, Column(name="Reflection", kind=CellKind.FREE_TEXT, help="In their own words. For staff only.")
    ] = None
    entry_id: EntryId = None


class PulseRow(Row):
    """What a room answered to the statements of a pulse: a row for each person and statement."""

    date: Annotated[
        dt.date | None, Column(name="Date", kind=CellKind.DATE, aliases=("Timestamp",), help="When it was answered.")
    ] = None
    session: Annotated[str | None, Column(name="Session", help="Your name for the convening or session.")] = None
    moment: Annotated[
        Moment | None,
        Column(name="Moment", kind=CellKind.CHOICE, options=Moment, help="When in the session: Now, Before, or After."),
    ] = None
    respondent: Annotated[
        str | None,
        Column(name="Respondent", help="A code that tells answers apart. The app writes one, and shows it nowhere."),
    ] = None
    statement: Annotated[
        str, Column(name="Statement", required=True, help="The statement, in the same words each time you ask it.")
    ]
    answer: Annotated[
        float,
        Column(
            name="Answer",
            kind=CellKind.SCALE,
            scale=AGREEMENT,
            required=True,
            help="From 1 (strongly disagree) to 5 (strongly agree).",
        ),
    ]
    entry_id: EntryId = None


class ReferenceRow(Row):
    """Shares to compare your members with: for example, the share of the state's teachers in each region."""

    attribute: Annotated[
        str, Column(name="Attribute", required=True, help="The header of a Members column, such as Region.")
    ]
    value: Annotated[str, Column(name="Value", required=True, help="One of that column’s values.")]
    share: Annotated[float, Column(name="Share", kind=CellKind.SHARE, required=True, help="Its share: 45% or 0.45.")]
    source: Annotated[str | None, Column(name="Source", help="Where the number comes from.")] = None


SURVEY = tab(
    "Survey",
    SurveyRow,
    aliases=(
        *("Participant experience", "Form responses", "Respuestas de formulario", "Réponses au formulaire"),
        *("Respostas ao formulário", "Formularantworten"),
    ),
    extra="Every other column is a question. Its header is the question’s text.",
    is_form=True,
)
QUESTIONS = tab("Questions", QuestionRow)
SCALES = tab("Scales", ScaleRow)
ACTIONS = tab("Actions", ActionRow, aliases=("What we heard",))
MINDSET = tab("Mindset", MindsetRow, is_form=True)
PULSE = tab("Pulse", PulseRow)
REFERENCE = tab("Reference", ReferenceRow)
