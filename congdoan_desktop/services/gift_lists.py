"""Gift lists: hundreds of receivers of one programme, read against who is known, and saved all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.gift_lists import CellFinding, GiftLine, Known, ReadLine, read_line
from congdoan_desktop.domain.persons import Person, with_birth
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.domain.text import clean, one_line, person_sort_key, search_key, spelled_key
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import double_benefits, likeness, persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.double_benefits import Programme
from congdoan_desktop.services.likeness import Somebody
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import refuse
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

CAUSES = "support_causes"
UNDONE = "Bỏ danh sách vừa lưu"
_CHUNK = 400
"""Values in one question to the database."""
_PEOPLE = TABLES[Person.TYPE]


@dataclass(frozen=True, slots=True)
class GiftHead:
    """What all lines have in common. `cause` is that of lines that name none."""

    campaign: str | None
    cause: str
    kind: str
    fund: str
    on: date
    decision: str = ""
    goods: str = ""
    members: bool = False
    """Whether those who are not known yet are members; a gift makes nobody one."""
    again: str = ""
    """Why those get something who were given the same before."""


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line as read; `person` is the id of somebody known, "" where somebody new would be entered."""

    read: ReadLine
    person: str
    findings: tuple[CellFinding, ...]
    is_again: bool = False
    """Whether he or she was given something of the same programme and year."""

    @property
    def fits(self) -> bool:
        return all(finding.warning for finding in self.findings)


@dataclass(frozen=True, slots=True)
class SavedGifts:
    """Ids of the support records in the order of the lines, and of the people entered with them."""

    records: tuple[str, ...]
    people: tuple[str, ...]


def check(office: Office, head: GiftHead, lines: Sequence[GiftLine]) -> list[CheckedLine]:
    """Every line with its findings, cell by cell; who was given something in the same programme and year is named."""
    with office.read() as connection:
        return _checked(office, connection, head, lines)


def save(office: Office, head: GiftHead, lines: Sequence[GiftLine]) -> SavedGifts:
    """All lines as support records, with who is new among them, in one transaction.

    Raises: ValidationError when the head or a line is not fit to be saved, or nobody said why somebody gets the same
        again (rule B10); NotCustodian.
    """
    tidy = replace(head, decision=clean(head.decision), goods=clean(head.goods), again=one_line(head.again))
    with office.write(Right.ENTER) as work:
        refuse(check_head(tidy, office.clock.today()))
        checked = _checked(office, work.connection, tidy, lines)
        unfit = [number for number, line in enumerate(checked, 1) if not line.fits]
        if unfit or not checked:
            raise ValidationError((Finding("lines", _unfit(unfit)),))
        if not tidy.again:
            refuse(about_again(checked))
        return _put(work, tidy, checked)


def undo(office: Office, saved: SavedGifts) -> None:
    """Take a saved list back, with the people entered for it.

    Raises: NotFound when somebody deleted one of them meanwhile.
    """
    with office.write(Right.ENTER) as work:
        work.delete_many(saved.records, UNDONE)
        work.delete_many(saved.people, UNDONE)


def check_head(head: GiftHead, today: date) -> tuple[Finding, ...]:
    """Findings of what all lines share."""
    sample = SupportRecord(
        "-", "-", head.campaign, head.cause or "-", head.kind, 1, 0, head.fund, head.on, head.decision
    )
    return validate_support(sample, today)


def about_again(checked: Sequence[CheckedLine]) -> tuple[Finding, ...]:
    """Who is given the same again asks for a reason, one for all of them (rule B10)."""
    numbers = [number for number, line in enumerate(checked, 1) if line.is_again]
    if not numbers:
        return ()
    sentence = f"{len(numbers)} người đã nhận trong đợt này (dòng {_shown(numbers)}); ghi lý do vẫn tặng hoặc bỏ dòng."
    return (Finding("again", sentence),)


def _unfit(numbers: Sequence[int]) -> str:
    if not numbers:
        return "Danh sách chưa có ai."
    return f"Còn {len(numbers)} dòng chưa đúng: {_shown(numbers)}."


def _shown(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:8])) + ("…" if len(numbers) > 8 else "")


def _put(work: UnitOfWork, head: GiftHead, checked: Sequence[CheckedLine]) -> SavedGifts:
    new = [line for line in checked if not line.person]
    entered = iter(made := work.put_many([_person(line.read, member=head.members) for line in new]))
    records = [
        SupportRecord(
            line.read.unit, line.person or next(entered), head.campaign, line.read.cause, head.kind, line.read.cash,
            line.read.in_kind, head.fund, head.on, head.decision, head.goods if line.read.in_kind else "",
            again=head.again if line.is_again else "",
        )
        for line in checked
    ]  # fmt: skip
    return SavedGifts(tuple(work.put_many(records)), tuple(made))


def _person(read: ReadLine, *, member: bool) -> Person:
    person = Person(read.unit, member=member, name=read.name, citizen_id=read.citizen_id)
    return persons.tidy(with_birth(person, read.birth) if read.birth else person)


def _checked(office: Office, connection: Connection, head: GiftHead, lines: Sequence[GiftLine]) -> list[CheckedLine]:
    known = _known(office, connection, head)
    reads = [read_line(line, known) for line in lines]
    people = _People(connection, reads, [line.person for line in lines])
    found = [people.of(line, read) for line, read in zip(lines, reads, strict=True)]
    receivers = {person for person, _ in found if person}
    programme = Programme(head.kind, head.campaign, head.on)
    earlier = double_benefits.warned(double_benefits.earlier(connection, receivers, programme))
    near = _near(connection, programme, {at: reads[at] for at, (person, _) in enumerate(found) if not person})
    seen: dict[object, int] = {}
    checked = []
    for number, (read, (person, further)) in enumerate(zip(reads, found, strict=True), 1):
        who: object = person or (spelled_key(read.name), read.birth, read.unit)
        double = [CellFinding("name", f"Trùng với dòng {seen[who]}.", warning=True)] if who in seen else []
        seen.setdefault(who, number)
        before = [CellFinding("name", earlier[person], warning=True)] if person in earlier else []
        alike = [CellFinding("name", near[number - 1], warning=True)] if number - 1 in near else []
        findings = (*read.findings, *further, *double, *before, *alike)
        checked.append(CheckedLine(read, person, findings, is_again=bool(before)))
    return checked


def _near(connection: Connection, programme: Programme, fresh: Mapping[int, ReadLine]) -> dict[int, str]:
    """Line -> what somebody nearly of its name and birth was given of the plan: perhaps the same, misspelled (B10)."""
    units = {read.unit for read in fresh.values() if read.name}
    if not units or not programme.campaign:
        return {}
    known = likeness.Known.read(connection, _PEOPLE.c.record.in_(double_benefits.receivers(programme, units)))
    found = {}
    for at, read in fresh.items():
        numbers = (read.citizen_id,) if read.citizen_id else ()
        if read.name and (likely := known.find(Somebody("", read.name, read.unit, read.birth, numbers, member=False))):
            found[at] = likely[0].who
    given = double_benefits.earlier(connection, {who.id for who in found.values()}, programme)
    return {
        at: f"Gần giống {', '.join(part for part in (who.name, who.birth[:4]) if part)}: {given[who.id][-1].sentence}"
        for at, who in found.items()
        if who.id in given
    }


def _known(office: Office, connection: Connection, head: GiftHead) -> Known:
    tree = office.tree(connection)
    called: dict[str, set[str]] = {}
    for id_ in (office.identity.unit, *tree.now.below(office.identity.unit)):
        unit = tree.now.units[id_]
        for name in (unit.short_name, unit.name, unit.code):
            called.setdefault(search_key(name), set()).add(id_)
    units = {name: min(ids) for name, ids in called.items() if len(ids) == 1}
    causes = {
        search_key(word): entry.code
        for entry in catalogue().entries(CAUSES)
        for word in (*entry.aliases, entry.code, entry.name)
    }
    return Known(units, causes, head.cause, office.clock.today(), frozenset(called.keys() - units.keys()))


class _People:
    """Who of the database may be meant by the lines: by number, else by name."""

    def __init__(self, connection: Connection, reads: Sequence[ReadLine], picked: Sequence[str]) -> None:
        numbers = {read.citizen_id for read in reads if read.citizen_id}
        keys = {person_sort_key(read.name) for read in reads if read.name}
        c = _PEOPLE.c
        wanted = ((c.citizen_id, numbers), (c.sort, keys), (c.record, set(picked) - {""}))
        rows = [row for column, values in wanted for row in _where(connection, column, values)]
        self._by_id = {row["record"]: row for row in rows}
        self._by_number: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        for id_, row in self._by_id.items():
            self._by_number.setdefault(row["citizen_id"], []).append(id_)
            self._by_name.setdefault(spelled_key(row["name"]), []).append(id_)

    def of(self, line: GiftLine, read: ReadLine) -> tuple[str, list[CellFinding]]:
        """(id of the one meant, "" for somebody new; what is to be said)."""
        if line.person:
            gone = [] if line.person in self._by_id else [CellFinding("name", "Người này không còn trong máy.")]
            return line.person, gone
        if read.citizen_id and (found := self._by_number.get(read.citizen_id)):
            return self._same_number(found, read)
        likely = [id_ for id_ in self._by_name.get(spelled_key(read.name), []) if self._may_be(id_, read)]
        if len(likely) > 1:
            return "", [CellFinding("name", f"Trong máy có {len(likely)} người tên này; ghi thêm số CCCD.")]
        return (likely[0] if likely else ""), []

    def _same_number(self, found: Sequence[str], read: ReadLine) -> tuple[str, list[CellFinding]]:
        name = str(self._by_id[found[0]]["name"])
        if spelled_key(name) == spelled_key(read.name):
            return found[0], []
        return found[0], [CellFinding("citizen_id", f"Trong máy số này là của {name}; xem lại.")]

    def _may_be(self, id_: str, read: ReadLine) -> bool:
        """The same union and no birth or number against it, or another union and the same year."""
        row = self._by_id[id_]
        year = int(read.birth[:4]) if read.birth else None
        if read.citizen_id and row["citizen_id"] and row["citizen_id"] != read.citizen_id:
            return False
        if row["unit"] == read.unit:
            return year is None or row["birth_year"] in (None, year)
        return year is not None and row["birth_year"] == year


def _where(connection: Connection, column: object, values: Iterable[str]) -> list[RowMapping]:
    c, wanted = _PEOPLE.c, sorted(values)
    found: list[RowMapping] = []
    for at in range(0, len(wanted), _CHUNK):
        query = select(c.record, c.name, c.unit, c.birth_year, c.citizen_id).where(
            c.erased.is_(False),
            column.in_(wanted[at : at + _CHUNK]),  # type: ignore[attr-defined]  # any column of text
        )
        found += connection.execute(query).mappings()
    return found
