"""Open text: members' names masked, and frequent words."""

from __future__ import annotations

import pytest

from nethealth.experience import answers_with_word
from nethealth.workbook.open_text import find_themes, redact_people
from nethealth.workbook.records import Person
from nethealth.workbook.schema.vocabulary import Kind

NAMES = ("Ana María López", "Will Hope", "Bo Li", "Georgia de la Cruz", "Dr. Anne-Marie O'Neil, PhD", "Łukasz Smith")
PEOPLE = (
    *(Person(key=name, name=name) for name in NAMES),
    Person(key="north", name="North School", kind=Kind.ORGANIZATION),
    Person(key="arabic", name="محمد علي"),
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ana María López helped me.", "a member helped me."),
        ("I asked Ana and López's sister.", "I asked a member and a member's sister."),
        ("It was Ana López, not Georgia.", "It was a member, not a member."),
        ("I will, and I hope.", "I will, and I hope."),
        ("Will you ask Will?", "Will you ask a member?"),
        ("Hope is all we have.", "Hope is all we have."),
        ("Thanks to Cruz, de la Cruz", "Thanks to a member, de la a member"),
        ("Bo knows", "Bo knows"),  # two letters, as many words have
        ("ANA rang", "a member rang"),
        ("banana", "banana"),
        # Without accents, or with wrong ones; apostrophes of either kind, or none.
        ("Ana Maria Lopez helped, and Lópéz, and MARIA", "a member helped, and a member, and a member"),
        ("O’Neil came, and ONeil's friend Lukasz", "a member came, and a member's friend a member"),
        # In small letters, where the part is no common word.
        (
            "thanks to maria and to ana maria lopez, will you come?",
            "thanks to a member and to a member, will you come?",
        ),
        ("we hope for a smith", "we hope for a smith"),
        ("Smith came", "a member came"),
        # An initial between, several of one name, a hyphen omitted.
        ("I called Ana M. López", "I called a member"),
        ("It was Marias idea, and the Lópezes came", "It was a member idea, and the a member came"),
        ("I met Annemarie", "I met a member"),
        # A title is not a name, and neither is a word from an organization's name.
        ("My Doctor has a PhD", "My Doctor has a PhD"),
        ("The School lies north of North School", "The School lies north of a member"),
        # A script without capitals.
        ("شكرا محمد", "شكرا a member"),
    ],
)
def test_names_are_masked(written: str, shown: str) -> None:
    # Will and hope are words as well, where a sentence begins with them.
    assert redact_people([written], PEOPLE)[0] == shown


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [
        ("王小芳", "感谢王小芳老师的帮助", "感谢a member老师的帮助"),
        ("陈伟", "陈伟", "a member"),
        ("김 민수", "김민수가 도와주었다", "a member가 도와주었다"),
        ("田中 ゆき", "田中 ゆきさん", "a memberさん"),
    ],
)
def test_names_are_masked_where_no_spaces_part_words(name: str, written: str, shown: str) -> None:
    assert redact_people([written], [Person(key="p", name=name)]) == [shown]


FORMS = (
    "محمد الحسن",
    "أحمد علي",
    "Иван Петровский",
    "Анна Ильина",
    "Павел Коваль",
    "Сергій Бондаренко",
    "Мария Лобова",
)
FORMS += ("Mary Ann Lee", "MaryBeth Cook", "José Will Rose", "Anne-Lise Bø")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # And, to, with, to the; alif with and without its sign, letters with the signs of their vowels.
        ("شكرا لمحمد ومحمد وبمحمد", "شكرا a member"),
        ("قال والحسن وللحسن", "قال a member"),
        ("ساعدني احمد كثيرا", "ساعدني a member كثيرا"),
        ("مُحَمَّد هنا", "a member هنا"),
        ("المكتبة والمدرسة ـ", "المكتبة والمدرسة ـ"),
        # The cases of Russian and Ukrainian.
        ("Встреча с Иваном, письмо Ивану, дом Ивана", "Встреча с a member, письмо a member, дом a member"),
        ("Без Анны, Анне, Анну и Анной", "Без a member, a member, a member и a member"),
        ("Я видел Петровского и Павла", "Я видел a member и a member"),
        ("Марии и Марию, Ильиной, Лобовых", "a member и a member, a member, a member"),
        ("Дякую Сергієві, Сергія, Ковалем", "Дякую a member, a member, a member"),
        ("Иванушка, ананас, Иваново, иваном", "Иванушка, ананас, Иваново, иваном"),
        # Two given names as one, one as two.
        ("MaryAnn, Maryann, Mary-Ann and Mary Ann came", "a member, a member, a member and a member came"),
        ("Mary Beth and Mary-Beth, AnneLise", "a member and a member, a member"),
        ("Annelise's idea, Anne's, José’s and Jose", "a member's idea, a member's, a member’s and a member"),
        # What is a word as well stays where it was one before.
        ("Will you? Rose to it. I may, you will.", "Will you? Rose to it. I may, you will."),
        ("a mary beth, a Lee way", "a a member beth, a a member way"),
    ],
)
def test_forms_of_names_are_masked(written: str, shown: str) -> None:
    assert redact_people([written], [Person(key=name, name=name) for name in FORMS]) == [shown]


def test_words_count_once_per_answer_and_join_plurals() -> None:
    answers = [
        "A visit, a visit!",
        "Visits help",
        "I would visit more",
        "More time",
        "time",
        "Time is short",
        "the the",
    ]
    assert find_themes(answers) == (("time", 3), ("visit", 3))
    assert answers_with_word(answers, "visit") == ("A visit, a visit!", "Visits help", "I would visit more")


def test_stop_words_are_skipped_in_both_languages() -> None:
    assert find_themes(["because of the people"] * 5) == ()
    assert find_themes(["porque también hay mucho tiempo"] * 5) == (("tiempo", 5),)
