"""Who knows whom today, and who got a new tie lately."""

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
        Connection(source="A", target="C", wave="2025", strength=3),  # was so a year ago
        Connection(source="C", target="D", wave="2026", strength=1),  # too weak for a tie
        Connection(source="D", target="L", wave="2026", strength=3),  # left since
        Connection(source="D", target="E", wave="2026", strength=3),
        Connection(source="E", target="G", date=D(2026, 5, 20), heard_through=HeardThrough.STAFF),
    ),
    weaving=(Conversation(date=D(2026, 5, 25), weaver="W", member="N", introduced_to=("B",)),),
    emergent=(EmergentActivity(name="Club", collaborators=("C", "E", "A")),),
    settings=Settings(tie_from_strength=2),
    today=TODAY,
)


def test_todays_ties_are_the_latest_waves_and_what_is_known_since() -> None:
    known = find_current_ties(BOOK)
    assert {key: "".join(sorted(others)) for key, others in known.neighbors.items()} == {
        "A": "B", "B": "AN", "D": "E", "E": "DG", "G": "E", "N": "B",
    }  # fmt: skip
    assert [known.tie_count(key) for key in "ACE"] == [1, 0, 2]
    assert known.has_ties


def test_who_has_met_reaches_back_and_takes_one_word_for_it() -> None:
    for rule in TieRule:
        known = find_current_ties(BOOK, rule=rule)
        # In 2025, in 2026, a fact, an introduction, three who work together; not the weak one.
        assert {"".join(pair) for pair in known.known_pairs} == {"AB", "AC", "DL", "DE", "EG", "BN", "CE", "AE"}
    assert "E" not in find_current_ties(BOOK, rule=TieRule.BOTH).neighbors.get("D", ())


def test_who_got_a_new_tie() -> None:
    # A-B was there before. D, E and L are new in 2026; N, B, E and G by facts of this year.
    assert recently_connected(BOOK, as_of=TODAY) == frozenset("DELNBG")
    # A wave that is more than a year old tells of nobody's year; the facts still do.
    assert recently_connected(BOOK, as_of=D(2027, 5, 1)) == frozenset("NBEG")
    asked_once = replace(BOOK, connections=BOOK.connections[:1], weaving=())
    assert recently_connected(asked_once, as_of=TODAY) is None
    assert recently_connected(Workbook(today=TODAY), as_of=TODAY) is None


def test_current_people_are_members_who_are_here() -> None:
    assert [person.key for person in current_people(replace(BOOK, hub=frozenset("A")), as_of=TODAY)] == [*"BCDEN"]


def test_empty_workbook_has_no_ties() -> None:
    known = find_current_ties(Workbook(today=TODAY))
    assert (known.has_ties, known.known_pairs, dict(known.neighbors)) == (False, frozenset(), {})
