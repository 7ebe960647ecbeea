"""A name that must not show is in no text of any record, wherever someone typed it."""

from __future__ import annotations

import datetime as dt

from nethealth.privacy.display_names import ANONYMOUS
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Person

HIDDEN = "Vexilla Hart"
LEFT = "Quorax Lind"
TEXT = f"With {HIDDEN} and {LEFT}"


def everywhere(read, *, names="names"):
    """A workbook that holds both names in every tab and nearly every column that may hold text."""
    link = "https://example.org/vexilla%20hart/notes"
    return read(
        {
            f"Members of {HIDDEN}": [["x"]],
            "Settings": [["Setting", "Value"], ["Network name", TEXT], ["Shared purpose", TEXT], ["Names", names]],
            "Members": [
                ["Name", "Joined", "Left", "Show on map", "Organization", "Tags", "Notes", f"Knows {HIDDEN}"],
                ["Ana Reyes", "2024-01-01", "", "", f"School of {HIDDEN}", TEXT, TEXT, "yes"],
                ["Bo Marsh", "2024-01-01", "", "", f"School of {HIDDEN}", TEXT, TEXT, "no"],
                [HIDDEN, "2024-01-01", "", "no", "", "", "", "yes"],
                [LEFT, "2024-01-01", "2024-06-01", "", "", "", "", "no"],
            ],
            "Connections": [
                ["From", "To", "Type", "Notes", "Wave"],
                ["Ana Reyes", "Bo Marsh", TEXT, TEXT, f"Asked by {HIDDEN}"],
            ],
            "Weaving": [
                ["Date", "Weaver", "Member", "What we heard", "Follow-up"],
                ["2025-01-01", HIDDEN, "Ana Reyes", TEXT, f"Call Hart, Vexilla; {LEFT}"],
            ],
            "Survey": [
                ["Timestamp", "Wave", f"How was {HIDDEN}?", "Why?"],
                *[["2025-01-01", f"Asked by {HIDDEN}", "4", f"{TEXT} {n}"] for n in range(3)],
            ],
            "Actions": [["What we heard", "What we did"], [TEXT, TEXT]],
            "Convenings": [
                ["Date", "Title", "Format", "Key outcomes", "Link"],
                ["2025-01-01", TEXT, TEXT, TEXT, link],
            ],
            "Activities": [["Date", "Title", "Kind", "Notes"], ["2025-01-01", TEXT, TEXT, TEXT]],
            "Platform": [
                ["Month", "Platform", "Members on it", "Facilitator"],
                ["2025-01", f"Forum of {HIDDEN}", "5", LEFT],
                ["2025-01", f"Forum of {LEFT}", "7", HIDDEN],
            ],
            "Agreements": [["Agreement", "Link"], [TEXT, link]],
            "Emergent activity": [
                ["Name", "Purpose", "Collaborators", "Outcomes to date", "Link"],
                [TEXT, TEXT, f"Ana Reyes; School of {HIDDEN}", TEXT, link],
            ],
            "Mindset": [["Session", "Moment", "Leadership", "Reflection"], [TEXT, "Now", "2", TEXT]],
            "Reference": [["Attribute", "Value", "Share", "Source"], ["Organization", TEXT, "0.5", TEXT]],
        }
    )


def words_of(workbook):
    """Everything in the records but what the people themselves are called, as one text."""
    people = {
        number: Person(**{name: getattr(one, name) for name in Person.__dataclass_fields__} | {"key": "", "name": ""})
        for number, one in enumerate(workbook.people.values())
    }
    keys = {key: str(number) for number, key in enumerate(workbook.people)}
    words = repr(vars(workbook) | {"people": people})
    for key, number in keys.items():
        words = words.replace(f"'{key}'", number)
    return words.casefold()


def test_hidden_people_are_in_no_text(read):
    words = words_of(everywhere(read))
    for part in ("vexilla", "hart"):
        assert part not in words
    assert "quorax" in words, "staff see who left"
    assert ANONYMOUS in words


def test_viewers_see_no_hidden_or_former_names(read):
    for names in ("names", "initials", "codes"):
        workbook = redact_for_viewers(everywhere(read, names=names), salt=b"s")
        words = words_of(workbook) + repr([one.name for one in workbook.people.values()]).casefold()
        for part in ("vexilla", "hart", "quorax", "lind"):
            assert part not in words
        assert ("reyes" in words) == (names == "names")


def test_masked_texts_stay_distinct(read):
    workbook = redact_for_viewers(everywhere(read), salt=b"s")
    (wave,) = {tie.wave for tie in workbook.connections}
    assert wave in {one.name for one in workbook.waves}
    assert {response.wave for response in workbook.responses} == {wave}
    asked = {question.text for question in workbook.questions}
    assert all(set(response.answers) <= asked and response.answers for response in workbook.responses)
    assert set(workbook.attributes) >= {column for one in workbook.people.values() for column in one.attributes}
    assert len({month.platform for month in workbook.platform}) == 2
    (emergent,) = workbook.emergent
    people = workbook.people.values()
    assert set(emergent.organizations) == {one.organization for one in people if one.organization}
    assert emergent.link is None


def test_masked_grid_rows_stay_distinct(read):
    members = [["Name", "Show on map"], ["Vexilla Hart", "no"], ["Ottoline Quill", "no"], ["Ann Lee", ""]]
    rows = ["I learn from Vexilla Hart's talks", "I learn from Ottoline Quill's talks", "I share", "I plan"]
    form = [["Timestamp", *(f"Agree? [{row}]" for row in rows)], *([45800, 4, 3, 4, 5] for _ in range(6))]
    shown = [question.label for question in redact_for_viewers(read({"Members": members, "Survey": form})).questions]
    assert shown == ["I learn from a member's talks", "I learn from a member's talks (2)", "I share", "I plan"]


def test_no_hidden_people_changes_nothing(read):
    tabs = {"Members": [["Name", "Notes"], ["Vexilla Hart", "Vexilla Hart sings"]]}
    assert "sings" in repr(read(tabs))
    assert read(tabs).people["Vexilla Hart"].notes == "Vexilla Hart sings"


def test_name_shared_with_shown_person_stays(read):
    members = [["Name", "Member ID", "Show on map", "Notes"], [HIDDEN, "1", "no", ""], [HIDDEN, "2", "", HIDDEN]]
    workbook = read({"Members": members})
    assert workbook.people["2"].notes == HIDDEN


def test_a_link_without_a_name_stays(read):
    members = [["Name", "Show on map"], [HIDDEN, "no"]]
    links = [["Date", "Title", "Link"], ["2025-01-01", "A", "https://example.org/a"]]
    workbook = read({"Members": members, "Convenings": links})
    assert workbook.convenings[0].link == "https://example.org/a"
    assert workbook.convenings[0].date == dt.date(2025, 1, 1)
