"""Every service asks for the right first: a viewer changes nothing, and nobody forgets to be asked."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop import services
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.domain.narrative import Narrative
from congdoan_desktop.domain.periods import statistics_half
from congdoan_desktop.domain.persons import Post, Training
from congdoan_desktop.domain.proposals import Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.reorganising import Decision, Dissolve
from congdoan_desktop.domain.roles import RIGHTS, Right, Role
from congdoan_desktop.domain.units import Department, Headcount
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import NotAllowed
from congdoan_desktop.services import (
    activities,
    adjusting,
    attachments,
    campaigns,
    chair_asked,
    chair_away,
    confirming,
    database_key,
    departments,
    entered,
    erasing,
    funds,
    gift_lists,
    import_history,
    incoming,
    joining,
    key_changes,
    key_renewal,
    mailbox,
    members,
    merging,
    narratives,
    needs,
    officers,
    opening,
    outgoing,
    paper_templates,
    plan_adoption,
    proposals,
    ratings,
    receipts,
    records,
    reorganisation,
    review_meetings,
    reviews,
    root_holders,
    sample_province,
    shared_files,
    sheet_check,
    sheet_import,
    sheet_preview,
    signing,
    staff,
    statistics,
    stick_run,
    support,
    support_decisions,
    targets,
    trusting,
    unit_desk,
    units,
    update_making,
    workplaces,
)
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.plan_item import Confidence, Group, HeaderValue, Item, Span
from congdoan_desktop.spreadsheets.columns import ColumnMatch, Matching
from congdoan_desktop.spreadsheets.fields import ListKind
from congdoan_desktop.spreadsheets.layout import Head
from tests.services.conftest import Offices, activity, as_role, campaign, every_row, need, person, request
from tests.services.conftest import support as support_record

Call = Callable[[Office, Path], object]

CAMPAIGN = Campaign("u", "Kế hoạch", "", "", None, "", "", date(2024, 1, 1), date(2024, 2, 1))
POST = Post("u", "p", "chu_tich", "bch", full_time=False, since=date(2024, 1, 1))
TRAINING = Training("u", "p", date(2024, 1, 1), "tinh", 1, "Nghiệp vụ")
WORKPLACE = Workplace("u", "Công ty chè", "doanh_nghiep", "tu_nhan")
ENTRY = unit_desk.UnitEntry("CĐCS Chợ", "CĐCS Chợ", "CDCS-CHO", "doanh_nghiep")
MATCHING = Matching(ListKind.WORKPLACES, Head(1, 1, ("Tên",)), Encoding.UNICODE, (ColumnMatch(0, "Tên", "name"),))
OFFICER = NewOfficer("Lò Văn Thử", "Cán bộ", Role.OFFICER, "mat khau 2026", "mat khau 2026")
PREVIEW = sheet_preview.Preview("ds.xlsx · DS", MATCHING, sheet_preview.Settings(), (), (), 0)
HEAD = [
    plan_adoption.Taken(Item(name, Group.HEADER, "", "", Span(0, 1), Confidence.SURE), HeaderValue(name, value))
    for name, value in (("title", "Kế hoạch"), ("starts", date(2024, 1, 1)), ("ends", date(2024, 2, 1)))
]
GIFTS = gift_lists.GiftHead(None, "kho_khan", "tang_qua", "quy_xa_hoi", date(2024, 5, 1))
READY = attachments.Ready("photo", (), ())
RESULT = ImportResult("id", "report", "unit", "", "", "", None, None, "", 1)

WRITERS: dict[str, Call] = {
    "activities.add": lambda o, p: activities.add(o, activity(), (o.identity.unit,)),
    "attachments.add": lambda o, p: attachments.add(o, "activity", ["id"], []),
    "attachments.attach": lambda o, p: attachments.attach(o, "activity", ["id"], [p], "photo"),
    "attachments.edit": lambda o, p: attachments.edit(o, "id", kind="photo", caption="", taken=None),
    "attachments.erase": lambda o, p: attachments.erase(o, "id"),
    "attachments.attach_ready": lambda o, p: attachments.attach_ready(o, "activity", ["id"], READY),
    "attachments.keep": lambda o, p: attachments.keep(o, READY),
    "activities.edit": lambda o, p: activities.edit(o, "id", activity(unit=o.identity.unit)),
    "campaigns.add": lambda o, p: campaign(o),
    "campaigns.edit": lambda o, p: campaigns.edit(o, "id", CAMPAIGN),
    "entered.save": lambda o, p: entered.save(o, [], ["id"]),
    "erasing.erase_person": lambda o, p: erasing.erase_person(o, "id"),
    "import_history.call_unions": lambda o, p: import_history.call_unions(o, {"HTX": o.identity.unit}),
    "import_history.forget": lambda o, p: import_history.forget(o, "key"),
    "import_history.remember": lambda o, p: import_history.remember(o, MATCHING, "Mẫu"),
    "import_history.undo": lambda o, p: import_history.undo(o, 1),
    "incoming.apply": incoming.apply,
    "incoming.preview": incoming.preview,
    "incoming.withdraw": lambda o, p: incoming.withdraw(o, "id"),
    "incoming.lift_withdrawal": lambda o, p: incoming.lift_withdrawal(o, "id"),
    "chair_asked.ask": lambda o, p: chair_asked.ask(o, True),
    "database_key.change": lambda o, p: database_key.change(o),
    "confirming.confirm": lambda o, p: confirming.confirm(o, "id"),
    "chair_away.carry": lambda o, p: chair_away.carry(o, "id", p.parent),
    "key_changes.revoke": lambda o, p: key_changes.revoke(o, "id"),
    "key_changes.rotate_root": lambda o, p: key_changes.rotate_root(o),
    "key_renewal.begin": lambda o, p: key_renewal.begin(o),
    "key_renewal.begin_again": lambda o, p: key_renewal.begin_again(o),
    "root_holders.appoint": lambda o, p: root_holders.appoint(o, ()),
    "root_holders.take_over": lambda o, p: root_holders.take_over(o),
    "staff.add": lambda o, p: staff.add(o, OFFICER),
    "staff.remove": lambda o, p: staff.remove(o, "id"),
    "officers.save_post": lambda o, p: officers.save_post(o, POST),
    "officers.save_training": lambda o, p: officers.save_training(o, TRAINING),
    "ratings.save": lambda o, p: ratings.save(o, Rating(o.identity.unit, 2024, "tot")),
    "workplaces.save": lambda o, p: workplaces.save(o, WORKPLACE, workplaces.Counted()),
    "joining.join": lambda o, p: joining.join(o, ["id"], date(2024, 5, 31), "12/QĐ-CĐX"),
    "joining.leave": lambda o, p: joining.leave(o, ["id"], date(2024, 5, 31)),
    "joining.transfer": lambda o, p: joining.transfer(o, ["id"], o.identity.unit, date(2024, 5, 31)),
    "mailbox.result_of": lambda o, p: mailbox.result_of(o, "id"),
    "members.add": lambda o, p: members.add(o, person(o.identity.unit)),
    "members.edit": lambda o, p: members.edit(o, "id", person(o.identity.unit)),
    "departments.save": lambda o, p: departments.save(o, Department(o.identity.unit, "Văn phòng", "VP")),
    "merging.freeze": lambda o, p: merging.freeze(o, 99, date(2024, 5, 1)),
    "opening.new_recovery": lambda o, p: opening.new_recovery(o),
    "outgoing.make_cascade": lambda o, p: outgoing.make_cascade(o, "id", "unit"),
    "outgoing.make_plan": lambda o, p: outgoing.make_plan(o, "id", "unit"),
    "outgoing.pictures_offered": lambda o, p: outgoing.pictures_offered(o, request("id")),
    "outgoing.make_report": lambda o, p: outgoing.make_report(o, request("id"), "unit"),
    "plan_adoption.save": lambda o, p: plan_adoption.save(o, HEAD),
    "plan_adoption.undo": lambda o, p: plan_adoption.undo(o, "id"),
    "targets.choose": lambda o, p: targets.choose(o, "id", "T01", "within", "numerator"),
    "receipts.write_receipt": lambda o, p: receipts.write_receipt(o, RESULT),
    "reviews.approve": lambda o, p: reviews.approve(o, "id"),
    "reviews.reopen": lambda o, p: reviews.reopen(o, "id", "lý do"),
    "shared_files.add": shared_files.add,
    "shared_files.remove": lambda o, p: shared_files.remove(o, "id", "lý do"),
    "shared_files.switch": lambda o, p: shared_files.switch(o, "id", used=False),
    "adjusting.adjust": lambda o, p: adjusting.adjust(o, "id", date(2026, 7, 1), "lý do"),
    "reviews.send_back": lambda o, p: reviews.send_back(o, "id", (), None),
    "records.delete": lambda o, p: records.delete(o, "id", "lý do"),
    "records.undelete": lambda o, p: records.undelete(o, "id"),
    "records.restore": lambda o, p: records.restore(o, "id", "hash"),
    "sheet_import.apply": lambda o, p: sheet_import.apply(o, PREVIEW),
    "sheet_check.check": lambda o, p: sheet_check.check(o, None, "DS", MATCHING),  # type: ignore[arg-type]  # unread
    "sheet_check.open_file": sheet_check.open_file,
    "sample_province.build": lambda o, p: sample_province.build(o),
    "reorganisation.decide": lambda o, p: reorganisation.decide(o, Dissolve("id"), Decision(date(2024, 5, 1))),
    "reorganisation.take_back": lambda o, p: reorganisation.take_back(o, "id", "lý do"),
    "stick_run.take_and_write": lambda o, p: stick_run.take_and_write(o, p.parent.parent),
    "funds.save": lambda o, p: funds.save(o, Contribution(o.identity.unit, "quy_xa_hoi", date(2024, 5, 1), 1)),
    "gift_lists.save": lambda o, p: gift_lists.save(o, GIFTS, []),
    "gift_lists.undo": lambda o, p: gift_lists.undo(o, gift_lists.SavedGifts(("id",), ())),
    "narratives.save": lambda o, p: narratives.save(o, Narrative("", "id", date(2024, 1, 1), date(2024, 2, 1))),
    "needs.add": lambda o, p: needs.add(o, need(o.identity.unit), person(o.identity.unit)),
    "needs.edit": lambda o, p: needs.edit(o, "id", need(o.identity.unit, person="x")),
    "paper_templates.save": lambda o, p: paper_templates.save(o, ""),
    "proposals.save": lambda o, p: proposals.save(o, Proposal(o.identity.unit, "u", date(2024, 5, 1), ())),
    "review_meetings.save": lambda o, p: review_meetings.save(
        o, ReviewMeeting(o.identity.unit, "id", date(2024, 5, 1), ())
    ),
    "support_decisions.save": lambda o, p: support_decisions.save(
        o, SupportDecision(o.identity.unit, "id", "1/QĐ", date(2024, 5, 1), ())
    ),
    "support_decisions.pay": lambda o, p: support_decisions.pay(o, "id", date(2024, 5, 1)),
    "support_decisions.take_back": lambda o, p: support_decisions.take_back(o, support_decisions.Paid(("id",), ())),
    "signing.mark_signed": lambda o, p: signing.mark_signed(o, ["id"], None),
    "statistics.save": lambda o, p: statistics.save(o, "1-HĐCĐ", statistics_half(2024, 1), {"I.2": 1}),
    "support.add": lambda o, p: support.add(o, support_record(o.identity.unit), person(o.identity.unit)),
    "support.edit": lambda o, p: support.edit(o, "id", support_record(o.identity.unit, person="x")),
    "update_making.make": lambda o, p: update_making.make(o, p, "1", "Windows"),
    "trusting.write_enrolment": lambda o, p: trusting.write_enrolment(o),
    "trusting.write_trust": lambda o, p: trusting.write_trust(o, "unit"),
    "unit_desk.save": lambda o, p: unit_desk.save(o, ENTRY),
    "units.add": lambda o, p: units.add(o, name="CĐCS Chợ", short_name="", code="CDCS-CHO", kind="doanh_nghiep"),
    "units.edit": lambda o, p: units.edit(o, o.identity.unit, name="x", short_name="x", code="X", kind="x"),
    "units.delete": lambda o, p: units.delete(o, o.identity.unit, "lý do"),
    "units.set_headcount": lambda o, p: units.set_headcount(o, Headcount(o.identity.unit, date(2024, 5, 31), 9, 8)),
}
"""Calls that must be refused before they look at what they were given."""
NEED_A_FILE = {"key_renewal.admit", "trusting.approve", "trusting.accept_trust", "outgoing.write_to_stick"}
NEED_A_FILE |= {"exchanging.make", "second_computer.admit", "second_computer.join"}
NEED_A_FILE |= {"chair_away.sign", "chair_away.bring_home"}
"""Refused as well, see below; they need a real file or package to come that far."""

READERS = {
    "activities.all_of", "activities.held_at", "activities.listing", "activities.page", "activities.places",
    "activities.position", "activities.rows", "agenda.between",
    "attachments.let_go", "attachments.listing", "attachments.picture", "attachments.save_copy",
    "updates.kept",
    "backup.back_up", "backup.last_backup", "chair_asked.is_asked", "chair_away.look", "confirming.is_asked",
    "confirming.of",
    "database_key.is_due", "key_renewal.gives_up", "key_renewal.may_take", "key_renewal.waits",
    "root_holders.candidates", "root_holders.may_take",
    "staff.listing", "staff.standing",
    "trusting.enrolled",
    "campaign_ledger.look", "campaigns.get",
    "campaigns.listing", "campaigns.own_plan",
    "conflicts.listing", "consolidated.make_again", "consolidation.consolidate", "coverage.coverage", "doctor.check",
    "departments.choices", "departments.get", "departments.on_day",
    "doctor.digest", "doctor.rebuild", "drafts.drop", "drafts.find", "drafts.keep", "drafts.waiting",
    "entered.listing", "exchanging.partners", "second_computer.admitted", "second_computer.naming_us",
    "home.count_todos", "home.overview", "homeward.refresh",
    "incoming.inbox", "incoming.look", "incoming.look_at", "mailbox.inbox", "mailbox.outbox",
    "org_chart.chart", "org_chart.details", "org_chart.leaving",
    "merging.baselines", "merging.merge_list", "merging.small", "merging.suggestions",
    "mailbox.unanswered", "mailbox.waiting", "narratives.look", "newer.listing",
    "origins.of_package", "origins.origins",
    "outgoing.outbox", "records.refuse_changed", "records.sides", "records.standing", "records.versions",
    "reporting.note_print",
    "reorganisation.events", "reorganisation.preview", "reorganisation.together",
    "paper_templates.applied", "paper_templates.check", "paper_templates.look", "paper_templates.preview",
    "paper_templates.recipients",
    "general_report.paper", "list_papers.paper", "stamped.listing", "stamped.of_period", "stamped.pdf",
    "stamped.save",
    "papers.export", "papers.note_print", "papers.pdf", "papers.save", "papers.word", "plan_papers.prepare",
    "papers.excel", "reminders.prepare", "reporting.excel", "statistics.listing", "statistics.look", "statistics.paper",
    "paper_check.check", "picture_lines.offered",
    "reporting.pdf", "reporting.prepare", "reporting.save", "reporting.word", "reporting.signers", "sheets.enrolment",
    "sheets.enrolment_words", "sheets.receipt", "sheets.receipt_again", "sheets.recovery",
    "sheets.root", "stick_facts.offers",
    "returned.listing", "reviews.differences", "reviews.late", "reviews.look", "reviews.standing",
    "shared_files.listing", "stick_run.survey",
    "import_history.listing", "sheet_check.look", "sheet_import.write_returned",
    "emulation.entries", "emulation.paper", "emulation.phases", "invitations.paper",
    "receivers.find_people", "support.listing", "support_list.ids", "support_list.listing", "support_list.page",
    "support_list.place", "support_list.rows", "trusting.enrolment_words", "trusting.is_trusted",
    "trusting.keys", "trusting.read_enrolment", "trusting.root_words", "trusting.signs_list", "trusting.uppers",
    "side_by_side.of_unit", "unit_desk.entries_about", "unit_desk.listing",
    "units.choices", "units.grassroots", "units.listing", "units.own", "units.upper",
    "likeness.alike", "members.everybody", "members.get", "members.page", "members.place", "members.rows",
    "members.entries_about", "membership.on_day", "persons.reveal", "workplaces.choices", "workplaces.entries_about",
    "plan_links.links", "plan_desk.read_file", "plan_desk.read_pasted", "reading_drafts.drop", "reading_drafts.keep",
    "reading_drafts.restore",
    "activities.read_ahead", "support_list.read_ahead",
    "funds.balances", "gift_lists.check", "funds.listing", "funds.statement", "given_before.lines",
    "signing.signing_list",
    "need_papers.decision_paper", "need_papers.minutes_paper", "need_papers.proposal_paper",
    "needs.listing", "proposals.choose", "proposals.listing", "proposals.named", "proposals.open_needs",
    "proposals.receivers", "review_meetings.begin", "review_meetings.listing",
    "support_decisions.begin", "support_decisions.listing",
    "receivers.namesakes", "sheet_export.save", "finding.find",
    "target_records.behind", "targets.by_period", "targets.look_closer",
    "courses.listing", "courses.page", "courses.place", "courses.rows",
    "officers.listing", "officers.page", "officers.place", "officers.rows",
    "ratings.listing", "ratings.rating_list",
    "workplaces.listing", "workplaces.page", "workplaces.place", "workplaces.rows",
}  # fmt: skip
"""What a viewer may do: look, print, copy a backup, keep drafts, recompute what is computed anyway."""

INSIDE = {
    "first_page.of_document",
    "given_before.of_receiver",
    "reporting.beginning_of",
    "side_by_side.on_lines",
    "need_steps.lines",
    "receivers.hits",
    "receivers.people",
    "support.with_receiver",
    "letterheads.own",
    "targets.evaluated",
    "erasing.after_restore",
    "homeward.publish",
    "confirming.bytes_of",
    "confirming.counts",
    "confirming.keep_signed",
    "confirming.own_counts",
    "confirming.refuse_unconfirmed",
    "handing_over.hands_over",
    "handing_over.heir",
    "handing_over.owed",
    "handing_over.records",
    "importing.keep",
    "key_closing.declare",
    "key_closing.waits",
    "key_changes.publish",
    "key_changes.rooted",
    "pending_key.held",
    "database_key.refuse_where_one_cannot_follow",
    "staff.entry",
    "staff.keys",
    "staff.root_secret",
    "trusting.accept",
    "trusting.came_before",
    "trusting.put_on",
    "updates.keep",
    "trusting.seen_of",
    "trusting.signed_here",
    "trusting.vouched",
    "importing.unite",
    "catalogues.shipped",
    "catalogues.title",
    "catalogues.use",
    "incoming.meet",
    "shared_files.forms",
    "shared_files.riding",
    "shared_files.use",
    "incoming.opened",
    "incoming.take",
    "going_up.touched",
    "incoming.tried",
    "incoming.secrets_of",
    "incoming.verified",
    "ordered.by_unit",
    "outgoing.send",
    "picture_lines.lines",
    "picture_lines.receive",
    "receipts.send_answer",
    "owed.awaited",
    "owed.silent",
    "owed.on_behalf",
    "owed.owed",
    "records.authors",
    "reporting.compute",
    "reporting.report_of",
    "reporting.to_date",
    "trusting.own_key",
    "trusting.store",
    "trusting.take_next",
    "units.named",
    "units.under",
}
"""Steps of other services, called by them inside their transaction."""


def public() -> dict[str, Callable[..., object]]:
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            ours = function.__module__ == loaded.__name__ and not name.startswith("_")
            if ours and first is not None and first.annotation == "Office":
                found[f"{module.name}.{name}"] = function
    return found


def test_every_service_is_in_one_of_the_tables() -> None:
    tables = [*WRITERS, *NEED_A_FILE, *READERS, *INSIDE]
    assert len(tables) == len(set(tables))
    assert public().keys() - set(tables) == set()
    assert set(WRITERS) <= public().keys()


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_viewer_writes_nothing(name: str, offices: Offices) -> None:
    made = outgoing.make_report(offices.union, request(campaign(offices.union)), offices.province.identity.unit)[0]
    path = offices.carry(offices.union, made)
    office = offices.province if name.startswith("incoming") else offices.union
    before = every_row(office)
    with pytest.raises(NotAllowed, match="Chỉ xem"):
        WRITERS[name](as_role(office, Role.VIEWER), path)
    assert every_row(office) == before


def test_an_officer_neither_trusts_nor_erases(offices: Offices) -> None:
    officer = as_role(offices.province, Role.OFFICER)
    made = trusting.write_enrolment(offices.union)
    path = offices.carry(offices.union, made)
    words = " ".join(trusting.enrolment_words(offices.union, made))
    for refused in (
        lambda: trusting.approve(officer, path, words),
        lambda: trusting.write_trust(officer, offices.union.identity.unit),
        lambda: erasing.erase_person(officer, "id"),
        lambda: attachments.erase(officer, "id"),
        lambda: opening.new_recovery(officer),
        lambda: staff.add(officer, OFFICER),
        lambda: staff.remove(officer, "id"),
        lambda: confirming.confirm(officer, "id"),
        lambda: chair_away.sign(officer, path),
        lambda: chair_asked.ask(officer, True),
        lambda: root_holders.take_over(officer),
        lambda: key_renewal.admit(officer, path),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_viewer_takes_on_no_trust_and_fills_no_stick(offices: Offices) -> None:
    viewer = as_role(offices.union, Role.VIEWER)
    answer = trusting.write_trust(offices.province, offices.union.identity.unit)
    path = offices.carry(offices.province, answer)
    with pytest.raises(NotAllowed):
        trusting.accept_trust(viewer, path)
    made = trusting.write_enrolment(offices.union)
    names = sorted(entry.name for entry in offices.stick.rglob("*"))
    with pytest.raises(NotAllowed):
        outgoing.write_to_stick(viewer, made.package_id, offices.stick)
    assert sorted(entry.name for entry in offices.stick.rglob("*")) == names


def test_a_chair_has_every_right_and_a_viewer_one() -> None:
    assert RIGHTS[Role.CHAIR] == set(Right)
    assert RIGHTS[Role.VIEWER] == {Right.READ}
    assert RIGHTS[Role.OFFICER] == set(Right) - {Right.TRUST}
