"""The sentences that people read in the app, and a report on their reading grade: `make language`.

tests/test_language.py checks the same sentences. Here they are collected: string literals in the code, without
docstrings, technical strings, or markup; the metric definitions; and the prose of the docs, without code.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HARDEST_SHOWN = 20
FEWEST_WORDS, MOST_WORDS = 8, 80
"""Shorter strings are labels, whose grade means nothing; longer ones are lists of words."""
SENTENCE_END = re.compile(r"[.?!:…”\"]$")
"""Without one at its end, a string is a list of words that the readers know, or code."""
CITATION = re.compile(r"[a-z]+ (19|20)\d\d\b|; \w+; ")

TECHNICAL_KEYWORDS = frozenset({"key", "mime", "file_name", "icon", "bind", "pattern", "aliases", "metadata", "regex"})
TECHNICAL_CALLS = re.compile(r"(^|\.)(re\.\w+|compile|getattr|hasattr|setattr|get_logger|error|debug|warning|TypeVar)$")
CSS_OR_SCRIPT = re.compile(r"[{;]\s*[\w-]+\s*:[^;{}]*;|=>|\bfunction\b|\bconst \w")
SCRIPT_STRING = re.compile(r"([\"'`])((?:\\.|(?!\1)[^\\\n])*)\1")
DEFINITION = re.compile(r'(?!id\b|unit\b)\w+ = "(.*)"')
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
READ_ALOUD = re.compile(r"\b(?:alt|aria-label|title|placeholder)=[\"']([^\"']*)[\"']")
PLACEHOLDER = "5"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that people read, and where it is."""

    path: str
    line: int
    text: str


def code_files() -> list[Path]:
    """Return the Python, JavaScript, and TOML files with text that people read."""
    scripts = (path for path in (ROOT / "nethealth").rglob("*.js") if not path.name.endswith(".min.js"))
    return [
        ROOT / "app.py",
        *sorted((ROOT / "pages").rglob("*.py")),
        *sorted((ROOT / "nethealth").rglob("*.py")),
        *sorted(scripts),
        *sorted((ROOT / "nethealth").rglob("*.toml")),
    ]


def doc_files() -> list[Path]:
    """Return the documents."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def texts_in_code(source: str, *, path: str = "") -> Iterator[Text]:
    """Yield every string literal of a Python file that people may read, with markup removed."""
    for node in _literals(ast.parse(source)):
        raw = _literal_text(node)
        if CSS_OR_SCRIPT.search(raw):
            continue
        for text in (*READ_ALOUD.findall(raw), TAG.sub(" ", raw)):
            clean = " ".join(text.split())
            if _is_prose(clean):
                yield Text(path, node.lineno, clean)


def texts_in_script(source: str, *, path: str = "") -> Iterator[Text]:
    """Yield every string literal of a JavaScript file that people may read."""
    plain = SCRIPT_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    for match in SCRIPT_STRING.finditer(plain):
        text = " ".join(TAG.sub(" ", re.sub(r"\$\{[^{}]*\}", PLACEHOLDER, match[2])).split())
        if _is_prose(text) and not re.search(r"[{};=]|^[.#@\[]", text):
            yield Text(path, plain.count("\n", 0, match.start()) + 1, text)


def texts_in_definitions(source: str, *, path: str = "") -> Iterator[Text]:
    """Yield every string of a TOML file except ids and units."""
    for number, line in enumerate(source.splitlines(), start=1):
        if match := DEFINITION.fullmatch(line):
            yield Text(path, number, match[1])


def texts_in_docs(source: str, *, path: str = "") -> Iterator[Text]:
    """Yield every line of a Markdown file, without code, addresses, and HTML."""
    in_code = False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code:
            clean = re.sub(r"`[^`]*`", PLACEHOLDER, line)
            clean = re.sub(r"\]\([^)]*\)|https?://\S+", " ", clean)
            yield Text(path, number, " ".join(TAG.sub(" ", clean).split()))


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the texts of a Python, JavaScript, TOML, or Markdown file of this repository."""
    by_suffix = {".py": texts_in_code, ".js": texts_in_script, ".toml": texts_in_definitions, ".md": texts_in_docs}
    return by_suffix[path.suffix](path.read_text(encoding="utf-8"), path=path.relative_to(ROOT).as_posix())


def _literals(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    if isinstance(node, ast.JoinedStr):
        yield node
        # A formatted value may hold literals of its own: f"{'a' if b else 'c'}".
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _literals(part.value)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns") or (isinstance(node, ast.Subscript) and field == "slice"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_technical(child):
                yield from _literals(child)


def _is_technical(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):  # a docstring
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg in TECHNICAL_KEYWORDS
    return isinstance(node, ast.Call) and bool(TECHNICAL_CALLS.search(ast.unparse(node.func)))


def _literal_text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else PLACEHOLDER for part in node.values)


def _is_prose(text: str) -> bool:
    """True for a phrase or a capitalized word; False for identifiers, class names, and paths."""
    if not re.search(r"[A-Za-z]{2}", text):
        return False
    return " " in text if not text[:1].isupper() else not re.fullmatch(r"[A-Z0-9_]+|\S*[_/<>]\S*", text)


def main() -> None:
    """Print the median grade of the app's sentences and the hardest of them."""
    from textstat import textstat

    texts = [text for path in code_files() for text in texts_of(path)]
    texts = [
        text
        for text in texts
        if FEWEST_WORDS <= len(text.text.split()) <= MOST_WORDS
        and SENTENCE_END.search(text.text)
        and not CITATION.search(text.text)
    ]
    graded = sorted(((textstat.flesch_kincaid_grade(text.text), text) for text in texts), key=lambda pair: -pair[0])
    median = statistics.median(grade for grade, _ in graded)
    print(f"{len(graded):,} sentences in the app, median reading grade {median:.1f} (aim: at most 9)")
    print(f"The {HARDEST_SHOWN} hardest:")
    for grade, text in graded[:HARDEST_SHOWN]:
        print(f"{grade:5.1f}  {text.path}:{text.line}  {text.text[:160]}")


if __name__ == "__main__":
    sys.exit(main())
