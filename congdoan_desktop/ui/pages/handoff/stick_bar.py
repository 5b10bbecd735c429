"""Where packages are written to and read from: a typed path, a folder chosen, or a drive that is plugged in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from congdoan_desktop.ui.choosing import choose_folder
from congdoan_desktop.ui.drives import Drive, removable_drives
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label
from congdoan_desktop.ui.kit.line_edit import LineEdit
from congdoan_desktop.ui.tasks import TaskRunner


class StickBar(QFrame):
    """One bar above all tabs that need a stick; a single drive that is found is chosen by itself."""

    chosen = Signal(object)
    """The folder (a Path) that holds from now on."""
    all_wanted = Signal()
    """Take in and write everything in one go."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self.setObjectName("card")
        self._runner = runner
        self._path: Path | None = None
        self._drives: list[Drive] = []
        self.line = LineEdit()
        self.line.setObjectName("stickPath")
        self.line.setAccessibleName("USB hoặc thư mục")
        self.line.setPlaceholderText("Cắm USB rồi bấm “Tìm USB”, hoặc gõ đường dẫn thư mục")
        self.line.editingFinished.connect(self._typed)
        self.line.returnPressed.connect(self._again)
        self.search = Button("Tìm USB", "usb", on_click=self.look_for_drives)
        self.choose = Button("Chọn thư mục…", "folder-open", on_click=self._choose)
        self.search.setObjectName("findStick")
        self.choose.setObjectName("chooseFolder")
        self.all = Button("Nhận và gửi tất cả", "arrows-horizontal", on_click=self.all_wanted.emit)
        self.all.setObjectName("takeAndWrite")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(IconLabel("hard-drive", "text2", 18))
        layout.addWidget(label("USB hoặc thư mục", "strong"))
        layout.addWidget(self.line, 1)
        layout.addWidget(self.search)
        layout.addWidget(self.choose)
        layout.addWidget(self.all)
        self._runner.run(removable_drives, done=self._take_first)

    @property
    def path(self) -> Path | None:
        return self._path

    @property
    def name(self) -> str:
        """What the officer calls the place."""
        return next((d.name for d in self._drives if d.path == self._path), self._path.name if self._path else "")

    def set_path(self, path: Path) -> None:
        self.line.setText(str(path))
        self._typed()

    def look_for_drives(self) -> None:
        self._runner.run(removable_drives, done=self._offer)

    def _take_first(self, drives: list[Drive]) -> None:
        self._drives = drives
        if len(drives) == 1 and self._path is None:
            self.set_path(drives[0].path)

    def _offer(self, drives: list[Drive]) -> None:
        self._drives = drives
        if not drives:
            self._runner.notice.emit("Chưa thấy USB nào. Cắm USB rồi tìm lại, hoặc chọn thư mục.")
        elif len(drives) == 1:
            self.set_path(drives[0].path)
        else:
            menu = QMenu(self)
            for drive in drives:
                menu.addAction(drive.name).triggered.connect(partial(self.set_path, drive.path))
            menu.popup(self.search.mapToGlobal(self.search.rect().bottomLeft()))

    def _choose(self) -> None:
        choose_folder(self, "Chọn USB hoặc thư mục", self._path or Path.home(), self.set_path)

    def _again(self) -> None:
        """Enter on the same path: the stick may have been plugged in meanwhile."""
        if self._path is not None and self.line.text().strip() == str(self._path):
            self.chosen.emit(self._path)

    def _typed(self) -> None:
        text = self.line.text().strip()
        path = Path(text).expanduser() if text else None
        if path is not None and path != self._path:
            self._path = path
            self.chosen.emit(path)
