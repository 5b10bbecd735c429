"""A union hands in its keys: a file on the stick, and a stamped sheet with the same eight words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from congdoan_desktop.services import key_renewal, sheets, trusting
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.services.staff import REVOKED, TRUSTED, UNKNOWN
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
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
_RENEWAL = (
    "Khoá cũ giới thiệu khoá mới nên không cần phiếu giấy: ghi tệp ra USB và gửi lên tỉnh. Khoá cũ vẫn dùng cho đến "
    "khi danh sách tin cậy có khoá mới; khi đó máy này tự chuyển và lập tệp cho khoá cũ thôi dùng. Nếu ngờ khoá cũ bị "
    "lộ, đừng đổi cách này mà báo tỉnh thu hồi."
)
_RENEWING = "Đang chờ tỉnh công nhận khoá mới của anh (chị); khoá cũ vẫn dùng được."
_GIVING_UP = "Máy đã chuyển sang khoá mới. Khoá cũ thôi dùng khi tỉnh nhận tệp này; gói đã lập trước đó vẫn được nhận."
_NOT_LISTED = (
    "Đơn vị đã được công nhận nhưng mã của anh (chị) trên máy này thì chưa: gói do anh (chị) lập chưa được nhận. Lập"
    " lại tệp đăng ký, nộp cùng phiếu giấy có dấu."
)
_STANDINGS = {
    TRUSTED: "Mã của anh (chị) đã được công nhận. Chỉ lập lại tệp đăng ký khi đổi máy hoặc thêm người.",
    REVOKED: (
        "Mã của anh (chị) đã bị thu hồi: gói lập từ nay bị từ chối, gói đã nhận vẫn có giá trị. Muốn gửi tiếp thì "
        "lập khoá mới và nộp phiếu giấy có dấu."
    ),
}


@dataclass(frozen=True, slots=True)
class OwnKey:
    """How the key of the officer at this desk stands. `listed`: there is a trust list; `renewing`: a new key waits;
    `giving_up`: the file in which the key before it gives itself up is not answered yet.
    """

    standing: str
    listed: bool = False
    renewing: bool = False
    giving_up: bool = False

    @property
    def with_paper(self) -> bool:
        """Whether a stamped sheet goes with the latest enrolment."""
        return not self.renewing and not self.giving_up


class EnrolCard(TrustCard):
    """Keeps showing the latest enrolment until it is answered."""

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__(context, banner, "key", _TITLE, _SENTENCE)
        self._enrolment: Sent | None = None
        self.state = label("", "strong", wrap=True)
        self.words = WordGrid()
        self.make = Button("Lập tệp đăng ký", "key", "primary", on_click=self._make)
        self.renew = Button("Đổi khoá của tôi…", "arrow-clockwise", on_click=self._ask_to_renew)
        self.send = Button("Ghi ra USB", "download-simple", on_click=self.send_wanted.emit)
        self.print = Button("In phiếu…", "printer", on_click=self._print)
        self.save = Button("Lưu PDF…", "file-pdf", on_click=self._save)
        named = (
            (self.make, "enrol"),
            (self.renew, "renewKey"),
            (self.send, "sendEnrolment"),
            (self.print, "printEnrolment"),
            (self.save, "saveEnrolment"),
        )
        for button, name in named:
            button.setObjectName(name)
        self.body.addWidget(self.state)
        self.body.addWidget(self.words)
        self.add_buttons(self.make, self.renew, self.send)
        self.add_buttons(self.print, self.save)
        self._standing = UNKNOWN
        self.show_enrolment(None, (), OwnKey(UNKNOWN))

    def show_enrolment(self, enrolment: Sent | None, code_words: tuple[str, ...], own: OwnKey) -> None:
        self._enrolment, self._standing = enrolment, own.standing
        open_ = enrolment is not None and enrolment.state != "received"
        self.words.show_words(code_words if open_ and own.with_paper else ())
        self.send.setVisible(open_)
        for button in (self.print, self.save):
            button.setVisible(open_ and own.with_paper)
        self.renew.setVisible(own.standing == TRUSTED and not own.renewing)
        again = "Lập khoá mới và tệp đăng ký" if own.standing == REVOKED else "Lập lại tệp đăng ký"
        self.make.set_text(again if enrolment or own.standing == REVOKED else "Lập tệp đăng ký")
        self.make.set_role("" if open_ or own.standing == TRUSTED else "primary")
        self.send.set_role("primary" if open_ else "")
        said = " ".join(filter(None, (_told(own), _made(enrolment) if open_ else "")))
        self.state.setText(said)
        self.state.setVisible(bool(said))

    def _make(self) -> None:
        office = self.context.office
        make = key_renewal.begin_again if self._standing == REVOKED else trusting.write_enrolment
        self._run(lambda: make(office()), "Đang lập tệp đăng ký")

    def _ask_to_renew(self) -> None:
        office = self.context.office
        ConfirmDialog(
            self.window(), "Đổi khoá của tôi?", _RENEWAL, "Lập khoá mới",
            lambda: self._run(lambda: key_renewal.begin(office()), "Đang lập khoá mới"),
        ).open()  # fmt: skip

    def _run(self, work: Callable[[], object], title: str) -> None:
        self.context.runner.run(
            work, done=lambda _: self.done.emit(), failed=self.banner.show_error, title=title, changes=CHANGES
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


def _told(own: OwnKey) -> str:
    """The state of the officer's own key, and what to do about it."""
    if own.renewing or own.giving_up:
        return _RENEWING if own.renewing else _GIVING_UP
    return _NOT_LISTED if own.listed and own.standing == UNKNOWN else _STANDINGS.get(own.standing, "")


def _made(enrolment: Sent | None) -> str:
    if enrolment is None:
        return ""
    breakable = enrolment.file_name.replace("-", "-\u200b")
    return f"Đã lập lúc {words.moment(enrolment.made_at)}: {breakable}"
