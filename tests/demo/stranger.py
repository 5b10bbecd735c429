"""Somebody whom the province never admitted: he founds an office, takes the list of keys that lies in clear on a stick,
and seals a report of his own to the province. Nothing here is done by an officer of ours.
"""

from __future__ import annotations

import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.packages.header import Party, Period
from congdoan_desktop.packages.names import TRUST_BODY
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import campaigns, opening, outgoing, reporting
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content
from congdoan_desktop.services.reporting import ReportRequest

_STARTS, _ENDS = date(2024, 2, 23), date(2024, 7, 28)
_WHO = FirstStart(
    unit_name="Liên đoàn Lao động huyện Tân Uyên", unit_short_name="LĐLĐ huyện Tân Uyên", unit_code="LDLD-TANUYEN",
    level="cap_tren", kind="ldld_huyen", place="Tân Uyên", abbreviation="LĐLĐ",
    parent_name="Liên đoàn Lao động tỉnh Lai Châu", officer_name="Vàng Văn Lả", officer_title="Chủ tịch",
    role=Role.CHAIR, passphrase="không ai công nhận", passphrase_again="không ai công nhận",
)  # fmt: skip


def write_report(folder: Path, clock: Clock, trust_package: Path, target: Path) -> None:
    """Leave the stranger's report to the province as `target`."""
    with zipfile.ZipFile(trust_package) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(TRUST_BODY))
        trust = TrustList.from_bytes(archive.read(name))
    with closing(opening.found(folder, _WHO, clock=clock).office) as office:
        target.write_bytes(_report(office, trust))


def _report(office: Office, trust: TrustList) -> bytes:
    (root,) = (unit for unit in trust.units if unit.unit == trust.root_unit)
    request = _request(office)
    prepared = reporting.prepare(office, request)
    with office.write(Right.ISSUE) as work:
        content = Content(
            "report",
            Party(root.unit, root.code, root.name),
            trust.recipients(root.unit),
            lines=outgoing.revision_lines(work, [request.campaign]),
            figures=prepared.document,
            pdf=reporting.pdf(office, prepared, work.connection),
            about=request.campaign,
            period=Period(_STARTS.isoformat(), _ENDS.isoformat(), request.period_name),
        )
        made = outgoing.send(office, work, content)
    return (office.outbox / made.file_name).read_bytes()


def _request(office: Office) -> ReportRequest:
    target = Target("", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01 hoạt động/CĐCS")
    plan = Campaign(
        "", "Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam", "Kế hoạch", "39/KH-LĐLĐ", _STARTS, "Lai Châu",
        "Ban Thường vụ", _STARTS, _ENDS, targets=(target,),
    )  # fmt: skip
    (campaign,) = campaigns.add(office, plan).ids
    return ReportRequest(campaign, "đợt 1", _STARTS, _ENDS, _ENDS, _WHO.officer_title, _WHO.officer_name)
