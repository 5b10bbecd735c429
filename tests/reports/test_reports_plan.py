"""A plan on paper: what stands where, measured in the PDF and in LibreOffice; what it lacks and what it repeats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from congdoan_desktop.domain.campaigns import Assignment, Duty, PlannedEvent, RelatedDocument, Section
from congdoan_desktop.domain.plan_paper import GivenMark
from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.document import Document, Heading, Paragraph, Table
from congdoan_desktop.reports.plan_layout import plan_document
from tests.reports.paper import Page, pages, text
from tests.reports.plan_story import SECTIONS, campaign, paper, target
from tests.reports.writer import converted

Tool = Callable[[str], str]
NEAR = 0.5


@pytest.fixture(scope="module")
def sheets(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return pages(pdf.render(plan_document(paper())), tool, tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def in_word(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The same plan as LibreOffice prints our Word file."""
    folder = tmp_path_factory.mktemp("plan-word")
    (folder / "plan.docx").write_bytes(docx.render(plan_document(paper())))
    return pages(converted(folder / "plan.docx", "pdf", tool).read_bytes(), tool, folder)


def said(document: Document) -> str:
    return text(pdf.render(document))


def headings(document: Document) -> list[str]:
    return [block.text for block in document.sections[0].blocks if isinstance(block, Heading) and block.level == 1]


@pytest.mark.parametrize(
    ("phrase", "baseline", "centre"),
    [
        ("LĐLĐ TỈNH LAI CHÂU", 24.2, 63),
        ("CÔNG ĐOÀN XÃ NẬM XUÂN", 29.7, 63),
        ("Số: 03/KH-CĐX", 38.7, 63),
        ("Nậm Xuân, ngày 22 tháng 01 năm 2026", 38.7, 145.5),
        ("KẾ HOẠCH", 57.9, 112.5),
    ],
)
def test_the_head_by_ruler(
    sheets: list[Page], in_word: list[Page], phrase: str, baseline: float, centre: float
) -> None:
    for made in (sheets, in_word):
        assert made[0].baseline(phrase) == pytest.approx(baseline, abs=NEAR)
        assert made[0].centre(phrase) == pytest.approx(centre, abs=NEAR)


def test_signature_level_with_recipients_and_room_to_sign(sheets: list[Page], in_word: list[Page]) -> None:
    for made in (sheets, in_word):
        last = made[-1]
        assert last.baseline("Nơi nhận:") == pytest.approx(last.baseline("TM. BAN THƯỜNG VỤ"), abs=NEAR)
        assert 25 <= last.baseline("Lý Thị Mẫu") - last.baseline("CHỦ TỊCH") <= 30
        assert last.find("- LĐLĐ tỉnh Lai Châu (để báo cáo);")
        assert last.find("- Lưu: VT.")


def test_pages_are_numbered_from_the_second(sheets: list[Page], in_word: list[Page]) -> None:
    for made in (sheets, in_word):
        assert [[word.text for word in page.words if word.baseline < 18] for page in made] == [[], ["2"]]


def test_word_and_pdf_say_the_same(sheets: list[Page], in_word: list[Page]) -> None:
    def words(made: list[Page]) -> list[str]:
        return sorted(word.text for page in made for word in page.words)

    assert words(sheets) == words(in_word)


def test_a_plan_has_bases_and_no_addressee() -> None:
    document = plan_document(paper())
    printed = said(document)
    assert "Kính gửi" not in printed
    italics = [
        block.runs[0].text
        for block in document.sections[0].blocks
        if isinstance(block, Paragraph) and block.runs[0].italic
    ]
    assert [line[:7] + line[-1] for line in italics] == ["Căn cứ ;", "Căn cứ ."]
    assert "năm 2026 của Công đoàn xã Nậm Xuân./. TM. BAN THƯỜNG VỤ" in printed.replace("\u00a0", " ")


def test_chapters_are_numbered_anew_with_what_the_text_lacks() -> None:
    document = plan_document(paper())
    printed = said(document)
    assert headings(document) == [
        "I. Mục đích, yêu cầu",
        "II. Chỉ tiêu",
        "III. Nhiệm vụ, giải pháp",
        "IV. Tổ chức thực hiện",
    ]
    assert "IV. TỔ CHỨC THỰC HIỆN" in printed
    assert "2. Tiến độ thực hiện Tiến độ và phân công thực hiện theo Bảng 1." in printed
    assert "2. Ủy viên phụ trách: theo dõi, giúp CĐCS thực hiện. 3. Các CĐCS gửi báo cáo" in printed


def test_a_plan_without_text_of_its_own_still_has_its_chapters() -> None:
    document = plan_document(paper(campaign(sections=())))
    assert headings(document) == ["I. Chỉ tiêu", "II. Nội dung, tiến độ thực hiện", "III. Tổ chức thực hiện"]


def test_what_the_text_says_already_is_not_said_again() -> None:
    goals = Section("II. CHỈ TIÊU", "\n".join(f"- {one.wording.upper()}." for one in campaign().targets))
    printed = said(plan_document(paper(campaign(sections=(SECTIONS[0], goals)))))
    assert printed.lower().count("đoàn viên có hoàn cảnh khó khăn được thăm hỏi") == 1


def test_a_closing_sentence_of_the_plan_itself_closes_it() -> None:
    own = Section("IV. ĐIỀU KHOẢN CHUNG", "Các đơn vị căn cứ Kế hoạch này để thực hiện./.")
    given = campaign(sections=(*SECTIONS, own), assignments=(), duties=())
    printed = said(plan_document(paper(given)))
    assert "Trên đây là" not in printed
    assert printed.count("./.") == 1


def test_rows_of_the_schedule_run_by_their_last_day() -> None:
    document = plan_document(paper())
    table = next(block for block in document.sections[0].blocks if isinstance(block, Table))
    assert [row[2].text.replace("\u00a0", " ") for row in table.rows] == [
        "01/3/2026 - 31/5/2026",
        "Ngày 10/6/2026",
        "01/6/2026 - 30/11/2026",
        "Trước ngày 05/12/2026",
        "Trong tháng 8",
    ]
    assert table.rows[-1][3].text == "Ban Tổ chức; Văn phòng"
    assert sum(column.width for column in table.columns) == 165


def test_a_long_schedule_and_marks_of_unions_become_annexes(tool: Tool, tmp_path: Path) -> None:
    many = tuple(
        PlannedEvent(f"hội nghị chuyên đề số {at}", ("Văn phòng",), date(2026, 3, 1) + timedelta(days=at))
        for at in range(40)
    )
    marks = (GivenMark("Công đoàn cơ sở Trường Tiểu học Nậm Xuân", "cán bộ được tập huấn", "97,5%"),)
    made = pages(pdf.render(plan_document(paper(campaign(events=many), marks=marks))), tool, tmp_path)
    wide = [page for page in made if page.width > page.height]
    assert made[-len(wide) :] == wide
    assert [page.words[0].text for page in wide] == ["Phụ", "2", "Phụ"]  # each annex is numbered anew (rule A06)
    assert wide[0].find("Phụ lục I")
    assert wide[2].find("Phụ lục II")
    assert wide[2].find("97,5%")
    assert wide[0].find("(Kèm theo Kế hoạch số 03/KH-CĐX ngày 22 tháng 01 năm 2026 của Công đoàn xã Nậm Xuân)")
    assert any("kèm" in [word.text for word in page.words] for page in made[: -len(wide)])


@pytest.mark.parametrize(
    ("number", "issued", "date_text", "line", "day"),
    [
        ("", None, "", "Số: /KH-CĐX", "Nậm Xuân, ngày tháng năm 2026"),
        ("/KH-LĐLĐ", None, "", "Số: /KH-LĐLĐ", "Nậm Xuân, ngày tháng năm 2026"),
        ("0125/KH-CĐX", date(2024, 10, 10), "", "Số: 0125/KH-CĐX", "Nậm Xuân, ngày 10 tháng 10 năm 2024"),
        ("", None, "Nậm Xuân, ngày tháng 01 năm 2024", "Số: /KH-CĐX", "Nậm Xuân, ngày tháng 01 năm 2024"),
        ("7/KH", date(2020, 3, 5), "nothing", "Số: 7/KH", "Nậm Xuân, ngày 05 tháng 3 năm 2020"),
    ],
)
def test_number_and_day_as_given_or_left_to_the_clerk(
    number: str, issued: date | None, date_text: str, line: str, day: str
) -> None:
    printed = said(plan_document(paper(campaign(number=number, issued_on=issued, date_text=date_text))))
    assert line in printed
    assert day in printed


@pytest.mark.parametrize(
    ("ends", "when"), [(date(2026, 12, 10), "Trong năm 2026"), (date(2028, 1, 1), "Trong năm 2026 - 2028")]
)
def test_an_event_without_a_day_is_held_while_the_plan_runs(ends: date, when: str) -> None:
    given = campaign(events=(PlannedEvent("hội thi", ()),), phases=(), duties=(), ends=ends)
    assert f"1 Hội thi {when} Các đơn vị" in said(plan_document(paper(given))).replace("\u00a0", " ")


def test_a_single_target_has_no_number() -> None:
    given = campaign(targets=(target(0, "mỗi CĐCS ít nhất 01 hoạt động"),))
    assert "II. CHỈ TIÊU Mỗi CĐCS ít nhất 01 hoạt động." in said(plan_document(paper(given))).replace("\u00a0", " ")


def test_bases_out_of_related_documents_theme_and_parts_of_targets() -> None:
    given = campaign(
        bases=(),
        related=(RelatedDocument("basis", "10/NQ-BTV", "Đổi mới công tác", None),),
        theme="“Hướng về cơ sở”",
        targets=(target(0, "trên 85% doanh nghiệp có CĐCS"), target(1, "trong đó 83,5% gia nhập", within="t0")),
    )
    printed = said(plan_document(paper(given))).replace("\u00a0", " ")
    assert "Căn cứ Nghị quyết số 10/NQ-BTV về đổi mới công tác." in printed
    assert "với chủ đề “Hướng về cơ sở” như sau:" in printed
    assert "Trên 85% doanh nghiệp có CĐCS. - Trong đó 83,5% gia nhập." in printed


def test_several_tasks_of_one_are_lettered_and_a_long_duty_keeps_its_words() -> None:
    long = "các đơn vị báo cáo kết quả về Ban Thường vụ (qua Văn phòng) định kỳ 6 tháng, một năm theo quy định"
    given = campaign(
        sections=(),
        assignments=(Assignment("Văn phòng", "Tổng hợp"), Assignment("Văn phòng", "theo dõi.")),
        duties=(Duty(long, "", "", "", None, ""),),
    )
    printed = said(plan_document(paper(given)))
    assert "1. Văn phòng: a) Tổng hợp; b) Theo dõi." in printed
    assert f"2. C{long[1:]}." in printed


def test_a_duty_goes_on_inside_its_sentence_and_what_is_kept_is_written_as_usual() -> None:
    given = campaign(
        duties=(Duty("Định kỳ hằng quý", "các CĐCS", "Công đoàn xã", "", None, ""),),
        recipients=("Như trên", "Lưu VT, VP"),
    )
    printed = said(plan_document(paper(given)))
    assert "Các CĐCS gửi báo cáo về Công đoàn xã định kỳ hằng quý." in printed
    assert "- Lưu: VT, VP." in printed


def test_a_subject_of_many_lines_is_not_said_once_more_at_the_end() -> None:
    subject = f"Thực hiện Chương trình hành động {'về phát huy truyền thống, sức mạnh đoàn kết ' * 6}"
    printed = said(plan_document(paper(campaign(title=subject)))).replace("\u00a0", " ")
    assert "Trên đây là Kế hoạch của Công đoàn xã Nậm Xuân./." in printed


@pytest.mark.parametrize("words", ["", "Một chữ", "dài " * 200, "\u202eđảo <b>&\x00"])
def test_any_text_gives_a_paper(words: str) -> None:
    given = campaign(
        title=words, organ=words, theme=words, bases=(words,), recipients=(words,), signer_name=words,
        sections=(Section(words, words), Section("1. " + words, words)), targets=(target(0, words, note=words),),
        events=(PlannedEvent(words, (words,)),), assignments=(Assignment(words, words),) * 30,
        duties=(Duty(words, words, words, words, date(2026, 5, 1), ""),),
    )  # fmt: skip
    document = plan_document(paper(given))
    assert pdf.render(document) == pdf.render(document)
    assert docx.render(document)


def test_sample_plans_say_so() -> None:
    assert "DỮ LIỆU MẪU" in said(plan_document(replace(paper(), sample=True)))
