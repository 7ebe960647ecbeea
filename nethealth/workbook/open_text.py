"""Open text: mask members' names in it, and find the words that come up often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from nethealth.privacy.display_names import ANONYMOUS, NameMasker
from nethealth.workbook.cells.characters import unaccented
from nethealth.workbook.records import Person
from nethealth.workbook.schema.vocabulary import Kind

_WORD: Final = re.compile(r"(?:[^\W\d_][\u064b-\u0652\u0670]*)+(?:['’][^\W\d_]+)*")
"""Letters, with the signs on them that Arabic may write."""
_TWO: Final = re.compile(r"\b(?P<first>[^\W\d_]+)[ -](?P<second>[^\W\d_]+)")
_SENTENCE_ENDS: Final = frozenset('.!?…:;\n•–—"“(')
SHORTEST_NAME: Final = 3
"""Shorter parts of a name (an initial, `de`) are left in the text."""
SHORTEST_WORD: Final = 3
MIN_PEOPLE: Final = 3
"""A word used by fewer people isn't a theme."""
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
_STOP_WORDS: Final = frozenset(f"{_ENGLISH} {_SPANISH}".split())
"""Words without a meaning of their own, in the two languages of the short survey."""
_NAMES_OR_WORDS: Final = """
    april art august autumn bell bill black brown chance charity chase church cook day dawn dean english faith field
    fields foster frank grace grant gray green harmony hill hope hunt iris joy july june justice law long major mark
    marks mason may melody mercy moon north olive page park parks price pride rich rock rose royal rush sage sandy
    scout silver sky snow song sparks spring star stone summer sunday sunny true valle wall walls waters west white
    will wills winter wise wood woods young
"""
_WORDS_AND_NAMES: Final = frozenset(_NAMES_OR_WORDS.split())
"""Parts of names that are also common words, with which a sentence may start."""
_NAMES_OR_LOWER_CASE_WORDS: Final = """
    angel archer baker banks barber barn bass beach bean bear berry best bird bishop bloom bond book booth bowl
    bridge bridges bright brook brooks bush butler camp cannon carpenter carter cash castle clay cotton court cross
    crystal daisy dale destiny diamond drew early eden eve farmer farms fern finch fisher flint flora flowers ford
    fox free freedom friend frost gale garden gates gay glass gold golden good gore grand hall hand hands hardy
    harper hart haven hazel heart heath heather heaven hedges high holiday holly honor house hunter ivy jack jewel
    joiner journey key keys king kitchen knight lake lamb land lane leader lemon liberty lily little lock london
    love lucky maker manor mars marsh marshal mayor meadow member merchant mill miller mills mint misty moody moss
    mountain nature nice noble nurse ocean page painter parent parker parson participant patience paul peace pearl
    penny people person pilot plant pope poppy porter potter pound powers principal quick quiet rain ranger ray read
    reader reason reed rice ridge ring river rivers road robin root ruby sailor salt sands santos sawyer school
    season senior sharp shepherd shine short singer skinner small smart smith sol soldier speed staff steel stern
    still stock storm story strange street strong student summers swan sweet tailor taylor teacher temple tiger
    tower town trail tree trinity trip troy turn turner union user vale valley victory violet virtue wade walker
    ward wards watch water way weaver week wells wheat wheeler willow wind wise wish wolf word words work worth
    wright yard
    alba alegre amor arroyo aurora barrio bello blanca blanco bravo bueno caballero calle camino campo campos casa
    casas castillo cielo claro corona cruz delgado director domingo dulce esperanza estrella feliz flor flores
    franco fuente fuentes gallo gracia guerra guerrero herrera hidalgo iglesia iglesias jardín lago leal linda lobo
    luna luz maestra maestro mar marina marino mayo mercado mesa montaña moreno nieves obispo oro padre palacios
    palma pastor paz pena piedra pino plaza prado prieto puente ramos real reina rey reyes ribera rico roca rojas
    rojo rosa rosario rubio río ríos salud salvador serrano sierra sierras soledad soto tierra toro torre torres
    trinidad valle vega verde victoria vida viva
"""
_LOWER_CASE_WORDS: Final = frozenset(map(unaccented, _NAMES_OR_LOWER_CASE_WORDS.split()))
"""Parts of names that are common words in lower case, and names when capitalized."""
_NOT_NAMES: Final = frozenset(
    {
        *("mrs", "miss", "prof", "professor", "doctor", "sra", "srta", "rev", "reverend"),
        *("phd", "edd", "mba", "msc", "esq", "iii", "del", "las", "los", "der", "den"),
    }
)
"""Titles, suffixes, and particles in names."""
_ARABIC_PREFIX: Final = re.compile(r"[وف]?(?:[بلك]?ال|لل|[بلك])?")
"""And, then; with, to, as; the: written without a space before a name."""
_ARABIC_LETTERS: Final = {**dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه"} | dict.fromkeys(
    (0x640, 0x670, *range(0x64B, 0x653))
)
"""Letters that people use interchangeably, and marks that they leave out."""
_CYRILLIC: Final = re.compile(r"[а-яєіґ]+")
_ENDINGS: Final = """
    а у ю я ы и і е є ом ем єм ым им ім ой ей ою ею єю ов ев ів ові еві єві ам ям ами ями ах ях
    ого его ому ему ая яя ую юю ий ый ых их ыми ими
"""
_CASES: Final = frozenset(unaccented(_ENDINGS).split())
"""Case endings of names in Russian and Ukrainian sentences."""
_NOMINATIVES: Final = ("", "а", "я", "и", "ь", "о", "е", "ий", "ии", "ыи", "ая")
"""Endings of names in the nominative, as written by `_name_key` (`й` without its mark)."""
_SEVERAL: Final = re.compile(rf"{ANONYMOUS}(?:[ -]+(?:[A-ZÀ-Þ]\.? )?{ANONYMOUS})+")
"""A masked given name and surname, with or without an initial in between, are one person."""


def redact_people(texts: Sequence[str], people: Iterable[Person]) -> list[str]:
    """Return the texts with these people's full names, and parts of them, replaced by "a member".

    This covers two given names written as one, one written as two, and inflected names in Arabic, Russian, and
    Ukrainian. Accents and apostrophes make no difference. Nicknames stay. A capitalized part of a name is a name,
    except at the start of a sentence if it is also a common word (`will`, `hope`); in lower case such words stay, too.
    Organizations are replaced by full name only: `school` is a word everyone uses.
    """
    named = list(people)
    whole = NameMasker({each.name: ANONYMOUS for each in named})
    parts = frozenset(part for each in named if each.kind is Kind.PERSON for part in _parts_of(each.name))
    known: dict[str, tuple[str, str] | None] = {}
    return [_mask_parts(whole(text) or "", parts, known) for text in texts]


def _parts_of(name: str) -> Iterable[str]:
    """Yield the parts of a name that identify someone: no titles, no particles (`de`, `van`), nothing too short."""
    words = _WORD.findall(name)
    is_written_as_name = any(word[0].isupper() for word in words)
    joined = ["".join(_WORD.findall(piece)) for piece in name.split() if "-" in piece]
    if len(words) > 2 and not _NOT_NAMES & {_name_key(word) for word in words[:2]}:
        # The first two of three names are mostly given names: Mary Ann is also written Maryann.
        joined.append("".join(words[:2]))
    for word in (*words, *joined):
        key = _name_key(word)
        if len(key) >= SHORTEST_NAME and key not in _NOT_NAMES and not (is_written_as_name and word[0].islower()):
            yield key


def _name_key(word: str) -> str:
    return unaccented(word).casefold().replace("'", "").replace("’", "").translate(_ARABIC_LETTERS)


def _mask_parts(text: str, parts: frozenset[str], known: dict[str, tuple[str, str] | None]) -> str:
    def mask(match: re.Match[str]) -> str:
        word = match.group()
        if word not in known:
            known[word] = _match_part(word, parts)
        named = known[word]
        if named is None:
            return word
        key, ending = named
        before = text[: match.start()].rstrip(" \t")
        if key in _WORDS_AND_NAMES and (not before or before[-1] in _SENTENCE_ENDS):
            return word
        return ANONYMOUS + ending

    return _SEVERAL.sub(ANONYMOUS, _WORD.sub(mask, _mask_names_in_two_words(text, parts))) if parts else text


def _mask_names_in_two_words(text: str, parts: frozenset[str]) -> str:
    """Mask names that the text writes as two words and the members' list as one."""
    pieces, done = [], 0
    while match := _TWO.search(text, done):
        first, second = match["first"], match["second"]
        is_name = first[0].isupper() and second[0].isupper() and _name_key(first + second) in parts
        end = match.end() if is_name else match.start("second")
        pieces += [text[done : match.start()], ANONYMOUS] if is_name else [text[done:end]]
        done = end
    return "".join((*pieces, text[done:]))


def _match_part(word: str, parts: frozenset[str]) -> tuple[str, str] | None:
    """Return the part of a name that a word is, and its suffix; None if it isn't a name."""
    owned = word.removesuffix("'s").removesuffix("’s")
    key, ending = _name_key(owned), word[len(owned) :]
    is_lower_case = word.islower()
    if key not in parts and not is_lower_case:
        # A plural, or a missing apostrophe: "the Lópezes", "Anas idea".
        key = next((key.removesuffix(end) for end in ("s", "es") if key.removesuffix(end) in parts), key)
        key = next((name for name in _names_behind(key) if name in parts), key)
    if key not in parts:
        return None
    is_a_word = key in _WORDS_AND_NAMES or key in _LOWER_CASE_WORDS or key in _STOP_WORDS
    return None if is_lower_case and is_a_word else (key, ending)


def _names_behind(key: str) -> Iterator[str]:
    """Yield the names that an Arabic, Russian, or Ukrainian word may be a form of."""
    if _CYRILLIC.fullmatch(key):
        for size in (1, 2, 3):
            stem = key[:-size]
            if key[-size:] in _CASES and len(stem) > 1:
                yield from (stem + ending for ending in _NOMINATIVES)
                # Павел, Павла.
                yield f"{stem[:-1]}е{stem[-1]}"
    elif "\u0621" <= key[:1] <= "\u064a" and (prefix := _ARABIC_PREFIX.match(key)) is not None:
        for start in range(1, prefix.end() + 1):
            yield key[start:]
            # To the: `لل` is `ل` and `ال`.
            if key[:start].endswith("لل"):
                yield f"ال{key[start:]}"


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text without stop words, in lower case, each once."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text.replace(ANONYMOUS, " ")))
    return frozenset(
        word.removesuffix("'s") for word in words if len(word) >= SHORTEST_WORD and word not in _STOP_WORDS
    )


def singular_forms(words: Iterable[str]) -> Mapping[str, str]:
    """Map each word to the form it is counted under: a plural to its singular if both are used."""
    known = set(words)
    forms: dict[str, str] = {}
    for word in known:
        singular = next(
            (word[: -len(ending)] for ending in ("s", "es") if word.endswith(ending) and word[: -len(ending)] in known),
            word,
        )
        forms[word] = singular
    return forms


def find_themes(texts: Sequence[str], *, fewest: int = MIN_PEOPLE) -> tuple[tuple[str, int], ...]:
    """Return the words used in most answers and their counts: at least `fewest` each, at most `MOST_WORDS` words."""
    words_of_texts = [content_words(text) for text in texts]
    forms = singular_forms(word for words in words_of_texts for word in words)
    counts: dict[str, int] = {}
    for words in words_of_texts:
        for form in {forms[word] for word in words}:
            counts[form] = counts.get(form, 0) + 1
    themes = [(word, count) for word, count in counts.items() if count >= fewest]
    return tuple(sorted(themes, key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS])
