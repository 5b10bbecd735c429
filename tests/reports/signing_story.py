"""A list to sign of Công đoàn xã Nậm Xuân. Persons and numbers are invented."""

from __future__ import annotations

from datetime import date

from congdoan_desktop.domain.gift_papers import SigningList, SigningRow
from congdoan_desktop.domain.period_report import Letterhead, Signature

_NAMES = ("Nguyễn Thị Ái", "Đặng Văn An", "Trần Văn Anh", "Lò Văn Ân", "Giàng Thị Dung", "Đinh Văn Dũng")
_UNITS = ("Cơ quan UBND xã Nậm Xuân", "Trường PTDTBT Tiểu học Bản Lướt", "Công ty CP Thủy điện Nậm Xuân 3")


def signing_list(count: int = 32, decision: str = "15/QĐ-CĐX", issuer: str = "Công đoàn xã Nậm Xuân") -> SigningList:
    return SigningList(
        Letterhead("Liên đoàn Lao động tỉnh Lai Châu", "LĐLĐ tỉnh Lai Châu", issuer, "DS-CĐX", "Nậm Xuân"),
        "quà Tháng Công nhân năm 2026",
        decision,
        "",
        date(2026, 5, 18),
        tuple(
            SigningRow(_NAMES[at % 6], 1975 + at, f"012•••••{at:04}", _UNITS[at % 3], 1_000_000, 300_000)
            for at in range(count)
        ),
        "Nguyễn Thị Thử",
        Signature(("TM. BAN THƯỜNG VỤ",), "PHÓ CHỦ TỊCH", "Lò Văn Mẫu"),
    )
