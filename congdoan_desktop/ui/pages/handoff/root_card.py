"""The province's own sheet: eight words that every union types before it trusts the first file."""

from __future__ import annotations

from PySide6.QtCore import Signal

from congdoan_desktop.services import chair_asked, root_holders, sheets, trusting
from congdoan_desktop.services.root_holders import Holder
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.choice_fields import CheckField
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.pages.handoff.holders_dialog import HoldersDialog
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES, TrustCard
from congdoan_desktop.ui.pages.handoff.word_grid import WordGrid
from congdoan_desktop.ui.printing import print_pdf, save_pdf

_TITLE = "Phiếu mã gốc của tỉnh"
_SENTENCE = (
    "In phiếu, ký, đóng dấu rồi phát cho các đơn vị. Đơn vị tự gõ tám từ trên phiếu khi nhận tệp tin cậy đầu tiên."
)


_CHAIR = "Báo cáo và kế hoạch của đơn vị phải có chủ tịch xác nhận"
_ASKED = {
    True: "Từ nay báo cáo và kế hoạch của đơn vị phải có chủ tịch xác nhận; gói đã nhận vẫn có giá trị.",
    False: "Từ nay báo cáo và kế hoạch của đơn vị không cần chủ tịch xác nhận.",
}
_TAKING = (
    "Đồng nghiệp đang giữ khoá gốc. Khoá gốc cũ giới thiệu khoá của anh (chị): các đơn vị tự nhận theo "
    "khi có danh sách tin cậy mới; phiếu mã gốc phải in lại cho đơn vị đăng ký từ nay. Đồng nghiệp vẫn gửi và nhận "
    "gói như thường."
)

_TAKEN = (
    "Anh (chị) nay giữ khoá gốc. In lại phiếu mã gốc cho đơn vị đăng ký từ nay. Máy giữ khoá gốc cũ hỏng hoặc mất "
    "thì thu hồi khoá cũ ở bảng Khoá đang được tin."
)


class RootCard(TrustCard):
    """Shows the words on demand; the first time this makes the province the root of its trust list.

    `published` tells what to say when a new list lies in the outbox.
    """

    published = Signal(str)

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__(context, banner, "seal-check", _TITLE, _SENTENCE)
        self.words = WordGrid()
        self.show_words = Button("Xem tám từ", "eye", on_click=self._show)
        self.print = Button("In phiếu…", "printer", on_click=self._print)
        self.save = Button("Lưu PDF…", "file-pdf", on_click=self._save)
        for button, name in ((self.show_words, "showRoot"), (self.print, "printRoot"), (self.save, "saveRoot")):
            button.setObjectName(name)
        self.take = Button("Nhận giữ khoá gốc…", "key", on_click=self._ask_to_take)
        self.holders = Button("Người giữ khoá gốc dự phòng…", "user", on_click=self._ask_holders)
        self.holders.setObjectName("rootHolders")
        self.chair = CheckField("chair", _CHAIR)
        self.take.setObjectName("takeRoot")
        self.chair.edited.connect(self._ask_chair)
        self.body.addWidget(self.words)
        self.add_buttons(self.show_words, self.print, self.save)
        self.body.addWidget(self.chair)
        self.add_buttons(self.take, self.holders)
        self.show_root(holds=False, may_take=False, chair=False)

    def show_root(self, *, holds: bool, may_take: bool, chair: bool) -> None:
        """`holds`: the root is the key of the officer at this desk; `may_take`: a colleague's, here or naming us."""
        for button in (self.show_words, self.print, self.save):
            button.setEnabled(not may_take)
        self.take.setVisible(may_take)
        self.holders.setVisible(holds)
        self.chair.setVisible(holds)
        self.chair.set_value(chair)

    def _ask_chair(self) -> None:
        office, wanted = self.context.office, bool(self.chair.value())
        self.context.runner.run(
            lambda: chair_asked.ask(office(), wanted), done=lambda _: self.published.emit(_ASKED[wanted]),
            failed=self.banner.show_error, title="Đang lập danh sách tin cậy mới", changes=CHANGES,
        )  # fmt: skip

    def _ask_holders(self) -> None:
        office = self.context.office
        self.context.runner.run(lambda: root_holders.candidates(office()), done=self._open_holders)

    def _open_holders(self, known: list[Holder]) -> None:
        dialog = HoldersDialog(self, self.context, known)
        dialog.changed.connect(self.published)
        dialog.open()

    def _ask_to_take(self) -> None:
        ConfirmDialog(
            self.window(), "Nhận giữ khoá gốc của tỉnh?", _TAKING, "Nhận giữ khoá gốc", self._take, danger=True
        ).open()

    def _take(self) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: root_holders.take_over(office()), done=self._taken, failed=self.banner.show_error,
            title="Đang nhận khoá gốc", changes=CHANGES,
        )  # fmt: skip

    def _taken(self, words: tuple[str, ...]) -> None:
        self.words.show_words(words)
        self.published.emit(_TAKEN)

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
