"""The officer's words and earlier results on the paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from congdoan_desktop.domain.narrative import Passage
from congdoan_desktop.domain.period_report import EarlierResult
from congdoan_desktop.reports.document import Document, Heading, Paragraph, Table
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.period_report_layout import period_report_document
from congdoan_desktop.reports.target_tables import target_table
from tests.reports.paper import Tool, pages
from tests.reports.story import report


def said(document: Document) -> list[str]:
    blocks = document.sections[0].blocks
    found = [b.text if isinstance(b, Heading) else "".join(r.text for r in b.runs) for b in blocks
             if isinstance(b, (Heading, Paragraph))]  # fmt: skip
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


def test_passages_are_points_of_one_clause_and_empty_ones_are_left_out() -> None:
    words = (
        Passage("Tuyên truyền", "Treo 30 băng rôn.\nMở lớp."),
        Passage("Đối thoại", " "),
        Passage("Chăm lo", "Đủ."),
    )
    found = said(period_report_document(report(passages=words, next_period="Giải cầu lông.")))
    at = found.index("4. Kết quả theo các nội dung của kế hoạch")
    assert found[at + 1 : at + 6] == ["a) Tuyên truyền:", "Treo 30 băng rôn.", "Mở lớp.", "b) Chăm lo:", "Đủ."]
    assert found[found.index("V. Phương hướng, nhiệm vụ kỳ tới") + 1] == "Giải cầu lông."


def test_without_words_and_earlier_periods_the_paper_is_the_one_it_was() -> None:
    assert "4. Kết quả theo các nội dung của kế hoạch" not in said(period_report_document(report()))
    assert len(target_table(report()).columns) == 7


def _compared() -> Table:
    story = report()
    first = replace(story.targets[0], before=EarlierResult(12, 14), year_before=EarlierResult(7, 14))
    bare = replace(story.targets[-1], before=EarlierResult(6, None))
    return target_table(replace(story, targets=(first, *story.targets[1:-1], bare)))


def test_earlier_results_stand_beside_this_one() -> None:
    table = _compared()
    assert [head.text for head in table.head][4:8] == ["Kết quả", "Kỳ trước", "Cùng kỳ năm trước", "Đánh giá"]
    assert sum(column.width for column in table.columns) == 165
    rows = [[cell.text for cell in row[4:7]] for row in table.rows]
    assert rows[0] == ["100,0%", "85,7%", "50,0%"]
    assert rows[-1] == ["9", "6", "-"]
    assert rows[1][1:] == ["-", "-"]


def test_the_wider_table_stays_within_its_page(tool: Tool, tmp_path: Path) -> None:
    story = report()
    earlier = tuple(replace(one, before=EarlierResult(1, 3), year_before=EarlierResult(2, 3)) for one in story.targets)
    found = pages(render(period_report_document(replace(story, targets=earlier))), tool, tmp_path)
    (page, *_) = [page for page in found if any(word.text == "trước" for word in page.words)]
    assert all(word.left >= 29.5 and word.right <= 195.5 for word in page.words)


def test_a_report_on_one_union_says_so() -> None:
    found = period_report_document(report(about="CĐCS Trường Mầm non Nậm Xuân"))
    assert "tại CĐCS Trường Mầm non Nậm Xuân" in found.title
    assert any(text.startswith("CĐCS Trường Mầm non Nậm Xuân quản lý") for text in said(found))
