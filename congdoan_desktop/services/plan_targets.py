"""The targets of a plan that was read, as targets of a campaign: wording as printed, mark exact, indicator proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import COMPARATORS
from congdoan_desktop.planreader.draft import Confidence, PlanDraft, TargetDraft
from congdoan_desktop.services.indicator_words import suggested
from congdoan_desktop.services.plan_item import Group, Item

_SAID: Mapping[str, str] = {
    "gt": "Trên", "gte": "Từ", "lt": "Dưới", "lte": "Không quá", "eq": "Đúng", "between": "Từ",
}  # fmt: skip
_NO_INDICATOR = "Chọn cách tính cho chỉ tiêu này rồi nhận."
_BETWEEN = "Văn bản in một khoảng. Xem lại mức phải đạt rồi nhận."
_NO_FIGURE = "Con số này không đọc được thành mức. Ghi mức phải đạt rồi nhận."


def target_items(draft: PlanDraft) -> Iterator[Item]:
    for target in draft.targets:
        part = _target(target)
        lacking = [
            "" if part.indicator else _NO_INDICATOR,
            "" if _figure(target.value) else _NO_FIGURE,
        ]
        asked = " ".join(q for q in (target.notes, _BETWEEN if target.op == "between" else "", *lacking) if q)
        sure = Confidence.ASK if target.ambiguous else target.said.confidence
        yield Item(
            f"target:{target.id}", Group.TARGETS, "Chỉ tiêu", target.said.text, target.said.span, sure, part, asked,
            must_change=any(lacking),
        )  # fmt: skip


def _target(target: TargetDraft) -> Target:
    value, decimals = _figure(target.value) or (0, 0)
    return Target(
        id=target.id,
        wording=target.said.text,
        indicator=suggested(target.said.text),
        op=target.op if target.op in COMPARATORS else "gte",
        value=value,
        unit_of_measure=target.unit,
        level_text=_level(target),
        decimals=decimals,
        implicit=target.implicit,
        within=target.within,
    )


def _figure(value: str) -> tuple[int, int] | None:
    """The figure and its decimals: (975, 1) for "97.5"; None for what is no decimal number ("2/3")."""
    if not value or not all(letter.isdigit() or letter == "." for letter in value):
        return None
    exponent = int(Decimal(value).normalize().as_tuple().exponent)
    decimals = max(-exponent, 0)
    return int(Decimal(value).scaleb(decimals)), decimals


def _level(target: TargetDraft) -> str:
    """As the column "Mức" prints it: "Trên 85%", "Ít nhất 1 hoạt động/CĐCS"."""
    printed = target.op_phrase.strip()
    first = "Ít nhất" if printed.lower().startswith(("ít nhất", "tối thiểu")) else _SAID.get(target.op, "")
    figure = target.value.replace(".", ",")
    if target.value2:
        figure = f"{figure} đến {target.value2.replace('.', ',')}"
    measure = target.unit if target.unit == "%" else f" {target.unit}"
    return f"{'' if target.implicit else first + ' '}{figure}{measure}".strip()
