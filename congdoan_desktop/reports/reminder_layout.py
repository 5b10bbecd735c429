"""Công văn đôn đốc: an official letter to the unions whose report is missing (rules A04, A07 cell 5b, A14).

One union it names in its sentences, a few in a table; more stand in a list of their own behind it, so that the letter
is one signed page.
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
from congdoan_desktop.reports.pdf import takes_one_page
from congdoan_desktop.reports.wording import (
    NO_BREAK,
    capitalised,
    joined,
    number_line,
    padded,
    plan_again,
    plan_cited,
)

_COLUMNS = (("TT", 12.0), ("Đơn vị", 93.0), ("Báo cáo gần nhất đã nhận", 60.0))
_NONE_YET = "Chưa có"
_INSIDE = 10
"""The most unions that the letter names itself, as long as it stays on one page."""


def reminder_document(letter: Reminder) -> Document:
    """The letter as the template in use sets it; its number is left to the clerk."""
    inside = Section(_blocks(letter, listed=False))
    if len(letter.missing) <= _INSIDE and takes_one_page(inside):
        sections: tuple[Section, ...] = (inside,)
    else:
        sections = (Section(_blocks(letter, listed=True)), _list(letter))
    return Document(f"Đôn đốc gửi {letter.what}", letter.unit_name, sections, letter.sample)


def _blocks(letter: Reminder, *, listed: bool) -> tuple[Block, ...]:
    """`listed`: the unions stand in the annex."""
    tabled = not listed and len(letter.missing) > 1
    closing = f"{letter.unit_name} đề nghị {_asked(letter)} quan tâm, nghiêm túc thực hiện./."
    return (
        _letterhead(letter),
        Addressee(_receiver(letter, listed=listed)),
        *(_text(line) for line in _opening(letter, listed=listed)),
        *((_table(letter, "Danh sách đơn vị chưa gửi báo cáo"),) if tabled else ()),
        _text(_request(letter)),
        _text(closing, closing=True),
        Signature(
            (*letter.signature.authority, letter.signature.title), letter.signature.name, ("Như trên;", "Lưu: VT.")
        ),
    )  # fmt: skip


def _text(text: str, *, closing: bool = False) -> Paragraph:
    return Paragraph((Run(joined(text)),), closing=closing)


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


def _receiver(letter: Reminder, *, listed: bool) -> str:
    if len(letter.missing) == 1:
        return letter.missing[0].name
    return f"Các công đoàn có tên trong danh sách {'kèm theo' if listed else 'dưới đây'}"


def _asked(letter: Reminder) -> str:
    """Who is asked, inside a sentence."""
    return letter.missing[0].name if len(letter.missing) == 1 else "các đơn vị"


def _opening(letter: Reminder, *, listed: bool) -> list[str]:
    due = f"; thời hạn gửi {letter.what} là ngày {cited_date(letter.was_due)}" if letter.was_due else ""
    return [
        f"{letter.unit_name} đang tổng hợp kết quả thực hiện {plan_cited(letter.plan)}{due}.",
        f"Đến hết ngày {cited_date(letter.dated)}, {letter.unit_name} {_told(letter, listed=listed)}",
    ]


def _told(letter: Reminder, *, listed: bool) -> str:
    """How many have reported and who has not."""
    count = padded(len(letter.missing))
    heard = f"đã nhận được {letter.what} của {letter.received}/{letter.expected} đơn vị; còn {count} đơn vị chưa gửi"
    if len(letter.missing) == 1:
        one = letter.missing[0]
        last = f" (báo cáo gần nhất đã nhận: {one.last})" if one.last else ""
        return f"{heard} là {one.name}{last}." if letter.received else f"chưa nhận được {letter.what}{last}."
    if not letter.received:
        heard = f"chưa nhận được {letter.what} của {count}/{count} đơn vị"
    return heard + (" (có danh sách kèm theo)." if listed else ", cụ thể:")


def _request(letter: Reminder) -> str:
    alone = len(letter.missing) == 1
    return (
        f"Đề nghị {_asked(letter)}{'' if alone else ' có tên trên'} khẩn trương hoàn thành, gửi {letter.what} (bản có "
        f"chữ ký, đóng dấu kèm gói dữ liệu) về {letter.unit_name} trước ngày {cited_date(letter.until)} để kịp tổng "
        f"hợp. {'Nếu' if alone else 'Đơn vị'} đã gửi mà chưa được ghi nhận thì báo lại để kiểm tra."
    )


def _table(letter: Reminder, caption: str = "") -> Table:
    return Table(
        tuple(Column(width, "left" if at == 1 else "center") for at, (_, width) in enumerate(_COLUMNS)),
        head_row(name for name, _ in _COLUMNS),
        tuple(
            (Cell(str(at)), Cell(joined(one.name)), Cell(joined(capitalised(one.last)) or _NONE_YET))
            for at, one in enumerate(letter.missing, 1)
        ),
        caption=caption,
    )
