"""The whole main path of two offices, with a word to be looked for in every personal field.

`office_life.py FOLDER`: FOLDER holds `province`, `union` and `stick`.
"""

from __future__ import annotations

import logging
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PIL import Image

from congdoan_desktop import logs
from congdoan_desktop.domain.attachments import PHOTO, SCAN
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.narrative import Passage
from congdoan_desktop.domain.needs import COLLECTIVE, Need
from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.proposals import About, Attendee, Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import (
    activities,
    attachments,
    backup,
    campaigns,
    doctor,
    drafts,
    entered,
    erasing,
    incoming,
    joining,
    likeness,
    members,
    narratives,
    need_papers,
    needs,
    officers,
    outgoing,
    papers,
    persons,
    proposals,
    ratings,
    receipts,
    receivers,
    records,
    reporting,
    review_meetings,
    support,
    support_decisions,
    workplaces,
)
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.workplaces import Counted
from congdoan_desktop.ui import excepthook
from tests.pictures.photos import encoded, page
from tests.services.conftest import activity, campaign, grassroots, request, unlocked
from tests.services.conftest import support as support_record

SECRET = {
    "name": "Kpă H'Quzwin Ẩnxạ",
    "name after an edit": "Rơmah Vyzquế Ợnlữ",
    "number of the citizen": "079185904417",
    "circumstances": "Hoàn cảnh wqzxươ bịtậm",
    "goods": "Mười cân gạo jfqzẽ",
    "reason of a deletion": "Xoá vì vzkqỗ nhầmlẫn",
    "draft": "Đang gõ dở yqwzặ chưaxong",
    "note of an activity": "Ghi riêng fjwqở nộibộ",
    "other order of the name": "Ẩnxạ Zjwqể Kpă",
    "ethnicity": "dân tộc wjzqẵ",
    "home": "Bản Nậm Vzqwỗ",
    "address": "Tổ 9 phường Jqzxể",
    "phone": "0987650431",
    "old number": "079412358",
    "number of insurance": "7904123581",
    "card": "THẺ-QZW-88417",
    "position": "Tổ trưởng zwjqỡ",
    "note of a person": "Có vzqwẫ bệnhnền",
    "course": "Lớp jzqwữ nghiệpvụ",
    "contact": "Gọi cho Wjqzể trước",
    "note of a workplace": "Chủ hay zqvjỗ kểchuyện",
    "note of a rating": "Vì zwqvậ nểnang",
    "note of a figure": "Chị tổ zqjwỗ đếm",
    "caption of a photo": "Chụp ở nhà zqfjẵ",
    "camera of a photo": "Máy của chị wfzqẽ",
    "collective": "Tổ sao chè vzjqỡ",
    "relation": "Con nuôi của jwzqỗ",
    "case of need": "Bệnh tình zqwvợ kéodài",
    "reporter": "Bà tổ trưởng qjwzẵ",
    "note of a need": "Hỏi thêm vqzjệ lángriềng",
    "reason to exceed": "Vì mổ hai lần zjqwĩ",
    "title of a proposal": "Giúp nhà jvqwẽ đợt đầu",
    "note of a proposal": "Kèm giấy zwvqỉ",
    "place of a meeting": "Gác hai nhà zqjvũ",
    "member of a meeting": "Wqzjẫ Thị Hộinghị",
    "absent": "Ông jqzwổ đi vắng",
    "opinion": "Chưa nên vì wjqzữ",
    "summary": "Thống nhất vzqjẩ",
    "signer": "Chủ tịch zvwqồ",
    "signer's title": "Chức lạ qvzjữ",
    "note of a decision": "Gửi riêng zqwjở",
}
"""What stands for it -> the word. Nowhere in clear, on no paper."""
NARRATIVE = {
    "title of an activity": "Giải cờ tướng zqxwễ",
    "place of an activity": "Sân kho hợp tác jvqzổ",
    "difficulties": "Đường xa kwqzậ khóđi",
    "proposals": "Xin thêm zjqvữ kinhphí",
    "next period": "Sang quý tới jzvqẻ trồngcây",
    "passage": "Buổi nói chuyện vqjzẽ đôngngười",
}
"""May stand on the report's paper, and so in the package's PDF, but in no other file."""


def described(unit: str) -> Person:
    """Somebody of whom everything is known."""
    return Person(
        unit, True, SECRET["name"], 1985, SECRET["number of the citizen"], "nữ", date(2015, 3, 1),
        sort_name=SECRET["other order of the name"], birth="1985-04-12", ethnicity=SECRET["ethnicity"],
        home=SECRET["home"], address=SECRET["address"], phone=SECRET["phone"], old_id=SECRET["old number"],
        insurance=SECRET["number of insurance"], card=SECRET["card"], work=SECRET["position"],
        party_admitted=date(2018, 5, 19), note=SECRET["note of a person"],
    )  # fmt: skip


@dataclass
class Life:
    """Two offices, and where their things lie."""

    province: Office
    union: Office
    folder: Path

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def carry(self, sender: Office, package_id: str, receiver: Office) -> ImportResult:
        path = outgoing.write_to_stick(sender, package_id, self.stick).path
        incoming.look(receiver, self.stick)
        return incoming.apply(receiver, path)

    def live(self) -> None:
        id_ = campaign(self.province)
        plan = outgoing.make_plan(self.province, id_, self.union.identity.unit)
        self.carry(self.province, plan.package_id, self.union)
        who = self._enter(id_)
        self._report(id_)
        self._refusals(id_)
        self._break()
        backup.back_up(self.union, self.folder)
        erasing.erase_person(self.union, who)
        self._report(id_)
        doctor.rebuild(self.union)
        backup.back_up(self.union, self.folder)

    def _enter(self, id_: str) -> str:
        unit = grassroots(self.union)
        somebody = described(unit)
        record = support_record(unit, id_, goods=SECRET["goods"], in_kind=5, note=SECRET["circumstances"])
        (given,) = support.add(self.union, record, somebody).ids
        who = support.listing(self.union)[0].record.person
        members.edit(self.union, who, replace(somebody, name=SECRET["name after an edit"]))
        support.edit(self.union, given, replace(record, person=who, cash=7))
        persons.reveal(self.union, who)
        self._ask_help(unit, who, id_)
        self._register(unit, who)
        receivers.find_people(self.union, SECRET["name"])
        support.add(self.union, replace(record, person=""), somebody)
        wrong = activity(id_, title="Ghi nhầm", note=SECRET["note of an activity"])
        (gone,) = activities.add(self.union, wrong, (unit,)).ids
        records.delete(self.union, gone, SECRET["reason of a deletion"])
        done = activity(
            id_,
            title=NARRATIVE["title of an activity"],
            place=NARRATIVE["place of an activity"],
            note=SECRET["note of an activity"],
        )
        held = activities.add(self.union, done, (unit,)).ids
        self._photograph(held[0], given)
        drafts.keep(self.union, "support", "", {"name": SECRET["name"], "note": SECRET["draft"]})
        drafts.keep(self.union, "activity", "", {"title": SECRET["draft"]})
        return who

    def _ask_help(self, unit: str, who: str, campaign: str) -> None:
        """From need to payment, put before the province, with a word in every text."""
        union, on = self.union, date(2024, 7, 2)
        need = Need(
            unit, who, "than_nhan", "om_dau", "tro_cap", on, 5, campaign, on, "van_ban", relation=SECRET["relation"],
            circumstances=SECRET["case of need"], reporter=SECRET["reporter"], note=SECRET["note of a need"],
        )  # fmt: skip
        group = Need(unit, None, COLLECTIVE, "thien_tai", "tro_cap", on, 5, campaign, group=SECRET["collective"])
        ids = [needs.add(union, one).ids[0] for one in (need, group)]
        own, above = union.identity.unit, self.province.identity.unit
        chosen, reason = proposals.choose(union, ids), (About(ids[0], SECRET["reason to exceed"]),)
        made = Proposal(own, above, on, chosen.asks, campaign=campaign, title=SECRET["title of a proposal"],
                        reasons=reason, note=SECRET["note of a proposal"])  # fmt: skip
        (proposal,) = proposals.save(union, made).ids
        begun = review_meetings.begin(union, proposal)
        members = (Attendee(SECRET["member of a meeting"], SECRET["signer's title"]),)
        meeting = ReviewMeeting(own, proposal, on, begun.verdicts, SECRET["place of a meeting"], members,
                                SECRET["absent"], (About(ids[0], SECRET["opinion"]),), SECRET["summary"])  # fmt: skip
        (met,) = review_meetings.save(union, meeting).ids
        signer = (SECRET["signer"], SECRET["signer's title"], SECRET["note of a decision"])
        decision = SupportDecision(own, met, "15/QĐ-CĐX", on, tuple(ids), *signer)
        support_decisions.pay(union, support_decisions.save(union, decision).ids[0], on, SECRET["goods"])
        for made_of, id_ in (
            (need_papers.proposal_paper, proposal),
            (need_papers.decision_paper, support_decisions.listing(union)[0].id),
        ):
            papers.pdf(union, made_of(union, id_, ("Lò Thị Hoa", "Chủ tịch")))
        papers.pdf(union, need_papers.minutes_paper(union, met))
        drafts.keep(union, "need", "", {"name": SECRET["name"], "circumstances": SECRET["case of need"]})

    def _photograph(self, held: str, given: str) -> None:
        """A photo that says whose camera it was; one that is staged for a draft; one that is erased."""
        camera = encoded(Image.effect_noise((90, 60), 50), "JPEG", comment=SECRET["camera of a photo"].encode())
        (photo,) = attachments.attach(self.union, "activity", [held], [camera], PHOTO).ids
        attachments.edit(self.union, photo, kind=PHOTO, caption=SECRET["caption of a photo"], taken=date(2024, 7, 1))
        (scan,) = attachments.attach(self.union, "support", [given], [encoded(page(2, 200, 280), "PDF")], SCAN).ids
        attachments.picture(self.union, attachments.listing(self.union, held)[0].attachment.digest)
        attachments.erase(self.union, scan)
        green = encoded(Image.new("RGB", (30, 20), "green"), "PNG")
        attachments.keep(self.union, attachments.make_ready([green], PHOTO))

    def _register(self, unit: str, who: str) -> None:
        """Lists, courses, workplaces, ratings, and somebody who leaves."""
        members.page(self.union, members.Wanted(search=SECRET["phone"]))
        likeness.alike(self.union, described(unit))
        officers.save_post(self.union, Post(unit, who, "chu_tich", "bch", full_time=False, since=date(2024, 1, 1)))
        officers.save_training(self.union, Training(unit, who, date(2024, 5, 1), "tinh", 1, SECRET["course"]))
        tea = Workplace(unit, "Công ty chè", "doanh_nghiep", "tu_nhan")
        workplaces.save(
            self.union, replace(tea, contact=SECRET["contact"], note=SECRET["note of a workplace"]), Counted()
        )
        ratings.save(self.union, Rating(unit, 2024, "tot", note=SECRET["note of a rating"]))
        days = (date(2024, 3, 1), date(2024, 6, 30))
        entered.save(self.union, [EnteredFigure(unit, "I09", *days, 4, 5, SECRET["note of a figure"])])
        joining.leave(self.union, [who], date(2024, 7, 1))

    def _report(self, id_: str) -> None:
        asked = replace(request(id_), difficulties=NARRATIVE["difficulties"], proposals=NARRATIVE["proposals"])
        asked = replace(
            asked, next_period=NARRATIVE["next period"], passages=(Passage("Tuyên truyền", NARRATIVE["passage"]),)
        )
        narratives.save(self.union, asked.narrative(""))
        reporting.save(self.union, reporting.prepare(self.union, asked), self.folder / "bao-cao.pdf")
        made, _ = outgoing.make_report(self.union, asked, self.province.identity.unit, (PHOTO, SCAN))
        result = self.carry(self.union, made.package_id, self.province)
        support.listing(self.province, search=SECRET["name"])
        receipt = receipts.write_receipt(self.province, result)
        self.carry(self.province, receipt.package_id, self.union)

    def _refusals(self, id_: str) -> None:
        """What goes wrong on the way leaves its traces too."""
        (package, *_) = outgoing.outbox(self.union)
        data = (self.union.outbox / package.file_name).read_bytes()
        bad = self.stick / "hong.cdpkg"
        bad.write_bytes(data[:-100])
        incoming.look(self.province, self.stick)
        for what in (
            lambda: support.add(self.union, support_record("", id_, note=SECRET["circumstances"])),
            lambda: campaigns.get(self.union, SECRET["name"]),
            lambda: records.delete(self.union, SECRET["name"], SECRET["reason of a deletion"]),
        ):
            try:
                what()
            except AppError:
                logging.getLogger("congdoan_desktop.services").exception("refused")

    def _break(self) -> None:
        """Bugs whose messages quote what an officer typed."""
        try:
            try:
                int(SECRET["name"])
            except ValueError as error:
                raise KeyError(SECRET["number of the citizen"]) from error
        except KeyError as error:
            excepthook.log_bug(error)
            logging.getLogger("congdoan_desktop.ui").exception("a bug")


def main(folder: str) -> None:
    top = Path(folder)
    with (
        logs.kept_in(top / "union"),
        closing(unlocked(top / "province")) as province,
        closing(unlocked(top / "union")) as union,
    ):
        Life(province, union, top).live()


if __name__ == "__main__":
    main(*sys.argv[1:])
