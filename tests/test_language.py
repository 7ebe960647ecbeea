"""What people read is plain US English, and each term has one name.

A phrase here has a plainer alternative in US English; see the glossary (nethealth/ui/guide/glossary.py) for terms.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nethealth.ui.guide.glossary import GLOSSARY

ROOT = Path(__file__).parent.parent

PHRASES: Mapping[str, str] = {
    r"told|(?:tell|tells|telling) of": "shown, says, about",
    r"stands(?! out)|stood|lies(?! about)": "is",
    r"whoever|of whom|for whom|whom to|whom you|whom they|than whom|whomever": "people who, who",
    r"somebody|anybody|nobody": "someone, anyone, no one",
    r"save where|save when|save that": "unless, except",
    r"beside(?!s)": "next to, compared with",
    r"hangs? (?:together|on)": "are connected, depend on",
    r"by lot|dealt|anew": "at random, shuffled, again",
    r"chance would give": "expected by chance",
    r"mend|mends|mended|left out": "fix, skipped",
    r"bears? this name|bear the name": "has this name",
    r"(?:is|are) no (?-i:members?)": "isn't a member",
    r"nought": "zero",
    r"a (?:row|line|name|tab) each": "one per row",
    r"nothing needs? (?:doing|to be done|a hand)|needs a hand": "no action needed",
    r"just now|as far as": "right now, if",
    r"the page (?:Data|Guide|Overview|Connectivity|Weaving|Seating)": "the Data page",
    r"the tabs? [“*]*(?-i:[A-Z])\w+": "the Members tab",
    r"(?:is|are) shown to staff alone|for staff alone": "only staff see",
    r"no more than one|not a one": "at most one",
    r"thrice|hitherto|thereof|whereof|therein|whither|hence": "a plain word",
}
"""Regular expressions for phrases that no one says to a colleague, each with what to write instead."""

BRITISH: Mapping[str, str] = {
    r"colour\w*": "color",
    r"programmes?": "program",
    r"e-mails?": "email",
    r"centres?|centred": "center",
    r"metres?": "meter",
    r"(?:favour|neighbour|behaviour|honour|labour)\w*": "-or",
    r"grey": "gray",
    r"(?:label|model|travel|cancel)(?:led|ling)": "one l",
    r"whilst|amongst|towards|learnt": "while, among, toward, learned",
    r"practis\w+": "practice",
    r"judgements?": "judgment",
    r"licences?": "license",
    r"catalogues?": "catalog",
    r"enrols?|enrolment|fulfils?": "enroll, fulfill",
    r"per cent": "percent",
    r"analys(?:e|ed|ing)": "analyze",
    r"cheques?": "check",
    r"(?:organ|real|recogn|summar|visual|normal|minim|maxim|optim|categor|central|emphas|priorit|standard|final|general|"
    r"random|symbol|util|apolog|character|custom|special|stabil|synchron)is(?:e|ed|es|ing|ation|ations)": "-ize",
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}": (
        "November 30, 2026"
    ),
}
"""British spellings and dates, each with the US form."""

SYNONYMS: Mapping[str, str] = {re.escape(word): term.name.lower() for term in GLOSSARY for word in term.avoid}
"""Unwanted words for the glossary's terms."""

QUOTED = re.compile(
    r"[Tt]ie rule|social ties|Tie from strength|Ties, Edges|Organisation, School|"
    r"Colou?r map by|--colou?r-by|\?colour=|Smallest group shown|Tied when|\(in the sheet|Google Sheets?|spreadsheets?|"
    r"E-mail address|Name withheld|Withheld|go\.Figure|organization of social ties"
)
"""Names of the contract (headers, settings, options) and titles of papers, which keep their spelling."""

NOT_COPY = frozenset(
    {
        "nethealth/ui/guide/glossary.py",  # names the synonyms
        "nethealth/ui/routes.py",  # names old values of addresses
        "docs/glossary.md",
        "nethealth/workbook/layouts/attendance/headers.py",  # headers in five languages
        "nethealth/workbook/open_text.py",  # word lists in two languages
        "nethealth/workbook/proposals/likely_headers.py",  # headers of other tools
        "nethealth/workbook/schema/membership_words.py",  # words that people type in cells, in five languages
        "nethealth/workbook/schema/vocabulary.py",  # words that people type in cells
    }
)
WITH_TIES = (
    "nethealth/network/export/",
    "docs/architecture.md",
    "docs/command-line.md",
    "docs/decisions/",
    "docs/notebooks.md",
    "CHANGELOG.md",
)
"""Files on downloads and scripts, where a connection is a tie."""

BANNED = re.compile(
    "|".join(
        f"(?P<w{number}>\\b(?:{pattern})(?!\\w))" for number, pattern in enumerate((*PHRASES, *BRITISH, *SYNONYMS))
    ),
    re.IGNORECASE,
)
INSTEAD = (*PHRASES.values(), *BRITISH.values(), *SYNONYMS.values())


STRAIGHT_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=[a-z]s)'(?=\s)")
"""An apostrophe as typed on a keyboard. The app's text has curly ones, docs and docstrings have these."""
CURLY_APOSTROPHE = re.compile(r"\w+’\w+")


def language() -> ModuleType:
    spec = importlib.util.spec_from_file_location("language_report", ROOT / "docs" / "language_report.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["language_report"] = module
    spec.loader.exec_module(module)
    return module


REPORT = language()
FILES = [
    path for path in (*REPORT.code_files(), *REPORT.doc_files()) if path.relative_to(ROOT).as_posix() not in NOT_COPY
]


@cache
def texts_of(path: Path) -> Sequence[Any]:
    """The texts of a file, read once for all tests."""
    return tuple(REPORT.texts_of(path))


def findings(text: str) -> list[str]:
    """Every banned phrase in a text, with what to write instead."""
    plain = QUOTED.sub("…", text)
    return [
        f"“{match.group()}”: {INSTEAD[int((match.lastgroup or 'w0')[1:])]}"
        for match in BANNED.finditer(plain)
        if match.lastgroup
    ]


def findings_in(texts: Iterable[Any]) -> list[str]:
    return [
        f"{each.path}:{each.line} {finding}"
        for each in texts
        for finding in findings(each.text)
        if not (each.path.startswith(WITH_TIES) and finding.endswith(": connection"))
    ]


def test_copy_is_plain_us_english() -> None:
    assert findings_in(text for path in FILES for text in texts_of(path)) == []


def test_app_has_curly_apostrophes() -> None:
    texts = [text for path in REPORT.code_files() if path in FILES for text in texts_of(path)]
    assert [f"{each.path}:{each.line} {each.text}" for each in texts if STRAIGHT_APOSTROPHE.search(each.text)] == []


def test_docs_have_straight_apostrophes() -> None:
    docs = {path.name: CURLY_APOSTROPHE.findall(path.read_text(encoding="utf-8")) for path in REPORT.doc_files()}
    assert {name: found for name, found in docs.items() if found} == {}


@pytest.mark.parametrize("planted", ["We don't know this tab", "The members' list", "It's {5} of Ana's"])
def test_a_planted_straight_apostrophe_is_found(planted: str) -> None:
    (text,) = REPORT.texts_in_code(f'st.write(f"{planted}")\n')
    assert STRAIGHT_APOSTROPHE.search(text.text)


@pytest.mark.parametrize(
    "planted",
    [
        "Rows left out are told below.",
        "Whoever did not answer looks less connected.",
        "The colour of each organisation’s dot",
        "Read on 30 November 2026",
        "Share the sheet with this address",
        "Look at the tab Members",
        "Its figures are held back",
        "Nobody has a tie yet",
        "Send an e-mail",
        "Start with an empty workbook",
    ],
)
def test_a_planted_phrase_is_found(planted: str) -> None:
    assert findings(planted)
    assert findings_in(REPORT.texts_in_code(f'"""Doc."""\n\nTEXT = "{planted}"\n'))
    assert findings_in(REPORT.texts_in_code(f'st.html(f"<p class=\\"x\\">{planted} {{5}}</p>")\n'))
    assert findings_in(REPORT.texts_in_docs(f"# Title\n\n{planted}\n"))
    assert findings_in(REPORT.texts_in_definitions(f'id = "x"\nreading = "{planted}"\n'))
    assert findings_in(REPORT.texts_in_script(f'// Nobody is told.\nconst title = "{planted}";\n'))


@pytest.mark.parametrize(
    "harmless",
    [
        "Set Colour map by in the Settings tab, or use --colour-by.",
        "We skip rows we can’t read and list them on the Data page.",
        "What stands out? Understand it, then outfit the team.",
        "Open the workbook in Google Sheets.",
    ],
)
def test_plain_text_and_contract_names_pass(harmless: str) -> None:
    assert findings(harmless) == []


def test_docstrings_code_and_styles_are_not_copy() -> None:
    code = '"""Nobody is told."""\n\nSTYLE = "<style>.x { colour: red; }</style>"\nst.button("Go", key="nobody told")\n'
    assert findings_in(REPORT.texts_in_code(code)) == []
    assert findings_in(REPORT.texts_in_script("// Nobody is told.\nconst key = 'colour-by';\n")) == []
    assert findings_in(REPORT.texts_in_definitions('# Nobody is told.\nid = "told"\n')) == []
    assert findings_in(REPORT.texts_in_docs("```sh\n--colour told\n```\n\nUse `colour`.\n")) == []
