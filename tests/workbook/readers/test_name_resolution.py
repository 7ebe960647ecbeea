"""Names in cells, resolved to people and organizations."""


def members(*rows, headers=("Name", "Member ID", "Joined", "Left", "Email", "Organization")):
    return [list(headers), *map(list, rows)]


def test_people_are_found_by_id_or_name(read):
    rows = [["From", "To"], ["m1", " BEN  ode "], ["Ann\u00a0Lee", "M2"]]
    workbook = read({"Members": members(("Ann Lee", "M1"), ("Ben Ode", "M2")), "Connections": rows})
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("M1", "M2")] * 2


def test_unknown_name_suggests_closest(read):
    workbook = read(
        {"Members": members(("Annabel Lee",), ("Ben",)), "Connections": [["From", "To"], ["Anabel Lee", "Ben"]]}
    )
    (problem,) = [problem for problem in workbook.problems if problem.tab == "Connections"]
    assert (problem.severity.value, problem.cell, problem.value) == ("error", "Connections!A2", "Anabel Lee")
    assert "Annabel Lee" in problem.remedy
    assert "skipped this connection" in problem.message


def test_unknown_name_becomes_guest_if_allowed(read, problems_with):
    settings = [["Setting", "Value"], ["unknown people", "Guests"]]
    ties = [["From", "To"], ["Ben", "Zed"], ["zed", "Ben"]]
    workbook = read({"Settings": settings, "Members": members(("Ben",)), "Connections": ties})
    assert [(person.name, person.is_guest, person.spells) for person in workbook.people.values()] == [
        ("Ben", False, ()),
        ("Zed", True, ()),
    ]
    assert [person.name for person in workbook.members] == ["Ben"]
    assert len(workbook.connections) == 2
    assert problems_with(workbook, "as a guest")[0] == ("warning", "Connections!B2", "Zed")


def test_known_name_with_comma_stays_whole(read):
    people = members(("Garcia, PhD",), ("Ann Lee",), ("Ben",))
    gathering = [
        ["Date", "Title", "Attendees"],
        ["2026-01-01", "One", "Ann Lee, Garcia, PhD, Ben"],
        ["2026-01-02", "Two", "Ann Lee; Garcia, PhD"],
        ["2026-01-03", "Three", "Ann Lee\nBen"],
    ]
    workbook = read({"Members": people, "Convenings": gathering})
    assert [row.attendees for row in workbook.convenings] == [
        ("Ann Lee", "Garcia, PhD", "Ben"),
        ("Ann Lee", "Garcia, PhD"),
        ("Ann Lee", "Ben"),
    ]


def test_organizations_can_collaborate(read):
    people = [["Name", "Kind", "Organization"], ["Ann", "Person", "Lincoln"], ["Kent Fund", "organization", ""]]
    rows = [["Name", "Collaborators"], ["Garden", "Ann; lincoln; Kent Fund; Nobody"]]
    workbook = read({"Members": people, "Emergent activity": rows})
    (activity,) = workbook.emergent
    assert activity.collaborators == ("Ann", "Kent Fund")
    assert activity.organizations == ("Lincoln",)
    assert [(p.value, p.severity.value) for p in workbook.problems] == [("Nobody", "error")]
