"""Headers of other tools that likely mean a column of ours: good enough to propose, not to read without asking."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.schema.tabs import CONNECTIONS, CONVENINGS, MEMBERS, PLATFORM, SURVEY, WEAVING

_LIKELY: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    MEMBERS.name: {
        "name": (
            *("Display name", "Contact name", "Member name", "Person", "Participant", "Participant name", "Contact"),
            *("Contact full name", "Real name", "Formal name", "Vertex", "Node", "Element", "Attendee", "People"),
            *("Nombre completo", "Nombre y apellidos", "Nombre", "Nom complet", "Nome completo", "Nome", "Mitglied"),
        ),
        "member_id": (
            *("User ID", "Contact ID", "Constituent ID", "Record ID", "Account number", "Person ID", "Community ID"),
        ),
        "organization": (
            *("Company", "Organization name", "Organization 1 - Name", "Account name", "Employer", "Affiliation"),
            *("Institution", "Workplace", "Agency", "School name", "School/Organization", "School or organization"),
            *("District name", "Company name", "Partner organization", "Organización", "Escuela", "Organisme"),
            *("Colegio", "Institución", "Entidad", "Centro", "École", "Établissement", "Organisation", "Structure"),
            *("Escola", "Instituição", "Organização", "Entidade", "Schule", "Einrichtung", "Firma", "Verein"),
        ),
        "role": (
            *("Job title", "Organization title", "Organization 1 - Title", "Profession", "Occupation", "Headline"),
            *(
                "Role/Title",
                "Current role",
                "Job",
                "Job function",
                "Cargo",
                "Puesto",
                "Fonction",
                "Función",
                "Função",
                "Rolle",
            ),
            *("Funktion", "Rôle", "Poste", "Papel"),
        ),
        "region": (
            *(
                "State/Province",
                "Primary state",
                "Mailing state",
                "Mailing state/province",
                "Business state",
                "Home state",
                "Province",
            ),
            *("Address 1 - Region", "County", "Area", "Región", "Estado", "Région", "Bundesland", "Provincia"),
            *("Província", "Região", "Département", "Landkreis"),
        ),
        "joined": (
            *("Date joined", "Joined at", "Joined on", "Start date", "Created at", "Created on"),
            *(
                "Created date",
                "Created",
                "Date created",
                "Date added",
                "Optin time",
                "Confirm time",
                "Membership start",
                "Create date",
                "Enrollment date",
                "Enrolled on",
                "Registration date",
            ),
            *("Fecha de ingreso", "Fecha de alta", "Fecha de inscripción", "Miembro desde", "Date d’adhésion"),
            *(
                "Date d’entrée",
                "Membre depuis",
                "Data de entrada",
                "Data de ingresso",
                "Data de adesão",
                "Membro desde",
            ),
            *("Eintritt", "Eintrittsdatum", "Eingetreten", "Eingetreten am", "Beitritt", "Beitrittsdatum"),
            *("Beigetreten am", "Mitglied seit"),
        ),
        "left": (
            *(
                "Date left",
                "Left on",
                "Membership end",
                "Deactivated at",
                "Leave date",
                "Fecha de baja",
                "Fecha de salida",
            ),
            *("Member until", "Exit date", "Departure date", "Date of departure", "Date departed", "Inactive since"),
            *(
                "Withdrawn on",
                "Withdrawal date",
                "Resigned on",
                "Lapsed on",
                "Lapse date",
                "Date lapsed",
                "Term end date",
            ),
            *("Membership end date", "Membership expires", "Membership expiration", "Expiration date", "Expires on"),
            *("Miembro hasta", "Membre jusqu’au", "Membro até"),
            *("Date de départ", "Date de sortie", "Data de saída", "Austritt", "Austrittsdatum", "Ausgetreten am"),
            "Mitglied bis",
        ),
        "email": (
            *("E-mail 1 - Value", "Primary email", "Primary email address", "Work email", "User email"),
            *("Emailadresse", "Correo", "Correo electrónico", "Courriel", "Adresse e-mail", "Mail"),
        ),
        "tags": (
            "Labels",
            "Groups",
            "Group membership",
            "Group participation",
            "Categories",
            "Member tags",
            "Keywords",
        ),
        "notes": ("Description", "Comments", "Contact description", "Note", "Bio"),
    },
    CONNECTIONS.name: {
        "source": (
            *("Vertex 1", "Person 1", "Friend 1", "Node 1", "Member 1", "Name 1", "Person A", "Member A", "Ego", "Who"),
            *("Respondent", "Nominator", "Your name", "Name", "Start", "Source node", "De", "Von", "Member", "Person"),
        ),
        "target": (
            *("Vertex 2", "Person 2", "Friend 2", "Node 2", "Member 2", "Name 2", "Person B", "Member B", "Alter"),
            *("Alter 1", "Nominee", "Nominee 1", "Whom", "Connected to", "End", "Target node", "Works with"),
            *("Contact", "Partner", "Knows", "Connection", "A", "Para", "À", "Vers", "An", "Zu", "Conoce a"),
            *("Collaborates with", "Talks to", "Colleague", "Collaborators", "Contacts", "Connections", "Nominees"),
            *(
                "Partners",
                "Colleagues",
                "People I work with",
                "Works most with",
                "Colaboradores",
                "Contactos",
                "Kontakte",
            ),
        ),
        "strength": (
            *("Edge weight", "Friendship strength", "Tie strength", "Connection strength", "Closeness", "Intensity"),
        ),
        "type": ("Label", "Relationship", "Relationship type", "Connection type", "Kind"),
        "notes": ("Description", "Comments", "Note"),
    },
    CONVENINGS.name: {
        "date": (
            *("Event date", "Meeting date", "Start date", "Event start date", "Start", "Start time", "When", "Day"),
            *("Event start", "Start date & time", "Fecha", "Datum", "Data", "Fecha del evento", "Held on"),
        ),
        "title": (
            *("Event", "Event name", "Event title", "Meeting", "Meeting name", "Meeting title", "Topic", "Subject"),
            *("Session", "Workshop", "Name", "Evento", "Reunión", "Título", "Tema", "Titre", "Réunion", "Événement"),
            *("Titel", "Thema", "Veranstaltung", "Sitzung", "Treffen", "Reunião", "Encontro", "Nombre"),
        ),
        "attended": (
            "Attendance",
            "Attendee count",
            "Number attended",
            "Participants count",
            "Checked in",
            "Headcount",
            *("Asistencia", "Número de asistentes", "Nombre de participants", "Anzahl", "Teilnehmerzahl"),
            *("Número de participantes", "Participação"),
        ),
        "attendees": (
            *("Participants", "People", "Guests", "Who came", "Attendee", "Attendee names", "Members", "Asistentes"),
            *("Participantes", "Présents", "Teilnehmer", "Teilnehmende", "Anwesende", "Presentes"),
        ),
        "invited": (
            *("Invitees", "Number invited", "Registered", "Registrations", "RSVPs", "Invitados", "Invités"),
            *("Eingeladen", "Convidados"),
        ),
        "format": ("Type", "Mode", "Location type"),
    },
    PLATFORM.name: {
        "month": ("Date", "Week", "Week of", "Week starting", "Period", "Day", "Mes", "Mois", "Monat", "Mês"),
        "members": ("Total membership", "Total members", "Total enabled membership", "Claimed members", "Members"),
        "active": (
            *("Monthly active members", "Monthly active people", "Active users", "Active people"),
            *("Weekly active members", "Weekly active people", "Daily active members", "Daily active people"),
        ),
        "posts": ("Messages posted", "Messages", "Messages sent", "Total posts", "New posts"),
        "replies": ("Comments", "Total comments"),
        "platform": ("Workspace", "Community", "Tool"),
    },
    WEAVING.name: {
        "date": ("Call date", "Date of call", "Meeting date", "Contact date", "Day", "Fecha", "Datum", "Data"),
        "weaver": ("Staff", "Staff member", "Coach", "Called by", "Owner", "Caller", "Facilitator", "Team member"),
        "member": (
            *("Contact", "Member name", "Participant", "Person", "Partner", "Spoke with", "Talked to", "Who", "Name"),
            *("Persona", "Personne", "Pessoa"),
        ),
        "what_we_heard": ("Notes", "Summary", "Comments", "Notas", "Notizen"),
        "follow_up": ("Next step", "Next steps", "Action", "To do", "Follow up"),
        "due": ("Next step by", "Due date", "By when", "Follow-up date", "Deadline"),
    },
    SURVEY.name: {
        "timestamp": (
            *("Completion time", "Submitted at", "Submit date", "Submit date (UTC)", "End date", "Recorded date"),
            *("Hora de finalización", "Heure de fin", "Date submitted", "Zeitstempel", "Horodateur"),
            *("Carimbo de data/hora",),
        ),
        "respondent": ("Respondent name", "Participant", "Email address (collected)", "Nom", "Vorname und Nachname"),
    },
}


def _by_field(headers: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({field: tuple(map(folded, names)) for field, names in headers.items()})


LIKELY_HEADERS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {tab: _by_field(headers) for tab, headers in _LIKELY.items()}
)
"""By our name of a tab and the field of its row model: folded headers, the likeliest first."""

OF_FORMS: Final = frozenset(
    map(
        folded,
        (
            *("Timestamp", "Marca temporal", "Zeitstempel", "Horodateur", "Carimbo de data/hora"),
            *("Completion time", "Hora de finalización", "Heure de fin", "Respondent ID", "Response ID"),
            *("Submit date", "Submit date (UTC)", "Submitted at", "Recorded date", "Collector ID", "Network ID"),
        ),
    )
)
"""Headers that forms add to what people answered."""

OF_SIGN_UPS: Final = frozenset(
    map(
        folded,
        (
            *("Ticket type", "Ticket name", "Attendee status", "Attendee #", "Order #", "Order ID", "Order date"),
            *("Approval status", "Checked in at", "QR code URL", "Registration time", "Registration status"),
            *("Join time", "Leave time", "First join", "Last leave", "In-meeting duration", "Time in session"),
        ),
    )
)
"""Headers of lists of who signed up for, or came to, one event: not everyone on them is a member."""

OF_GROUPS: Final = frozenset(map(folded, ("Member email", "Member name", "Member role")))
"""Headers of lists of a mailing group's members, which have a `Join time`, too."""
