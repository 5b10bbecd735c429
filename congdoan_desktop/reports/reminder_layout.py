"""Công văn đôn đốc: an official letter to the unions whose report is missing (rules A04, A07 cell 5b, A14)."""

from __future__ import annotations

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.reminder import Reminder
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Addressee,
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
from congdoan_desktop.reports.wording import joined, number_line, padded, plan_again, plan_cited

_COLUMNS = (("TT", 12.0), ("Đơn vị", 93.0), ("Báo cáo gần nhất đã nhận", 60.0))
_NONE_YET = "Chưa có"


def reminder_document(letter: Reminder) -> Document:
    """The letter; its number is left to the clerk."""
    closing = joined(f"{letter.unit_name} đề nghị các đơn vị quan tâm, nghiêm túc thực hiện./.")
    blocks: tuple[Block, ...] = (
        _letterhead(letter),
        Addressee(_receiver(letter)),
        *(Paragraph((Run(joined(text)),)) for text in _opening(letter)),
        _table(letter),
        Paragraph((Run(joined(_request(letter))),)),
        Paragraph((Run(closing),), closing=True),
        Signature(
            (*letter.signature.authority, letter.signature.title), letter.signature.name, ("Như trên;", "Lưu: VT.")
        ),
    )  # fmt: skip
    return Document(f"Đôn đốc gửi {letter.what}", letter.unit_name, (Section(blocks),), letter.sample)


def _letterhead(letter: Reminder) -> Letterhead:
    head = letter.letterhead
    about = joined(f"V/v đôn đốc gửi {letter.what} thực hiện {plan_again(letter.plan)}")
    day = f"{head.place}, {official_date(letter.dated)}"
    return heads.printed(head, number_line(head.code), day, about)


def _receiver(letter: Reminder) -> str:
    if len(letter.missing) == 1:
        return letter.missing[0].name
    return "Các công đoàn có tên trong danh sách dưới đây"


def _opening(letter: Reminder) -> list[str]:
    due = f"; thời hạn gửi {letter.what} là ngày {cited_date(letter.was_due)}" if letter.was_due else ""
    count = padded(len(letter.missing))
    return [
        f"{letter.unit_name} đang tổng hợp kết quả thực hiện {plan_cited(letter.plan)}{due}.",
        (
            f"Đến hết ngày {cited_date(letter.dated)}, {letter.unit_name} đã nhận được {letter.what} của "
            f"{letter.received}/{letter.expected} đơn vị; còn {count} đơn vị chưa gửi, cụ thể:"
        ),
    ]


def _request(letter: Reminder) -> str:
    return (
        f"Đề nghị các đơn vị có tên trên khẩn trương hoàn thành, gửi {letter.what} (bản có chữ ký, đóng dấu kèm gói dữ "
        f"liệu) về {letter.unit_name} trước ngày {cited_date(letter.until)} để kịp tổng hợp. Đơn vị đã gửi mà chưa "
        "được ghi nhận thì báo lại để kiểm tra."
    )


def _table(letter: Reminder) -> Table:
    return Table(
        tuple(Column(width, "left" if at == 1 else "center") for at, (_, width) in enumerate(_COLUMNS)),
        head_row(name for name, _ in _COLUMNS),
        tuple(
            (Cell(str(at)), Cell(joined(one.name)), Cell(joined(one.last) or _NONE_YET))
            for at, one in enumerate(letter.missing, 1)
        ),
        caption="Danh sách đơn vị chưa gửi báo cáo",
    )
