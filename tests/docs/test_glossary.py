"""docs/glossary.md is the app's glossary."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from nethealth.ui.guide.glossary import GLOSSARY

DOCS = Path(__file__).parents[2] / "docs"


def test_docs_match_the_app() -> None:
    spec = importlib.util.spec_from_file_location("make_glossary", DOCS / "make_glossary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.WRITTEN.read_text(encoding="utf-8") == module.page(), "run: make docs"


def test_terms_are_unique_and_in_order() -> None:
    names = [term.name.casefold() for term in GLOSSARY]
    assert names == sorted(set(names))


def test_a_term_is_not_another_terms_synonym() -> None:
    names = {term.name.casefold() for term in GLOSSARY}
    assert not names & {word.casefold() for term in GLOSSARY for word in term.avoid}
