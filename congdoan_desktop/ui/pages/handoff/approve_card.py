"""The province admits a union: it compares the stamped sheet with the file by typing the sheet's eight words."""

from __future__ import annotations

from congdoan_desktop.services import trusting
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
    "Chọn USB có tệp đăng ký của đơn vị. Gõ tám từ đọc từ phiếu giấy có dấu: máy so với tệp, khớp thì mới công nhận và "
    "lập tệp tin cậy để trao lại."
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
        self.form = Form()
        self.form.add(self.file, self.under, stretch=(3, 2))
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
        self.describe()

    def describe(self) -> None:
        seen = self._offered.get(str(self.file.value()))
        if seen is None:
            self.who.setText(_NOTHING if not self._offered else "")
        else:
            known = " Khoá này đã được công nhận từ trước." if seen.already else ""
            self.who.setText(
                f"{seen.unit.name} · mã {seen.unit.code} · {seen.officer_name}, {seen.officer_title}.{known}"
            )
        self.agree.set_text(f"Công nhận {seen.unit.short_name}" if seen else "Công nhận đơn vị")

    def _approve(self) -> None:
        seen = self._offered.get(str(self.file.value()))
        if not self.form.check() or seen is None:
            return
        typed, decision = str(self.typed.value()), str(self.decision.value() or "")
        under = str(self.under.value() or "")

        def work() -> EnrolmentSeen:
            office = self.context.office()
            admitted = trusting.approve(office, seen.path, typed, decision=decision, under=under)
            for unit in filter(None, (admitted.unit.unit, under)):
                trusting.write_trust(office, unit)
            return admitted

        self.believe(work, self._approved, "Đang công nhận")

    def _approved(self, seen: EnrolmentSeen) -> None:
        self.form.set_values({})
        self.banner.show_text(
            "ok",
            f"Đã công nhận {seen.unit.name}.",
            "Tệp tin cậy cho đơn vị đã nằm trong hộp gửi.",
            action="Ghi ra USB",
            on_action=self.send_wanted.emit,
        )
        self.done.emit()
        self.look()


def _name(seen: EnrolmentSeen) -> str:
    return f"{seen.unit.name} ({'đã công nhận' if seen.already else 'mới'}) – {seen.path.name}"
