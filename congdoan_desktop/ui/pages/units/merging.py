"""The tab "Ghép CĐCS nhỏ": who is under the threshold, groups with their reasons, the list on paper, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.merging import AT, UNDER, Group, SmallUnit
from congdoan_desktop.domain.reorganising import Decision
from congdoan_desktop.services import merging, org_chart, reporting
from congdoan_desktop.services.merging import BaselineState
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.line_edit import LineEdit
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.entry import exporting
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.units.merge_rows import (
    PROPOSED,
    UNITS,
    Proposal,
    group_row,
    list_row,
    name_after,
    unit_row,
)
from congdoan_desktop.ui.pages.units.order_dialog import CHANGES, OrderDialog
from congdoan_desktop.ui.pages.units.order_kinds import KINDS, NEW, Known

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

_PANEL_WIDTH, _LEAST_PANEL, _LIST_WIDTH, _THRESHOLD_WIDTH = 490, 288, 392, 64
"""The panel gives way until the list has its own width without the last column; with large letters both are narrow."""
_LONGEST_THRESHOLD = 4


@dataclass(frozen=True, slots=True)
class _Loaded:
    day: date
    units: tuple[SmallUnit, ...]
    baselines: tuple[BaselineState, ...]
    signer: tuple[str, str]
    """(title, name)."""


class MergingTab(PageFrame):
    def __init__(self, context: Context) -> None:
        super().__init__("Ghép công đoàn cơ sở ít đoàn viên")
        self._context = context
        self._stale = True
        self._loaded: _Loaded | None = None
        self._proposals: list[Proposal] = []
        self._shown_threshold = merging.DEFAULT_THRESHOLD
        self._last: Decision | None = None
        self.threshold = LineEdit()
        self.units = TableCard(UNITS, Empty("users-three", "Không có CĐCS nào từ mức này trở xuống."), multi=True)
        self.groups = TableCard(PROPOSED, Empty("git-merge", "Chưa có nhóm nào.", "Đề xuất nhóm", self.suggest))
        self._dress()
        self.set_body(self.units, self._panel())
        self.setFocusProxy(self.units)
        self._connect()
        self._fit()

    # Building

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.threshold.setFixedWidth(look.px(_THRESHOLD_WIDTH))
        room = self.width() - look.px(_LIST_WIDTH)
        self._side.setFixedWidth(max(look.px(_LEAST_PANEL), min(look.px(_PANEL_WIDTH), room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _dress(self) -> None:
        self.add_search("Tìm công đoàn cơ sở…").setObjectName("search")
        freeze = Button("Chốt danh sách gốc", "floppy-disk", on_click=self._freeze)
        freeze.setToolTip(
            "Giữ danh sách CĐCS dưới mức hôm nay làm mẫu số của chỉ tiêu ghép; "
            "danh sách của tỉnh về cấp dưới cùng tệp tin cậy"
        )
        freeze.setObjectName("freeze")
        self.add_action(freeze)
        self.add_action(exporting.button(self.choose_export))
        self._shortcut("Ctrl+E", self.choose_export)
        paper = Button("Danh sách ghép", "printer", on_click=self.show_list)
        paper.setToolTip("Dự thảo danh sách kèm quyết định: xem, in, lưu PDF, Word hoặc Excel")
        paper.setObjectName("merge_list")
        self.add_action(paper)
        self.propose = self.set_primary(Button("Đề xuất nhóm", "git-merge", "primary", on_click=self.suggest))
        self.propose.setObjectName("suggest")
        self.threshold.setText(str(merging.DEFAULT_THRESHOLD))
        self.threshold.setAccessibleName("Mức số đoàn viên")
        self.threshold.setToolTip("CĐCS có số đoàn viên dưới mức này là ít đoàn viên")
        self.threshold.setMaxLength(_LONGEST_THRESHOLD)
        self.threshold.setObjectName("threshold")
        self.told = ElidedLabel("", "second")
        self._show_filters()
        for at, widget in enumerate((label("Dưới", "second"), self.threshold, label("đoàn viên", "second"), self.told)):
            self._filters.insertWidget(at, widget)

    def _panel(self) -> QWidget:
        panel = self._side = QWidget()
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.groups, 1)
        self.reason = label("", "second", wrap=True)
        layout.addWidget(self.reason)
        name = QHBoxLayout()
        self.after = LineEdit()
        self.after.setAccessibleName("Tên đơn vị sau khi ghép")
        self.after.setPlaceholderText("Tên đơn vị sau khi ghép")
        self.after.setObjectName("after")
        name.addWidget(self.after, 1)
        layout.addLayout(name)
        buttons = QGridLayout()
        for at, (text, key, call) in enumerate((
            ("Thành nhóm mới", "group_new", self._group_chosen),
            ("Thêm vào nhóm", "group_add", self._add_chosen),
            ("Rút khỏi nhóm", "group_out", self._take_chosen_out),
            ("Bỏ nhóm", "group_drop", self._drop),
        )):  # fmt: skip
            button = Button(text, role="flat", on_click=call)
            button.setObjectName(key)
            buttons.addWidget(button, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
        buttons.setColumnStretch(2, 1)
        layout.addLayout(buttons)
        return panel

    def _connect(self) -> None:
        self.units.table.setObjectName("small_units")
        self.units.table.setAccessibleName("Công đoàn cơ sở ít đoàn viên")
        self.groups.table.setObjectName("groups")
        self.groups.table.setAccessibleName("Các nhóm ghép")
        self.searched.connect(self.units.set_filter)
        self.threshold.editingFinished.connect(self._threshold_left)
        self.groups.table.row_selected.connect(self._follow)
        self.groups.table.row_opened.connect(self._open_order)
        self.groups.table.action_clicked.connect(lambda row, _key: self._open_order(row))
        self.after.editingFinished.connect(self._rename)
        self._context.runner.changed.connect(self._changed)

    # The list

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def reload(self) -> None:
        office, threshold = self._context.office, self._threshold()
        self._shown_threshold = threshold
        self._context.runner.run(lambda: _load(office(), threshold), done=self._take)

    def _threshold(self) -> int:
        typed = self.threshold.text().strip()
        return int(typed) if typed.isdecimal() else merging.DEFAULT_THRESHOLD

    def _threshold_left(self) -> None:
        typed = self.threshold.text().strip()
        if not typed.isdecimal():
            self.banner.show_text("bad", f"“{typed}” không phải là số đoàn viên.", "Gõ một số, ví dụ 10.")
            return
        self.banner.clear()
        if self._threshold() != self._shown_threshold:
            self._proposals = []
            self.reload()

    def _take(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        known = {unit.unit for unit in loaded.units}
        self._proposals = [one for one in self._proposals if known.issuperset(one.units)]
        under = sum(unit.group == UNDER for unit in loaded.units)
        at = sum(unit.group == AT for unit in loaded.units)
        told = f"{under} CĐCS dưới mức" + (f" · {at} CĐCS đúng bằng {self._threshold()}, tự quyết định" if at else "")
        frozen = loaded.baselines[0] if loaded.baselines else None
        if frozen is not None:
            told += (
                f" · danh sách gốc {frozen.baseline.on:%d/%m/%Y}: đã ghép {frozen.merged}/{len(frozen.baseline.units)}"
            )
        self.told.set_text(told)
        self._show()

    def _show(self) -> None:
        assert self._loaded is not None
        place = {unit: number for number, one in enumerate(self._proposals, 1) for unit in one.units}
        self.units.set_rows(unit_row(unit, place.get(unit.unit)) for unit in self._loaded.units)
        known = {unit.unit: unit for unit in self._loaded.units}
        rows = [group_row(n, one, known, self._threshold()) for n, one in enumerate(self._proposals, 1)]
        self.groups.set_rows(rows)

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & CHANGES:
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    def choose_export(self) -> None:
        """Ask where; the list of small CĐCS goes there."""
        if self._loaded is not None:
            exporting.ask(self, self._title(), self._loaded.day, self.export)

    def export(self, path: Path) -> None:
        rows = self.units.table.rows.rows()
        exporting.save(self, self._context, self._title(), self.units.table, lambda _: rows, path)

    def _title(self) -> str:
        return f"CĐCS dưới {self._threshold()} đoàn viên"

    # Groups

    def open_new(self) -> None:
        self.suggest()

    def suggest(self) -> None:
        """Groups by likeness, in the place of those on the desk."""
        if self._loaded is None:
            return
        office, threshold, day = self._context.office, self._threshold(), self._loaded.day
        self._context.runner.run(lambda: merging.suggestions(office(), threshold, day), done=self._take_suggestions)

    def _take_suggestions(self, found: tuple[Group, ...]) -> None:
        assert self._loaded is not None
        known = {unit.unit: unit for unit in self._loaded.units}
        self._proposals = [Proposal(one.units, one.reason, name_after(one.units, known)) for one in found]
        self._show()
        if found:
            self.groups.table.selectRow(0)
            self.groups.table.setFocus()
        else:
            self.banner.show_text("info", "Không có CĐCS tương đồng nào để đề xuất.", "Chọn các dòng rồi lập nhóm mới.")

    def _group_chosen(self) -> None:
        chosen = self._chosen()
        if len(chosen) < 2:
            self.banner.show_text("info", "Chọn ít nhất hai CĐCS trong bảng bên trái.", "Giữ Ctrl để chọn nhiều dòng.")
            return
        self.banner.clear()
        self._pull(chosen)
        known = {unit.unit: unit for unit in self._loaded.units} if self._loaded else {}
        self._proposals.append(Proposal(chosen, "Theo đề nghị của đơn vị", name_after(chosen, known)))
        self._show()
        self.groups.table.select_id(len(self._proposals))

    def _add_chosen(self) -> None:
        at, chosen = self._group(), self._chosen()
        if at is not None and chosen:
            target = self._proposals[at]
            self._pull(tuple(unit for unit in chosen if unit not in target.units))
            place = next((n for n, one in enumerate(self._proposals) if set(one.units) & set(target.units)), None)
            if place is not None:
                units = tuple(dict.fromkeys((*self._proposals[place].units, *chosen)))
                self._proposals[place] = replace(self._proposals[place], units=units)
            self._show()

    def _take_chosen_out(self) -> None:
        self._pull(self._chosen())
        self._show()

    def _pull(self, units: tuple[str, ...]) -> None:
        """Out of the groups they are in; a group of one is none."""
        left = (replace(one, units=tuple(u for u in one.units if u not in units)) for one in self._proposals)
        self._proposals = [one for one in left if len(one.units) > 1]

    def _drop(self) -> None:
        at = self._group()
        if at is not None:
            del self._proposals[at]
            self._show()

    def _rename(self) -> None:
        at, name = self._group(), self.after.text().strip()
        if at is not None and name and name != self._proposals[at].name:
            self._proposals[at] = replace(self._proposals[at], name=name)
            self._show()

    def _follow(self, row: object) -> None:
        at = self._group()
        shown = self._proposals[at] if isinstance(row, Mapping) and at is not None else None
        self.reason.setText(f"Lý do: {shown.reason}" if shown else "")
        self.after.setText(shown.name if shown else "")
        self.after.setEnabled(shown is not None)

    def _group(self) -> int | None:
        row = self.groups.table.selected_row()
        return int(str(row["id"])) - 1 if isinstance(row, Mapping) else None

    def _chosen(self) -> tuple[str, ...]:
        rows = self.units.table.selected_rows()
        return tuple(str(row["id"]) for row in rows if isinstance(row, Mapping))

    # Base, paper, decision

    def _freeze(self) -> None:
        if self._loaded is None:
            return
        office, threshold, day = self._context.office, self._threshold(), self._loaded.day
        self._context.runner.run(
            lambda: merging.freeze(office(), threshold, day),
            done=lambda _id: self.banner.show_text(
                "ok",
                "Đã chốt danh sách gốc; ghép đơn vị không làm đổi mẫu số này.",
                "Danh sách của tỉnh về cấp dưới cùng tệp tin cậy; danh sách của cấp khác chỉ lưu trong máy này.",
            ),
            failed=self.banner.show_error,
            changes=frozenset({"baseline", "unit"}),
        )

    def show_list(self) -> None:
        """The draft that goes with the decision, to be looked at, printed and saved."""
        if not self._proposals or self._loaded is None:
            self.banner.show_text("info", "Chưa có nhóm nào để lập danh sách.", "Bấm “Đề xuất nhóm” trước.")
            return
        signer, known = self._loaded.signer, {unit.unit: unit for unit in self._loaded.units}
        rows = tuple(list_row(one, known) for one in self._proposals)
        number, on = (self._last.number, self._last.on) if self._last else ("", self._loaded.day)
        prepare = partial(merging.merge_list, number=number, on=on, rows=rows, signer=signer)
        show_paper(self, self._context, prepare, self.banner.show_error)

    def _open_order(self, row: object) -> None:
        """The merge of a group, as on the tab "Cơ cấu tổ chức"."""
        if isinstance(row, Mapping) and self._loaded is not None:
            one, office, day = self._proposals[int(str(row["id"])) - 1], self._context.office, self._loaded.day
            self._context.runner.run(
                lambda: _known(office(), one.units, day), done=partial(self._open_dialog, one, day)
            )

    def _open_dialog(self, one: Proposal, day: date, known: Known) -> None:
        kind = next(kind for kind in KINDS if kind.key == "merge")
        dialog = OrderDialog(self, self._context, kind, known, self._last.on if self._last else day)
        dialog.fill(
            _prefilled(one, known) | {"reason": one.reason, "number": self._last.number if self._last else None}
        )
        dialog.decided.connect(partial(self._decided, dialog))
        dialog.open()

    def _decided(self, dialog: OrderDialog, _saved: object) -> None:
        self._last = dialog.decision
        self.banner.show_text("ok", "Đã ghi quyết định ghép.")


def _load(office: Office, threshold: int) -> _Loaded:
    day = office.clock.today()
    signers = reporting.signers(office)
    signer = (signers[0][1], signers[0][0]) if signers else ("", "")
    return _Loaded(day, merging.small(office, threshold, day), tuple(merging.baselines(office)), signer)


def _known(office: Office, units: tuple[str, ...], day: date) -> Known:
    return Known(org_chart.chart(office, day).rows, units, org_chart.details(office, units[0], day).unit)


def _prefilled(one: Proposal, known: Known) -> dict[str, object]:
    """An old name goes on as that unit; another one founds a new one."""
    same = next((row.id for row in known.rows if row.id in one.units and row.name == one.name), None)
    return {"into": same or NEW, "name": None if same else one.name, "kind": None if same else known.unit.kind}
