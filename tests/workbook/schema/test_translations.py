"""Built-in scales and form headers are known in five languages."""

import pytest

from nethealth.workbook.cells.scale_answers import guess_scale, read_scale_answer
from nethealth.workbook.schema.vocabulary import AGREEMENT, BUILT_IN_SCALES, FREQUENCY, SATISFACTION, STRENGTH

LABELS = [
    (
        AGREEMENT,
        [
            "Pas du tout d'accord",
            "Plutôt pas d’accord",
            "Ni d'accord ni en désaccord",
            "Plutôt d'accord",
            "Tout à fait d'accord",
        ],
    ),
    (AGREEMENT, ["Discordo totalmente", "Discordo", "Não concordo nem discordo", "Concordo", "Concordo totalmente"]),
    (
        AGREEMENT,
        [
            "Stimme überhaupt nicht zu",
            "Stimme eher nicht zu",
            "Teils/teils",
            "Stimme eher zu",
            "Stimme voll und ganz zu",
        ],
    ),
    (AGREEMENT, ["Muy en desacuerdo", "En desacuerdo", "Neutral", "De acuerdo", "Muy de acuerdo"]),
    (FREQUENCY, ["Jamais", "Rarement", "Parfois", "Souvent", "Toujours"]),
    (FREQUENCY, ["Nunca", "Raramente", "Às vezes", "Frequentemente", "Sempre"]),
    (FREQUENCY, ["Nie", "Selten", "Manchmal", "Häufig", "Immer"]),
    (FREQUENCY, ["Nunca", "Rara vez", "A veces", "A menudo", "Siempre"]),
    (SATISFACTION, ["Très insatisfait(e)", "Insatisfait(e)", "Neutre", "Satisfait(e)", "Très satisfait(e)"]),
    (SATISFACTION, ["Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"]),
    (SATISFACTION, ["Sehr unzufrieden", "Unzufrieden", "Teils/teils", "Zufrieden", "Sehr zufrieden"]),
    (SATISFACTION, ["Muy insatisfecho/a", "Insatisfecho/a", "Neutral", "Satisfecho/a", "Muy satisfecho/a"]),
    (STRENGTH, ["Je sais qui c’est", "Connais", "Échange", "Coordonne", "Collabore"]),
    (STRENGTH, ["Sei quem é", "Conheço", "Troca", "Coordenamos", "Colaboramos"]),
    (STRENGTH, ["Vom Namen bekannt", "Kenne", "Austausch", "Koordination", "Zusammenarbeit"]),
    (STRENGTH, ["He oído hablar", "Conozco", "Intercambio", "Coordino", "Colaboro"]),
]


@pytest.mark.parametrize(("scale", "labels"), LABELS)
def test_labels_are_points_of_the_scale(scale, labels):
    assert [read_scale_answer(label, scale).value for label in labels] == [1, 2, 3, 4, 5]
    assert guess_scale(labels * 2, BUILT_IN_SCALES) is scale
    assert [read_scale_answer(f"{n} - {label.upper()}", scale).value for n, label in enumerate(labels, 1)] == [
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.parametrize("scale", [AGREEMENT, FREQUENCY, SATISFACTION, STRENGTH])
def test_no_label_means_two_points(scale):
    for label, value in scale.spellings:
        assert read_scale_answer(label, scale).value == value, label


@pytest.mark.parametrize(
    ("title", "stamp", "name", "yes"),
    [
        ("Réponses au formulaire 1", "Horodateur", "Adresse e-mail", "Tout à fait d'accord"),
        ("Respostas ao formulário 1", "Carimbo de data/hora", "Endereço de e-mail", "Concordo totalmente"),
        ("Formularantworten 1", "Zeitstempel", "E-Mail-Adresse", "Stimme voll und ganz zu"),
        ("Respuestas de formulario 1", "Marca temporal", "Dirección de correo electrónico", "Muy de acuerdo"),
        ("Formularantworten 2", "Zeitstempel", "Wie heißen Sie?", "Stimme völlig zu"),
        ("Form responses", "Horodateur", "Quel est votre nom ?", "D’accord"),
    ],
)
def test_forms_are_read_in_five_languages(read, title, stamp, name, yes):
    members = [["Name", "Email"], ["Ana Ruiz", "ana@x.org"]]
    who = "ana@x.org" if "mail" in name.lower() or "correo" in name else "Ana Ruiz"
    rows = [[stamp, name, "Q"], [46000.5, who, yes], [46001.5, "", "2"], [46002.5, "anonyme", 3]]
    workbook = read({"Members": members, title: rows})
    assert [response.respondent for response in workbook.responses] == ["Ana Ruiz", None, None]
    assert [question.scale for question in workbook.questions] == [AGREEMENT]
    assert workbook.problems == ()
