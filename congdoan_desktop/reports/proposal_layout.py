"""Tờ trình đề nghị hỗ trợ with its list as an annex (rules A07, A14, B10; circumstances on the list alone, C07)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.money import money_in_words
from congdoan_desktop.domain.need_papers import ProposalPaper, ProposedRow
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Addressee,
    AnnexHead,
    Block,
    Cell,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Run,
    Section,
    Signature,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.grounds import grounds
from congdoan_desktop.reports.wording import (
    NO_BREAK,
    SIGNED_BY_HAND,
    by_fund,
    joined,
    money,
    money_cell,
    number_line,
    padded,
    plan_cited,
)

_COLUMNS = (
    ("TT", Column(10)),
    ("Họ và tên", Column(37, "left")),
    ("Năm sinh", Column(14)),
    ("Công đoàn cơ sở", Column(46, "left")),
    ("Hoàn cảnh", Column(66, "left")),
    ("Nội dung đề nghị", Column(34, "left")),
    ("Số tiền (đồng)", Column(23, "right")),
    ("Đối tượng", Column(22)),
)
_NAMED = 6
"""Columns under the words of the sum."""
USE = (
    "Danh sách có thông tin về sức khỏe và hoàn cảnh gia đình, chỉ dùng cho việc xét hỗ trợ, không niêm yết, không sao "
    "gửi ra ngoài."
)
_ENCLOSED = "hồ sơ minh chứng được gửi kèm Tờ trình này."
_ROUND = re.compile(r"(?:đợt \S+(?: năm \d{4})?|(?:quý \S+ )?năm \d{4})$")
"""What a subject says last of its time: "đợt 1 năm 2026"."""


def proposal_document(made: ProposalPaper) -> Document:
    """The paper; room is left where the clerk has given no number (rule A11)."""
    body: list[Block] = [
        _letterhead(made),
        Title("Tờ trình", joined(f"Về việc {made.title}")),
        Addressee(made.to),
        *_bases(made),
        *(Paragraph(runs) for runs in _facts(made)),
        Paragraph((Run(joined(f"Kính đề nghị {made.to} xem xét, quyết định./.")),), closing=True),
        Signature(_signing(made), made.signature.name, ("Như trên;", "Lưu: VT, hồ sơ.")),
    ]
    return Document(
        f"Tờ trình {made.title}",
        made.unit_name,
        (Section(tuple(body)), Section(_annex(made), landscape=True)),
        made.sample,
    )


def _signing(made: ProposalPaper) -> tuple[str, ...]:
    """Nobody signs for the committee that the proposal goes to."""
    return ("NGƯỜI ĐỀ NGHỊ",) if made.inside else (*made.signature.authority, made.signature.title)


def people_of(rows: Iterable[ProposedRow], called: str = "người") -> str:
    """People and collectives as counted in a sentence: "05 người và 01 tập thể"."""
    found = list(rows)
    people, groups = sum(not row.collective for row in found), sum(row.collective for row in found)
    parts = [f"{padded(people)} {called}"] if people else []
    return " và ".join([*parts, *([f"{padded(groups)} tập thể"] if groups else [])])


def _letterhead(made: ProposalPaper) -> Letterhead:
    head = made.letterhead
    number = f"Số: {made.number}" if made.number else number_line(head.code)
    return heads.printed(head, number, f"{head.place}, {official_date(made.on)}")


def _bases(made: ProposalPaper) -> list[Paragraph]:
    whose = f"của Ban Thường vụ {made.unit_name}"
    lines = [f"Căn cứ {plan_cited(made.plan)}"] if made.plan else []
    if made.met_on:
        lines.append(f"Căn cứ Biên bản họp xét hỗ trợ ngày {cited_date(made.met_on)} {whose}")
    return grounds(lines)


def _facts(made: ProposalPaper) -> list[tuple[Run, ...]]:
    """The opening and the four numbered facts; the sum stands in figures and in words."""
    heard = " và kết quả họp xét" if made.met_on else ""
    in_kind = sum(row.in_kind for row in made.rows)
    goods = f", trong đó hiện vật trị giá {money(in_kind)}" if in_kind else ""
    who = "" if made.inside else f"Ban Thường vụ {made.unit_name} "
    opening = (
        f"Qua rà soát, đề nghị của các công đoàn cơ sở{heard}, {who}kính trình {made.to} xem xét, {made.title} "
        f"như{NO_BREAK}sau:"
    )
    return [
        (Run(joined(opening)),),
        (Run(joined(f"1. {_count(made.rows)} (Danh sách trích ngang tại Phụ lục kèm theo).")),),
        (
            Run(joined(f"2. Tổng số tiền đề nghị: {money(made.total)} ")),
            Run(f"(Bằng chữ: {money_in_words(made.total)})", italic=True),
            Run(joined(f"{goods}.")),
        ),
        (Run(joined(f"3. Nguồn kinh phí: {by_fund((row.fund, row.amount) for row in made.rows)}.")),),
        (Run(joined(f"4. {_before(made)}; {'biên bản họp xét và ' * bool(made.met_on)}{_ENCLOSED}")),),
    ]


def _count(rows: Iterable[ProposedRow]) -> str:
    found = list(rows)
    who = "" if any(row.collective for row in found) else "người "
    return f"Số {who}đề nghị hỗ trợ: {people_of(found, 'đoàn viên, người lao động')}"


def _before(made: ProposalPaper) -> str:
    """Whether somebody was helped alike this year (rule B10): the records say so, nobody has to vouch for it."""
    if not made.again:
        return f"Các trường hợp nêu trên chưa được hỗ trợ cùng nội dung trong năm {made.on.year}"
    return f"Có {padded(made.again)} trường hợp đã được hỗ trợ cùng nội dung trong năm {made.on.year}, đề nghị xem xét"


def _annex(made: ProposalPaper) -> tuple[Block, ...]:
    number = made.number or f"{NO_BREAK * 8}/{made.letterhead.code}"
    reference = f"(Kèm theo Tờ trình số{NO_BREAK}{number} {official_date(made.on)} của {made.unit_name})"
    return (
        AnnexHead(f"Phụ{NO_BREAK}lục", _annex_title(made.title), reference),
        _table(made),
        Signers((("NGƯỜI LẬP DANH SÁCH", SIGNED_BY_HAND, made.maker), _signer(made)), form="list"),
    )


def _annex_title(subject: str) -> str:
    when = _ROUND.search(subject)
    title = "Danh sách trích ngang đoàn viên, người lao động đề nghị hỗ trợ"
    return f"{title} {when[0]}" if when else title


def _signer(made: ProposalPaper) -> tuple[str, str, str]:
    if made.inside:
        return (_signing(made)[0], SIGNED_BY_HAND, made.signature.name)
    return (made.signature.authority[0], made.signature.title, made.signature.name)


def _table(made: ProposalPaper) -> Table:
    total = (
        Cell(joined(f"Tổng cộng: {people_of(made.rows)}"), bold=True, align="left", columns=_NAMED),
        Cell(money_cell(made.total), bold=True),
        Cell(""),
    )
    return Table(
        tuple(column for _, column in _COLUMNS),
        head_row(name for name, _ in _COLUMNS),
        (*(_row(number, row) for number, row in enumerate(made.rows, 1)), total),
        words=f"(Bằng chữ: {money_in_words(made.total)}).",
        note=USE,
        tail=3,
        signed=True,
    )


def _row(number: int, row: ProposedRow) -> tuple[Cell, ...]:
    return (
        Cell(str(number)),
        Cell(row.name),
        Cell(str(row.birth_year or "")),
        Cell(joined(row.unit)),
        Cell(joined(row.circumstances)),
        Cell(joined(row.what)),
        Cell(money_cell(row.amount)),
        Cell(row.beneficiary),
    )
