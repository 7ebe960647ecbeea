"""Which further columns of Members are something to compare by, and which say too much of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Person, Severity
from nethealth.workbook.schema.membership_tabs import MEMBERS, MemberRow

_PRIVATE: Final = re.compile(r"\(\s*private\s*\)\s*$", re.IGNORECASE)
CONTRACT_ATTRIBUTES: Final = {
    field: MEMBERS.columns[field].name for field in ("organization", "role", "leadership_role", "region")
}
"""The columns of the contract by which members can be compared: what heads each, by its field."""
FEWEST_FILLED: Final = 10
"""With fewer values nobody can say whether they repeat."""
MOST_DISTINCT: Final = 0.5
"""A column is mostly unique where more than this share of its filled values differ."""

_TELLING_HEADERS: Final = frozenset(
    {
        *("phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "cell", "cellphone", "fax", "whatsapp"),
        *("address", "homeaddress", "streetaddress", "mailingaddress", "postaladdress", "street", "addressline1"),
        *("emailaddress", "secondemail", "workemail", "personalemail", "teléfono", "dirección", "correo"),
    }
)
_PHONE: Final = re.compile(r"\+?[\d\s().\-/]{7,24}(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?", re.IGNORECASE)
_STREET: Final = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|terrace|highway|hwy|"
    r"calle|avenida|p\.?\s?o\.?\s*box|apt|suite)\b\.?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[-/]\s?\d{4}")


def is_private(header: str) -> bool:
    """Whether a header ends in `(private)`: its column serves only figures about groups large enough."""
    return _PRIVATE.search(header) is not None


def is_contact_header(header: str) -> bool:
    """Whether a header is one of columns of phone numbers, addresses or e-mail addresses."""
    return folded(_PRIVATE.sub("", header)) in _TELLING_HEADERS


def looks_like_contact(value: str) -> bool:
    """Whether a value looks like a phone number, a postal address or an e-mail address."""
    if EMAIL_MARK.search(value):
        return True
    if len(value) > 200:
        return False
    digits = sum(character.isdigit() for character in value)
    if digits >= 7 and _PHONE.fullmatch(value) and not _DATE.fullmatch(value):
        return True
    return digits > 0 and " " in value and value[0].isdigit() and _STREET.search(value) is not None


def is_mostly_unique(values: Sequence[str]) -> bool:
    """Whether more than half of the filled values differ, with ten or more filled."""
    return len(values) >= FEWEST_FILLED and len({value.casefold() for value in values}) > MOST_DISTINCT * len(values)


@dataclass(frozen=True, slots=True)
class AttributeColumns:
    """The further columns that are attributes, as the sheet heads them."""

    columns: tuple[str, ...]
    wanted: frozenset[str]
    """Folded headers that staff ask for by name."""

    def shown(self, people: Iterable[Person]) -> tuple[str, ...]:
        """Columns to colour, filter and compare by: the known ones that hold something and repeat, then the others."""
        people = list(people)
        known = []
        for header in CONTRACT_ATTRIBUTES.values():
            values = [person.attributes[header] for person in people if header in person.attributes]
            if values and (folded(header) in self.wanted or not is_mostly_unique(values)):
                known.append(header)
        return (*known, *(header for header in self.columns if not is_private(header)))


def choose_attributes(
    table: TabRows[MemberRow], people: Sequence[dict[str, str]], *, wanted: frozenset[str] = frozenset()
) -> AttributeColumns:
    """Which further columns are attributes: not those that are mostly unique or look like phones or addresses.

    `people` holds each person's values by header. Staff say that a column is one after all by naming it under
    `Colour map by`, or in the Column names tab with `Attribute` for its column (`wanted`, folded headers).
    """
    kept = []
    for at, header in table.extra.items():
        values = [person[header] for person in people if header in person]
        if not values:
            continue
        if folded(header) not in wanted and (why := _too_telling(header, values)):
            table.tell(
                Severity.NOTE,
                f"This column {why}; it is not used to colour, filter or compare by.",
                "Nothing needs doing. If it is meant to be, name it in Settings under “Colour map by”, or in a tab "
                "“Column names” with the column “Attribute”.",
                row=table.header_row + 1,
                at=at,
                value=header,
            )
            continue
        kept.append(header)
    return AttributeColumns(tuple(kept), wanted)


def _too_telling(header: str, values: Sequence[str]) -> str | None:
    contacts = sum(map(looks_like_contact, values))
    if is_contact_header(header) or 2 * contacts >= len(values):
        return "looks like phone numbers or addresses"
    return "is mostly unique to each member" if is_mostly_unique(values) else None
