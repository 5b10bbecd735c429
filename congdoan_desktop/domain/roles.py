"""What an officer of an office may do. Every service asks before it acts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    CHAIR = "chair"
    OFFICER = "officer"
    VIEWER = "viewer"


class Right(StrEnum):
    READ = "read"
    ENTER = "enter"
    ISSUE = "issue"
    """Make plans and units, sign and import packages."""
    TRUST = "trust"
    """Approve enrolments, manage officers and keys, erase persons."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CHAIR: frozenset(Right),
    Role.OFFICER: frozenset({Right.READ, Right.ENTER, Right.ISSUE}),
    Role.VIEWER: frozenset({Right.READ}),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.CHAIR: "Quản trị (chủ tịch, phó chủ tịch)",
    Role.OFFICER: "Cán bộ nhập liệu và báo cáo",
    Role.VIEWER: "Chỉ xem",
}
