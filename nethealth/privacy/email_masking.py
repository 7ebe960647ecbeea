"""Email and IP addresses are masked before anything else reads the cells.

Each address becomes `(email 1)`, `(email 2)`, …: equal addresses get the same mark, so people can still be matched, and
nothing of the address remains. Any form that mail takes counts: quoted, with a comment, without a dot, with the number
of a machine, in wide letters, in any alphabet, or broken up by invisible characters; also `name (at) example.org`.

Form tools note the IP address of people who answer: a column headed `IP address` holds `(IP address)` instead.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook, SkippedFile

EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,320}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
"""The usual form of an address."""
EMAIL_MARK: Final = re.compile(r"\(e-?mail \d+\)")
"""What stands for an address. Readings that older versions stored on disk hold the form with a hyphen."""
IP_MARK: Final = "(IP address)"
"""What stands for whatever a column of IP addresses holds."""
_IP_HEADERS: Final = frozenset(
    map(
        folded,
        (
            *("IP address", "IP addresses", "IP", "IP addr", "Submission IP", "Remote IP", "Client IP", "User IP"),
            *("Respondent IP", "Respondent IP address", "Your IP address", "IP-Adresse", "Adresse IP", "Dirección IP"),
            *("Endereço IP", "Endereço de IP", "Indirizzo IP", "Remote address", "IP address (hidden)", "IPv4", "IPv6"),
        ),
    )
)
_HEADER_ROWS: Final = 10
_KIND_HEADERS: Final = ("Status", "Response Type")
"""Under these, Qualtrics writes `IP Address` for responses of people, unlike those that staff gave as a test."""
_LONGEST_IP_HEADER: Final = 40
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")

_AT: Final = re.compile(r"@|%40| ?[(\[]at[)\]] ?", re.IGNORECASE)
_DOT: Final = r"(?:\.| ?[(\[]dot[)\]] ?| dot )"
_DOMAIN: Final = re.compile(
    rf"(?P<gap> ?(?:\([^()]{{0,100}}\))? ?)(?P<name>\[[^\[\]\s]{{1,255}}\]|[\w-]++(?P<rest>(?:{_DOT}[\w-]++)*+))",
    re.IGNORECASE,
)
_MORE_DOMAINS: Final = re.compile(r"(?:@[\w-]++(?:\.[\w-]++)*+)*+")
"""What follows in `a@x.example@y.example`."""
_TOP_LEVEL: Final = re.compile(r".*[^\w-](?:dot[^\w-]+)?[^\W\d_]{2}[\w-]*", re.IGNORECASE | re.DOTALL)
_QUOTED: Final = r"""(?:"(?:[^"]|"(?=\\))*+"(?!\\)|"[^"]*+"|"[^"\s]*+)"""
"""Backward: a quote after a backslash doesn't end the text."""
_SIGNS: Final = r"[\w.!#$%&'*+/=?^`{|}~-]"
_LOCAL_BACKWARD: Final = re.compile(
    rf"(?P<gap> ?(?:\)[^()]{{0,100}}\()? ?)"
    rf"(?P<name>(?:{_SIGNS}++|{_QUOTED})(?:(?<=\.){_QUOTED}|(?<=\")(?=\.){_SIGNS}++)*+)"
)
LONGEST_QUOTED: Final = 64
_QUOTES_CLOSE: Final = re.compile(
    rf'(?:[^"\\]|\\.){{0,{LONGEST_QUOTED}}}"@(?:[^\W\d_]|\[[^\[\]\s]{{1,255}}\])', re.DOTALL
)
_WINDOW: Final = 400
"""Characters before an at sign that are looked at first."""


class _PlainLetters(dict[int, int | str]):
    """For each character, the one of the same width by which it is matched: wide ones as usual, marks as letters."""

    def __missing__(self, code: int) -> int | str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter)
        if plain in "。":
            plain = "."
        elif plain in "“”„‟":
            plain = '"'
        elif unicodedata.category(letter).startswith("M"):
            plain = "m"
        self[code] = plain if len(plain) == 1 else code
        return self[code]


_PLAIN_LETTERS: Final = _PlainLetters()


def text_masker() -> Callable[[str], str]:
    """Return a function that masks the addresses in a text, in whatever form.

    One address gets the same number at each call, in any case. Texts without an address come back unchanged, except
    that a broken surrogate, which no file can hold, becomes a replacement character.
    """
    numbers: dict[str, int] = {}

    def mark(address: str) -> str:
        return f"(email {numbers.setdefault(address, len(numbers) + 1)})"

    def mask(text: str) -> str:
        if not text.isascii() and _SURROGATES.search(text):
            text = _SURROGATES.sub("\ufffd", text)
        if not _may_hold_address(text):
            return text
        if text.isascii() and EMAIL.fullmatch(text):
            return mark(text.casefold())
        visible = text if text.isascii() and text.isprintable() else _visible(text)
        parts, done = [], 0
        for start, end, address in _addresses(visible):
            parts += [visible[done:start], mark(address)]
            done = end
        return "".join((*parts, visible[done:])) if parts else text

    return mask


def _may_hold_address(text: str, *, start: int = 0) -> bool:
    """True if a text holds anything that could be an at sign. Quick, since most texts hold none."""
    if "@" in text or ("%" in text and "%40" in text):
        return True
    if not text.isascii() and ("\uff20" in text or "\ufe6b" in text):
        return True
    if text.find("(", start) < 0 and "[" not in text:
        return False
    lower = text.lower()
    return "at)" in lower or "at]" in lower


def _addresses(visible: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each address starts and ends, and the address itself, the same in all its forms."""
    plain = visible if visible.isascii() else visible.translate(_PLAIN_LETTERS)
    done = 0
    for at in _AT.finditer(plain):
        is_taken = at.start() < done or _is_inside_quotes(plain, at, floor=done)
        domain = None if is_taken else _DOMAIN.match(plain, at.end())
        if domain is None or not (at[0] == "@" or _has_top_level(domain)):
            continue  # before we look back, which could take as long as the text each time
        local = _local_before(plain, at.start(), floor=done)
        if local is None or not _is_address(at[0], local=local, domain=domain):
            continue
        start, name_end = at.start() - local.end(), at.start() - local.start("name")
        name = _folded(visible[start:name_end]) + "@"
        more = _MORE_DOMAINS.match(plain, domain.end())
        done = more.end() if more else domain.end()
        yield start, done, name + re.sub(_DOT, ".", _folded(visible[domain.start("name") : done]))


def _is_inside_quotes(plain: str, at: re.Match[str], *, floor: int) -> bool:
    """True for the first at sign of `"ana@home"@example.org`: the second one takes all of it."""
    start = max(floor, at.start() - LONGEST_QUOTED)
    return _QUOTES_CLOSE.match(plain, at.end()) is not None and '"' in plain[start : at.start()]


def _is_address(at: str, *, local: re.Match[str], domain: re.Match[str]) -> bool:
    """True unless it may be something else: `3@5`, `lunch @ noon`, `Ana @her.handle`, `look (at) it`."""
    if at == "@" and not local["gap"] and not domain["gap"]:
        return domain["rest"] != "" or re.search(r"[^\W\d_]", domain["name"]) is not None
    is_handle = at == "@" and local["gap"] == " " and not domain["gap"]
    return not is_handle and _has_top_level(domain)


def _has_top_level(domain: re.Match[str]) -> bool:
    return _TOP_LEVEL.fullmatch(domain["rest"] or "") is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("。", ".").casefold()


def _local_before(plain: str, end: int, *, floor: int) -> re.Match[str] | None:
    """Return the part of an address before its at sign, matched backward, never beyond `floor`."""
    window = _WINDOW
    while True:
        start = max(floor, end - window)
        local = _LOCAL_BACKWARD.match(plain[start:end][::-1])
        if local is None or start == floor or local.end() < end - start:
            return local
        window *= 8


def _visible(text: str) -> str:
    """Return the text composed (NFC) and without invisible characters, behind which an address could hide."""
    return unicodedata.normalize("NFC", "".join(c for c in text if c in "\t\n\r" or not _is_invisible(c)))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedWorkbook(RawWorkbook):
    """A workbook without email addresses. `mask_workbook` makes it."""

    fingerprint: str
    """A digest of the day and everything read, but not of the time; 1, "1", and TRUE differ."""


def mask_workbook(raw: RawWorkbook) -> MaskedWorkbook:
    """Return the workbook with every address masked in cells, titles, and notes; one that is masked as it is."""
    if isinstance(raw, MaskedWorkbook):
        return raw
    mask = text_masker()
    title, notes = mask(raw.title), tuple(mask(note) for note in raw.notes)
    digest = hashlib.sha256(_bytes((title, raw.day, raw.timezone, raw.url, notes)))
    tabs = []
    for tab in raw.tabs:
        tab_title = mask(tab.title)
        digest.update(_bytes((tab_title, tab.url, tab.hidden, len(tab.rows))))
        tabs.append(
            RawTab(
                title=tab_title, rows=_masked_rows(_without_ip(tab.rows), mask, digest), url=tab.url, hidden=tab.hidden
            )
        )
    return MaskedWorkbook(
        title=title,
        tabs=tabs,
        read_at=raw.read_at,
        timezone=raw.timezone,
        url=raw.url,
        notes=notes,
        skipped=tuple(SkippedFile(*map(mask, (file.name, file.message, file.remedy))) for file in raw.skipped),
        fingerprint=digest.hexdigest(),
    )


def _bytes(values: tuple[object, ...]) -> bytes:
    return repr(values).encode("utf-8", "replace")


def _without_ip(rows: Sequence[Sequence[RawCell]]) -> Sequence[Sequence[RawCell]]:
    """Return the rows with whatever stands below a header that says `IP address` replaced."""
    below: dict[int, int] = {}
    kinds = {column for row in rows[:1] for column, cell in enumerate(row) if cell in _KIND_HEADERS}
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and len(cell) <= _LONGEST_IP_HEADER and folded(cell) in _IP_HEADERS:
                below.setdefault(column, number)
    if not below:
        return rows

    def masked(number: int, row: Sequence[RawCell]) -> Sequence[RawCell]:
        copy = list(row)
        for column, header in below.items():
            if number > header and column < len(copy) and copy[column] not in (None, ""):
                stays = not _is_ip(copy[column]) if column in kinds else _is_header_cell(copy[column])
                copy[column] = copy[column] if stays else IP_MARK
        return copy

    return [masked(number, row) for number, row in enumerate(rows)]


def _is_ip(cell: RawCell) -> bool:
    try:
        ip_address(str(cell).strip())
    except ValueError:
        return False
    return True


def _is_header_cell(cell: RawCell) -> bool:
    """True if a cell repeats the header, as Qualtrics does in its second and third row."""
    return isinstance(cell, str) and (folded(cell) in _IP_HEADERS or cell.startswith('{"ImportId"'))


def _masked_rows(
    rows: Sequence[Sequence[RawCell]], mask: Callable[[str], str], digest: hashlib._Hash
) -> list[Sequence[RawCell]]:
    masked: list[Sequence[RawCell]] = []
    for original in rows:
        row = original
        # Check the whole row at once: nearly no row holds an address, and the others need no copy.
        try:
            written = repr(tuple(row))
        except ValueError:
            # Python refuses to write out integers of thousands of digits.
            row = [cell if not isinstance(cell, int) or abs(cell) < 10**300 else "(too large)" for cell in original]
            written = repr(tuple(row))
        if "\\ud" in written or _may_hold_address(written, start=1):
            copy = [mask(cell) if isinstance(cell, str) else cell for cell in row]
            masked.append(copy)
            written = repr(tuple(copy))
        else:
            masked.append(row)
        digest.update(written.encode("utf-8", "replace"))
    return masked
