"""The command line: the pages' answers, for scripts. `python -m nethealth --help` lists the commands."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nethealth import history_command, journal_command
from nethealth.errors import NetHealthError, UsageError
from nethealth.terminal import print_json, read_secrets, visible, write_file

if TYPE_CHECKING:
    from nethealth.sources import SheetReference
    from nethealth.workbook.records import Problem, Workbook

DONE, HAS_ERRORS, WRONG_ARGUMENTS, UNREADABLE = 0, 1, 2, 3
INTERRUPTED = 130
"""The exit status that shells use for Ctrl-C."""
_CELLS_SHOWN = 3
"""Cells with the same problem that `check` names on one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit status: 0 done, 1 see `check`, 2 wrong arguments, 3 unreadable."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A name in another script must not crash the command in a terminal with an old encoding.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except UsageError as error:
        return _print_error(error, WRONG_ARGUMENTS)
    except NetHealthError as error:
        return _print_error(error, UNREADABLE)
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it.
        _discard_output()
        return DONE
    except OSError as error:
        _discard_output()
        message = f"We couldn’t write the result: {error.strerror or error}."
        return _print_error(UsageError(message, "Free up some space, or save it somewhere else."), WRONG_ARGUMENTS)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def check(options: argparse.Namespace) -> int:
    """Read and validate a workbook and print every problem. Returns 1 if it has errors or nothing that we could use."""
    from nethealth.presentation.formatting import pluralize
    from nethealth.workbook.records import Severity

    workbook = _read(options.workbook)
    result = check_result(workbook, name=options.workbook)
    if options.json:
        print_json(result)
    else:
        for note in workbook.notes:
            print(f"{Severity.NOTE:<8} {visible(note)}")
        for line in problem_lines(workbook):
            print(line)
        totals = result["totals"]
        counts = ", ".join(pluralize(totals[f"{kind}s"], kind) for kind in Severity)
        print(f"We read {pluralize(len({tab.title for tab in workbook.tabs}), 'tab')}: {counts}.")
        if workbook.ignored_tabs:
            titles = ", ".join(f"“{visible(title)}”" for title in workbook.ignored_tabs)
            print(f"We left {pluralize(len(workbook.ignored_tabs), 'tab')} alone: {titles}.")
            print("To use one, say what it is in a “Column names” tab, or open the workbook in the app.")
        if not workbook.tabs:
            print("To start from the template, run: nethealth template network.xlsx")
    return HAS_ERRORS if result["totals"][f"{Severity.ERROR}s"] or _has_read_nothing(workbook) else DONE


def problem_lines(workbook: Workbook) -> list[str]:
    """Return a line per problem; those of one column with one cause and one remedy are one line with a count."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for number, problem in enumerate(workbook.problems):
        # Without a column, each is about a row or tab of its own.
        place = (problem.tab, problem.column) if problem.column else (problem.tab, number)
        groups.setdefault((*place, problem.severity, problem.message, problem.remedy), []).append(problem)
    kinds = Counter((each[0].tab, each[0].column, each[0].message) for each in groups.values())
    unlisted = {(more.tab, more.column, more.message): more for more in workbook.unlisted}
    lines = []
    for problems in groups.values():
        first = problems[0]
        kind = (first.tab, first.column, first.message)
        more = unlisted.pop(kind, None) if kinds[kind] == 1 else None
        count = len(problems) + (more.count if more else 0)
        cells = [each.cell if at == 0 else f"{each.column}{each.row}" for at, each in enumerate(problems)]
        values = [f" “{visible(each.value)}”" if each.value else "" for each in problems]
        shown = [f"{cell or first.tab}{value}" for cell, value in zip(cells, values, strict=True)][:_CELLS_SHOWN]
        rest = ", …" if count > len(shown) else ""
        counted = f" ({count:,} cells)" if count > 1 else ""
        lines.append(f"{first.severity:<8} {', '.join(shown)}{rest}{counted}: {first.message} {first.remedy}")
    for more in unlisted.values():
        column = f"!{more.column}" if more.column else ""
        lines.append(f"{more.severity:<8} {more.tab}{column}: {more.message} ({more.count:,} more)")
    return lines


def _has_read_nothing(workbook: Workbook) -> bool:
    """True if no row was used, unless the workbook is merely empty, like the template."""
    if any(tab.accepted for tab in workbook.tabs):
        return False
    return not workbook.tabs or bool(workbook.ignored_tabs)


def check_result(workbook: Workbook, *, name: str) -> dict[str, Any]:
    """Return what `check --json` prints: the tabs we read, the problems with their cells, and the totals."""
    totals = {"errors": 0, "warnings": 0, "notes": 0}
    for problem in workbook.problems:
        totals[f"{problem.severity}s"] += 1
    for more in workbook.unlisted:
        totals[f"{more.severity}s"] += more.count
    result: dict[str, Any] = {
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
    if workbook.notes:
        result["notes"] = list(workbook.notes)
    if workbook.unlisted:
        result["more"] = [
            {"tab": more.tab, "column": more.column, "message": more.message, "count": more.count}
            for more in workbook.unlisted
        ]
    return result


def metrics(options: argparse.Namespace) -> int:
    """Print every metric that the pages show."""
    from nethealth.overview.metrics import all_metrics
    from nethealth.workbook.schema.vocabulary import TieRule

    workbook = _read(options.workbook, as_of=options.as_of)
    results = all_metrics(
        workbook,
        wave=_find_wave(workbook, options.wave),
        rule=TieRule(options.rule) if options.rule else None,
        period=options.period,
        as_of=workbook.today,
    )
    if options.json:
        print_json(results)
    else:
        _print_plain(results)
    return DONE


def report(options: argparse.Namespace) -> int:
    """Write the story of the network for an audience, from what viewers may see."""
    from nethealth.privacy.viewer_redaction import redact_for_viewers
    from nethealth.report.files import REPORT_FILES
    from nethealth.report.model import Audience
    from nethealth.report.sections import write_report

    kind = REPORT_FILES.get(options.out.suffix.lower())
    if kind is None:
        endings = ", ".join(REPORT_FILES)
        raise UsageError(f"A report’s name ends in one of {endings}.", "For example, use report.docx.")
    workbook = redact_for_viewers(_read(options.workbook))
    as_of = options.as_of or workbook.today
    if options.since is not None and options.since >= as_of:
        raise UsageError("The report would end before it starts.", "Use an earlier date for --since.")
    written = write_report(
        workbook,
        audience=Audience(options.audience),
        as_of=as_of,
        since=options.since,
        with_names=options.names,
        report_progress=lambda part: print(f"Writing: {part}…", file=sys.stderr),
    )
    write_file(options.out, lambda: options.out.write_bytes(kind.make(written)))
    return DONE


def draw_map(options: argparse.Namespace) -> int:
    """Write the map of one wave as a file that works offline."""
    from nethealth.network.connectivity import analyze_connectivity
    from nethealth.network.map.legend import default_column
    from nethealth.network.map.offline import names_allowed, offline_map
    from nethealth.privacy.common_values import IDENTIFYING_COLUMNS
    from nethealth.workbook.schema.vocabulary import NameStyle, TieRule
    from nethealth.workbook.waves import LATEST

    if options.out.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            f"The map needs a name that ends in .html, not “{options.out.name}”.", "For example, use map.html."
        )
    workbook = _read(options.workbook)
    requested = NameStyle(options.names) if options.names else None
    style = names_allowed(workbook, requested)
    if requested not in (None, style):
        print(f"The setting Names only allows {style}, so the map shows {style}.", file=sys.stderr)
    wave = _find_wave(workbook, options.wave) or LATEST
    rule = TieRule(options.rule) if options.rule else None
    if limits := analyze_connectivity(workbook, wave=wave, rule=rule).drawing.limits_text:
        print(limits, file=sys.stderr)
    color_by = _find_attribute(workbook, options.color_by) or default_column(workbook)
    if style is not NameStyle.NAMES and color_by in IDENTIFYING_COLUMNS:
        print(f"Without names, {color_by} could identify people, so the map has one color.", file=sys.stderr)
    html = offline_map(workbook, wave=wave, rule=rule, color_by=color_by, names=requested)
    write_file(options.out, lambda: options.out.write_text(html, encoding="utf-8"))
    return DONE


def template(options: argparse.Namespace) -> int:
    """Write the template as a file, or add what a Google Sheet lacks of it."""
    from nethealth.sources import parse_link
    from nethealth.workbook.template import write_template

    out = Path(options.out)
    if out.suffix.lower() == ".xlsx":
        write_file(out, lambda: write_template(out))
        return DONE
    try:
        reference = parse_link(options.out)
    except UsageError:
        if "://" in options.out:
            raise
        raise UsageError(
            f"“{out.name}” is neither a file that ends in .xlsx nor a Google Sheet.",
            "Name the new file, such as network.xlsx, or paste the link of the Google Sheet to complete.",
        ) from None
    return _complete_sheet(reference, dry_run=options.dry_run)


def _complete_sheet(reference: SheetReference, *, dry_run: bool) -> int:
    from nethealth.sources import credentials_from
    from nethealth.sources.sheet_setup import add_missing_parts, missing_parts

    print("Reading the Google Sheet…", file=sys.stderr)
    run = missing_parts if dry_run else add_missing_parts
    layout = run(reference, credentials=credentials_from(read_secrets(), os.environ))
    for addition in layout.additions:
        print(f"{'Missing' if dry_run else 'Added'}: {visible(str(addition))}")
    for problem in layout.problems:
        print(f"Left alone: {visible(problem.tab)}. {visible(problem.message)} {problem.remedy}")
    if not layout.additions:
        print("This Google Sheet has everything that the template has.")
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write members, connections, and metrics of the latest wave for another program, chosen by the file's ending."""
    from nethealth.network.connectivity import analyze_connectivity
    from nethealth.network.export.contents import export_network
    from nethealth.network.export.files import FILE_FORMATS
    from nethealth.workbook.schema.vocabulary import NameStyle

    file_format = FILE_FORMATS.get(options.out.suffix.lower())
    if file_format is None:
        raise UsageError(
            f"We don’t know the file type of “{options.out.name}”.",
            "Use .xlsx for Excel, .graphml for Gephi, igraph, or networkx, .gexf for Gephi, or .json for Kumu.",
        )
    connectivity = analyze_connectivity(_read(options.workbook))
    style = NameStyle(options.names) if options.names else None
    content = file_format.write(export_network(connectivity, style=style, for_staff=True))
    write_file(options.out, lambda: options.out.write_bytes(content))
    return DONE


def passcode(_options: argparse.Namespace) -> int:
    """Ask for a passcode and print its hash for `[access]`."""
    from nethealth.privacy.passcodes import hash_passcode

    entered = getpass.getpass("Passcode: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not entered:
        raise UsageError("You didn’t type a passcode.", "Type one and press Enter.")
    print(hash_passcode(entered))
    return DONE


def _find_wave(workbook: Workbook, requested: str | None) -> str | None:
    """Return the name of the requested wave of connections; None if none was requested."""
    from nethealth.workbook.waves import relationship_waves

    known = [each.name for each in relationship_waves(workbook) if each.name is not None]
    return _find_name(known, requested, what="wave", plural="waves")


def _find_attribute(workbook: Workbook, requested: str | None) -> str | None:
    known = list(workbook.attributes)
    return _find_name(known, requested, what="column for colors", plural="columns")


def _find_name(known: Sequence[str], requested: str | None, *, what: str, plural: str) -> str | None:
    from nethealth.workbook.cells.names import name_key

    if requested is None:
        return None
    # As in the workbook, neither case nor spacing matters.
    found = next((name for name in known if name_key(name) == name_key(requested)), None)
    if found is None:
        remedy = f"Choose one of its {plural}: {', '.join(known)}." if known else f"It doesn’t have any {plural}."
        raise UsageError(f"The workbook has no {what} called “{requested}”.", remedy)
    return found


def _read(reference: str, *, as_of: dt.date | None = None) -> Workbook:
    from nethealth.sources import credentials_from, open_source, parse_reference
    from nethealth.workbook.reader import read_workbook

    print(f"Reading {reference}…", file=sys.stderr)
    raw = open_source(parse_reference(reference), credentials=credentials_from(read_secrets(), os.environ))
    return read_workbook(raw, today=as_of)


def _print_plain(result: Any, *, depth: int = 0) -> None:
    indent = "  " * depth
    items = (
        result.items() if isinstance(result, dict) else ((f"{number}.", item) for number, item in enumerate(result, 1))
    )
    for name, value in items:
        if isinstance(value, dict | list) and value:
            print(f"{indent}{name}")
            _print_plain(value, depth=depth + 1)
        else:
            empty = value is None or value == [] or value == {}
            print(f"{indent}{name}: {'–' if empty else f'{value:.4g}' if isinstance(value, float) else value}")


def _discard_output() -> None:
    """Send all further output nowhere, so that the process can end without an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_error(error: NetHealthError, status: int) -> int:
    print(error.message, error.remedy, sep="\n", file=sys.stderr)
    return status


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” isn’t a date. Write it like 2026-03-14") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nethealth",
        description="Measure a network’s health from the workbook that its staff keep.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    workbook = (
        "a Google Sheet link or id, an .xlsx or .ods file, a folder or zip of .csv files, "
        "a .graphml, .gexf, .json, or .net file, or the word sample"
    )

    checking = commands.add_parser("check", help="check a workbook; list each problem with its cell and how to fix it")
    checking.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    checking.add_argument("--json", action="store_true", help="print JSON, for scripts")
    checking.set_defaults(run=check)

    measuring = commands.add_parser("metrics", help="print every metric that the pages show")
    measuring.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    measuring.add_argument("--wave", help="the wave of connections (default: the latest)")
    measuring.add_argument(
        "--rule", choices=("either", "both"), help="count a connection if either person reports it, or only if both do"
    )
    measuring.add_argument(
        "--period", choices=("year", "quarter", "month"), default="year", help="the membership period (default: year)"
    )
    measuring.add_argument(
        "--as-of", type=_date, metavar="DATE", help="measure as of this date, like 2026-03-14 (default: today)"
    )
    measuring.add_argument("--json", action="store_true", help="print JSON, for scripts")
    measuring.set_defaults(run=metrics)

    mapping = commands.add_parser("map", help="save the map as one file that works offline")
    mapping.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    mapping.add_argument("out", metavar="OUT.html", type=Path)
    mapping.add_argument("--wave", help="the wave of connections to draw (default: the latest)")
    mapping.add_argument(
        "--rule", choices=("either", "both"), help="count a connection if either person reports it, or only if both do"
    )
    mapping.add_argument(
        "--color-by", "--colour-by", metavar="COLUMN", help="color people by this Members column (default: the setting)"
    )
    mapping.add_argument(
        "--names",
        choices=("names", "initials", "codes"),
        help="show names, initials, or codes (at most what the setting Names allows)",
    )
    mapping.set_defaults(run=draw_map)

    telling = commands.add_parser("report", help="write the story of the network for a board, funders, or members")
    telling.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    telling.add_argument("out", metavar="OUT", type=Path, help="a file that ends in .docx, .pptx, or .html")
    telling.add_argument("--audience", choices=("board", "funder", "members"), default="board", help="default: board")
    telling.add_argument("--since", type=_date, metavar="DATE", help="where the report starts (default: a year before)")
    telling.add_argument("--as-of", type=_date, metavar="DATE", help="where it ends (default: today)")
    telling.add_argument("--names", action="store_true", help="name people on the map and in stories")
    telling.set_defaults(run=report)

    making = commands.add_parser(
        "template", help="write the template (headers, notes, drop-downs), or add the parts that a Google Sheet lacks"
    )
    making.add_argument(
        "out", metavar="OUT.xlsx|SHEET", help="a new file that ends in .xlsx, or the link or id of a Google Sheet"
    )
    making.add_argument(
        "--dry-run", action="store_true", help="only print what a Google Sheet lacks, and change nothing"
    )
    making.set_defaults(run=template)

    exporting = commands.add_parser("export", help="save members, connections, and metrics for another program")
    exporting.add_argument("workbook", metavar="WORKBOOK", help=workbook)
    exporting.add_argument("out", metavar="OUT", type=Path, help="a file that ends in .xlsx, .graphml, .gexf, or .json")
    exporting.add_argument(
        "--names",
        choices=("names", "initials", "codes"),
        help="show names, initials, or codes (default: the setting Names)",
    )
    exporting.set_defaults(run=export)

    journal_command.add_to(commands)
    history_command.add_to(commands, read=_read, workbook_help=workbook, date=_date)

    hashing = commands.add_parser("passcode", help="print the hash of a passcode, for [access] in the secrets")
    hashing.set_defaults(run=passcode)
    return parser


if __name__ == "__main__":
    sys.exit(main())
