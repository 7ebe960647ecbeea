"""Write docs/glossary.md from the app's glossary: `make docs`. A test checks that the two agree."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from nethealth.ui.guide.glossary import GLOSSARY  # noqa: E402

WRITTEN = ROOT / "docs" / "glossary.md"


def page() -> str:
    """Return the whole page."""
    terms = "\n\n".join(f"**{term.name}**: {term.meaning}" for term in GLOSSARY).replace("’", "'")
    return f"# Glossary\n\nOne term, one meaning, in the app and in these docs. Written by `make docs`.\n\n{terms}\n"


if __name__ == "__main__":
    WRITTEN.write_text(page(), encoding="utf-8")
