"""The members of the sample network, with invented names, places, and organizations."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

HUB = "Juniper Commons"

# Given and family names that go together; a state draws from several. No pair is meant to be a real person.
NAMES: dict[str, tuple[str, str]] = {
    "anglo": (
        "Ellen Walter Hannah Peter Laurel Graham Joan Curtis Meredith Owen Paige Neil",
        "Hathersage Pellbrook Winterbourne Corriston Adderley Thackwell Marlowe Quimby Ashdown Fenwright Brackett",
    ),
    "latin": (
        "Marisol Ignacio Rosalía Tomás Xiomara Joaquín Belén Efraín Paloma Rubén Inés",
        "Arellano Quintanar Sedillo Montaño Barrientos Ybarra Olivárez Zamorano Luján Cienfuegos Peñalver",
    ),
    "dine": ("Shandiin Delbert Verna Nizhoni Harrison Charlene", "Tsinnie Yellowhair Benally Manygoats Etcitty Nakai"),
    "black": (
        "Deja Isaiah Lorraine Terrence Imani Clarence Yolanda Marcus Simone Otis",
        "Pettway Broadnax Gadsden Merriweather Tolliver Hargrove Lovelace Sealy Dubose Whitlow",
    ),
    "hmong": ("Mai Kao Panhia Tou Bee Chue", "Vang Xiong Moua Lor Thao Her"),
    "somali": ("Hodan Abdirahman Ifrah Liban Sagal", "Warsame Jimale Guled Farah Abdille"),
    "nordic": (
        "Ingrid Anders Solveig Karl Britta Leif",
        "Halvorsrud Tollefson Lindqvist Bergstad Nygaard Skarstad",
    ),
    "indian": (
        "Ananya Vikram Meenakshi Rohan Sunita Arjun Kavitha",
        "Raghunathan Deshmane Iyengar Chatterji Venkatesan Pillai Gokhale",
    ),
    "chinese": ("Wei Lihua Jun Mei Xinyi Kevin", "Tseng Ouyang Hsieh Zhuang Fang Situ"),
    "viet": ("Linh Bao Thuy Quoc Hien", "Truong Luong Doan Vuong Khuu"),
    "arab": ("Nadia Samir Layla Karim Rania", "Haddad Khoury Al-Masri Benyoussef Darwish"),
    "slavic": ("Oksana Milos Irena Pavel Danuta", "Hrynko Petrovic Kowalenko Dvorsky Jablonski"),
    "african": ("Chidinma Kwabena Abena Oluwaseun Wanjiru", "Okonjo Asante Adeyinka Mensah Kamau"),
    "jewish": ("Miriam Ezra Tova Saul", "Rosenfarb Adlerstein Lichtmann Perlberg"),
    "pacific": ("Leilani Sione Malia Tevita", "Kahale Tuimavave Fonoti Makoa"),
    "filipino": ("Maricel Jerome Luzviminda Rodel", "Dimaculangan Magbanua Salonga Catindig"),
    "irish": ("Maeve Declan Siobhan Brendan", "O'Garraghty Kilbannon Tierney McAneny"),
    "french": ("Geneviève Luc Odile Rémy", "Beaulac Thibodeau Desrosiers Charlebois"),
}

STATES: dict[str, tuple[str, ...]] = {
    "New Mexico": ("latin", "latin", "dine", "anglo", "latin", "filipino", "dine"),
    "Minnesota": ("nordic", "hmong", "somali", "anglo", "hmong", "indian", "slavic"),
    "Georgia": ("black", "black", "african", "indian", "anglo", "latin", "viet"),
    "Oregon": ("anglo", "chinese", "pacific", "viet", "latin", "jewish", "filipino"),
    "Ohio": ("slavic", "black", "arab", "anglo", "irish", "african", "indian"),
    "Vermont": ("french", "irish", "anglo", "jewish", "african", "chinese"),
}


@dataclass(frozen=True)
class Place:
    """An organization where members work."""

    name: str
    kind: str  # district, college, out of school
    community: str


PLACES: dict[str, tuple[Place, ...]] = {
    "New Mexico": (
        Place("Piñon Mesa Public Schools", "district", "Rural"),
        Place("Rio Sombra College", "college", "City"),
        Place("Llano Quieto Charter School", "district", "Rural"),
        Place("Acequia Alta Schools", "district", "Town"),
        Place("Painted Wash Library", "out of school", "Town"),
    ),
    "Minnesota": (
        Place("Loon Narrows Public Schools", "district", "Town"),
        Place("North Birch State University", "college", "City"),
        Place("Harborlight City Schools", "district", "City"),
        Place("Cedar Portage Schools", "district", "Rural"),
    ),
    "Georgia": (
        Place("Peachwell County Schools", "district", "Suburb"),
        Place("Redclay State College", "college", "City"),
        Place("Sweetgum Valley Schools", "district", "Rural"),
        Place("Ansley Row Academy", "district", "City"),
    ),
    "Oregon": (
        Place("Fernhollow School District", "district", "Suburb"),
        Place("Tamarack Bay Community College", "college", "Town"),
        Place("Graywater Bend Schools", "district", "Rural"),
        Place("Tidepool Science Museum", "out of school", "Town"),
    ),
    "Ohio": (
        Place("Millrace City Schools", "district", "City"),
        Place("Harrow Lake University", "college", "Suburb"),
        Place("Buckthorn Falls Schools", "district", "Suburb"),
    ),
    "Vermont": (
        Place("Maple Notch Supervisory Union", "district", "Rural"),
        Place("Greenfold College", "college", "Town"),
        Place("Stonecutter Valley Schools", "district", "Rural"),
    ),
}

INTERESTS = (
    *("problem posing", "geometry", "number talks", "data and statistics", "games and puzzles", "math and art"),
    *("bilingual classrooms", "new teachers", "family math nights", "origami", "coding", "fractions"),
    *("Indigenous mathematics", "proof", "multilingual learners", "place-based math"),
)


@dataclass
class Member:
    """One person of the sample; `spells` has (joined, left) for each membership."""

    number: int
    name: str
    region: str
    organization: str
    role: str
    band: str
    community: str
    spells: list[tuple[dt.date, dt.date | None]]
    leadership: str = ""
    tags: list[str] = field(default_factory=list)
    years: str = ""
    on_map: bool = True
    is_staff: bool = False

    @property
    def id(self) -> str:
        return f"JMC-{self.number:03d}"

    def is_inside(self, day: dt.date) -> bool:
        return any(joined <= day and (left is None or day <= left) for joined, left in self.spells)

    @property
    def joined(self) -> dt.date:
        return self.spells[0][0]


STAFF = (
    ("Noemi Castellanos", "New Mexico", "Network director", dt.date(2023, 9, 1)),
    ("Dara Whitfeather", "Minnesota", "Network weaver", dt.date(2023, 9, 1)),
    ("Julian Abernethy", "Georgia", "Network weaver", dt.date(2024, 8, 15)),
    ("Priya Sundaram", "New Mexico", "Program coordinator", dt.date(2023, 9, 1)),
)

# (first day, last day, how many, the states it drew from)
COHORTS = (
    (dt.date(2023, 9, 12), dt.date(2023, 10, 14), 30, "New Mexico Minnesota Georgia New Mexico Minnesota Oregon"),
    (dt.date(2024, 1, 16), dt.date(2024, 4, 2), 13, "New Mexico Minnesota Georgia Oregon Ohio"),
    (dt.date(2024, 8, 20), dt.date(2024, 11, 9), 29, "Georgia Oregon Ohio Minnesota New Mexico Oregon"),
    (dt.date(2025, 1, 14), dt.date(2025, 4, 1), 13, "Ohio Vermont Georgia Oregon"),
    (dt.date(2025, 8, 19), dt.date(2025, 11, 15), 27, "Ohio Vermont Vermont Georgia New Mexico Minnesota"),
    (dt.date(2026, 1, 13), dt.date(2026, 3, 31), 13, "Vermont Ohio Oregon Georgia"),
    (dt.date(2026, 8, 18), dt.date(2026, 11, 12), 12, "Vermont Ohio Minnesota New Mexico Georgia"),
)


def _state_list(words: str) -> list[str]:
    return words.replace("New Mexico", "New_Mexico").split()


def _role(rng: random.Random, place: Place) -> tuple[str, str]:
    if place.kind == "college":
        role = rng.choice(
            ("Professor of mathematics", "Mathematics education faculty", "Mathematics instructor", "Graduate student")
        )
        return role, "College"
    if place.kind == "out of school":
        return rng.choice(("Museum educator", "Youth librarian", "Program lead")), "Across grades"
    band = rng.choices(("K-5", "6-8", "9-12"), weights=(30, 38, 32))[0]
    if rng.random() < 0.2:
        return rng.choice(("Mathematics coach", "Curriculum coordinator", "Assistant principal")), rng.choice(
            (band, "Across grades")
        )
    return {"K-5": "Elementary teacher", "6-8": "Mathematics teacher", "9-12": "Mathematics teacher"}[band], band


def _day_between(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randint(0, (last - first).days))


def make_members(rng: random.Random) -> list[Member]:
    """Return all current and former members, in the order in which they joined."""
    people = []
    for name, region, role, joined in STAFF:
        person = Member(0, name, region, HUB, role, "Across grades", "", [(joined, None)], is_staff=True)
        person.leadership = "Steering group" if role == "Network director" else ""
        people.append(person)
    used: dict[str, int] = {}
    for first, last, count, words in COHORTS:
        states = _state_list(words)
        for place_in_cohort in range(count):
            region = states[place_in_cohort % len(states)].replace("_", " ")
            name = _new_name(rng, region, used)
            place = rng.choices(PLACES[region], weights=[3 if p.kind == "district" else 1.4 for p in PLACES[region]])[0]
            role, band = _role(rng, place)
            joined = _day_between(rng, first, last)
            person = Member(0, name, region, place.name, role, band, place.community, [(joined, None)])
            person.tags = rng.sample(INTERESTS, rng.choices((0, 1, 2, 3), weights=(18, 30, 36, 16))[0])
            person.years = rng.choices(("0-5", "6-15", "16 or more", ""), weights=(24, 42, 26, 8))[0]
            people.append(person)
    people.sort(key=lambda person: (person.joined, not person.is_staff, person.name))
    for number, person in enumerate(people, start=1):
        person.number = number
    _leave_and_return(rng, people)
    _lead(rng, people)
    return people


def _new_name(rng: random.Random, region: str, used: dict[str, int]) -> str:
    for _ in range(400):
        given_names, family_names = NAMES[rng.choice(STATES[region])]
        given, family = rng.choice(given_names.split()), rng.choice(family_names.split())
        name = f"{given} {family}"
        if name not in used and used.get(given, 0) < 2 and used.get(family, 0) < 2:
            for word in (name, given, family):
                used[word] = used.get(word, 0) + 1
            return name
    raise RuntimeError("no name left")


LEAVES = (
    *("2024-06-30",) * 3,
    *("2024-12-20",) * 2,
    *("2025-06-30",) * 7,
    "2025-09-30",
    "2025-12-19",
    *("2026-06-30",) * 7,
    *("2026-09-15",) * 2,
)
RETURNS = {
    "2024-06-30": "2025-01-20",
    "2024-12-20": "2025-09-02",
    "2025-06-30": "2026-02-03",
    "2025-09-30": "2026-09-08",
}


def _leave_and_return(rng: random.Random, people: list[Member]) -> None:
    came_back: set[str] = set()
    for words in LEAVES:
        left = dt.date.fromisoformat(words)
        free = [p for p in people if not p.is_staff and len(p.spells) == 1 and p.spells[0][1] is None]
        stayed = [p for p in free if (left - p.joined).days > 180]
        person = rng.choice(stayed)
        person.spells = [(person.joined, left)]
        if words in RETURNS and words not in came_back:
            came_back.add(words)
            person.spells.append((dt.date.fromisoformat(RETURNS[words]), None))


def _lead(rng: random.Random, people: list[Member]) -> None:
    today = dt.date(2026, 11, 23)
    for region in STATES:
        here = [
            p for p in people if p.region == region and not p.is_staff and p.is_inside(today) and len(p.spells) == 1
        ]
        for person in here[:2]:
            person.leadership = "Circle lead"
        if region in {"New Mexico", "Minnesota", "Georgia", "Oregon", "Ohio"}:
            here[3].leadership = "Steering group"
        if len(here) > 8:
            here[5].leadership = "Working group lead"
    doctor = next(p for p in people if p.role == "Mathematics education faculty" and p.is_inside(today))
    doctor.name += ", EdD"  # a name may hold a comma
    hidden = [
        p
        for p in people
        if not p.is_staff and not p.leadership and p.is_inside(today) and p.joined < dt.date(2025, 12, 31)
    ]
    for person in rng.sample(hidden, 2):
        person.on_map = False
