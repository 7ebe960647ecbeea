"""Headers of attendance reports, folded, in English, Spanish, French, German, and Portuguese."""

from __future__ import annotations

from typing import Final

from nethealth.workbook.cells.characters import folded


def _keys(words: str) -> tuple[str, ...]:
    return tuple(folded(word.strip()) for word in words.split(","))


NAME: Final = _keys(
    "Name, Name (Original name), Full name, Participant, Participant name, Attendee, Attendee name, Display name, "
    "User name, User name (Original name), Nombre, Nombre completo, Nombre (nombre original), "
    "Nombre de usuario (nombre original), Nom, Nom complet, Nom (nom d'origine), Nom d'utilisateur (nom d'origine), "
    "Vollständiger Name, Name (ursprünglicher Name), Nome, Nome completo, Nome (nome original)"
)
JOIN: Final = _keys(
    "Join time, First join, First join time, Time joined, Joined at, Timestamp, Hora de unión, Hora para unirse, "
    "Hora de entrada, Primera unión, Primera incorporación, Heure d'arrivée, Heure de participation, "
    "Première participation, Première connexion, Beitrittszeit, Erster Beitritt, Hora de ingresso, Primeiro ingresso, "
    "Primeira entrada"
)
LEAVE: Final = _keys(
    "Leave time, Last leave, Last leave time, Time exited, Left at, Exit time, User action, Hora de salida, "
    "Última salida, Heure de départ, Dernier départ, Dernière sortie, Austrittszeit, Verlassenszeit, "
    "Letztes Verlassen, Letzter Austritt, Hora de saída, Última saída"
)
DURATION: Final = _keys(
    "Duration, Duration (minutes), Total duration (minutes), In-meeting duration, Attendance duration, "
    "Time in session, "
    "Time in session (minutes), Duración, Duración (minutos), Duración total (minutos), Duración en la reunión, Durée, "
    "Durée (minutes), Durée totale (minutes), Durée de la réunion, Dauer, Dauer (Minuten), Gesamtdauer (Minuten), "
    "Besprechungsdauer, Duração, Duração (minutos), Duração total (minutos), Duração da reunião"
)
EMAIL: Final = _keys(
    "Email, E-mail, Email address, User email, Attendee email, Participant ID (UPN), Correo electrónico, Correo, "
    "Adresse e-mail, E-Mail-Adresse, Courriel, Endereço de e-mail"
)
TITLE: Final = _keys(
    "Topic, Meeting topic, Meeting title, Meeting name, Webinar name, Session name, Event name, Title, Subject, Tema, "
    "Asunto, Título de la reunión, Sujet, Titre de la réunion, Thema, Besprechungstitel, Titel der Besprechung, "
    "Tópico, Assunto, Título da reunião"
)
START: Final = _keys(
    "Start time, Meeting start time, Actual start time, Start, Date, Meeting date, Hora de inicio, "
    "Hora de inicio de la reunión, Heure de début, Heure de début de la réunion, Startzeit, Beginn, "
    "Startzeit der Besprechung, Hora de início, Hora de início da reunião"
)
WAITING: Final = _keys("In waiting room, En sala de espera, En salle d'attente, Im Warteraum, Na sala de espera")
