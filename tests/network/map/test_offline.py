"""The map as a file: it has everyone and nothing for staff, and requests nothing."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.network.map.offline import names_allowed, offline_map
from nethealth.privacy.tie_redaction import detach_hidden_people
from nethealth.workbook.records import Connection, Conversation, Gathering, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, WaveKind
from nethealth.workbook.waves import LATEST

ATTACK = "</script><script>window.ran=1</script><!-- \u2028 &quot; "


def workbook(**settings: Any) -> Workbook:
    left = (Spell(joined=dt.date(2020, 1, 1), left=dt.date(2025, 6, 1)),)
    people = [
        Person(key="Ana", name="Ana Zurbano", attributes={"Region": "North", "Organization": "Quillfield School"}),
        Person(key="Ben", name=f"Ben {ATTACK}", attributes={"Region": ATTACK}),
        Person(key="Cy", name="Cy Orlando"),
        Person(key="Lu", name="Lu Departed", spells=left),
        Person(key="Hi", name="Hidden Harriet", on_map=False),
    ]
    return Workbook(
        title="Six",
        people={person.key: person for person in people},
        attributes=("Region", "Organization"),
        settings=Settings(network_name=f"Friends {ATTACK}", smallest_group=3, **settings),
        connections=(
            Connection(source="Ana", target="Ben", date=dt.date(2025, 1, 1), wave="one", notes="tnote"),
            Connection(source="Ana", target="Lu", date=dt.date(2025, 1, 1), wave="one"),
            Connection(source="Ana", target="Hi", date=dt.date(2025, 1, 1), wave="one"),
        ),
        convenings=(Gathering(date=dt.date(2025, 5, 3), title="Quorum fair", attendees=("Ana",)),),
        weaving=(Conversation(date=dt.date(2025, 2, 1), weaver="Wilma", member="Ana", follow_up="Send the book"),),
        today=dt.date(2026, 1, 1),
    )


class Parts(HTMLParser):
    """The parts of the file as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.links: list[str] = []
        self.policy = ""
        self._within: dict[str, str | None] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.links += [f"{name}={attributes[name]}" for name in ("src", "href") if name in attributes]
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"] or ""
        if tag == "script":
            self._within = attributes
            self.scripts.append((attributes, ""))

    def handle_data(self, data: str) -> None:
        if self._within is not None:
            attributes, before = self.scripts[-1]
            self.scripts[-1] = (attributes, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._within = None

    @property
    def data(self) -> Any:
        return json.loads(next(text for attributes, text in self.scripts if attributes.get("id") == "map-data"))


def test_file_requests_nothing_and_allows_only_its_scripts() -> None:
    parts = Parts(offline_map(workbook()))
    assert parts.links == []
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules["default-src"] == "'none'"
    run = [text for attributes, text in parts.scripts if "type" not in attributes]
    digests = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in run}
    assert set(rules["script-src"].split()) == digests
    assert len(run) == 2
    assert not re.search("https?:", parts.policy), "a digest could contain four letters by chance"
    assert parts.data["base"] == ""


def test_cells_end_no_element() -> None:
    text = offline_map(workbook(), color_by="Region")
    parts = Parts(text)
    assert len(parts.scripts) == 4
    assert "window.ran=1</script>" not in text
    assert any("</script>" in name for name in parts.data["people"]["name"])


def test_file_has_the_network_without_staff_data() -> None:
    data = Parts(offline_map(workbook())).data
    assert sorted(data["people"]["name"])[0] == "Ana Zurbano"
    assert len(data["people"]["id"]) == 4
    assert len(data["ties"]["from"]) == 2
    text = json.dumps(data)
    assert "Quorum fair" in text
    assert "Former member" in text
    for word in ("Departed", "Harriet", "tnote", "Wilma", "Send the book", "Reported by Ana"):
        assert word not in text
    assert data["people"]["nonrespondents"] == []
    reporters = {report["who"] for reports in data["details"]["ties"].values() for report in reports}
    assert len(reporters) == 1, "each report is by one of the two, and no one says which"


def test_tour_is_the_viewers_in_every_style() -> None:
    for style in NameStyle:
        data = Parts(offline_map(workbook(), names=style)).data
        assert data["for_staff"] is False
        steps = data["tour"]["steps"]
        assert steps[0]["text"] == data["counts"]
        assert all("pairs" not in step for step in steps)
        # Whom a step is about is on the map.
        assert {one for step in steps for one in step["people"]} <= set(data["people"]["id"])


@pytest.mark.parametrize("style", [NameStyle.INITIALS, NameStyle.CODES])
def test_initials_and_codes_leave_no_name(style: NameStyle) -> None:
    for text in (offline_map(workbook(), names=style), offline_map(workbook(names=style))):
        data = Parts(text).data
        assert not re.search("Zurbano|Orlando|Quillfield|Quorum", json.dumps(data))
        assert data["name_styles"]["shown"] == style.value
        assert "details" not in data
    if style is NameStyle.CODES:
        assert all(re.fullmatch(r"M-[0-9A-F]{4}(-\d+)?|Former member", name) for name in data["people"]["name"])


def test_unnamed_file_leaves_out_rare_values() -> None:
    book = workbook()
    many = {f"m{at}": Person(key=f"m{at}", name=f"Member {at}", attributes={"Region": "South"}) for at in range(3)}
    book = replace(book, people={**book.people, **many})
    labels = {
        style: [
            entry["label"]
            for entry in Parts(offline_map(book, color_by="Region", names=style)).data["legend"]["entries"]
        ]
        for style in NameStyle
    }
    assert "North" in labels[NameStyle.NAMES]
    for style in (NameStyle.INITIALS, NameStyle.CODES):
        assert labels[style] == ["South", "No value shown"]


@pytest.mark.parametrize(
    ("setting", "asked", "allowed"),
    [
        (NameStyle.NAMES, None, NameStyle.NAMES),
        (NameStyle.NAMES, NameStyle.CODES, NameStyle.CODES),
        (NameStyle.INITIALS, NameStyle.NAMES, NameStyle.INITIALS),
        (NameStyle.CODES, NameStyle.INITIALS, NameStyle.CODES),
        (NameStyle.CODES, None, NameStyle.CODES),
    ],
)
def test_names_follow_the_more_private_style(setting: NameStyle, asked: NameStyle | None, allowed: NameStyle) -> None:
    assert names_allowed(workbook(names=setting), asked) is allowed


def test_positions_are_those_of_the_app() -> None:
    book = detach_hidden_people(workbook())
    book = replace(book, people={key: person for key, person in book.people.items() if person.on_map})
    connected = analyze_connectivity(book)
    app = color_map(draw_network(connected.network, positions=connected.positions), None).as_json()["people"]
    file = Parts(offline_map(book)).data["people"]
    here = sorted(zip(app["x"], app["y"], app["ties"], strict=True))
    assert here == sorted(zip(file["x"], file["y"], file["ties"], strict=True))


def test_positions_say_nothing_of_ties_to_hidden_people() -> None:
    book = workbook()
    (hidden,) = (person.key for person in book.people.values() if not person.on_map)
    shown = next(person.key for person in book.people.values() if person.on_map)
    tied = replace(book, connections=(*book.connections, Connection(source=hidden, target=shown, strength=5)))
    one, other = (Parts(offline_map(each)).data for each in (detach_hidden_people(book), tied))
    assert [one[name] for name in ("people", "description")] == [other[name] for name in ("people", "description")]


def test_odd_networks_make_a_file() -> None:
    for book in (
        Workbook(today=dt.date(2026, 1, 1)),
        Workbook(people={"A": Person(key="A", name="A" * 400)}, today=dt.date(2026, 1, 1)),
        replace(workbook(), connections=()),
    ):
        assert Parts(offline_map(book)).data["version"]


def test_unnamed_file_renames_waves_and_columns_named_like_people() -> None:
    april = Person(key="Ap", name="April", attributes={"April session": "yes"})
    friends = [Person(key=key, name=f"Friend {key}", attributes={"April session": "yes"}) for key in "abc"]
    attributes = [Connection(source="Ap", target=friend.key, wave="April 2025") for friend in friends]
    for waves in ((), (Wave(name="April 2025", kinds=frozenset({WaveKind.RELATIONSHIPS})),)):
        book = Workbook(
            people={person.key: person for person in (april, *friends)},
            attributes=("April session",),
            settings=Settings(smallest_group=3),
            connections=tuple(attributes),
            waves=waves,
            today=dt.date(2026, 1, 1),
        )
        for wave in (LATEST, "April 2025"):
            text = offline_map(book, wave=wave, color_by="April session", names=NameStyle.CODES)
            data = Parts(text).data
            assert len(data["ties"]["from"]) == 3
            assert data["legend"]["title"].endswith(" session")
            assert "April" not in text
        assert "April 2025" in offline_map(book)
