"""The tab "Nhập Excel": choose a file, match its columns, check every row, import; each import can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from congdoan_desktop.domain.legacy_text import Encoding
from congdoan_desktop.errors import AppError, Cancelled, ValidationError
from congdoan_desktop.services import import_history, sheet_check, sheet_import, units
from congdoan_desktop.services.import_history import PastImport, Undone
from congdoan_desktop.services.sheet_columns import FILES, LIST_NAMES, ListKind, Matching, brings_union
from congdoan_desktop.services.sheet_import import Receipt
from congdoan_desktop.services.sheet_preview import Choice, Look, Opened, Preview, Settings, State
from congdoan_desktop.ui.choosing import choose_file, choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.pages.sheet_import.glance_view import MOST
from congdoan_desktop.ui.pages.sheet_import.matching_step import MatchingStep
from congdoan_desktop.ui.pages.sheet_import.naming_dialog import NamingDialog
from congdoan_desktop.ui.pages.sheet_import.preview_view import PreviewView
from congdoan_desktop.ui.pages.sheet_import.result_view import ResultView
from congdoan_desktop.ui.pages.sheet_import.start_view import StartView
from congdoan_desktop.ui.pages.sheet_import.step_line import StepLine

if TYPE_CHECKING:
    from congdoan_desktop.progress import Progress
    from congdoan_desktop.services.office import Office

_WRITTEN = frozenset({"person", "workplace", "workforce", "unit", "headcount"})
_START, _MATCH, _CHECK, _DONE = range(4)


@dataclass(frozen=True, slots=True)
class _Start:
    """What the first step shows, and what the others choose from."""

    past: Sequence[PastImport]
    units: Sequence[tuple[str, str]]
    today: date


class ImportPage(PageFrame):
    def __init__(self, context: Context) -> None:
        super().__init__("Nhập từ Excel")
        self._context = context
        self._opened: Opened | None = None
        self._preview: Preview | None = None
        self._receipt: Receipt | None = None
        self._names: Mapping[str, str] = {}
        self._folder = Path.home()
        self.line = StepLine()
        self.start, self.match = StartView(), MatchingStep()
        self.check, self.result = PreviewView(), ResultView()
        self.steps = QStackedWidget()
        self._views: tuple[QWidget, ...] = (self.start, self.match, self.check, self.result)
        for view in self._views:
            self.steps.addWidget(view)
        self.back = self.add_action(Button("Quay lại", "arrow-left", on_click=self._go_back))
        self.back.setObjectName("back")
        self.go = self.set_primary(Button("Chọn tệp…", "folder-open", "primary", on_click=self._press))
        self.go.setObjectName("go")
        self._column.insertWidget(1, self.line)
        self.set_body(self.steps)
        self._connect()
        self._show(_START)

    def _connect(self) -> None:
        self.start.file_asked.connect(self._ask_file)
        self.start.template_asked.connect(self._ask_template)
        self.start.undo_asked.connect(self._ask_undo)
        self.match.sheet_chosen.connect(partial(self._look, None, None))
        self.match.head_chosen.connect(lambda head: self._look(head, None))
        self.match.view.writing_chosen.connect(lambda writing: self._look(self.match.head(), writing))
        self.match.matching_changed.connect(self._name_go)
        self.match.matching_changed.connect(self._glance)
        self.match.remember_asked.connect(self._remember)
        self.match.forget_asked.connect(self._forget)
        self.check.chosen.connect(self._name_go)
        self.check.naming_asked.connect(self._ask_unions)
        self.result.again_asked.connect(lambda: self._show(_START))
        self.result.save_asked.connect(self._ask_returned)
        self.result.undo_asked.connect(self._undo_last)

    # Steps

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        office = self._context.office
        self._context.runner.run(lambda: _started(office()), done=self._take)

    def _take(self, found: _Start) -> None:
        self._names = dict(found.units)
        self.start.show_past(found.past)
        self.match.set_choices(found.units, found.today)

    def open_new(self) -> None:
        self._show(_START)
        self._ask_file()

    def _show(self, step: int) -> None:
        if step == _START:
            self._close_book()
        self.steps.setCurrentIndex(step)
        self.line.show_step(step)
        self.back.setVisible(step in (_MATCH, _CHECK))
        self.go.setVisible(step in (_MATCH, _CHECK))
        self.banner.clear()
        if step == _START:
            self.subtitle.set_text("")
        self._name_go()
        widget = self._views[step]
        self.setFocusProxy(widget)
        if self.isVisible():
            widget.setFocus()

    def _name_go(self) -> None:
        if self.steps.currentIndex() == _MATCH:
            self.go.set_icon("list-checks")
            self.go.set_text(f"Kiểm tra {_dots(self.match.rows())} dòng")
        if self.steps.currentIndex() == _CHECK and self._preview is not None:
            counts = self._preview.counts
            chosen = sum(choice is not Choice.SKIP for choice in self.check.choices.values())
            count = counts[State.NEW] + counts[State.CHANGED] + chosen
            self.go.set_icon("download-simple")
            self.go.set_text(f"Nhập {_dots(count)} dòng")
            self.go.setEnabled(count > 0)
        else:
            self.go.setEnabled(True)

    def _press(self) -> None:
        {_MATCH: self._check, _CHECK: self._import}[self.steps.currentIndex()]()

    def _go_back(self) -> None:
        self._show(self.steps.currentIndex() - 1)

    # 1. The file

    def _ask_file(self) -> None:
        choose_file(self, "Chọn danh sách", FILES, self._folder, self.open_path)

    def open_path(self, path: Path) -> None:
        """Open a workbook and show its first sheet."""
        self._folder = path.parent
        self._close_book()
        office = self._context.office

        def work(progress: Progress) -> Opened:
            return sheet_check.open_file(office(), path, progress)

        self._run(work, self._take_book, f"Đang mở {path.name}")

    def _take_book(self, opened: Opened) -> None:
        self._opened = opened
        self.match.set_book(opened)
        self._look(None, None)

    def _look(self, head: int | None, writing: Encoding | None, _sheet: object = None) -> None:
        opened, sheet, kind = self._opened, self.match.sheet(), ListKind(str(self.start.kind.value()))
        if opened is None:
            return
        office = self._context.office
        self._context.runner.run(
            lambda: sheet_check.look(office(), opened, sheet, kind, head=head, encoding=writing),
            done=self._take_look,
            failed=self.banner.show_error,
        )

    def _take_look(self, found: Look) -> None:
        self.match.show_look(found)
        assert self._opened is not None
        self.subtitle.set_text(f"{self._opened.name} · trang tính “{found.sheet}”")
        if self.steps.currentIndex() != _MATCH:
            self._show(_MATCH)
        self._name_go()

    def _ask_template(self) -> None:
        kind = ListKind(str(self.start.kind.value()))
        proposed = self._folder / f"{LIST_NAMES[kind]}.xlsx"
        choose_target(self, "Lưu tệp mẫu", "Bảng tính Excel (*.xlsx)", proposed, partial(self._write_template, kind))

    def _write_template(self, kind: ListKind, path: Path) -> None:
        self._context.runner.run(
            lambda: sheet_import.write_template(kind, path),
            done=lambda _none: self.banner.show_text("ok", f"Đã lưu {path.name}."),
            failed=self.banner.show_error,
        )

    # 2. The columns

    def _remember(self, matching: Matching, name: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: import_history.remember(office(), matching, name),
            done=lambda _none: self._remembered(name),
            failed=self.banner.show_error,
        )

    def _remembered(self, name: str) -> None:
        self.match.forget.show()
        self.banner.show_text("ok", f"Đã nhớ mẫu ghép “{name}” cho các tệp cùng tiêu đề.")

    def _forget(self, matching: Matching) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: import_history.forget(office(), matching.key),
            done=lambda _none: self._look(self.match.head(), None),
            failed=self.banner.show_error,
        )

    def _settings(self, matching: Matching) -> Settings:
        """Raises: NotADate."""
        into = "" if brings_union(matching) else self.match.into()
        return Settings(into, counted_on=self.match.day())

    def _glance(self) -> None:
        """Show what the columns as they are chosen make of the first rows."""
        opened, matching, sheet = self._opened, self.match.matching(), self.match.sheet()
        if opened is None or matching is None:
            return
        office, glance = self._context.office, self.match.glance

        def missing(error: AppError) -> None:
            findings = error.findings if isinstance(error, ValidationError) else ()
            glance.show_missing(matching.kind, findings[0].message if findings else error.what)

        def take(preview: Preview) -> None:
            if self.match.matching() is matching:
                glance.show_preview(preview, self._names)

        try:
            settings = self._settings(matching)
        except AppError as error:
            missing(error)
            return
        self._context.runner.run(
            lambda: sheet_check.check(office(), opened, sheet, matching, settings, most=MOST),
            done=take,
            failed=missing,
        )

    def _check(self, choices: Mapping[int, Choice] | None = None) -> None:
        """`choices` of rows outlive a check that is made again."""
        opened, matching, sheet = self._opened, self.match.matching(), self.match.sheet()
        if opened is None or matching is None:
            return
        try:
            settings = self._settings(matching)
        except AppError as error:
            self.banner.show_error(error)
            return
        office = self._context.office

        def work(progress: Progress) -> Preview:
            return sheet_check.check(office(), opened, sheet, matching, settings, progress)

        self._run(work, partial(self._take_preview, choices or {}), "Đang kiểm tra danh sách")

    def _take_preview(self, choices: Mapping[int, Choice], preview: Preview) -> None:
        self._preview = preview
        self.check.show_preview(preview, self._names, choices)
        self._show(_CHECK)

    def _ask_unions(self) -> None:
        assert self._preview is not None
        dialog = NamingDialog(self, self._preview.named, self._names)
        dialog.named_unions.connect(self._call_unions)
        dialog.open()

    def _call_unions(self, names: Mapping[str, str]) -> None:
        office, choices = self._context.office, dict(self.check.choices)
        self._context.runner.run(
            lambda: import_history.call_unions(office(), names),
            done=lambda _none: self._check(choices),
            failed=self.banner.show_error,
        )

    # 3. The import

    def _import(self) -> None:
        preview, choices, office = self._preview, dict(self.check.choices), self._context.office
        assert preview is not None

        def work(progress: Progress) -> Receipt:
            return sheet_import.apply(office(), preview, choices, progress)

        self._run(work, self._take_receipt, "Đang nhập danh sách", changes=_WRITTEN)

    def _take_receipt(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self.result.show_receipt(receipt)
        self._show(_DONE)
        self._close_book()
        self.reload()

    # 4. What is left, and the way back

    def _ask_returned(self) -> None:
        name = f"{Path(self._preview.source.split(' · ')[0]).stem if self._preview else ''} - dòng chưa nhập.xlsx"
        choose_target(self, "Lưu dòng lỗi", "Bảng tính Excel (*.xlsx)", self._folder / name, self.save_returned)

    def save_returned(self, path: Path) -> None:
        """Write the rows that were not imported."""
        preview, choices, office = self._preview, dict(self.check.choices), self._context.office
        assert preview is not None

        def work(progress: Progress) -> int:
            return sheet_import.write_returned(office(), preview, path, choices, progress)

        self._run(work, lambda count: self.banner.show_text("ok", f"Đã lưu {count} dòng vào {path.name}."), "Đang lưu")

    def _undo_last(self) -> None:
        if self._receipt is not None:
            self._confirm_undo(self._receipt.id, self._preview.source if self._preview else "")

    def _ask_undo(self, past: PastImport) -> None:
        self._confirm_undo(past.id, past.source)

    def _confirm_undo(self, id_: int, source: str) -> None:
        text = "Dòng đã nhập mới sẽ bị xoá, dòng đã cập nhật trở lại như trước. Dòng có người sửa sau đó được giữ lại."
        yes = partial(self._undo, id_)
        ConfirmDialog(self, f"Hoàn tác lần nhập {source}?", text, "Hoàn tác lần nhập", yes, danger=True).open()

    def _undo(self, id_: int) -> None:
        office = self._context.office

        def work(progress: Progress) -> Undone:
            return import_history.undo(office(), id_, progress)

        self._run(work, self._take_undone, "Đang hoàn tác", changes=_WRITTEN)

    def _take_undone(self, undone: Undone) -> None:
        self.result.show_undone(undone)
        self._show(_DONE)
        self.reload()

    # Common

    def _run(self, work: object, done: object, title: str, changes: frozenset[str] = frozenset()) -> None:
        self.banner.clear()
        self._hold(True)
        self._context.runner.run(
            work,  # type: ignore[arg-type]  # takes `progress` alone
            done=done,  # type: ignore[arg-type]  # takes what `work` gives
            failed=self._failed,
            settled=partial(self._hold, False),
            title=title,
            with_progress=True,
            changes=changes,
        )

    def _hold(self, on: bool) -> None:
        for widget in (self.back, self.go, self.steps):
            widget.setEnabled(not on)
        if not on:
            self._name_go()
            if self.isVisible():
                self._views[self.steps.currentIndex()].setFocus()

    def _failed(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.banner.show_text("info", "Đã dừng.", "Chưa có gì được ghi.")
        else:
            self.banner.show_error(error)

    def _close_book(self) -> None:
        """On the database thread, to which it belongs."""
        opened, self._opened = self._opened, None
        if opened is not None:
            self._context.runner.run(opened.book.close)


def _started(office: Office) -> _Start:
    return _Start(import_history.listing(office), units.choices(office), office.clock.today())


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")
