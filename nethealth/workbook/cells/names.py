"""Names in cells: split lists, compare names, find the closest known ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from nethealth.workbook.cells.characters import folded, unaccented

_BREAKS: Final = re.compile(r"[;；|｜\r\n\v\f\x85\u2028\u2029]+")
_SEPARATED: Final = re.compile(r'[,;|"]')
_LISTED: Final = re.compile(r'\s*+(?:"((?:[^"]|"")++)"\s*+|([^",;|]*+))(?:[,;|]|$)')
_COMMAS: Final = re.compile(r"[,，、]")
_AND: Final = re.compile(r"\s*&\s*|\s+(?:and|y|e)\s+", re.IGNORECASE)
_LAST_OF_LIST: Final = re.compile(r"(?:and|&|y|e|et|und)\s+|&", re.IGNORECASE)
"""What stands before the last name of a list: `Ana, Ben, and Carla`."""
_AROUND_COMMA: Final = re.compile(r"\s*[,，、]\s*")
_JOINERS: Final = str.maketrans(
    dict.fromkeys("\u200c\u200d") | dict.fromkeys("‘’ʼ´＇", "'") | dict.fromkeys("‐‑‒–", "-")
)
"""Characters that word processors and copies put in: joiners, and variants of the apostrophe and hyphen."""
_NO_LETTERS: Final = re.compile(r"[^\w]+")
_LONGEST_COMPARED: Final = 200
_BRACKETED: Final = re.compile(r"[(\[]([^()\[\]]{1,200})[)\]]")
_PRONOUNS: Final = re.compile(
    r"[\s|,-]+(?:she|he|they|ze|ella|él|elle|elles|il|ils|sie|er|ela|ele)(?:/\w+)+\s*$", re.IGNORECASE
)
_ADDED: Final = re.compile(r"\s+[-–—|@/]\s+|\s*\|\s*|,\s*|\s+(?:from|de la|@)\s+", re.IGNORECASE)
_GUEST: Final = re.compile(r"(.*\S)\s*[(\[]guest[)\]]", re.IGNORECASE)
TITLES_AFTER_NAMES: Final = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "phd", "edd", "md", "esq", "ma", "ms", "med", "mba", "rn")
)
"""What may follow a name after a comma, folded, and is no first name."""
_CLOSE_ENOUGH: Final = 75.0
_MOST_COMMAS: Final = 12


_DESCRIBED: Final = (
    re.compile(r"(?P<name>[^()\[\]]+?)\s*[(\[](?P<added>[^()\[\]]+)[)\]]"),
    re.compile(r"(?P<name>.+?)\s+[-–—|/·@]\s+(?P<added>.+)"),
    re.compile(r"(?P<name>[^,]+),\s*(?P<added>.+)"),
)
_NO_NAMES: Final = frozenset(
    folded(unaccented(words))
    for words in (
        *("Anonymous", "Anon", "Anonym", "Anonymous user", "Anonymous respondent", "Anonymously", "No name", "Noname"),
        *("None", "Nil", "Null", "NA", "N/A", "Not applicable", "Unknown", "Guest", "Private"),
        *("Prefer not to say", "I prefer not to say", "I’d prefer not to say", "I’d rather not say", "Rather not say"),
        *("Prefer not to answer", "Prefer not to disclose", "Prefer not to share", "Decline to answer", "Decline"),
        *("Declined", "Confidential", "Withheld", "Name withheld", "No answer", "Not given", "Prefer to be anonymous"),
        *("Prefer to remain anonymous", "I prefer to remain anonymous", "I would prefer not to say", "No thanks"),
        *("Anónimo", "Anónima", "Anonimato", "Ninguno", "Ninguna", "Sin nombre", "No aplica", "N/C"),
        *("Prefiero no decir", "Prefiero no decirlo", "Prefiero no responder", "Prefiero no contestar", "Confidencial"),
        *("Anonyme", "Anonymat", "Aucun", "Aucune", "Sans nom", "Sans objet", "Sans réponse"),
        *("Je préfère ne pas le dire", "Je préfère ne pas répondre", "Préfère ne pas répondre", "Préfère ne pas dire"),
        *("Je préfère ne pas dire", "Préfère ne pas le dire", "Confidentiel", "Je préfère rester anonyme"),
        *("Anônimo", "Anônima", "Nenhum", "Nenhuma", "Sem nome", "Não se aplica", "Prefiro não dizer"),
        *("Prefiro não responder", "Prefiro não informar", "Prefiro não me identificar", "Não informado"),
        *("Anonyme Antwort", "Kein", "Keine", "Kein Name", "Ohne Name", "Keine Angabe", "Keine Angaben"),
        *("k. A.", "Nicht zutreffend", "Möchte ich nicht sagen", "Möchte ich nicht angeben", "Vertraulich"),
        *("Prefiero permanecer en el anonimato", "Ich möchte anonym bleiben", "Möchte anonym bleiben", "Entfällt"),
    )
)
_ANONYMOUS: Final = ("anonym", "anonim")
"""How the word begins in five languages; no name does."""
_TEST_NAME: Final = re.compile(
    r"(?:testing|tests?|asdf+|qwerty|x{2,}|a{2,}|(?:test|prueba|teste?|essai)[\s_-]*"
    r"(?:response|answer|user|name|person|entry|account|only|\d{0,4}|[a-d])|prueba|teste?|essai)",
    re.IGNORECASE,
)

PHONE_MARK: Final = "Phone-"
"""How the codes begin that sessions write in place of a name."""
_PHONE_CODE: Final = re.compile(rf"{PHONE_MARK}[A-Z0-9]{{8}}")


def is_no_name(text: str) -> bool:
    """True if a text in place of a name is none: `Anonymous`, `N/A`, `prefer not to say`, `-`, `test 2`, a code.

    In English, Spanish, French, Portuguese, and German. Someone may still have such a name: look it up first.
    """
    key = folded(unaccented(text[:_LONGEST_COMPARED]))
    if is_anonymous(text) or _PHONE_CODE.fullmatch(text.strip()):
        return True
    return key in _NO_NAMES or not any(map(str.isalnum, key)) or _TEST_NAME.fullmatch(text.strip()) is not None


def name_key(text: str) -> str:
    """Return the key by which names, IDs, organizations, and tags are compared.

    Case, spacing (also at commas: `Garcia,PhD` is `Garcia, PhD`), and the kind of apostrophe, hyphen, or comma make no
    difference.
    """
    if text.isascii():
        key = " ".join(text.casefold().split())
        return _AROUND_COMMA.sub(", ", key) if "," in key else key
    key = unicodedata.normalize("NFC", " ".join(text.translate(_JOINERS).casefold().split()))
    return _AROUND_COMMA.sub(", ", key)


def _plain(text: str) -> str:
    """Return a name for similarity search: also without accents and punctuation."""
    key = name_key(text[:_LONGEST_COMPARED])
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if unicodedata.category(c)[0] != "M")
    return " ".join(_NO_LETTERS.sub(" ", key).split())


def is_anonymous(text: str) -> bool:
    """True if a text in place of a name says that someone stays anonymous, in five languages."""
    return folded(unaccented(text[:_LONGEST_COMPARED])).startswith(_ANONYMOUS)


def described_names(text: str) -> list[tuple[str, str]]:
    """Return how a text may be a name with something added: `Ana Ruiz (North HS)`, `Ana Ruiz - North HS`."""
    if len(text) > _LONGEST_COMPARED:
        return []
    found = (pattern.fullmatch(text.strip()) for pattern in _DESCRIBED)
    return [(match["name"], match["added"].strip()) for match in found if match]


def turned(text: str) -> str | None:
    """Return a name that begins with the last name the other way around; None for any other text.

    >>> turned("Ruiz, Ana")
    'Ana Ruiz'
    >>> turned("Garcia, PhD") is None
    True
    """
    last, comma, first = text[:_LONGEST_COMPARED].partition(",")
    first, last = first.strip(), last.strip()
    if not comma or not first or not last or "," in first or folded(first) in TITLES_AFTER_NAMES:
        return None
    return f"{first} {last}"


class NameIndex:
    """Known names, prepared once for many calls of `split_names` and `closest`."""

    __slots__ = ("_keys", "_most_commas", "_names", "_plain_names")

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._keys = frozenset(map(name_key, self._names))
        self._most_commas = min(max((key.count(",") for key in self._keys), default=0), _MOST_COMMAS)
        self._plain_names: tuple[str, ...] | None = None

    def __contains__(self, name: str | None) -> bool:
        return name is not None and name_key(name) in self._keys

    def __len__(self) -> int:
        return len(self._names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names as given, each once."""
        return self._names

    @property
    def plain_names(self) -> tuple[str, ...]:
        """The names as used for similarity search, in the same order."""
        if self._plain_names is None:
            self._plain_names = tuple(map(_plain, self._names))
        return self._plain_names

    @property
    def most_commas(self) -> int:
        """The most commas in any known name."""
        return self._most_commas


def _indexed(known: Collection[str] | NameIndex) -> NameIndex:
    return known if isinstance(known, NameIndex) else NameIndex(known)


def split_names(text: str, known: Collection[str] | NameIndex) -> list[str]:
    """Return the names listed in a cell, in order, as typed; none is empty.

    Split at `;`, `|`, or line breaks, else at commas, trying the longest known name first: a known name with a comma
    (`Garcia, PhD`) stays whole. In a list with `;`, a comma splits only if every part is a known name, and so do `and`
    and `&` in any list: `Tom Nguyen and Olga Petrov` are two people if both are known.
    """
    index = _indexed(known)
    return [name for listed in _split_list(text, index) for name in _split_at_and(listed, index)]


def _split_list(text: str, index: NameIndex) -> list[str]:
    if text.isascii() and text.isprintable() and not _SEPARATED.search(text):
        tidy = " ".join(text.split())
        return [tidy] if tidy else []
    if text in index:
        return [" ".join(text.split())]
    if '"' in text and (quoted := _quoted_list(text)):
        return quoted
    pieces = [tidy for piece in _BREAKS.split(text) if (tidy := " ".join(piece.split()).strip(",，、 "))]
    if len(pieces) == 1 and _BREAKS.search(text.strip()) is None:
        return _split_at_commas(pieces[0], index)
    names: list[str] = []
    for piece in pieces:
        parts = _split_at_commas(piece, index) if piece not in index else [piece]
        names.extend(parts if all(part in index for part in parts) else [piece])
    return names


def _quoted_list(text: str) -> list[str]:
    """Return the names of a list in which quotation marks enclose some whole names; empty if it is none.

    >>> _quoted_list('"Ruiz, Ana","Okafor, Ben",Carla Wynn')
    ['Ruiz, Ana', 'Okafor, Ben', 'Carla Wynn']
    >>> _quoted_list('Andrew "Rube" Foster')
    []
    """
    names, at = [], 0
    while at < len(text):
        match = _LISTED.match(text, at)
        if match is None:
            return []
        names.append(" ".join((match[1] or match[2]).replace('""', '"').split()))
        at = match.end()
    return [name for name in names if name]


def _split_at_and(text: str, index: NameIndex) -> list[str]:
    if text in index:
        return [text]
    if (last := _LAST_OF_LIST.match(text)) and (rest := text[last.end() :].strip()) in index:
        return [rest]
    if _AND.search(text) is None:
        return [text]
    parts = [part.strip() for part in _AND.split(text)]
    return parts if all(part in index for part in parts) else [text]


def _split_at_commas(text: str, index: NameIndex) -> list[str]:
    commas = [comma.start() for comma in _COMMAS.finditer(text)]
    if not commas:
        return [text]
    starts = [0, *(place + 1 for place in commas)]
    ends = [*commas, len(text)]
    if len(commas) == 1 and turned(text) in index and not any(part.strip() in index for part in text.split(",")):
        return [text]
    names: list[str] = []
    at = 0
    while at < len(starts):
        reach = min(at + index.most_commas, len(starts) - 1)
        to = next((end for end in range(reach, at, -1) if text[starts[at] : ends[end]].strip() in index), at)
        name = text[starts[at] : ends[to]].strip()
        if name:
            names.append(name)
        at = to + 1
    return names


def spellings(text: str) -> Iterator[str]:
    """Yield what a name from a meeting may mean: as written, then without what people add to it.

    >>> list(spellings("iPhone (Carla Wynn)"))
    ['iPhone (Carla Wynn)', 'iPhone', 'Carla Wynn']
    >>> list(spellings("Ruiz, Ana"))
    ['Ruiz, Ana', 'Ana Ruiz', 'Ruiz']
    """
    yield text
    if len(text) > _LONGEST_COMPARED:
        return
    outside = " ".join(_BRACKETED.sub(" ", text).split())
    plain = _PRONOUNS.sub("", outside).strip(" -–—|,")
    parts = [plain, *(found.strip() for found in _BRACKETED.findall(text))]
    last, comma, first = plain.partition(",")
    if comma:
        parts.append(f"{first.strip()} {last.strip()}")
    parts.append(_ADDED.split(plain, maxsplit=1)[0].strip())
    yield from dict.fromkeys(part for part in parts if part and part != text)


def guest_named(text: str) -> str | None:
    """Return the name in `Dana Fox (guest)`, which says that this is no member; None without this mark.

    >>> guest_named("Dana Fox (guest)"), guest_named("Dana Fox")
    ('Dana Fox', None)
    """
    found = _GUEST.fullmatch(text)
    return found[1].strip() if found else None


def closest(text: str, known: Collection[str] | NameIndex, *, limit: int = 3) -> list[str]:
    """Return the known names most similar to `text`, best first, at most `limit`; empty if none is similar.

    Similarity ignores case, accents, and the order of words. A first or last name alone finds the people who have it.
    """
    from rapidfuzz import fuzz, process

    index = _indexed(known)
    wanted = _plain(text)
    if not wanted or limit < 1:
        return []
    scores: dict[int, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio):
        hits = process.extract(wanted, index.plain_names, scorer=scorer, limit=limit, score_cutoff=_CLOSE_ENOUGH)
        for _, score, place in hits:
            scores[place] = max(scores.get(place, 0.0), float(score))
        if len(scores) >= limit:
            break
    best = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
    return [index.names[place] for place in best]
