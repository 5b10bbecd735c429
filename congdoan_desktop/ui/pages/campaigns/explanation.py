"""How a target's figure is computed, in sentences, with the plan's own words and the choices they leave open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.domain.money import format_ratio, group_thousands
from congdoan_desktop.services.campaign_ledger import CampaignView, OpenQuestion, TargetView
from congdoan_desktop.services.targets import Detail
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import label, row
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages import target_words
from congdoan_desktop.ui.pages.campaigns import definition_words
from congdoan_desktop.ui.pages.handoff.words import TYPE_NAMES

WIDTH = 320
_NAMED = 6
_NAMES = (
    "Tử số", "Mẫu số", "Từng tiêu chí", "Không tính", "Nguồn", "Theo nhịp hiện nay", "Câu gốc trong kế hoạch",
    "Chỗ để mở",
)  # fmt: skip


class Explanation(QFrame):
    """The panel at the right of the detail."""

    chosen = Signal(str, str)
    """Question and option that the officer picked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.figure = label("", "step")
        self.figure.setObjectName("target_figure")
        self._texts = {name: label("", wrap=True) for name in _NAMES}
        self._captions = {name: label(name, "second") for name in self._texts}
        inside = QWidget()
        texts = QVBoxLayout(inside)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        head = row(label("Cách tính", "card"))
        head.addWidget(self.figure)
        texts.addLayout(head)
        for name, text in self._texts.items():
            texts.addSpacing(6)
            texts.addWidget(self._captions[name])
            texts.addWidget(text)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        texts.addLayout(self._choices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(ScrollColumn(inside, (15, 10, 15, 10)))
        self._fit()

    def show_target(self, view: CampaignView, one: TargetView) -> None:
        target, total, definition = one.sum.target, one.sum.total, one.definition
        self._say("Tử số", _capital(definition_words.numerator(definition)) if definition else "Cần bản mới để tính.")
        self._say("Mẫu số", _base(one))
        self._say("Từng tiêu chí", "\n".join(f"{name}: {target_words.figure(found)}" for name, found in one.parts))
        self._say("Không tính", f"{target.note}." if target.note else "")
        self._say("Nguồn", _sources(one))
        self._say("Theo nhịp hiện nay", " ".join(said for said in (_phase(one), _forecast(one)) if said))
        self._say("Câu gốc trong kế hoạch", f"“{target.wording}”")
        self._say("Chỗ để mở", _open(target, one.questions))
        self._offer(one.questions, own=view.own)
        goal = target_words.goal(one.pace, total)
        counted = total.met is not None and bool(goal)
        parts = f"{group_thousands(total.numerator)} : {group_thousands(goal)}"
        self.figure.setText(f"{parts} = {format_ratio(total.numerator, goal)}" if counted else "chưa có số liệu")

    def show_detail(self, one: TargetView, detail: Detail) -> None:
        """How many records the figure was counted from, when they have been looked at."""
        said = [f"{group_thousands(count)} {TYPE_NAMES.get(type_, type_)}" for type_, count in detail.sources.items()]
        if detail.reported:
            said.append(f"{group_thousands(detail.reported)} hồ sơ giữ ở đơn vị báo cáo")
        counted = f" Tính từ {', '.join(said)}." if said else ""
        self._say("Nguồn", f"{_sources(one)}{counted}")

    def _offer(self, questions: tuple[OpenQuestion, ...], *, own: bool) -> None:
        while (item := self._choices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in questions if own else ():
            box = Combo()
            box.setObjectName(f"choose_{one.question.code}")
            box.setAccessibleName(one.question.text)
            for code, words in one.question.options:
                box.addItem(words, code)
            box.setCurrentIndex(box.findData(one.answer))
            box.activated.connect(partial(self._pick, box, one.question.code))
            self._choices.addWidget(box)

    def _pick(self, box: Combo, question: str, at: int) -> None:
        self.chosen.emit(question, str(box.itemData(at)))

    def _say(self, name: str, text: str) -> None:
        self._texts[name].setText(text)
        for part in (self._texts[name], self._captions[name]):
            part.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(WIDTH))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _base(one: TargetView) -> str:
    definition, target = one.definition, one.sum.target
    if definition is None:
        return ""
    if not definition.population:
        return f"Mức của kế hoạch: {target.level_text}."
    return _capital(definition_words.denominator(definition))


def _open(target: Target, questions: tuple[OpenQuestion, ...]) -> str:
    """Each question with its answer, and whose it is."""
    lines = []
    for one in questions:
        who = f"{target.chosen_by} chọn" if one.chosen and target.chosen_by else "mặc định của chương trình"
        lines.append(f"{one.question.text}: {dict(one.question.options)[one.answer]} ({who}).")
    return "\n".join(lines)


def _phase(one: TargetView) -> str:
    """What is asked for by the end of the phase under way, beside what there is."""
    phase, total = one.phase, one.sum.total
    if phase is None or total.met is None or one.sum.target.op in ("lt", "lte"):
        return ""
    reached = "đã đủ" if total.numerator >= phase.needed else f"đang có {group_thousands(total.numerator)}"
    return f"Hết “{phase.name}” ({short_date(phase.ends)}) cần {group_thousands(phase.needed)}: {reached}."


def _forecast(one: TargetView) -> str:
    pace, total = one.pace, one.sum.total
    if pace.forecast is None or total.met is None or pace.state == "missed":
        return ""
    base = f" trên {group_thousands(total.denominator)}" if total.denominator is not None else ""
    reached = "đạt" if pace.forecast >= pace.needed else f"cần {group_thousands(pace.needed)}"
    return f"Cuối kế hoạch được khoảng {group_thousands(pace.forecast)}{base} ({reached})."


def _sources(one: TargetView) -> str:
    said = [_received(one)]
    if one.computed is not None and one.entered is not None:
        said.append(f"Theo sổ {_told(one.computed)}; đơn vị tự đếm {_told(one.entered)}.")
    return " ".join(said)


def _told(result: Result) -> str:
    return target_words.figure(result)


def _received(one: TargetView) -> str:
    senders, missing = one.sum.senders, one.sum.missing
    if not senders:
        return "Hồ sơ trong máy này; nhấn Enter ở một dòng để xem từng hồ sơ."
    if not missing:
        return f"Đã nhận báo cáo của cả {senders} đơn vị tự gửi."
    named = ", ".join(missing[:_NAMED]) + (f" và {len(missing) - _NAMED} đơn vị khác" if missing[_NAMED:] else "")
    return f"Tạm tính: {senders - len(missing)}/{senders} đơn vị tự gửi đã báo cáo; chưa nhận của {named}."
