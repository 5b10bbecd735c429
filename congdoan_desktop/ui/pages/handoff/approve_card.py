"""The province admits a union: it compares the stamped sheet with the file by typing the sheet's eight words."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.services import key_renewal, second_computer, sheet_pictures, trusting
from congdoan_desktop.services.stick_facts import Offers
from congdoan_desktop.services.trusting import EnrolmentSeen
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.handoff.offer_card import OfferCard
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar

_SENTENCE = (
    "Chọn USB có tệp đăng ký của đơn vị. Gõ tám từ đọc từ phiếu giấy có dấu, hoặc chọn ảnh chụp phiếu: máy so với tệp, "
    "khớp thì mới công nhận và lập tệp tin cậy để trao lại."
)
_ALREADY = "Khoá này đã được công nhận từ trước."
_VOUCHED = (
    "Khoá đang được tin của chính người này giới thiệu khoá mới: không cần phiếu giấy. Khoá cũ còn dùng cho gói đang"
    " trên đường, và tự thôi dùng khi máy ấy đã chuyển sang khoá mới."
)
_GIVES_UP = (
    "Người này đã chuyển sang khoá mới; khoá cũ tự xin thôi dùng và ghi số gói cuối của mình. Không cần phiếu giấy; gói"
    " lập trước đó vẫn được nhận."
)
_NOTHING = "Chưa thấy tệp đăng ký nào ở USB đang chọn."


class ApproveCard(OfferCard):
    """The words of the file are never shown here: they must come from the paper."""

    def __init__(self, context: Context, bar: StickBar, banner: Banner) -> None:
        super().__init__(context, bar, banner, "user", "Tiếp nhận đăng ký của đơn vị", _SENTENCE)
        self._offered: dict[str, EnrolmentSeen] = {}
        self.file = ChoiceField("enrolment", "Tệp đăng ký trên USB", required=True)
        self.typed = TextField(
            "words", "Tám từ trên phiếu có dấu", required=True, placeholder="Gõ theo thứ tự, không cần dấu"
        )
        self.decision = TextField("decision", "Số quyết định (nếu có)")
        self.under = ChoiceField("under", "Đứng dưới (để trống: đơn vị mình)")
        self.computer_of = ChoiceField("computer_of", "Là máy thêm của (để trống: đơn vị mới)")
        self.form = Form()
        self.form.add(self.file)
        self.form.add(self.under, self.computer_of)
        self.form.add(self.typed, self.decision, stretch=(3, 1))
        agree = Button("Công nhận đơn vị", "seal-check", "primary", on_click=self._approve)
        agree.setObjectName("approve")
        self.again.setObjectName("findEnrolments")
        self.lay_out(agree)

    def show_offers(self, offers: Offers) -> None:
        self._offered = {str(seen.path): seen for seen in offers.enrolments}
        self.file.set_choices([(path, _name(seen)) for path, seen in self._offered.items()])
        fresh = [path for path, seen in self._offered.items() if not seen.already]
        if fresh and self.file.value() is None:
            self.file.set_value(fresh[0])
        self.context.runner.run(lambda: trusting.uppers(self.context.office()), done=self.under.set_choices)
        self.context.runner.run(
            lambda: second_computer.admitted(self.context.office()), done=self.computer_of.set_choices
        )
        self.describe()

    def describe(self) -> None:
        seen = self._offered.get(str(self.file.value()))
        if seen is None:
            self.who.setText(_NOTHING if not self._offered else "")
        else:
            known = _ALREADY if seen.already else _told(seen)
            people = "; ".join(seen.officers)
            self.who.setText(f"{seen.unit.name} · mã {seen.unit.code} · {people}. {known}".strip())
        vouched = seen is not None and seen.vouched and not seen.already
        for field in (self.typed, self.decision, self.under, self.computer_of):
            field.setVisible(not vouched)
        self.picture.setVisible(seen is not None and not vouched)
        self.agree.set_text(_deed(seen) if seen else "Công nhận đơn vị")

    def words_in(self, picture: Path) -> str:
        seen = self._offered[str(self.file.value())]
        return sheet_pictures.enrolment_words(picture, seen.package_id)

    def _admit(self, seen: EnrolmentSeen) -> EnrolmentSeen:
        """A renewed key, and the list that tells the union of it."""
        office = self.context.office()
        admitted = key_renewal.admit(office, seen.path)
        trusting.write_trust(office, admitted.unit.unit)
        return admitted

    def _approve(self) -> None:
        seen = self._offered.get(str(self.file.value()))
        if seen is None:
            return
        if seen.vouched and not seen.already:
            self.believe(lambda: self._admit(seen), self._approved, "Đang công nhận")
            return
        if not self.form.check():
            return
        typed, decision = str(self.typed.value()), str(self.decision.value() or "")
        under, further = str(self.under.value() or ""), str(self.computer_of.value() or "")

        if further:
            self.believe(lambda: self._join(seen, typed, further), self._joined, "Đang công nhận")
            return

        def work() -> EnrolmentSeen:
            office = self.context.office()
            admitted = trusting.approve(office, seen.path, typed, decision=decision, under=under)
            for unit in filter(None, (admitted.unit.unit, under)):
                trusting.write_trust(office, unit)
            return admitted

        self.believe(work, self._approved, "Đang công nhận")

    def _join(self, seen: EnrolmentSeen, typed: str, unit: str) -> str:
        """A further computer of a union of the list, and the list for it. Returns the union's name."""
        office = self.context.office()
        second_computer.admit(office, seen.path, typed, unit)
        trusting.write_trust(office, unit)
        return dict(second_computer.admitted(office)).get(unit, seen.unit.name)

    def _joined(self, unit_name: str) -> None:
        self._say(f"Đã công nhận máy thêm của {unit_name}.")

    def _approved(self, seen: EnrolmentSeen) -> None:
        name = seen.unit.name
        self._say(f"Khoá cũ của {name} đã thôi dùng." if seen.gives_up else f"Đã công nhận {name}.")

    def _say(self, what: str) -> None:
        self.form.set_values({})
        self.banner.show_text(
            "ok",
            what,
            "Tệp tin cậy cho đơn vị đã nằm trong hộp gửi.",
            action="Ghi ra USB",
            on_action=self.send_wanted.emit,
        )
        self.done.emit()
        self.look()


def _told(seen: EnrolmentSeen) -> str:
    """Why no paper is needed, "" where it is."""
    if not seen.vouched:
        return ""
    return _GIVES_UP if seen.gives_up else _VOUCHED


def _deed(seen: EnrolmentSeen) -> str:
    if seen.vouched and seen.gives_up:
        return "Cho khoá cũ thôi dùng"
    what = "khoá mới của " if seen.vouched and not seen.already else ""
    return f"Công nhận {what}{seen.unit.short_name}"


def _name(seen: EnrolmentSeen) -> str:
    state = "đã công nhận" if seen.already else "khoá cũ thôi dùng" if seen.gives_up else "mới"
    return f"{seen.unit.name} ({state}) – {seen.path.name}"
