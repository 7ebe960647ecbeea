"""Cards and tables of the communication platforms."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.infrastructure import METRICS, PlatformSummary
from nethealth.metric import Unit, meanings
from nethealth.presentation.formatting import format_value
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table


def platform_cards(summaries: Sequence[PlatformSummary]) -> list[Card]:
    """Return the latest month of the only platform; nothing for several, which have a table."""
    if len(summaries) != 1:
        return []
    [platform] = summaries
    latest = platform.latest
    people = f"{format_value(latest.active, Unit.COUNT)} of {format_value(latest.members, Unit.COUNT)} people on it"
    replies = format_value(latest.replies_per_active_member)
    return [
        Card(
            "Active share",
            format_value(platform.active_share, Unit.SHARE),
            people if platform.active_share is not None else None,
        ),
        Card(
            "Posts per active member",
            format_value(platform.posts_per_active_member),
            f"and {replies} replies" if latest.replies_per_active_member is not None else None,
        ),
        Card(
            "Effectiveness",
            format_value(platform.effectiveness),
            "no rating yet" if platform.effectiveness is None else "rated 1 to 5",
        ),
        *_care_cards(platform),
    ]


def _care_cards(platform: PlatformSummary) -> list[Card]:
    """Return one card for whether someone facilitates and curates, if the workbook says either."""
    answers = {"facilitated": platform.facilitated, "curated": platform.curated}
    known = {label: format_value(answer) for label, answer in answers.items() if answer is not None}
    if not known:
        return []
    (label, answer), *others = known.items()
    return [Card(label.capitalize(), answer, "; ".join(f"{other}: {text}" for other, text in others) or None)]


_MEANINGS = meanings(
    METRICS["platform"],
    {
        "Active share": "active_share",
        "Posts per active member": "posts_per_active_member",
        "Effectiveness": "effectiveness",
        "Facilitated": "facilitated",
        "Curated": "curated",
    },
)


def platform_table(summaries: Sequence[PlatformSummary]) -> Table:
    """Return the latest month of each platform."""
    return Table.of(
        {
            "Platform": Format.TEXT,
            "Latest month": Format.MONTH,
            "Active share": Format.SHARE,
            "Posts per active member": Format.NUMBER,
            "Replies per active member": Format.NUMBER,
            "Effectiveness": Format.NUMBER,
            "Facilitated": Format.TEXT,
            "Curated": Format.TEXT,
        },
        [
            {
                "Platform": summary.platform,
                "Latest month": summary.latest_month,
                "Active share": summary.active_share,
                "Posts per active member": summary.posts_per_active_member,
                "Replies per active member": summary.latest.replies_per_active_member,
                "Effectiveness": summary.effectiveness,
                "Facilitated": format_value(summary.facilitated),
                "Curated": format_value(summary.curated),
            }
            for summary in summaries
        ],
        meanings=_MEANINGS,
    )


def platform_month_table(summaries: Sequence[PlatformSummary]) -> Table:
    """Return every month of each platform, including months without data, for download."""
    return Table.of(
        {
            "Platform": Format.TEXT,
            "Month": Format.MONTH,
            **dict.fromkeys(("Members", "Active members", "Posts", "Replies"), Format.NUMBER),
            "Active share": Format.SHARE,
            "Effectiveness": Format.NUMBER,
            "Facilitated": Format.TEXT,
            "Curated": Format.TEXT,
        },
        [
            {
                "Platform": summary.platform,
                "Month": month.month,
                "Members": month.members,
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
        ],
        meanings=_MEANINGS,
    )
