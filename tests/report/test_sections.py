"""What a report says: numbers worked out by hand, nothing that viewers may not see, only stories that may be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.overview.facts import gather_facts
from nethealth.overview.verdict import judge
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.report.model import USUAL_PARTS, Audience, Part, Report, Section
from nethealth.report.sections import write_report
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import (
    Agreement,
    Connection,
    EmergentActivity,
    FeedbackAction,
    Gathering,
    Person,
    Settings,
    Spell,
    SurveyResponse,
    Workbook,
)
from tests.overview.examples import ITEM, OUTCOME, QUESTION

TODAY = dt.date(2026, 11, 30)
LONG_AGO = dt.date(2020, 1, 1)


def members(
    count: int, *, joined: dt.date = LONG_AGO, left: dt.date | None = None, first: int = 0
) -> dict[str, Person]:
    spells = (Spell(joined, left),)
    return {f"p{at}": Person(key=f"p{at}", name=f"Person {at}", spells=spells) for at in range(first, first + count)}


def report(audience: Audience = Audience.BOARD, *, with_names: bool = False, **tabs: object) -> Report:
    workbook = Workbook(today=TODAY, **tabs)  # type: ignore[arg-type]
    return write_report(
        redact_for_viewers(workbook), audience=audience, as_of=TODAY, parts=tuple(Part), with_names=with_names
    )


def section(found: Report, part: Part) -> Section:
    return next(each for each in found.sections if each.part is part)


def test_membership_of_a_year() -> None:
    people = {
        **members(10),
        **members(3, joined=dt.date(2026, 3, 1), first=10),
        **members(2, left=dt.date(2026, 5, 1), first=13),
    }
    who = section(report(people=people), Part.WHO)
    assert "had 13 members, up from 12 a year before" in who.text
    assert "3 people joined, and 2 left" in who.text
    # Ten of the twelve are still there.
    assert [number.value for number in who.numbers] == ["13", "83%"]
    assert who.chart is not None
    assert who.chart.values[-1] == 13


@pytest.mark.parametrize(
    ("joined", "left", "said"),
    [
        (0, 0, "no one joined or left."),
        (0, 1, "no one joined, and 1 left."),
        (1, 0, "1 person joined, and no one left."),
    ],
)
def test_membership_of_a_year_with_few_changes(joined: int, left: int, said: str) -> None:
    people = {
        **members(10),
        **members(joined, joined=dt.date(2026, 3, 1), first=10),
        **members(left, left=dt.date(2026, 5, 1), first=20),
    }
    assert said in section(report(people=people), Part.WHO).text


def test_one_of_each_is_in_the_singular() -> None:
    found = report(
        people=members(6),
        activities=(Gathering(title="Visit", date=dt.date(2026, 2, 1)),),
        agreements=(Agreement(title="Purpose", adopted=dt.date(2024, 1, 1), made_by_members=True),),
        emergent=(EmergentActivity(name="Choir", started=dt.date(2026, 2, 1), collaborators=("p0", "p1")),),
    )
    together, emerged = section(found, Part.TOGETHER).text, section(found, Part.EMERGED).text
    assert "there was 1 activity." in together
    assert "1 agreement on how we work together. Members made it." in together
    assert "1 activity has grown" in emerged
    assert "them" not in emerged


def test_leaving_is_compared_with_a_year_and_not_with_a_day() -> None:
    people = {
        **members(60),
        **members(5, left=dt.date(2025, 5, 1), first=60),
        **members(30, left=dt.date(2026, 5, 1), first=70),
    }
    numbers = section(report(people=people), Part.SUMMARY).numbers
    (left,) = (number for number in numbers if number.label == "People who left")
    assert left.value == "30"
    assert "in all of 2025." in left.note
    assert "30 people" not in left.note


def test_convenings_of_the_period() -> None:
    def met(day: dt.date, *, invited: float | None, attended: float | None) -> Gathering:
        return Gathering(title="Convening", date=day, invited=invited, attended=attended)

    convenings = (
        met(dt.date(2025, 6, 1), invited=10, attended=10),
        met(dt.date(2026, 2, 1), invited=30, attended=12),
        met(dt.date(2026, 6, 1), invited=10, attended=8),
        met(dt.date(2026, 8, 1), invited=None, attended=5),
        Gathering(title="Winter convening", date=dt.date(2027, 1, 15)),
    )
    found = report(people=members(6), convenings=convenings)
    together = section(found, Part.TOGETHER)
    assert "we came together 3 times" in together.text
    # 20 of 40; one without a number of invited people doesn't count.
    assert "50% came" in together.text
    assert "Winter convening" in section(found, Part.NEXT).text


def test_the_board_reads_next_steps_as_ours() -> None:
    convenings = tuple(Gathering(title="Convening", date=dt.date(2026, month, 1)) for month in (1, 4, 7))
    text = section(report(people=members(6), convenings=convenings), Part.NEXT).text
    assert "We usually meet" in text
    assert " you" not in text.casefold()


def test_survey_names_the_highest_outcome() -> None:
    responses = tuple(
        SurveyResponse(wave="2026", date=dt.date(2026, 10, 1), answers={ITEM: 5.0 if at < 6 else 2.0})
        for at in range(8)
    )
    say = section(report(people=members(10), questions=(QUESTION,), responses=responses), Part.SAY)
    assert f"“{OUTCOME}” (75%)" in say.text
    assert say.chart is not None
    assert (say.chart.names, say.chart.values) == ((OUTCOME,), (0.75,))


def test_connections_of_everyone_and_of_some() -> None:
    knows = Connection(source="p0", target="p1")
    for count, reached in ((2, "all 2 members"), (3, "2 of 3 members")):
        found = report(people=members(count), connections=(knows,))
        assert f"{reached} could reach each other" in section(found, Part.CONNECTED).text
        # Nothing was compared, so no range needs a word.
        assert "range" not in found.footnote


def test_plan_gives_its_reason() -> None:
    people = members(6)
    knows = tuple(Connection(source="p0", target=f"p{at}") for at in range(1, 4))
    assert "(2 people)." in section(report(people=people, connections=knows), Part.NEXT).text


def test_too_few_answers_give_no_section() -> None:
    responses = tuple(SurveyResponse(wave="2026", answers={ITEM: 5.0}) for _ in range(4))
    found = report(people=members(10), questions=(QUESTION,), responses=responses)
    assert Part.SAY not in [each.part for each in found.sections]


def test_only_stories_that_may_be_shared_are_in_it() -> None:
    activities = (
        EmergentActivity(name="Choir", collaborators=("p0", "p1"), outcomes="They sang.", may_be_shared=True),
        EmergentActivity(name="Secret garden", collaborators=("p2", "p3"), outcomes="It grew."),
    )
    for with_names, people in ((False, "2 collaborators"), (True, "Person 0 and Person 1")):
        emerged = section(report(people=members(6), emergent=activities, with_names=with_names), Part.EMERGED)
        assert [(story.name, story.people) for story in emerged.stories] == [("Choir", people)]
        assert "2 activities" in emerged.text


def test_only_what_was_done_about_feedback() -> None:
    actions = (
        FeedbackAction(what_we_heard="Too many emails.", what_we_did="One on Mondays.", done=True),
        FeedbackAction(what_we_heard="No subs.", what_we_did="A fund.", promised_by=dt.date(2026, 1, 1)),
    )
    heard = section(report(people=members(6), actions=actions), Part.HEARD)
    assert "One on Mondays." in heard.text
    assert "subs" not in heard.text


def test_story_says_what_it_is_for_and_what_came_of_it() -> None:
    for purpose, text in (
        ("We sing.", "We sing. They sang."),
        ("Singing", "Singing\n\nThey sang."),
        (None, "They sang."),
    ):
        choir = EmergentActivity(name="Choir", purpose=purpose, outcomes="They sang.", may_be_shared=True)
        (story,) = section(report(people=members(6), emergent=(choir,)), Part.EMERGED).stories
        assert (story.text, story.people) == (text, None)


def test_next_steps_are_for_the_board() -> None:
    for audience, is_included in ((Audience.BOARD, True), (Audience.FUNDER, False)):
        planned = (Gathering(title="Spring", date=dt.date(2027, 3, 1)),)
        years = {**members(10), **members(5, left=dt.date(2025, 6, 1), first=10)}
        text = section(report(audience, people=years, convenings=planned), Part.NEXT).text
        assert ("left" in text) is is_included


def test_summary_is_the_verdict() -> None:
    workbook = redact_for_viewers(read_workbook(read_sample(), today=TODAY))
    written = write_report(workbook, audience=Audience.FUNDER, as_of=TODAY)
    facts = gather_facts(workbook, as_of=TODAY, for_staff=False)
    summary = written.sections[0]
    assert summary.part is Part.SUMMARY
    assert judge(facts).headline == "Healthier than in 2025"
    assert summary.text.startswith("Our network is healthier than in 2025. ")
    assert judge(facts).evidence in summary.text
    assert [number.value for number in summary.numbers] == [change.figure for change in judge(facts).changes]
    assert all(
        change.when[1:] in number.note for change, number in zip(judge(facts).changes, summary.numbers, strict=True)
    )


def test_summary_says_that_no_change_is_clear() -> None:
    answers = [
        SurveyResponse(wave=str(day.year), date=day, answers={ITEM: value})
        for day, values in ((dt.date(2025, 5, 1), [5] * 6 + [2] * 4), (dt.date(2026, 5, 1), [5] * 7 + [2] * 3))
        for value in values
    ]
    summary = section(report(questions=(QUESTION,), responses=tuple(answers)), Part.SUMMARY)
    assert summary.text.startswith("No clear change since 2025")
    assert summary.numbers == ()


def test_sections_without_data_are_left_out() -> None:
    assert report(people=members(3), settings=Settings(shared_purpose="We share.")).sections[0].part is Part.PURPOSE
    assert report().sections == ()


@pytest.mark.parametrize("audience", list(Audience))
def test_report_of_the_sample_holds_nothing_for_staff_only(audience: Audience) -> None:
    workbook = read_workbook(read_sample(), today=TODAY)
    hidden = [person.name for person in workbook.people.values() if not person.on_map]
    notes = [talk.what_we_heard for talk in workbook.weaving if talk.what_we_heard]
    assert hidden
    assert notes
    written = write_report(redact_for_viewers(workbook), audience=audience, as_of=TODAY)
    everything = repr(written)
    assert [name for name in (*hidden, *notes) if name in everything] == []
    assert [each.part for each in written.sections] == list(USUAL_PARTS[audience])


def test_without_names_no_member_is_named() -> None:
    workbook = redact_for_viewers(read_workbook(read_sample(), today=TODAY))
    written = write_report(workbook, audience=Audience.FUNDER, as_of=TODAY)
    drawn = section(written, Part.CONNECTED).picture or ""
    names = [person.name for person in workbook.people.values()]
    assert "<svg" in drawn
    assert [name for name in names if name in drawn] == []
    named = write_report(workbook, audience=Audience.FUNDER, as_of=TODAY, with_names=True)
    assert any(name in (section(named, Part.CONNECTED).picture or "") for name in names)


def test_progress_names_each_section() -> None:
    seen: list[Part] = []
    workbook = redact_for_viewers(Workbook(today=TODAY, people=members(6)))
    write_report(
        workbook, audience=Audience.BOARD, as_of=TODAY, parts=(Part.NEXT, Part.WHO), report_progress=seen.append
    )
    assert seen == [Part.WHO, Part.NEXT]


def test_people_who_asked_not_to_appear_are_mentioned() -> None:
    people = members(6)
    people["p0"] = replace(people["p0"], on_map=False)
    assert "asked not to appear" in report(people=people).footnote
    assert "asked not to appear" not in report(people=members(6)).footnote
