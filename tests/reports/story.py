"""One invented union for the papers' tests: Công đoàn xã Nậm Xuân with 14 CĐCS. All names and figures are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.period_report import (
    ActivityFigures,
    Letterhead,
    PeriodReport,
    PlanCitation,
    Signature,
    SupportFigures,
    TargetResult,
    UnitFigures,
)
from congdoan_desktop.domain.sheets import (
    EnrolledOfficer,
    EnrolmentSheet,
    ReceiptFinding,
    ReceiptSheet,
    RecoverySheet,
    RootSheet,
    Verdict,
)

LETTERHEAD = Letterhead(
    "Liên đoàn Lao động tỉnh Lai Châu", "LĐLĐ tỉnh Lai Châu", "Công đoàn xã Nậm Xuân", "BC-CĐX", "Nậm Xuân"
)

_TARGETS = (
    ("CĐCS xây dựng kế hoạch thực hiện phong trào", "100%", 14, 14, True, ""),
    ("CĐCS tổ chức ít nhất 01 hoạt động thiết thực", "100%", 13, 14, False, ""),
    ("Đoàn viên có hoàn cảnh khó khăn được thăm hỏi, tặng quà", "100%", 32, 32, True, ""),
    ("Doanh nghiệp có từ 10 lao động trở lên tổ chức đối thoại định kỳ", "75% trở lên", 3, 4, True, ""),
    ("Cán bộ CĐCS được tập huấn nghiệp vụ công tác công đoàn", "Trên 85%", 34, 40, False, "Chưa vượt 85%"),
    ("Đoàn viên tham gia hoạt động văn hóa, thể thao", "80% trở lên", 671, 812, True, ""),
    ("CNVCLĐ ủng hộ Quỹ Xã hội Công đoàn tỉnh", "90% trở lên", 811, 896, True, ""),
    ("Giới thiệu đoàn viên ưu tú cho Đảng xem xét, bồi dưỡng", "Ít nhất 12 đoàn viên", 9, None, False, ""),
)

# name, members, propaganda, counted, other, participants, women, times and people helped, amount, met
_UNITS = (
    ("Cơ quan Đảng ủy xã Nậm Xuân", 31, 2, 3, 0, 96, 41, 2, 2_600_000, True),
    ("Cơ quan UBND xã Nậm Xuân", 58, 3, 4, 0, 214, 97, 3, 4_900_000, True),
    ("Trung tâm Phục vụ hành chính công xã", 14, 1, 2, 0, 38, 20, 1, 1_300_000, True),
    ("Trạm Y tế xã Nậm Xuân", 27, 2, 3, 0, 88, 60, 2, 3_600_000, True),
    ("Trường Mầm non Nậm Xuân", 64, 2, 4, 0, 187, 181, 4, 5_200_000, True),
    ("Trường Mầm non Bản Lướt", 39, 1, 3, 0, 102, 100, 3, 8_900_000, True),
    ("Trường Tiểu học Nậm Xuân", 72, 2, 5, 0, 226, 160, 4, 6_700_000, True),
    ("Trường PTDTBT Tiểu học Bản Lướt", 66, 2, 3, 0, 171, 118, 4, 14_300_000, True),
    ("Trường THCS Nậm Xuân", 54, 2, 4, 0, 160, 92, 2, 2_600_000, True),
    ("Trường PTDTBT THCS Bản Lướt", 48, 1, 3, 0, 139, 77, 4, 34_900_000, True),
    ("Công ty TNHH Chè Nậm Xuân", 142, 3, 7, 0, 395, 240, 12, 26_300_000, True),
    ("Công ty CP Thủy điện Nậm Xuân 3", 86, 2, 4, 0, 204, 31, 5, 7_500_000, True),
    ("Hợp tác xã Dược liệu Nậm Xuân", 73, 1, 3, 0, 151, 88, 7, 37_000_000, True),
    ("Công ty TNHH Xây dựng Minh Mẫu", 38, 2, 0, 0, 41, 3, 1, 1_300_000, False),
)

_ACTIVITIES = (
    ("Tuyên truyền, phổ biến", 26, 700, 400, 0),
    ("Văn hóa, thể thao", 18, 812, 480, 36_000_000),
    ("Thăm hỏi, tặng quà tập thể", 16, 350, 208, 14_500_000),
    ("Đối thoại, hội nghị", 14, 350, 220, 4_000_000),
)

_SUPPORTS = (
    ("Hoàn cảnh khó khăn (tặng quà Tháng Công nhân)", 32, 32, (32_000_000, 0, 9_600_000)),
    ("Ốm đau, thai sản", 11, 10, (5_500_000, 0, 0)),
    ("Bệnh hiểm nghèo", 3, 3, (3_000_000, 6_000_000, 0)),
    ("Tai nạn lao động, bệnh nghề nghiệp", 2, 2, (2_000_000, 4_000_000, 0)),
    ("Thiên tai, hỏa hoạn", 4, 4, (0, 12_000_000, 8_000_000)),
    ("Mái ấm Công đoàn (làm mới 01, sửa chữa 01)", 2, 2, (0, 50_000_000, 25_000_000)),
)


def unit(number: int, name: str, members: int, *figures: int | bool) -> UnitFigures:
    propaganda, counted, other, participants, women, helped, amount, met = figures
    done = (propaganda, counted, other, participants, women, 0)
    return UnitFigures(f"u{number}", name, members, *done, helped, helped, amount, bool(met))


def report(**changes: object) -> PeriodReport:
    """The whole story; `changes` replace fields of the report."""
    whole = PeriodReport(
        letterhead=LETTERHEAD,
        receiver="Liên đoàn Lao động tỉnh Lai Châu",
        plan=PlanCitation(
            "21/KH-LĐLĐ",
            date(2026, 1, 14),
            "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
            "Tổ chức phong trào “Mỗi công đoàn cơ sở một việc làm thiết thực vì đoàn viên”",
        ),
        reporting_body="Ban Thường vụ Công đoàn xã Nậm Xuân",
        unit_name="Công đoàn xã Nậm Xuân",
        period_name="6 tháng đầu năm 2026",
        starts=date(2025, 12, 1),
        ends=date(2026, 5, 31),
        dated=date(2026, 6, 5),
        units_total=14,
        members=812,
        workers=896,
        targets=tuple(
            TargetResult(f"t{at}", wording, level, above, below, met, note)
            for at, (wording, level, above, below, met, note) in enumerate(_TARGETS)
        ),
        units=tuple(unit(at, *line) for at, line in enumerate(_UNITS)),
        activities=tuple(ActivityFigures(*line) for line in _ACTIVITIES),
        funds=("Tài chính công đoàn", "Quỹ Xã hội Công đoàn", "Nguồn vận động"),
        supports=tuple(SupportFigures(*line) for line in _SUPPORTS),
        cash=139_500_000,
        in_kind=17_600_000,
        signature=Signature(("TM. BAN THƯỜNG VỤ",), "PHÓ CHỦ TỊCH", "Lò Văn Mẫu"),
        recipients=(
            "Như trên",
            "Thường trực Đảng ủy xã (để báo cáo)",
            "Ủy ban MTTQ Việt Nam xã",
            "Các CĐCS trực thuộc",
            "Lưu: VT",
        ),
        report_id="5f" * 16 + "0c" * 16,
        difficulties="01 CĐCS doanh nghiệp chưa tổ chức được hoạt động do công trình phân tán; giới thiệu đoàn viên "
        "ưu tú cho Đảng ở khối doanh nghiệp còn chậm.",
        proposals="Đề nghị LĐLĐ tỉnh sớm thông báo chương trình tập huấn nghiệp vụ năm 2026 và cử giảng viên cho lớp "
        "tập huấn nêu trên.",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # names are checked by replace itself


_DUE = date(2026, 6, 4)
WORDS = ("núi", "thóc", "cầu", "mưa", "bếp", "sách", "trâu", "đèn")
_HEAD = {kind: replace(LETTERHEAD, code=f"{kind}-CĐX") for kind in ("PĐK", "PBN")}


def enrolment(**changes: object) -> EnrolmentSheet:
    sheet = EnrolmentSheet(
        letterhead=_HEAD["PĐK"],
        receiver="Liên đoàn Lao động tỉnh Lai Châu",
        unit_name="Công đoàn xã Nậm Xuân",
        unit_code="CDX-NAMXUAN",
        address="Xã Nậm Xuân, tỉnh Lai Châu; ĐT: .........................",
        year=2026,
        officers=(
            EnrolledOfficer("Lý Thị Mẫu", "Chủ tịch", "Duyệt, xác nhận gói", "Máy số 1"),
            EnrolledOfficer("Lò Văn Mẫu", "Phó Chủ tịch", "Duyệt thay khi được giao", "Máy số 1"),
            EnrolledOfficer("Nguyễn Thị Thử", "Cán bộ văn phòng", "Nhập liệu, lập gói", "Máy số 2"),
        ),
        words=WORDS,
        qr="ab" * 32,
        package_code="XPGY-EBTF-XCPC",
        file_name="ENROLMENT-CDX-NAMXUAN-001.cdpkg",
        authority=("TM. BAN THƯỜNG VỤ",),
        signer_title="CHỦ TỊCH",
        signer_name="Lý Thị Mẫu",
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def root(**changes: object) -> RootSheet:
    head = Letterhead(
        "Tổng Liên đoàn Lao động Việt Nam",
        "Tổng LĐLĐ Việt Nam",
        "Liên đoàn Lao động tỉnh Lai Châu",
        "PCB-LĐLĐ",
        "Lai Châu",
    )
    sheet = RootSheet(
        letterhead=head,
        unit_name="Liên đoàn Lao động tỉnh Lai Châu",
        unit_code="LDLD-LAICHAU",
        year=2026,
        words=WORDS,
        qr="cd" * 32,
        authority=("TM. BAN THƯỜNG VỤ",),
        signer_title="CHỦ TỊCH",
        signer_name="Hoàng Văn Thử",
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def receipt(**changes: object) -> ReceiptSheet:
    sheet = ReceiptSheet(
        letterhead=_HEAD["PBN"],
        receiver="Công đoàn cơ sở Công ty TNHH Chè Nậm Xuân",
        dated=date(2026, 6, 2),
        facts=(
            ("Loại gói, kỳ báo cáo", "Báo cáo 6 tháng đầu năm 2026 (01/12/2025 - 31/5/2026)"),
            ("Kế hoạch, phong trào", "Kế hoạch số 03/KH-CĐX ngày 22/01/2026"),
            ("Số thứ tự gói của đơn vị", "07 (gói liền trước đã nhận: 06; không thiếu gói)"),
            ("Thời điểm nhận", "14 giờ 35 phút ngày 02/6/2026, qua USB"),
            ("Mã xác thực gói", "Hợp lệ; người xác nhận: Chủ tịch CĐCS"),
            (
                "Số liệu trong gói",
                "08 chỉ tiêu; 10 hoạt động; 12 lượt người được hỗ trợ; tổng trị giá 26.300.000 đồng",
            ),
        ),
        verdict=Verdict.PARTLY,
        findings=(
            ReceiptFinding("Hỗ trợ, dòng 9", "Số CCCD có 11 chữ số", "Đối chiếu thẻ, nhập đủ 12 chữ số", _DUE),
            ReceiptFinding(
                "Hoạt động, dòng 3",
                "Thiếu số lượt người tham gia",
                "Bổ sung theo danh sách điểm danh",
                _DUE,
            ),
        ),
        request="Đề nghị đơn vị sửa trên phần mềm, lập gói số 08 gửi lại Công đoàn xã chậm nhất ngày 04/6/2026. "
        "Quá thời hạn, các dòng nêu trên không được tổng hợp vào báo cáo 6 tháng.",
        package_code="BG29-2101-ET77",
        receipt_code="VTGD-HFQ7-SEXZ",
        file_name="RECEIPT-CDX-0006.cdpkg",
        qr="ef" * 32,
        giver="Trần Thị Giao",
        taker="Nguyễn Thị Thử",
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def recovery(**changes: object) -> RecoverySheet:
    words = (*WORDS, "sông", "nương", "chè", "gió", "suối", "lúa")
    sheet = RecoverySheet("Công đoàn xã Nậm Xuân", "Máy số 1", date(2026, 1, 5), words, " ".join(words))
    return replace(sheet, **changes)  # type: ignore[arg-type]
