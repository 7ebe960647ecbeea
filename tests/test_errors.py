"""The tree of errors: each says what happened and what to do, and quotes no setting's value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from nethealth import errors


def subclasses(root: type[errors.NetHealthError]) -> Iterator[type[errors.NetHealthError]]:
    for each in root.__subclasses__():
        yield each
        yield from subclasses(each)


def test_errors_with_texts_of_their_own_are_complete() -> None:
    sheet_errors = list(subclasses(errors.SheetError))
    naming_the_account = {errors.SheetNotShared, errors.SheetNotEditable, errors.CellsProtected}
    made = [each("app@x.example") if each in naming_the_account else each() for each in sheet_errors]
    made += [errors.PasswordProtected(), errors.FileDamaged(), errors.FileNotFound("x.xlsx")]
    assert len(made) >= 19
    for error in made:
        assert error.message.endswith(".")
        assert error.remedy.endswith(".")
        assert str(error) == f"{error.message} {error.remedy}"
    assert len({error.message for error in made}) == len(made)


def test_texts_can_be_given() -> None:
    error = errors.FileDamaged("It is empty.")
    assert (error.message, error.remedy) == ("It is empty.", errors.FileDamaged.remedy)


def test_tree_is_described_in_the_docstring() -> None:
    assert errors.__doc__ is not None
    assert [each.__name__ for each in subclasses(errors.NetHealthError) if each.__name__ not in errors.__doc__] == []


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=1)
    color: str = "red"

    @field_validator("color")
    @classmethod
    def _known(cls, value: str) -> str:
        if value != "red":
            raise ValueError("must be red")
        return value


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({}, "In [x], key is missing."),
        ({"key": ""}, "In [x], key is empty."),
        ({"key": ["hush"]}, "In [x], key has the wrong type."),
        ({"key": "a", "kye": "hush"}, "In [x], we don’t know the setting kye."),
        ({"key": "a", "color": "hush"}, "In [x], color must be red."),
        ("hush", "[x] isn’t a section with settings."),
    ],
)
def test_validation_error_names_the_key(section: object, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Section.model_validate(section)
    assert errors.describe_validation_error(caught.value, where="[x]") == expected
