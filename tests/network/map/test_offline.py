"""The map as a file: it holds everybody and nothing for staff, and asks nobody for anything."""

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

from nethealth.network import LATEST
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.network.map.offline import names_allowed, offline_map
from nethealth.workbook.records import Connection, Conversation, Gathering, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, WaveKind

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
    """What the file is made of, as a browser would read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.links: list[str] = []
        self.policy = ""
        self._within: dict[str, str | None] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.links += [f"{name}={said[name]}" for name in ("src", "href") if name in said]
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"] or ""
        if tag == "script":
            self._within = said
            self.scripts.append((said, ""))

    def handle_data(self, data: str) -> None:
        if self._within is not None:
            said, before = self.scripts[-1]
            self.scripts[-1] = (said, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._within = None

    @property
    def data(self) -> Any:
        return json.loads(next(text for said, text in self.scripts if said.get("id") == "map-data"))


def test_the_file_asks_nobody_for_anything_and_runs_only_its_own_scripts() -> None:
    parts = Parts(offline_map(workbook()))
    assert parts.links == []
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules["default-src"] == "'none'"
    run = [text for said, text in parts.scripts if "type" not in said]
    digests = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in run}
    assert set(rules["script-src"].split()) == digests
    assert len(run) == 2
    assert not re.search("https?:", parts.policy), "of a digest four letters alone could stand there by chance"
    assert parts.data["base"] == ""


def test_what_stands_in_cells_ends_no_element() -> None:
    text = offline_map(workbook(), color_by="Region")
    parts = Parts(text)
    assert len(parts.scripts) == 4
    assert "window.ran=1</script>" not in text
    assert any("</script>" in name for name in parts.data["people"]["name"])


def test_it_holds_the_network_and_nothing_for_staff() -> None:
    data = Parts(offline_map(workbook())).data
    assert sorted(data["people"]["name"])[0] == "Ana Zurbano"
    assert len(data["people"]["id"]) == 4
    assert len(data["ties"]["from"]) == 2
    told = json.dumps(data)
    assert "Quorum fair" in told
    assert "Former member" in told
    for word in ("Departed", "Harriet", "tnote", "Wilma", "Send the book", "Reported by Ana"):
        assert word not in told
    assert data["people"]["nonrespondents"] == []
    reporters = {report["who"] for reports in data["details"]["ties"].values() for report in reports}
    assert len(reporters) == 1, "each report is by one of the two, and no one says which"


@pytest.mark.parametrize("style", [NameStyle.INITIALS, NameStyle.CODES])
def test_under_initials_and_codes_no_name_is_in_the_file(style: NameStyle) -> None:
    for text in (offline_map(workbook(), names=style), offline_map(workbook(names=style))):
        data = Parts(text).data
        assert not re.search("Zurbano|Orlando|Quillfield|Quorum", json.dumps(data))
        assert data["name_styles"]["shown"] == style.value
        assert "details" not in data
    if style is NameStyle.CODES:
        assert all(re.fullmatch(r"M-[0-9A-F]{4}(-\d+)?|Former member", name) for name in data["people"]["name"])


def test_without_names_a_value_that_few_share_is_not_told() -> None:
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
        assert labels[style] == ["South", "No value"]


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
def test_names_are_never_more_than_the_setting_allows(
    setting: NameStyle, asked: NameStyle | None, allowed: NameStyle
) -> None:
    assert names_allowed(workbook(names=setting), asked) is allowed


def test_everybody_stands_where_they_stand_in_the_app() -> None:
    book = workbook()
    connected = analyze_connectivity(book)
    app = color_map(draw_network(connected.network, positions=connected.positions), None).as_json()["people"]
    file = Parts(offline_map(book)).data["people"]
    here = sorted(zip(app["x"], app["y"], app["ties"], strict=True))
    assert here == sorted(zip(file["x"], file["y"], file["ties"], strict=True))


def test_odd_networks_make_a_file_too() -> None:
    for book in (
        Workbook(today=dt.date(2026, 1, 1)),
        Workbook(people={"A": Person(key="A", name="A" * 400)}, today=dt.date(2026, 1, 1)),
        replace(workbook(), connections=()),
    ):
        assert Parts(offline_map(book)).data["version"]


def test_a_wave_and_a_column_called_like_somebody_are_drawn_without_that_name() -> None:
    april = Person(key="Ap", name="April", attributes={"April session": "yes"})
    friends = [Person(key=key, name=f"Friend {key}", attributes={"April session": "yes"}) for key in "abc"]
    said = [Connection(source="Ap", target=friend.key, wave="April 2025") for friend in friends]
    for waves in ((), (Wave(name="April 2025", kinds=frozenset({WaveKind.RELATIONSHIPS})),)):
        book = Workbook(
            people={person.key: person for person in (april, *friends)},
            attributes=("April session",),
            settings=Settings(smallest_group=3),
            connections=tuple(said),
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
