"""A sheet of small pictures of papers of the sample province, for the guide: `python -m tests.demo.paper_set FOLDER`.

FOLDER gets the sample province, which takes a minute, and `van-ban.png`.
"""

from __future__ import annotations

import io
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_PLAN = "14/KH-LĐLĐ"
_ACROSS, _WIDTH, _GAP, _GREYS, _DPI = 3, 294, 6, 12, 90
_SHOWN = (("report", 0), ("report", 2), ("report", 3), ("report", -1), ("plan", 0), ("report", 5))
"""(paper, page): head, targets, chart and support, charts of the annex; the plan; the annex of figures by union."""


def main() -> None:
    from congdoan_desktop.services import sample

    folder = Path(sys.argv[1]).resolve()
    sample.enter(folder / "data", sample.BIG).close()
    with closing(sample.open_side(folder / "data", sample.BIG)) as office:
        made = _papers(office)
    pages = [_page(made[name], page) for name, page in _SHOWN]
    _sheet(pages).save(folder / "van-ban.png", optimize=True)


def _papers(office: Office) -> dict[str, bytes]:
    from congdoan_desktop.services import campaigns, papers, plan_papers, reporting

    plan = next(row.id for row in campaigns.listing(office) if row.campaign.number == _PLAN)
    year = date(2024, 1, 1), date(2024, 12, 31)
    request = reporting.ReportRequest(plan, "năm 2024", *year, date(2025, 1, 6), "PHÓ CHỦ TỊCH", "Lò Văn Mẫu")
    return {
        "report": reporting.pdf(office, reporting.prepare(office, request)),
        "plan": papers.pdf(office, plan_papers.prepare(office, plan)),
    }


def _page(pdf: bytes, page: int) -> Image.Image:
    from congdoan_desktop.services import paper

    at = page if page >= 0 else paper.page_count(pdf) + page
    return Image.open(io.BytesIO(paper.page_png(pdf, at, _DPI))).convert("L")


def _sheet(pages: list[Image.Image]) -> Image.Image:
    """Side by side on grey, three in a row, in few greys: a small file."""
    shown = [
        page.resize((_WIDTH, round(page.height * _WIDTH / page.width)), Image.Resampling.LANCZOS) for page in pages
    ]
    high = max(page.height for page in shown) + _GAP
    rows = -(-len(shown) // _ACROSS)
    sheet = Image.new("L", (_ACROSS * (_WIDTH + _GAP), rows * high + _GAP), 200)
    for at, page in enumerate(shown):
        sheet.paste(page, (_GAP // 2 + at % _ACROSS * (_WIDTH + _GAP), _GAP + at // _ACROSS * high))
    return sheet.quantize(_GREYS)


if __name__ == "__main__":
    main()
