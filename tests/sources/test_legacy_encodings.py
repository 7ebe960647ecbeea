"""Encodings from before UTF-8, in lists of names as schools write them."""

import pytest

from nethealth.sources import read_file
from nethealth.sources.legacy_encodings import guess_legacy_encoding

RUSSIAN = "Имя,Школа\nАнна Петрова,Школа\nИван Сидоров,Лицей\nМария Иванова,Гимназия\n"
UKRAINIAN = "Ім'я,Школа\nОлена Коваленко,Ліцей\nТарас Шевчук,Гімназія\nЮрій Бондар,Школа\n"
POLISH = "Imię,Szkoła\nŁukasz Żółw,Szkoła\nAgnieszka Wiśniewska,Liceum\nMałgorzata Kąkol,Zespół\n"
GREEK = "Όνομα,Σχολείο\nΓιάννης Παπαδόπουλος,Λύκειο\nΕλένη Γεωργίου,Γυμνάσιο\n"
FRENCH = "Nom,École\nJosé Muñoz,Collège Saint-Étienne\nAna,Lycée d’été\n"
GERMAN = "Name,Schule\nJürgen Groß,Schule Köln\nUte Möller,„Süd“\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (UKRAINIAN, "cp1251"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (GREEK, "cp1253"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (GERMAN, "cp1252"),
        ("Name,School\nΝίκος Παππάς,North\nΜαρία Ψαρρού,South\n", "cp1253"),
        ("Name\nΓιώργος Δήμου\n", "cp1253"),
        ("Name\nИван Петров\n", "cp1251"),
        ("Name\nОлена Шевченко\nЮрій Коваль\n", "cp1251"),
        ("Name\nИван Петров\nОльга Ким\n", "koi8_r"),
        ("Name\nŹdźbło Kuś\n", "cp1250"),
        ("Name\nJosé\n", "cp1252"),
        ("Price\n5 €\n", "cp1252"),
    ],
)
def test_text_reads_as_it_was_written(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(guess_legacy_encoding(data)) == text


CENTRAL = (
    "Karel Čapek|Jiří|Ondřej|Božena Němcová|Petr Krejčí|Růžena|Daněk|Kučera|Řehoř|Ivana Kovačić|Ćosić|Gdańsk|Stańczak"
    "|Zięba|Kędzior|Świderski|Leś|Łódź|Szőke István|Erdős|Gergő|Győző|Bălan|Ştefan|Ďurica|Dvořák|Tomáš|Duša|Hlaváček"
)
WESTERN = (
    "Hélène Côté|Ève|Geneviève|José Muñoz|Søren Kjær|Bjørn Bøe|João Simões|Inês|Anaïs|Nicolò|Antònia|Groß|Åsa|Lætitia"
    "|Forêt|Þór Guðrún|¿Cómo estás?|¡Hola!|N.º 3|1ª|Teams®|12 m²|É bom|Où|Crêpeau|irmãs|Noè|Lévêque|poète|Fañch"
)


@pytest.mark.parametrize(
    ("words", "encodings"), [(CENTRAL, ("cp1250", "iso8859_2")), (WESTERN, ("cp1252",))], ids=["Central", "Western"]
)
def test_a_single_name_shows_which_part_of_europe_it_is_from(words: str, encodings: tuple[str, ...]) -> None:
    wrong = []
    for word in words.split("|"):
        for encoding in encodings:
            data = f"Name,School\n{word},North\n".encode(encoding)
            if word not in data.decode(guess_legacy_encoding(data)):
                wrong.append((word, encoding))
    assert wrong == []


def test_language_counts_however_many_plain_rows_come_before() -> None:
    data = ("Name,School\n" + "Ann Lee,North\n" * 900 + RUSSIAN).encode("cp1251")
    assert guess_legacy_encoding(data) == "cp1251"


def test_bytes_that_mean_nothing_fall_back_to_western() -> None:
    assert guess_legacy_encoding(b"\x81\x8d\x8f\x90\x9d") == "cp1252"


def test_page_names_the_encoding() -> None:
    read = read_file(RUSSIAN.encode("cp1251"), "Members.csv")
    assert read.tabs[0].rows[1] == ["Анна Петрова", "Школа"]
    assert "Windows-1251" in read.notes[0]
