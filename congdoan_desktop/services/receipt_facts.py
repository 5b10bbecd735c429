"""What a receipt on paper says of the package it answers: period, plan, place in the feed, and what was in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.activities import DONE, Activity
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.packages.header import Header, Period
from congdoan_desktop.services import reviewed
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.mailbox import kind_name
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.projections import TABLES

_NO_BREAK = "\N{NO-BREAK SPACE}"
Facts = tuple[tuple[str, str], ...]
"""(label, text) lines in the order of the form."""


def facts(connection: Connection, result: ImportResult, at: datetime) -> Facts:
    """`at`: when the receipt was made. A line of which nothing is known is left out."""
    (held,) = handoff.incoming(connection, result.package_id)
    header = Header.from_bytes(held.header)
    imported = f"{result.new} dòng mới; {result.changed} dòng sửa; {result.same} dòng đã có"
    code = f"; mã báo cáo {code12(result.report_id).replace(' ', _NO_BREAK)}" if result.report_id else ""
    lines = (
        ("Loại gói, kỳ báo cáo", f"{kind_name(result.kind, header.about)} {_period(header.period)}".strip()),
        ("Kế hoạch, phong trào", _plan(connection, header.about)),
        ("Số thứ tự gói của đơn vị", f"{result.seq:02d} ({_before(connection, header, result.gaps)})"),
        ("Thời điểm nhận", f"{at.hour} giờ {at:%M} phút ngày {cited_date(at.date())}"),
        ("Mã xác thực gói", f"Hợp lệ; người xác nhận: {result.officer}{code}"),
        ("Số liệu trong gói", _counted(connection, result.package_id) if header.period else imported),
    )
    return tuple((name, text) for name, text in lines if text)


def _period(period: Period | None) -> str:
    if period is None:
        return ""
    first, last = (cited_date(date.fromisoformat(day)) for day in (period.starts, period.ends))
    return f"{period.name} ({first} - {last})"


def _plan(connection: Connection, id_: str | None) -> str:
    table = TABLES[Campaign.TYPE]
    row = connection.execute(select(table).where(table.c.record == id_)).mappings().first()
    if row is None:
        return ""
    dated = f" ngày {cited_date(row['issued_on'])}" if row["issued_on"] else ""
    return f"Kế hoạch số {row['number']}{dated}" if row["number"] else str(row["title"])


def _before(connection: Connection, header: Header, gaps: tuple[int, ...]) -> str:
    earlier = [one.seq for one in handoff.of_feed(connection, header.feed) if one.seq < header.seq]
    before = f"gói liền trước đã nhận: {max(earlier):02d}" if earlier else "gói đầu tiên"
    missing = f"thiếu gói số {', '.join(map(str, gaps))}" if gaps else "không thiếu gói"
    return f"{before}; {missing}"


def _counted(connection: Connection, package_id: str) -> str:
    """Over the records that the package brought, as they stand today."""
    activity, support = TABLES[Activity.TYPE].c, TABLES[SupportRecord.TYPE].c
    revisions, deliveries = tables.revisions, tables.deliveries
    brought = select(revisions.c.record).join(deliveries).where(deliveries.c.package_id == package_id)
    held = select(func.count()).where(activity.record.in_(brought), activity.state == DONE)
    worth = func.coalesce(func.sum(support.cash + support.in_kind), 0)
    given, value = connection.execute(select(func.count(), worth).where(support.record.in_(brought))).one()
    reported = reviewed.brought(connection, package_id)
    targets = len({figure.target for figure in reported[1].figures}) if reported else 0
    parts = [f"{targets:02d} chỉ tiêu", f"{connection.execute(held).scalar_one():02d} hoạt động"]
    if given:
        parts += [f"{given:02d} lượt người được hỗ trợ", f"tổng trị giá {group_thousands(value)} đồng"]
    return "; ".join(parts)
