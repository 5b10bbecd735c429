"""Which levels of unions a duty binds, out of the words that say who reports.

A proposal, which the officer sees and changes. Codes are those of the catalogue of levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_COMMUNES_ABOVE = date(2025, 7, 1)
"""Since then the union of a commune stands above CĐCS (rules C02, C03); before it was one of them."""
_KINDS = r"(?:xã|phường|thị trấn|đặc khu)"
_CITY_WORDS = r"(?:huyện|quận|thị xã)"
_BELONGING = re.compile(r"(?:trực thuộc|thuộc|của|do|với) (?!CĐCS|công đoàn cơ sở).*", re.IGNORECASE | re.DOTALL)
_WHAT_IS_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("to_cong_doan", re.compile(r"tổ công đoàn|tổ CĐ(?!\w)|công đoàn bộ phận", re.IGNORECASE)),
    ("co_so", re.compile(r"CĐCS|(?:công đoàn|CĐ) cơ sở|nghiệp đoàn", re.IGNORECASE)),
    (
        "cap_tren",
        re.compile(
            rf"cấp trên (?:trực tiếp )?cơ sở|(?:LĐLĐ|liên đoàn lao động)(?: các)? {_CITY_WORDS}"
            r"|(?:công đoàn|CĐ)(?: các)? (?:ngành|viên chức|giáo dục|y tế"
            r"|khu công nghiệp|KCN|khu kinh tế|KKT|tổng công ty)"
            r"|CĐN|CĐVC|CĐGD",
            re.IGNORECASE,
        ),
    ),
    (
        "tinh",
        re.compile(
            r"(?:LĐLĐ|liên đoàn lao động)(?: các| cấp)? (?:tỉnh|thành phố trực thuộc trung ương)", re.IGNORECASE
        ),
    ),
)
_COMMUNES = re.compile(rf"(?:công đoàn|CĐ)(?: các)? {_KINDS}(?!\w)|CĐX|CĐP(?!\w)", re.IGNORECASE)


def proposed(who: str, issued: date | None) -> tuple[str, ...]:
    """The levels that `who` names, in the order of the catalogue from above; () where it names none or all.

    "Các cấp công đoàn", "các đơn vị" and departments name none. `issued`: day of the plan, None when unknown.
    """
    found = set(_named(_BELONGING.sub("", who), issued))
    return tuple(code for code in ("tinh", "cap_tren", "co_so", "to_cong_doan") if code in found)


def _named(who: str, issued: date | None) -> Iterator[str]:
    yield from (code for code, pattern in _WHAT_IS_SAID if pattern.search(who))
    if _COMMUNES.search(who):
        yield "co_so" if issued is not None and issued < _COMMUNES_ABOVE else "cap_tren"
