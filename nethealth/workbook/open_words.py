"""What people write in their own words: members' names taken out of it, and the words that come up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from nethealth.workbook.naming import SOMEBODY, NameMask

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS: Final = frozenset('.!?…:;\n•–—"“(')
SHORTEST_NAME: Final = 3
"""A part of a name of fewer letters (an initial, `de`) is left in running text."""
SHORTEST_WORD: Final = 3
FEWEST_SAY: Final = 3
"""A word that fewer people use does not come up."""
MOST_WORDS: Final = 24

_ENGLISH: Final = """
    about above after again against all also although always and another any anybody anyone anything are around because
    been before began begin being below between both but can cannot come could did does doing done down during each
    either else enough especially even ever every everybody everyone everything few first for from further gave get
    gets getting give given gives goes going good got had has have having her here hers him his how however into its
    itself just keep know last least less let like little lot lots made make makes making many may maybe might mine more
    most much must myself nearly need never next nobody none nor not nothing now off often once one ones only onto other
    others ought our ours ourselves out over own people perhaps please put quite rather really said same say see seem
    seems shall she should since some somebody somehow someone something sometimes somewhere soon still such take than
    thank thanks that the their theirs them themselves then there these they thing things think this those though three
    through together too toward towards two under until upon use used using very want was way ways well went were what
    when where whether which while who whole whom whose why will with within without would yes yet you your yours
    don't doesn't didn't can't couldn't isn't aren't wasn't weren't won't wouldn't i'm i've i'd it's that's we've we're
"""
_SPANISH: Final = """
    ahora algo alguien algún alguna algunas alguno algunos ambos ante antes aquel aquella aquí así aún aunque bajo bien
    cada casi como cómo con contra cosa cosas cual cuál cuando cuándo cuanto del demás desde después donde dónde dos
    ella ellas ellos entonces entre era eran eres esa esas ese eso esos esta está están estar estas este esto estos
    estoy fue fueron gracias gran haber había hace hacer hacia han hasta hay hemos hice hizo incluso las les los luego
    más mejor menos mía mías mientras mío míos mis mismo misma mucha muchas mucho muchos muy nada nadie ningún ninguna
    nos nosotras nosotros nuestra nuestras nuestro nuestros nunca otra otras otro otros para pero poca poco pocos por
    porque pues puede pueden que qué quien quién quienes sea ser será si sí sido siempre sin sino sobre solo sólo son
    soy sus suya suyo también tampoco tan tanto tener tengo tenemos tiene tienen toda todas todavía todo todos tras tres
    una unas uno unos usted ustedes vez veces voy ya yo
"""
_QUIET_WORDS: Final = frozenset(f"{_ENGLISH} {_SPANISH}".split())
"""They say nothing by themselves, in the two languages of the short survey."""
_BOTH: Final = """
    april art august autumn baker banks bell berry bill bishop black brooks brown chance charity chase church
    clay cook day dawn dean english faith field fields fisher ford foster frank grace grant gray green harmony
    hill hope hunt hunter iris ivy joy july june justice king knight lane law long major mark marks marshal
    mason may melody mercy mills misty moon north olive page park parks pearl pope potter powers price pride
    ray reed rich rivers rock rose royal ruby rush sage santos sandy scout silver singer sky smith snow sol
    song sparks spring star stern stone summer sunday sunny true turner valle violet walker wall walls wards
    waters wells west white will wills winter wise wolf wood woods young
"""
_WORDS_AND_NAMES: Final = frozenset(_BOTH.split())
"""Parts of names that are common words as well."""


def without_people(texts: Sequence[str], names: Iterable[str]) -> list[str]:
    """The texts with nobody of these names named: a full name, or a part of one, becomes "a member".

    A part of a name is known by its capital. At the beginning of a sentence every word has one: there a part that is a
    common word as well (`will`, `hope`) stays.
    """
    whole = NameMask(dict.fromkeys(names, SOMEBODY))
    parts = {word.casefold() for name in names for word in _WORD.findall(name) if len(word) >= SHORTEST_NAME}
    if not parts:
        return list(texts)
    return [_without_parts(whole(text) or "", parts) for text in texts]


def _without_parts(text: str, parts: set[str]) -> str:
    def shown(found: re.Match[str]) -> str:
        word = found.group()
        owned = word.removesuffix("'s").removesuffix("’s")
        key = owned.casefold()
        if key not in parts or not word[0].isupper():
            return word
        before = text[: found.start()].rstrip(" \t")
        if key in _WORDS_AND_NAMES and (not before or before[-1] in _SENTENCE_ENDS):
            return word
        return SOMEBODY + word[len(owned) :]

    masked = _WORD.sub(shown, text)
    # Given name and surname, both masked, are one person.
    return re.sub(rf"{SOMEBODY}(?:[ -]{SOMEBODY})+", SOMEBODY, masked)


def words_in(text: str) -> frozenset[str]:
    """The words of a text that say something, in small letters, each once."""
    found = (word.casefold().replace("’", "'") for word in _WORD.findall(text.replace(SOMEBODY, " ")))
    return frozenset(
        word.removesuffix("'s") for word in found if len(word) >= SHORTEST_WORD and word not in _QUIET_WORDS
    )


def one_form(words: Iterable[str]) -> Mapping[str, str]:
    """Each word by the form under which it is counted: a plural goes with its singular where both are used."""
    known = set(words)
    forms: dict[str, str] = {}
    for word in known:
        singular = next(
            (word[: -len(ending)] for ending in ("s", "es") if word.endswith(ending) and word[: -len(ending)] in known),
            word,
        )
        forms[word] = singular
    return forms


def words_that_come_up(texts: Sequence[str], *, fewest: int = FEWEST_SAY) -> tuple[tuple[str, int], ...]:
    """The words that most answers use, with how many do; at least `fewest`, at most `MOST_WORDS`."""
    said = [words_in(text) for text in texts]
    forms = one_form(word for words in said for word in words)
    counts: dict[str, int] = {}
    for words in said:
        for form in {forms[word] for word in words}:
            counts[form] = counts.get(form, 0) + 1
    often = [(word, count) for word, count in counts.items() if count >= fewest]
    return tuple(sorted(often, key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS])
