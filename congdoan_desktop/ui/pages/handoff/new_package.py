"""Gửi gói mới: a campaign for a union below. Reports are packed on their own page, where they are looked at first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaigns, coverage, outgoing, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form


@dataclass(frozen=True, slots=True)
class Choices:
    """Our own campaigns, and the unions below that send and receive packages: (id, name).

    `upper`: the union above, which gets our own plan under its plan.
    """

    campaigns: list[tuple[str, str]]
    receivers: list[tuple[str, str]]
    upper: str | None = None


def load_choices(office: Office) -> Choices:
    """Our plans, and those from above where somebody below can be given them on; the union above gets ours alone."""
    below = [(row.id, row.name) for row in coverage.coverage(office) if row.sends]
    plans = [row for row in campaigns.listing(office) if row.own or below]
    upper = units.upper(office) if any(row.own and row.campaign.parent for row in plans) else None
    above = [(upper, "Công đoàn cấp trên")] if upper else []
    return Choices(
        [(row.id, f"{row.campaign.number} {row.campaign.title}".strip()) for row in plans], above + below, upper
    )


class NewPackageDialog(Dialog):
    """Makes a `plan` package, or a `cascade` for the union above; `made` is sent when it lies in the outbox."""

    made = Signal()

    def __init__(self, parent: QWidget, context: Context, choices: Choices) -> None:
        super().__init__(parent.window(), "Gửi kế hoạch", "paper-plane-tilt", "accent_text")
        self.setObjectName("newPackage")
        self._context = context
        self._upper = choices.upper
        self.form = Form()
        self.form.add(ChoiceField("campaign", "Kế hoạch", choices.campaigns, required=True))
        self.form.add(ChoiceField("receiver", "Đơn vị nhận", choices.receivers, required=True))
        if len(choices.campaigns) == 1:
            self.form.field("campaign").set_value(choices.campaigns[0][0])
        if len(choices.receivers) == 1:
            self.form.field("receiver").set_value(choices.receivers[0][0])
        self.body.addWidget(self.form)
        if not choices.receivers:
            self.body.addWidget(
                label("Chưa có đơn vị nào được công nhận ở thẻ Khoá và tin cậy.", "second", "warn", wrap=True)
            )
        self.add_button(Button("Thôi", on_click=self.reject))
        self.make = self.add_button(Button("Đóng gói", "package", "primary", on_click=self._make))
        self.make.setObjectName("makePackage")
        self.make.setDefault(True)
        self.form.last_left.connect(self.make.setFocus)

    def _make(self) -> None:
        if not self.form.check():
            return
        values, office = self.form.values(), self._context.office
        campaign, receiver = str(values["campaign"]), str(values["receiver"])
        make = outgoing.make_cascade if receiver == self._upper else outgoing.make_plan
        self._context.runner.run(
            lambda: make(office(), campaign, receiver),
            done=self._made,
            failed=self._failed,
            title="Đang đóng gói",
            changes=frozenset({"package"}),
        )

    def _made(self, _package: object) -> None:
        self.accept()
        self.made.emit()

    def _failed(self, error: AppError) -> None:
        self.banner.show_error(error)
