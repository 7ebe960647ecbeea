"""Edits of a report, and how its text splits."""

from __future__ import annotations

import pytest

from nethealth.report.model import USUAL_PARTS, Audience, Number, Part, Report, Section, Story


def test_edited_text_replaces_ours_and_an_empty_one_removes_the_section(report: Report) -> None:
    edited = report.with_edits({(Part.WHO, ""): "We are many.", (Part.SAY, ""): "  "})
    assert [each.part for each in edited.sections] == [Part.WHO, Part.CONNECTED, Part.EMERGED]
    assert edited.sections[0].text == "We are many."
    assert edited.sections[0].chart is report.sections[0].chart


def test_story_can_be_edited_and_removed(report: Report) -> None:
    edited = report.with_edits({(Part.EMERGED, "Choir 1"): "We sing.", (Part.EMERGED, "Choir 2"): ""})
    (emerged,) = (each for each in edited.sections if each.part is Part.EMERGED)
    assert [story.name for story in emerged.stories] == ["Choir 0", "Choir 1", "Choir 3"]
    assert emerged.stories[1].paragraphs == ("We sing.",)


def test_of_two_stories_with_one_name_each_is_edited_alone() -> None:
    stories = (Story(name="Choir", text="First.", people=None), Story(name="Choir", text="", people=None))
    section = Section(part=Part.EMERGED, title="", text="Two.", stories=stories)
    assert list(section.stories_by_place) == [(Part.EMERGED, "Choir"), (Part.EMERGED, "Choir (2)")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We had 5.2 connections. Up from 5.1.", ("We had 5.2 connections.", "Up from 5.1.")),
        ("One.\n\nTwo. Three.", ("One.", "Two. Three.")),
        ("Agree on “A.” “B” is lowest.", ("Agree on “A.” “B” is lowest.",)),
        ("", ()),
    ],
)
def test_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert Section(part=Part.SAY, title="", text=text).sentences == sentences


def test_every_audience_gets_the_purpose_and_what_is_next() -> None:
    assert set(USUAL_PARTS) == set(Audience)
    assert all({Part.PURPOSE, Part.NEXT} <= set(parts) for parts in USUAL_PARTS.values())


def test_value_comes_before_what_it_counts_and_after_a_name() -> None:
    assert Number(value="122", label="members", note="").text == "122 members"
    assert Number(value="105 to 122", label="Membership", note="").text == "Membership: 105 to 122"
    assert Number(value="up 21 points", label="“Trust”", note="").text == "“Trust”: up 21 points"
