"""Hộp nhận: what lies on the stick, who sent it, what importing it would do; and what came in before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import incoming, mailbox, paper, receipts, reviews, sheets, updates
from congdoan_desktop.services.chair_away import Carried
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.incoming import Seen
from congdoan_desktop.services.mailbox import Got, kind_name
from congdoan_desktop.services.reviews import FigureChange, Look
from congdoan_desktop.services.updates import Kept
from congdoan_desktop.ui.choosing import choose_files
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.conflicts import ConflictsPart
from congdoan_desktop.ui.pages.handoff.inbox_rows import (
    ASKS_FOR_TRUST,
    GOT_COLUMNS,
    SEEN_COLUMNS,
    SeenRow,
    got_row,
    seen_row,
)
from congdoan_desktop.ui.pages.handoff.package_dialog import PackageDialog
from congdoan_desktop.ui.pages.handoff.review_dialog import ReviewDialog
from congdoan_desktop.ui.pages.handoff.sign_dialog import ACTS, SignDialog
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar

Shown = Callable[[Progress], list[Seen]]
"""How the list of packages to be looked at is found again."""


class InboxTab(QWidget):
    """Nothing changes before "Nhập"."""

    counted = Signal(int)
    """How many packages on the stick wait to be imported."""
    trust_wanted = Signal()

    def __init__(self, context: Context, bar: StickBar, banner: Banner) -> None:
        super().__init__()
        self._context, self._bar, self._banner = context, bar, banner
        self.look = Button("Xem USB", "arrow-clockwise", on_click=self.ask_stick)
        self.files = Button("Mở tệp…", "folder-open", on_click=self._choose_files)
        self.open = Button("Xem gói", on_click=self._open_selected)
        self.take = Button("Nhập", "download-simple", "primary", on_click=self._take_all)
        named = (
            (self.look, "lookAtStick"), (self.files, "openFiles"), (self.open, "openPackage"), (self.take, "import"),
        )  # fmt: skip
        for button, name in named:
            button.setObjectName(name)
        self._shown: Shown | None = None
        sentence = (
            "Gói của đơn vị khác gửi tới nằm trên USB. Cắm USB, chọn ở trên rồi bấm Xem USB. Gói nhận qua thư điện tử "
            "thì bấm Mở tệp."
        )
        self.seen = TableCard(SEEN_COLUMNS, Empty("tray", sentence, "Xem USB", self.ask_stick))
        self.got = TableCard(GOT_COLUMNS, Empty("tray", "Chưa nhập gói nào."))
        self.conflicts = ConflictsPart(context)
        self._name_tables()
        self._lay_out()
        self._count()

    def _name_tables(self) -> None:
        for table, name, text in (
            (self.seen.table, "onStick", "Gói trên USB"),
            (self.got.table, "imported", "Gói đã nhập"),
        ):
            table.setObjectName(name)
            table.setAccessibleName(text)
        self.seen.table.row_opened.connect(self._open)
        self.got.table.action_clicked.connect(self._act)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        said = ElidedLabel("Chưa có gì thay đổi trong máy cho đến khi bấm Nhập", "second")
        layout.addLayout(_titled("Gói trên USB", said, self.look, self.files, self.open, self.take))
        layout.addWidget(self.seen, 3)
        layout.addWidget(self.conflicts, 2)
        layout.addLayout(_titled("Đã nhập"))
        layout.addWidget(self.got, 2)

    # The stick

    def ask_stick(self) -> None:
        """The officer asks: looks for a drive when none is chosen yet."""
        if self._bar.path is None:
            self._bar.look_for_drives()
        self.look_at_stick()

    def look_at_stick(self) -> None:
        if (path := self._bar.path) is not None:
            self._look(lambda progress: incoming.look(self._context.office(), path, progress))

    def _choose_files(self) -> None:
        choose_files(self, "Mở gói dữ liệu", "Gói dữ liệu (*.cdpkg)", Path.home(), self.look_at_files)

    def look_at_files(self, paths: list[Path]) -> None:
        """Packages that came in another way than on a stick; only those that the officer chose."""
        self._look(lambda progress: incoming.look_at(self._context.office(), paths, progress))

    def _look(self, work: Shown) -> None:
        self._shown = work
        self._context.runner.run(
            work, done=self._show_seen, failed=self._banner.show_error, title="Đang xem gói", with_progress=True
        )

    def _show_seen(self, seen: list[Seen]) -> None:
        self.seen.set_rows([seen_row(one) for one in seen])
        if seen:
            self.seen.table.selectRow(0)
        self._count()

    def _rows(self) -> list[SeenRow]:
        return [row for row in self.seen.table.rows.rows() if isinstance(row, SeenRow)]

    def _count(self) -> None:
        ready = sum(row.importable for row in self._rows())
        self.take.set_text(f"Nhập {ready} gói không vướng" if ready else "Nhập")
        self.take.setEnabled(ready > 0)
        self.open.setEnabled(bool(self._rows()))
        self.counted.emit(sum(row.importable_at_all for row in self._rows()))

    def _open_selected(self) -> None:
        self._open(self.seen.table.selected_row())

    def _open(self, row: object) -> None:
        if not isinstance(row, SeenRow):
            return
        if row.seen.carried is not None:
            self._open_carried(row.seen.carried)
            return
        if row.seen.result is not None and row.seen.result.kind in ASKS_FOR_TRUST:
            self.trust_wanted.emit()
            return
        dialog = PackageDialog(self, row.seen, can_import=row.importable_at_all)
        dialog.import_asked.connect(lambda: self._take([row]))
        dialog.open()
        if row.seen.result is not None and row.seen.result.kind == "report" and not row.seen.result.known:
            self._compare(dialog, row.seen.path)

    def _open_carried(self, carried: Carried) -> None:
        """A package of our union that waits for its chair; its pages are measured off the main thread."""

        def show(shapes: tuple[float, ...]) -> None:
            dialog = SignDialog(self, self._context, carried, shapes)
            dialog.agreed.connect(lambda: self._pass_on(carried))
            dialog.open()

        pdf = carried.pdf
        self._context.runner.run(lambda: paper.page_shapes(pdf) if pdf else (), done=show)

    def _pass_on(self, carried: Carried) -> None:
        act, office = ACTS[carried.turn], self._context.office
        self._context.runner.run(
            lambda: act.work(office(), carried.path), done=lambda _: self._banner.show_text("ok", act.said, act.todo),
            failed=self._banner.show_error, settled=self._after_import, title=act.title, changes=frozenset({"package"}),
        )  # fmt: skip

    def _compare(self, dialog: PackageDialog, path: Path) -> None:
        """The dialog may have been closed before the figures are there."""
        still = [dialog]
        dialog.finished.connect(lambda _: still.clear())
        office = self._context.office

        def show(changes: tuple[FigureChange, ...]) -> None:
            for shown in still:
                shown.show_changes(changes)

        self._context.runner.run(lambda: reviews.differences(office(), path), done=show, failed=lambda _: None)

    # Importing

    def _take_all(self) -> None:
        self._take([row for row in self._rows() if row.importable])

    def _take(self, rows: list[SeenRow]) -> None:
        paths = [row.seen.path for row in rows]

        def work(progress: Progress) -> list[ImportResult]:
            return [incoming.apply(self._context.office(), path, progress) for path in paths]

        self.take.setEnabled(False)
        self._context.runner.run(
            work, done=self._taken, failed=self._banner.show_error, settled=self._after_import, title="Đang nhập",
            with_progress=True, changes=words.ALL_RECORDS,
        )  # fmt: skip

    def _taken(self, results: list[ImportResult]) -> None:
        if len(results) > 1:
            answered = any(result.kind in mailbox.ANSWERED for result in results)
            todo = "Lập biên nhận cho từng gói báo cáo ở bảng Đã nhập." if answered else ""
            self._banner.show_text("ok", f"Đã nhập {len(results)} gói.", todo)
            return
        result = results[0]
        what = f"Đã nhập {kind_name(result.kind, result.about).lower()} của {result.sender_name}."
        if result.kind == "update":
            office = self._context.office
            self._context.runner.run(lambda: updates.kept(office()), done=self._show_update)
        elif result.kind == "receipt":
            self._banner.show_text("ok", what, "Gói được trả lời đã đổi tình trạng trong Hộp gửi.")
        elif result.kind in mailbox.ANSWERED:
            self._banner.show_text(
                "ok", what, words.imported(result), action="Lập biên nhận", on_action=lambda: self._answer(result)
            )
        else:
            self._banner.show_text("ok", what, words.imported(result))

    def _show_update(self, kept: Kept | None) -> None:
        if kept is not None:
            self._banner.show_text("ok", "Đã nhận bản cập nhật chương trình.", kept.todo)

    def _after_import(self) -> None:
        if self._shown is not None:
            self._look(self._shown)
        self.reload()

    # What came in

    def reload(self) -> None:
        office = self._context.office
        self.conflicts.reload()
        self._context.runner.run(
            lambda: (mailbox.inbox(office()), reviews.standing(office()), reviews.late(office())), done=self._show_got
        )

    def _show_got(self, found: tuple[list[Got], dict[str, str], frozenset[str]]) -> None:
        packages, verdicts, late = found
        self.got.set_rows([got_row(one, verdicts.get(one.id, ""), late=one.id in late) for one in packages])

    def _act(self, row: object, action: str) -> None:
        assert isinstance(row, dict)
        got: Got = row["got"]
        if action == "receipt_action" and row["receipt_action"] == "Lập":
            office = self._context.office
            self._context.runner.run(lambda: mailbox.result_of(office(), got.id), done=self._answer)
        elif action == "review_action" and row["review_action"]:
            office = self._context.office
            self._context.runner.run(
                lambda: (reviews.look(office(), got.id), office().clock.today()), done=self._review,
                failed=self._banner.show_error,
            )  # fmt: skip
        elif action == "switch_action" and row["switch_action"]:
            self._switch(got)

    def _review(self, found: tuple[Look, date]) -> None:
        dialog = ReviewDialog(self, self._context, found[0], lambda: found[1])
        dialog.ruled.connect(self._reviewed)
        dialog.open()

    def _reviewed(self, said: str) -> None:
        self._banner.show_text("ok", said, "Biên nhận đã nằm trong hộp gửi; ghi ra USB rồi trao lại đơn vị.")
        self.reload()

    def _switch(self, got: Got) -> None:
        office = self._context.office
        if got.state == "withdrawn":
            self._run_switch(lambda: incoming.lift_withdrawal(office(), got.id))
            return
        ConfirmDialog(
            self.window(),
            f"Rút lại {got.kind_name.lower()} của {got.sender}?",
            "Những gì chỉ gói này mang tới sẽ không được tính nữa. Không có gì bị xoá; nhập lại gói thì tính lại.",
            f"Rút lại {got.kind_name.lower()} số {got.seq}",
            lambda: self._run_switch(lambda: incoming.withdraw(office(), got.id)),
            danger=True,
        ).open()

    def _run_switch(self, work: object) -> None:
        assert callable(work)
        self._context.runner.run(work, settled=self.reload, changes=words.ALL_RECORDS)

    def _answer(self, result: ImportResult) -> None:
        title = "Đang lập biên nhận"

        def work(progress: Progress) -> bytes:
            office = self._context.office()
            receipt = receipts.write_receipt(office, result, progress=progress.at(0, 1, title))
            return sheets.receipt(office, result, receipt.package_id)

        self._context.runner.run(
            work, done=self._answered, failed=self._banner.show_error, settled=self.reload, title=title,
            with_progress=True, cancellable=False, changes=frozenset({"package"}),
        )  # fmt: skip

    def _answered(self, pdf: bytes) -> None:
        from congdoan_desktop.ui.printing import save_pdf

        self._banner.show_text(
            "ok",
            "Biên nhận đã nằm trong hộp gửi.",
            "Ghi ra USB ở thẻ Gửi bằng USB rồi trao lại đơn vị.",
            action="Lưu phiếu PDF…",
            on_action=lambda: save_pdf(self, pdf, "phieu-bien-nhan.pdf", self._saved),
        )

    def _saved(self, path: object) -> None:
        self._context.runner.notice.emit(f"Đã lưu {getattr(path, 'name', path)}")


def _titled(title: str, *right: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(label(title, "card"))
    line.addStretch(1)
    for widget in right:
        line.addWidget(widget)
    return line
