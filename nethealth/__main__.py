"""The command line: the same answers as the pages', for scripts. `python -m nethealth --help` tells what there is."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import os
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nethealth.errors import NetHealthError, UsageError

if TYPE_CHECKING:
    from nethealth.workbook.records import Workbook

DONE, HAS_ERRORS, WRONG_ARGUMENTS, UNREADABLE = 0, 1, 2, 3
STOPPED = 130
"""As shells say that somebody pressed Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 the workbook has errors, 2 wrong arguments, 3 unreadable."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A name in another script must not end the command where the terminal is set to an old encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except UsageError as error:
        return _said(error, WRONG_ARGUMENTS)
    except NetHealthError as error:
        return _said(error, UNREADABLE)
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; nothing is left to tell it.
        _give_up_output()
        return DONE
    except OSError as error:
        _give_up_output()
        what = f"The result could not be written: {error.strerror or error}."
        return _said(UsageError(what, "Make room there, or send it elsewhere."), WRONG_ARGUMENTS)
    except KeyboardInterrupt:
        return STOPPED
    return status


def check(options: argparse.Namespace) -> int:
    """Read and validate a workbook and print every problem."""
    from nethealth.presentation.formatting import pluralize
    from nethealth.workbook.records import Severity

    workbook = _read(options.workbook)
    told = checked(workbook, name=options.workbook)
    if options.json:
        _print_json(told)
    else:
        for problem in workbook.problems:
            where = problem.cell or problem.tab
            value = f" “{_visible(problem.value)}”" if problem.value else ""
            print(f"{problem.severity:<8} {where}{value}: {problem.message} {problem.remedy}")
        for more in workbook.unlisted:
            column = f"!{more.column}" if more.column else ""
            print(f"{more.severity:<8} {more.tab}{column}: {more.message} ({more.count} more)")
        totals = told["totals"]
        found = ", ".join(pluralize(totals[f"{kind}s"], kind) for kind in Severity)
        print(f"{pluralize(len(workbook.tabs), 'tab')} read: {found}.".capitalize())
        if not workbook.tabs and workbook.ignored_tabs:
            print(f"None is one that the dashboard knows: {', '.join(workbook.ignored_tabs)}.")
            print("Begin with: nethealth template network.xlsx")
    return HAS_ERRORS if told["totals"][f"{Severity.ERROR}s"] else DONE


def checked(workbook: Workbook, *, name: str) -> dict[str, Any]:
    """What `check --json` prints: the tabs that were read, the problems with their cells, and the totals."""
    totals = {"errors": 0, "warnings": 0, "notes": 0}
    for problem in workbook.problems:
        totals[f"{problem.severity}s"] += 1
    for more in workbook.unlisted:
        totals[f"{more.severity}s"] += more.count
    told: dict[str, Any] = {
        "workbook": name,
        "read_at": workbook.read_at.isoformat(),
        "tabs": [
            {
                "tab": tab.tab,
                "found_as": tab.title,
                "rows": tab.rows,
                "accepted": tab.accepted,
                "merged": tab.merged,
                "rejected": tab.rejected,
            }
            for tab in workbook.tabs
        ],
        "ignored_tabs": list(workbook.ignored_tabs),
        "problems": [
            {
                "severity": problem.severity.value,
                "tab": problem.tab,
                "row": problem.row,
                "column": problem.column,
                "cell": problem.cell,
                "value": problem.value,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in workbook.problems
        ],
        "totals": totals,
    }
    if workbook.unlisted:
        told["more"] = [
            {"tab": more.tab, "column": more.column, "message": more.message, "count": more.count}
            for more in workbook.unlisted
        ]
    return told


def metrics(options: argparse.Namespace) -> int:
    """Print every figure that the pages show."""
    from nethealth.overview.metrics import all_metrics as all_figures
    from nethealth.workbook.schema.vocabulary import TieRule

    workbook = _read(options.workbook, as_of=options.as_of)
    figures = all_figures(
        workbook,
        wave=_wave_named(workbook, options.wave),
        rule=TieRule(options.rule) if options.rule else None,
        period=options.period,
        as_of=workbook.today,
    )
    if options.json:
        _print_json(figures)
    else:
        _print_plain(figures)
    return DONE


def draw_map(options: argparse.Namespace) -> int:
    """Write the map of one wave as a file that works offline."""
    from nethealth.network import LATEST
    from nethealth.network.map.offline import names_allowed, offline_map
    from nethealth.workbook.schema.vocabulary import NameStyle, TieRule

    if options.out.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"The map is an .html file, not “{options.out.name}”.", "Name it map.html, say.")
    workbook = _read(options.workbook)
    asked = NameStyle(options.names) if options.names else None
    style = names_allowed(workbook, asked)
    if asked not in (None, style):
        print(f"The sheet's setting Names allows {style} only: the map shows {style}.", file=sys.stderr)
    drawn = offline_map(
        workbook,
        wave=_wave_named(workbook, options.wave) or LATEST,
        rule=TieRule(options.rule) if options.rule else None,
        color_by=_attribute_named(workbook, options.color_by) or workbook.settings.color_map_by,
        names=asked,
    )
    _written(options.out, lambda: options.out.write_text(drawn, encoding="utf-8"))
    return DONE


def template(options: argparse.Namespace) -> int:
    """Write an empty workbook."""
    from nethealth.workbook.template import write_template

    if options.out.suffix.lower() != ".xlsx":
        raise UsageError(f"The template is an .xlsx file, not “{options.out.name}”.", "Name it network.xlsx, say.")
    _written(options.out, lambda: write_template(options.out))
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write members, ties and figures of the latest wave for another program, by the file's ending."""
    from nethealth.network.connectivity import analyze_connectivity
    from nethealth.network.export.contents import network_export
    from nethealth.network.export.files import FORMS
    from nethealth.workbook.schema.vocabulary import NameStyle

    form = FORMS.get(options.out.suffix.lower())
    if form is None:
        raise UsageError(
            f"“{options.out.name}” has no ending that is known here.",
            "End it in .xlsx for Excel, .graphml for Gephi, igraph or networkx, .gexf for Gephi, .json for Kumu.",
        )
    connected = analyze_connectivity(_read(options.workbook))
    style = NameStyle(options.names) if options.names else None
    content = form[2](network_export(connected, style=style, for_staff=True))
    _written(options.out, lambda: options.out.write_bytes(content))
    return DONE


def passcode(_options: argparse.Namespace) -> int:
    """Ask for a passcode and print its hash for `[access]`."""
    from nethealth.privacy.passcodes import hash_passcode

    entered = getpass.getpass("Passcode: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not entered:
        raise UsageError("Nothing was typed.", "Type the passcode, then Enter.")
    print(hash_passcode(entered))
    return DONE


def _written(out: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:
        raise UsageError(
            f"“{out}” could not be written: {error.strerror or error}.",
            "Choose a folder that you may write to.",
        ) from error
    print(f"Written: {out}", file=sys.stderr)


def _wave_named(workbook: Workbook, asked: str | None) -> str | None:
    """The wave of ties that was asked for by name; None where none was."""
    from nethealth.network import relationship_waves

    known = [each.name for each in relationship_waves(workbook) if each.name is not None]
    return _one_of(known, asked, called="wave of ties named", are="Its waves are", none="It names no waves at all.")


def _attribute_named(workbook: Workbook, asked: str | None) -> str | None:
    known = list(workbook.attributes)
    return _one_of(
        known, asked, called="column to colour by named", are="Its columns are", none="It has no such column."
    )


def _one_of(known: Sequence[str], asked: str | None, *, called: str, are: str, none: str) -> str | None:
    from nethealth.workbook.cells.names import name_key

    if asked is None:
        return None
    # As in the sheet: neither case nor spacing matters.
    found = next((name for name in known if name_key(name) == name_key(asked)), None)
    if found is None:
        raise UsageError(f"The workbook has no {called} “{asked}”.", f"{are}: {', '.join(known)}." if known else none)
    return found


def _read(reference: str, *, as_of: dt.date | None = None) -> Workbook:
    from nethealth.sources import credentials_from, open_source, parse_reference
    from nethealth.workbook.reader import read_workbook

    print(f"Reading {reference} …", file=sys.stderr)
    raw = open_source(parse_reference(reference), credentials=credentials_from(_connection(), os.environ))
    return read_workbook(raw, today=as_of)


def _connection() -> dict[str, Any]:
    """`[connections.gsheets]` of the app's own secrets, if there are any."""
    secrets = Path(".streamlit/secrets.toml")
    try:
        read = tomllib.loads(secrets.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{secrets} is not valid TOML: {error}.", "Mend that line, or take the file away.") from error
    section = read.get("connections", {})
    section = section.get("gsheets", {}) if isinstance(section, dict) else {}
    return section if isinstance(section, dict) else {}


def _print_json(told: dict[str, Any]) -> None:
    # What an old encoding has no letter for is written as JSON writes it, so that it can be read again.
    is_unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    json.dump(told, sys.stdout, ensure_ascii=not is_unicode, indent=2, allow_nan=False)
    print()


def _print_plain(told: Any, *, depth: int = 0) -> None:
    indent = "  " * depth
    items = told.items() if isinstance(told, dict) else ((f"{number}.", item) for number, item in enumerate(told, 1))
    for name, value in items:
        if isinstance(value, dict | list) and value:
            print(f"{indent}{name}")
            _print_plain(value, depth=depth + 1)
        else:
            empty = value is None or value == [] or value == {}
            print(f"{indent}{name}: {'–' if empty else f'{value:.4g}' if isinstance(value, float) else value}")


def _give_up_output() -> None:
    """Whatever is still to be printed goes nowhere, so that the end of the process does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _visible(text: str) -> str:
    """A cell's text on one line, with what a terminal obeys or hides written out; joiners belong to the spelling."""

    def seen(character: str) -> str:
        is_kept = character.isprintable() or character in "\u200c\u200d"
        return character if is_kept else character.encode("unicode_escape").decode()

    return "".join(map(seen, text))


def _said(error: NetHealthError, status: int) -> int:
    print(error.message, error.remedy, sep="\n", file=sys.stderr)
    return status


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date: write it as 2026-03-14") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nethealth", description="The health of a network of people, from the workbook its staff keep."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    workbook = "a Google Sheet's link or id, an .xlsx or .ods file, a folder or zip of .csv files, or: sample"

    checking = commands.add_parser("check", help="read and validate; print each problem with its cell and remedy")
    checking.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    checking.add_argument("--json", action="store_true", help="for scripts")
    checking.set_defaults(run=check)

    measuring = commands.add_parser("metrics", help="every figure that the pages show")
    measuring.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    measuring.add_argument("--wave", help="the wave of ties to look at (the latest unless given)")
    measuring.add_argument("--rule", choices=("either", "both"), help="when two people count as tied")
    measuring.add_argument("--period", choices=("year", "quarter", "month"), default="year", help="of the membership")
    measuring.add_argument("--as-of", type=_date, metavar="DATE", help="today, unless given: 2026-03-14")
    measuring.add_argument("--json", action="store_true", help="for scripts")
    measuring.set_defaults(run=metrics)

    mapping = commands.add_parser("map", help="the map as one self-contained file that works offline")
    mapping.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    mapping.add_argument("out", metavar="OUT.html", type=Path)
    mapping.add_argument("--wave", help="the wave of ties to draw (the latest unless given)")
    mapping.add_argument("--rule", choices=("either", "both"), help="when two people count as tied")
    mapping.add_argument(
        "--color-by", "--colour-by", metavar="COLUMN", help="a column of the members (the setting's unless given)"
    )
    mapping.add_argument(
        "--names", choices=("names", "initials", "codes"), help="never more than the setting Names allows"
    )
    mapping.set_defaults(run=draw_map)

    making = commands.add_parser("template", help="write an empty workbook: headers, notes, drop-downs")
    making.add_argument("out", metavar="OUT.xlsx", type=Path)
    making.set_defaults(run=template)

    exporting = commands.add_parser("export", help="members, ties and figures for other programs")
    exporting.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    exporting.add_argument("out", metavar="OUT", type=Path, help="a file that ends in .xlsx, .graphml, .gexf or .json")
    exporting.add_argument(
        "--names", choices=("names", "initials", "codes"), help="how people are called (as the sheet's settings say)"
    )
    exporting.set_defaults(run=export)

    hashing = commands.add_parser("passcode", help="hash a passcode for [access] in the secrets")
    hashing.set_defaults(run=passcode)
    return parser


if __name__ == "__main__":
    sys.exit(main())
