"""Papers: a campaign report beside bare ReportLab, lists of ten thousand receivers, and the first page in sight.

The floor of the report is ReportLab's own long table with the same cells, widths, faces and lines, wrapped by its own
paragraphs: nothing but the annex, without head, chart, signature or the proof of PDF/A. A second one wraps nothing, so
that long names leave their cells, which is no paper but the least there can be. The lists have no floor: they
are set beside themselves with half the rows, so that what grows faster than its rows is seen. Each run is a process of
its own, where memory can be told. Prints one JSON line: seconds of the processor, and the most memory in MB.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.rows import Row, against
from tests.peak import peak_mib

RECEIVERS, UNITS, RUNS = 10_000, 220, 7
_GOAL_MB, _GOAL_LINEAR, _GOAL_FIRST_MS = 250, 2.3, 300
_WAYS = ("PDF", "Word", "Excel")


def measured() -> list[Row]:
    report = _child("report", UNITS)
    found = [
        against(f"a report of {report['pages']:.0f} pages", "ms", report["ours"], report["bare"], 1.3),
        against("the same beside a table that wraps nothing", "ms", report["ours"], report["plain"], 1.3),
        Row(
            "the first page of it in sight", "ms", round(statistics.median(report["first"])), None, None, _GOAL_FIRST_MS
        ),
    ]
    for way in _WAYS:
        whole, half = (_child(way, rows) for rows in (RECEIVERS, RECEIVERS // 2))
        name = f"10,000 receivers as {way}, beside 5,000"
        found.append(against(name, "s", whole["seconds"], half["seconds"], _GOAL_LINEAR))
        found.append(Row(f"memory for it as {way}", "MB", round(whole["mb"]), None, None, _GOAL_MB))
    return found


def _child(kind: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.papers", kind, str(count)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _list(way: str, count: int) -> dict[str, Any]:
    from congdoan_desktop.reports.signing_list import signing_list_document
    from tests.reports.signing_story import signing_list

    made = signing_list(count)
    render = _renderer(way)
    began = time.process_time()
    render(signing_list_document(made))
    return {"seconds": [time.process_time() - began], "mb": peak_mib()}


def _renderer(way: str) -> Callable[..., bytes]:
    if way == "PDF":
        from congdoan_desktop.reports.pdf import render
    elif way == "Word":
        from congdoan_desktop.reports.docx import render
    else:
        from congdoan_desktop.services.paper_tables import workbook as render
    return render


def _report(count: int) -> dict[str, Any]:
    from congdoan_desktop.reports import pdf, pictures
    from tests.reports.every_paper import PAPERS

    document = PAPERS["bao-cao"](count)
    bare, plain = _bare(document, wrapped=True), _bare(document, wrapped=False)
    made = pdf.render(document)
    bare(), plain()

    def first() -> None:
        pictures.page_png(pdf.render(document), 0, 110)

    calls = {"ours": lambda: pdf.render(document), "bare": bare, "plain": plain, "first": first}
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(RUNS):
        for name, call in calls.items():
            began = time.process_time()
            call()
            found[name].append(1000 * (time.process_time() - began))
    return {**found, "pages": pictures.page_count(made)}


def _bare(document: Any, *, wrapped: bool) -> Callable[[], bytes]:
    """ReportLab's own table of the annex; words that are `wrapped` in its paragraphs, figures as plain strings."""
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle
    from reportlab.platypus import Paragraph as Wrapped

    from congdoan_desktop.reports import geometry as g
    from congdoan_desktop.reports.document import Table
    from congdoan_desktop.reports.fonts import Face

    table = next(block for block in document.sections[-1].blocks if isinstance(block, Table))
    font = Face(12).font
    style = ParagraphStyle("cell", fontName=font, fontSize=12, leading=14)
    head: list[list[str]] = [[""] * len(table.columns) for _ in range(2)]
    for cell in table.head:
        head[cell.row][cell.column] = cell.text
    look = TableStyle(
        [("FONT", (0, 0), (-1, -1), font, 12, 14), ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
         ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (2, 0), (-1, -1), "CENTER")]
    )  # fmt: skip

    def draw() -> bytes:
        rows: list[list[Any]] = [*head]
        for row in table.rows:
            cells: list[Any] = []
            for cell in row:
                words = Wrapped(escape(cell.text), style) if wrapped and len(cell.text) > 20 else cell.text
                cells += [words, *[""] * (cell.columns - 1)]
            rows.append(cells)
        out = io.BytesIO()
        widths = [column.width * g.MM for column in table.columns]
        frame = SimpleDocTemplate(
            out, pagesize=landscape(A4), invariant=1, leftMargin=30 * g.MM, rightMargin=15 * g.MM,
            topMargin=20 * g.MM, bottomMargin=20 * g.MM,
        )  # fmt: skip
        frame.build([LongTable(rows, colWidths=widths, repeatRows=2, style=look)])
        return out.getvalue()

    return draw


def main() -> None:
    kind, count = sys.argv[1], int(sys.argv[2])
    found = _report(count) if kind == "report" else _list(kind, count)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
