"""A tờ trình of Công đoàn xã Nậm Xuân, its minutes and its decision. Persons and numbers are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.need_papers import (
    DecidedRow,
    DecisionPaper,
    HeardRow,
    MinutesPaper,
    ProposalPaper,
    ProposedRow,
)
from congdoan_desktop.domain.period_report import Letterhead, PlanCitation, Signature
from congdoan_desktop.domain.proposals import Attendee

_HEAD = Letterhead(
    "Liên đoàn Lao động tỉnh Lai Châu", "LĐLĐ tỉnh Lai Châu", "Công đoàn xã Nậm Xuân", "TTr-CĐX", "Nậm Xuân"
)
_UNION = "Công đoàn xã Nậm Xuân"
_SIGNER = Signature(("TM. BAN THƯỜNG VỤ",), "CHỦ TỊCH", "Lý Thị Mẫu")
_SOCIAL, _OWN = "Quỹ Xã hội Công đoàn tỉnh", "nguồn tài chính công đoàn cấp tỉnh"
_TITLE = "hỗ trợ đoàn viên, người lao động có hoàn cảnh đặc biệt khó khăn đợt 1 năm 2026"
_PEOPLE = (
    ("Giàng Thị Dung", 1995, "Trường PTDTBT THCS Bản Lướt", "Ốm nặng, điều trị nhiều tháng ở tuyến trên",
     "Trợ cấp bệnh hiểm nghèo", 5_000_000, _SOCIAL, "Đoàn viên"),
    ("Vàng A Dũng", 1988, "Hợp tác xã Dược liệu Nậm Xuân", "Nhà gỗ cũ đã dột và mục; hộ nghèo, con còn nhỏ",
     "Mái ấm Công đoàn (sửa chữa)", 20_000_000, _SOCIAL, "Đoàn viên"),
    ("Tao Văn Khăm", 1979, "Công ty CP Thủy điện Nậm Xuân 3", "Tai nạn khi làm việc, không còn làm được việc nặng",
     "Trợ cấp tai nạn lao động", 5_000_000, _OWN, "Đoàn viên"),
    ("Phàn Thị Mẩy", 1991, "Công ty TNHH Chè Nậm Xuân", "Lốc làm bay mái nhà, hỏng hết thóc trong bồ",
     "Trợ cấp thiên tai", 4_000_000, _SOCIAL, "Người lao động"),
    ("Lò Thị Ương", 1984, "Trường Mầm non Nậm Xuân", "Chồng đã mất, một mình nuôi mẹ và 02 con",
     "Trợ cấp khó khăn", 3_000_000, _OWN, "Đoàn viên"),
)  # fmt: skip


def proposal_paper(count: int = 5, **changes: object) -> ProposalPaper:
    rows = tuple(
        ProposedRow(name, year, unit, told, what, amount, 0, fund, who)
        for name, year, unit, told, what, amount, fund, who in (_PEOPLE[at % 5] for at in range(count))
    )
    made = ProposalPaper(
        _HEAD, _UNION, "09/TTr-CĐX", date(2026, 5, 12), _TITLE, "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
        False, PlanCitation("03/KH-CĐX", date(2026, 1, 22), f"Ban Thường vụ {_UNION}", "Chăm lo đoàn viên năm 2026"),
        date(2026, 5, 8), rows, 0, "Nguyễn Thị Thử", _SIGNER,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of the paper


def minutes_paper(count: int = 5) -> MinutesPaper:
    rows = tuple(
        HeardRow(
            name, unit, amount, "Đồng ý" if at % 5 else "Hoãn", amount if at % 5 else 0, "" if at % 5 else "chờ giấy"
        )
        for at, (name, _, unit, _, _, amount, _, _) in enumerate(_PEOPLE[at % 5] for at in range(count))
    )
    members = (Attendee("Lý Thị Mẫu", "Chủ tịch"), Attendee("Lò Văn Mẫu"), Attendee("Nguyễn Thị Thử", "Ủy viên"))
    agreed = sum(row.amount > 0 for row in rows)
    return MinutesPaper(
        replace(_HEAD, code="BB-CĐX"), _UNION, date(2026, 5, 14), "phòng họp",
        f"Tờ trình số 09/TTr-CĐX ngày 12/5/2026 về việc {_TITLE}", _TITLE, members, "", rows,
        (("Đồng ý", agreed), ("Hoãn", count - agreed), ("Không hỗ trợ", 0)), "",
    )  # fmt: skip


def decision_paper(count: int = 5) -> DecisionPaper:
    rows = tuple(
        DecidedRow(name, year, unit, "Trợ cấp", fund, amount)
        for name, year, unit, _, _, amount, fund, _ in (_PEOPLE[at % 5] for at in range(count))
    )
    head = replace(_HEAD, code="QĐ-CĐX")
    return DecisionPaper(
        head, _UNION, "15/QĐ-CĐX", date(2026, 5, 16), _TITLE, None, date(2026, 5, 14),
        f"Tờ trình số 09/TTr-CĐX ngày 12/5/2026 về việc {_TITLE}", rows, "Nguyễn Thị Thử", _SIGNER,
    )  # fmt: skip
