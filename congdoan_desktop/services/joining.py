"""Joining, leaving and changing the union: dated, by decision, for one person or many at once.

What ended stays with the person as a spell, so that the members of a past day can still be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.persons import Person, Spell, validate_person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services import persons
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_SHOWN = 3


class KeptElsewhere(AppError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} tự giữ hồ sơ đoàn viên của mình, nên không chuyển thẳng sang được.",
            safe="Chưa ghi gì; người này vẫn ở đơn vị cũ.",
            todo="Ghi ra khỏi công đoàn ở đây, trao giấy giới thiệu; đơn vị mới ghi kết nạp lại khi nhận người.",
        )


def join(office: Office, people: Iterable[str], on: date, decision: str) -> Saved:
    """Take people in by one decision; who was a member before is taken in again. All or nobody.

    Raises: ValidationError naming whom it does not fit, NotFound, NotCustodian.
    """

    def joined(person: Person) -> Person:
        if person.member:
            raise _Unfit("đang là đoàn viên")
        return replace(_ended(person), member=True, joined=on, left=None, batch=one_line(decision))

    return _all_or_nobody(office, people, joined)


def leave(office: Office, people: Iterable[str], on: date) -> Saved:
    """People leave the union; `on` is the first day on which they are no members.

    Raises: ValidationError naming whom it does not fit, NotFound, NotCustodian.
    """

    def left(person: Person) -> Person:
        if not person.member:
            raise _Unfit("không phải đoàn viên")
        return replace(person, member=False, left=on)

    return _all_or_nobody(office, people, left)


def transfer(office: Office, people: Iterable[str], to: str, on: date) -> Saved:
    """People go to another union whose records we keep too; the time as members of the former one stays as a spell.

    Raises: KeptElsewhere, ValidationError naming whom it does not fit, NotFound, NotCustodian.
    """
    with office.read() as connection:
        tree = office.tree(connection)
        if tree.custodian(to) != office.identity.unit:
            raise KeptElsewhere(tree.units[to].short_name if to in tree.units else "Đơn vị này")

    def moved(person: Person) -> Person:
        if person.unit == to:
            raise _Unfit("đã ở đơn vị này")
        if not person.member:
            return replace(_ended(person), unit=to, joined=None, left=None)
        spell = Spell(person.unit, person.joined, on)
        return replace(person, unit=to, joined=on, earlier=(*person.earlier, spell))

    return _all_or_nobody(office, people, moved)


class _Unfit(Exception):
    """Why the change does not fit a person."""


def _ended(person: Person) -> Person:
    """With the membership that ended among the earlier ones."""
    if person.left is None:
        return person
    return replace(person, earlier=(*person.earlier, Spell(person.unit, person.joined, person.left)))


def _all_or_nobody(office: Office, people: Iterable[str], change: Callable[[Person], Person]) -> Saved:
    ids, warnings = tuple(dict.fromkeys(people)), list[Finding]()
    if not ids:
        raise ValidationError((Finding("people", "Chọn ít nhất một người."),))
    with office.write(Right.ENTER) as work:
        unfit = [said for id_ in ids for said in _changed(work, id_, change, office.clock.today(), warnings)]
        if unfit:
            further = f" và {len(unfit) - _SHOWN} người khác" if len(unfit) > _SHOWN else ""
            raise ValidationError((Finding("people", f"{'; '.join(unfit[:_SHOWN])}{further}."),))
    return Saved(ids, tuple(warnings))


def _changed(
    work: UnitOfWork, id_: str, change: Callable[[Person], Person], today: date, warnings: list[Finding]
) -> list[str]:
    """Save one; what does not fit is said with the name."""
    kept: Person = work.value(Person.TYPE, id_)
    try:
        person = change(kept)
    except _Unfit as unfit:
        return [f"{kept.name} {unfit}"]
    before = {finding.message for finding in validate_person(kept, today)}
    new = [finding for finding in validate_person(person, today) if finding.message not in before]
    warnings += [replace(finding, message=f"{kept.name}: {finding.message}") for finding in new if finding.warning]
    wrong = [finding for finding in new if not finding.warning]
    if not wrong:
        persons.amend(work, id_, person)
    return [f"{kept.name}: {finding.message.rstrip('.')}" for finding in wrong]
