"""Reports that were packed: the very paper that went out, byte for byte, whatever was entered or changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import names, reader
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import papers
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff

_REPORT = "report"


@dataclass(frozen=True, slots=True)
class Stamped:
    """A packed report as listed, with its campaign and days; `day` is when it was packed. All days are ISO 8601."""

    package_id: str
    period_name: str
    campaign: str
    starts: str
    ends: str
    day: str
    seq: int

    @property
    def label(self) -> str:
        return f"{self.period_name}, gói số {self.seq} ngày {self.day[8:10]}/{self.day[5:7]}/{self.day[:4]}"


class PaperGone(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Gói của báo cáo này không còn nguyên trong hộp gửi của máy.",
            safe="Số liệu đã báo cáo vẫn còn trong sổ.",
            todo="Lấy lại tệp gói từ USB đã gửi hoặc từ cấp trên; lập báo cáo mới cho bản in khác.",
        )


def listing(office: Office) -> list[Stamped]:
    """Newest first."""
    with office.read() as connection:
        held = [one for one in handoff.outgoing(connection) if one.kind == _REPORT]
    found = []
    for one in held:
        header = Header.from_bytes(one.header)
        if (period := header.period) is not None:
            about = header.about or ""
            found.append(
                Stamped(one.package_id, period.name, about, period.starts, period.ends, one.made_at[:10], one.seq)
            )
    return found


def of_period(office: Office, campaign: str, starts: date, ends: date) -> Stamped | None:
    """The last report packed on these days."""
    days = campaign, starts.isoformat(), ends.isoformat()
    return next((one for one in listing(office) if (one.campaign, one.starts, one.ends) == days), None)


def pdf(office: Office, package_id: str) -> bytes:
    """The stamped paper; of a package by an earlier program it is read out of the outbox.

    Raises: PaperGone.
    """
    office.require(Right.READ)
    with office.read() as connection:
        kept, held = handoff.paper(connection, package_id), handoff.outgoing(connection, package_id)
    found = kept or (_inside(office.outbox / held[0].file_name, package_id) if held else None)
    if found is None:
        raise PaperGone
    return found


def _inside(path: Path, package_id: str) -> bytes | None:
    """The paper inside the package's file, None where that is gone or not the very package."""
    try:
        return reader.check_own(path.read_bytes(), package_id).clear.get(names.PDF)
    except (OSError, AppError):
        return None


def save(office: Office, package_id: str, path: Path) -> None:
    """Write it as PDF, whole or not at all; the export is logged.

    Raises: PaperGone, AppError for another ending, and when the disk refuses.
    """
    papers.export(office, {".pdf": lambda: pdf(office, package_id)}, package_id, path)
