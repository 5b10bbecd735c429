"""`congdoan form`: statistics forms 1-HĐCĐ and 2-HĐCĐ, filled in for the periods that close on 31/5 and 30/11."""

from __future__ import annotations

from typing import Any

from congdoan_desktop.cli.answer import Answer, Column, Part
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.statistics_forms import StatisticsForm, deadline
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import papers, statistics
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.statistics import FilledForm

_FORM = Option("form", "mã biểu, ví dụ 2-HĐCĐ", required=True)
_PERIOD = (
    Option("--year", "năm (mặc định: kỳ chốt gần nhất)"),
    Option("--half", "kỳ 6 tháng chốt 31/5, thay vì cả năm chốt 30/11", flag=True),
)
_LIST = (Column("code", "Biểu"), Column("title", "Tên", 60), Column("rows", "Số dòng"))
_HEADER = (Column("code", "Biểu"), Column("period", "Kỳ"))
_ROWS = (
    Part(
        "rows",
        "SỐ LIỆU",
        (
            Column("code", "Mã"),
            Column("label", "Nội dung", 70),
            Column("unit", "Đơn vị"),
            Column("shown", "Số lượng"),
            Column("origin", "Nguồn"),
        ),
    ),
)


def _list(office: Office, _: Given) -> Answer:
    found = statistics.listing(office)
    rows = [{"code": form.code, "title": form.title, "rows": len(form.rows)} for form in found.forms]
    return Answer(rows, _LIST, "\n".join(fault.what for fault in found.faults))


def _show(office: Office, given: Given) -> Answer:
    return _answer(_asked(office, given))


def _set(office: Office, given: Given) -> Answer:
    filled = _asked(office, given)
    figure = given.count("value") if given.has("value") else None
    given.settle()
    row = given.text("row")
    notes = {row: given.text("note")} if given.has("note") else None
    statistics.save(office, filled.form.code, filled.period, {row: figure}, notes)
    return _answer(statistics.look(office, filled.form.code, filled.period))


def _print(office: Office, given: Given) -> Answer:
    made, path = statistics.paper(office, _asked(office, given)), given.path("out")
    papers.save(office, made, path)
    return Answer({"path": str(path)}, (Column("path", "Tệp"),), "Đã lập biểu.")


def _asked(office: Office, given: Given) -> FilledForm:
    """Raises: AppError for a form or a period that is not there, ValidationError."""
    forms = {search_key(form.code): form for form in statistics.listing(office).forms}
    form = forms.get(search_key(given.text("form")))
    code = form.code if form else given.text("form")
    period = _period(office, form, given) if form else None
    given.settle()
    if period is None:
        raise AppError(f"Không có biểu {code}.", todo="Xem các biểu bằng lệnh form list.")
    return statistics.look(office, code, period)


def _period(office: Office, form: StatisticsForm, given: Given) -> Period:
    year = given.year("year")
    if year is None:
        return deadline(form, office.clock.today())
    made = form.periods(year)
    wanted = "statistics_half" if given.flag("half") else "statistics_year"
    return next((period for period in made if period.kind == wanted), made[-1])


def _answer(filled: FilledForm) -> Answer:
    found = filled.values
    rows: list[dict[str, Any]] = [
        {
            "code": row.code,
            "label": row.label,
            "unit": row.unit,
            "value": found.get(row.code),
            "shown": _shown(found.get(row.code)),
            "origin": statistics.origin(filled, row),
        }
        for row in filled.form.rows
    ]
    return Answer({"code": filled.form.code, "period": filled.period.label, "rows": rows}, _HEADER, parts=_ROWS)


def _shown(value: int | tuple[int, int] | None) -> int | str | None:
    return f"{value[0]}/{value[1]}" if isinstance(value, tuple) else value


COMMANDS = (
    Command("list", "các biểu dùng được; tệp biểu bị lỗi được nêu rõ", in_office(_list)),
    Command("show", "một biểu với số từ sổ và số đã nhập", in_office(_show), (_FORM, *_PERIOD)),
    Command(
        "set",
        "nhập một dòng; không có --value thì bỏ số đã nhập",
        in_office(_set),
        (
            _FORM,
            Option("row", "mã dòng, ví dụ I.3", required=True),
            Option("--value", "số lượng"),
            Option("--note", "ghi chú"),
            *_PERIOD,
        ),
    ),
    Command(
        "print",
        "lập biểu và lưu thành PDF, Word hoặc Excel",
        in_office(_print),
        (_FORM, *_PERIOD, Option("--out", "tệp .pdf, .docx hoặc .xlsx", required=True)),
    ),
)
