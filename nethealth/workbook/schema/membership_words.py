"""Words for being a member, or no longer one, in English, Spanish, French, German, and Portuguese."""

from __future__ import annotations

from typing import Final

from nethealth.workbook.cells.characters import folded


def _set(words: str) -> frozenset[str]:
    return frozenset(folded(word.strip()) for word in words.split(",") if word.strip())


STATUS_HEADER_CORE: Final = _set("""
    status, standing, membership, member, active, current, estado, estatus, situación, membresía, miembro, socio,
    state, activo, activa, statut, adhésion, membre, adhérent, actif, actuel, mitglied, mitgliedschaft, mitgliedsstatus,
    enrollment, enrolment, enrolled, inscripción, inscrito, inscription, inscrit, anmeldung, inscrição, matrícula,
    mitgliedstyp, aktiv, aktuell, situação, membro, associado, ativo, ativa
""")
"""A header that may say who is a member has one of these words, and no others but these and the next."""
STATUS_HEADER_WORDS: Final = STATUS_HEADER_CORE | _set("""
    type, category, level, engagement, network, participation, participant, person,
    contact, account, constituent, record, is, a, an, still, tipo, actual, es, de, la, del,
    est, le, un, une, art, ist, atual, é, da, do, o
""")
STATUS_HEADER_NAMES: Final = _set("status, estado, estatus, statut, situação, mitgliedsstatus")
"""Words for a status itself."""
FORMER_MEMBER_HEADERS: Final = _set(
    "Inactive, Former, Former member, Archived, Lapsed, Left, Left the network, Withdrawn, Dropped out, Resigned, "
    "Inactivo, Baja, Inactif, Parti, Inaktiv, Ausgetreten, Ehemalig, Inativo, Saiu"
)
"""Under these headers, yes means that someone left."""
CURRENT_MEMBER_WORDS: Final = _set("""
    Active, Current, Member, Active member, Current member, Renewed, Ongoing, Enrolled, Registered, Participating,
    In good standing, Good standing, Paid, Full, Full member, Associate, Associate member, Regular member,
    Lifetime member, Honorary member, Inscrito, Inscrita, Inscrit, Inscrite, Angemeldet, Matriculado, Activo, Activa,
    Vigente, Miembro, Miembro activo, Alta, Actif, Membre, Membre actif, À jour, En cours, Aktiv, Mitglied,
    Aktives Mitglied, Ativo, Ativa, Membro, Membro ativo
""")
FORMER_MEMBER_WORDS: Final = _set("""
    Inactive, Not active, No longer active, Lapsed, Former, Former member, Past, Past member, Ex-member, Expired,
    Left, Alumni, Alumnus, Alumna, Alum, Withdrawn, Resigned, Removed, Canceled, Cancelled, Terminated, Departed,
    Deactivated, Archived, Deceased, Moved away, Non-member, Not a member, No longer a member, Dropped, Ended,
    Closed, Gone, Withdrew, Not renewed, Did not renew, Nonrenewed, Discontinued, Dormant, Unenrolled, Disenrolled,
    Opted out, No longer, Inactivo, Inactiva, Exmiembro, Antiguo miembro, Vencido, Vencida, Baja, De baja, Retirado,
    Retirada, Caducado, Caducada, Expirado, Expirada, Fallecido, Fallecida, Exsocio, Inactif, Ancien, Ancienne,
    Ancien membre, Ancienne membre, Expiré, Expirée, Parti, Partie, Démissionné, Radié, Décédé, Décédée, Résilié,
    Résiliée, Inaktiv, Ehemalig, Ehemalige, Ehemaliger, Ehemaliges Mitglied, Ausgetreten, Abgelaufen, Gekündigt,
    Verstorben, Beendet, Nicht aktiv, Kein Mitglied, Inativo, Inativa, Ex-membro, Antigo membro, Saiu, Desligado,
    Desligada, Encerrado, Cancelado, Cancelada, Falecido, Falecida
""")
NOT_ALWAYS_FORMER: Final = _set("""
    Past, Alumni, Alumnus, Alumna, Alum, Left, Removed, Dropped, Ended, Closed, Gone, Baja, Retirado, Retirada, Parti,
    Partie, Saiu, Beendet, Dormant, Canceled, Cancelled, Cancelado, Cancelada
""")
"""These words mean it alone, with a date, or in brackets: `Past due` and `Left voicemail` don't."""
UNSURE_MEMBER_WORDS: Final = _set("""
    Pending, Trial, Prospect, Prospective, Applicant, Applied, Invited, Waitlist, Waitlisted, Suspended, Paused,
    On hold, On leave, Provisional, Overdue, Past due, Grace period, Observer, Visitor, Pendiente, Prueba, Suspendido,
    Suspendida, Invitado, Invitada, En attente, Essai, Suspendu, Suspendue, Invité, Invitée, Ausstehend, Probe,
    Ruhend, Pausiert, Pendente, Suspenso, Suspensa, Em análise
""")
"""Words that go with membership but leave open whether someone is a member."""
YES_WORDS: Final = _set("Yes, Sí, Oui, Ja, Sim")
NO_WORDS: Final = _set("No, Non, Nein, Não")
