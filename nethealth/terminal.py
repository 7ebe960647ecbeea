"""What the commands share: how they read the secrets, write files, and print."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nethealth.errors import UsageError


def write_file(out: Path, write: Callable[[], object]) -> None:
    """Write a file by calling `write`, and say so. Raises UsageError if that fails."""
    try:
        write()
    except OSError as error:
        raise UsageError(
            f"We couldn’t write “{out}”: {error.strerror or error}.", "Choose a folder that you can write to."
        ) from error
    print(f"Saved {out}", file=sys.stderr)


def read_secrets() -> dict[str, Any]:
    """Return the app's own secrets, or an empty dictionary."""
    file = Path(".streamlit/secrets.toml")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} isn’t valid TOML: {error}.", "Fix that line, or remove the file.") from error


def print_json(result: dict[str, Any]) -> None:
    """Print a result as JSON that can be parsed again, whatever the terminal's encoding."""
    # With an old encoding, we escape letters as JSON does, so that the output can be parsed again.
    is_unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    json.dump(result, sys.stdout, ensure_ascii=not is_unicode, indent=2, allow_nan=False)
    print()


def visible(text: str) -> str:
    """Put a cell's text on one line, with control and invisible characters escaped, except joiners."""

    def escaped(character: str) -> str:
        is_printable = character.isprintable() or character in "\u200c\u200d"
        return character if is_printable else character.encode("unicode_escape").decode()

    return "".join(map(escaped, text))
