"""What an officer should know before a period report goes onto paper: gaps are said, not hidden."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.domain.period_report import PeriodReport, UnitFigures


@dataclass(frozen=True, slots=True)
class Check:
    """One line; `tone` is "ok", "warn" or "bad"."""

    tone: str
    sentence: str


def checks(report: PeriodReport) -> tuple[Check, ...]:
    """All lines, what needs an eye first."""
    found = [*_gaps(report), *_blanks(report), _agreement(report)]
    return tuple(sorted(found, key=lambda check: ("bad", "warn", "ok").index(check.tone)))


def _blanks(report: PeriodReport) -> list[Check]:
    """The number is left to the clerk on purpose (rule A04)."""
    found = [Check("warn", "Chưa có số văn bản: để trống cho văn thư điền.")]
    if not report.signature.name:
        found.append(Check("warn", "Chưa có tên người ký."))
    if not report.difficulties and not report.proposals:
        found.append(Check("warn", "Chưa ghi khó khăn, kiến nghị; báo cáo không có mục này."))
    if report.sample:
        found.append(Check("warn", "Đây là dữ liệu mẫu; giấy in ra có chữ “DỮ LIỆU MẪU”."))
    return found


def _gaps(report: PeriodReport) -> list[Check]:
    found = []
    if report.unheard:
        missing = ", ".join(report.unheard)
        said = f"Chưa nhận báo cáo kỳ này của {missing}; kết quả chỉ tiêu chưa gồm phần của các đơn vị đó."
        found.append(Check("warn", said))
    if report.adjusted:
        found.append(
            Check("ok", f"Số liệu gồm điều chỉnh sau khoá của {', '.join(report.adjusted)}; báo cáo có ghi rõ.")
        )
    silent = [unit for unit in report.units if not _says_something(unit)]
    if silent:
        found.append(Check("warn", f"{len(silent)}/{report.units_total} CĐCS chưa có số liệu; báo cáo có ghi rõ."))
    if not report.units_total:
        found.append(Check("warn", "Đơn vị chưa có CĐCS nào vào ngày ấy; xem lại kỳ hoặc ô Cơ cấu ngày."))
    uncounted = sum(1 for unit in report.units if not unit.members)
    if uncounted:
        found.append(Check("warn", f"{uncounted} CĐCS chưa có số đoàn viên."))
    if not report.targets:
        found.append(Check("warn", "Kế hoạch này chưa có chỉ tiêu."))
    return found


def _says_something(unit: UnitFigures) -> bool:
    return bool(unit.propaganda + unit.counted_activities + unit.other_activities + unit.support_times)


def _agreement(report: PeriodReport) -> Check:
    """The same records counted by CĐCS, by kind, by cause and by fund. What no CĐCS did stays outside the first."""
    units = report.units
    times = sum(u.propaganda + u.counted_activities + u.other_activities for u in units)
    amount = report.cash + report.in_kind
    parts_and_wholes = (
        (times, sum(kind.times for kind in report.activities), "số hoạt động"),
        (sum(u.participants for u in units), sum(kind.participants for kind in report.activities), "số người dự"),
        (sum(u.activity_cost for u in units), sum(kind.cost for kind in report.activities), "kinh phí hoạt động"),
        (sum(u.support_times for u in units), sum(cause.times for cause in report.supports), "số khoản chăm lo"),
        (sum(u.support_amount for u in units), amount, "số tiền chăm lo"),
    )
    wrong = [name for part, whole, name in parts_and_wholes if part > whole]
    if amount != sum(cause.total for cause in report.supports):
        wrong.append("tiền chăm lo theo quỹ")
    if wrong:
        return Check("bad", f"Các bảng chưa khớp nhau ở: {', '.join(wrong)}.")
    return Check("ok", "Số ở các bảng khớp nhau.")
