"""What only staff see is not in a viewer's workbook, whatever the cells contain; metrics stay the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import Period, membership_by_period
from nethealth.mindset.metrics import summarize_mindset
from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.privacy.viewer_redaction import ANOTHER_ANSWER, FORMER_MEMBER, NOT_SHOWN, has_left, redact_for_viewers
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    MindsetReflection,
    Person,
    PlatformMonth,
    Problem,
    Question,
    QuestionKind,
    Settings,
    Severity,
    Spell,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind, Moment, NameStyle, WaveKind
from nethealth.workbook.tab_reading import TabReading

TODAY = dt.date(2026, 5, 1)
HERE = (Spell(dt.date(2025, 1, 1), None),)
GONE = (Spell(dt.date(2024, 1, 1), dt.date(2025, 6, 30)),)


def person(name: str, *, key: str | None = None, **more: Any) -> Person:
    return Person(key=key or name, name=name, **more)


def texts_in(value: object) -> set[str]:
    """Every text anywhere in a record, keys of mappings too."""
    if isinstance(value, str):
        return {value}
    if is_dataclass(value) and not isinstance(value, type):
        return set().union(*(texts_in(getattr(value, field.name)) for field in fields(value)))
    if hasattr(value, "items"):
        return set().union(*(texts_in(key) | texts_in(item) for key, item in value.items()), set())
    if isinstance(value, tuple | list | set | frozenset):
        return set().union(*(texts_in(item) for item in value), set())
    return set()


@pytest.fixture
def workbook() -> Workbook:
    people = {
        one.key: one
        for one in (
            person("Ana Reyes", key="M-1", member_id="M-1", spells=HERE, notes="SECRET member", row=2),
            person("Bo Lind", key="M-2", spells=GONE, attributes={"Organization": "SECRET tiny school"}),
            person("Cy Moss", key="M-3", spells=HERE, on_map=False, tags=("SECRET tag",)),
            *(person(f"Extra {n}", spells=HERE, attributes={"Region": "North"}) for n in range(6)),
        )
    }
    text = Question(text="What else?", kind=QuestionKind.TEXT)
    choice = Question(text="Which?", kind=QuestionKind.CHOICE)
    scale = Question(text="Useful?", kind=QuestionKind.NUMBER)
    return Workbook(
        title="Sheet",
        today=TODAY,
        fingerprint="f",
        url="https://docs.google.com/SECRET",
        people=people,
        hub=frozenset({"M-1"}),
        connections=(
            Connection(source="M-1", target="M-2", wave="W", notes="SECRET tie", entry_id="SECRET id", row=3),
            Connection(source="M-3", target="Extra 1", wave="W"),
        ),
        waves=(
            Wave(
                name="W",
                kinds=frozenset({WaveKind.RELATIONSHIPS}),
                date=dt.date(2026, 1, 1),
                respondents=("M-1", "M-3"),
            ),
            Wave(
                name="S",
                kinds=frozenset({WaveKind.SURVEY}),
                date=dt.date(2026, 2, 1),
                respondents=("M-1", "Extra 1"),
            ),
        ),
        weaving=(
            Conversation(
                date=dt.date(2026, 3, 1),
                weaver="SECRET weaver",
                member="Extra 2",
                introduced_to=("Extra 3",),
                what_we_heard="SECRET heard",
                follow_up="SECRET follow",
                due=dt.date(2026, 4, 1),
                entry_id="SECRET entry",
            ),
        ),
        questions=(text, choice, scale),
        responses=tuple(
            SurveyResponse(
                wave="S",
                date=dt.date(2026, 2, n),
                respondent=f"Extra {n}",
                answers={"What else?": f"SECRET {n}", "Which?": "SECRET other" if n == 1 else "Calls", "Useful?": n},
            )
            for n in range(1, 7)
            if f"Extra {n}" in people or n == 6
        ),
        convenings=(
            Gathering(
                date=dt.date(2026, 3, 3),
                title="Spring, hosted by Bo Lind",
                attendees=("M-1", "M-2"),
                key_outcomes="Cy Moss offered a room",
            ),
        ),
        emergent=(
            EmergentActivity(name="Lesson study", purpose="Begun by BO  LIND", collaborators=("M-1", "M-2"), row=9),
            EmergentActivity(name="Choir", guests=("SECRET Guest", "SECRET Other")),
            EmergentActivity(name="Band", guests=("Secret guest",)),
        ),
        platform=(PlatformMonth(month=dt.date(2026, 1, 1), facilitator="Bo Lind"),),
        mindset=(
            MindsetReflection(
                session="Retreat",
                moment=Moment.NOW,
                positions=(1,) * 7,
                reflection="SECRET reflection",
                respondent="M-1",
                date=dt.date(2026, 3, 1),
            ),
            MindsetReflection(
                session="Retreat",
                moment=Moment.NOW,
                positions=(5,) * 7,
                respondent="M-1",
                date=dt.date(2026, 3, 2),
            ),
        ),
        tabs=(TabReading(tab="Members", title="Members", rows=9, accepted=9, merged=0, rejected=0, url="SECRET"),),
        ignored_tabs=("SECRET tab",),
        problems=(Problem(severity=Severity.ERROR, tab="Members", message="SECRET problem", remedy="SECRET remedy"),),
        notes=("SECRET note",),
    )


def test_nothing_for_staff_remains(workbook: Workbook) -> None:
    assert any("SECRET" in text for text in texts_in(workbook))
    texts = texts_in(redact_for_viewers(workbook, salt=b"s"))
    assert not [text for text in texts if "SECRET" in text]
    assert not [text for text in texts if "Lind" in text or "LIND" in text or "Moss" in text]
    assert not texts & {"M-1", "M-2", "M-3"}
    assert any("Ana Reyes" in text for text in texts), "who is here keeps their name"


def test_former_and_hidden_names_are_replaced(workbook: Workbook) -> None:
    shown = redact_for_viewers(workbook)
    names = [one.name for one in shown.people.values()]
    assert names[:3] == ["Ana Reyes", FORMER_MEMBER, NOT_SHOWN]
    assert [one.on_map for one in shown.people.values()][:3] == [True, True, False]
    assert shown.convenings[0].title == "Spring, hosted by a member"


def test_guests_count_without_their_names(workbook: Workbook) -> None:
    shown = redact_for_viewers(workbook)
    assert [each.guests for each in shown.emergent] == [(), ("Guest 1", "Guest 2"), ("Guest 1",)]


def test_spell_ending_today_is_not_left() -> None:
    assert not has_left(person("A", spells=(Spell(None, TODAY),)), today=TODAY)
    assert has_left(person("A", spells=(Spell(None, TODAY - dt.timedelta(days=1)),)), today=TODAY)
    assert not has_left(person("A"), today=TODAY)
    assert not has_left(person("A", spells=(*GONE, Spell(dt.date(2026, 1, 1), None))), today=TODAY)


def test_metrics_are_the_same_for_viewers(workbook: Workbook) -> None:
    people = {key: replace(person, on_map=True) for key, person in workbook.people.items()}
    workbook = replace(workbook, people=people)
    shown = redact_for_viewers(workbook)
    assert compute_network_metrics(network_at(shown)) == compute_network_metrics(network_at(workbook))
    years = membership_by_period(workbook, period=Period.YEAR, as_of=TODAY)
    assert membership_by_period(shown, period=Period.YEAR, as_of=TODAY) == years
    assert summarize_mindset(shown) == summarize_mindset(workbook)


def test_survey_sharing_wave_name_stays_survey(workbook: Workbook) -> None:
    waves = tuple(replace(wave, name="W") for wave in workbook.waves)
    undated = tuple(replace(response, wave="W", date=None) for response in workbook.responses)
    shown = redact_for_viewers(replace(workbook, waves=waves[::-1], responses=undated))
    asked = {WaveKind.SURVEY in wave.kinds: wave for wave in shown.waves}
    assert asked[True].respondents is None
    assert asked[True].responded == 2
    assert asked[False].respondents is not None


def test_respondents_become_a_count(workbook: Workbook) -> None:
    shown = redact_for_viewers(workbook)
    survey = next(wave for wave in shown.waves if wave.name == "S")
    ties = next(wave for wave in shown.waves if wave.name == "W")
    assert survey.respondents is None
    assert survey.responded == 2
    assert ties.respondents is not None
    # Cy asked not to appear, so Cy is counted and not listed.
    assert len(ties.respondents) == 1
    assert ties.responded == 2
    assert all(response.respondent is None for response in shown.responses)
    assert {response.date for response in shown.responses} == {max(r.date for r in workbook.responses if r.date)}


def test_rare_options_are_pooled(workbook: Workbook) -> None:
    shown = redact_for_viewers(replace(workbook, settings=Settings(smallest_group=3)))
    assert {response.answers["Which?"] for response in shown.responses} == {"Calls", ANOTHER_ANSWER}


def test_names_are_shortened_once(workbook: Workbook) -> None:
    by_initials = redact_for_viewers(replace(workbook, settings=Settings(names=NameStyle.INITIALS)))
    assert by_initials.settings.names is NameStyle.NAMES
    assert next(iter(by_initials.people.values())).name == "AR"
    by_codes = redact_for_viewers(replace(workbook, settings=Settings(names=NameStyle.CODES)), salt=b"s")
    assert next(iter(by_codes.people.values())).name.startswith("M-")
    assert not [text for text in texts_in(by_codes) if "Ana" in text or "Extra" in text]


def test_keys_depend_on_salt(workbook: Workbook) -> None:
    keys = [list(redact_for_viewers(workbook, salt=salt).people) for salt in (b"one", b"one", b"two")]
    assert keys[0] == keys[1]
    assert not set(keys[0]) & set(keys[2])


def test_viewers_share_no_cache_with_staff(workbook: Workbook) -> None:
    assert redact_for_viewers(workbook).fingerprint not in ("", workbook.fingerprint)
    assert redact_for_viewers(replace(workbook, fingerprint="")).fingerprint == ""


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=6, max_size=20).filter(
    lambda name: sum(sign.isalnum() for sign in name) > 5 and name.strip() == name and "member" not in name.casefold()
)


def with_names_of(here: str, others: list[str]) -> Workbook:
    """A workbook that names everyone in every tab; viewers may see only the first name."""
    people = {
        f"k{n}": person(name, key=f"k{n}", spells=GONE if n % 2 else HERE, on_map=bool(n % 2))
        for n, name in enumerate(others, start=1)
    } | {"k0": person(here, key="k0", spells=HERE)}
    texts = " and ".join(others)
    return Workbook(
        today=TODAY,
        people=people,
        connections=tuple(
            Connection(source="k0", target=key, notes=texts, heard_through=HeardThrough.STAFF)
            for key in people
            if key != "k0"
        ),
        emergent=(EmergentActivity(name=texts, purpose=texts, outcomes=texts, collaborators=tuple(people)),),
        convenings=(Gathering(date=TODAY, title=texts, key_outcomes=texts, attendees=tuple(people)),),
        weaving=(Conversation(date=TODAY, weaver=texts, member="k0", what_we_heard=texts, introduced_to=("k1",)),),
    )


MOST = 6
OUR_WORDS = " ¦ ".join(
    texts_in(redact_for_viewers(with_names_of("Ann Lee", [f"Ben Ode {n}" for n in range(1, MOST)])))
).casefold()
"""What every such workbook says of itself (“Person”, “former member”, the codes): someone may have that name, too."""


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_unnamed_people_stay_unnamed(data: st.DataObject) -> None:
    names = data.draw(st.lists(NAMES, min_size=3, max_size=MOST, unique_by=str.casefold))
    here, *others = names
    shown = redact_for_viewers(with_names_of(here, others))
    everything = " ¦ ".join(texts_in(shown)).casefold()
    for name in others:
        if name.casefold() not in here.casefold() and name.casefold() not in OUR_WORDS:
            assert name.casefold() not in everything
    assert len(shown.people) == len(names)
    assert {one.kind for one in shown.people.values()} == {Kind.PERSON}
