"""Lists of unions stand in Vietnamese order (Đ before Y), lists of officers by their given names."""

from __future__ import annotations

from congdoan_desktop.services import activities, emulation, home, papers, staff, trusting
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.opening import KdfCost
from tests.reports.paper import text
from tests.services.conftest import PASSPHRASE, NewOffice, Offices, activity, campaign, grassroots


def test_unions_on_the_home_page_and_on_a_list_of_a_movement(new_office: NewOffice) -> None:
    office = new_office()
    for name, code in (("CĐCS Yên Bình", "Y"), ("CĐCS Đông Pao", "D")):
        unit = grassroots(office, name, code)
        done = activity(None, kind=emulation.AWARDED, title="Giấy khen", count=1, people=())
        activities.add(office, done, (unit,))
    campaign(office)
    assert home.overview(office).coverage.missing == ("CĐCS Đông Pao", "CĐCS Yên Bình")
    chosen = emulation.Chosen(emulation.AWARDED, None, done.starts, done.ends)
    printed = text(papers.pdf(office, emulation.paper(office, chosen, ("Lò Thị Hoa", "Chủ tịch"))))
    assert printed.index("Đông Pao") < printed.index("Yên Bình")


def test_officers_of_a_computer_and_keys(offices: Offices, cheap_kdf: KdfCost) -> None:
    for name in ("Lò Thị Yến", "Vàng A Dũng"):
        staff.add(offices.union, NewOfficer(name, "Phó Chủ tịch", "chair", PASSPHRASE, PASSPHRASE), cost=cheap_kdf)
    assert [one.name for one in staff.listing(offices.union)] == ["Lò Thị Hoa", "Vàng A Dũng", "Lò Thị Yến"]
    made = trusting.write_enrolment(offices.union)
    words = " ".join(trusting.enrolment_words(offices.union, made))
    trusting.approve(offices.province, offices.carry(offices.union, made), words)
    theirs = [key.officer for key in trusting.keys(offices.province) if key.unit_name == "Công đoàn xã Mường Kim"]
    assert theirs == ["Vàng A Dũng", "Lò Thị Hoa", "Lò Thị Yến"]
