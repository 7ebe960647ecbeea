"""The cards and registers of the collaborative infrastructure: figures as people read them, rows by their headers.

Every row is a mapping from header to value, fit for the screen and for a download alike. Values from cells are as
typed: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nethealth.infrastructure import (
    AgreementSummary,
    CategoryPeriod,
    Departure,
    GatheringSummary,
    MembershipPeriod,
    PlatformSummary,
    RegisteredAgreement,
    UncountedMember,
)
from nethealth.infrastructure.charts.membership import spoken_period
from nethealth.infrastructure.charts.representation import HELD_BACK
from nethealth.infrastructure.gatherings import attendance
from nethealth.metric import Unit
from nethealth.presentation.formatting import UNDEFINED, format_date, format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Gathering
from nethealth.workbook.schema.vocabulary import AgreementKind, AgreementStatus

_RETIRED = AgreementStatus.RETIRED
Card: TypeAlias = tuple[str, str, str | None]
"""Label, the figure as it is written, a note."""
Row: TypeAlias = dict[str, object]
COLUMN_KINDS = {
    **dict.fromkeys(("Date", "Adopted", "Reviewed", "Look again by", "Last day", "Last seen", "Last came"), "date"),
    **dict.fromkeys(("Member since", "Joins"), "date"),
    **dict.fromkeys(("Posts per active member", "Replies per active member", "Effectiveness", "Members"), "number"),
    **dict.fromkeys(("Start", "New", "Dropped", "Came and went", "End", "Joined", "Still here"), "number"),
    **dict.fromkeys(("People", "Of whom it holds", "Convenings", "Of", "Activities", "Times named"), "number"),
    **dict.fromkeys(("Growth", "Attrition", "Retention", "Share", "From", "To", "Expected", "Everybody"), "share"),
    **dict.fromkeys(("Held", "Came", "Were invited"), "number"),
    **dict.fromkeys(("Active share", "Attendance"), "share"),
    "Link": "link",
}
"""How the columns of the registers are written; text, unless it is said here."""
GROUP_NOTE = (
    "A group by what the sheet says of people today. Where few came, left or were here the numbers are held back, and "
    "with them those that would give them away."
)
WHO_CAME = "Who came"
"""The column of a register that says in one cell what a download holds in three."""


def membership_cards(periods: Sequence[MembershipPeriod | CategoryPeriod]) -> list[Card]:
    """Growth, attrition and retention of the latest whole period, and the running one in the note.

    Without a whole period that began with anybody, the running one stands in their place and says so.
    """
    whole = next((period for period in reversed(periods) if not period.partial and period.start), None)
    running = periods[-1] if periods and periods[-1].partial else None
    shown = whole or running or (periods[-1] if periods else None)
    cards: list[Card] = []
    for field, label in (("growth", "Growth"), ("attrition", "Attrition"), ("retention", "Retention")):
        if shown is None:
            continue
        note = f"in {spoken_period(shown)}" if shown is not running else f"{spoken_period(shown)} so far"
        now = getattr(running, field) if running is not None and shown is not running else None
        if running is not None and isinstance(now, float):
            note += f"; {format_value(now, Unit.SHARE)} so far in {spoken_period(running)}"
        figure = getattr(shown, field)
        if figure is None and not shown.start:
            note = f"nobody was a member yet when {spoken_period(shown)} began"
        cards.append((label, HELD_BACK if isinstance(figure, TooFew) else format_value(figure, Unit.SHARE), note))
    return cards


def membership_rows(periods: Sequence[MembershipPeriod | CategoryPeriod]) -> list[Row]:
    """One row a period, with the arithmetic and the rates."""
    return [
        {
            "Period": period.period,
            "Partial": "yes" if period.partial else "no",
            **{
                header: HELD_BACK if isinstance(figure, TooFew) else figure
                for header, figure in (
                    ("Start", period.start),
                    ("New", period.new),
                    ("Dropped", period.dropped),
                    ("Came and went", period.came_and_went),
                    ("End", period.end),
                    ("Growth", period.growth),
                    ("Attrition", period.attrition),
                    ("Retention", period.retention),
                )
            },
        }
        for period in periods
    ]


def uncounted_rows(not_counted: Sequence[UncountedMember]) -> list[Row]:
    """Who is in no membership figure, and why. Staff only."""
    return [{"Name": one.name, "Why": one.why.value, "Joins": one.joins} for one in not_counted]


def departure_rows(left: Sequence[Departure]) -> list[Row]:
    """Who left and when. Staff only."""
    return [{"Name": departure.name, "Last day": departure.left} for departure in left]


def gathering_cards(summary: GatheringSummary, *, one: str, many: str) -> list[Card]:
    """How many were held, how often, how long ago, how well attended, and the next one that is planned."""
    last = summary.held[-1].date if summary.held else None
    counted_both = [row for row in summary.held if row.attended is not None and row.invited is not None]
    following = summary.upcoming[0] if summary.upcoming else None
    next_day = f"{following.date.day} {following.date:%b %Y}" if following and following.date else UNDEFINED
    what = single_line(following.title, longest=60) if following else "no later date in the sheet"
    rhythm = (
        f"usually from one {one} to the next" if summary.cadence_days is not None else f"known from the second {one} on"
    )
    return [
        ("Cadence", format_value(_whole(summary.cadence_days), Unit.DAYS), rhythm),
        ("Since the last", format_value(summary.days_since_last, Unit.DAYS), format_date(last) if last else None),
        (
            "Attendance",
            format_value(summary.attendance, Unit.SHARE),
            f"of those invited, at {pluralize(len(counted_both), one, many)}"
            if counted_both
            else "no row holds both numbers",
        ),
        ("Next planned", next_day, what),
    ]


def year_rows(summary: GatheringSummary) -> list[Row]:
    """One row a calendar year of what was held, the latest first."""
    return [
        {
            "Year": f"{year}{' so far' if year == summary.as_of.year else ''}",
            "Held": figures.count,
            "Came": figures.attended,
            "Were invited": figures.invited,
            "Attendance": figures.attendance,
        }
        for year, figures in reversed(summary.by_year.items())
    ]


def _whole(days: float | None) -> float | None:
    """Days as people count them; the exact median is for scripts."""
    return None if days is None else float(round(days))


def gathering_rows(summary: GatheringSummary, *, one: str, notes: str) -> list[Row]:
    """The register: planned ones first, then what was held, latest first. `notes` heads what came of each."""
    heading = one.capitalize()
    upcoming = set(map(id, summary.upcoming))
    return [
        _gathering_row(row, heading=heading, notes=notes, is_planned=id(row) in upcoming) for row in summary.register
    ]


def _gathering_row(row: Gathering, *, heading: str, notes: str, is_planned: bool) -> Row:
    share = None if is_planned else attendance([row])
    counts = [format_value(number, Unit.COUNT) for number in (row.attended, row.invited) if number is not None]
    if is_planned:
        who_came = f"planned, {format_value(row.invited, Unit.COUNT)} invited" if row.invited is not None else "planned"
    elif share is not None and share > 1:
        who_came = f"{counts[0]} came, {counts[1]} invited"
    elif share is not None:
        who_came = f"{' of '.join(counts)} ({format_value(share, Unit.SHARE)})"
    else:
        who_came = f"{counts[0]} {'came' if row.attended is not None else 'invited'}" if counts else "not counted"
    return {
        heading: row.title,
        "Date": row.date,
        "Format": row.format,
        notes: row.key_outcomes,
        "Invited": row.invited,
        "Attended": row.attended,
        "Attendance": share,
        WHO_CAME: who_came,
        "Link": row.link,
    }


def platform_cards(summaries: Sequence[PlatformSummary]) -> list[Card]:
    """The latest month of the only platform; nothing where there are several (their table tells them apart)."""
    if len(summaries) != 1:
        return []
    [only] = summaries
    latest = only.latest
    of = f"{format_value(latest.active, Unit.COUNT)} of {format_value(latest.members, Unit.COUNT)} on it"
    return [
        ("Active share", format_value(only.active_share, Unit.SHARE), of if only.active_share is not None else None),
        (
            "Posts per active member",
            format_value(only.posts_per_active_member),
            f"and {format_value(latest.replies_per_active_member)} replies"
            if latest.replies_per_active_member is not None
            else None,
        ),
        (
            "Effectiveness",
            format_value(only.effectiveness),
            "not rated" if only.effectiveness is None else "as rated, 1 to 5",
        ),
        *_looked_after(only),
    ]


def _looked_after(summary: PlatformSummary) -> list[Card]:
    """Whether somebody facilitates and curates, where the sheet says either."""
    said = [(word, yes) for word, yes in (("facilitated", summary.facilitated), ("curated", summary.curated))]
    known = [(word, yes) for word, yes in said if yes is not None]
    if not known:
        return []
    (first, yes), *rest = known
    return [
        (first.capitalize(), format_value(yes), "; ".join(f"{word}: {format_value(yes)}" for word, yes in rest) or None)
    ]


def platform_rows(summaries: Sequence[PlatformSummary]) -> list[Row]:
    """One row a platform: its latest month."""
    return [
        {
            "Platform": summary.platform,
            "Latest month": format_value(summary.latest_month, Unit.MONTH),
            "Active share": summary.active_share,
            "Posts per active member": summary.posts_per_active_member,
            "Replies per active member": summary.latest.replies_per_active_member,
            "Effectiveness": summary.effectiveness,
            "Facilitated": format_value(summary.facilitated),
            "Curated": format_value(summary.curated),
        }
        for summary in summaries
    ]


def platform_month_rows(summaries: Sequence[PlatformSummary]) -> list[Row]:
    """One row a platform and month, gaps included, for the download."""
    return [
        {
            "Platform": summary.platform,
            "Month": month.month,
            "Members on it": month.members,
            "Active members": month.active,
            "Posts": month.posts,
            "Replies": month.replies,
            "Active share": month.active_share,
            "Effectiveness": month.effectiveness,
            "Facilitated": month.facilitated,
            "Curated": month.curated,
        }
        for summary in summaries
        for month in summary.months
    ]


def agreements_title(summary: AgreementSummary) -> str:
    """The finding: how many agreements hold, and how many deserve a fresh look."""
    if summary.is_empty:
        return "Agreements"
    if not summary.adopted:
        drafts = f"; {summary.draft:,} in draft" if summary.draft else ""
        return f"No agreement is adopted yet{drafts}"
    hold = "holds" if summary.adopted == 1 else "hold"
    due = summary.review_due
    # Without a date nobody can tell when one is to be looked at again.
    is_known = all(row.review_by for row in summary.register if row.status is AgreementStatus.ADOPTED)
    none = "none is due for review" if is_known else "none is known to be due for review"
    look = f"{due:,} {'deserves' if due == 1 else 'deserve'} a fresh look" if due else none
    return f"{pluralize(summary.adopted, 'agreement')} {hold}; {look}"


def agreement_cards(summary: AgreementSummary) -> list[Card]:
    """How many hold, are in draft, wait for a review, and who made them."""
    years = summary.review_after_months
    return [
        (
            "Adopted",
            format_value(summary.adopted, Unit.COUNT),
            f"{summary.retired:,} retired" if summary.retired else None,
        ),
        ("In draft", format_value(summary.draft, Unit.COUNT), None),
        ("Review due", format_value(summary.review_due, Unit.COUNT), f"last looked at over {years} months ago"),
        ("Made by members", format_value(summary.made_by_members, Unit.SHARE), "of those adopted"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfAgreement:
    """One kind at a glance."""

    name: str
    agreements: tuple[tuple[str, str], ...]
    """Each that is adopted or in draft: its title and where it stands."""
    gap: str
    """What to say where there is none."""


GAPS = {
    AgreementKind.VALUES: "Nothing yet. What do members hold dear together?",
    AgreementKind.STANDARDS: "Nothing yet. How do members want to treat one another?",
    AgreementKind.GOVERNANCE: "Nothing yet. Who decides what, and how?",
}


def agreement_kinds(summary: AgreementSummary) -> list[KindOfAgreement]:
    """Each kind with what holds and what is in draft; kinds of which there is nothing too, but for `Other`."""
    found = []
    for kind in AgreementKind:
        rows = [row for row in summary.register if row.agreement.kind is kind and row.status is not _RETIRED]
        if rows or kind in summary.missing_kinds:
            found.append(
                KindOfAgreement(
                    name=kind.value,
                    agreements=tuple((row.agreement.title, _stands(row)) for row in rows),
                    gap=GAPS.get(kind, "Nothing yet."),
                )
            )
    unsaid = [row for row in summary.register if row.agreement.kind is None and row.status is not _RETIRED]
    if unsaid:
        listed = tuple((row.agreement.title, _stands(row)) for row in unsaid)
        found.append(KindOfAgreement(name="Kind not said", agreements=listed, gap=""))
    return found


def _stands(row: RegisteredAgreement) -> str:
    """Where an agreement stands, in a line: adopted when and by whom, reviewed when, when to look again."""
    if row.status is not AgreementStatus.ADOPTED:
        return "In draft" if row.status is AgreementStatus.DRAFT else "Status not said"
    agreement = row.agreement
    by = {True: " by members", False: " by staff", None: ""}[agreement.made_by_members]
    when = f" on {format_date(agreement.adopted)}" if agreement.adopted else ""
    parts = [f"Made{by}" if by else "", f"adopted{when}"]
    if agreement.reviewed:
        parts.append(f"reviewed on {format_date(agreement.reviewed)}")
    told = ", ".join(part for part in parts if part)
    told = told[:1].upper() + told[1:]
    if row.is_review_due:
        return f"{told}. Ready for a fresh look."
    return f"{told}. To look at again by {format_date(row.review_by)}." if row.review_by else f"{told}."


def agreement_rows(summary: AgreementSummary) -> list[Row]:
    """The register, by kind."""
    return [
        {
            "Agreement": row.agreement.title,
            "Kind": row.agreement.kind.value if row.agreement.kind else "not said",
            "Status": _status(row),
            "Adopted": row.agreement.adopted,
            "Reviewed": row.agreement.reviewed,
            "Look again by": row.review_by,
            "Made by members": format_value(row.agreement.made_by_members),
            "Link": row.agreement.link,
        }
        for row in summary.register
    ]


def _status(row: RegisteredAgreement) -> str:
    if row.status is None:
        return "not said"
    return f"{row.status.value}, review due" if row.is_review_due else row.status.value


def undated_text(count: int) -> str:
    """How many members are not in the membership figures, and what would bring them in."""
    has = "has" if count == 1 else "have"
    return f"{pluralize(count, 'member')} {has} no date under Joined: on the map, and not in these figures."


def for_download(rows: Sequence[Row]) -> list[Row]:
    """The register of gatherings as a file holds it: numbers in columns of their own."""
    return [{header: value for header, value in row.items() if header != WHO_CAME} for row in rows]
