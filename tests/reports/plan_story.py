"""The invented union's plan, for the tests of plans on paper: Kế hoạch of Công đoàn xã Nậm Xuân."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from congdoan_desktop.domain.campaigns import Assignment, Campaign, Duty, Phase, PlannedEvent, Section, Target
from congdoan_desktop.domain.plan_paper import PlanPaper
from tests.reports.story import LETTERHEAD

_WORDINGS = (
    "100% CĐCS xây dựng kế hoạch và tổ chức ít nhất 01 hoạt động thiết thực",
    "100% đoàn viên có hoàn cảnh khó khăn được thăm hỏi, tặng quà",
    "75% trở lên doanh nghiệp có từ 10 lao động trở lên đối thoại định kỳ",
    "trên 85% cán bộ CĐCS được tập huấn nghiệp vụ công tác công đoàn",
    "giới thiệu ít nhất 12 đoàn viên ưu tú cho Đảng xem xét, bồi dưỡng",
)
_UPPER = (
    "Kế hoạch số 21/KH-LĐLĐ ngày 14/01/2026 của Ban Thường vụ Liên đoàn Lao động (LĐLĐ) tỉnh Lai Châu về tổ chức phong "
    "trào “Mỗi công đoàn cơ sở một việc làm thiết thực vì đoàn viên” năm 2026"
)
SECTIONS = (
    Section(
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mỗi công đoàn cơ sở (CĐCS) chọn một việc sát với nhu cầu của đoàn viên để làm, có người phụ trách, có thời "
        "hạn và có kết quả kiểm chứng được.\n"
        "2. Hoạt động tiết kiệm, không hình thức; kinh phí công khai, đúng quy định.",
    ),
    Section("II. NHIỆM VỤ, GIẢI PHÁP", ""),
    Section(
        "1. Đăng ký việc làm thiết thực",
        "Mỗi CĐCS đăng ký ít nhất 01 việc trong các nhóm sau:\n"
        "a) Cải thiện điều kiện làm việc, bữa ăn ca, nhà công vụ, nơi nghỉ giữa ca;\n"
        "b) Thăm hỏi, trợ cấp, làm mới hoặc sửa chữa nhà “Mái ấm Công đoàn”.",
    ),
    Section("2. Tiến độ thực hiện", ""),
    Section(
        "3. Kinh phí", "Kinh phí cấp nào do cấp đó bảo đảm từ nguồn tài chính công đoàn và nguồn vận động hợp pháp."
    ),
    Section("III. TỔ CHỨC THỰC HIỆN", "1. Ban Thường vụ Công đoàn xã hướng dẫn, kiểm tra, tổng hợp kết quả."),
)


def target(number: int, wording: str, **changes: Any) -> Target:
    made = Target(f"t{number}", wording, "I17", "gte", 1, "%", "")
    return replace(made, **changes)


def campaign(**changes: Any) -> Campaign:
    whole = Campaign(
        unit="u",
        title="Thực hiện phong trào “Mỗi công đoàn cơ sở một việc làm thiết thực vì đoàn viên” năm 2026",
        doc_type="Kế hoạch",
        number="03/KH-CĐX",
        issued_on=date(2026, 1, 22),
        place="Nậm Xuân",
        organ="Ban Thường vụ",
        starts=date(2026, 1, 22),
        ends=date(2026, 12, 10),
        signer_authority="TM. BAN THƯỜNG VỤ",
        signer_title="Chủ tịch",
        signer_name="Lý Thị Mẫu",
        bases=(
            _UPPER,
            "Căn cứ Chương trình công tác năm 2026 của Ban Chấp hành Công đoàn xã Nậm Xuân.",
        ),
        targets=tuple(target(at, wording) for at, wording in enumerate(_WORDINGS)),
        phases=(
            Phase("Đợt 1, trọng tâm là Tháng Công nhân", date(2026, 3, 1), date(2026, 5, 31)),
            Phase("Đợt 2, hoàn thành việc đã đăng ký", date(2026, 6, 1), date(2026, 11, 30)),
        ),
        events=(
            PlannedEvent("hội nghị sơ kết đợt 1", ("Công đoàn xã",), date(2026, 6, 10)),
            PlannedEvent("hội thi cán bộ công đoàn giỏi", ("Ban Tổ chức", "Văn phòng"), None, "trong tháng 8"),
        ),
        duties=(Duty("trước ngày 05/12/2026", "các CĐCS", "Công đoàn xã", "", date(2026, 12, 5), "before"),),
        recipients=(
            "LĐLĐ tỉnh Lai Châu (để báo cáo)",
            "Thường trực Đảng ủy xã (để báo cáo)",
            "Các CĐCS trực thuộc (để thực hiện)",
            "Lưu: VT",
        ),
        assignments=(Assignment("Ủy viên phụ trách", "theo dõi, giúp CĐCS thực hiện"),),
        sections=SECTIONS,
    )
    return replace(whole, **changes)


def paper(given: Campaign | None = None, **changes: Any) -> PlanPaper:
    made = PlanPaper(
        replace(LETTERHEAD, code="KH-CĐX"), "Công đoàn xã Nậm Xuân", given or campaign(), date(2026, 1, 20)
    )
    return replace(made, **changes)
