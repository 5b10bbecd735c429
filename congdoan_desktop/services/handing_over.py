"""A union that has ended hands all that it kept to the union that keeps its records now.

Reports bring up what they count, but not everything that an office has written: activities of no plan, people,
workplaces. It goes as a `cascade` package without a campaign, sealed for the heir alone, which the list of keys puts
above the ended union or names as its heir (`homeward`). Until it has come the heir's coverage names the union.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.errors import Finding
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import CASCADE
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_ASKED = (
    "{} có máy riêng: sau khi nhận danh sách tin cậy mới, ở máy ấy mở Gửi – nhận, bấm Trao hồ sơ để bàn giao cho {}. "
    "Chưa bàn giao thì thẻ Độ phủ của đơn vị nhận nêu tên."
)


def heir(office: Office, connection: Connection) -> str | None:
    """Who keeps our records since our union has ended; None while it goes on, or where our list does not say so yet."""
    own, trust = office.identity.unit, office.trust
    now = office.structure(connection)
    if trust is None or own not in now.endings or now.exists(own):
        return None
    keeper = now.custodian(own)
    return keeper if keeper != own and keeper in (*trust.above(own), trust.heir(own)) else None


def records(office: Office, work: UnitOfWork) -> list[str]:
    """All that we and those who stood under us have written; what came from above its heir has from there too."""
    assert office.trust is not None
    own, tree = office.identity.unit, work.custody.tree
    units = office.trust.installations
    ours = {one for one, unit in units.items() if unit == own or own in tree.ever_above(unit)}
    table = tables.revisions.c
    written = work.connection.execute(select(table.record, table.installation).distinct()).all()
    by_others = {row.record for row in written if row.installation not in ours}
    return sorted({row.record for row in written} - by_others)


def owed(office: Office, connection: Connection, now: Structure) -> Iterator[str]:
    """Ended unions with an office of their own whose records we keep now, and which have not handed them over."""
    own, trust = office.identity.unit, office.trust
    if trust is None:
        return
    came = {one.sender for one in handoff.incoming(connection) if one.state == handoff.ACCEPTED and hands_over(one)}
    signing = {key.unit for key in trust.keys if key.revoked_from is None}
    for unit in sorted(signing & now.endings.keys() - came - {own}):
        if not now.exists(unit) and now.custodian(unit) == own:
            yield unit


def warnings(before: Tree, after: Tree) -> list[Finding]:
    """What a reorganisation asks of the offices that it ends."""
    now = after.now
    ended = [unit for unit in now.endings if unit not in before.now.endings and before.is_enrolled(unit)]
    return [
        Finding("decision", _ASKED.format(now.units[unit].short_name, now.units[now.custodian(unit)].short_name), True)
        for unit in ended
    ]


def hands_over(package: handoff.Incoming | handoff.Outgoing) -> bool:
    """Whether a package holds the records of a union that has ended."""
    return package.kind == CASCADE and Header.from_bytes(package.header).about is None
