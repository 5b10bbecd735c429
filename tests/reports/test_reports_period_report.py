"""What the report says: chapters, counts and sums that agree between text, tables and annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from congdoan_desktop.domain.period_report import Letterhead, PlanCitation, SupportFigures, TargetResult
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Block,
    Chart,
    CountChart,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
)
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.period_report_layout import period_report_document, report_code
from congdoan_desktop.reports.target_tables import mark_of
from congdoan_desktop.reports.wording import NO_BREAK
from tests.reports.paper import text
from tests.reports.story import report


def blocks(**changes: object) -> list[Block]:
    document = period_report_document(report(**changes), clear_copy=bool(changes.pop("clear", True)))
    return [block for section in document.sections for block in section.blocks]


def said(found: list[Block]) -> str:
    runs = [run.text for block in found if isinstance(block, Paragraph) for run in block.runs]
    return " ".join(runs).replace(NO_BREAK, " ")


def headings(found: list[Block]) -> list[str]:
    return [block.text for block in found if isinstance(block, Heading)]


def tables(found: list[Block]) -> list[Table]:
    return [block for block in found if isinstance(block, Table)]


def column(table: Table, at: int) -> list[str]:
    """The texts of a column, rows with a joined first cell moved into place."""
    found = []
    for row in table.rows:
        cells = [cell for cell in row for _ in range(cell.columns)]
        found.append(cells[at].text.replace(NO_BREAK, " "))
    return found


def number(shown: str) -> int:
    return 0 if shown == "-" else int(shown.replace(".", ""))


def test_chapters_in_their_order() -> None:
    assert headings(blocks()) == [
        "I. Đặc điểm tình hình",
        "II. Kết quả thực hiện",
        "1. Tổ chức các hoạt động",
        "2. Kết quả thực hiện các chỉ tiêu",
        "3. Công tác chăm lo, hỗ trợ đoàn viên, người lao động",
        "III. Khó khăn, vướng mắc",
        "IV. Kiến nghị, đề xuất",
    ]


@pytest.mark.parametrize(
    ("difficulties", "proposals", "last"),
    [
        ("", "", "3. Công tác chăm lo, hỗ trợ đoàn viên, người lao động"),
        ("", "Cần thêm lớp.", "III. Kiến nghị, đề xuất"),
        ("Thiếu kinh phí.", " \n", "III. Khó khăn, vướng mắc"),
    ],
)
def test_the_officers_chapters_are_there_only_when_written(difficulties: str, proposals: str, last: str) -> None:
    assert headings(blocks(difficulties=difficulties, proposals=proposals))[-1] == last


def test_the_officers_lines_become_paragraphs() -> None:
    found = blocks(difficulties="Một.\n\nHai.\n", proposals="")
    assert {"Một.", "Hai."} <= {run.text for one in found if isinstance(one, Paragraph) for run in one.runs}


def test_the_opening_cites_the_plan_whole_and_the_closing_short() -> None:
    words = said(blocks())
    assert (
        "Thực hiện Kế hoạch số 21/KH-LĐLĐ ngày 14/01/2026 của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu về tổ "
        "chức phong trào “Mỗi công đoàn cơ sở một việc làm thiết thực vì đoàn viên”, Ban Thường vụ Công đoàn xã Nậm "
        "Xuân báo cáo kết quả 6 tháng đầu năm 2026 (số liệu từ 01/12/2025 đến 31/5/2026) như sau:"
    ) in words
    assert words.endswith("thực hiện Kế hoạch số 21/KH-LĐLĐ của Công đoàn xã Nậm Xuân./.")


def test_bare_days_stand_behind_what_was_done() -> None:
    found = blocks(period_name="từ ngày 15/4/2026 đến ngày 31/7/2026")
    (title,) = (block for block in found if isinstance(block, Title))
    subject = title.subject.replace(NO_BREAK, " ")
    assert subject.startswith("Kết quả thực hiện Kế hoạch tổ chức phong trào")
    assert subject.endswith("(từ ngày 15/4/2026 đến ngày 31/7/2026)")
    assert "báo cáo kết quả thực hiện (số liệu từ " in said(found)
    assert said(found).endswith(
        "thực hiện Kế hoạch số 21/KH-LĐLĐ từ ngày 15/4/2026 đến ngày 31/7/2026 của Công đoàn xã Nậm Xuân./."
    )


@pytest.mark.parametrize(("met", "verdict"), [(True, "đạt"), (False, "chưa đạt"), (None, "chưa có số liệu")])
def test_a_single_target_is_not_counted_against_itself(met: bool | None, verdict: str) -> None:
    target = TargetResult("t0", "Mỗi CĐCS có ít nhất 01 hoạt động", "100%", 0, 8, met, "")
    words = said(blocks(targets=(target,)))
    assert f"Kế hoạch giao 01 chỉ tiêu, đến ngày 31/5/2026 {verdict}, cụ thể tại Bảng 1" in words


@pytest.mark.parametrize(
    ("cash", "in_kind", "paid"),
    [
        (157_100_000, 0, "toàn bộ bằng tiền mặt"),
        (0, 157_100_000, "toàn bộ bằng hiện vật quy ra tiền"),
        (7_100_000, 150_000_000, "tiền mặt 7.100.000 đồng, hiện vật quy ra tiền 150.000.000 đồng"),
    ],
)
def test_what_was_not_given_is_not_counted_out(cash: int, in_kind: int, paid: str) -> None:
    assert f"157.100.000 đồng ({paid}), chi tiết tại Bảng 2." in said(blocks(cash=cash, in_kind=in_kind))


def test_results_are_told_until_the_day_of_the_report() -> None:
    words = said(blocks(dated=date(2026, 5, 20)))
    assert "chỉ tiêu được giao, đến ngày 20/5/2026 có" in words


def test_an_upward_report_has_its_addressee_and_names_him_first_among_the_recipients() -> None:
    found = blocks()
    assert [block.receiver for block in found if isinstance(block, Addressee)] == ["Liên đoàn Lao động tỉnh Lai Châu"]
    (signed,) = (block for block in found if isinstance(block, Signature))
    assert signed.recipients[0] == "Như trên;"
    assert signed.recipients[-1] == "Lưu: VT."
    assert signed.lines == ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH")


def test_figures_agree_between_text_tables_and_annex() -> None:
    found = blocks()
    targets, supports, annex = tables(found)
    words = said(found)
    assert "74 hoạt động, thu hút 2.212 lượt người tham gia (nữ 1.308 lượt)" in words
    assert "08 chỉ tiêu được giao, đến ngày 31/5/2026 có 05 chỉ tiêu đạt và 03 chỉ tiêu chưa đạt" in words
    assert "54 lượt đoàn viên, người lao động, tổng trị giá 157.100.000 đồng" in words
    assert column(targets, 5).count("Chưa đạt") == 3
    for at in range(3, 7):
        *rows, total = map(number, column(supports, at))
        assert sum(rows) == total
    for at in (2, 3, 4, 5, 6, 7, 8, 9):
        *rows, total = map(number, column(annex, at))
        assert sum(rows) == total
    assert column(annex, 9)[-1] == column(supports, 6)[-1] == "157.100.000"
    assert column(annex, 10)[-1] == "13/14"
    assert supports.words == "(Bằng chữ: Một trăm năm mươi bảy triệu một trăm nghìn đồng)."


def test_rows_of_the_target_table() -> None:
    table = tables(blocks())[0]
    assert [cell.text for cell in table.rows[4]] == [
        "5", "Cán bộ CĐCS được tập huấn nghiệp vụ công tác công đoàn", "Trên 85%", "34/40", "85,0%", "Chưa đạt",
        "Chưa vượt 85%",
    ]  # fmt: skip
    assert [row[5].bold for row in table.rows] == [False, True, False, False, True, False, False, True]
    assert column(table, 6) == ["", "Còn 01", "", "", "Chưa vượt 85%", "", "", "Còn 03"]
    assert column(table, 3)[-1] == "-"


def test_what_the_union_did_itself_is_named_under_the_annex() -> None:
    own = (*report().activities, replace(report().activities[0], kind="Gặp mặt truyền thống", times=2))
    table = tables(blocks(activities=own))[-1]
    assert table.note.replace(NO_BREAK, " ") == (
        "Ghi chú: Phụ lục không gồm 02 hoạt động do Công đoàn xã Nậm Xuân trực tiếp thực hiện."
    )
    assert tables(blocks())[-1].note == ""


def test_the_copy_in_clear_says_under_five() -> None:
    supports = tables(blocks())[1]
    assert column(supports, 2) == ["32", "11", "dưới 5", "dưới 5", "dưới 5", "dưới 5", "54"]
    document = period_report_document(report(), clear_copy=False)
    own = [block for block in document.sections[0].blocks if isinstance(block, Table)][1]
    assert column(own, 2) == ["32", "11", "3", "2", "4", "2", "54"]


def test_a_sum_that_would_betray_a_person_is_withheld_everywhere() -> None:
    one = (SupportFigures("Bệnh hiểm nghèo", 3, 2, (5_000_000, 0, 0)),)
    found = blocks(supports=one, units=report().units[:1])
    assert column(tables(found)[1], 2) == ["dưới 5", "*"]
    assert column(tables(found)[2], 8) == ["*", "*"]
    assert "đã hỗ trợ đoàn viên, người lao động, tổng trị giá 5.000.000 đồng" in said(found)
    assert "(*) Không nêu" in tables(found)[1].note
    assert "(*) Không nêu" in tables(found)[2].note


def test_a_general_report_says_that_withheld_figures_stay_here() -> None:
    one = (SupportFigures("Bệnh hiểm nghèo", 3, 2, (5_000_000, 0, 0)),)
    for plan, kept in ((report().plan, "phần mã hóa của gói dữ liệu."), (None, "lưu tại đơn vị.")):
        found = tables(blocks(supports=one, units=report().units[:1], plan=plan))
        assert [table.note.endswith(kept) for table in found[1:]] == [True, True]


def test_of_several_targets_each_union_tells_how_many_it_met() -> None:
    units = tuple(
        replace(unit, met=False, targets_met=at % 4, targets_asked=7) for at, unit in enumerate(report().units)
    )
    idle = replace(units[0], targets_met=0, targets_asked=0)
    annex = tables(blocks(units=(*units, idle)))[-1]
    assert column(annex, 10)[:5] == ["0/7", "1/7", "2/7", "3/7", "0/7"]
    assert column(annex, 10)[-2:] == ["-", "19/98"]
    assert "số chỉ tiêu đạt trên số chỉ tiêu giao" in annex.note
    single = tuple(replace(unit, targets_met=int(unit.met), targets_asked=1) for unit in report().units)
    assert column(tables(blocks(units=single))[-1], 10) == [*(["Đạt"] * 13), "Chưa đạt", "13/14"]


@pytest.mark.parametrize(
    ("name", "title", "opening", "closing"),
    [
        ("tổng kết", "Tổng kết thực hiện Kế hoạch", "báo cáo tổng kết (số liệu từ", "là báo cáo tổng kết thực hiện"),
        ("sơ kết đợt 1", "Sơ kết đợt 1 thực hiện Kế", "báo cáo sơ kết đợt 1 (số", "là báo cáo sơ kết đợt 1 thực hiện"),
        ("Tổng kết", "Tổng kết thực hiện Kế hoạch", "báo cáo tổng kết (số liệu từ", "là báo cáo tổng kết thực hiện"),
    ],
)
def test_a_review_names_itself_and_its_tables_their_days(name: str, title: str, opening: str, closing: str) -> None:
    found = blocks(period_name=name, months=((date(2026, 1, 1), 3), (date(2026, 2, 1), 5)))
    (head,) = (block for block in found if isinstance(block, Title))
    assert head.subject.replace(NO_BREAK, " ").startswith(title)
    assert opening in said(found)
    assert closing in said(found)
    captions = [block.caption for block in found if isinstance(block, Table | CountChart)]
    captions += [block.title for block in found if isinstance(block, AnnexHead)]
    days = "từ ngày 01/12/2025 đến ngày 31/5/2026"
    told = [caption.replace(NO_BREAK, " ") for caption in captions]
    assert sum(caption.endswith(days) for caption in told) == len(told) - 2, "all but Bảng 2 and the annex's own table"
    assert not any("kết từ" in caption or caption.endswith("kết") for caption in told)


def test_a_general_review_is_one_of_all_activities() -> None:
    found = blocks(plan=None, period_name="tổng kết năm 2025")
    (head,) = (block for block in found if isinstance(block, Title))
    assert head.subject.replace(NO_BREAK, " ") == "Tổng kết năm 2025 hoạt động công đoàn"


def test_a_grassroots_union_speaks_of_itself_and_has_no_annex_of_one_row() -> None:
    found = blocks(grassroots=True, unit_name="CĐCS Chè", units=report().units[:1], units_total=1)
    assert "CĐCS Chè có 812 đoàn viên trên tổng số 896 công nhân" in said(found)
    assert "Trong kỳ, CĐCS Chè đã tổ chức" in said(found)
    assert "CĐCS Chè đã hỗ trợ" in said(found)
    for words in ("quản lý", "các CĐCS", "1/1 CĐCS", "Phụ lục"):
        assert words not in said(found)
    assert not any(isinstance(block, AnnexHead) for block in found)
    uncounted = blocks(grassroots=True, unit_name="CĐCS Chè", workers=0, members=0)
    assert "CĐCS Chè chưa có số đoàn viên, người lao động." in said(uncounted)


def test_a_union_without_grassroots_unions_says_so() -> None:
    found = blocks(units=(), units_total=0, members=0, workers=0)
    assert "Đến ngày 31/5/2026, Công đoàn xã Nậm Xuân chưa có công đoàn cơ sở (CĐCS) nào." in said(found)


def test_that_all_targets_fared_alike_is_said_so() -> None:
    failed = tuple(replace(target, met=False) for target in report().targets)
    assert "Trong 08 chỉ tiêu được giao, đến ngày 31/5/2026 cả 08 chỉ tiêu chưa đạt," in said(blocks(targets=failed))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"targets": ()}, "Kế hoạch không giao chỉ tiêu bằng số."),
        ({"supports": (), "targets": ()}, "Trong kỳ chưa có khoản hỗ trợ nào được ghi nhận."),
        ({"activities": (), "targets": ()}, "Trong kỳ chưa có hoạt động nào được ghi nhận."),
        ({"activities": ()}, "Trong kỳ chưa có hoạt động nào được ghi nhận riêng cho kế hoạch này."),
        ({"members": 0, "workers": 0}, "quản lý 14 công đoàn cơ sở (CĐCS)."),
    ],
)
def test_nothing_to_report_is_said(change: dict[str, object], sentence: str) -> None:
    assert sentence in said(blocks(**change))
    assert render(period_report_document(report(**change)))


def test_units_that_did_nothing_stand_in_no_annex_and_people_are_told_where_they_came() -> None:
    idle = tuple(
        replace(unit, propaganda=0, counted_activities=0, other_activities=0, support_times=0)
        for unit in report().units
    )
    assert len(tables(blocks(units=idle))) == 2
    late = frozenset({idle[0].unit})
    assert len(tables(blocks(units=idle, lines_not_reported=late))) == 3
    plans = replace(report().activities[0], kind="Ban hành kế hoạch", times=11, participants=0)
    assert "Ban hành kế hoạch: 11 hoạt động." in said(blocks(activities=(plans,)))


def test_no_units_no_annex() -> None:
    document = period_report_document(report(units=(), units_total=0))
    assert len(document.sections) == 1
    assert "Phụ lục" not in text(render(document))


def test_targets_without_a_result_yet() -> None:
    waiting = TargetResult("t", "CĐCS tổ chức hội nghị", "100%", 0, 0, None)
    found = blocks(targets=(waiting, report().targets[0]))
    assert "có 01 chỉ tiêu đạt và 01 chỉ tiêu chưa có số liệu, cụ thể" in said(found)
    assert [cell.text for cell in tables(found)[0].rows[0]][3:6] == ["0/0", "-", "Chưa có số liệu"]


def test_the_chart_shows_ratios_only() -> None:
    (chart,) = (block for block in blocks() if isinstance(block, Chart))
    assert [(bar.mark_text, bar.result_text) for bar in chart.bars] == [
        ("100", "100"), ("100", "92,9"), ("100", "100"), ("75", "75"), ("85", "85"), ("80", "82,6"), ("90", "90,5"),
    ]  # fmt: skip
    counts_only = blocks(targets=report().targets[-1:])
    assert not any(isinstance(block, Chart) for block in counts_only)
    assert "cụ thể tại Bảng 1." in said(counts_only)


@pytest.mark.parametrize(
    ("level", "denominator", "mark"),
    [
        ("Trên 85%", 40, Fraction(85)),
        ("99,5 % trở lên", 40, Fraction(199, 2)),
        ("Ít nhất 01 hoạt động/CĐCS", 14, Fraction(100)),
        ("Ít nhất 12 đoàn viên", None, None),
    ],
)
def test_the_mark_of_a_target(level: str, denominator: int | None, mark: Fraction | None) -> None:
    assert mark_of(TargetResult("t", "", level, 1, denominator, None)) == mark


def test_many_kinds_of_activity_are_lettered_without_f_j_w_z() -> None:
    kinds = tuple(replace(report().activities[0], kind=f"Loại {at}") for at in range(25))
    words = said(blocks(activities=kinds))
    assert "đ) Loại 4:" in words
    assert "y) Loại 22:" in words
    assert "aa) Loại 23:" in words
    assert not any(f"{letter}) Loại" in words for letter in "fjwz")


def test_the_code_on_paper_is_base32_of_the_report_id() -> None:
    assert report_code("00443214c74254b635cf84653a56d7c675be77df") == "ABCD EFGH IJKL"


def test_a_title_of_393_letters_and_a_long_unit_name_still_make_a_paper() -> None:
    phrase = "Tổ chức chuỗi hoạt động hướng về cơ sở nhân kỷ niệm ngày truyền thống và chăm lo đời sống đoàn viên, "
    subject = (phrase * 4)[:393]
    head = Letterhead(
        "Liên đoàn Lao động tỉnh Lai Châu",
        "LĐLĐ tỉnh Lai Châu",
        "Công đoàn cơ sở Công ty cổ phần Đầu tư Xây dựng và Thương mại Tổng hợp Miền núi phía Bắc",
        "BC-CĐCS",
        "Nậm Xuân",
    )
    changed = report(plan=PlanCitation("21/KH-LĐLĐ", None, "", subject), letterhead=head)
    (heading,) = (block for block in period_report_document(changed).sections[0].blocks if isinstance(block, Title))
    printed = text(render(period_report_document(changed)))
    assert " ".join(heading.subject.replace(NO_BREAK, " ").split()) in printed
    assert "TỔNG HỢP MIỀN NÚI PHÍA BẮC" in printed


def test_a_provisional_report_says_so_and_marks_who_is_missing() -> None:
    whole = report()
    assert "tạm tính" not in said(blocks())
    late = [unit.unit for unit in whole.units[:3]]
    found = blocks(not_reported=("CĐCS Một", "CĐCS Hai"), lines_not_reported=frozenset(late))
    total = whole.units_total
    assert f"Số liệu tạm tính theo {total - 3}/{total} CĐCS; chưa nhận báo cáo kỳ này của CĐCS Một, CĐCS Hai." in said(
        found
    )
    assert column(tables(found)[-1], -1).count("Chưa báo cáo") == 3
    unknown = said(blocks(not_reported=("CĐX Than Uyên",)))
    assert "Số liệu tạm tính; chưa nhận báo cáo kỳ này của CĐX Than Uyên." in unknown, "its CĐCS are not known here"
    many = said(blocks(not_reported=tuple(f"CĐCS {at}" for at in range(11)), lines_not_reported=frozenset(late)))
    assert "CĐCS 7 và 03 đơn vị khác." in many
