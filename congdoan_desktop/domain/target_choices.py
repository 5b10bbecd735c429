"""What the wording of a target leaves open: the questions, what they are answered without an officer, and the answers.

The wording is kept as printed; the answer is data beside it, with the name of who chose (seed-facts, section 10).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Definition

WITHIN, HEADCOUNT_DAY, BEST, MERGED, MARK = "within", "headcount_day", "best", "merged", "mark"
_GOOD, _BEST = "tot", "xuat_sac"
_BOTH_WORDS = re.compile(r"trên\s+[\d.,]+\s*%?\s*trở lên", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """`options`: (code, words), the first one is what holds until an officer chooses."""

    code: str
    text: str
    options: tuple[tuple[str, str], ...]


_QUESTIONS: Mapping[str, Question] = {
    one.code: one
    for one in (
        Question(
            WITHIN, "“Trong đó” tính trên",
            (("denominator", "toàn bộ đối tượng của chỉ tiêu trên"), ("numerator", "số đã đạt chỉ tiêu trên")),
        ),
        Question(
            HEADCOUNT_DAY, "Số lao động lấy vào",
            (("end", "ngày cuối kỳ"), ("start", "ngày đầu kỳ"), ("average", "bình quân đầu kỳ và cuối kỳ")),
        ),
        Question(BEST, "“Hoàn thành tốt”", (("with", "gồm cả xuất sắc"), ("without", "không gồm xuất sắc"))),
        Question(
            MERGED, "CĐCS sau khi ghép",
            (("any", "không xét số đoàn viên"), ("over", "phải trên 10 đoàn viên"), ("reach", "từ 10 đoàn viên")),
        ),
        Question(MARK, "“Trên … trở lên”", (("gte", "đạt đúng mức là đạt"), ("gt", "phải vượt mức"))),
    )
}  # fmt: skip


def questions(target: Target, definition: Definition) -> tuple[Question, ...]:
    """What this target leaves open."""
    open_ = {
        WITHIN: bool(target.within),
        HEADCOUNT_DAY: any(one.field == "headcount" for one in definition.conditions),
        BEST: any(one.source == "rating" and {_GOOD, _BEST} <= set(one.codes) for one in definition.criteria),
        MERGED: any(one.source == "merged" for one in definition.criteria),
        MARK: bool(_BOTH_WORDS.search(target.wording)),
    }
    return tuple(_QUESTIONS[code] for code, is_open in open_.items() if is_open)


def answer(target: Target, code: str, otherwise: str = "") -> str:
    """The officer's answer, else `otherwise`, else what holds by itself."""
    return given_answers(target).get(code) or otherwise or _QUESTIONS[code].options[0][0]


def is_chosen(target: Target, code: str) -> bool:
    return code in given_answers(target)


def choice_of(answers: Mapping[str, str]) -> str:
    """The answers as `Target.choice` keeps them."""
    return ";".join(f"{code}={value}" for code, value in sorted(answers.items()) if value)


def op_of(target: Target) -> str:
    """The comparator: as read, or as chosen where the wording contradicts itself."""
    return answer(target, MARK) if _BOTH_WORDS.search(target.wording) else target.op


def levels_of(target: Target, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The rating levels that count, by the answer whether the best is among them."""
    is_open = {_GOOD, _BEST} <= set(codes)
    return tuple(code for code in codes if code != _BEST) if is_open and answer(target, BEST) == "without" else codes


def given_answers(target: Target) -> dict[str, str]:
    """Question -> option, those that an officer chose and this program knows."""
    pairs = (part.partition("=") for part in target.choice.split(";"))
    known = {code: value for code, _, value in pairs if code in _QUESTIONS}
    return {code: value for code, value in known.items() if value in dict(_QUESTIONS[code].options)}
