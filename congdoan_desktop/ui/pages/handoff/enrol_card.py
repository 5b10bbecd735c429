"""A union hands in its keys: a file on the stick, and a stamped sheet with the same eight words."""

from __future__ import annotations

from congdoan_desktop.services import sheets, trusting
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES, TrustCard
from congdoan_desktop.ui.pages.handoff.word_grid import WordGrid
from congdoan_desktop.ui.printing import print_pdf, save_pdf

_TITLE = "Bước 1. Đăng ký mã xác thực với cấp trên"
_SENTENCE = (
    "Lập tệp đăng ký, ghi ra USB; in phiếu đăng ký có tám từ, ký, đóng dấu. Nộp cả hai cho công đoàn cấp trên: họ so "
    "phiếu với tệp rồi trao lại tệp tin cậy."
)
_SHEET = "Phiếu đăng ký mã xác thực"


class EnrolCard(TrustCard):
    """Keeps showing the latest enrolment until it is answered."""

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__(context, banner, "key", _TITLE, _SENTENCE)
        self._enrolment: Sent | None = None
        self.state = label("", "strong", wrap=True)
        self.words = WordGrid()
        self.make = Button("Lập tệp đăng ký", "key", "primary", on_click=self._make)
        self.send = Button("Ghi ra USB", "download-simple", on_click=self.send_wanted.emit)
        self.print = Button("In phiếu…", "printer", on_click=self._print)
        self.save = Button("Lưu PDF…", "file-pdf", on_click=self._save)
        named = (
            (self.make, "enrol"),
            (self.send, "sendEnrolment"),
            (self.print, "printEnrolment"),
            (self.save, "saveEnrolment"),
        )
        for button, name in named:
            button.setObjectName(name)
        self.body.addWidget(self.state)
        self.body.addWidget(self.words)
        self.add_buttons(self.make, self.send)
        self.add_buttons(self.print, self.save)
        self.show_enrolment(None, (), trusted=False)

    def show_enrolment(self, enrolment: Sent | None, code_words: tuple[str, ...], *, trusted: bool) -> None:
        self._enrolment = enrolment
        self.words.show_words(() if trusted else code_words)
        for button in (self.send, self.print, self.save):
            button.setVisible(enrolment is not None and not trusted)
        self.make.set_text("Lập lại tệp đăng ký" if enrolment else "Lập tệp đăng ký")
        self.state.setText(_state(enrolment, trusted=trusted))
        self.state.setVisible(enrolment is not None or trusted)

    def _make(self) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: trusting.write_enrolment(office()),
            done=lambda _: self.done.emit(),
            failed=self.banner.show_error,
            title="Đang lập tệp đăng ký",
            changes=CHANGES,
        )

    def _print(self) -> None:
        self._with_pdf(lambda pdf: print_pdf(self, self.context.runner, pdf, _SHEET))

    def _save(self) -> None:
        def saved(path: object) -> None:
            self.context.runner.notice.emit(f"Đã lưu {getattr(path, 'name', path)}")

        self._with_pdf(lambda pdf: save_pdf(self, pdf, "phieu-dang-ky-ma.pdf", saved))

    def _with_pdf(self, use: object) -> None:
        assert callable(use)
        enrolment, office = self._enrolment, self.context.office
        if enrolment is not None:
            self.context.runner.run(
                lambda: sheets.enrolment(office(), enrolment.id), done=use, failed=self.banner.show_error
            )


def _state(enrolment: Sent | None, *, trusted: bool) -> str:
    if trusted:
        return "Đơn vị đã được công nhận. Chỉ lập lại khi đổi máy, đổi người hoặc mất khoá."
    if enrolment is None:
        return ""
    breakable = enrolment.file_name.replace("-", "-\u200b")
    return f"Đã lập lúc {words.moment(enrolment.made_at)}: {breakable}"
