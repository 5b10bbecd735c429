"""Công văn đôn đốc: an official letter to the unions whose report is missing (rules A04, A07 cell 5b, A14).

It names a few unions itself; more stand in a list of their own behind it, so that the letter is one signed page.
"""

from __future__ import annotations

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.reminder import Reminder
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
    Table,
    head_row,
)
from congdoan_desktop.reports.wording import NO_BREAK, joined, number_line, padded, plan_again, plan_cited

_COLUMNS = (("TT", 12.0), ("Đơn vị", 93.0), ("Báo cáo gần nhất đã nhận", 60.0))
_NONE_YET = "Chưa có"
_INSIDE = 10
"""Unions that the letter names itself: with more its signature would not stand on the first page."""


def reminder_document(letter: Reminder) -> Document:
    """The letter; its number is left to the clerk."""
    closing = joined(f"{letter.unit_name} đề nghị các đơn vị quan tâm, nghiêm túc thực hiện./.")
    blocks: tuple[Block, ...] = (
        _letterhead(letter),
        Addressee(_receiver(letter)),
        *(Paragraph((Run(joined(text)),)) for text in _opening(letter)),
        *(() if _is_listed(letter) else (_table(letter, "Danh sách đơn vị chưa gửi báo cáo"),)),
        Paragraph((Run(joined(_request(letter))),)),
        Paragraph((Run(closing),), closing=True),
        Signature(
            (*letter.signature.authority, letter.signature.title), letter.signature.name, ("Như trên;", "Lưu: VT.")
        ),
    )  # fmt: skip
    sections = (Section(blocks), *((_list(letter),) if _is_listed(letter) else ()))
    return Document(f"Đôn đốc gửi {letter.what}", letter.unit_name, sections, letter.sample)


def _is_listed(letter: Reminder) -> bool:
    return len(letter.missing) > _INSIDE


def _list(letter: Reminder) -> Section:
    code = f"số{NO_BREAK * 8}/{letter.letterhead.code}"
    reference = f"(Kèm theo Công văn {code} {official_date(letter.dated)} của {letter.unit_name})"
    head = AnnexHead(f"Phụ{NO_BREAK}lục", f"Danh sách đơn vị chưa gửi {letter.what}", reference)
    return Section((head, _table(letter)))


def _letterhead(letter: Reminder) -> Letterhead:
    head = letter.letterhead
    about = joined(f"V/v đôn đốc gửi {letter.what} thực hiện {plan_again(letter.plan)}")
    day = f"{head.place}, {official_date(letter.dated)}"
    return heads.printed(head, number_line(head.code), day, about)


def _receiver(letter: Reminder) -> str:
    if len(letter.missing) == 1:
        return letter.missing[0].name
    return f"Các công đoàn có tên trong danh sách {'kèm theo' if _is_listed(letter) else 'dưới đây'}"


def _opening(letter: Reminder) -> list[str]:
    due = f"; thời hạn gửi {letter.what} là ngày {cited_date(letter.was_due)}" if letter.was_due else ""
    count = padded(len(letter.missing))
    told = f"đã nhận được {letter.what} của {letter.received}/{letter.expected} đơn vị; còn {count} đơn vị chưa gửi"
    if not letter.received:
        told = f"chưa nhận được {letter.what} của {count}/{count} đơn vị"
    named = " (có danh sách kèm theo)." if _is_listed(letter) else ", cụ thể:"
    return [
        f"{letter.unit_name} đang tổng hợp kết quả thực hiện {plan_cited(letter.plan)}{due}.",
        f"Đến hết ngày {cited_date(letter.dated)}, {letter.unit_name} {told}{named}",
    ]


def _request(letter: Reminder) -> str:
    return (
        f"Đề nghị các đơn vị có tên trên khẩn trương hoàn thành, gửi {letter.what} (bản có chữ ký, đóng dấu kèm gói dữ "
        f"liệu) về {letter.unit_name} trước ngày {cited_date(letter.until)} để kịp tổng hợp. Đơn vị đã gửi mà chưa "
        "được ghi nhận thì báo lại để kiểm tra."
    )


def _table(letter: Reminder, caption: str = "") -> Table:
    return Table(
        tuple(Column(width, "left" if at == 1 else "center") for at, (_, width) in enumerate(_COLUMNS)),
        head_row(name for name, _ in _COLUMNS),
        tuple(
            (Cell(str(at)), Cell(joined(one.name)), Cell(joined(one.last) or _NONE_YET))
            for at, one in enumerate(letter.missing, 1)
        ),
        caption=caption,
    )
