"""Stretches of text whose digits count nothing that could be reached: dates, ordinals, codes, names of programmes.

Each kind has one pattern. Those that look like targets to a quick reader carry the role under which they are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from congdoan_desktop.planreader.citations import CODE
from congdoan_desktop.planreader.draft import Role, Span

_HONOURED = (
    r"(?:Ngày|ngày|thành lập|chia tách|tái lập|truyền thống|giải phóng|Giải phóng|Cách mạng|Chiến thắng|Quốc khánh"
    r"|Công đoàn"
    r"|Đảng|Bác Hồ|Chủ tịch|xây dựng và (?:phát triển|trưởng thành)|hình thành|lịch sử|phong trào|Khởi nghĩa"
    r"|Thương binh)"
)
_PATTERNS: tuple[tuple[Role | None, re.Pattern[str]], ...] = (
    (None, CODE),
    (None, re.compile(r"(?:số|Số) ?\d{1,5}[a-z]?(?: ngày|,|\)| của| \()")),
    (Role.ANNIVERSARY, re.compile(rf"\d{{1,3}} năm (?:{_HONOURED})")),
    (Role.ANNIVERSARY, re.compile(r"(?:kỷ niệm|Kỷ niệm|lần thứ|chào mừng)(?: lần thứ)? \d{1,3} (?:năm|ngày)")),
    (None, re.compile(r"(?<![\d.,])\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}(?![\d%])")),
    (None, re.compile(r"(?<!\d)\d{1,2} ?[-–] ?\d{1,2}/\d{1,2}")),
    (None, re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")),
    (None, re.compile(r"(?<![\d.,/])(?:\d{1,2}/\d{4})(?![\d/%])")),
    (None, re.compile(r"(?i:ngày|từ|đến|dịp|mùng|hạn|trước|sau|là|lễ|và|,|\(|-|–) ?\d{1,2}[/-]\d{1,2}(?![\d/%]| số"
                      r"| tổng| trở| đoàn| ủy| thành)")),
    (None, re.compile(r"(?:ngày|tháng|Ngày|Tháng) ?\d{1,2}(?! (?:công|làm việc|lương))(?: ?[-–,] ?\d{1,2})?(?![\d%])")),
    (None, re.compile(r"(?<![\d.,])(?:19|20)\d{2} ?[-–] ?(?:19|20)\d{2}(?!\d)")),
    (None, re.compile(r"(?:năm|Năm|NĂM|học|khóa|đến|và|so với|cuối|,) (?:19|20)\d{2}(?!\d|\.\d| (?:đoàn|CĐCS|công"
                      r"|người|lượt))")),
    (None, re.compile(r"(?<![\d.,])\d{1,2} ?(?:giờ|h)(?: ?\d{2})?(?: phút)?(?!\w)")),
    (None, re.compile(
        r"(?:lần thứ|thứ|khóa|khoá|Khóa|Điều|điều|khoản|Khoản|Điểm|mục|Mục|Phụ lục|phụ lục|Mẫu|mẫu|biểu|Biểu|Đợt"
        r"|đợt|cấp độ"
        r"|Quý|quý|Phần|Chương|Nghị quyết|Quyết định|Chỉ thị|Nghị định|Luật số|Thông tư|Kết luận|Kế hoạch|Công văn"
        r"|Hướng dẫn"
        r"|lớp|Quốc lộ|đường|ngõ|tổ dân phố|điện thoại|ĐT|SĐT|Zalo|fax)(?: số"
        r"| \(?mẫu)?:? ?\d{1,12}(?:[./]\d{1,4}){0,3}(?![\d%])"
    )),
    (None, re.compile(r"(?<!\d)\d{1,2} tháng(?: đầu| cuối)?(?: năm)?(?!\w)")),
    (None, re.compile(r"(?<![\d.,])0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}(?!\d)")),
    (None, re.compile(r"(?<=[A-Za-zĐđ])[-.]?\d{1,4}(?![\d%])|(?i:công nghiệp(?: lần thứ)?"
                      r"|cách mạng(?: công nghiệp)?) \d\.\d|24/7")),
    (Role.PROGRAMME, re.compile(r"Chương trình (?:“|\")?\d{1,3}(?:\.\d{3})* (?:triệu |nghìn )?[^\W\d]+ ?[^\W\d]*")),
    (Role.PROGRAMME, re.compile(r"\d{1,2} Chương trình(?: mục tiêu)? [^\W\d]+ [^\W\d]+")),
    (Role.PROGRAMME, re.compile(r"“(?=[^”“\n%\d]{0,80}\d)[^”“\n%]{0,160}”")),
    (None, re.compile(r"(?<!\d)(?<!nhất )(?<!thiểu )\d{1,2} (?:tỉnh|nước|nhóm nội dung"
                      r"|nội dung (?:trọng tâm|chính|sau|“)"
                      r"|nhiệm vụ (?:trọng tâm|chủ yếu)|khâu đột phá|chỉ tiêu|chương trình (?:công tác|hành động)"
                      r"|nhóm (?:giải pháp|nhiệm vụ|vấn đề|chỉ tiêu|điểm)|đợt sau|đợt:"
                      r"|chương,)")),
    (None, re.compile(r"(?:chia (?:làm|thành|ra)|gồm|qua|trong) \d{1,2} (?:đợt|giai đoạn|bước|vòng|phần|cụm)(?!\w)")),
    (Role.NONE_AT_ALL, re.compile(r"(?i:không để(?: xảy ra)?|không xảy ra|không phát sinh)"
                                  r" (?!(?:xảy ra )?quá|ai )[^.;:,%\d\n“”()]{3,120}(?=[.;:,\n(]|$)")),
    (Role.RATE, re.compile(r"(?i:(?:kinh phí(?: công đoàn)?|KPCĐ|đoàn phí(?: công đoàn)?)) \(?\d{1,2}(?:,\d)? ?%\)?")),
    (Role.RATE, re.compile(r"\d{1,2}(?:,\d)? ?% (?:kinh phí|KPCĐ|đoàn phí|quỹ (?:tiền )?lương|tiền lương|mức lương"
                           r"|lương)")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mask:
    span: Span
    role: Role | None


def masks_in(text: str, start: int, end: int) -> tuple[Mask, ...]:
    """What hides numbers between two offsets, in order of the patterns, an earlier one before a later."""
    found: list[Mask] = []
    for role, pattern in _PATTERNS:
        found.extend(Mask(Span(match.start(), match.end()), role) for match in pattern.finditer(text, start, end))
    return tuple(found)


def offered(masks: tuple[Mask, ...]) -> Iterator[Mask]:
    """The masks that a quick reader would take for targets, none inside another."""
    end = -1
    for mask in sorted(masks, key=lambda mask: (mask.span.start, -mask.span.end)):
        if mask.role is not None and mask.span.start >= end:
            end = mask.span.end
            yield mask
