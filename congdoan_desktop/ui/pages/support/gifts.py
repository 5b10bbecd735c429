"""The tab "Danh sách quà": a grid for one programme, saved all at once, printed to be signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.domain.births import show_birth
from congdoan_desktop.domain.funds import Balance
from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import drafts, funds, gift_lists, members
from congdoan_desktop.services.gift_lists import CheckedLine, SavedGifts
from congdoan_desktop.services.members import MemberRow, Wanted
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.attachments.strip import AttachmentStrip
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import number, text
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.gift_grid import GiftGrid, GiftModel, amount_of
from congdoan_desktop.ui.pages.support.gift_head import HeadForm, Side
from congdoan_desktop.ui.pages.support.signing import Signing

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

DRAFT = "gift_list"
CHANGES = frozenset({"support", "person"})
_PAUSE_MS, _DRAFT_MS = 250, 1500
_KEYS = {"paste": "Dán (Ctrl+V)", "pick_members": "Chọn đoàn viên (Ctrl+M)", "print_signing": "In ký nhận (Ctrl+P)"}
_EMPTY = "Dán danh sách từ Excel (Ctrl+V), chọn đoàn viên, hoặc gõ tên vào dòng đầu tiên. F6: phần chung."


class GiftsPage(PageFrame):
    def __init__(self, context: Context) -> None:
        super().__init__("Danh sách quà")
        self.context = context
        self.desk = desks.unknown()
        self.form, self.model = HeadForm(), GiftModel()
        self.grid, self.side = GiftGrid(self.model), Side(self.form)
        self.foot = label("", "strong")
        self.foot.setObjectName("gift_foot")
        self.pictures = AttachmentStrip(context, SupportRecord.TYPE, self.banner)
        self.checked: list[CheckedLine] = []
        self._balances: dict[str, Balance] = {}
        self._saved: SavedGifts | None = None
        self._asked = 0
        self._stale = True
        self._signing = Signing(self, context, self.banner, self._saved_ids, lambda: self.desk.today)
        self._pause, self._draft = self._timer(_PAUSE_MS, self._check), self._timer(_DRAFT_MS, self._keep_draft)
        self._dress()
        self._connect()

    def _timer(self, pause: int, call: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(call)
        return made

    def _dress(self) -> None:
        for name, text_, icon, call in (
            ("paste", "Dán từ Excel", "table", self._paste),
            ("pick_members", "Chọn đoàn viên", "users-three", self._ask_members),
            ("print_signing", "In ký nhận", "printer", self._signing.ask_paper),
        ):
            button = Button(text_, icon, on_click=call)
            button.setToolTip(_KEYS[name])
            button.setObjectName(name)
            self.add_action(button)
        self.save_button = Button("Lưu danh sách", "floppy-disk", "primary", on_click=self.save)
        self.save_button.setObjectName("save_gifts")
        self.save_button.setToolTip("Lưu tất cả các dòng thành khoản chăm lo (Ctrl+S)")
        self.set_primary(self.save_button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        column.addWidget(self.foot)
        column.addWidget(self.pictures)
        self.pictures.hide()
        self.set_body(body, self.side)
        self.setFocusProxy(self.grid)
        self._show_sums()

    def _connect(self) -> None:
        self.model.edited.connect(self._edited)
        self.form.edited.connect(self._edited)
        self.side.next.clicked.connect(self.grid.to_next_finding)
        self.grid.was_pasted.connect(self._pasted)
        self.context.runner.changed.connect(self._changed)
        self._shortcut("Ctrl+S", self.save)
        self._shortcut("Ctrl+P", self._signing.ask_paper)
        self._shortcut("Ctrl+Z", self._undo)
        self._shortcut("Ctrl+M", self._ask_members)
        self._shortcut("F6", self._other_side)
        self.model.portion = self._portion
        self.form.last_left.connect(self._to_grid)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            office = self.context.office
            self.context.runner.run(lambda: _loaded(office()), done=self._take)

    def _take(self, found: tuple[Desk, dict[str, Balance]]) -> None:
        fresh = not self.model.lines and self.form.field("kind").value() is None
        self.desk, self._balances = found
        self.form.take_choices(self.desk)
        if fresh:
            self._begin()
        self._show_sums()

    def _begin(self) -> None:
        """The list left half written, or a blank one."""
        draft = drafts.find(self.context.office(), DRAFT)
        self.form.set_values({"kind": "tang_qua", "on": self.desk.today, "campaign": self.desk.running_campaign()})
        if draft is None:
            return
        self.form.set_raw(draft.values["head"])
        self.model.begin(GiftLine(dict(texts), str(person)) for person, texts in draft.values["lines"])
        self.banner.show_text(
            "info", "Viết tiếp danh sách chưa lưu.", action="Bỏ danh sách này", on_action=self._discard
        )
        self._pause.start()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & (desks.CHANGED_BY | {"support", "contribution"}):
            self._stale = True
            if self.isVisible():
                self.showEvent(QShowEvent())

    # Typing

    def _edited(self) -> None:
        self._pause.start()
        if not self._draft.isActive():  # whoever types without a pause is kept too
            self._draft.start()
        self._show_sums()

    def _other_side(self) -> None:
        """F6: between the lines and what all of them share."""
        if self.form.focused() is not None:
            self._to_grid()
        else:
            self.form.focus_first()

    def _to_grid(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _portion(self) -> dict[str, str]:
        values = self.form.values()
        return {name: group_thousands(number(values[name])) for name in ("cash", "in_kind") if values[name]}

    def _paste(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.paste()

    def _pasted(self, count: int) -> None:
        """Nobody is in the midst of a word, so the check need not wait."""
        self._pause.stop()
        self._check()
        self.context.runner.notice.emit(f"Đã dán {count} dòng.")

    def _keep_draft(self) -> None:
        lines = [[line.person, line.texts] for line in self.model.lines]
        drafts.keep(self.context.office(), DRAFT, "", {"head": self.form.raw(), "lines": lines})

    def hideEvent(self, event: object) -> None:
        """What was typed is kept before something else is done."""
        if self._draft.isActive():
            self._draft.stop()
            self._keep_draft()
        super().hideEvent(event)  # type: ignore[arg-type]  # a QHideEvent

    def _discard(self) -> None:
        self._draft.stop()
        drafts.drop(self.context.office(), DRAFT)
        self.model.begin(())
        self.banner.clear()
        self._check()

    # Checking and sums

    def _lines(self) -> list[GiftLine]:
        return [GiftLine(dict(line.texts), line.person) for line in self.model.lines]

    def _check(self) -> None:
        self._asked += 1
        asked, lines, head, office = self._asked, self._lines(), self.form.head(), self.context.office
        self.context.runner.run(
            lambda: gift_lists.check(office(), head, lines), done=partial(self._show_checked, asked)
        )

    def _show_checked(self, asked: int, checked: list[CheckedLine]) -> None:
        """Only the answer to the last question counts."""
        if asked == self._asked:
            self.checked = checked
            self.model.show_checked(checked)
            self.form.ask_again(sum(line.is_again for line in checked))
            self._show_sums()

    def _show_sums(self) -> None:
        lines = self.model.lines
        cash, in_kind = (sum(amount_of(line.texts.get(name, "")) for line in lines) for name in ("cash", "in_kind"))
        fit = sum(line.fits for line in self.checked)
        said = f"{len(lines)} suất · {fit} đủ dữ liệu · Quà {group_thousands(in_kind)} · Tiền {group_thousands(cash)}"
        self.foot.setText(f"{said} · Cộng {group_thousands(cash + in_kind)} đ" if lines else _EMPTY)
        fund = text(self.form.field("fund").value())
        self.side.card.show_sums(self._balances.get(fund, Balance()) if fund else None, cash + in_kind)
        counts = Counter(one.message for line in self.checked for one in line.findings)
        self.side.wrong.setText("\n".join(f"{count} dòng: {message}" for message, count in counts.most_common(4)))
        self.side.next.setVisible(any(not line.fits for line in self.checked))

    # Members

    def _ask_members(self) -> None:
        form = Form()
        units = [Option(id_, name) for id_, name in self.desk.units]
        form.add(SearchChoiceField("unit", "Công đoàn cơ sở", units, hint="Để trống: tất cả các đơn vị."))
        form.add(ChoiceField("sex", "Giới tính", [("nữ", "Nữ"), ("nam", "Nam")], placeholder="Tất cả"))
        AskDialog(self, "Chọn đoàn viên", "Đoàn viên được thêm vào cuối danh sách.", form, "Thêm vào danh sách",
                  self._add_members).open()  # fmt: skip

    def _add_members(self, values: Values) -> None:
        office = self.context.office
        wanted = Wanted(unit=text(values["unit"]) or None, standing="member", sex=text(values["sex"]))
        self.context.runner.run(lambda: members.everybody(office(), wanted), done=self._take_members)

    def _take_members(self, found: Sequence[MemberRow]) -> None:
        held = {line.person for line in self.model.lines}
        amounts = self._portion()
        new = [
            GiftLine(
                {
                    "name": row.person.name,
                    "birth": show_birth(row.person.birth) if row.person.birth else str(row.person.birth_year or ""),
                    "citizen_id": row.person.citizen_id,
                    "unit": row.unit_name,
                    **amounts,
                },
                row.id,
            )
            for row in found
            if row.id not in held
        ]
        self.model.add(new)
        self.context.runner.notice.emit(f"Đã thêm {len(new)} đoàn viên.")

    # Saving, undoing, printing

    def _saved_ids(self) -> Callable[[Office], Sequence[str]]:
        ids = self._saved.records if self._saved else ()
        return lambda _: ids

    def save(self) -> None:
        """All lines or none; the grid is empty then, and the list can be printed or taken back."""
        self.grid.settle()
        if not self.grid.isEnabled() or not self.form.check():
            return
        self._wait(True)
        office, head, lines = self.context.office, self.form.head(), self._lines()
        self.context.runner.save(
            lambda: gift_lists.save(office(), head, lines),
            done=self._stored,
            failed=self._refused,
            settled=partial(self._wait, False),
            title="Đang lưu danh sách quà",
            changes=CHANGES,
        )

    def _wait(self, on: bool) -> None:
        """Nothing is typed into a list that is just being saved."""
        for part in (self.grid, self.form, self.save_button):
            part.setEnabled(not on)

    def _refused(self, error: AppError) -> None:
        self._wait(False)
        self._to_grid()
        self.banner.show_error(error)
        if isinstance(error, ValidationError):
            self.form.show_findings(one for one in error.findings if one.field in self.form.raw())

    def _stored(self, saved: SavedGifts) -> None:
        self._wait(False)
        self._to_grid()
        self._saved = saved
        self._discard()
        self.pictures.hold(saved.records)
        self.pictures.show()
        self.banner.show_text(
            "ok", f"Đã lưu {len(saved.records)} suất. In ký nhận được ngay.", action="Hoàn tác", on_action=self._undo
        )

    def _undo(self) -> None:
        if self._saved is None:
            return
        saved, office = self._saved, self.context.office
        self._saved = None
        self.pictures.hide()
        self.context.runner.save(
            lambda: gift_lists.undo(office(), saved),
            done=lambda _: self.banner.show_text("ok", f"Đã bỏ {len(saved.records)} suất vừa lưu."),
            failed=self.banner.show_error,
            changes=CHANGES,
        )


def _loaded(office: Office) -> tuple[Desk, dict[str, Balance]]:
    return desks.load(office), funds.balances(office, office.clock.today())
