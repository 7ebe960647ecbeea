"""Write the sample workbook next to this script: a fictional network, the same bytes each time.

    python data/sample/make_sample.py [FOLDER]

Everyone and everything in it is invented. What happens in it fits together: collaborations are started by people who
met at a convening, were introduced by a weaver or were tied before; introductions become ties; ties last or fade.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import sample_answers as said
import sample_texts as texts
from sample_people import HUB, STATES, Member, make_members
from sample_ties import Ties, Wave

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from nethealth.workbook.schema.vocabulary import PAIRS  # noqa: E402 - the package may not be installed

SEED = 20261123
TODAY = dt.date(2026, 11, 23)
WAVES = (
    Wave("Spring 2024", dt.date(2024, 4, 30), 0.90, 0.0),
    Wave("Spring 2025", dt.date(2025, 4, 30), 0.84, 0.35),
    Wave("Spring 2026", dt.date(2026, 4, 30), 0.87, 0.65),
)
SURVEYS = (("Fall 2025", dt.date(2025, 10, 24), 76), ("Fall 2026", dt.date(2026, 10, 23), 88))

Row = Sequence[Any]


# Typical mistakes, so that the Data page has something to show.
TYPED_OTHERWISE = {"2026-03-04": "3/4/2026"}
MORE_CAME_THAN_WERE_INVITED = "New circles’ clinic"
NOT_COUNTED = dt.date(2025, 7, 1)
"""A summer month in which no one recorded platform metrics."""


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


def working_day(date: dt.date) -> dt.date:
    """Return the same day, or a nearby workday."""
    if (date.month, date.day) >= (12, 20) or (date.month, date.day) <= (1, 4):
        date += dt.timedelta(days=16)
    if date.month == 7 and date.day in (3, 4, 5):
        date += dt.timedelta(days=4)
    return date - dt.timedelta(days=max(0, date.weekday() - 4))


def first_name(person: Member) -> str:
    return person.name.split()[0]


def pick(answers: list[str], person: Member, wave: str, date: dt.date) -> str:
    """Remove and return an answer that this person could have given; answers that few could give come first."""
    here = {
        "region": person.region,
        "band": person.band,
        "community": person.community,
        "leadership": person.leadership,
        "wave": wave,
        "new": "yes" if (date - person.joined).days < 75 else "no",
    }
    fitting = []
    for answer in answers:
        field, value = said.WHO_COULD_SAY.get(answer, ("", ""))
        if not field or here[field] == value:
            fitting.append((field == "", answer))
    if not fitting or (here["new"] == "yes" and all(common for common, _ in fitting)):
        return ""
    answer = min(fitting)[1]
    answers.remove(answer)
    return answer


class Sample:
    """The growing network, and the tabs that its staff would have filled in."""

    def __init__(self) -> None:
        self.rng = random.Random(SEED)
        self.people = make_members(self.rng)
        self.staff = [p for p in self.people if p.is_staff]
        self.members = [p for p in self.people if not p.is_staff]
        self.director = self.staff[1]
        self.quiet = self._quiet()
        self.ties = Ties(random.Random(SEED + 1), self.people, self.quiet)
        self.tabs: dict[str, list[Row]] = {}
        self.met: list[tuple[dt.date, frozenset[int]]] = []
        self.introduced: list[tuple[dt.date, Member, Member]] = []
        self.seeds: list[tuple[dt.date, Member, Member]] = []

    def active(self, on: dt.date, among: Iterable[Member] | None = None) -> list[Member]:
        return [p for p in (self.people if among is None else among) if p.is_inside(on)]

    def _quiet(self) -> set[int]:
        """Return the isolates of the latest wave: mostly people who just joined."""
        last = WAVES[-1].date
        new = [p for p in self.members if dt.date(2025, 10, 1) <= p.joined < last and p.is_inside(last)]
        older = [p for p in self.members if dt.date(2024, 9, 1) <= p.joined < dt.date(2025, 4, 1) and p.is_inside(last)]
        plain = [p for p in new if not p.leadership], [p for p in older if not p.leadership]
        return {p.number for p in self.rng.sample(plain[0], 5) + self.rng.sample(plain[1], 1)}

    def make(self) -> dict[str, list[Row]]:
        self.tabs["Settings"] = self.settings()
        self.tabs["Members"] = self.member_rows()
        gatherings = self.gatherings()
        weaving = self.weaving()
        emergent = self.grow()
        self.tabs["Connections"] = self.ties.rows()
        self.tabs["Waves"] = self.waves()
        self.tabs["Weaving"] = weaving
        self.tabs["Survey"] = self.survey()
        self.tabs["Questions"] = self.questions()
        self.tabs["Actions"] = [["What we heard", "What we did", "Promised by", "Done", "Question"], *said.ACTIONS]
        self.tabs["Convenings"], self.tabs["Activities"] = gatherings
        self.tabs["Platform"] = self.platform()
        self.tabs["Agreements"] = self.agreements()
        self.tabs["Emergent activity"] = emergent
        self.tabs["Mindset"] = self.mindset()
        self.tabs["Reference"] = self.reference()
        return self.tabs

    def settings(self) -> list[Row]:
        return [
            ["Setting", "Value"],
            ["Network name", texts.NETWORK],
            ["Shared purpose", texts.PURPOSE],
            ["Hub", HUB],
            ["Fiscal year starts", "July"],
            ["Color map by", "Region"],
            ["Engaged within months", 12],
            ["Smallest group shown", 5],
            ["Date order", "month first"],
        ]

    def member_rows(self) -> list[Row]:
        header = ["Member ID", "Name", "Organization", "Role", "Leadership role", "Region", "Joined", "Left", "Email"]
        rows: list[Row] = [
            [*header, "Tags", "Grade band", "Community served", "Years in education (private)", "Show on map", "Notes"]
        ]
        for p in self.people:
            for place, (joined, left) in enumerate(p.spells):
                mail = f"{p.id.lower()}@example.org"
                note = "Came back after a break" if place else ""
                shown = "" if p.on_map else "no"
                words = [p.id, p.name, p.organization, p.role, p.leadership, p.region, joined, left, mail]
                rows.append([*words, "; ".join(p.tags), p.band, p.community, p.years, shown, note])
        return rows

    def gatherings(self) -> tuple[list[Row], list[Row]]:
        convenings: list[Row] = [
            ["Date", "Title", "Format", "Invited", "Attended", "Attendees", "Key outcomes", "Link"]
        ]
        for number, (title, date, form, outcomes) in enumerate(texts.CONVENINGS):
            here = self.active(day(date))
            share = {"In person": 0.56, "Online": 0.48, "Hybrid": 0.62}[form] + self.rng.uniform(-0.05, 0.05)
            came = self.attendees(here, share if number else 0.86)
            self.met.append((day(date), frozenset(p.number for p in came)))
            link = f"https://example.org/juniper/notes/{date}"
            convenings.append(
                [date, title, form, len(here), len(came), "; ".join(p.name for p in came), outcomes, link]
            )
        for title, date, form in texts.PLANNED:
            convenings.append([date, title, form, "", "", "", "", f"https://example.org/juniper/plans/{date}"])
        activities: list[Row] = [["Date", "Title", "Kind", "Invited", "Attended", "Attendees", "Notes", "Link"]]
        for title, date, kind, note in texts.ACTIVITIES:
            here = self.active(day(date))
            size = {"Study group": 9, "Classroom visit": 8, "Problem session": 19, "Mentoring": 8, "Webinar": 24}[kind]
            count = min(len(here) // 2, max(4, round(self.rng.gauss(size, size / 5))))
            came = self.attendees(here, count / len(here))
            invited: int | str = (
                len(here) if kind in {"Problem session", "Webinar"} else len(came) + self.rng.randint(3, 12)
            )
            if title == MORE_CAME_THAN_WERE_INVITED:
                invited = len(came) - 2
            written = TYPED_OTHERWISE.get(date, date)
            link = f"https://example.org/juniper/activities/{day(date)}" if kind == "Webinar" else ""
            activities.append([written, title, kind, invited, len(came), "; ".join(p.name for p in came), note, link])
        return convenings, activities

    def attendees(self, here: list[Member], share: float) -> list[Member]:
        """Return the attendees: leaders and staff nearly always, isolates rarely."""
        pull = {
            p.number: 3.0 if p.is_staff else 1.7 if p.leadership else 0.05 if p.number in self.quiet else 1.0
            for p in here
        }
        drawn = sorted(here, key=lambda p: self.rng.random() ** (1 / pull[p.number]), reverse=True)[
            : round(share * len(here))
        ]
        return sorted(drawn, key=lambda p: p.number)

    def weaving(self) -> list[Row]:
        rng = self.rng
        talks = self.plan_talks()
        rows: list[Row] = [["Date", "Weaver", "Member", "Introduced to", "What we heard", "Follow-up", "Due", "Done"]]
        spoken: set[int] = set()
        for date, (words, todo, when), introduces, states in talks:
            pool = [p for p in self.active(date, self.members) if p.number not in self.quiet or date > WAVES[-1].date]
            if states:
                # People who are still members a year later, so that something can grow.
                lasting = [p for p in pool if p.number not in self.quiet and p.is_inside(date + dt.timedelta(days=365))]
                from_there = [p for p in lasting if p.region == states[0] and p.number not in spoken]
                to_there = [p for p in lasting if p.region == states[1] and p.joined < date - dt.timedelta(days=90)]
                member = rng.choice(from_there)
                others = [rng.choice([p for p in to_there if p is not member])]
            else:
                fresh = [p for p in pool if p.number not in spoken]
                newest = sorted(pool, key=lambda p: p.joined)[-1:]
                member = newest[0] if when == "new" else rng.choice(fresh or pool)
                others = self.partners(member, date, pool) if introduces else []
            weavers = [p for p in self.active(date, self.staff) if p.role == "Network weaver"]
            weaver = rng.choice(weavers) if rng.random() < 0.85 else self.director
            spoken.add(member.number)
            self.introduced += [(date, member, other) for other in others]
            if states:
                self.seeds.append((date, member, others[0]))
            other_name = first_name(others[0]) if others else ""
            due = date + dt.timedelta(days=rng.choice((14, 21, 30, 45))) if todo else None
            names = "; ".join(p.name for p in others)
            what, follow = (text.format(other=other_name) for text in (words, todo))
            rows.append([date, weaver.name, member.name, names, what, follow, due, self.done(due)])
        return rows

    def plan_talks(self) -> list[tuple[dt.date, texts.Talk, bool, tuple[str, ...]]]:
        """Return 40 conversations, more and more frequent, each with feedback that was possible by then."""
        rng = self.rng
        waiting = [(talk, True) for talk in texts.TALKS_WITH_INTRODUCTION]
        waiting += [(talk, False) for talk in texts.TALKS_WITHOUT]
        span = (dt.date(2026, 8, 31) - dt.date(2023, 11, 6)).days
        days = [dt.date(2023, 11, 6) + dt.timedelta(days=round(span * rng.random())) for _ in range(len(waiting) - 9)]
        days += [dt.date(2026, 9, 8) + dt.timedelta(days=8 * n + rng.randint(0, 3)) for n in range(9)]
        planned = []
        for date in sorted(map(working_day, days), reverse=True):
            late = [t for t in waiting if t[0][2] != "new" and t[0][2] and t[0][2] <= date.isoformat()]
            any_time = [t for t in waiting if not t[0][2]]
            new = [t for t in waiting if t[0][2] == "new"]
            if new and (newest := max(p.joined for p in self.active(date, self.members))) and (date - newest).days < 30:
                chosen = new[0]
            elif late and (not any_time or rng.random() < 0.9):
                chosen = max(late, key=lambda t: t[0][2]) if rng.random() < 0.5 else rng.choice(late)
            else:
                chosen = rng.choice(any_time)
            waiting.remove(chosen)
            planned.append((date, chosen[0], chosen[1], ()))
        key = [(day(date), (heard, todo, ""), True, (a, b)) for date, a, b, heard, todo in texts.KEY_TALKS]
        return sorted([*planned, *key], key=lambda talk: talk[0])

    def partners(self, member: Member, date: dt.date, pool: list[Member]) -> list[Member]:
        """Return the person a weaver introduces: mostly someone in another state who shares an interest."""
        known = {frozenset((a.number, b.number)) for _, a, b in self.introduced}
        free = [p for p in pool if p is not member and frozenset((p.number, member.number)) not in known]
        free = [p for p in free if p.number not in self.quiet or date > WAVES[-1].date]
        weights = [(4 if set(p.tags) & set(member.tags) else 1) * (3 if p.region != member.region else 1) for p in free]
        first = self.rng.choices(free, weights=weights)[0]
        if self.rng.random() < 0.2:
            second = self.rng.choice([p for p in free if p is not first])
            return [first, second]
        return [first]

    def done(self, due: dt.date | None) -> Any:
        if due is None:
            return ""
        if due > TODAY:
            return "no"
        if (TODAY - due).days < 75 and self.rng.random() < 0.6:
            return "no"
        return due - dt.timedelta(days=self.rng.randint(-6, 12)) if self.rng.random() < 0.35 else "yes"

    def grow(self) -> list[Row]:
        """Run waves and collaborations in order of time, because each depends on those before it."""
        rows: list[Row] = [
            [
                "Name",
                "Purpose",
                "Collaborators",
                "Started",
                "Started by",
                "Outcomes to date",
                "Heard through",
                "Status",
                "Share story",
                "Link",
            ]
        ]
        waiting = list(WAVES)
        for name, started, how, states, purpose, outcomes, by, heard, status, place in texts.EMERGENT:
            while waiting and waiting[0].date < day(started):
                self.ties.ask(waiting.pop(0), self.introduced)
            people = self.collaborators(day(started), how, states.split(", "))
            if by != "Members":
                people = [self.director, *people]
            for a, b in combinations(people, 2):
                self.ties.collaborate(a, b, day(started))
            words = "; ".join([*(p.name for p in people), *([place] if place else [])])
            link = f"https://example.org/juniper/started/{started}" if status != "Forming" else ""
            may_share = "yes" if name in texts.SHARED_STORIES else ""
            rows.append([name, purpose, words, started, by, outcomes, heard, status, may_share, link])
        for wave in waiting:
            self.ties.ask(wave, self.introduced)
        return rows

    def collaborators(self, started: dt.date, how: str, states: list[str]) -> list[Member]:
        here = [p for p in self.active(started, self.members) if p.number not in self.quiet]
        if how == "talk":
            _, member, other = max((seed for seed in self.seeds if seed[0] < started), key=lambda seed: seed[0])
            return sorted((member, other), key=lambda p: p.number)
        if how == "tie":
            local = [p for p in here if p.region in states]
            trios = [t for t in combinations(local, 3) if all(self.ties.tied(a, b) for a, b in combinations(t, 2))]
            pairs_or_trios = trios or [t for t in combinations(local, 2) if self.ties.tied(*t)]
            return list(self.rng.choice(pairs_or_trios))
        met = [who for date, who in self.met if date < started][-1]
        chosen: list[Member] = []
        for region in states:
            there = [p for p in here if p.region == region and p.number in met]
            chosen += self.rng.sample(there, min(len(there), 2 if len(states) < 4 and self.rng.random() < 0.6 else 1))
        return sorted(chosen, key=lambda p: p.number)

    def waves(self) -> list[Row]:
        rows: list[Row] = [["Wave", "Kind", "Date", "Invited", "Responded"]]
        for wave in WAVES:
            names = "; ".join(p.name for p in self.ties.respondents[wave.name])
            rows.append([wave.name, "Relationships", wave.date, len(self.active(wave.date)), names])
        rows += [[name, "Survey", date, len(self.active(date)), count] for name, date, count in SURVEYS]
        return [rows[0], *sorted(rows[1:], key=lambda row: row[2])]

    def survey(self) -> list[Row]:
        rng = random.Random(SEED + 2)
        scale = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
        statements = [words for words, *_ in said.QUESTIONS]
        header = ["Timestamp", "Wave", "Respondent", *statements, said.RECOMMEND, said.HOW_OFTEN, said.TOOK_BACK]
        rows: list[Row] = [[*header, said.CHANGED, said.USEFUL]]
        changed, useful = list(said.CHANGED_ANSWERS), list(said.USEFUL_ANSWERS)
        rng.shuffle(changed)
        rng.shuffle(useful)
        for place, (wave, date, count) in enumerate(SURVEYS):
            people = rng.sample([p for p in self.active(date, self.members) if p.number not in self.quiet], count)
            times = sorted(rng.randint(0, 12 * 24 * 60) for _ in people)
            for number, (person, minutes) in enumerate(zip(people, times, strict=True)):
                mood = rng.gauss(0.25 if person.leadership else 0.0, 0.55) - (0.8 if person.number in self.quiet else 0)
                tenure = min(2.0, (date - person.joined).days / 365)
                answers = []
                for (words, level, outcome, reverse), middle in zip(said.QUESTIONS, said.AGREED, strict=True):
                    lift = mood + (0.25 * (tenure - 1) if outcome == "Meaningful relationships" else 0)
                    lift -= 0.35 if level == "Organization" and person.community == "Rural" else 0
                    # Colleges pay for such work, and distant schools rarely hear about each other.
                    lift += 1.7 if words == said.GIVES_TIME and person.band == "College" else 0
                    lift -= 0.9 if words == said.KNOWS_OTHERS and person.community == "Rural" else 0
                    value = round(rng.gauss(middle[place] + (-lift if reverse else lift), 0.7))
                    open_answer = rng.random() < (0.09 if level == "Organization" else 0.02)
                    answers.append("Don't know" if open_answer else scale[min(5, max(1, value)) - 1])
                recommend = min(10, max(0, round(rng.gauss(7.6 + 0.5 * place + 1.5 * mood, 1.5))))
                often = rng.choices(said.HOW_OFTEN_OPTIONS, weights=(5, 4, 1, 0.4) if mood > 0 else (2, 4, 3, 2))[0]
                took = [
                    o
                    for o, p in zip(said.TOOK_BACK_OPTIONS, (0.66, 0.5, 0.4 + 0.15 * place, 0.35, 0), strict=True)
                    if rng.random() < p
                ]
                when = dt.datetime.combine(date - dt.timedelta(days=12), dt.time(7, 5)) + dt.timedelta(minutes=minutes)
                further_answers = [
                    pick(changed, person, wave, date) if number % 5 == 1 else "",
                    pick(useful, person, wave, date) if number % 6 == 2 else "",
                ]
                who = "" if rng.random() < 0.22 else person.name
                took_words = ";".join(took or [said.TOOK_BACK_OPTIONS[-1]])
                rows.append(
                    [f"{when:%Y-%m-%d %H:%M:%S}", wave, who, *answers, recommend, often, took_words, *further_answers]
                )
        return rows

    def questions(self) -> list[Row]:
        rows: list[Row] = [["Question", "Level", "Outcome", "Scale", "Reverse"]]
        rows += [[words, level, outcome, "Agreement", reverse] for words, level, outcome, reverse in said.QUESTIONS]
        return [*rows, [said.RECOMMEND, "", "", "0-10", ""]]

    def platform(self) -> list[Row]:
        rng = random.Random(SEED + 3)
        header = ["Month", "Platform", "Members on it", "Active members", "Posts", "Replies"]
        rows: list[Row] = [[*header, "Facilitator", "Curated", "Effectiveness"]]
        for number in range(30):
            month = dt.date(2024 + (number + 4) // 12, (number + 4) % 12 + 1, 1)
            here = len(self.active(month))
            summer = month.month in {6, 7, 12}
            joined = round(here * min(0.93, 0.55 + 0.014 * number))
            share = (0.2 if summer else 0.31) + 0.006 * number + rng.uniform(-0.03, 0.03)
            active = round(joined * share)
            posts = round(active * rng.uniform(1.1, 1.7))
            replies = round(posts * (1.2 + 0.04 * number) * rng.uniform(0.9, 1.15))
            facilitator = (
                ""
                if month < dt.date(2024, 9, 1)
                else "Priya Sundarajan"
                if month < dt.date(2025, 9, 1)
                else "Dara Whitfeather"
            )
            effect: Any = 2 if number < 6 else 3 if number < 18 or summer else 4
            curated = "yes" if facilitator and not summer else "no"
            platform_metrics: list[Any] = [joined, active, posts, replies]
            if month == NOT_COUNTED:
                platform_metrics, effect = ["", "", "", ""], ""
            rows.append([f"{month:%Y-%m}", "The Porch", *platform_metrics, facilitator, curated, effect])
            if month >= dt.date(2026, 5, 1):
                leads = 18 + (number - 24) // 2
                busy = round(leads * rng.uniform(0.55, 0.8))
                rows.append([f"{month:%Y-%m}", "Circle leads' chat", leads, busy, busy * 4, busy * 7, "", "no", 3])
        return rows

    def agreements(self) -> list[Row]:
        rows: list[Row] = [["Agreement", "Kind", "Status", "Adopted", "Reviewed", "Made by members", "Link"]]
        for number, row in enumerate(texts.AGREEMENTS, start=1):
            rows.append([*row, f"https://example.org/juniper/agreements/{number}" if row[2] == "Adopted" else ""])
        return rows

    def mindset(self) -> list[Row]:
        rng = random.Random(SEED + 4)
        pairs = [pair.column for pair in PAIRS]
        # Where most people place their organization now, and where they hope it will be; neither is an extreme.
        now, hoped = (2.4, 2.2, 2.8, 2.0, 2.9, 3.2, 1.9), (3.8, 3.7, 4.3, 3.5, 4.1, 4.3, 3.0)
        rows: list[Row] = [["Timestamp", "Session", "Moment", "Respondent", *pairs, "Rose to the top", "Reflection"]]
        met = self.met[-1][1]
        people = rng.sample([p for p in self.members if p.number in met], 24)
        reflections = list(said.REFLECTIONS)
        for moment, middles, start in (("Now", now, "09:40"), ("Hoped for", hoped, "10:25")):
            for number, person in enumerate(people):
                if moment == "Hoped for" and number == 7:
                    continue  # had to leave
                lean = rng.gauss(0, 0.4)
                places = [min(5, max(1, round(rng.gauss(middle + lean, 0.85)))) for middle in middles]
                cells: list[Any] = ["" if rng.random() < 0.03 else place for place in places]
                strength = sorted(range(7), key=lambda i: -abs(places[i] - 3) - rng.random() * 0.9)
                top = [
                    PAIRS[i].network if places[i] >= 3 else PAIRS[i].hierarchical
                    for i in strength[: rng.choices((1, 2, 3), weights=(1, 3, 6))[0]]
                ]
                words = reflections.pop() if moment == "Now" and number % 2 == 0 and reflections else ""
                minute = int(start[3:]) + number // 3
                when = f"2026-10-17 {start[:2]}:{minute:02d}:{rng.randint(0, 59):02d}"
                who = "" if number % 3 == 2 else person.name
                rows.append([when, "Fall convening 2026", moment, who, *cells, "; ".join(top), words])
        return rows

    def reference(self) -> list[Row]:
        source = "Made-up shares of mathematics teachers, for the sample"
        shares = {
            "Region": dict(zip(STATES, (0.07, 0.19, 0.31, 0.11, 0.30, 0.02), strict=True)),
            "Community served": {"Rural": 0.25, "Town": 0.13, "Suburb": 0.33, "City": 0.29},
            "Grade band": {"K-5": 0.42, "6-8": 0.23, "9-12": 0.27, "College": 0.06, "Across grades": 0.02},
        }
        rows: list[Row] = [["Attribute", "Value", "Share", "Source"]]
        return rows + [
            [column, value, share, source] for column, values in shares.items() for value, share in values.items()
        ]


def write(folder: Path) -> None:
    """Write one .csv file per tab to `folder`."""
    for tab, rows in Sample().make().items():
        with (folder / f"{tab}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
