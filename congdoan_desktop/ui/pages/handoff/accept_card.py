"""A union accepts a trust file: the first only after typing the root's eight words from the stamped sheet."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.errors import Finding
from congdoan_desktop.services import second_computer, sheet_pictures
from congdoan_desktop.services.stick_facts import Offers, TrustOffer
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.offer_card import OfferCard
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar

_TITLE = "Bước 2. Nhận tệp tin cậy"
_FIRST = (
    "Lần đầu, gõ tám từ gốc đọc từ phiếu có dấu của Liên đoàn Lao động tỉnh (không chép từ tin nhắn). Khớp thì máy này "
    "tin danh sách đó."
)
_LATER = "Máy này đã tin mã gốc của tỉnh; tệp tin cậy mới hơn nhận được ngay, không cần gõ lại tám từ."


class AcceptCard(OfferCard):
    """Nothing of the file is believed before the words agree."""

    def __init__(self, context: Context, bar: StickBar, banner: Banner) -> None:
        super().__init__(context, bar, banner, "shield-check", _TITLE, _FIRST)
        self._trusted = False
        self._offered: dict[str, TrustOffer] = {}
        self.file = ChoiceField("trust", "Tệp tin cậy trên USB", required=True)
        self.typed = TextField("words", "Tám từ gốc trên phiếu của tỉnh", placeholder="Gõ theo thứ tự, không cần dấu")
        self.form = Form(self._check)
        self.form.add(self.file)
        self.form.add(self.typed)
        agree = Button("Công nhận tệp tin cậy", "shield-check", "primary", on_click=self._accept)
        agree.setObjectName("acceptTrust")
        self.again.setObjectName("findTrust")
        self.lay_out(agree)

    def set_trusted(self, trusted: bool) -> None:
        self._trusted = trusted
        self.typed.setVisible(not trusted)
        self.picture.setVisible(not trusted)
        self.sentence.setText(_LATER if trusted else _FIRST)
        self.look()

    def show_offers(self, offers: Offers) -> None:
        known = max((offer.version for offer in self._offered.values()), default=0)
        self._offered = {str(offer.path): offer for offer in offers.trusts}
        newest_first = sorted(self._offered.items(), key=lambda pair: -pair[1].version)
        self.file.set_choices([(path, f"{o.sender}, bản {o.version} – {o.path.name}") for path, o in newest_first])
        if newest_first and (self.file.value() is None or newest_first[0][1].version > known):
            self.file.set_value(newest_first[0][0])
        self.describe()

    def describe(self) -> None:
        offer = self._offered.get(str(self.file.value()))
        if offer is None:
            self.who.setText("" if self._offered else "Chưa thấy tệp tin cậy nào ở USB đang chọn.")
        else:
            self.who.setText(f"Tệp tự ghi là của {offer.sender}, lập lúc {words.moment(offer.made_at)}.")

    def words_in(self, picture: Path) -> str:
        return sheet_pictures.root_words(picture)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        if self._trusted or values["words"]:
            return ()
        return (Finding("words", "Gõ tám từ trên phiếu có dấu của Liên đoàn Lao động tỉnh."),)

    def _accept(self) -> None:
        offer = self._offered.get(str(self.file.value()))
        if not self.form.check() or offer is None:
            return
        typed, office = str(self.typed.value() or ""), self.context.office
        self.believe(lambda: second_computer.join(office(), offer.path, typed), self._accepted, "Đang nhận tệp tin cậy")

    def _accepted(self, version: int) -> None:
        self.form.set_values({})
        self.banner.show_text(
            "ok", f"Đã nhận danh sách tin cậy bản {version}.", "Từ nay máy này gửi và nhận gói với tỉnh được."
        )
        self.done.emit()
