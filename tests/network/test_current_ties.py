"""Current ties, known pairs, and recent new ties."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.network.current_ties import current_people, find_current_ties, recently_connected
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Person,
    Settings,
    Spell,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind, TieRule

D = dt.date
TODAY = D(2026, 6, 1)
BOOK = Workbook(
    people={
        **{key: Person(key=key, name=key) for key in "ABCDE"},
        "L": Person(key="L", name="L", spells=(Spell(D(2020, 1, 1), D(2026, 5, 1)),)),
        "N": Person(key="N", name="N", spells=(Spell(D(2026, 5, 1), None),)),
        "O": Person(key="O", name="O", kind=Kind.ORGANIZATION),
        "G": Person(key="G", name="G", is_guest=True),
    },
    waves=(Wave(name="2025", date=D(2025, 4, 1)), Wave(name="2026", date=D(2026, 4, 1))),
    connections=(
        Connection(source="A", target="B", wave="2025", strength=3),
        Connection(source="B", target="A", wave="2026", strength=3),
        Connection(source="A", target="C", wave="2025", strength=3),  # only a year ago
        Connection(source="C", target="D", wave="2026", strength=1),  # too weak for a tie
        Connection(source="D", target="L", wave="2026", strength=3),  # has left
        Connection(source="D", target="E", wave="2026", strength=3),
        Connection(source="E", target="G", date=D(2026, 5, 20), heard_through=HeardThrough.STAFF),
    ),
    weaving=(Conversation(date=D(2026, 5, 25), weaver="W", member="N", introduced_to=("B",)),),
    emergent=(EmergentActivity(name="Club", collaborators=("C", "E", "A")),),
    settings=Settings(tie_from_strength=2),
    today=TODAY,
)


def test_current_ties_are_latest_wave_and_facts() -> None:
    known = find_current_ties(BOOK)
    assert {key: "".join(sorted(others)) for key, others in known.neighbors.items()} == {
        "A": "B", "B": "AN", "D": "E", "E": "DG", "G": "E", "N": "B",
    }  # fmt: skip
    assert [known.tie_count(key) for key in "ACE"] == [1, 0, 2]
    assert known.has_ties


def test_known_pairs_include_all_waves_and_reports() -> None:
    for rule in TieRule:
        known = find_current_ties(BOOK, rule=rule)
        # From 2025, 2026, a fact, an introduction, and three collaborators, but not the weak tie.
        assert {"".join(pair) for pair in known.known_pairs} == {"AB", "AC", "DL", "DE", "EG", "BN", "CE", "AE"}
    assert "E" not in find_current_ties(BOOK, rule=TieRule.BOTH).neighbors.get("D", ())


def test_recently_connected() -> None:
    # A-B was there before. D, E and L are new in 2026; N, B, E and G by facts of this year.
    assert recently_connected(BOOK, as_of=TODAY) == frozenset("DELNBG")
    # A wave more than a year old shows no recent ties; facts still do.
    assert recently_connected(BOOK, as_of=D(2027, 5, 1)) == frozenset("NBEG")
    asked_once = replace(BOOK, connections=BOOK.connections[:1], weaving=())
    assert recently_connected(asked_once, as_of=TODAY) is None
    assert recently_connected(Workbook(today=TODAY), as_of=TODAY) is None


def test_current_people() -> None:
    assert [person.key for person in current_people(replace(BOOK, hub=frozenset("A")), as_of=TODAY)] == [*"BCDEN"]


def test_empty_workbook_has_no_ties() -> None:
    known = find_current_ties(Workbook(today=TODAY))
    assert (known.has_ties, known.known_pairs, dict(known.neighbors)) == (False, frozenset(), {})
