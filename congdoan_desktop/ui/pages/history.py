"""Lịch sử: the versions of a record, what each changed, going back to one; and the two sides of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services import newer, records
from congdoan_desktop.services.records import Side, Version
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import fitting
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.tasks import Changes

Say = Callable[[str, object], tuple[str, str]]
"""(field, value) -> (label, text) as the form names and writes them; ("", "") leaves the field out."""

_NOW = ChipState("Bản hiện tại", "check-circle", "ok")
_BEFORE = ChipState("Bản cũ", "clock-counter-clockwise", "neu")
_REMOVED = ChipState("Đã xoá", "trash", "neu")
_VERSIONS = (
    Column("at", "Lúc", 140),
    Column("author", "Người ghi", None, "name", least=96),
    Column("verb", "Việc", 66),
    Column("state", "", 126, "state"),
)
_CHANGES = (Column("label", "Mục", 132, "quiet"), Column("before", "Trước", least=90), Column("after", "Sau", least=90))
_WIDTH, _HEIGHT = 940, 540


class HistoryDialog(QDialog):
    """Who wrote what and when. A conflict shows both versions beside each other and never says which is newer."""

    restored = Signal()

    def __init__(self, parent: QWidget, context: Context, record: str, name: str, say: Say, changes: Changes) -> None:
        super().__init__(parent)
        self._context, self._record, self._say, self._changes = context, record, say, changes
        self.setObjectName("history_dialog")
        self.setWindowTitle("Lịch sử")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(fitting(parent, _WIDTH, _HEIGHT))
        self.banner = Banner()
        self.versions = TableCard(_VERSIONS, Empty("clock-counter-clockwise", "Chưa có bản nào."), row_id="hash")
        self.changes = TableCard(_CHANGES, Empty("list-checks", "Chọn một bản để xem bản đó đổi gì."), row_id="label")
        self.restore_button = Button("Khôi phục bản này", "arrow-counter-clockwise", on_click=self._restore)
        self.sides = QVBoxLayout()
        self._shown_versions: tuple[Version, ...] = ()
        self._lay_out(name)
        self.versions.table.row_selected.connect(self._show_version)
        self._ask()

    def _lay_out(self, name: str) -> None:
        self.versions.table.setObjectName("versions")
        self.versions.table.setAccessibleName("Các bản đã lưu")
        self.changes.table.setObjectName("changes")
        self.changes.table.setAccessibleName("Bản này đổi gì")
        self.restore_button.setObjectName("restore")
        self.restore_button.setEnabled(False)
        close = Button("Đóng", on_click=self.reject)
        close.setObjectName("close_history")
        tables = QHBoxLayout()
        tables.setSpacing(12)
        tables.addWidget(self.versions, 1)
        tables.addWidget(self.changes, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.restore_button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Lịch sử", "step"))
        layout.addWidget(ElidedLabel(name, "second"))
        layout.addWidget(self.banner)
        layout.addLayout(self.sides)
        layout.addLayout(tables, 1)
        layout.addLayout(foot)

    def _ask(self) -> None:
        office, record = self._context.office, self._record
        self._context.runner.run(
            lambda: (records.versions(office(), record), records.sides(office(), record)),
            done=self._show,
            failed=self.banner.show_error,
        )

    def _show(self, found: tuple[list[Version], list[Side]]) -> None:
        versions, sides = found
        self._shown_versions = tuple(versions)
        self.versions.set_rows(_version_row(version) for version in versions)
        if len(sides) > 1:
            self._show_sides(sides)
        if versions:
            self.versions.table.select_id(versions[0].hash)
            self.versions.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # One version

    def _show_version(self, row: object) -> None:
        version = self._version(row)
        self.changes.set_rows(self._lines(version) if version else ())
        self.restore_button.setEnabled(version is not None and _can_return(version))

    def _version(self, row: object) -> Version | None:
        if not isinstance(row, Mapping):
            return None
        return next((version for version in self._shown_versions if version.hash == row["hash"]), None)

    def _lines(self, version: Version) -> list[dict[str, str]]:
        if version.newer:
            return [{"label": chips.NEEDS_NEWER.word, "before": "", "after": f"{newer.WHY.what} {newer.WHY.todo}"}]
        if version.reason:
            return [{"label": "Lý do xoá", "before": "", "after": version.reason}]
        found = []
        for field, (before, after) in version.changes.items():
            name, new = self._say(field, after)
            old = self._say(field, before)[1]
            if name and old != new:
                found.append({"label": name, "before": old, "after": new})
        return found

    def _restore(self) -> None:
        version = self._version(self.versions.table.selected_row())
        if version is not None:
            self._make_current(version.hash)

    def _make_current(self, hash_: str) -> None:
        office, record = self._context.office, self._record
        self._context.runner.save(
            lambda: records.restore(office(), record, hash_),
            done=self._restored,
            failed=self.banner.show_error,
            title="Đang khôi phục",
            changes=self._changes,
        )

    def _restored(self, _: object) -> None:
        self.restored.emit()
        self.accept()

    # Two sides

    def _show_sides(self, sides: Sequence[Side]) -> None:
        self.banner.show_text(
            "warn",
            "Hai nơi cùng sửa mục này.",
            "Xem từng chỗ khác nhau rồi chọn một bản; bản kia vẫn nằm trong lịch sử.",
        )
        columns = [Column("label", "Chỗ khác nhau", 130, "quiet")]
        columns += [Column(side.hash, f"{side.author} · {when(side)}", least=150) for side in sides]
        table = TableCard(columns, Empty("git-merge", "Hai bản giống nhau về nội dung."), row_id="label")
        table.table.setObjectName("sides")
        table.set_rows(self._differences(sides))
        table.setFixedHeight(theme.current().px(150))
        self.sides.addWidget(table)
        line = QHBoxLayout()
        line.addStretch(1)
        for number, side in enumerate(sides, 1):
            choose = Button(
                f"Bỏ mục này (bản xoá của {side.author})" if side.deleted else f"Chọn bản của {side.author}",
                "trash" if side.deleted else "check",
                on_click=partial(self._choose, side),
            )
            choose.setObjectName(f"choose_{number}")
            line.addWidget(choose)
        self.sides.addLayout(line)

    def _differences(self, sides: Sequence[Side]) -> list[dict[str, str]]:
        fields = list(dict.fromkeys(field for side in sides for field in side.content))
        found = []
        for field in fields:
            texts = {side.hash: self._of_side(side, field) for side in sides}
            name = self._say(field, next(side.content[field] for side in sides if field in side.content))[0]
            if name and len(set(texts.values())) > 1:
                found.append({"label": name, **texts})
        return found

    def _of_side(self, side: Side, field: str) -> str:
        if side.newer:
            return chips.NEEDS_NEWER.word.lower()
        return "đã xoá" if side.deleted else self._say(field, side.content.get(field))[1]

    def _choose(self, side: Side) -> None:
        if not side.deleted:
            self._make_current(side.hash)
            return
        office, record = self._context.office, self._record
        self._context.runner.save(
            lambda: records.delete(office(), record, "Giữ bản xoá khi hai bản mâu thuẫn"),
            done=self._restored,
            failed=self.banner.show_error,
            changes=self._changes,
        )


def when(version: Version | Side) -> str:
    """The time its author's machine claimed: "22/07/2024 10:32", with a word where that clock was wrong."""
    claimed = f"{datetime.fromisoformat(version.at):%d/%m/%Y %H:%M}"
    return f"{claimed} (đồng hồ sai)" if version.clock_suspect else claimed


def _can_return(version: Version) -> bool:
    return not (version.is_current or version.newer or version.verb == "Xoá")


def _version_row(version: Version) -> dict[str, object]:
    state = _NOW if version.is_current else _REMOVED if version.verb == "Xoá" else _BEFORE
    state = chips.NEEDS_NEWER if version.newer else state
    return {
        "hash": version.hash,
        "at": when(version),
        "author": version.author,
        "verb": version.verb,
        "state": chips.NEEDS_NEWER if version.newer else state,
    }
