"""`congdoan import`: a list out of Excel, the imports so far, one of them undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import import_history, sheet_check, sheet_import
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_columns import LIST_NAMES, ListKind, brings_union, untaken
from congdoan_desktop.services.sheet_preview import Preview, Settings, State

_WORDS: Mapping[State, str] = {
    State.NEW: "nhập mới", State.CHANGED: "cập nhật", State.SAME: "không đổi", State.NEAR: "cần xem lại",
    State.REPEATED: "trùng dòng", State.FAULTY: "có lỗi",
}  # fmt: skip
_OPEN = frozenset({State.FAULTY, State.NEAR, State.REPEATED})
_PAST = (
    Column("id", "Số"), Column("at", "Lúc"), Column("kind_name", "Loại"), Column("source", "Tệp"),
    Column("officer", "Người nhập"), Column("new", "Mới"), Column("changed", "Cập nhật"),
    Column("returned", "Chưa nhập"), Column("undone_at", "Hoàn tác lúc"),
)  # fmt: skip
_ROWS = Part(
    "rows", "Dòng chưa nhập", (Column("row", "Dòng"), Column("state", "Tình trạng"), Column("notes", "Lý do", 200))
)


_SECTIONS = Part(
    "sections",
    "Tên mục trong danh sách, không phải đơn vị",
    (Column("name", "Mục"), Column("rows", "Dòng"), Column("union", "Ghi vào")),
)
_LEFT = Part("left", "Cột không nhập", (Column("column", "Cột", 200),))


class UnknownList(AppError):
    def __init__(self, kind: str) -> None:
        kinds = ", ".join(f"{one} ({name})" for one, name in LIST_NAMES.items())
        super().__init__(f"Không có loại danh sách “{kind}”.", todo=f"Thêm --kind với một trong: {kinds}.")


def _import(office: Office, given: Given) -> Answer:
    run: Mapping[str, Callable[[Office, Given], Answer]] = {"list": _list, "undo": _undo, "template": _template}
    return run.get(given.text("file"), _file)(office, given)


def _kind(given: Given) -> ListKind:
    """Raises: UnknownList."""
    kind = given.text("kind", ListKind.MEMBERS)
    if kind not in set(ListKind):
        raise UnknownList(kind)
    return ListKind(kind)


def _file(office: Office, given: Given) -> Answer:
    kind = _kind(given)
    opened = sheet_check.open_file(office, given.path("file"))
    with opened.book:
        sheet = given.text("sheet", opened.book.sheets[0].name)
        if sheet not in {info.name for info in opened.book.sheets}:
            names = ", ".join(info.name for info in opened.book.sheets)
            raise AppError(f"Tệp không có trang tính “{sheet}”.", todo=f"Thêm --sheet với một trong: {names}.")
        head = given.count("head") if given.has("head") else None
        today = office.clock.today()
        counted_on = given.day("on", today, today)
        given.settle()
        matching = sheet_check.look(office, opened, sheet, kind, head=head).matching
        called = _called(office, given)
        into = refs.unit(office, given.text("unit")) if given.has("unit") and not brings_union(matching) else ""
        preview = sheet_check.check(office, opened, sheet, matching, Settings(into, called, counted_on))
    if given.flag("dry_run"):
        return _answer(preview, {"id": None}, "Mới xem trước, chưa ghi gì.")
    import_history.call_unions(office, called)
    receipt = sheet_import.apply(office, preview)
    left = _returned(office, preview, given) if receipt.returned and given.has("returned") else ""
    return _answer(preview, asdict(receipt), f"Đã nhập; hoàn tác bằng: congdoan import undo {receipt.id}.{left}")


def _called(office: Office, given: Given) -> dict[str, str]:
    """Union by the name in the list, out of “NAME=CODE”. Raises: AppError, NotFound."""
    pairs = [text.partition("=") for text in given.texts("call")]
    if wrong := next((name for name, equals, code in pairs if not (name.strip() and equals and code.strip())), None):
        raise AppError(f"Chưa rõ “{wrong}” là đơn vị nào.", todo='Ghi --call "TÊN TRONG TỆP=MÃ ĐƠN VỊ".')
    return {name: refs.unit(office, code.strip()) for name, _, code in pairs}


def _returned(office: Office, preview: Preview, given: Given) -> str:
    path = Path(given.text("returned"))
    count = sheet_import.write_returned(office, preview, path)
    return f" Đã lưu {count} dòng chưa nhập vào {path}."


def _answer(preview: Preview, more: Mapping[str, object], message: str) -> Answer:
    counts = {state.value: count for state, count in preview.counts.items()}
    rows = [
        {"row": line.number, "state": _WORDS[line.state], "notes": "; ".join(line.notes)}
        for line in preview.lines
        if line.state in _OPEN
    ]
    columns = tuple(Column(state.value, word.capitalize()) for state, word in _WORDS.items())
    left = [{"column": text} for text in untaken(preview.matching)]
    sections = [asdict(one) for one in preview.sections]
    said = {**counts, **more, "rows": rows, "sections": sections, "left": left}
    return Answer(said, columns, message, (_ROWS, _SECTIONS, _LEFT))


def _list(office: Office, _: Given) -> Answer:
    past = import_history.listing(office)
    return Answer([{**asdict(one), "kind_name": LIST_NAMES[ListKind(one.kind)]} for one in past], _PAST)


def _undo(office: Office, given: Given) -> Answer:
    id_ = given.count("id")
    given.settle()
    undone = import_history.undo(office, id_)
    columns = (Column("deleted", "Đã xoá"), Column("restored", "Trở lại như trước"))
    kept = Part("kept", "Giữ lại", (Column("name", "Tên"), Column("why", "Vì")))
    return Answer(asdict(undone), columns, "Đã hoàn tác lần nhập.", (kept,))


def _template(_: Office, given: Given) -> Answer:
    if not given.has("id"):
        raise AppError("Chưa có tên tệp mẫu.", todo="Ghi: congdoan import template TỆP.xlsx --kind members.")
    sheet_import.write_template(_kind(given), given.path("id"))
    return Answer({"path": given.text("id")}, (Column("path", "Tệp"),), "Đã lưu tệp mẫu, có trang Hướng dẫn.")


COMMANDS = (
    Command(
        "",
        "Nhập một danh sách từ Excel; “list” xem các lần nhập, “undo SỐ” hoàn tác một lần, “template TỆP” lưu tệp mẫu.",
        in_office(_import),
        (
            Option("file", "tệp .xlsx, .xls, .ods, .csv; hoặc list, undo, template", required=True),
            Option("id", "số của lần nhập, sau undo; tệp .xlsx, sau template"),
            Option("--kind", "members (mặc định), workplaces hoặc units"),
            Option("--sheet", "trang tính (mặc định: trang đầu)"),
            Option("--head", "dòng tiêu đề, nếu chương trình đoán chưa đúng"),
            Option("--unit", "công đoàn cơ sở của cả danh sách, khi danh sách không có cột này"),
            Option("--call", "đơn vị mà tệp gọi bằng tên khác: “TÊN TRONG TỆP=MÃ ĐƠN VỊ”; lần sau vẫn nhớ", many=True),
            Option("--on", "ngày chốt số lao động, đoàn viên trong danh sách (mặc định: hôm nay)"),
            Option("--dry-run", "chỉ xem trước, không ghi", flag=True),
            Option("--returned", "lưu dòng chưa nhập vào tệp .xlsx này"),
        ),
    ),
)
