"""Members by the lists of a day beside those that were counted by hand, and why the two differ, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.services import line_counts, membership, units
from congdoan_desktop.services.membership import COMPLETE_PER_CENT, Standing
from congdoan_desktop.services.office import Office

WHY = (
    "Số đếm là số đoàn viên các đơn vị chốt đến ngày ghi bên cạnh. Danh sách là những người đang là đoàn viên ngày "
    f"đang xem, tính cả người vào, ra sau ngày chốt. Danh sách có từ {COMPLETE_PER_CENT}% số đếm của một CĐCS trở lên "
    "thì chỉ tiêu và báo cáo tính theo danh sách, nếu không thì theo số đếm."
)

_SHORTLY = " Số đếm là số chốt ngày đó; danh sách có cả người vào, ra từ đó đến nay."


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Members of unions on a day. `listed` are those of `with_list` unions, `counted` those of `with_count`; `first`
    and `last` are the days of the counts. `difference` is listed less counted in the `with_both` that have either.
    `members` is what reports take: `by_list` unions by their list, `by_count` by their count. `elsewhere` are members
    that stand in no CĐCS but in a union above.
    """

    listed: int
    with_list: int
    counted: int
    with_count: int
    first: date | None
    last: date | None
    difference: int
    with_both: int
    members: int
    by_list: int
    by_count: int
    elsewhere: int = 0


def beside(standings: Iterable[Standing], elsewhere: int = 0) -> SideBySide:
    known = [one for one in standings if one.members is not None]
    counts = [one.count for one in known if one.count is not None]
    days = [count.on for count in counts]
    differences = [one.difference for one in known if one.difference is not None]
    by_list = sum(one.by_list for one in known)
    return SideBySide(
        sum(one.listed for one in known),
        sum(one.listed > 0 for one in known),
        sum(count.members for count in counts),
        len(counts),
        min(days, default=None),
        max(days, default=None),
        sum(differences),
        len(differences),
        sum(one.members or 0 for one in known),
        by_list,
        len(known) - by_list,
        elsewhere,
    )


def of_unit(office: Office, unit: str | None = None, day: date | None = None) -> SideBySide:
    """Of a CĐCS, or of all under a union (ours), on a day (today)."""
    with office.read() as connection:
        then = office.tree(connection).at(day) if day else office.structure(connection)
        return on_lines(office, connection, then, unit or office.identity.unit)


def on_lines(office: Office, connection: Connection, then: Structure, unit: str) -> SideBySide:
    """`of_unit` inside a transaction."""
    lines = then.rollup(unit, then.day)
    inside = {one for units_ in lines.values() for one in units_}
    people = membership.by_lists(connection, then.day)
    others = units.under(office, connection, unit) - inside
    elsewhere = sum(people[one][0] for one in others if one in people)
    return beside(line_counts.standings(connection, then, lines).values(), elsewhere)


def said(side: SideBySide, day: date | None = None) -> str:
    """Both figures with their days and the difference: "Số đếm đến 31/12/2025: 49.928 · danh sách hôm nay: 48.034, ít
    hơn 1.894"; "" where there is neither. `day` is that of the lists, None today.
    """
    parts, even = [], side.with_list == side.with_count == side.with_both
    if side.with_count and side.first and side.last:
        since = f"từ {short_date(side.first)} " if side.first != side.last else ""
        unions = "" if even or not side.with_list else f" ({side.with_count} CĐCS)"
        parts.append(f"Số đếm {since}đến {short_date(side.last)}: {group_thousands(side.counted)}{unions}")
    if side.with_list:
        name = f"{'danh' if parts else 'Danh'} sách {f'ngày {short_date(day)}' if day else 'hôm nay'}"
        unions = "" if even or not side.with_count else f" ({side.with_list} CĐCS)"
        parts.append(f"{name}: {group_thousands(side.listed)}{unions}")
    if side.with_both:
        where = "" if even else f"ở {side.with_both} CĐCS có cả hai, danh sách "
        parts[-1] += f"{', ' if even else ' · '}{where}{_less(side.difference)}"
    if side.elsewhere:
        parts.append(f"chưa vào CĐCS nào: {group_thousands(side.elsewhere)}")
    return " · ".join(parts)


def told(side: SideBySide, day: date | None = None) -> str:
    """`said` with the reason where the two differ; "" where there is only one figure."""
    if not (side.with_count and side.with_list) and not side.elsewhere:
        return ""
    return f"{said(side, day)}.{_SHORTLY if side.difference else ''}"


def source(side: SideBySide) -> str:
    """Where the members of reports come from, "" where nothing is known."""
    if not side.by_count:
        return "theo danh sách" if side.by_list else ""
    return f"{side.by_list} CĐCS theo danh sách, {side.by_count} theo số đếm" if side.by_list else "theo số đếm"


def _less(difference: int) -> str:
    if not difference:
        return "khớp số đếm"
    return f"{'ít' if difference < 0 else 'nhiều'} hơn {group_thousands(abs(difference))}"
