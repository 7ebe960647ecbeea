"""Email addresses leave the cells before anything reads them."""

import datetime as dt
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.privacy.email_masking import EMAIL_MARK, IP_MARK, mask_workbook, text_masker
from nethealth.workbook.raw import RawTab, RawWorkbook
from tests.cpu_time import measure_cpu_seconds

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def workbook_of(*rows, title="Book"):
    return RawWorkbook(title, [RawTab("Members", rows)], NOON)


def test_same_address_gets_same_mark():
    mask = text_masker()
    assert mask("Ana <ana@example.org>, ANA@example.org; ben@example.org") == "Ana <(email 1)>, (email 1); (email 2)"


def test_invisible_characters_hide_no_address():
    assert "example" not in text_masker()("ana\u200b@exam\u00adple.org")


@pytest.mark.parametrize(
    "text",
    [
        "see you @home, José",
        "Lunch @ noon",
        "Meet @ 6.30",
        "3@5 each",
        "100%40",
        "Ana @ana.example.org",
        "Look (at) it",
        "@",
        "a @ b\u200b",
    ],
)
def test_text_without_address_is_unchanged(text):
    assert text_masker()(text) == text


@pytest.mark.parametrize(
    "address",
    [
        '"q l"@x.example',
        '"q \\" l"@x.example',
        '"q@l"@x.example',
        '"q l".r@x.example',
        "“q l”@x.example",
        "q@localhost",
        "q@[192.0.2.9]",
        "q@[IPv6:2001:db8::1]",
        "q\uff20x.example",
        "q\ufe6bx.example",
        "ｑ＠ｘ．ｅｘａｍｐｌｅ",
        "q@x。example",
        "q(a comment)@x.example",
        "q@(a comment)x.example",
        "q @ x.example",
        "q@ x.example",
        "q@bücher.example",
        "नमस्ते@उदाहरण.भारत",
        "q\x00l@x.example",
        "q%40x.example",
        "q (at) x.example",
        "q[AT]x dot example",
        "q (at) x (dot) example",
        "q" * 5_000 + "@x.example",
        "q@" + "x" * 300 + ".example",
    ],
)
def test_every_form_of_address_is_masked_whole(address):
    assert text_masker()(f"Write to {address}, or call.") == "Write to (email 1), or call."
    assert text_masker()(address) == "(email 1)"


@pytest.mark.parametrize(
    "piece", ["@", "a@", "@1", "a%40", '"@', '"@x', "(at)", "x(at)y ", "@(", " @ ", "@[x", "@x.", "a@x dot "]
)
def test_crafted_text_is_masked_in_one_pass(piece):
    # If we looked back or ahead over the whole text for each piece, these would take half a minute, or hours.
    masked, seconds = measure_cpu_seconds(lambda: text_masker()(piece * 30_000 + " q@x.example"), enough=3)
    assert re.search(r" \(email \d\)$", masked)
    assert seconds < 3


def test_forms_of_one_address_get_one_mark():
    mask = text_masker()
    forms = (
        "ana@x.example",
        "ANA＠x.example",
        "ａｎａ@ｘ．example",
        "ana (at) x dot example",
        "a\u200bna(home)@x。example",
    )
    assert {mask(form) for form in forms} == {"(email 1)"}
    assert len({mask(f"{local}@x.example") for local in ("कि", "कु", "के")}) == 3


def test_quotes_around_an_address_are_no_part_of_it():
    text = 'He said "yes", and wrote "ana@x.example", "bo@x.example".'
    assert text_masker()(text) == 'He said "yes", and wrote "(email 1)", "(email 2)".'


LETTERS = "qzx"
"""In generated addresses; nothing around them holds these, in any form."""
WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in (*LETTERS, "@", ".", '"')}
PARTS = st.text(LETTERS, min_size=1, max_size=4)
DOTTED = st.lists(PARTS, min_size=1, max_size=3).map(".".join)
QUOTED = st.lists(st.sampled_from((*LETTERS, " ", '\\"', "@", "(", ",")), min_size=1, max_size=8).map(
    lambda signs: '"' + "".join(signs) + '"'
)
DOMAINS = st.one_of(DOTTED, PARTS, st.sampled_from(("[192.0.2.9]", "[IPv6:2001:db8::1]", "bücher.example")))
AROUND = st.text(max_size=12).filter(lambda text: not holds_letters(text))


def holds_letters(text):
    plain = unicodedata.normalize("NFKC", text).casefold()
    return any(letter in unicodedata.normalize("NFD", plain) for letter in LETTERS)


@st.composite
def unusual_addresses(draw):
    address = draw(DOTTED | QUOTED) + draw(st.sampled_from(("@", "\uff20", "\ufe6b"))) + draw(DOMAINS)
    if draw(st.booleans()):
        address = address.translate(WIDE)
    place = draw(st.integers(0, len(address)))
    return address[:place] + draw(st.sampled_from(("", "\u200b", "\u00ad", "\u2060", "\x07"))) + address[place:]


@settings(max_examples=400)
@given(AROUND, unusual_addresses(), AROUND)
def test_no_trace_of_any_address_in_any_text(before, address, after):
    assert not holds_letters(text_masker()(f"{before} {address} {after}"))


def test_marks_of_older_versions_are_known():
    assert EMAIL_MARK.fullmatch("(e-mail 3)")
    assert EMAIL_MARK.fullmatch("(email 3)")


def test_cells_titles_and_notes_are_masked():
    masked = mask_workbook(workbook_of(["Name"], ["ana@example.org"], title="ana@example.org"))
    assert (masked.title, masked.tabs[0].rows[1]) == ("(email 1)", ["(email 1)"])


def test_masked_workbook_stays_as_it_is():
    masked = mask_workbook(workbook_of(["Name"], ["ana@example.org"]))
    assert mask_workbook(masked) is masked


def test_fingerprint_tells_types_of_cells_apart():
    def fingerprint(cell):
        return mask_workbook(workbook_of(["Name"], [cell])).fingerprint

    assert fingerprint("Ana") == fingerprint("Ana")
    assert len({fingerprint(cell) for cell in ("Ana", 1, 1.0, "1", True, "TRUE", None, "")}) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"read_at": NOON + dt.timedelta(days=1)},
        {"timezone": "America/Chicago"},
        {"url": "https://example.org"},
        {"notes": ("We skipped a chart.",)},
        {"tabs": [RawTab("Roster", (["Name"],))]},
        {"tabs": [RawTab("Members", (["Name"],), url="https://example.org")]},
        {"tabs": [RawTab("Members", (["Name"],), hidden=True)]},
    ],
)
def test_fingerprint_notices_change_outside_cells(change):
    workbook = workbook_of(["Name"])
    assert mask_workbook(replace(workbook, **change)).fingerprint != mask_workbook(workbook).fingerprint


def test_fingerprint_ignores_time_of_day():
    later = replace(workbook_of(["Name"]), read_at=NOON + dt.timedelta(minutes=1))
    assert mask_workbook(later).fingerprint == mask_workbook(workbook_of(["Name"])).fingerprint


def test_huge_integer_does_not_raise():
    assert mask_workbook(workbook_of([10**5000]))


@pytest.mark.parametrize(
    "header", ["IP Address", "IPAddress", "ip address", "Submission IP", "Adresse IP", "IP-Adresse"]
)
def test_column_of_ip_addresses_is_masked(header):
    rows = [["A title"], ["Name", header], ["Ana", "10.0.0.1"], ["Ben", "2001:db8::1"], ["Cy", 167772161], ["Di", None]]
    masked = mask_workbook(workbook_of(*rows)).tabs[0].rows
    assert [list(row) for row in masked] == [
        rows[0],
        rows[1],
        *([name, IP_MARK] for name in ("Ana", "Ben", "Cy")),
        rows[5],
    ]
    # As a kind of response, the words head no column; an address below them is one all the same.
    kinds = [["Status"], ["IP Address"], ["Survey Preview"], ["10.0.0.1"]]
    assert [list(row) for row in mask_workbook(workbook_of(*kinds)).tabs[0].rows] == [*kinds[:3], [IP_MARK]]
    # Versions of a program look the same, and stay.
    other = workbook_of(["Name", "Version"], ["Ana", "10.0.0.1"])
    assert list(mask_workbook(other).tabs[0].rows) == list(other.tabs[0].rows)
