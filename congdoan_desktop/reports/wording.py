"""How official papers say things: padded counts, cited plans, joined words, ratios that never round a failure away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.period_report import PlanCitation

NO_BREAK = "\N{NO-BREAK SPACE}"
POINTS = "abcdđeghiklmnopqrstuvxy"
"""Letters of the points of a list: Vietnamese order, no f, j, w, z (rule A07)."""
SIGNED_BY_HAND = "(Ký, ghi rõ họ tên)"
LIST_BELOW_MM = 3.0
"""Between the rule of a list's title and its table."""
VERDICTS = {True: "Đạt", False: "Chưa đạt", None: "Chưa có số liệu"}

# Rule A04 with its union additions: what the first group of a document's code stands for.
_TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "PĐTĐ": "Phát động",
}
_DEFAULT_TYPE = "Kế hoạch"
LAUNCH = "Phát động"
_MOVEMENT = "phong trào"
# Titles that begin with these keep their capital inside a sentence (rule A16).
_PROPER = ("Tết ", "Đảng ", "Bác ", "Quốc ", "Việt ", "Hồ ", "Công đoàn ")
_JOINED = (
    re.compile(r"\b([Ss]ố|ngày|tháng|Bảng) (?=[\d/])"),
    re.compile(r"\b(năm) (?=\d{4})"),
    re.compile(r"\b(quý) (?=[IVX])"),
    re.compile(r"\b(Biểu) (?=đồ \d)"),
    re.compile(r"\b(Biểu.đồ) (?=\d)"),
    re.compile(r"\b(Phụ) (?=lục)"),
    re.compile(r"(\d) (?=(?:đồng|CĐCS|chỉ|lượt|hoạt|đoàn|người|lần|tháng|công)\b)"),
    re.compile(r"\b(y) (?=tế\b)"),
    re.compile(r"(\d) (?=- \d)"),
    re.compile(rf"(\d{NO_BREAK}-) (?=\d)"),
)
_MOST_DECIMALS = 4
_LONGEST_PROOF = 7


def joined(text: str) -> str:
    """The text with no-break spaces where a number, a code or a unit must not be torn off."""
    for pattern in _JOINED:
        text = pattern.sub(rf"\1{NO_BREAK}", text)
    return text


def padded(count: int) -> str:
    """A count inside a sentence: 3 -> "03", 2212 -> "2.212"."""
    return f"0{count}" if 0 < count < 10 else group_thousands(count)


def capitalised(text: str) -> str:
    """The text with its first letter in capitals, the rest as it is."""
    return text[:1].upper() + text[1:]


def money(amount: int) -> str:
    return f"{group_thousands(amount)} đồng"


def money_cell(amount: int) -> str:
    """A cell of a money column: "-" for nothing."""
    return group_thousands(amount) if amount else "-"


def by_fund(amounts: Iterable[tuple[str, int]]) -> str:
    """Sums by fund as a sentence tells them: "Quỹ Xã hội 29.000.000 đồng; Tài chính công đoàn 8.000.000 đồng"."""
    sums: dict[str, int] = {}
    for fund, amount in amounts:
        sums[fund] = sums.get(fund, 0) + amount
    return "; ".join(f"{fund} {money(amount)}" for fund, amount in sums.items())


def number_line(code: str) -> str:
    """The line "Số:", room for the clerk, "/BC-CĐX": the program never gives a number itself (rule A11)."""
    return f"Số:{NO_BREAK * 10}/{code}"


def blank_date(place: str, year: int) -> str:
    """A date line whose day and month are written by hand."""
    return f"{place}, ngày{NO_BREAK * 7}tháng{NO_BREAK * 7}năm {year}"


def inside_sentence(title: str) -> str:
    """A title as it continues a sentence: its first letter small, unless it is a name or in capitals (rule A16)."""
    tidy = title.strip().rstrip(".;")
    first = tidy.split(" ", 1)[0]
    if f"{tidy} ".startswith(_PROPER) or not first[1:].islower():
        return tidy
    return tidy[0].lower() + tidy[1:]


def plan_type(plan: PlanCitation) -> str:
    """The word "Kế hoạch", read out of the number's code; a plan without a number is called so too."""
    code = plan.number.rpartition("/")[2].split("-", 1)[0].strip()
    return _TYPES.get(code, _DEFAULT_TYPE)


def plan_named(plan: PlanCitation) -> str:
    """The plan by its subject, for a title: "Kế hoạch tổ chức ...", "phong trào thi đua ..."."""
    kind = plan_type(plan)
    subject = plan_subject(plan.title, kind)
    return subject if kind == LAUNCH else f"{kind} {subject}"


def plan_subject(title: str, kind: str) -> str:
    """What the plan is about, as it continues a sentence: without its type, with which some titles begin."""
    subject = inside_sentence(title)
    return subject[len(kind) :].strip() if subject.lower().startswith(f"{kind.lower()} ") else subject


def plan_cited(plan: PlanCitation) -> str:
    """The first citation: type, number, date, issuer, subject (rule A15); what is launched follows its type.

    A movement whose launch has no number is cited itself: "phong trào ... do ... phát động".
    """
    kind = plan_type(plan)
    subject = plan_subject(plan.title, kind)
    if kind == LAUNCH and subject and not _numbered(plan):
        return f"{subject} do {plan.issuer} phát động" if plan.issuer else subject
    parts = [
        f"{kind} {subject}" if kind == LAUNCH else kind,
        f"số {plan.number}" if _numbered(plan) else "",
        f"ngày {cited_date(plan.issued_on)}" if plan.issued_on else "",
        f"của {plan.issuer}" if plan.issuer else "",
        f"về {subject}" if subject and kind != LAUNCH else "",
    ]
    return " ".join(part for part in parts if part)


def plan_again(plan: PlanCitation) -> str:
    """A later citation: type and number only (rule A15)."""
    kind = plan_type(plan)
    if _numbered(plan):
        return f"{kind} số {plan.number}"
    return f"{_MOVEMENT if plan_subject(plan.title, kind).startswith(_MOVEMENT) else kind} nêu trên"


def plan_in_short(plan: PlanCitation) -> str:
    """The plan in a row of its own, not cited before: by its number, else by its subject."""
    return plan_again(plan) if _numbered(plan) else capitalised(plan_named(plan))


def _numbered(plan: PlanCitation) -> bool:
    return bool(plan.number) and not plan.number.startswith("/")


def percent(numerator: int, denominator: int, mark: Fraction | None) -> str:
    """Per cent with one decimal, half rounded up; more where rounding would put the result on the other side of the
    mark: 2999 of 4000 against 75 is "74,98%", not "75,0%".
    """
    exact = Fraction(100 * numerator, denominator)
    for decimals in range(1, _MOST_DECIMALS + 1):
        scaled = (2 * exact * 10**decimals + 1) // 2
        if all(
            _side(Fraction(scaled, 10**decimals), at) == _side(exact, at)
            for at in (mark, Fraction(100))
            if at is not None
        ):
            break
    whole, part = divmod(scaled, 10**decimals)
    return f"{group_thousands(whole)},{part:0{decimals}}%"


def proof(numerator: int, denominator: int) -> str:
    """What a share is made of, in a narrow cell: a long one may part after its stroke."""
    above, below = group_thousands(numerator), group_thousands(denominator)
    return f"{above}/{below}" if len(above) + len(below) <= _LONGEST_PROOF else f"{above}/ {below}"


def bare_percent(shown: str) -> str:
    """A percentage as it stands beside a bar: "100,0%" -> "100", "92,9%" -> "92,9"."""
    return shown.removesuffix("%").removesuffix(",0")


def _side(value: Fraction, mark: Fraction) -> int:
    return (value > mark) - (value < mark)
