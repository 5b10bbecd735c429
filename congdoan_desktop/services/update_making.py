"""The province gives a new version of the program to all units, as a package that its root signs."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.names import LARGEST_PACKAGE, PROGRAM, UPDATE, UPDATE_BODY
from congdoan_desktop.packages.refusals import Malformed
from congdoan_desktop.services import key_changes, updates
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, send
from congdoan_desktop.storage import handoff

_ROOM = 1024 * 1024
"""What a package needs beside the program."""


def make(office: Office, program: Path, version: str, system: str) -> handoff.Outgoing:
    """An `update` package for all units, into the outbox of the office that holds the root.

    Raises: NotTheRoot, NotAllowed, ValidationError, AppError when the file cannot be read or is too large.
    """
    key_changes.rooted(office)
    body = canonical({"schema": fields.SCHEMA, "version": one_line(version), "system": one_line(system),
                      "file": program.name})  # fmt: skip
    try:
        updates.told(body)
    except Malformed as error:
        said = "Ghi phiên bản và hệ điều hành; tên tệp chỉ gồm chữ không dấu, số, dấu chấm, gạch."
        raise ValidationError((Finding("version", said),)) from error
    data = _read(program)
    with office.write(Right.TRUST) as work:
        return send(office, work, Content(UPDATE, None, (), clear={UPDATE_BODY: body, PROGRAM: data}))


def _read(program: Path) -> bytes:
    try:
        if program.stat().st_size > LARGEST_PACKAGE - _ROOM:
            raise AppError(
                "Tệp chương trình lớn hơn 255 MB.", safe="Chưa có gói nào được lập.", todo="Dùng bộ cài gọn hơn."
            )
        return program.read_bytes()
    except OSError as error:
        raise AppError(
            f"Không đọc được tệp {program.name}.", safe="Chưa có gói nào được lập.", todo="Chọn lại tệp."
        ) from error
