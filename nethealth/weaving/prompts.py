"""Questions to ask in a conversation, by what you'd like to learn from it. They are in `prompts.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class Aim(BaseModel):
    """What a conversation is for, and what to ask in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    purpose: str
    """In a short sentence."""
    prompts: tuple[str, ...]


def _load() -> tuple[Aim, ...]:
    text = files("nethealth.weaving").joinpath("prompts.toml").read_text(encoding="utf-8")
    return tuple(Aim.model_validate(aim) for aim in tomllib.loads(text)["aim"])


AIMS: tuple[Aim, ...] = _load()
"""In the order in which pages show them."""
