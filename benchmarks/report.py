"""A board report of the sample and of 5,000 members as each kind of file, from the command line, next to a peer.

The peers get the report's pictures ready-made: python-docx and python-pptx only put them into an empty file, and pandas
only loads the workbook.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.checking import measure
from benchmarks.large_workbook import write
from benchmarks.serving import ROOT

PROMISED = {"sample": 5.0, "5,000 members": 20.0}
PROMISED_HTML_MEGABYTES = 3
PICTURES = 3
"""How many pictures a report has: the map and two charts."""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        large, _ = write(Path(scratch))
        for name, workbook in (("sample", ROOT / "data" / "sample"), ("5,000 members", large)):
            print(f"report of {name}, promised in {PROMISED[name]:.0f} s")
            for ending, peer, code in peers(Path(scratch), workbook):
                out = Path(scratch) / f"report{ending}"
                ours = measure(sys.executable, "-m", "nethealth", "report", str(workbook), str(out))
                theirs = measure(sys.executable, "-c", code)
                size = out.stat().st_size / 1e6
                print(
                    f"  {ending:<6} ours {ours[0]:5.2f} s {ours[1]:4.0f} MB, file {size:.2f} MB (exit {ours[2]})"
                    f"   {peer} {theirs[0]:5.2f} s {theirs[1]:4.0f} MB"
                )
                if ending == ".html" and size > PROMISED_HTML_MEGABYTES:
                    print(f"  the web page is larger than the {PROMISED_HTML_MEGABYTES} MB that we promise")


def peers(folder: Path, workbook: Path) -> list[tuple[str, str, str]]:
    """Return for each kind of file the peer's name and its code."""
    from nethealth.report.pictures import svg_to_png

    blank = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="435"><circle cx="320" cy="200" r="150"/></svg>'
    picture = folder / "picture.png"
    picture.write_bytes(svg_to_png(blank, width=1280))
    files = [str(path) for path in workbook.glob("*.csv")]
    shown = f"[file.{{add}} for _ in range({PICTURES})]"
    add = f"add_picture({str(picture)!r})"
    docx = f"import docx; file = docx.Document(); {shown.format(add=add)}; file.save({str(folder / 'peer.docx')!r})"
    on_slide = f"slides.add_slide(file.slide_layouts[6]).shapes.add_picture({str(picture)!r}, 0, 0)"
    pptx = (
        f"import pptx; file = pptx.Presentation(); {shown.format(add=on_slide)}; "
        f"file.save({str(folder / 'peer.pptx')!r})"
    )
    pandas = f"import pandas as p; [p.read_csv(f).to_dict('records') for f in {files!r}]"
    return [(".docx", "python-docx", docx), (".pptx", "python-pptx", pptx), (".html", "pandas", pandas)]


if __name__ == "__main__":
    main()
