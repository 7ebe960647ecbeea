"""What is worth doing: each rule on a small network in which it must, and one in which it must not, have its say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from nethealth.overview.cards import Card, EmptyCard, cards, every_domain
from nethealth.overview.facts import Facts, facts_of
from nethealth.overview.next_steps import next_steps, not_kept_yet
from nethealth.workbook.records import (
    Agreement,
    Connection,
    Conversation,
    EmergentActivity,
    FeedbackAction,
    Gathering,
    Person,
    Problem,
    Question,
    QuestionKind,
    Severity,
    Spell,
    SurveyResponse,
    TabReading,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, AgreementStatus, Level, StartedBy, WaveKind

TODAY = dt.date(2026, 5, 1)
MEANING = "Meaningful relationships"


def people(count: int, *, joined: dt.date = dt.date(2024, 1, 1), left: Iterable[int] = ()) -> dict[str, Person]:
    gone = set(left)
    ends = {n: dt.date(2025, 6, 1) if n in gone else None for n in range(count)}
    return {f"p{n}": Person(key=f"p{n}", name=f"P {n}", spells=(Spell(joined, ends[n]),)) for n in range(count)}


def ring(size: int, *, start: int = 0) -> tuple[Connection, ...]:
    return tuple(
        Connection(source=f"p{start + n}", target=f"p{start + (n + 1) % size}", date=TODAY) for n in range(size)
    )


def facts(**tabs: object) -> Facts:
    return facts_of(Workbook(today=TODAY, **tabs), as_of=TODAY)  # type: ignore[arg-type]


def said(told: Facts) -> dict[str, str]:
    return {step.what: step.why for step in next_steps(told, at_most=20)}


def held(*days: dt.date) -> tuple[Gathering, ...]:
    return tuple(Gathering(date=day, title="Convening") for day in days)


def survey(wave: str, answers: Iterable[float], *, on: dt.date) -> tuple[SurveyResponse, ...]:
    return tuple(SurveyResponse(wave=wave, date=on, answers={"I know whom to call": value}) for value in answers)


QUESTION = Question(
    text="I know whom to call", kind=QuestionKind.SCALE, scale=AGREEMENT, level=Level.PARTICIPANT, outcome=MEANING
)


def test_nothing_stands_out_in_an_empty_workbook_and_everything_can_begin() -> None:
    empty = facts()
    assert next_steps(empty) == ()
    assert cards(empty) == ()
    assert [each.tab for each in not_kept_yet(empty)][:3] == ["Members", "Connections", "Convenings"]
    assert len(not_kept_yet(empty)) == 10


def test_members_without_a_tie() -> None:
    few = facts(people=people(20), connections=ring(18))
    assert said(few)["Reach out to members without a tie"].startswith("2 of 20 members are")
    assert "Reach out to members without a tie" not in said(facts(people=people(18), connections=ring(18)))


def test_a_network_that_hangs_on_its_hub() -> None:
    star = tuple(Connection(source="p0", target=f"p{n}", date=TODAY) for n in range(1, 12))
    told = facts(people=people(12), connections=star, hub=frozenset({"p0"}))
    why = said(told)["Introduce members to each other, past the hub"]
    # Eleven people are left, each alone: the largest group is one of eleven.
    assert "9.1%" in why
    assert "100%" in why
    whole = facts(people=people(12), connections=(*star, *ring(11, start=1)), hub=frozenset({"p0"}))
    assert "Introduce members to each other, past the hub" not in said(whole)


def test_groups_that_do_not_touch() -> None:
    apart = facts(people=people(12), connections=(*ring(6), *ring(6, start=6)))
    assert said(apart)["Build a bridge between groups that do not touch"].startswith("Members form 2 groups")


def test_promises_of_weavers_and_of_staff() -> None:
    talk = Conversation(date=dt.date(2026, 3, 1), weaver="W", member="p0", follow_up="Call", due=dt.date(2026, 4, 1))
    promise = FeedbackAction(what_we_heard="More time", promised_by=dt.date(2026, 4, 30))
    told = said(facts(people=people(3), weaving=(talk,), actions=(promise,)))
    assert told["Follow up on what was promised"].startswith("1 follow-up from")
    assert told["Tell members what became of what they said"].startswith("1 promise")
    kept = FeedbackAction(what_we_heard="More time", promised_by=dt.date(2026, 4, 30), done=True)
    assert not said(facts(actions=(kept, FeedbackAction(what_we_heard="x", promised_by=TODAY))))


def test_a_convening_that_is_missed() -> None:
    days = [dt.date(2025, 1, 1), dt.date(2025, 4, 1), dt.date(2025, 7, 1)]
    why = said(facts(convenings=held(*days)))["Set a date for the next convening"]
    assert "304 days ago" in why
    planned = facts(convenings=held(*days, dt.date(2026, 6, 1)))
    assert "Set a date for the next convening" not in said(planned)
    assert "Set a date for the next convening" not in said(facts(convenings=held(*days, dt.date(2026, 4, 1))))


def test_many_who_left() -> None:
    told = said(facts(people=people(20, left=range(4))))
    assert told["Ask those who leave what would have kept them"].startswith("20% of those who were members when 2025")
    assert "Ask those who leave what would have kept them" not in said(facts(people=people(20, left=range(2))))


def test_an_outcome_that_fell_and_few_who_answered() -> None:
    answers = (*survey("A", [5] * 10, on=dt.date(2025, 5, 1)), *survey("B", [5] * 6 + [2] * 4, on=TODAY))
    waves = (
        Wave(name="A", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2025, 5, 1), invited=20),
        Wave(name="B", kinds=frozenset({WaveKind.SURVEY}), date=TODAY, invited=40),
    )
    told = facts(questions=(QUESTION,), responses=answers, waves=waves)
    assert said(told)[f"Talk with members about “{MEANING}”"] == "The share who agree fell by 40 points since A."
    assert said(told)["Hear those who did not answer"].startswith("25% of those asked")
    card = next(card for card in cards(told) if card.page == "experience")
    assert (card.large, card.moved, card.trend) == ("60%", "down 40 points since A", (1.0, 0.6))


def test_a_fall_that_chance_could_make_is_no_reason_to_act() -> None:
    # 9 of 10 and 7 of 10: Newcombe's interval for the difference (-0.52 to 0.16, roughly) holds nought.
    answers = (*survey("A", [5] * 9 + [2], on=dt.date(2025, 5, 1)), *survey("B", [5] * 7 + [2] * 3, on=TODAY))
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.SURVEY}), date=day)
        for name, day in (("A", dt.date(2025, 5, 1)), ("B", TODAY))
    )
    told = facts(questions=(QUESTION,), responses=answers, waves=waves)
    assert f"Talk with members about “{MEANING}”" not in said(told)
    card = next(card for card in cards(told) if card.page == "experience")
    assert card.moved == "down 20 points since A; too early to tell"


def test_a_survey_of_too_few_is_held_back_on_its_card() -> None:
    told = facts(questions=(QUESTION,), responses=survey("A", [5, 4], on=TODAY))
    card = next(card for card in cards(told) if card.page == "experience")
    assert "held back" in card.sentence
    assert "100%" not in str(card)


def test_agreements_and_the_sheet_itself() -> None:
    old = Agreement(title="Norms", status=AgreementStatus.ADOPTED, adopted=dt.date(2022, 1, 1))
    wrong = Problem(severity=Severity.ERROR, tab="Members", message="m", remedy="r")
    told = said(facts(agreements=(old,), problems=(wrong, wrong)))
    assert told["Look at your agreements again, together"].startswith("1 agreement has")
    assert told["Give the sheet a hand"].startswith("2 rows or values")


def test_at_most_three_the_weightiest_first() -> None:
    days = [dt.date(2025, 1, 1), dt.date(2025, 4, 1)]
    talk = Conversation(date=dt.date(2026, 3, 1), weaver="W", member="p0", follow_up="Call", due=dt.date(2026, 4, 1))
    told = facts(people=people(20, left=range(5)), connections=ring(12), convenings=held(*days), weaving=(talk,))
    found = next_steps(told)
    assert len(found) == 3
    assert found[0].what == "Follow up on what was promised"
    assert [step.weight for step in found] == sorted((step.weight for step in found), reverse=True)


def test_the_cards_of_a_small_network() -> None:
    joined = people(10) | {
        f"n{k}": Person(key=f"n{k}", name=f"N {k}", spells=(Spell(dt.date(2026, 2, 1), None),)) for k in range(3)
    }
    begun = tuple(
        EmergentActivity(name=f"E{n}", collaborators=("p1", "p2"), started=day, started_by=StartedBy.MEMBERS)
        for n, day in enumerate((dt.date(2025, 3, 1), dt.date(2025, 9, 1), dt.date(2026, 1, 1)))
    )
    told = facts(people=joined, connections=ring(10), emergent=begun)
    by_page = {card.page: card for card in cards(told)}
    assert by_page["connectivity"].sentence == "10 of 13 members hang together in one group; 3 members have no tie yet."
    # Ten ties, thirteen members: 2 x 10 / 13.
    assert by_page["connectivity"].large == "1.5"
    assert by_page["infrastructure"].large == "13"
    assert by_page["infrastructure"].moved == "up 3 since 2026 began"
    assert by_page["emergence"].large == "3"
    assert by_page["emergence"].moved == "1 begun in 2026 so far, 2 in all of 2025"
    assert by_page["emergence"].trend == (2.0,)  # whole years only


@pytest.mark.parametrize("page", ["connectivity", "infrastructure", "experience", "emergence"])
def test_what_is_not_kept_has_no_card(page: str) -> None:
    assert page not in {card.page for card in cards(facts())}


def test_one_member_without_a_tie_is_not_said_of_several() -> None:
    told = facts(people=people(3), connections=(Connection(source="p0", target="p1"),))
    card = next(card for card in cards(told) if card.page == "connectivity")
    assert ("member without a tie", "1") in card.small


def test_nobody_is_called_quiet_where_the_sheet_names_nobody_anywhere() -> None:
    told = facts(people=people(6))
    assert told.engagement is None
    assert "Call members who have been quiet" not in {step.what for step in next_steps(told)}
    infrastructure = next(card for card in cards(told) if card.page == "infrastructure")
    assert not any("took part" in label for label, _ in infrastructure.small)


def test_who_took_part_is_not_told_from_the_part_that_viewers_have() -> None:
    talk = Conversation(date=dt.date(2026, 3, 1), weaver="W", member="p0")
    workbook = Workbook(today=TODAY, people=people(4), weaving=(talk,))
    assert facts_of(workbook, as_of=TODAY).engagement is not None
    assert facts_of(workbook, as_of=TODAY, for_staff=False).engagement is None


def test_members_without_dates_are_not_asked_for_their_names_again() -> None:
    undated = {key: Person(key=key, name=key) for key in ("a", "b")}
    begin = not_kept_yet(facts(people=undated))[0]
    assert begin.question == "Who came and who left?"
    assert begin.least.startswith("Beside each name")


def read_tab(name: str, *, rows: int, rejected: int) -> TabReading:
    return TabReading(tab=name, title=name, rows=rows, accepted=rows - rejected, merged=0, rejected=rejected)


def test_a_sheet_of_which_much_could_not_be_used_comes_before_what_the_figures_say_without_it() -> None:
    lost = (Problem(severity=Severity.ERROR, tab="Connections", message="Nobody.", remedy="Mend."),)
    # Two of six have no tie, which is much; 3 of 12 rows, a quarter, are more than a tenth.
    told = {"people": people(6), "connections": ring(4), "problems": lost}
    first = next_steps(
        facts(**told, tabs=(read_tab("Members", rows=6, rejected=0), read_tab("Connections", rows=12, rejected=3)))
    )[0]
    assert (first.page, first.why) == (
        "data",
        "3 of 12 rows in Connections could not be used, so the figures here are told without them.",
    )
    few = next_steps(facts(**told, tabs=(read_tab("Connections", rows=100, rejected=1),)))
    assert few[0].page == "connectivity"
    assert few[-1].why == "1 row or value could not be used, so the figures here are told without it."


def test_nobody_joined_or_left_is_said_once() -> None:
    still = {f"p{n}": Person(key=f"p{n}", name=f"P {n}", spells=(Spell(dt.date(2024, 1, 1), None),)) for n in range(3)}
    (card,) = cards(facts(people=still))
    assert card.sentence == "Nobody joined or left in 2026 so far."
    (card,) = cards(facts(people=people(3, joined=dt.date(2026, 2, 1))))
    assert card.sentence == "3 people joined in 2026 so far, and nobody left."


def test_every_domain_has_its_place_once_one_holds_something() -> None:
    assert every_domain(()) == ()
    domains = every_domain(cards(facts(people=people(3))))
    assert [each.page for each in domains] == ["connectivity", "experience", "infrastructure", "emergence"]
    assert [type(each) for each in domains] == [EmptyCard, EmptyCard, Card, EmptyCard]


def test_a_tab_whose_rows_could_not_be_used_is_not_told_to_be_begun() -> None:
    lost = (read_tab("Connections", rows=3, rejected=3), read_tab("Convenings", rows=0, rejected=0))
    least = {each.tab: each.least for each in not_kept_yet(facts(tabs=lost))}
    assert "none could be used yet" in least["Connections"]
    assert "none could be used yet" not in least["Convenings"]
    for_viewers = facts_of(Workbook(today=TODAY, tabs=lost), as_of=TODAY, for_staff=False)
    assert all("page Data" not in each.least for each in not_kept_yet(for_viewers))
