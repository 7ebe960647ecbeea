"""How ties form, last, and get reported, wave by wave."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import sample_texts as texts
from sample_people import Member

KINDS = ("Lesson ideas", "Co-planning", "Classroom visits", "Mentoring", "Leading a circle", "Doing mathematics")
Pair = tuple[int, int]


@dataclass(frozen=True)
class Wave:
    """A survey wave: the response rate, and how connected members are without staff (0 not at all, 1 fully)."""

    name: str
    date: dt.date
    responds: float
    spread: float


@dataclass
class Tie:
    """The true relationship of two people, no matter who reports it."""

    strength: float
    kind: str
    since: dt.date
    works: bool = False
    waves: list[str] = field(default_factory=list)


class Ties:
    """The current ties, and the rows written about them."""

    def __init__(self, rng: random.Random, people: Sequence[Member], quiet: set[int]) -> None:
        self.rng = rng
        self.people = {p.number: p for p in people}
        self.quiet = quiet
        self.now: dict[Pair, Tie] = {}
        self.respondents: dict[str, list[Member]] = {}
        self.written: list[list[Any]] = []
        self.asked: set[int] = set()

    @staticmethod
    def pair(a: Member, b: Member) -> Pair:
        return (a.number, b.number) if a.number < b.number else (b.number, a.number)

    def tied(self, a: Member, b: Member) -> bool:
        return self.pair(a, b) in self.now

    def collaborate(self, a: Member, b: Member, since: dt.date) -> None:
        """Make a strong tie between two people who work together."""
        tie = self.now.setdefault(self.pair(a, b), Tie(4, "Co-planning", since))
        tie.strength = max(tie.strength, self.rng.choice((4, 5)))
        tie.works = True

    def ask(self, wave: Wave, introduced: Sequence[tuple[dt.date, Member, Member]]) -> None:
        """Let ties fade and form up to the wave, then write down what people answered."""
        here = [p for p in self.people.values() if p.is_inside(wave.date)]
        self._fade(here)
        for date, a, b in introduced:
            if date < wave.date and a in here and b in here and not self.tied(a, b) and self.rng.random() < 0.6:
                self._tie(a, b, wave)
        self._form(here, wave)
        self._isolate(here, wave)
        self._answer(here, wave)

    def _fade(self, here: list[Member]) -> None:
        inside = {p.number for p in here}
        for pair, tie in sorted(self.now.items()):
            a, b = (self.people[n] for n in pair)
            loses = 0.02 if tie.works else (0.4 if a.is_staff or b.is_staff else 0.13) if tie.waves else 0
            if not set(pair) <= inside or self.rng.random() < loses:
                del self.now[pair]
            elif tie.waves:
                tie.strength = min(5.0, tie.strength + self.rng.choice((0, 0, 1)))

    def _tie(self, a: Member, b: Member, wave: Wave) -> None:
        if a is b or self.tied(a, b):
            return
        strength = self.rng.choices((1, 2, 3, 4), weights=(2, 4, 4, 1))[0]
        weights = (4, 2, 1, 3, 1, 3) if a.is_staff or b.is_staff else (4, 3, 2, 1, 1 + (a.leadership != ""), 2)
        self.now[self.pair(a, b)] = Tie(strength, self.rng.choices(KINDS, weights=weights)[0], wave.date)

    def _form(self, here: list[Member], wave: Wave) -> None:
        staff = [p for p in here if p.is_staff]
        members = [p for p in here if not p.is_staff]
        for a, b in combinations(staff, 2):
            self._tie(a, b, wave)
        leads = [p for p in members if p.leadership]
        for p in members:
            is_new = p.number not in self.asked
            local = [q for q in members if q is not p and q.region == p.region]
            hubs = [q for q in local if q.leadership == "Circle lead"]
            away = [q for q in members if q.region != p.region]
            if is_new:
                for q in self.rng.sample(staff, 2 if self.rng.random() < 0.75 - 0.75 * wave.spread else 1):
                    if self.rng.random() < 0.95 - 0.6 * wave.spread:
                        self._tie(p, q, wave)
                if hubs and self.rng.random() < 0.3 + 0.75 * wave.spread:
                    self._tie(p, self.rng.choice(hubs), wave)
            self._several(p, local, 0.7 + 0.5 * wave.spread if is_new else 0.35, wave)
            self._several(p, away, 0.1 + 0.08 * wave.spread, wave)
            if p.leadership:
                self._several(p, [q for q in leads if q.region != p.region], 0.2 + 0.8 * wave.spread, wave)
        self._close(members, 0.25 + 1.1 * wave.spread, wave)
        self.asked |= {p.number for p in members}

    def _close(self, members: list[Member], mean: float, wave: Wave) -> None:
        """Add about `mean` new ties per member between two people with a shared contact, mostly in one region."""
        known: dict[int, list[Member]] = {p.number: [] for p in members}
        for a, b in sorted(self.now):
            if a in known and b in known:
                known[a].append(self.people[b])
                known[b].append(self.people[a])
        between = [p for p in members if len(known[p.number]) > 1]
        for _ in range(round(mean * len(members))):
            a, b = self.rng.sample(known[self.rng.choice(between).number], 2)
            if a.region == b.region or self.rng.random() < 0.12:
                self._tie(a, b, wave)

    def _several(self, p: Member, pool: list[Member], mean: float, wave: Wave) -> None:
        """Add about `mean` new ties, mostly with people who share an interest or building or have many ties."""
        count = int(mean) + (self.rng.random() < mean - int(mean))
        if not pool or count == 0:
            return
        degree: dict[int, int] = {}
        for a, b in self.now:
            degree[a] = degree.get(a, 0) + 1
            degree[b] = degree.get(b, 0) + 1
        weights = []
        for q in pool:
            pull = 1 + 0.2 * degree.get(q.number, 0)
            pull *= 2.5 if set(p.tags) & set(q.tags) else 1
            pull *= 2.0 if p.organization == q.organization else 1
            weights.append(pull)
        for q in self.rng.choices(pool, weights=weights, k=count):
            self._tie(p, q, wave)

    def _isolate(self, here: list[Member], wave: Wave) -> None:
        """Remove the ties of isolates: those chosen for the last wave, and a few newcomers in each earlier one."""
        alone = set(self.quiet)
        if wave.spread < 0.6:
            new = [p.number for p in here if not p.leadership and not p.is_staff and (wave.date - p.joined).days < 120]
            working = {n for pair, tie in self.now.items() if tie.works for n in pair}
            alone |= set(self.rng.sample([n for n in new if n not in working], 3 if wave.spread == 0 else 4))
        for pair in [pair for pair in self.now if set(pair) & alone]:
            del self.now[pair]
        # Two newcomers in one region who know only each other.
        if wave.spread > 0.6:
            two = [p for p in here if p.region == "Vermont" and p.joined > dt.date(2025, 8, 1) and not p.leadership]
            a, b = [p for p in two if p.number not in alone and not self._works(p)][-2:]
            for pair in [pair for pair in self.now if {a.number, b.number} & set(pair)]:
                del self.now[pair]
            self.now[self.pair(a, b)] = Tie(4, "Lesson ideas", wave.date)

    def _works(self, p: Member) -> bool:
        return any(tie.works for pair, tie in self.now.items() if p.number in pair)

    def _answer(self, here: list[Member], wave: Wave) -> None:
        rng = self.rng
        answers = [
            p for p in here if p.is_staff or rng.random() < wave.responds - (0.3 if p.number in self.quiet else 0)
        ]
        self.respondents[wave.name] = answers
        answering = {p.number for p in answers}
        for pair, tie in sorted(self.now.items()):
            tie.waves.append(wave.name)
            is_reported = False
            for source, target in (pair, pair[::-1]):
                report_chance = 0.86 if tie.strength >= 4 else 0.7 if tie.strength >= 2 else 0.5
                if source in answering and rng.random() < report_chance:
                    is_reported = True
                    self._write(source, target, tie, wave)
            if not is_reported:
                self._staff_knows(pair, tie, wave)

    def _write(self, source: int, target: int, tie: Tie, wave: Wave) -> None:
        rng = self.rng
        strength = min(5, max(1, round(tie.strength) + rng.choices((-1, 0, 1), weights=(2, 6, 1))[0]))
        asked_more = rng.random() < {"Spring 2024": 0, "Spring 2025": 0.4}.get(wave.name, 0.75)
        trust = min(5, max(1, strength + rng.choice((-1, 0, 1, 1)))) if asked_more else ""
        value = min(5, max(1, strength + rng.choice((-1, 0, 0, 1)))) if asked_more and rng.random() < 0.9 else ""
        # A separate random generator, so that nothing else in the sample changes.
        separate_rng = random.Random(f"{source} {target} {wave.name}")
        is_asked = trust != "" and wave.name == "Spring 2026" and separate_rng.random() < 0.9
        frequency = min(5, max(1, strength + separate_rng.choice((-1, -1, 0, 0, 1)))) if is_asked else ""
        note = rng.choice(texts.CONNECTION_NOTES) if rng.random() < 0.02 and strength >= 3 else ""
        date = max(
            wave.date - dt.timedelta(days=rng.randint(0, 13)), self.people[source].joined, self.people[target].joined
        )
        row = [self.people[source].name, self.people[target].name, strength, tie.kind, date, wave.name]
        self.written.append([*row, trust, value, frequency, "Survey", note])

    def _staff_knows(self, pair: Pair, tie: Tie, wave: Wave) -> None:
        """Let a tie that no one reported fade, unless staff knew about it from a call or convening."""
        if self.rng.random() < 0.3:
            a, b = (self.people[n] for n in pair)
            through = self.rng.choice(("Weaving", "Convening", "Convening"))
            row = [a.name, b.name, round(tie.strength), tie.kind, wave.date, wave.name, "", "", "", through, ""]
            self.written.append(row)
        else:
            del self.now[pair]

    def rows(self) -> list[list[Any]]:
        """Return the Connections tab, by wave and day, with one typical misspelling."""
        header = ["From", "To", "Strength", "Type", "Date", "Wave", "Trust", "Value", "Frequency"]
        header += ["Heard through", "Notes"]
        rows = sorted(self.written, key=lambda row: (row[5], row[4], row[0]))
        staff = {p.name for p in self.people.values() if p.is_staff}
        latest = [row for row in rows if row[5] == "Spring 2026" and row[1] not in staff and row[1][-8:].isalpha()]
        misspelled = latest[len(latest) // 2]
        misspelled[1] = misspelled[1][:-3] + misspelled[1][-2] + misspelled[1][-3] + misspelled[1][-1]
        return [header, *rows]
