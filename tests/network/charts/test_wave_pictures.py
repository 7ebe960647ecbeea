"""Two waves side by side: how they are drawn, what viewers and staff see, and metrics over all waves."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from nethealth.network.charts import wave_pictures
from nethealth.network.charts.wave_pictures import pair_waves
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.presentation import palette
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.schema.vocabulary import NameStyle
from tests.network.charts.two_waves import WORKBOOK, of


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


def test_hidden_and_former_people_are_not_named() -> None:
    found = of()
    text = "".join(wave_pictures.wave_picture(found, later=later) for later in (False, True))
    assert "Hidden" not in text
    assert "Lou" not in text
    assert "Nat New" in text
    assert "<b>" not in text
    # Only ties between people who are drawn: B-H is in neither.
    assert len(re.findall(r"M[\d.]+ [\d.]+L", text)) == (1 + 2 + 1) + (1 + 1 + 1)


def test_tables_of_who_joined_and_left() -> None:
    names = analyze_connectivity(WORKBOOK).names
    assert list(wave_pictures.moved_table(of(), joined=True, names=names).rows) == [
        {"Name": "Nat New", "Connections": 1}
    ]
    assert list(wave_pictures.moved_table(of(), joined=False, names=names).rows) == [
        {"Name": "Lou Left", "Connections": 1}
    ]
    viewers = redact_for_viewers(WORKBOOK)
    found = of(viewers)
    text = repr(list(wave_pictures.moved_table(found, joined=False, names=analyze_connectivity(viewers).names).rows))
    assert "Lou" not in text + "".join(wave_pictures.wave_picture(found, later=later) for later in (False, True))


def test_phones_show_no_names() -> None:
    picture = wave_pictures.wave_picture(of(), later=True)
    assert "<style>@media (max-width: 419px) { .names { display: none } }</style>" in picture
    assert '<g class="names"' in picture


def test_names_follow_the_setting() -> None:
    coded = replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=NameStyle.CODES))
    picture = wave_pictures.wave_picture(of(coded), later=True)
    assert "Smith" not in picture
    assert re.search(r">M-[0-9A-F]{4}", picture), "as a text, not as the beginning of a path"


def test_legend_lists_what_is_drawn() -> None:
    found = of()
    assert [name for name, _, _ in wave_pictures.legend(found, later=True)] == [
        "in both waves", "new between people who stayed", "new with people who joined", "joined",
    ]  # fmt: skip
    same = pair_waves(network_at(WORKBOOK, wave="First"), analyze_connectivity(WORKBOOK, wave="First"))
    assert [name for name, _, _ in wave_pictures.legend(same, later=True)] == ["in both waves"]
    assert wave_pictures.comparison_title(same) == "6 of 6 people stayed from First to First"


def test_wide_gaps_are_narrowed() -> None:
    found = of()
    columns = sorted(x for x, _ in found.positions.values())
    assert all(right - left <= wave_pictures.WIDEST_GAP + 1e-6 for left, right in pairwise(columns))
    on_the_map = analyze_connectivity(WORKBOOK, wave="Second <b>").positions
    drawn = [key for key in on_the_map if key in found.positions]
    assert len(drawn) == 5
