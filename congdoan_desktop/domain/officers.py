"""Checks of posts and trainings: dates in order, posts held twice, terms (issue of officers, rule C03)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from congdoan_desktop.domain.persons import Post, Training
from congdoan_desktop.errors import Finding

_TERM = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})", re.ASCII)
_LONGEST_TERM = 5
_LONGEST_COURSE = 366


def term_years(term: str) -> tuple[int, int] | None:
    """First and last year of "2023-2028", None where it is written in another way."""
    found = _TERM.fullmatch(term.strip())
    return (int(found[1]), int(found[2])) if found else None


def validate_post(post: Post, others: Iterable[Post] = ()) -> tuple[Finding, ...]:
    """All findings of a post. `others` are the further posts of the same person."""
    found = [Finding(name, text) for name, text in _NEEDED if not getattr(post, name)]
    if post.until is not None and post.until < post.since:
        found.append(Finding("until", "Ngày thôi giữ chức vụ trước ngày bắt đầu. Xem lại hai ngày."))
    found += _about_term(post)
    if any(_same_office(post, other) and _overlap(post, other) for other in others):
        found.append(Finding("since", "Người này đang giữ chức vụ đó trong cùng thời gian. Xem lại.", warning=True))
    return tuple(found)


def validate_training(training: Training, today: date) -> tuple[Finding, ...]:
    found = []
    if not training.person:
        found.append(Finding("person", "Chọn người được tập huấn."))
    if not training.organiser:
        found.append(Finding("organiser", "Chọn cấp tổ chức lớp."))
    if not training.course:
        found.append(Finding("course", "Ghi tên lớp, nội dung tập huấn."))
    if not 1 <= training.days <= _LONGEST_COURSE:
        found.append(Finding("days", f"Số ngày học phải từ 1 đến {_LONGEST_COURSE}."))
    if training.on > today:
        found.append(Finding("on", "Ngày học còn ở phía trước. Xem lại ngày.", warning=True))
    return tuple(found)


_NEEDED = (("person", "Chọn người giữ chức vụ."), ("title", "Chọn chức vụ."), ("body", "Chọn nơi giữ chức vụ."))


def _about_term(post: Post) -> list[Finding]:
    if not post.term:
        return []
    years = term_years(post.term)
    if years is None:
        return [Finding("term", "Ghi nhiệm kỳ dạng 2023-2028.", warning=True)]
    first, last = years
    if last < first:
        return [Finding("term", "Nhiệm kỳ có năm cuối trước năm đầu. Xem lại.")]
    if last - first > _LONGEST_TERM or not first <= post.since.year <= last:
        return [Finding("term", "Nhiệm kỳ và ngày bắt đầu không khớp nhau. Xem lại.", warning=True)]
    return []


def _same_office(one: Post, other: Post) -> bool:
    return (one.unit, one.body, one.title) == (other.unit, other.body, other.title)


def _overlap(one: Post, other: Post) -> bool:
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)
