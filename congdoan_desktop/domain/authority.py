"""On whose behalf somebody signs (rule A12): TM., KT., TL., TUQ., and the titles that go with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from congdoan_desktop.domain.text import search_key, upper
from congdoan_desktop.errors import Finding

OWN = "KÝ THEO CHỨC DANH"
"""The head signs by the title alone: no line stands above it."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """`titles`: how the signer's title begins; a title that begins otherwise is `wrong`."""

    titles: tuple[str, ...]
    wrong: str


_HEADS = ("Chủ tịch", "Quyền Chủ tịch", "Q. Chủ tịch")
_COLLECTIVE = (*_HEADS, "Phó Chủ tịch", "Ủy viên", "Chủ nhiệm", "Phó Chủ nhiệm")
_DEPARTMENT = ("Trưởng", "Phó Trưởng", "Phó ban", "Chánh", "Phó Chánh", "Chủ nhiệm", "Phó Chủ nhiệm", "Cán bộ")
_DEPUTIES = ("Phó",)
_RULES: Mapping[str, _Rule] = {
    "TM.": _Rule(_COLLECTIVE, "“TM.” do chủ tịch, phó chủ tịch hoặc ủy viên của tập thể ký. Trưởng ban ký “TL.”."),
    "KT.": _Rule(_DEPUTIES, "“KT.” là cấp phó ký thay cấp trưởng. Chọn chức vụ bắt đầu bằng “Phó”, hoặc ký “TM.”."),
    "TL.": _Rule(_DEPARTMENT, "“TL.” là cấp dưới ký thừa lệnh. Chủ tịch, phó chủ tịch ký “TM.”."),
    "TUQ.": _Rule(_DEPARTMENT, "“TUQ.” là người được ủy quyền ký. Chủ tịch, phó chủ tịch ký “TM.”."),
}

AUTHORITIES = (
    "TM. BAN THƯỜNG VỤ",
    "TM. BAN CHẤP HÀNH",
    "TM. ĐOÀN CHỦ TỊCH",
    "KT. CHỦ TỊCH",
    "KT. TRƯỞNG BAN",
    "TL. BAN THƯỜNG VỤ",
    "TL. CHỦ TỊCH",
    "TUQ. BAN THƯỜNG VỤ",
    OWN,
)
"""A deputy of a union signs TM. without a line KT. (union practice)."""


def lines(authority: str) -> tuple[str, ...]:
    """What stands above the title."""
    return () if authority in ("", OWN) else (authority,)


def printed_title(title: str) -> str:
    """The title in capitals; an acting head's word is shortened: "Quyền Chủ tịch" -> "Q. CHỦ TỊCH"."""
    name = upper(title)
    return f"Q. {name.removeprefix('QUYỀN ')}" if name.startswith("QUYỀN ") else name


def findings(authority: str, title: str) -> Iterator[Finding]:
    """Whether the title may sign so. It only warns: titles are in no closed list."""
    rule = _RULES.get(authority.split(" ", 1)[0])
    key = search_key(title)
    if rule is not None and key and not key.startswith(tuple(map(search_key, rule.titles))):
        yield Finding("signer_title", rule.wrong, warning=True)
    if authority == OWN and key.startswith("pho"):
        yield Finding("signer_title", "Cấp phó không ký theo chức danh riêng; chọn “TM.” hoặc “KT.”.", warning=True)
