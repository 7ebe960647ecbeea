"""What an export has, and what stays out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nethealth.network.export.contents import FullNameMatcher, export_names, export_network
from nethealth.network.map.model import person_id
from nethealth.workbook.records import Settings
from nethealth.workbook.schema.vocabulary import NameStyle
from tests.network.export.networks import WORKBOOK, exported, sample


@pytest.mark.parametrize("for_staff", [False, True])
def test_only_staff_see_who_named_whom(for_staff: bool) -> None:
    result = export_network(sample(), for_staff=for_staff)
    assert ({"named_by", "names"} <= {field.id for field in result.people_fields}) is for_staff
    assert all(("named_by" in person.values) is for_staff for person in result.people)


def test_unnamed_file_is_sorted_by_code() -> None:
    for style in (NameStyle.INITIALS, NameStyle.CODES):
        export = export_network(sample(), style=style)
        codes = [str(person.values["id"]) for person in export.people]
        assert codes == sorted(codes)
        pairs = [(str(tie.values["source"]), str(tie.values["target"])) for tie in export.ties]
        assert pairs == sorted(pairs)
        assert all(source < target for source, target in pairs)


def test_unnamed_file_has_only_common_values() -> None:
    export = export_network(sample(), style=NameStyle.CODES)
    columns = {field.id for field in export.people_fields} & {*sample().workbook.attributes}
    assert "Region" in columns
    assert not columns & {"Organization", "Role", "Leadership role"}
    for column in columns:
        values = [person.values[column] for person in export.people if column in person.values]
        assert min(values.count(value) for value in values) >= 5


def test_names_follow_the_setting_unless_given() -> None:
    by_codes = replace(WORKBOOK, settings=Settings(names=NameStyle.CODES))
    assert {str(p.values["label"])[:2] for p in exported(by_codes).people} == {"M-"}
    assert "Bo Lind" in {p.values["label"] for p in exported(by_codes, style=NameStyle.NAMES).people}
    assert export_names(WORKBOOK, style=NameStyle.INITIALS)["M2"] == "BL"


def test_full_names_are_found_in_text() -> None:
    names_a_person = FullNameMatcher(["Ana Reyes", "Bo", "O'Neil, Pat", "?", "Inés Peña", "田中太郎"])
    for text in ("ana  reyes", "Reyes, Ana", "with Bo!", "Pat O’Neil’s friend", "seen by ANA REYES."):
        assert names_a_person(text), text
    for text in ("with Ines Pena", "PEÑA, Ines", "先生は田中太郎です"):
        assert names_a_person(text), text
    for text in ("Ana", "Reyes family", "Bob", "?", "", "Ana de Reyes"):
        assert not names_a_person(text), text


def test_tags_are_only_in_named_staff_files() -> None:
    def tags(**how: Any) -> set[object]:
        return {person.values.get("tags") for person in exported(**how).people} - {None}

    assert tags(for_staff=True) == {"math"}
    assert tags() == set()
    assert tags(for_staff=True, style=NameStyle.CODES) == set()


def test_person_off_the_map_counts_only_in_metrics() -> None:
    export = exported()
    # Six people and four ties count; five people and three ties are there.
    assert (export.network["members"], export.network["ties"]) == (6, 4)
    assert (len(export.people), len(export.ties)) == (5, 3)
    assert person_id("M5") not in {person.values["id"] for person in export.people}
