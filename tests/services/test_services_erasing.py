"""Erasing a person survives packages that come again and backups that are restored, while the figures stay."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.roles import Role
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import NotAllowed
from congdoan_desktop.services import (
    backup,
    consolidation,
    courses,
    doctor,
    drafts,
    erasing,
    incoming,
    members,
    membership,
    officers,
    outgoing,
    persons,
    receivers,
    records,
    support,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import erasures, tables
from congdoan_desktop.storage.custody import NotCustodian
from tests.services.conftest import Offices, as_role, grassroots, person, request, unlocked
from tests.services.conftest import support as support_record
from tests.services.test_services_main_path import planned

CANARY = "Lò Thị Ương"


def helped(union: Office, campaign: str | None = None) -> tuple[str, str]:
    """Somebody who got support; (person, support)."""
    unit = grassroots(union)
    (given,) = support.add(union, support_record(unit, campaign, note=f"mẹ của {CANARY}"), person(unit, CANARY)).ids
    (row,) = support.listing(union)
    return row.record.person, given


def texts(office: Office) -> str:
    """Every personal part that is stored."""
    with office.database.read() as connection:
        return " ".join(body.decode() for body in connection.execute(select(tables.personal.c.body)).scalars())


def figures(office: Office) -> list[SupportRecord]:
    return [replace(row.record, note="") for row in support.listing(office)]


def test_text_goes_and_figures_stay(offices: Offices) -> None:
    who, _ = helped(offices.union)
    before = figures(offices.union)
    erasing.erase_person(offices.union, who)
    assert CANARY not in texts(offices.union)
    assert figures(offices.union) == before
    assert support.listing(offices.union)[0].person == persons.ERASED
    assert receivers.find_people(offices.union, "uong") == []


def test_all_that_members_and_officers_have_goes_and_the_counts_stay(offices: Offices) -> None:
    union, unit = offices.union, grassroots(offices.union)
    known = Person(
        unit, True, f"{CANARY} 1", 1990, "012190000001", "nữ", date(2015, 3, 1), sort_name=f"{CANARY} 2",
        birth="1990-05-12", ethnicity=f"{CANARY} 3", home=f"{CANARY} 4", address=f"{CANARY} 5", phone="0912345678",
        old_id="045123456", insurance="1234567890", card=f"{CANARY} 6", work=f"{CANARY} 7",
        party_introduced=date(2019, 5, 19), party_admitted=date(2020, 5, 19), note=f"{CANARY} 8",
    )  # fmt: skip
    (who,) = members.add(union, known).ids
    officers.save_post(union, Post(unit, who, "chu_tich", "bch", full_time=True, since=date(2023, 6, 1)))
    officers.save_training(union, Training(unit, who, date(2024, 5, 1), "tinh", 2, f"{CANARY} 9"))
    before = membership.on_day(union, date(2024, 6, 30))
    drafts.keep(union, "training", "", {"person": [CANARY, "", who]})
    erasing.erase_person(union, who)
    assert drafts.find(union, "training", "") is None
    for word in (CANARY, "012190000001", "1990-05-12", "0912345678", "045123456", "1234567890", "2019-05", "2020-05"):
        assert word not in texts(union)
    assert membership.on_day(union, date(2024, 6, 30)) == before
    assert members.page(union, members.Wanted()).rows == []
    assert [row.name for row in officers.listing(union, officers.Wanted(None))] == [persons.ERASED]
    assert [(row.name, row.training.course) for row in courses.listing(union, courses.Wanted())] == [
        (persons.ERASED, "")
    ]


def test_what_was_deleted_or_moved_to_somebody_else_is_erased_too(offices: Offices) -> None:
    who, given = helped(offices.union)
    unit = support.listing(offices.union)[0].record.unit
    support.edit(offices.union, given, support_record(unit, note="ghi lại"), person(unit, "Vàng A Dũng"))
    (second,) = support.add(offices.union, support_record(unit, person=who, note=CANARY)).ids
    records.delete(offices.union, second, f"nhầm với {CANARY} khác")
    erasing.erase_person(offices.union, who)
    assert CANARY not in texts(offices.union)


def test_drafts_about_the_person_go(offices: Offices) -> None:
    who, given = helped(offices.union)
    drafts.keep(offices.union, "support", given, {"note": CANARY})
    drafts.keep(offices.union, "support", "", {"person": who, "name": CANARY})
    drafts.keep(offices.union, "activity", "", {"title": "Giải cầu lông"})
    erasing.erase_person(offices.union, who)
    assert [draft.form for draft in offices.union.drafts.all()] == ["activity"]


def test_the_upper_level_learns_it_and_old_packages_bring_nothing_back(offices: Offices) -> None:
    campaign = planned(offices)
    who, _ = helped(offices.union, campaign)
    to = offices.province.identity.unit
    old = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    incoming.apply(offices.province, old)
    assert CANARY in texts(offices.province)
    sums = consolidation.consolidate(offices.province, campaign)
    erasing.erase_person(offices.union, who)
    new = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    incoming.apply(offices.province, new)
    for path in (old, new, old):
        incoming.apply(offices.province, path)
    assert CANARY not in texts(offices.province)
    assert [s.total for s in consolidation.consolidate(offices.province, campaign)] == [s.total for s in sums]
    assert len(figures(offices.province)) == 1


def test_the_newer_package_first_and_the_old_one_late(offices: Offices) -> None:
    campaign = planned(offices)
    who, _ = helped(offices.union, campaign)
    to = offices.province.identity.unit
    old = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    erasing.erase_person(offices.union, who)
    new = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    incoming.apply(offices.province, new)
    incoming.apply(offices.province, old)
    assert CANARY not in texts(offices.province)


def restored(office: Office, source: Path) -> Office:
    office.close()
    backup.restore(source, office.folder, replace=True)
    return unlocked(office.folder)


def test_a_restored_backup_does_not_bring_the_text_back(offices: Offices, tmp_path: Path) -> None:
    who, _ = helped(offices.union)
    source = backup.back_up(offices.union, tmp_path)
    before = figures(offices.union)
    erasing.erase_person(offices.union, who)
    offices.union = restored(offices.union, source)
    assert CANARY not in texts(offices.union)
    assert figures(offices.union) == before
    assert doctor.check(offices.union) == []


def test_nor_when_the_backup_is_older_than_what_was_erased(offices: Offices, tmp_path: Path) -> None:
    who, given = helped(offices.union)
    source = backup.back_up(offices.union, tmp_path)
    unit = support.listing(offices.union)[0].record.unit
    members.edit(offices.union, who, person(unit, f"{CANARY} Anh"))
    support.edit(offices.union, given, support_record(unit, person=who, note=CANARY))
    erasing.erase_person(offices.union, who)
    offices.union = restored(offices.union, source)
    assert CANARY not in texts(offices.union)
    assert len(figures(offices.union)) == 1


def test_the_province_restores_and_still_knows(offices: Offices, tmp_path: Path) -> None:
    campaign = planned(offices)
    who, _ = helped(offices.union, campaign)
    to = offices.province.identity.unit
    old = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    incoming.apply(offices.province, old)
    source = backup.back_up(offices.province, tmp_path)
    erasing.erase_person(offices.union, who)
    new = offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    incoming.apply(offices.province, new)
    offices.province = restored(offices.province, source)
    assert CANARY not in texts(offices.province)
    incoming.apply(offices.province, new)
    incoming.apply(offices.province, old)
    assert CANARY not in texts(offices.province)


def test_the_list_of_erasures_says_nothing_in_clear(offices: Offices) -> None:
    who, _ = helped(offices.union)
    erasing.erase_person(offices.union, who)
    stored = (offices.union.folder / erasures.FILE).read_bytes()
    assert len(stored.splitlines()) == 2
    assert who.encode() not in stored
    assert b"benh_hiem_ngheo" not in stored
    assert erasures.remembered(offices.union.folder, bytes(32)) == []


def test_only_who_may_and_only_what_we_keep(offices: Offices) -> None:
    campaign = planned(offices)
    who, _ = helped(offices.union, campaign)
    with pytest.raises(NotAllowed):
        erasing.erase_person(as_role(offices.union, Role.OFFICER), who)
    to = offices.province.identity.unit
    incoming.apply(
        offices.province, offices.carry(offices.union, outgoing.make_report(offices.union, request(campaign), to)[0])
    )
    with pytest.raises(NotCustodian):
        erasing.erase_person(offices.province, who)


QUICK = (Phase.explicit, Phase.generate)
"""Each example takes a second: a failing one is shown as it is."""
STEPS = ("edit", "report", "import", "back up", "restore", "erase")


@settings(max_examples=8, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=10), data=st.data())
def test_in_whatever_order_things_happen(
    offices_template: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str], data: st.DataObject
) -> None:
    story = Story(offices_template, tmp_path_factory.mktemp("story"), data)
    try:
        for step in ("report", *steps, "erase", "report", "import", "import", "restore"):
            story.take(step)
        assert CANARY not in texts(story.union)
        assert len(figures(story.union)) == 1
        assert CANARY not in texts(story.province)
    finally:
        story.union.close()
        story.province.close()


class Story:
    """A union that helps one person, and all that can happen to its data."""

    def __init__(self, template: Path, folder: Path, data: st.DataObject) -> None:

        shutil.copytree(template, folder / "offices")
        self.union, self.province = unlocked(folder / "offices" / "union"), unlocked(folder / "offices" / "province")
        self.offices = Offices(self.province, self.union, self.union, folder / "offices" / "stick")
        self.folder, self.data = folder, data
        self.campaign = planned(self.offices)
        self.person, self.support = helped(self.union, self.campaign)
        self.backups = [self._backup(0)]
        self.reports: list[Path] = []

    def _backup(self, number: int) -> Path:
        folder = self.folder / f"backup-{number}"
        folder.mkdir()
        return backup.back_up(self.union, folder)

    def take(self, step: str) -> None:
        if step == "edit":
            unit = support.listing(self.union)[0].record.unit
            support.edit(self.union, self.support, support_record(unit, self.campaign, person=self.person, cash=5))
        elif step == "report":
            to = self.province.identity.unit
            made = outgoing.make_report(self.union, request(self.campaign), to)[0]
            self.reports.append(self.offices.carry(self.union, made))
        elif step == "import":
            incoming.apply(self.province, self.reports[-1])
            incoming.apply(self.province, self.data.draw(st.sampled_from(self.reports)))
        elif step == "back up":
            self.backups.append(self._backup(len(self.backups)))
        elif step == "restore":
            self.union = restored(self.union, self.data.draw(st.sampled_from(self.backups)))
        else:
            erasing.erase_person(self.union, self.person)


def test_members_who_never_got_support_do_not_travel(offices: Offices) -> None:
    """Lists of members stay here; of those deleted, too, only who was once helped is told of above."""
    union = offices.union
    plan = planned(offices)
    who, given = helped(union, plan)
    unit = grassroots(union, "CĐCS Điện lực", "CS-DL")
    (kept,) = members.add(union, Person(unit, True, "Vàng A Páo")).ids
    (gone,) = members.add(union, Person(unit, True, "Vàng A Dũng")).ids
    records.delete(union, gone, "nhầm")
    records.delete(union, given, "nhầm")
    records.delete(union, who, "nhầm")
    made, _ = outgoing.make_report(union, request(plan), offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(union, made))
    with offices.province.read() as connection:
        arrived = set(connection.execute(select(tables.revisions.c.record)).scalars())
    assert who in arrived
    assert not arrived & {kept, gone}
