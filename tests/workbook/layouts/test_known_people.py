"""The names in Members, for layouts."""

import pytest

from nethealth.workbook.layouts.known_people import find_known_people
from nethealth.workbook.raw import RawTab


@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Region"], ["Ann Lee", "West"], ["Ben Ode", None]],
        [["Our list"], [], ["First name", "Last name"], ["Ann", "Lee"], ["Ben", "Ode"]],
        [["Contact", "Member ID"], ["Ann Lee", "1"], ["Ben Ode", "2"]],
    ],
)
def test_names_come_from_the_members_tab(rows):
    people = find_known_people(
        [RawTab("Other", [["Name"], ["Cy"]]), RawTab("Members", rows)], {("members", "contact"): "name"}
    )
    assert {"ann lee", "BEN ODE"} <= {name for name in ("ann lee", "BEN ODE") if name in people.names}
    assert "Cy" not in people.names
    assert people.fill(["Ann Lee", None, "Ben Ode"])
    assert not people.fill(["Ann Lee", "West"])
    assert not people.fill([None])


def test_no_members_tab_means_no_names():
    assert len(find_known_people([RawTab("Other", [["Name"], ["Cy"]])], {}).names) == 0
