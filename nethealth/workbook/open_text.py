"""What people write in their own words: members' names taken out of it, and the words that come up."""

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
"""A part of a name of fewer letters (an initial, `de`) is left in running text."""
SHORTEST_WORD: Final = 3
MIN_PEOPLE: Final = 3
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
    april art august autumn bell bill black brown chance charity chase church cook day dawn dean english faith field
    fields foster frank grace grant gray green harmony hill hope hunt iris joy july june justice law long major mark
    marks mason may melody mercy moon north olive page park parks price pride rich rock rose royal rush sage sandy
    scout silver sky snow song sparks spring star stone summer sunday sunny true valle wall walls waters west white
    will wills winter wise wood woods young
"""
_WORDS_AND_NAMES: Final = frozenset(_BOTH.split())
"""Parts of names that are common words as well, with which a sentence may begin."""
_BOTH_IN_SMALL_LETTERS: Final = """
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
_SMALL_WORDS: Final = frozenset(map(unaccented, _BOTH_IN_SMALL_LETTERS.split()))
"""Parts of names that are common words where they are written in small letters, and names where they are not."""
_NOBODY: Final = frozenset(
    {
        *("mrs", "miss", "prof", "professor", "doctor", "sra", "srta", "rev", "reverend"),
        *("phd", "edd", "mba", "msc", "esq", "iii", "del", "las", "los", "der", "den"),
    }
)
"""What stands in names and names nobody."""
_ARABIC_PREFIX: Final = re.compile(r"[وف]?(?:[بلك]?ال|لل|[بلك])?")
"""And, then; with, to, as; the: written without a space before a name."""
_ARABIC_LETTERS: Final = {**dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه"} | dict.fromkeys(
    (0x640, 0x670, *range(0x64B, 0x653))
)
"""Letters that people write for each other, and signs that they leave out."""
_CYRILLIC: Final = re.compile(r"[а-яєіґ]+")
_ENDINGS: Final = """
    а у ю я ы и і е є ом ем єм ым им ім ой ей ою ею єю ов ев ів ові еві єві ам ям ами ями ах ях
    ого его ому ему ая яя ую юю ий ый ых их ыми ими
"""
_CASES: Final = frozenset(unaccented(_ENDINGS).split())
"""What stands at the end of names in Russian and Ukrainian sentences."""
_NOMINATIVES: Final = ("", "а", "я", "и", "ь", "о", "е", "ий", "ии", "ыи", "ая")
"""What stands there in a list of names, as `_name_key` has it (`й` without its sign)."""
_SEVERAL: Final = re.compile(rf"{ANONYMOUS}(?:[ -]+(?:[A-ZÀ-Þ]\.? )?{ANONYMOUS})+")
"""Given name and surname, both masked, with or without an initial between, are one person."""


def redact_people(texts: Sequence[str], people: Iterable[Person]) -> list[str]:
    """The texts with nobody of these named: a full name, or a part of one, becomes "a member".

    So do two given names written as one, or one as two, and in Arabic, Russian and Ukrainian names with what hangs on
    them in a sentence. Nicknames stay. Accents and apostrophes make no difference. Written with a capital, a part of a
    name is taken for one; but at the beginning of a sentence, where every word has a capital, a part that is a common
    word as well (`will`, `hope`) stays, and so it does in small letters. Of an organization the whole name alone goes:
    `school` is everybody's word.
    """
    named = list(people)
    whole = NameMasker({each.name: ANONYMOUS for each in named})
    parts = frozenset(part for each in named if each.kind is Kind.PERSON for part in _parts_of(each.name))
    known: dict[str, tuple[str, str] | None] = {}
    return [_without_parts(whole(text) or "", parts, known) for text in texts]


def _parts_of(name: str) -> Iterable[str]:
    """What of a name names somebody by itself: no title, no particle (`de`, `van`), nothing too short."""
    words = _WORD.findall(name)
    is_written_as_name = any(word[0].isupper() for word in words)
    joined = ["".join(_WORD.findall(piece)) for piece in name.split() if "-" in piece]
    if len(words) > 2 and not _NOBODY & {_name_key(word) for word in words[:2]}:
        # Of three names the first two are mostly given ones: Mary Ann is Maryann as well.
        joined.append("".join(words[:2]))
    for word in (*words, *joined):
        key = _name_key(word)
        if len(key) >= SHORTEST_NAME and key not in _NOBODY and not (is_written_as_name and word[0].islower()):
            yield key


def _name_key(word: str) -> str:
    return unaccented(word).casefold().replace("'", "").replace("’", "").translate(_ARABIC_LETTERS)


def _without_parts(text: str, parts: frozenset[str], known: dict[str, tuple[str, str] | None]) -> str:
    def shown(found: re.Match[str]) -> str:
        word = found.group()
        if word not in known:
            known[word] = _part_in(word, parts)
        named = known[word]
        if named is None:
            return word
        key, ending = named
        before = text[: found.start()].rstrip(" \t")
        if key in _WORDS_AND_NAMES and (not before or before[-1] in _SENTENCE_ENDS):
            return word
        return ANONYMOUS + ending

    return _SEVERAL.sub(ANONYMOUS, _WORD.sub(shown, _two_as_one(text, parts))) if parts else text


def _two_as_one(text: str, parts: frozenset[str]) -> str:
    """The text without names that it writes as two words, and the list of names as one."""
    pieces, done = [], 0
    while found := _TWO.search(text, done):
        first, second = found["first"], found["second"]
        is_name = first[0].isupper() and second[0].isupper() and _name_key(first + second) in parts
        end = found.end() if is_name else found.start("second")
        pieces += [text[done : found.start()], ANONYMOUS] if is_name else [text[done:end]]
        done = end
    return "".join((*pieces, text[done:]))


def _part_in(word: str, parts: frozenset[str]) -> tuple[str, str] | None:
    """The part of a name that a word is, and what hangs on it; None where it names nobody."""
    owned = word.removesuffix("'s").removesuffix("’s")
    key, ending = _name_key(owned), word[len(owned) :]
    is_small = word.islower()
    if key not in parts and not is_small:
        # Several of one name, or an apostrophe that was left out: "the Lópezes", "Anas idea".
        key = next((key.removesuffix(end) for end in ("s", "es") if key.removesuffix(end) in parts), key)
        key = next((name for name in _names_behind(key) if name in parts), key)
    if key not in parts:
        return None
    is_a_word = key in _WORDS_AND_NAMES or key in _SMALL_WORDS or key in _QUIET_WORDS
    return None if is_small and is_a_word else (key, ending)


def _names_behind(key: str) -> Iterator[str]:
    """The names that a word in Arabic, Russian or Ukrainian may be a form of."""
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
    """The words of a text that say something, in small letters, each once."""
    found = (word.casefold().replace("’", "'") for word in _WORD.findall(text.replace(ANONYMOUS, " ")))
    return frozenset(
        word.removesuffix("'s") for word in found if len(word) >= SHORTEST_WORD and word not in _QUIET_WORDS
    )


def singular_forms(words: Iterable[str]) -> Mapping[str, str]:
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


def find_themes(texts: Sequence[str], *, fewest: int = MIN_PEOPLE) -> tuple[tuple[str, int], ...]:
    """The words that most answers use, with how many do; at least `fewest`, at most `MOST_WORDS`."""
    said = [content_words(text) for text in texts]
    forms = singular_forms(word for words in said for word in words)
    counts: dict[str, int] = {}
    for words in said:
        for form in {forms[word] for word in words}:
            counts[form] = counts.get(form, 0) + 1
    often = [(word, count) for word, count in counts.items() if count >= fewest]
    return tuple(sorted(often, key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS])
