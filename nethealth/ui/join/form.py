"""The questions of a live session as a form of Streamlit. Every answer is sent as soon as it's given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from nethealth.live.codes import read_code
from nethealth.live.phone_words import LANGUAGES, pair_statements, phone_words, preferred_language, statement_in
from nethealth.live.questions import (
    COLLABORATION,
    HOPED,
    LONGEST_NAME,
    LONGEST_PEOPLE,
    LONGEST_WORDS,
    ME,
    MOST_AT_THE_TOP,
    MOST_COLLABORATIONS,
    NOW,
    ROLE,
    STATEMENT,
    STEPS,
    TIE,
    TOP,
    WORDS,
)
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui.join.own_answers import OwnPhone, first_free, note, own_phone, value_of
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS

RESEND_SECONDS: Final = 6.0
STYLE: Final = """<style>
[role="radiogroup"] { gap: 0; }
[role="radiogroup"] label, [data-testid="stCheckbox"] label { min-height: 2.75rem; align-items: center; }
[data-testid="stButton"] button, [data-testid="stFormSubmitButton"] button { min-height: 3rem; }
</style>"""
"""Targets as large as on the phones' own page."""
Words = Mapping[str, str]
Asked = Mapping[str, Any]


def show() -> None:
    """Show the questions of the session whose code is in the address, or ask for a code."""
    st.html(STYLE)
    language = _choose_language()
    words = phone_words(language)
    code = read_code(st.query_params.get("code", ""))
    phone = own_phone(code) if code is not None else None
    reply = phone.come_in() if phone is not None else None
    if phone is None or reply is None or reply.status in (404, 429):
        wait = reply.data.get("wait") if reply is not None else None
        _ask_code(words, words["too_many"].format(seconds=wait) if wait else words["wrong_code"] if reply else "")
        return
    asked = reply.data
    if reply.status == 403:
        st.warning(words["removed"])
        st.button(words["join_again"], on_click=phone.join_again)
    elif asked["state"] == "closed":
        st.title(escape_markdown(str(asked.get("name", words["title"]))), anchor=False)
        st.info(words["closed"])
    elif reply.status != 200:
        st.warning(words["trouble"])
        st.fragment(st.rerun, run_every=RESEND_SECONDS)
    else:
        _show_questions(asked, words, language, phone)
        st.fragment(_show_status, run_every=RESEND_SECONDS)(phone, words, bool(asked["pending"]))


def _choose_language() -> str:
    accepted = preferred_language(st.context.headers.get("Accept-Language") or st.context.locale or "")
    names = {language: phone_words(language)["language"] for language in LANGUAGES}
    chosen = st.segmented_control(
        "Language", LANGUAGES, default=accepted, required=True, format_func=names.__getitem__, key="language",
        label_visibility="collapsed",
    )  # fmt: skip
    return str(chosen)


def _ask_code(words: Words, problem: str) -> None:
    st.title(words["title"], anchor=False)
    if problem:
        st.warning(problem)
    with st.form("join-code", border=False, width=420):
        typed = st.text_input(words["type_code"], max_chars=20)
        if st.form_submit_button(words["join"], type="primary"):
            st.query_params["code"] = read_code(typed) or typed
            st.rerun()


def _show_questions(asked: Asked, words: Words, language: str, phone: OwnPhone) -> None:
    st.title(escape_markdown(asked["name"]), anchor=False)
    st.write(words[f"intro_{asked['kind']}"])
    if asked["kind"] == "mindset":
        st.write(words["anonymous"])
        _ask_pairs(asked, words, language)
    elif asked["kind"] == "pulse":
        st.write(words["anonymous"])
        labels = [words[f"agree_{step}"] for step in range(1, STEPS + 1)]
        for number, statement in enumerate(asked["statements"], 1):
            _ask_step(f"{STATEMENT}{number}", escape_markdown(statement_in(language, statement)), labels)
    elif asked["kind"] == "connections":
        _ask_me(asked, words, phone)
        if value_of(ME):
            _ask_ties(words, phone)
    else:
        _ask_collaboration(words)
    if asked["roles"]:
        options = list(asked["roles"])
        _choice(ROLE, words["role"], options, escape_markdown, help_=words["role_hint"])


def _ask_pairs(asked: Asked, words: Words, language: str) -> None:
    pairs = pair_statements(language)
    for pair, (left, right) in zip(PAIRS, pairs, strict=True):
        labels = [
            words["much_closer"].format(statement=left),
            words["closer"].format(statement=left),
            words["middle"],
            words["closer"].format(statement=right),
            words["much_closer"].format(statement=right),
        ]
        st.subheader(f"{left} · {right}", anchor=False)
        _ask_step(NOW + pair.column, words[f"moment_{asked['moment']}"], labels)
        if asked["hoped"]:
            _ask_step(HOPED + pair.column, words["moment_hoped_for"], labels)
    named = dict(zip(CHARACTERISTICS, [statement for pair in pairs for statement in pair], strict=True))
    chosen = st.multiselect(
        words["top"], CHARACTERISTICS, default=value_of(TOP), max_selections=MOST_AT_THE_TOP,
        format_func=named.__getitem__, placeholder=words["top_hint"],
    )  # fmt: skip
    _note_if_new(TOP, list(chosen) or None)
    text = st.text_area(words["words"], value_of(WORDS) or "", max_chars=LONGEST_WORDS, help=words["words_hint"])
    _note_if_new(WORDS, (text or "").strip() or None)


def _ask_step(question: str, label: str, labels: Sequence[str]) -> None:
    _choice(question, label, list(range(1, STEPS + 1)), lambda step: labels[step - 1])


def _choice(
    question: str, label: str, options: Sequence[Any], label_of: Callable[[Any], str], help_: str | None = None
) -> None:
    """Ask a question with a few answers, none of them chosen at first."""
    before = value_of(question)
    index = options.index(before) if before in options else None
    chosen = st.radio(label, options, index=index, format_func=label_of, key=f"join-{question}", help=help_)
    _note_if_new(question, chosen)


def _ask_me(asked: Asked, words: Words, phone: OwnPhone) -> None:
    own = value_of(ME)
    if own:
        st.subheader(escape_markdown(words["me_is"].format(name=own.get("new") or _names().get(own["person"], ""))))
        st.button(words["me_change"], on_click=note, args=(ME, None))
        return
    st.subheader(words["me"], anchor=False)
    if asked["list"] and not st.checkbox(words["me_new"], key="join-new"):
        _choose_me(words, phone)
        return
    name = st.text_input(words["me_new_label"], max_chars=LONGEST_NAME, help=words["me_new_hint"])
    if st.button(words["me_save"], type="primary") and any(letter.isalpha() for letter in name or ""):
        note(ME, {"new": name})
        st.rerun()


def _choose_me(words: Words, phone: OwnPhone) -> None:
    typed = st.text_input(words["me_search"], max_chars=100, help=words["me_hint"])
    found = _list(phone, search=typed) if typed else {}
    if typed and not found:
        st.caption(words["me_none"])
    for key, name in found.items():
        st.button(escape_markdown(name), key=f"join-me-{key}", on_click=note, args=(ME, {"person": key}))


def _ask_ties(words: Words, phone: OwnPhone) -> None:
    st.subheader(words["ties"], anchor=False)
    own = value_of(ME).get("person")
    names = {**_names(), **_list(phone)}
    ticked = [key for key in names if value_of(TIE + key)]
    chosen = st.multiselect(
        words["ties_hint"], [key for key in names if key != own], default=ticked,
        format_func=lambda key: names.get(key, ""), placeholder=words["ties_search"],
    )  # fmt: skip
    for key in {*ticked, *chosen}:
        if key not in chosen:
            note(TIE + key, 0)
        elif not value_of(TIE + key):
            note(TIE + key, 1)
    for key in chosen:
        label = escape_markdown(words["tie_how"].format(name=names[key]))
        strength = st.radio(
            label, [1, 2, 3], index=value_of(TIE + key) - 1, format_func=lambda step: words[f"tie_{step}"],
            horizontal=True, key=f"join-tie-{key}",
        )  # fmt: skip
        _note_if_new(TIE + key, strength)


def _ask_collaboration(words: Words) -> None:
    questions = [f"{COLLABORATION}{number}" for number in range(1, MOST_COLLABORATIONS + 1)]
    question = first_free(questions)
    if question is None:
        st.info(words["collaboration_full"])
    else:
        with st.form("join-collaboration", clear_on_submit=True):
            name = st.text_input(words["collaboration_name"], max_chars=LONGEST_NAME)
            purpose = st.text_area(words["collaboration_purpose"], max_chars=LONGEST_WORDS)
            people = st.text_input(words["collaboration_people"], max_chars=LONGEST_PEOPLE)
            if st.form_submit_button(words["collaboration_add"], type="primary") and (name or "").strip():
                note(question, {"name": name, "purpose": purpose or "", "people": people or ""})
                st.rerun()
    for added in filter(None, map(value_of, questions)):
        st.write(escape_markdown(added["name"]))


def _note_if_new(question: str, value: object) -> None:
    if value != value_of(question):
        note(question, value)


def _names() -> dict[str, str]:
    names: dict[str, str] = st.session_state.setdefault("_phone_names", {})
    return names


def _list(phone: OwnPhone, *, search: str | None = None) -> dict[str, str]:
    """Return names by key, those in the room first, each with a place if there is one."""
    data = phone.people(search=search)
    here = set(data.get("here", ()))
    people = sorted(data.get("people", ()), key=lambda person: (person[0] not in here, person[1].casefold()))
    found = {key: f"{name} ({place})" if place else name for key, name, place in people}
    _names().update(found)
    return found


def _show_status(phone: OwnPhone, words: Words, is_pending: bool) -> None:
    """Send what waits, and say what became of it."""
    reply = phone.send()
    state = reply.data["state"] if reply is not None else "open"
    named = {"paused": "paused", "closed": "closed", "gone": "closed", "unknown": "removed"}
    if reply is not None and reply.status == 200:
        text = words["refused" if reply.data["refused"] else "saved"]
    elif state != "open":
        text = words[named.get(state, "busy")]
    else:
        text = words["pending"] if is_pending else ""
    st.html(f'<p class="nh-quiet" role="status">{escape_html(text)}</p>')
