"""What to print for the case that the Wi-Fi fails: a page with what to do, and a form in English and in Spanish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from nethealth.live.codes import spaced_code
from nethealth.live.connection_rows import STRENGTHS
from nethealth.live.phone_words import LANGUAGES, pair_statements, phone_words, statement_in
from nethealth.live.session import LiveSession, SessionKind
from nethealth.presentation.formatting import escape_html, format_date
from nethealth.ui.live.addresses import qr_image
from nethealth.workbook.schema.vocabulary import Moment

TABS: Final[Mapping[SessionKind, str]] = {
    SessionKind.MINDSET: "Mindset",
    SessionKind.PULSE: "Pulse",
    SessionKind.CONNECTIONS: "Connections",
    SessionKind.COLLABORATIONS: "Emergent activity",
}
"""Where answers on paper go."""
LINES: Final = 12
"""Empty lines for the people whom someone knows."""
_STYLE: Final = Path(__file__).parent / "paper.css"


def paper_plan(session: LiveSession, *, address: str, short: str) -> str:
    """Return the pages as one HTML file. `address` joins the session; people type `short` and then the code."""
    forms = "".join(_form(session, language, address, short) for language in LANGUAGES)
    style = _STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>If the Wi-Fi fails</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head><body>'
        f"{_plan(session, address, short)}{forms}</body></html>"
    )


def _plan(session: LiveSession, address: str, short: str) -> str:
    steps = (
        "<b>Keep going.</b> Phones save each answer and send it once the signal is back. Ask people to leave the page "
        "open. The screen keeps its last picture.",
        f"<b>Try another way in.</b> Mobile data works as well as the Wi-Fi: {escape_html(short)}, code "
        f"<b>{spaced_code(session.code)}</b>. A phone’s hotspot is enough for the laptop that shows the screen.",
        "<b>If there’s no signal at all, hand out the form</b> on the next pages, one per person. Print one for each "
        "seat and a few more. The QR code on it still works later, from anywhere, until you end the session.",
        "<b>Talk anyway.</b> Ask for a show of hands on one question, then give pairs five minutes on what surprises "
        "them.",
        f"<b>Afterward,</b> copy the forms to the <b>{TABS[session.kind]}</b> tab, {_rows_to_copy(session)} Then "
        "destroy the paper.",
    )
    return (
        f'<section class="page"><header class="large"><div><h1>If the Wi-Fi fails</h1>'
        f'<p class="quiet">{escape_html(session.name)}, {format_date(session.day)}</p></div>'
        f"{_qr(session, address, short)}</header>"
        f"<ol>{''.join(f'<li>{step}</li>' for step in steps)}</ol><h2>The day before</h2><ul>"
        "<li>Print one copy of this page, and a form for everyone.</li>"
        "<li>Save the map as a file that opens without internet: <b>Connectivity</b>, then <b>Download</b>, then "
        "<b>The whole map, to open offline</b>. Put it on the laptop’s desktop.</li>"
        "<li>Rehearse once with simulated phones, on the room’s own network if you can.</li></ul></section>"
    )


def _rows_to_copy(session: LiveSession) -> str:
    """Say which rows a form becomes, and which columns say that they come from this session."""
    name = f"“{escape_html(session.name)}”"
    if session.kind is SessionKind.MINDSET:
        asked = " and ".join(moment.value for moment in _moments(session))
        return f"one row per form and moment ({asked}), with the session {name}."
    if session.kind is SessionKind.PULSE:
        return f"one row per statement, with the session {name} and the moment {session.moment.value}."
    if session.kind is SessionKind.CONNECTIONS:
        words = phone_words("en")
        strengths = ", ".join(f"{strength:g} for “{words[f'tie_{step}']}”" for step, strength in STRENGTHS.items())
        return (
            f"one row per person ticked. Strength is {strengths}. Write Convening under Heard through, and {name} "
            "under Notes."
        )
    return "one row per collaboration, with Convening under Heard through."


def _moments(session: LiveSession) -> list[Moment]:
    return [session.moment, *([Moment.HOPED_FOR] if session.setup.asks_hoped_for else [])]


def _qr(session: LiveSession, address: str, short: str) -> str:
    source = qr_image(address)
    return (
        f'<div><img src="{source}" alt="QR code to join: {escape_html(address)}">'
        f'<p class="code">{spaced_code(session.code)}</p><p class="address">{escape_html(short)}</p></div>'
    )


def _form(session: LiveSession, language: str, address: str, short: str) -> str:
    words = phone_words(language)
    intro = words[f"intro_{session.kind.value}"]
    anonymous = words["anonymous"] if session.kind in (SessionKind.MINDSET, SessionKind.PULSE) else ""
    body = _BODIES[session.kind](session, language, words)
    return (
        f'<section class="page" lang="{language}"><header><div><h2>{escape_html(session.name)}</h2>'
        f"<p>{escape_html(intro)}</p><p>{escape_html(anonymous)}</p></div>{_qr(session, address, short)}</header>"
        f"{body}</section>"
    )


def _mindset(session: LiveSession, language: str, words: Mapping[str, str]) -> str:
    asked = _moments(session)
    length = "moment" if len(asked) == 1 else "short"
    heads = "".join(f"<th>{escape_html(words[_moment_key(length, moment)])}</th>" for moment in asked)
    circles = f"<td>{'○' * 5}</td>" * len(asked)
    rows = "".join(
        f"<tr><td>{escape_html(left)}</td>{circles}<td>{escape_html(right)}</td></tr>"
        for left, right in pair_statements(language)
    )
    table = f'<table class="steps"><tr><th></th>{heads}<th></th></tr>{rows}</table>'
    characteristics = [statement for pair in pair_statements(language) for statement in pair]
    top = f"<h2>{escape_html(words['top'])} {escape_html(words['top_hint'])}</h2>{_boxes(characteristics)}"
    lines = '<div class="line"></div>' * 2
    return f"{table}{top}<h2>{escape_html(words['words'])}</h2>{lines}{_roles(session, words)}"


def _moment_key(length: str, moment: Moment) -> str:
    return f"{length}_{moment.value.lower().replace(' ', '_')}"


def _pulse(session: LiveSession, language: str, words: Mapping[str, str]) -> str:
    answers = [words[f"agree_{step}"] for step in range(1, 6)]
    boxes = "".join(f"<span>☐ {escape_html(answer)}</span>" for answer in answers)
    statements = [statement_in(language, text) for text in session.setup.statements]
    asked = "".join(f'<h2>{escape_html(text)}</h2><p class="row">{boxes}</p>' for text in statements)
    return f"{asked}{_roles(session, words)}"


def _connections(_session: LiveSession, _language: str, words: Mapping[str, str]) -> str:
    answers = [words[f"tie_{strength}"] for strength in (1, 2, 3)]
    head = "".join(f"<th>{escape_html(text)}</th>" for text in ("", *answers))
    row = "<tr><td></td>" + "<td>☐</td>" * len(answers) + "</tr>"
    return (
        f'<h2>{escape_html(words["me"])}</h2><div class="line"></div><h2>{escape_html(words["ties"])}</h2>'
        f'<table class="empty"><tr>{head}</tr>{row * LINES}</table>'
    )


def _collaborations(_session: LiveSession, _language: str, words: Mapping[str, str]) -> str:
    questions = [words[f"collaboration_{part}"] for part in ("name", "purpose", "people")]
    one = "".join(f'<p>{escape_html(question)}</p><div class="line"></div>' for question in questions)
    return "".join(f"<h2>{number}</h2>{one}" for number in (1, 2, 3))


def _roles(session: LiveSession, words: Mapping[str, str]) -> str:
    roles: Sequence[str] = session.setup.roles
    boxes = "".join(f"<span>☐ {escape_html(role)}</span>" for role in roles)
    return f'<h2>{escape_html(words["role"])}</h2><p class="row">{boxes}</p>' if roles else ""


def _boxes(options: Iterable[str]) -> str:
    return f'<ul class="boxes">{"".join(f"<li>☐ {escape_html(option)}</li>" for option in options)}</ul>'


_BODIES: Final[Mapping[SessionKind, Callable[[LiveSession, str, Mapping[str, str]], str]]] = {
    SessionKind.MINDSET: _mindset,
    SessionKind.PULSE: _pulse,
    SessionKind.CONNECTIONS: _connections,
    SessionKind.COLLABORATIONS: _collaborations,
}
