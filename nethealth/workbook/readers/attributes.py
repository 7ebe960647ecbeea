"""Choose which extra columns of Members are attributes to compare by, and leave out those that identify people."""

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
"""The schema's columns by which members can be compared: field to header."""
FEWEST_FILLED: Final = 10
"""With fewer values we can't say whether they repeat."""
MOST_DISTINCT: Final = 0.5
"""A column is mostly unique if more than this share of its filled values differ."""

_CONTACT_HEADERS: Final = frozenset(
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
    """True if a header ends in `(private)`: its column is used only in metrics about groups that are large enough."""
    return _PRIVATE.search(header) is not None


def is_contact_header(header: str) -> bool:
    """True if a header is typical of phone numbers, addresses, or email addresses."""
    return folded(_PRIVATE.sub("", header)) in _CONTACT_HEADERS


def looks_like_contact(value: str) -> bool:
    """True if a value looks like a phone number, a postal address, or an email address."""
    if EMAIL_MARK.search(value):
        return True
    if len(value) > 200:
        return False
    digits = sum(character.isdigit() for character in value)
    if digits >= 7 and _PHONE.fullmatch(value) and not _DATE.fullmatch(value):
        return True
    return digits > 0 and " " in value and value[0].isdigit() and _STREET.search(value) is not None


def is_mostly_unique(values: Sequence[str]) -> bool:
    """True if ten or more values are filled and more than half of them differ."""
    return len(values) >= FEWEST_FILLED and len({value.casefold() for value in values}) > MOST_DISTINCT * len(values)


@dataclass(frozen=True, slots=True)
class AttributeColumns:
    """The extra columns that are attributes, as Members heads them."""

    columns: tuple[str, ...]
    wanted: frozenset[str]
    """Folded headers that staff want by name."""

    def shown(self, people: Iterable[Person]) -> tuple[str, ...]:
        """Return the columns to color, filter, and compare by: the schema's if filled, then the others."""
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
    """Return the extra columns that are attributes: all but those that are mostly unique or look like contact details.

    `people` holds each person's values by header. Staff can override this for a column by naming it in the setting
    `Color map by`, or in the Column names tab as `Attribute` (`wanted`, folded headers).
    """
    chosen = []
    for at, header in table.extra.items():
        values = [person[header] for person in people if header in person]
        if not values:
            continue
        if folded(header) not in wanted and (reason := _identifies_people(header, values)):
            table.report(
                Severity.NOTE,
                f"This column {reason}, so we don’t use it to color, filter, or compare.",
                "No action needed. To use it anyway, name it in Settings under “Color map by”, or list it in a “Column "
                "names” tab as “Attribute”.",
                row=table.header_row + 1,
                at=at,
                value=header,
            )
            continue
        chosen.append(header)
    return AttributeColumns(tuple(chosen), wanted)


def _identifies_people(header: str, values: Sequence[str]) -> str | None:
    contacts = sum(map(looks_like_contact, values))
    if is_contact_header(header) or 2 * contacts >= len(values):
        return "looks like phone numbers or addresses"
    return "is different for nearly every member" if is_mostly_unique(values) else None
