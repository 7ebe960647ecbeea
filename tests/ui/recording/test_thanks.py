"""Thanks at once: in a place of their own, as text, and for a few seconds."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.recording import thanks

STYLES = "<style>p { color: red }</style>"


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Pass no time."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(thanks, "time", clock)
    return clock


def page() -> None:
    import streamlit as st

    from nethealth.ui.recording import thanks
    from tests.ui.recording.test_thanks import STYLES

    thanks.keep_place()
    st.html(STYLES)
    st.button("Save", on_click=thanks.show_thanks, args=("Talk with <b>Ana</b> saved.",))


def without_place(app: AppTest) -> list[str]:
    """Return what has no place on the page, in order."""
    elements = app._tree.children[2].children
    return [elements[index].proto.body for index in sorted(elements)]


def test_thanks_are_text_and_leave_the_styles(clock: Clock) -> None:
    app = AppTest.from_function(page).run()
    app.button[0].click().run()
    shown = without_place(app)
    assert "Talk with &lt;b&gt;Ana&lt;/b&gt; saved." in shown[0]
    assert shown[1:] == [STYLES]
    assert without_place(app.run()) == shown
    clock.now += thanks.SECONDS
    assert without_place(app.run()) == [thanks.EMPTY, STYLES]


def test_the_same_words_are_news(clock: Clock) -> None:
    app = AppTest.from_function(page).run()
    app.button[0].click().run()
    first = without_place(app)
    app.button[0].click().run()
    assert without_place(app) != first


def test_a_page_without_a_place_stays_as_it_is() -> None:
    def bare() -> None:
        import streamlit as st

        from nethealth.ui.recording import thanks

        st.button("Save", on_click=thanks.show_thanks, args=("Saved.",))

    app = AppTest.from_function(bare).run()
    app.button[0].click().run()
    assert not app.exception
    assert without_place(app) == []
