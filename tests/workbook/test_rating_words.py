"""What a question's words say about numbers: which end of the scale is best, and whether they rate at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.workbook.rating_words import asks_to_rate, find_ends, find_ratings

BEST_FIRST = [
    "Rate us (1 = great, 5 = poor)",
    "The day overall: 1 = excellent … 5 = poor",
    "Session (1 best, 5 worst)",
    "From 1 (very satisfied) to 5 (very dissatisfied), how was it?",
    "How was it? 1 being the best and 5 being the worst",
    "On a scale of 1 to 5, with 1 being best",
    "Excellent (1) to poor (5)",
    "Food: excellent = 1, poor = 5",
    "1: Strongly agree / 5: Strongly disagree",
    "Very satisfied 1 2 3 4 5 Very dissatisfied",
    "Califique la reunión (1 = excelente, 5 = malo)",
    "De 1 (muy satisfecho) a 5 (nada satisfecho)",
    "Notez la session (1 = très bien, 5 = mauvais)",
    "De 1 (tout à fait d’accord) à 5 (pas du tout d’accord)",
    "Avalie o encontro: 1 = ótimo, 5 = péssimo",
    "Bewerten Sie das Treffen (1 = sehr gut, 5 = schlecht)",
    "1 (stimme voll zu) bis 5 (stimme gar nicht zu)",
]
BEST_LAST = [
    "Rate us (1 = poor, 5 = great)",
    "Rate 1-5 (5 is best)",
    "1 = strongly disagree, 5 = strongly agree",
    "1 = good, 5 = excellent",
    "(1 = novice, 5 = expert)",
    "Excelente (5), malo (1)",
    "De 1 (pas du tout d’accord) à 5 (tout à fait d’accord)",
    "Von 1 (gar nicht hilfreich) bis 5 (sehr hilfreich)",
    "Nota de 1 (péssimo) a 5 (ótimo)",
]
UNCLEAR = [
    "1 = very, 5 = not at all",
    "How often? (1 = always, 5 = never)",
    "(1 = thrilled, 5 = miserable)",
    "Priority: 1 = high, 5 = low",
    "1 = Math, 2 = Science, 3 = Reading",
    "Bitte in Schulnoten bewerten",
]


@pytest.mark.parametrize(
    ("text", "is_best_first", "is_unclear"),
    [
        *((text, True, False) for text in BEST_FIRST),
        *((text, False, False) for text in BEST_LAST),
        *((text, False, True) for text in UNCLEAR),
    ],
)
def test_words_say_which_end_is_best(text, is_best_first, is_unclear):
    ends = find_ends(text)
    assert ends is not None
    assert (ends.is_best_first, ends.is_unclear) == (is_best_first, is_unclear)


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [("On a scale of 1 to 7", 1, 7), ("(0 = not at all likely, 10 = very likely)", 0, 10), ("Value (1–4)", 1, 4)],
)
def test_words_give_the_ends(text, lowest, highest):
    ends = find_ends(text)
    assert ends is not None
    assert (ends.lowest, ends.highest) == (lowest, highest)


@pytest.mark.parametrize(
    "text",
    [
        "How useful was the session?",
        "Session 1: Great ideas",
        "In the past 12 months, how many of the 5 workshops did you attend?",
        "Which of the 3 regions are you in?",
        "Grades 9-12",
        "2024-2025",
    ],
)
def test_other_numbers_are_no_ends(text):
    assert find_ends(text) is None


@given(st.text(max_size=60), st.integers(0, 10), st.integers(0, 10))
def test_any_text_is_taken(text, one, other):
    ends = find_ends(f"{text} {one} = {text}, {other} ({text})")
    assert ends is None or ends.lowest < ends.highest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How useful was it?", True),
        ("The session was useful to me", True),
        ("I learn", True),
        ("Overall rating", True),
        ("¿Qué tan útil fue?", True),
        ("Ich fühle mich zugehörig", True),
        ("Nous planifions ensemble", True),
        ("How many children do you have?", False),
        ("Grade band", False),
        ("Group", False),
        ("Which group are you in?", False),
        ("How did you hear about us?", False),
        ("Schools in the program", False),
        ("Welche Gruppe?", False),
    ],
)
def test_words_ask_to_rate(question, expected):
    assert asks_to_rate(question) is expected


def test_bare_words_next_to_a_rating_are_ratings():
    asked = [("Group", {1, 2}), ("Overall rating", {3, 4, 5}), ("Content", {2, 4}), ("Venue", {5}), ("Cohort", {4})]
    assert find_ratings(asked) == [False, True, True, True, False]


def test_sentences_next_to_a_rating_are_ratings():
    asked = [("Teachers in my school share materials", {2, 5}), ("Hours of coaching per week", {4}), ("Group", {5})]
    assert find_ratings([*asked, ("My principal supports this work", {4, 5})]) == [False, False, False, True]
    assert find_ratings([("It helps", {1}), *asked]) == [False, False, False, False]
    assert find_ratings([("I learn", {1}), *asked]) == [True, True, False, False]
    assert find_ratings([("I learn", {1}), ("Q2", {5}), ("Item 3", {4})]) == [True, False, False]


def test_bare_words_alone_are_no_ratings():
    assert find_ratings([("Content", {4, 5}), ("Venue", {5})]) == [False, False]


def test_ones_and_zeros_are_no_ratings():
    assert find_ratings([("I feel connected", {0, 1}), ("I feel connected (0-10)", {0, 1})]) == [False, True]
