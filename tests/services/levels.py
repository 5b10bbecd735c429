"""Offices on three levels: a province, an upper union under it, CĐCS that keep their own records under that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import campaigns, incoming, outgoing, receipts, trusting, units
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.storage.handoff import Outgoing
from tests.services.conftest import activity, enrol, first_start, request

NewOffice = Callable[..., Office]


def below_form(name: str, code: str) -> FirstStart:
    return first_start(name, code, level="co_so", kind="cdcs_su_nghiep")


def upper_form(name: str, code: str) -> FirstStart:
    return first_start(name, code, level="cap_tren")


def province_form() -> FirstStart:
    return first_start("Liên đoàn Lao động tỉnh Lai Châu", "LDLD-LC", level="tinh", kind="ldld_tinh")


def admit(province: Office, upper: Office, below: Office, stick: Path) -> None:
    """The CĐCS's sheet is compared by the province, which says under whom it stands; both get the new list."""
    made = trusting.write_enrolment(below)
    path = carried(below, made, stick)
    words = " ".join(trusting.enrolment_words(below, made))
    trusting.approve(province, path, words, under=upper.identity.unit)
    for office, typed in ((below, " ".join(trusting.root_words(province))), (upper, "")):
        answer = trusting.write_trust(province, office.identity.unit)
        trusting.accept_trust(office, carried(province, answer, stick), typed)


@contextmanager
def at_new_year(office: Office) -> Iterator[None]:
    """What is decided within is decided before any plan of the year begins."""
    held, office.clock = office.clock, FixedClock(datetime(2024, 1, 2, 8, 0, tzinfo=VIETNAM))
    yield
    office.clock = held


def carried(office: Office, package: Outgoing, stick: Path) -> Path:
    return outgoing.write_to_stick(office, package.package_id, stick).path


@dataclass
class Levels:
    """A province's plan, handed down to an upper union and from it to two CĐCS that keep their own records."""

    province: Office
    upper: Office
    below: tuple[Office, ...]
    stick: Path
    plan: str

    def asked(self, **changes: object) -> ReportRequest:
        return replace(request(self.plan), **changes)  # type: ignore[arg-type]

    def report(self, office: Office, to: Office, **changes: object) -> Path:
        made, _ = outgoing.make_report(office, self.asked(**changes), to.identity.unit)
        return carried(office, made, self.stick)

    def up(self, office: Office, to: Office, **changes: object) -> ImportResult:
        return incoming.apply(to, self.report(office, to, **changes))

    def answer(self, office: Office, result: ImportResult, to: Office) -> None:
        made = receipts.write_receipt(office, result)
        incoming.apply(to, carried(office, made, self.stick))

    def done(self, office: Office, **changes: object) -> str:
        """An activity of the plan at a CĐCS that keeps its own records."""
        with office.write(Right.ENTER) as work:
            return work.put(replace(activity(self.plan, **changes), unit=office.identity.unit))

    def close(self) -> None:
        for office in (self.province, self.upper, *self.below):
            office.close()


@contextmanager
def three_levels(new_office: NewOffice, stick: Path, targets: tuple[Target, ...]) -> Iterator[Levels]:
    """Enrolled all, with the plan of these targets at every one of them."""
    stick.mkdir(exist_ok=True)
    province = new_office("province", province_form())
    upper = new_office("upper", upper_form("Công đoàn xã Mường Kim", "CDX-MK"))
    below = tuple(
        new_office(code.lower(), below_form(name, code))
        for name, code in (("CĐCS Trường số 1", "CS-1"), ("CĐCS Trạm y tế", "CS-2"))
    )
    with at_new_year(province):
        enrol(province, upper, stick)
        for office in below:
            admit(province, upper, office, stick)
    made = Campaign(
        "", "Kỷ niệm", "Kế hoạch", "39/KH", date(2024, 2, 23), "Lai Châu", "Ban Thường vụ", date(2024, 3, 1),
        date(2024, 7, 28), targets=targets,
    )  # fmt: skip
    plan = campaigns.add(province, made).ids[0]
    for giver, taker in ((province, upper), *((upper, office) for office in below)):
        given = outgoing.make_plan(giver, plan, taker.identity.unit)
        incoming.apply(taker, carried(giver, given, stick))
    assert units.upper(below[0]) == upper.identity.unit
    yield Levels(province, upper, below, stick, plan)
