"""The province's own sheet: eight words that every union types before it trusts the first file."""

from __future__ import annotations

from congdoan_desktop.services import sheets, trusting
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES, TrustCard
from congdoan_desktop.ui.pages.handoff.word_grid import WordGrid
from congdoan_desktop.ui.printing import print_pdf, save_pdf

_TITLE = "Phiếu mã gốc của tỉnh"
_SENTENCE = (
    "In phiếu, ký, đóng dấu rồi phát cho các đơn vị. Đơn vị tự gõ tám từ trên phiếu khi nhận tệp tin cậy đầu tiên."
)


class RootCard(TrustCard):
    """Shows the words on demand; the first time this makes the province the root of its trust list."""

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__(context, banner, "seal-check", _TITLE, _SENTENCE)
        self.words = WordGrid()
        self.show_words = Button("Xem tám từ", "eye", on_click=self._show)
        self.print = Button("In phiếu…", "printer", on_click=self._print)
        self.save = Button("Lưu PDF…", "file-pdf", on_click=self._save)
        for button, name in ((self.show_words, "showRoot"), (self.print, "printRoot"), (self.save, "saveRoot")):
            button.setObjectName(name)
        self.body.addWidget(self.words)
        self.add_buttons(self.show_words, self.print, self.save)

    def _show(self) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: trusting.root_words(office()), done=self._shown, failed=self.banner.show_error, changes=CHANGES
        )

    def _shown(self, words: tuple[str, ...]) -> None:
        self.words.show_words(words)
        self.done.emit()

    def _print(self) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: sheets.root(office()),
            done=lambda pdf: print_pdf(self, self.context.runner, pdf, _TITLE),
            failed=self.banner.show_error,
        )

    def _save(self) -> None:
        office = self.context.office

        def saved(path: object) -> None:
            self.context.runner.notice.emit(f"Đã lưu {getattr(path, 'name', path)}")

        self.context.runner.run(
            lambda: sheets.root(office()),
            done=lambda pdf: save_pdf(self, pdf, "phieu-ma-goc.pdf", saved),
            failed=self.banner.show_error,
        )
