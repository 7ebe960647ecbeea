"""The sample network: made by its script, with a few intended problems and a consistent history."""

import csv
import datetime as dt
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from nethealth.network.analysis.wave_metrics import metrics_by_wave, metrics_without_hub
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Severity, WaveKind
from nethealth.workbook.schema.tabs import TABS
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, OUTCOMES, Moment

FOLDER = Path(__file__).parent.parent / "data" / "sample"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def workbook():
    return read_workbook(read_sample(), today=TODAY)


def rows(tab):
    with (FOLDER / f"{tab}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_script_makes_the_same_files(tmp_path):
    subprocess.run([sys.executable, str(FOLDER / "make_sample.py"), str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}


def test_files_and_headers_are_in_the_contract():
    columns = {tab.name: {column.name for column in tab.columns.values()} for tab in TABS}
    for path in FOLDER.glob("*.csv"):
        headers = set(rows(path.stem)[0])
        extra = {"Grade band", "Community served", "Years in education (private)"} if path.stem == "Members" else set()
        if path.stem != "Survey":
            assert headers - extra <= columns[path.stem]


def test_sample_has_its_few_intended_problems(workbook):
    found = Counter((problem.severity, problem.tab, problem.header) for problem in workbook.problems)
    assert found[Severity.ERROR, "Connections", "To"] == 1  # a misspelled name
    assert found[Severity.NOTE, "Activities", "Date"] == 1  # day and month could be swapped
    assert found[Severity.WARNING, "Activities", "Attended"] == 1  # more came than were invited
    by_severity = Counter(problem.severity for problem in workbook.problems)
    assert by_severity[Severity.ERROR] == 1
    assert by_severity[Severity.WARNING] <= 4
    assert by_severity[Severity.NOTE] <= 8
    assert workbook.unlisted == ()
    assert workbook.ignored_tabs == ()


def test_misspelled_name_suggests_the_right_one(workbook):
    (slip,) = (problem for problem in workbook.problems if problem.severity is Severity.ERROR)
    names = {person.name for person in workbook.people.values()}
    assert slip.value not in names
    assert any(name in f"{slip.message} {slip.remedy}" for name in names)


def test_sample_is_as_large_and_varied_as_a_real_network(workbook):
    assert 135 <= len(workbook.members) <= 145
    assert 110 <= sum(bool(person.is_inside(TODAY)) for person in workbook.members) <= 130
    came_back = [person for person in workbook.members if len(person.spells) > 1]
    assert 3 <= len(came_back) <= 5
    assert any("," in person.name for person in workbook.members)
    assert sum(not person.on_map for person in workbook.members) == 2
    assert set(workbook.attributes) >= {"Region", "Organization", "Grade band", "Community served"}
    assert workbook.private_attributes == ("Years in education (private)",)
    assert len({person.attributes["Region"] for person in workbook.members}) == 6
    assert len(workbook.hub) == 4
    assert [len(workbook.convenings), len(workbook.activities), len(workbook.agreements)] == [13, 18, 8]
    assert [len(workbook.emergent), len(workbook.weaving)] == [12, 40]
    assert len({month.month for month in workbook.platform}) == 30
    assert len({month.platform for month in workbook.platform}) == 2


def test_waves_and_surveys(workbook):
    kinds = Counter(kind for wave in workbook.waves for kind in wave.kinds)
    assert kinds == {WaveKind.RELATIONSHIPS: 3, WaveKind.SURVEY: 2}
    answers = Counter(response.wave for response in workbook.responses)
    assert set(answers) == {"Fall 2025", "Fall 2026"}
    assert all(70 <= count <= 90 for count in answers.values())
    for level, outcomes in OUTCOMES.items():
        for outcome in outcomes:
            assert sum((q.level, q.outcome) == (level, outcome) for q in workbook.questions) == 2
    assert Counter(question.kind.value for question in workbook.questions) == {
        "scale": 13,
        "choice": 1,
        "multiple": 1,
        "text": 2,
    }
    for wave in workbook.waves:
        if WaveKind.RELATIONSHIPS in wave.kinds:
            assert 0.7 < len(wave.respondents) / wave.invited < 1


def test_the_mindset_session(workbook):
    moments = Counter(reflection.moment for reflection in workbook.mindset)
    assert moments == {Moment.NOW: 24, Moment.HOPED_FOR: 23}
    for reflection in workbook.mindset:
        assert 1 <= len(reflection.rose_to_the_top) <= 3
        assert set(reflection.rose_to_the_top) <= set(CHARACTERISTICS)


def met_before(workbook, one, other, day):
    """Whether two people had a convening, a talk or a tie in common before a day."""
    for gathering in workbook.convenings:
        if gathering.date < day and {one, other} <= set(gathering.attendees):
            return True
    for talk in workbook.weaving:
        if talk.date < day and {one, other} <= {talk.member, *talk.introduced_to}:
            return True
    return any(tie.date < day and {tie.source, tie.target} == {one, other} for tie in workbook.connections)


def test_every_collaboration_has_a_history(workbook):
    pairs = 0
    for activity in workbook.emergent:
        assert len(activity.collaborators) >= 2
        for one, other in combinations(activity.collaborators, 2):
            assert met_before(workbook, one, other, activity.started), (activity.name, one, other)
            pairs += 1
    assert pairs > 40


def test_collaborations_and_introductions_become_ties(workbook):
    last = {
        frozenset((tie.source, tie.target))
        for tie in workbook.connections
        if tie.wave == "Spring 2026" and tie.is_report
    }
    day = dt.date(2026, 4, 15)
    worked = {
        frozenset(pair)
        for activity in workbook.emergent
        if activity.started < day
        for pair in combinations(activity.collaborators, 2)
    }
    introduced = {frozenset((t.member, o)) for t in workbook.weaving if t.date < day for o in t.introduced_to}
    assert len(worked & last) > len(worked) / 2
    assert 3 <= len(introduced & last) < len(introduced)


def test_former_members_do_nothing(workbook):
    people = workbook.people
    for tie in workbook.connections:
        assert people[tie.source].is_inside(tie.date)
        assert people[tie.target].is_inside(tie.date)
    for gathering in (*workbook.convenings, *workbook.activities):
        assert all(people[key].is_inside(gathering.date) for key in gathering.attendees)
    for talk in workbook.weaving:
        assert all(people[key].is_inside(talk.date) for key in (talk.member, *talk.introduced_to))
    for activity in workbook.emergent:
        assert all(people[key].is_inside(activity.started) for key in activity.collaborators)


def test_follow_ups_are_open_overdue_and_done(workbook):
    asked = [talk for talk in workbook.weaving if talk.follow_up]
    states = Counter("done" if talk.done else "overdue" if talk.due < TODAY else "open" for talk in asked)
    assert states["done"] > 10
    assert states["overdue"] >= 2
    assert states["open"] >= 2


def test_one_agreement_is_due_for_review(workbook):
    waiting = [
        agreement.title
        for agreement in workbook.agreements
        if agreement.status == "Adopted"
        and max(filter(None, (agreement.adopted, agreement.reviewed))) < dt.date(2024, 11, 23)
    ]
    assert len(waiting) == 1


def test_every_link_leads_nowhere():
    for path in FOLDER.glob("*.csv"):
        words = path.read_text(encoding="utf-8")
        assert words.count("https://") == words.count("https://example.org/")
        assert words.count("@") == words.count("@example.org")


def test_network_grows_from_one_hub_to_many(workbook):
    waves = metrics_by_wave(workbook)
    first, second, third = (wave.metrics for wave in waves)
    assert first.members < second.members < third.members
    assert first.degree_centralization > second.degree_centralization > third.degree_centralization
    assert 6 <= third.isolates <= 10
    assert all(0.55 < wave.reciprocity < 0.8 for wave in (first, second, third))
    without = [metrics_without_hub(workbook, wave=wave.wave, rule=None) for wave in (first, third)]
    assert without[0].largest_component / without[0].members < 0.8 < without[1].largest_component / without[1].members
