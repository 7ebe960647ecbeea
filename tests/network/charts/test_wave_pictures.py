"""Two waves side by side: what is drawn how, what is told to whom, and the figures over all waves."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

from nethealth.network.charts import flow, wave_pictures
from nethealth.network.charts.wave_lines import wave_lines
from nethealth.network.charts.wave_pictures import WavePair, pair_waves
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.network.tables.connectivity import waves_table
from nethealth.presentation import palette
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, WaveKind

RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})
# A to D are in both waves, L left between them, N joined; H is not to be drawn.
# First: A-B, B-C, C-D, A-L, B-H.   Second: A-B, A-D, A-N, B-H.
PEOPLE = {key: Person(key=key, name=f"{key} Smith") for key in "ABCD"} | {
    "L": Person(key="L", name="Lou Left", spells=(Spell(None, dt.date(2020, 12, 31)),)),
    "N": Person(key="N", name="Nat New", spells=(Spell(dt.date(2021, 1, 1), None),)),
    "H": Person(key="H", name="Hidden Person", on_map=False),
}
WORKBOOK = Workbook(
    people=PEOPLE,
    today=dt.date(2022, 1, 1),
    settings=Settings(smallest_group=3),
    waves=(
        Wave(name="First", kinds=RELATIONSHIPS, date=dt.date(2020, 5, 1)),
        Wave(name="Second <b>", kinds=RELATIONSHIPS, date=dt.date(2021, 5, 1)),
    ),
    connections=tuple(
        Connection(source=pair[0], target=pair[1], wave=wave)
        for wave, pairs in (("First", "AB BC CD AL BH"), ("Second <b>", "AB AD AN BH"))
        for pair in pairs.split()
    ),
)


def of(workbook: Workbook = WORKBOOK) -> WavePair:
    return pair_waves(network_at(workbook, wave="First"), analyze_connectivity(workbook, wave="Second <b>"))


def test_each_change_has_its_line_and_symbol() -> None:
    earlier, later = (wave_pictures.wave_picture(of(), later=later) for later in (False, True))
    light = palette.LIGHT
    # Before: kept A-B, lost B-C and C-D (dashed), gone A-L (dotted), and a ring for who left.
    assert f'stroke="{light.leanings[0]}" stroke-width="1.9" stroke-dasharray="7 4"' in earlier
    assert f'stroke="{light.leanings[0]}" stroke-width="1.4" stroke-dasharray="1.5 3.5"' in earlier
    assert f'fill="{light.paper}" stroke="{light.leanings[0]}"' in earlier
    assert light.accent not in earlier
    # After: new A-D, with a newcomer A-N, and a diamond for who joined.
    assert f'stroke="{light.accent}" stroke-width="1.9" opacity' in later
    assert f'stroke="{light.accent}" stroke-width="1.4" stroke-dasharray="1.5 3.5"' in later
    assert '<polygon points="' in later
    assert light.leanings[0] not in later
    assert palette.DARK.paper in wave_pictures.wave_picture(of(), later=True, colors=palette.DARK)


def test_people_keep_their_position_in_both_pictures() -> None:
    found = of()
    earlier, later = (wave_pictures.wave_picture(found, later=later) for later in (False, True))
    # A stayed: the same center in both, whatever the size.
    centers = [set(_centers(picture)) for picture in (earlier, later)]
    assert len(centers[0] & centers[1]) == 4
    assert set(found.positions) == set("ABCDLN")
    connected = analyze_connectivity(WORKBOOK, wave="Second <b>")
    assert set(found.labels) == set("ABCDN") == set(connected.names) - {"L"}


def _centers(picture: str) -> list[tuple[str, str]]:
    return re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture)


def test_who_is_not_to_be_drawn_and_who_left_are_not_named() -> None:
    found = of()
    told = "".join(wave_pictures.wave_picture(found, later=later) for later in (False, True))
    assert "Hidden" not in told
    assert "Lou" not in told
    assert "Nat New" in told
    assert "<b>" not in told
    # Only ties between people who are drawn: B-H is in neither.
    assert len(re.findall(r"M[\d.]+ [\d.]+L", told)) == (1 + 2 + 1) + (1 + 1 + 1)


def test_registers_of_who_moved_and_what_viewers_get() -> None:
    names = analyze_connectivity(WORKBOOK).names
    assert list(wave_pictures.moved_table(of(), joined=True, names=names).rows) == [
        {"Name": "Nat New", "Connections": 1}
    ]
    assert list(wave_pictures.moved_table(of(), joined=False, names=names).rows) == [
        {"Name": "Lou Left", "Connections": 1}
    ]
    viewers = redact_for_viewers(WORKBOOK)
    found = of(viewers)
    told = repr(list(wave_pictures.moved_table(found, joined=False, names=analyze_connectivity(viewers).names).rows))
    assert "Lou" not in told + "".join(wave_pictures.wave_picture(found, later=later) for later in (False, True))


def test_on_a_phone_names_are_left_out() -> None:
    picture = wave_pictures.wave_picture(of(), later=True)
    assert "<style>@media (max-width: 419px) { .names { display: none } }</style>" in picture
    assert '<g class="names"' in picture


def test_names_follow_the_setting() -> None:
    coded = replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=NameStyle.CODES))
    picture = wave_pictures.wave_picture(of(coded), later=True)
    assert "Smith" not in picture
    assert re.search(r">M-[0-9A-F]{4}", picture), "as a text, not as the beginning of a path"


def test_title_alt_and_bars_count_the_same() -> None:
    found = of()
    title = wave_pictures.comparison_title(found)
    assert title == "5 of 6 people stayed from First to Second <b>; 1 joined and brought 1 connection"
    alt = flow.flow_alt(found)
    assert alt.startswith("First: 6 people: 5 stayed and 1 left. Second <b>: 6 people: 5 stayed and 1 joined. ")
    assert "First: 5 connections: 2 kept, 2 lost between people who stayed" in alt
    assert "Second <b>: 4 connections: 2 kept, 1 new between people who stayed" in alt
    figure = flow.flow_chart(found)
    pieces = [piece for bar in figure.data if bar.type == "bar" for piece in zip(bar.y, bar.base, bar.x, strict=True)]
    lengths = [round(length, 3) for _, _, length in sorted(pieces)]
    assert lengths == [round(x, 3) for x in (5 / 6, 1 / 6, 5 / 6, 1 / 6, 2 / 5, 2 / 5, 1 / 5, 2 / 5, 1 / 5, 1 / 5)]
    assert "<b>" not in figure.to_json().replace("\\u003c", "<")
    assert "1 joined since First" in wave_pictures.picture_alt(found, later=True)
    assert "1 had left by" in wave_pictures.picture_alt(found, later=False)


def test_the_legend_holds_what_is_in_the_picture() -> None:
    found = of()
    assert [name for name, _, _ in wave_pictures.legend(found, later=True)] == [
        "in both waves", "new between people who stayed", "new with people who joined", "joined",
    ]  # fmt: skip
    same = pair_waves(network_at(WORKBOOK, wave="First"), analyze_connectivity(WORKBOOK, wave="First"))
    assert [name for name, _, _ in wave_pictures.legend(same, later=True)] == ["in both waves"]
    assert wave_pictures.comparison_title(same) == "6 of 6 people stayed from First to First"


def test_wide_gaps_are_narrowed_and_order_is_kept() -> None:
    found = of()
    columns = sorted(x for x, _ in found.positions.values())
    assert all(right - left <= wave_pictures.WIDEST_GAP + 1e-6 for left, right in pairwise(columns))
    on_the_map = analyze_connectivity(WORKBOOK, wave="Second <b>").positions
    drawn = [key for key in on_the_map if key in found.positions]
    assert len(drawn) == 5


def test_line_titles_say_how_metrics_changed() -> None:
    lines = {line.title: line for line in wave_lines(analyze_connectivity(WORKBOOK).waves)}
    # Five ties among six, then four among six.
    first = next(line for title, line in lines.items() if title.startswith("Connections per member"))
    assert first.title == "Connections per member fell from 1.7 to 1.3"
    assert first.points == (("First", "1.7"), ("Second <b>", "1.3"))
    assert first.picture.startswith("<svg")
    assert "Second <b>: 1.3" in first.alt
    assert "The share with no connections rose from 0% to 17%" in lines
    assert wave_lines(analyze_connectivity(WORKBOOK).waves[:1]) == ()
    assert wave_lines(()) == ()
    again = (*analyze_connectivity(WORKBOOK).waves, analyze_connectivity(WORKBOOK).waves[0])
    assert wave_lines(again)[0].title == "Connections per member returned to 1.7"


def test_response_rate_is_hidden_if_few_did_not_answer() -> None:
    people = {key: Person(key=key, name=key) for key in "ABCDEF"}
    waves = tuple(
        Wave(name=name, kinds=RELATIONSHIPS, date=dt.date(year, 5, 1), invited=6, respondents=tuple(answered))
        for name, year, answered in (("One", 2019, "ABC"), ("Two", 2020, "ABCDEF"), ("Three", 2021, "ABCDE"))
    )
    rows = tuple(Connection(source="A", target="B", wave=name) for name in ("One", "Two", "Three"))
    found = analyze_connectivity(Workbook(people=people, waves=waves, connections=rows, today=dt.date(2022, 1, 1)))
    lines = wave_lines(found.waves, smallest_group=3)
    told = [line for line in lines if line.title.startswith("The response rate")]
    # One of six was silent in the third wave.
    assert [line.points for line in told] == [(("One", "50%"), ("Two", "100%"), ("Three", "fewer than 3"))]
    assert "83%" in repr(wave_lines(found.waves))
    assert [row["Response rate"] for row in list(waves_table(found, smallest_group=3).rows)] == [TooFew(3), 1.0, 0.5]
    assert [row["Response rate"] for row in list(waves_table(found).rows)] == [5 / 6, 1.0, 0.5]
