from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.metric import Unit
from nethealth.network.metrics.definitions import METRICS
from nethealth.presentation.formatting import (
    describe_undefined_and_source,
    escape_html,
    escape_markdown,
    format_value,
    lowercase_first,
    pluralize,
    safe_url,
    single_line,
    uppercase_first,
)
from nethealth.privacy.suppression import TooFew


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, Unit.COUNT, "–"),
        (float("nan"), Unit.NUMBER, "–"),
        (TooFew(5), Unit.SHARE, "fewer than 5"),
        (0, Unit.COUNT, "0"),
        (1234, Unit.COUNT, "1,234"),
        (0.43, Unit.SHARE, "43%"),
        (0.043, Unit.SHARE, "4.3%"),
        (0.0005, Unit.SHARE, "0.1%"),
        (0.0003, Unit.SHARE, "under 0.1%"),
        (0.0, Unit.SHARE, "0%"),
        (1.0, Unit.SHARE, "100%"),
        (0.9972, Unit.SHARE, "99.7%"),
        (0.99999, Unit.SHARE, "99.9%"),
        (-0.125, Unit.SHARE, "−12%"),
        (4.25, Unit.NUMBER, "4.2"),
        (4.0, Unit.NUMBER, "4"),
        (0.2, Unit.NUMBER, "0.2"),
        (0.001, Unit.NUMBER, "0"),
        (-3.5, Unit.NUMBER, "−3.5"),
        (-0.5, Unit.INDEX, "−0.50"),
        (0.25, Unit.INDEX, "+0.25"),
        (0, Unit.INDEX, "0"),
        (1, Unit.DAYS, "1 day"),
        (45.5, Unit.DAYS, "45.5 days"),
        (2.4, Unit.STEPS, "2.4 steps"),
        (dt.date(2024, 3, 1), Unit.MONTH, "March 2024"),
        (dt.date(2024, 3, 1), Unit.LABEL, "March 1, 2024"),
        ("either", Unit.LABEL, "either"),
        (True, Unit.LABEL, "yes"),
    ],
)
def test_numbers_are_formatted(value: object, unit: Unit, written: str) -> None:
    assert format_value(value, unit) == written


def test_counting_words() -> None:
    assert [pluralize(n, "person", "people") for n in (0, 1, 2, 1200)] == [
        "no people",
        "1 person",
        "2 people",
        "1,200 people",
    ]


def test_long_cell_is_cut_to_one_line() -> None:
    assert single_line("a\nb\tc\u202e") == "a b c"
    assert len(single_line("x" * 40_000)) == 300


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        ":red[x]",
        ":material/home:",
        "$\\href{javascript:alert(1)}{x}$",
        "# heading",
        "- item",
        "1. item",
        "http://evil.example",
        "www.evil.example",
        "`code`",
        "| a | b |",
    ],
)
def test_cells_never_become_markdown(hostile: str) -> None:
    written = escape_markdown(hostile)
    bare = re.sub(r"\\(.)", "", written)
    assert not re.search(r"[\[\]<>`*_#|$!]", bare)
    assert not re.search(r"https?:|www\.|:material|:red", bare)
    assert not re.match(r"\s*([-+]|\d+[.)])", written)
    assert re.sub(r"\\(.)", r"\1", written).replace("\u2060", "") == single_line(hostile)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_cells_never_become_html(text: str) -> None:
    written = escape_html(text)
    assert not set(written) & {"<", ">", '"', "'"}
    assert html.unescape(written) == single_line(text)


@pytest.mark.parametrize(
    "link",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.example",
        "data:text/html,x",
        "//a.example",
        'https://a.example/"onmouseover=x',
        "https://a.example/<script>",
    ],
)
def test_unsafe_link_is_none(link: str | None) -> None:
    assert safe_url(link) is None


def test_links_are_escaped() -> None:
    assert (
        safe_url("https://a.example/?a=1&b=2#gid=0&range=B17") == "https://a.example/?a=1&amp;b=2#gid=0&amp;range=B17"
    )


@pytest.mark.parametrize(
    ("undefined", "written"),
    [
        ("no one has a tie", "A dash means no one has a tie. Source: Freeman 1978."),
        ("never", "Source: Freeman 1978."),
        ("never; 0 without a tie", "0 without a tie. Source: Freeman 1978."),
    ],
)
def test_undefined_number_is_a_dash(undefined: str, written: str) -> None:
    density = next(measure for measure in METRICS["network"] if measure.id == "density")
    metric = density.model_copy(update={"undefined": undefined, "source": "Freeman 1978"})
    assert describe_undefined_and_source(metric) == written


@pytest.mark.parametrize(
    ("text", "begun", "within"),
    [("members of ESO", "Members of ESO", "members of ESO"), ("12 left", "12 left", "12 left"), ("", "", "")],
)
def test_only_the_first_letter_changes(text: str, begun: str, within: str) -> None:
    assert uppercase_first(text) == begun
    assert lowercase_first(begun) == within
