"""What the words of a survey question say about whole numbers as its answers: do they rate, and which end is best?

In English, Spanish, French, Portuguese, and German.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

_LONGEST: Final = 1_000
_WORDS_OF_A_LABEL: Final = 6
_FEWEST_POINTS: Final = 3
_MOST_POINTS: Final = 10
_WORDS_OF_A_STATEMENT: Final = 4
_BETWEEN: Final = r"\s*(?:-|–|—|to|through|hasta|bis|à|a|até)\s*"
_RANGE: Final = re.compile(rf"(?<![\w.,/-])([01]){_BETWEEN}(\d{{1,2}})(?![\w%/]|[.,-]\d)", re.IGNORECASE)
"""`1-5`, `0 to 10`: the ends of a scale."""
_NUMBER: Final = re.compile(r"(?<![\w.,/-])(\d{1,2})(?![\w%/]|[.,]\d)")
_CONNECTOR: Final = re.compile(
    r"\s*(?:[=:(\[–—-]|(?:is|being|means|meaning|stands for|es|siendo|significa|signifie|étant|est|é|sendo|ist|"
    r"bedeutet|heißt)\b)\s*",
    re.IGNORECASE,
)
_END_OF_LABEL: Final = re.compile(r"[,;)\]\n/|…?!.]|\s[–—-]\s")
_BEFORE_NUMBER: Final = re.compile(
    r"\s+(?:and|to|through|or|y|hasta|et|à|a|e|até|und|bis|the|where|while)\s*$", re.IGNORECASE
)
_BEFORE_POINT: Final = re.compile(
    r"(?:^|[(\[,;:.…?!/–—-]|\b(?:with|where|while|and|or|from|to|through|con|donde|y|o|de|desde|a|hasta|avec|où|et|ou|du|à|"
    r"com|onde|e|até|mit|wobei|und|von|bis))\s*$",
    re.IGNORECASE,
)
"""What may stand before a point of a scale."""
_SCHOOL_GRADES: Final = re.compile(r"\bschulnoten?\b", re.IGNORECASE)
"""In Germany, 1 is the best grade, but a few people ask for them the other way round."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BAD: Final = _words("""
    poor poorly bad badly worse worst terrible awful disagree disagreement dissatisfied unsatisfied unsatisfactory
    dissatisfying unhappy unlikely unhelpful useless unimportant irrelevant negative inadequate unacceptable
    disappointing disappointed ineffective failing horrible
    malo mala mal peor pésimo pésima desacuerdo insatisfecho insatisfecha deficiente improbable inútil negativo
    mauvais mauvaise pire désaccord insatisfait insatisfaite insuffisant improbable inutile nul négatif
    ruim mau má pior péssimo péssima discordo insatisfeito insatisfeita improvável
    schlecht schlechteste mangelhaft ungenügend unzufrieden unwahrscheinlich negativ furchtbar unwichtig nutzlos
""")
_GOOD: Final = _words("""
    good great best better excellent outstanding exceptional superb amazing wonderful fantastic perfect agree agreement
    satisfied satisfying satisfactory happy likely helpful useful important relevant valuable positive effective
    love loved
    excelente bueno buena bien mejor óptimo acuerdo satisfecho satisfecha probable útil importante positivo
    bon bonne meilleur accord satisfait satisfaite utile positif parfait
    ótimo ótima bom boa melhor concordo satisfeito satisfeita provável perfeito
    gut beste besten ausgezeichnet hervorragend exzellent zufrieden wahrscheinlich wichtig nützlich positiv stimme
    zustimmung hilfreich
""")
_NEGATORS: Final = _words("""
    not no never none nothing least without hardly barely nicht kein keine nie niemals nichts nunca nada ninguno
    ninguna ningún menos pas jamais aucun aucune rien moins não nenhum nenhuma wenigsten überhaupt
""")
_LITTLE: Final = _words("""
    low lowest little weak minimum novice beginner rarely seldom small bajo baja mínimo poco débil bas basse minimal
    faible peu baixo baixa pouco fraco mínima niedrig niedrigste gering schwach selten wenig anfänger
""")
_MUCH: Final = _words("""
    high highest very extremely most much lot strong strongly strongest completely fully totally absolutely always often
    daily maximum expert advanced alto alta máximo mucho muy siempre fuerte totalmente completamente élevé haut
    haute très beaucoup toujours fort maximal maximale muito muita sempre forte máxima hoch höchste sehr viel immer
    stark voll völlig
""")


class _Meaning(Enum):
    GOOD = "good"
    BAD = "bad"
    MUCH = "much"
    LITTLE = "little"
    UNKNOWN = "unknown"


_LOW_ENDS: Final = frozenset({_Meaning.BAD, _Meaning.LITTLE})
_HIGH_ENDS: Final = frozenset({_Meaning.GOOD, _Meaning.MUCH})


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a scale, as a text names them."""

    lowest: int
    highest: int
    is_best_first: bool = False
    """True if the lowest number is the best answer."""
    is_unclear: bool = False
    """True if the ends have words, and we can't tell which of them is better."""


def find_ends(text: str) -> Ends | None:
    """Return the ends of the scale that a text names; None if it names none.

    >>> find_ends("Rate us (1 = great, 5 = poor)")
    Ends(lowest=1, highest=5, is_best_first=True, is_unclear=False)
    """
    text = text[:_LONGEST].replace("’", "'")
    span = _RANGE.search(text)
    lowest, highest = (int(span[1]), int(span[2])) if span else (1, 0)
    labels = _labels(text)
    low = min((number for number in labels if number <= 1), default=None)
    high = max((number for number in labels if number >= _FEWEST_POINTS), default=None)
    if low is None and high is None:
        if highest < _FEWEST_POINTS:
            return Ends(1, 6, is_unclear=True) if _SCHOOL_GRADES.search(text) else None
        return Ends(lowest, highest, is_unclear=_SCHOOL_GRADES.search(text) is not None)
    first = None if low is None else _meaning(labels[low])
    last = None if high is None else _meaning(labels[high])
    is_best_first = _is_best_first(first, last)
    if is_best_first is None and None in (first, last):
        # A number with a word that we don't know needn't be the end of a scale.
        return Ends(lowest, highest) if highest >= _FEWEST_POINTS else None
    return Ends(
        lowest if low is None else low,
        max(highest, high or 0) or 5,
        is_best_first=bool(is_best_first),
        is_unclear=is_best_first is None,
    )


def _is_best_first(low: _Meaning | None, high: _Meaning | None) -> bool | None:
    """Return which end of a scale is best, by what its labels mean (None: no label); None if that isn't clear."""
    if low is _Meaning.GOOD and (high is None or high in _LOW_ENDS):
        return True
    if low is None:
        return True if high is _Meaning.BAD else False if high in _HIGH_ENDS else None
    if high is None:
        return False if low in _LOW_ENDS else None
    if low in _LOW_ENDS or high in _HIGH_ENDS:
        are_both_ends = low not in _HIGH_ENDS and high not in _LOW_ENDS
        are_both_high = low in _HIGH_ENDS and high in _HIGH_ENDS
        return False if are_both_ends or are_both_high else None
    return None


def _labels(text: str) -> dict[int, str]:
    """Return the words that a text gives to numbers, before them (`excellent (1)`) or after them (`1 = excellent`)."""
    numbers = [match for match in _NUMBER.finditer(text) if int(match[1]) <= _MOST_POINTS]
    labels: dict[int, str] = {}
    for place, match in enumerate(numbers):
        start = numbers[place - 1].end() if place else 0
        end = numbers[place + 1].start() if place + 1 < len(numbers) else len(text)
        before, after = text[start : match.start()], text[match.end() :]
        label = _label_before(before, after) or _label_after(text[match.end() : end], before)
        if label:
            labels.setdefault(int(match[1]), label)
    return labels


def _label_before(before: str, after: str) -> str:
    sign = before.rstrip()[-1:]
    if not (sign == "=" or (sign in ("(", "[") and after.lstrip()[:1] in (")", "]"))):
        return ""
    return _short(_END_OF_LABEL.split(before.rstrip()[:-1])[-1], last=True)


def _label_after(after: str, before: str) -> str:
    connector = _CONNECTOR.match(after)
    if not (connector and connector[0].strip() in ("=", "(", "[")) and not _BEFORE_POINT.search(before):
        # "Session 1: great ideas" says nothing about a scale.
        return ""
    label = _END_OF_LABEL.split(after[connector.end() if connector else 0 :].lstrip(), maxsplit=1)[0]
    label = _short(_BEFORE_NUMBER.sub("", label))
    # Without a sign between them, a number and any word needn't belong together: "in 5 schools".
    return label if connector or _meaning(label) is not _Meaning.UNKNOWN else ""


def _short(label: str, *, last: bool = False) -> str:
    words = _WORD.findall(label)
    return " ".join(words[-_WORDS_OF_A_LABEL:] if last else words[:_WORDS_OF_A_LABEL])


def _meaning(label: str) -> _Meaning:
    words = frozenset(_WORD.findall(label.casefold()))
    is_negated = not _NEGATORS.isdisjoint(words)
    if not _BAD.isdisjoint(words):
        return _Meaning.UNKNOWN if is_negated else _Meaning.BAD
    if not _GOOD.isdisjoint(words):
        return _Meaning.BAD if is_negated else _Meaning.GOOD
    if is_negated or not _LITTLE.isdisjoint(words):
        return _Meaning.LITTLE
    return _Meaning.UNKNOWN if _MUCH.isdisjoint(words) else _Meaning.MUCH


# Does a question ask to rate something?

_RATES: Final = re.compile(
    r"\b(?:rat(?:e|es|ed|ing|ings)|scor(?:e|es|ing)|scale|stars?|nps|satisf\w*|dissatisf\w*|agree\w*|disagree\w*|"
    r"likel\w*|recommend\w*|confiden\w*|useful\w*|helpful\w*|valuable|importan\w*|relevan\w*|quality|overall|"
    r"effective\w*|clear|clarity|trust\w*|belong\w*|well-?being|feel\w*|felt|engag\w*|comfort\w*|difficult\w*|"
    r"strength|closeness|extent|how (?!many\b|long\b|old\b|far\b|big\b|large\b|come\b|do\b|does\b|did\b|would\b|has\b|"
    r"have\b|can\b|could\b|should\b|to\b|you\b|we\b)\w+|"
    r"calific\w*|puntú\w*|punt(?:aje|uación|uaciones)|valor(?:e|a|ar|ación)|evalú\w*|acuerdo|probab\w*|recomend\w*|"
    r"útil\w*|calidad|confian\w*|qué tan|en qué medida|sient\w*|siento|"
    r"not(?:e|er|ez) (?:de|sur|votre|la|le)|évalu\w*|d'accord|recommand\w*|utile\w*|qualité|confiance|"
    r"dans quelle mesure|à quel point|avalie|avali\w*|concord\w*|qualidade|em que medida|quão|sinto|"
    r"bewert\w*|zufrieden\w*|zustimm\w*|empfehl\w*|wahrscheinlich\w*|hilfreich\w*|nützlich\w*|qualität|vertrau\w*|"
    r"inwieweit|wie (?!viele?\b|lange\b|alt\b|oft kommen\b)\w+|schulnoten?|fühl\w*)\b",
    re.IGNORECASE,
)
_ASKS_WHAT: Final = re.compile(
    r"\W*(?:(?:in|at|for|to|from|en|de|a|à|dans|em|auf|zu)\s+)?(?:how (?:many|long|old|far|do|does|did)|cuánt[oa]s|"
    r"combien|quant[oa]s|wie viele?|which|what|who|whom|when|where|do|does|did|are|is|have|has|had|can|will|were|was|"
    r"qué|cuál|cuáles|quién|"
    r"cuándo|dónde|quel|quelle|quels|quelles|qui|quand|où|est-ce|avez|êtes|qual|quais|quem|quando|onde|welche\w*|wer|"
    r"wann|wo|sind|haben|hat|ist)\b",
    re.IGNORECASE,
)
_SAYS_SOMETHING: Final = re.compile(
    r"(?<!\w)(?:supports?|helps|values|listens|shares|provides|encourages|trusts|respects|understands|matters|improves|"
    r"benefits|cares|allows|enables|builds|fosters|addresses|reflects|contributes|meets|works well|increased|improved|"
    r"strengthened|exceeded|I|I'm|I've|we|we're|we've|it|it's|is|are|was|were|has|have|had|can|could|will|would|helps?|helped|makes?|made|"
    r"gives?|gave|yo|nos|es|fue|está|son|soy|tengo|puedo|hay|hemos|je|j'ai|nous|est|était|sont|suis|peux|eu|é|foi|são|"
    r"tenho|posso|estou|temos|ich|wir|ist|war|sind|habe|haben|kann|wurde|hat|bin)(?!\w)",
    re.IGNORECASE,
)
_COUNTS_OR_CODES: Final = re.compile(
    r"\b(?:groups?|grades?|bands?|cohorts?|tables?|years?|ages?|class(?:es|rooms?)?|levels?|teams?|sections?|districts?|"
    r"regions?|roles?|child(?:ren)?|kids?|siblings?|ids?|codes?|numbers?|nos?|counts?|waves?|rounds?|sessions?|schools?|"
    r"sites?|rooms?|units?|weeks?|months?|days?|quarters?|phases?|tiers?|stages?|types?|categor(?:y|ies)|status|genders?|"
    r"race|ethnicity|zip|states?|count(?:y|ies)|members?|people|persons?|students?|teachers?|hours?|times?|visits?|"
    r"meetings?|events?|attended|attendance|rank|order|grupos?|grados?|cursos?|años?|edad|niveles|nivel|equipos?|hij[oa]s?|"
    r"código|números?|escuelas?|distritos?|sesiones|sesión|horas?|veces|groupes?|niveaux?|âge|années?|ans|enfants?|"
    r"équipes?|numéros?|écoles?|heures?|fois|séries?|turmas?|idade|anos?|filhos?|equipes?|escolas?|vezes|gruppen?|klassen?|"
    r"stufen?|jahre?|alter|kinder|nummern?|schulen?|stunden|besuche)\b",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"\W*(?:I|I'm|I've|we|we're|yo|je|nous|eu|nós|ich|wir)(?!\w)", re.IGNORECASE)


_ORDERS: Final = re.compile(
    r"\b(?:rank(?:s|ed|ing)?|(?:put|place) .{1,40} in order|order of (?:importance|preference|priority)|"
    r"orden(?:e|a|ar|en) .{1,60}(?:importancia|preferencia|prioridad)|orden de (?:importancia|preferencia|prioridad)|"
    r"class(?:ez|er|ement)|par ordre d|orden[ae]\w* por|ordem de (?:importância|preferência|prioridade)|classifique|"
    r"rangfolge|reihenfolge|ordnen sie)\b",
    re.IGNORECASE,
)


def asks_for_order(question: str) -> bool:
    """True if a question asks people to put things in order: a rank is no grade."""
    return _ORDERS.search(question[:_LONGEST]) is not None


def asks_to_rate(question: str) -> bool:
    """True if a question's words show that whole numbers as its answers are grades, not counts, codes, or years.

    >>> [asks_to_rate(words) for words in ("How useful was it?", "The session was useful to me", "Grade band", "Group")]
    [True, True, False, False]
    """
    text = question[:_LONGEST].replace("’", "'")
    if find_ends(text) is not None or _RATES.search(text):
        return True
    if _ASKS_WHAT.match(text):
        return False
    if len(_WORD.findall(text)) >= _WORDS_OF_A_STATEMENT:
        return _SAYS_SOMETHING.search(text) is not None
    return _FIRST_PERSON.match(text) is not None and not _COUNTS_OR_CODES.search(text)


_COUNTS: Final = re.compile(r"\b(?:per|attended|taught|served|number|count|visits|times|hours|years)\b", re.IGNORECASE)
_CODE: Final = re.compile(r"\W*[^\W\d_]{1,10}[\s._-]*\d[\w.-]*\W*")
"""`Q1`, `Item 3`: what it asks stands elsewhere."""
_WORDS_OF_A_SENTENCE: Final = 5
_FEWEST_OF_A_RATING: Final = 4
"""The highest answer to a question whose words say little must reach this, to be one of several ratings."""


def _may_rate(question: str) -> bool:
    """True if a question's words leave open that it rates something. A sentence may speak of schools and students."""
    text = question[:_LONGEST]
    if _ASKS_WHAT.match(text) or asks_for_order(text) or _CODE.fullmatch(text):
        return False
    is_sentence = len(_WORD.findall(text)) >= _WORDS_OF_A_SENTENCE
    return (_COUNTS if is_sentence else _COUNTS_OR_CODES).search(text) is None


def find_ratings(questions: Sequence[tuple[str, Collection[int]]]) -> list[bool]:
    """Return for each question whether it asks to rate something, given its words and its answers, whole numbers.

    A question whose own words leave it open is a rating if it stands next to one. `questions` are in order.
    """
    found = [
        asks_to_rate(words) and (set(answers) != {0, 1} or find_ends(words) is not None) for words, answers in questions
    ]
    open_to_both = [_may_rate(words) and max(answers, default=0) >= _FEWEST_OF_A_RATING for words, answers in questions]
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for place in order:
            found[place] = found[place] or (open_to_both[place] and found[place + step])
    return found
