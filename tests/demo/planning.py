"""The province enters plan 39/KH-LĐLĐ in the editor: its facts are read from the sample and typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from congdoan_desktop import paths
from tests.demo.hands import Hands
from tests.demo.machine import Machine, page

_HEADER = ("number", "place", "issued_on", "title", "starts", "ends", "signer_title")
_CHOSEN = ("doc_type", "organ", "signer_authority")
_COUNTED, _AT_LEAST, _BEFORE = "Số hoạt động của mỗi CĐCS", "ít nhất", "Trước ngày"
_WEEK_KIND = "Bữa cơm Công đoàn"


def facts() -> Mapping[str, Any]:
    """What the paper on the desk says."""
    return tomllib.loads((paths.resources() / "samples" / "ke-hoach-39.toml").read_text("utf-8"))


def enter_plan(machine: Machine, hands: Hands) -> None:
    plan = facts()
    page(hands, "campaigns")
    machine.shoot("ke-hoach-trong")
    hands.click("new_campaign")
    hands.rest(100)
    for name in _HEADER:
        hands.fill(name, _written(plan[name]))
    for name in _CHOSEN:
        hands.fill(name, plan[name])
    hands.fill("bases", "\n".join(plan["bases"]))
    hands.fill("recipients", "\n".join(plan["recipients"]))
    machine.shoot("ke-hoach-thong-tin-chung")
    _enter_target(machine, hands, plan["targets"][0])
    _enter_week(machine, hands, plan["phases"][0])
    _enter_events(machine, hands, plan["events"])
    _enter_duty(machine, hands, plan["duties"][0])
    hands.click("save_plan")
    hands.rest(200)
    machine.shoot("ke-hoach-da-luu")
    hands.tab("Chỉ tiêu", "campaign_tabs")
    machine.shoot("ke-hoach-so-chi-tieu-tinh")


def _enter_target(machine: Machine, hands: Hands, target: Mapping[str, Any]) -> None:
    hands.tab("Chỉ tiêu", "plan_tabs")
    hands.fill("target_wording", target["wording"])
    hands.choose("target_indicator", _COUNTED)
    hands.choose("target_op", _AT_LEAST)
    hands.fill("target_value", str(target["value"]))
    hands.fill("target_measure", target["unit_of_measure"])
    hands.fill("target_level", target["level_text"])
    hands.fill("target_note", target["note"])
    machine.shoot("ke-hoach-chi-tieu")
    hands.click("targets_take")


def _enter_week(machine: Machine, hands: Hands, week: Mapping[str, Any]) -> None:
    hands.tab("Đợt", "plan_tabs")
    hands.fill("phase_name", week["name"])
    hands.fill("phase_starts", _written(week["starts"]))
    hands.fill("phase_ends", _written(week["ends"]))
    hands.tick("phase_kinds", [_WEEK_KIND])
    machine.shoot("ke-hoach-dot")
    hands.click("phases_take")


def _enter_events(machine: Machine, hands: Hands, events: Sequence[Mapping[str, Any]]) -> None:
    hands.tab("Sự kiện", "plan_tabs")
    for event in events:
        hands.fill("event_name", event["name"])
        hands.fill("event_lead", event["leads"][0])
        if others := event["leads"][1:]:
            hands.fill("event_others", "; ".join(others))
        if "on" in event:
            hands.fill("event_on", _written(event["on"]))
        hands.click("events_take")
    assert len(hands.rows("plan_events")) == len(events)
    machine.shoot("ke-hoach-su-kien")


def _enter_duty(machine: Machine, hands: Hands, duty: Mapping[str, Any]) -> None:
    hands.tab("Báo cáo", "plan_tabs")
    hands.choose("duty_relation", _BEFORE)
    hands.fill("duty_due", _written(duty["due"]))
    for name in ("wording", "who", "to", "via"):
        hands.fill(f"duty_{name}", duty[name])
    machine.shoot("ke-hoach-bao-cao")
    hands.click("duties_take")


def _written(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
