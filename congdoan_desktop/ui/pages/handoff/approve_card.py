"""The province admits a union: it compares the stamped sheet with the file by typing the sheet's eight words."""

from __future__ import annotations

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import stick_facts, trusting
from congdoan_desktop.services.stick_facts import Offers
from congdoan_desktop.services.trusting import EnrolmentSeen
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES, TrustCard

_SENTENCE = (
    "Chọn USB có tệp đăng ký của đơn vị. Gõ tám từ đọc từ phiếu giấy có dấu: máy so với tệp, khớp thì mới công nhận và "
    "lập tệp tin cậy để trao lại."
)
_NOTHING = "Chưa thấy tệp đăng ký nào ở USB đang chọn."


class ApproveCard(TrustCard):
    """The words of the file are never shown here: they must come from the paper."""

    def __init__(self, context: Context, bar: StickBar, banner: Banner) -> None:
        super().__init__(context, banner, "user", "Tiếp nhận đăng ký của đơn vị", _SENTENCE)
        self._bar = bar
        self._offered: dict[str, EnrolmentSeen] = {}
        self.file = ChoiceField("enrolment", "Tệp đăng ký trên USB", required=True)
        self.typed = TextField(
            "words", "Tám từ trên phiếu có dấu", required=True, placeholder="Gõ theo thứ tự, không cần dấu"
        )
        self.decision = TextField("decision", "Số quyết định (nếu có)")
        self.form = Form()
        self.form.add(self.file)
        self.form.add(self.typed, self.decision, stretch=(3, 1))
        self.who = label("", "second", wrap=True)
        self.agree = Button("Công nhận đơn vị", "seal-check", "primary", on_click=self._approve)
        self.again = Button("Tìm trên USB", "arrow-clockwise", on_click=self.look)
        self.agree.setObjectName("approve")
        self.again.setObjectName("findEnrolments")
        self.body.addWidget(self.form)
        self.body.addWidget(self.who)
        self.add_buttons(self.again, self.agree)
        self.file.edited.connect(self._describe)
        bar.chosen.connect(self.look)
        self._show(Offers((), ()))

    def look(self, _path: object = None) -> None:
        path, office = self._bar.path, self.context.office
        if path is None or self.isHidden():
            return
        self.context.runner.run(
            lambda: stick_facts.offers(office(), path), done=self._show, failed=self.banner.show_error
        )

    def _show(self, offers: Offers) -> None:
        self._offered = {str(seen.path): seen for seen in offers.enrolments}
        self.file.set_choices([(path, _name(seen)) for path, seen in self._offered.items()])
        fresh = [path for path, seen in self._offered.items() if not seen.already]
        if fresh and self.file.value() is None:
            self.file.set_value(fresh[0])
        self._describe()

    def _describe(self) -> None:
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

        def work() -> EnrolmentSeen:
            office = self.context.office()
            admitted = trusting.approve(office, seen.path, typed, decision=decision)
            trusting.write_trust(office, admitted.unit.unit)
            return admitted

        self.agree.setEnabled(False)
        self.context.runner.run(
            work, done=self._approved, failed=self._failed, settled=self._free, title="Đang công nhận", changes=CHANGES
        )

    def _free(self) -> None:
        self.agree.setEnabled(True)

    def _failed(self, error: AppError) -> None:
        self.show_failure(self.form, error)
        self.typed.setFocus()

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
