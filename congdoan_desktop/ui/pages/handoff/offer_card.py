"""A card that takes a file of the stick: chosen from what lies there, and believed after the words of its paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import stick_facts
from congdoan_desktop.services.stick_facts import Offers
from congdoan_desktop.ui.choosing import PICTURES, choose_file
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES, TrustCard


class OfferCard(TrustCard):
    """A subclass makes `form` with `file` and `typed` in it, then calls `lay_out`."""

    file: ChoiceField
    typed: TextField
    form: Form

    def __init__(self, context: Context, bar: StickBar, banner: Banner, icon: str, title: str, sentence: str) -> None:
        super().__init__(context, banner, icon, title, sentence)
        self._bar = bar
        self.who = label("", "second", wrap=True)
        self.again = Button("Tìm trên USB", "arrow-clockwise", on_click=self.look)
        self.picture = Button("Lấy từ ảnh chụp phiếu…", "image", on_click=self._choose_picture)
        self.picture.setObjectName("sheetPicture")

    def lay_out(self, agree: Button) -> None:
        """The form, who the chosen file says it is of, and the buttons."""
        self.agree = agree
        self.body.addWidget(self.form)
        self.body.addWidget(self.who)
        self.add_buttons(self.picture)
        self.add_buttons(self.again, agree)
        self.file.edited.connect(self.describe)
        self._bar.chosen.connect(self.look)
        self.show_offers(Offers((), ()))

    def show_offers(self, offers: Offers) -> None:
        """Fill the choices of `file`."""
        raise NotImplementedError

    def describe(self) -> None:
        """Say whose the chosen file claims to be."""
        raise NotImplementedError

    def words_in(self, picture: Path) -> str:
        """The words of the paper that belongs to the chosen file, out of its photo or scan. Raises: AppError."""
        raise NotImplementedError

    def _choose_picture(self) -> None:
        choose_file(self, "Ảnh chụp hoặc bản quét của phiếu", PICTURES, Path.home(), self.read_picture)

    def read_picture(self, picture: Path) -> None:
        """Fill in the words; whoever compares still decides."""

        def read(progress: Progress) -> str:
            progress.step(0, 1, picture.name)
            return self.words_in(picture)

        self.context.runner.run_beside(read, self._fill, self.banner.show_error, "Đang đọc ảnh")

    def _fill(self, found: str) -> None:
        self.typed.set_value(found)
        self.banner.show_text(
            "ok", "Đã đọc mã QR của phiếu.", "Xem lại tám từ, phiếu có dấu và chữ ký, rồi bấm công nhận."
        )

    def look(self, _path: object = None) -> None:
        path, office = self._bar.path, self.context.office
        if path is None or self.isHidden():
            return
        self.context.runner.run(
            lambda: stick_facts.offers(office(), path), done=self.show_offers, failed=self.banner.show_error
        )

    def believe(self, work: Callable[[], object], done: Callable[..., None], title: str) -> None:
        """Run what follows from the words, once at a time."""
        self.agree.setEnabled(False)
        self.context.runner.run(work, done=done, failed=self._failed, settled=self._free, title=title, changes=CHANGES)

    def _free(self) -> None:
        self.agree.setEnabled(True)

    def _failed(self, error: AppError) -> None:
        self.show_failure(self.form, error)
        self.typed.setFocus()
