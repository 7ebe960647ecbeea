"""The words of the built-in scales in Spanish, French, Portuguese, and German."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    # For each point from 1 to 5: its labels, separated by semicolons.
    "Agreement": (
        "Muy en desacuerdo; Completamente en desacuerdo; Pas du tout d’accord; Fortement en désaccord; "
        "Tout à fait en désaccord; Totalement en désaccord; Discordo totalmente; Discordo fortemente; "
        "Stimme überhaupt nicht zu; Stimme gar nicht zu; Trifft überhaupt nicht zu; Trifft gar nicht zu",
        "Pas d’accord; Plutôt pas d’accord; En désaccord; Plutôt en désaccord; Discordo; Discordo parcialmente; "
        "Stimme nicht zu; Stimme eher nicht zu; Trifft eher nicht zu; Lehne ab",
        "Neutro; Ni d’accord ni en désaccord; Ni d’accord, ni pas d’accord; Neutre; Sans opinion tranchée; "
        "Não concordo nem discordo; Nem concordo nem discordo; Indiferente; Weder noch; Teils/teils; Teils, teils; "
        "Unentschieden; Stimme weder zu noch nicht zu; Stimme teilweise zu; Trifft teilweise zu",
        "D’accord; Plutôt d’accord; Concordo; Concordo parcialmente; Stimme zu; Stimme eher zu; Trifft eher zu",
        "Muy de acuerdo; Completamente de acuerdo; Tout à fait d’accord; Entièrement d’accord; Fortement d’accord; "
        "Totalement d’accord; Concordo totalmente; Concordo fortemente; Stimme voll und ganz zu; Stimme völlig zu; "
        "Stimme voll zu; Stimme vollkommen zu; Stimme stark zu; Trifft voll und ganz zu; Trifft voll zu",
    ),
    "Frequency": (
        "Nunca; Jamais; Nie; Niemals",
        "Rara vez; Raramente; Pocas veces; Rarement; Poucas vezes; Selten",
        "A veces; Algunas veces; Parfois; Quelquefois; De temps en temps; Às vezes; Algumas vezes; Por vezes; "
        "Manchmal; Gelegentlich",
        "A menudo; Con frecuencia; Frecuentemente; Souvent; Fréquemment; Frequentemente; Muitas vezes; "
        "Com frequência; Oft; Häufig",
        "Siempre; Toujours; Sempre; Immer",
    ),
    "Satisfaction": (
        "Muy insatisfecho; Muy insatisfecha; Muy insatisfecho/a; Très insatisfait; Très insatisfaite; "
        "Très insatisfait(e); Muito insatisfeito; Muito insatisfeita; Muito insatisfeito(a); Sehr unzufrieden",
        "Insatisfecho; Insatisfecha; Insatisfecho/a; Insatisfait; Insatisfaite; Insatisfait(e); Plutôt insatisfait; "
        "Insatisfeito; Insatisfeita; Insatisfeito(a); Unzufrieden; Eher unzufrieden",
        "Neutro; Ni satisfecho ni insatisfecho; Ni satisfecha ni insatisfecha; Neutre; "
        "Ni satisfait ni insatisfait; Nem satisfeito nem insatisfeito; Indiferente; Teils/teils; "
        "Weder zufrieden noch unzufrieden",
        "Satisfecho; Satisfecha; Satisfecho/a; Satisfait; Satisfaite; Satisfait(e); Plutôt satisfait; "
        "Satisfeito; Satisfeita; Satisfeito(a); Zufrieden; Eher zufrieden",
        "Muy satisfecho; Muy satisfecha; Muy satisfecho/a; Très satisfait; Très satisfaite; Très satisfait(e); "
        "Muito satisfeito; Muito satisfeita; Muito satisfeito(a); Sehr zufrieden",
    ),
    "Weak to strong": (
        "Muy débil; Très faible; Muito fraco; Muito fraca; Sehr schwach; Very low",
        "Weak connection; Loose; Low; Distant; Débil; Faible; Fraco; Fraca; Schwach; Bajo; Baja; Baixo; "
        "Baixa; Niedrig; Lose",
        "Moderate; Average; Mid; Neutral; Medio; Media; Moderado; Moderada; Regular; Moyen; Moyenne; Modéré; Modérée; "
        "Médio; Média; Mittel; Mäßig",
        "Strong connection; Close; High; Fuerte; Fort; Forte; Stark; Eng; Cercano; Cercana; Proche; Próximo; Próxima; "
        "Alto; Alta; Élevé; Élevée; Hoch",
        "Muy fuerte; Très fort; Très forte; Muito forte; Sehr stark; Very close; Very high; Muy cercano; Sehr eng",
    ),
    "Strength": (
        "He oído hablar; Sé quién es; Sé que existe; J’en ai entendu parler; Je sais qui c’est; Connais de nom; "
        "Já ouvi falar; Sei quem é; Conheço de nome; Habe davon gehört; Weiß, wer das ist; Kenne dem Namen nach; "
        "Vom Namen bekannt",
        "Conozco; Lo conozco; La conozco; Je connais; Connais; Conheço; Kenne; Kenne ich",
        "Intercambio; Intercambiamos; Intercambio información; J’échange; Échange; Nous échangeons; "
        "Troco informações; Trocamos informações; Troca; Tausche mich aus; Austausch; Wir tauschen uns aus",
        "Coordino; Coordinamos; Coordinación; Je coordonne; Coordonne; Nous nous coordonnons; Coordination; "
        "Coordeno; Coordenamos; Coordenação; Stimme mich ab; Wir stimmen uns ab; Koordiniere; Koordination",
        "Colaboro; Colaboramos; Colaboración; Je collabore; Collabore; Nous collaborons; Collaboration; "
        "Colaboração; Arbeite zusammen; Wir arbeiten zusammen; Zusammenarbeit; Kooperiere",
    ),
}
LABELS_ELSEWHERE: Final[Mapping[str, tuple[tuple[str, float], ...]]] = MappingProxyType(
    {
        scale: tuple(
            (label, float(value)) for value, labels in enumerate(points, start=1) for label in labels.split("; ")
        )
        for scale, points in _LABELS.items()
    }
)
"""For each built-in scale, its labels in other languages with their values."""
