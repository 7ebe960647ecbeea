"""The ties that count, by rule and wave, and the people between them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.graph import network_at
from nethealth.network.metrics.communities import community_modularity
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.workbook.records import Conversation, Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind, TieRule
from nethealth.workbook.waves import relationship_waves
from tests.ties import asked, day, fact, report, tied

MakeWorkbook = Callable[..., Workbook]
EITHER, BOTH = TieRule.EITHER, TieRule.BOTH


def test_repeated_tie_has_highest_strength(workbook_of: MakeWorkbook) -> None:
    rows = (report("a", "b", 2), report("a", "b", 4), report("a", "b"), report("b", "a", 3), report("a", "a", 5))
    network = network_at(workbook_of(people="ab", connections=rows))
    (tie,) = network.ties
    assert (tie.strength, tie.is_mutual, tie.reported_by, len(tie.rows)) == (4, True, ("a", "b"), 4)
    assert network.reports == (("a", "b"), ("b", "a"))


def test_tie_from_strength(workbook_of: MakeWorkbook) -> None:
    rows = (
        *(report("a", "b", 2), report("a", "b", 3), report("b", "c", 2), report("c", "d")),
        *(report("d", "e", 5), report("e", "d", 1), fact("a", "e", strength=1)),
    )
    workbook = workbook_of(people="abcde", connections=rows, settings=Settings(tie_from_strength=3))
    network = network_at(workbook)
    # A tie without a strength counts; one whose highest is weaker doesn't, and isn't a report.
    assert tied(network) == ["ab", "cd", "de"]
    assert network.reports == (("a", "b"), ("c", "d"), ("d", "e"))
    assert tied(network_at(workbook, rule=BOTH)) == []


def test_facts_count_under_both_rules(workbook_of: MakeWorkbook) -> None:
    rows = (report("a", "b"), *(fact("c", "d", heard_through=way) for way in HeardThrough if way != "Survey"))
    talk = Conversation(date=day("2024-01-01"), weaver="Wil", member="d", introduced_to=("e", "d"))
    workbook = workbook_of(people="abcde", connections=rows, weaving=(talk,))
    either, both = network_at(workbook, rule=EITHER), network_at(workbook, rule=BOTH)
    assert tied(either) == ["ab", "cd", "de"]
    assert tied(both) == ["cd", "de"]
    for network in (either, both):
        figures = compute_network_metrics(network)
        assert (figures.reported_ties, figures.reciprocity, figures.mutual_pairs) == (1, 0, 0)
    known, introduced = both.ties
    assert known.heard_through == (HeardThrough.WEAVING, HeardThrough.CONVENING, HeardThrough.STAFF)
    assert (introduced.heard_through, introduced.latest) == ((HeardThrough.WEAVING,), day("2024-01-01"))
    assert introduced.reported_by == ()


def test_settings_have_default_rule(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of([("a", "b")], settings=Settings(tie_rule=BOTH))
    assert network_at(workbook).rule is BOTH
    assert tied(network_at(workbook, rule=EITHER)) == ["ab"]


def test_tie_to_a_nonrespondent_is_unconfirmed(workbook_of: MakeWorkbook) -> None:
    reported = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "b"), ("a", "d")]
    rows = tuple(report(source, target, wave="2024") for source, target in reported)
    workbook = workbook_of(people="abcd", connections=rows, waves=(asked("2024", respondents=("a", "b")),))
    network = network_at(workbook, rule=BOTH)
    assert tied(network) == ["bc"]
    # b was listed and c reports, so both answered without naming a; we know nothing about d.
    assert [f"{tie.a}{tie.b}" for tie in network.unconfirmed_ties] == ["ad"]
    assert network.known_respondents == {"a", "b", "c"}
    assert network_at(workbook, rule=EITHER).unconfirmed_ties == ()


def test_people_in_a_wave(workbook_of: MakeWorkbook) -> None:
    people = {
        "stays": Person(key="stays", name="S", spells=(Spell(day("2020-01-01"), None),)),
        "left": Person(key="left", name="L", spells=(Spell(day("2020-01-01"), day("2023-12-31")),)),
        "last day": Person(key="last day", name="D", spells=(Spell(None, day("2024-05-01")),)),
        "later": Person(key="later", name="N", spells=(Spell(day("2024-05-02"), None),)),
        "back": Person(key="back", name="B", spells=(Spell(None, day("2021-01-01")), Spell(day("2024-01-01"), None))),
        "undated": Person(key="undated", name="U"),
        "guest": Person(key="guest", name="G", is_guest=True),
        "hidden": Person(key="hidden", name="H", on_map=False),
        "school": Person(key="school", name="O", kind=Kind.ORGANIZATION),
    }
    rows = tuple(report("stays", other, wave="2024") for other in people if other != "stays")
    workbook = workbook_of(people=people, connections=rows, waves=(asked("2024", "2024-05-01"),))
    network = network_at(workbook)
    assert set(network.members) == {"stays", "last day", "back", "undated", "guest", "hidden", "school"}
    # A tie needs both people; ties to former or future members count as outside.
    assert (len(network.ties), network.ties_outside) == (6, 2)
    assert len(network.reports) == 6
    # If no one recorded who was asked, it's everyone except guests who didn't answer.
    assert (network.respondents, network.invited) == (1, 6)


def test_undated_unnamed_wave_is_today(workbook_of: MakeWorkbook) -> None:
    left = Person(key="b", name="B", spells=(Spell(day("2020-01-01"), day("2024-01-01")),))
    people = {"a": Person(key="a", name="A"), "b": left}
    network = network_at(workbook_of(people=people, connections=(report("a", "b"),)))
    assert (network.wave, network.date, network.members) == (None, None, ("a",))
    dated = (report("a", "b", date=day("2023-01-01")), report("a", "b", date=day("2022-01-01")))
    network = network_at(workbook_of(people=people, connections=dated))
    assert (network.wave, network.date, network.members) == (None, day("2023-01-01"), ("a", "b"))


def test_no_connections_uses_introductions(workbook_of: MakeWorkbook) -> None:
    talks = (
        Conversation(date=day("2024-01-01"), weaver="Wil", member="a", introduced_to=("b", "c")),
        Conversation(date=None, weaver="Wil", member="c", introduced_to=("a",)),
        Conversation(date=day("2024-03-01"), weaver="Wil", member="c"),
    )
    network = network_at(workbook_of(people="abcd", weaving=talks))
    assert (tied(network), network.date) == (["ab", "ac"], day("2024-01-01"))
    figures = compute_network_metrics(network)
    assert (figures.reported_ties, figures.reciprocity, figures.respondents, figures.response_rate) == (0,) + (
        None,
    ) * 3


def test_respondents_and_invited(workbook_of: MakeWorkbook) -> None:
    rows = (report("a", "b", wave="w"), report("b", "a", wave="w"))

    def answers(**fields: Any) -> tuple[int | None, float | None]:
        network = network_at(workbook_of(people="abcd", connections=rows, waves=(asked("w", **fields),)))
        figures = compute_network_metrics(network)
        return figures.respondents, figures.response_rate

    assert answers() == (2, 2 / 4)
    assert answers(invited=5) == (2, 2 / 5)
    assert answers(invited=8, responded=6) == (6, 6 / 8)
    assert answers(invited=8, respondents=("a", "c")) == (3, 3 / 8)
    # More answers than invitations are used as typed.
    assert answers(invited=2, responded=3) == (3, 1.5)
    assert answers(invited=0) == (2, None)


def test_without_people_and_their_ties(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn, without=frozenset({"cy", "unknown"}))
    assert tied(network) == ["anabo", "died", "flogus"]
    assert (len(network.members), network.ties_outside) == (8, 0)
    assert (network.respondents, network.invited) == (5, 10)


def test_order_changes_nothing(hand_drawn: Workbook) -> None:
    turned = Workbook(
        **{
            **{name: getattr(hand_drawn, name) for name in ("today", "settings", "attributes", "hub", "waves")},
            "people": dict(reversed(hand_drawn.people.items())),
            "connections": hand_drawn.connections[::-1],
        }
    )
    for rule in TieRule:
        assert network_at(turned, rule=rule) == network_at(hand_drawn, rule=rule)


def test_as_networkx(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    graph = network.as_networkx()
    assert set(graph) == set(hand_drawn.people)
    assert graph.nodes["ana"] == {
        "name": "Ana", "kind": "Person", "on_map": True, "guest": False, "Region": "North",
    }  # fmt: skip
    assert graph.edges["ana", "bo"] == {"strength": 5, "kinds": "", "heard_through": "Survey", "mutual": True}
    assert "strength" in graph.edges["bo", "cy"]
    assert set(nx.isolates(graph)) == {"hal", "ida"}
    drawn = network.topology.graph
    named = {tuple(network.members[end] for end in edge) for edge in drawn.get_edgelist()}
    assert {tuple(sorted(edge)) for edge in graph.edges} == named
    assert drawn.vcount() == 9
    assert network.neighbors["cy"] == ("ana", "bo", "di")


def test_network_can_be_pickled(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    assert community_modularity(network.topology) is not None
    unpickled = pickle.loads(pickle.dumps(network))
    assert unpickled == network
    assert "topology" not in unpickled.__dict__
    assert compute_network_metrics(unpickled) == compute_network_metrics(network)


reported = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.integers(1, 5)), max_size=25)


@settings(max_examples=60, deadline=None)
@given(reported, st.integers(1, 5))
def test_ties_of_both_are_ties_of_either(
    workbook_of: MakeWorkbook, reported: list[tuple[str, str, int]], at_least: int
) -> None:
    rows = tuple(report(source, target, strength) for source, target, strength in reported)
    workbook = workbook_of(people="abcdef", connections=rows, settings=Settings(tie_from_strength=at_least))
    either, both = network_at(workbook, rule=EITHER), network_at(workbook, rule=BOTH)
    pairs = {(source, target) for source, target, strength in reported if strength >= at_least and source != target}
    assert set(either.reports) == pairs
    assert {(tie.a, tie.b) for tie in either.ties} == {(min(pair), max(pair)) for pair in pairs}
    assert {(tie.a, tie.b) for tie in both.ties} == {(a, b) for a, b in pairs if a < b and (b, a) in pairs}
    waiting = {(tie.a, tie.b) for tie in both.unconfirmed_ties}
    assert {(tie.a, tie.b) for tie in both.ties} | waiting <= {(tie.a, tie.b) for tie in either.ties}
    assert not waiting & {(tie.a, tie.b) for tie in both.ties}


def test_network_is_cached_by_workbook_and_arguments(hand_drawn: Workbook) -> None:
    assert network_at(hand_drawn) is network_at(hand_drawn, wave="2024", rule=TieRule.EITHER)
    assert network_at(hand_drawn) is not network_at(hand_drawn, rule=TieRule.BOTH)
    assert relationship_waves(hand_drawn) is relationship_waves(hand_drawn)
    # Equal workbooks have separate caches, because either may live longer.
    assert network_at(replace(hand_drawn)) is not network_at(hand_drawn)
