"""A long list in memory is the table's at every moment, whatever was saved, taken back, taken in or broken off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from random import Random

import pytest
from sqlalchemy import Connection, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services import erasing, long_list, receivers, records, support, support_list
from congdoan_desktop.services.doctor import rebuild
from congdoan_desktop.services.long_list import LongList, Of
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support_list import Wanted
from congdoan_desktop.storage.projections import TABLES
from tests.conftest import Rounds
from tests.services.conftest import Offices, grassroots, person
from tests.services.conftest import support as support_record

OF = Of(SupportRecord, "on", ("unit", "person", "cash", "decision", "search"))
TABLE = TABLES[SupportRecord.TYPE]


class _Stop(Exception):
    pass


@pytest.fixture
def unit(offices: Offices) -> str:
    return grassroots(offices.union, "CĐCS Chè", "CS-98")


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "PORTION", 3)


def give(office: Office, unit: str, at: int) -> str:
    record = support_record(unit, cash=1000 * (at + 1), on=date(2024, 1 + at % 5, 1 + at % 3), note=f"lần {at}")
    return support.add(office, record, person(unit, f"Lò Thị Số {at}")).ids[0]


def shown(found: LongList) -> list[tuple[object, ...]]:
    return [tuple(column[place] for column in found.columns.values()) for place in found.latest]


def plain(connection: Connection) -> list[tuple[object, ...]]:
    columns = [TABLE.c[name] for name in ("record", "on", *OF.names)]
    rows = connection.execute(select(*columns).order_by(TABLE.c.on.desc(), TABLE.c.record.desc()))
    return [tuple(one.isoformat() if isinstance(one, date) else one for one in row) for row in rows]


def assert_as_the_table(office: Office) -> None:
    with office.read() as connection:
        assert shown(long_list.held(connection, OF)) == plain(connection)


def test_whatever_is_saved(offices: Offices, unit: str, rounds: Rounds) -> None:
    office, draw, numbers = offices.union, Random(7), count()
    known = [give(office, unit, next(numbers)) for _ in range(8)]
    gone: list[str] = []
    for _ in range(rounds("saves beside a long list", first=60, build=300, soak=3000)):
        deed = draw.choice(("add", "add", "edit", "day", "delete", "restore", "many", "other", "look", "erase"))
        if deed == "add" or not known:
            known.append(give(office, unit, next(numbers)))
        elif deed == "other":
            grassroots(office, f"CĐCS {next(numbers)}", f"C{next(numbers)}")
        elif deed == "look":
            with office.write(Right.READ) as work:
                work.note("look:person", "x")
        elif deed == "delete":
            gone.append(known.pop(draw.randrange(len(known))))
            records.delete(office, gone[-1], "nhầm")
        elif deed == "restore" and gone:
            known.append(gone.pop())
            records.undelete(office, known[-1])
        else:
            _revise(office, deed, draw.choice(known), next(numbers))
        if draw.random() < 0.6:
            assert_as_the_table(office)
    assert_as_the_table(office)


def _revise(office: Office, deed: str, id_: str, number: int) -> None:
    with office.write(Right.ENTER) as work:
        held = work.value(SupportRecord.TYPE, id_)
        if deed == "many":
            work.put_many([replace(held, cash=number)] * 2, [id_, None])
            return
    if deed == "erase":
        erasing.erase_person(office, held.person)
        return
    changed = replace(held, on=date(2024, 6, 1 + number % 9)) if deed == "day" else replace(held, note=f"sửa {number}")
    support.edit(office, id_, changed)


def test_what_is_rolled_back_leaves_nothing(offices: Offices, unit: str) -> None:
    office = offices.union
    give(office, unit, 1)
    assert_as_the_table(office)
    with pytest.raises(_Stop):
        _begin_and_stop(office, unit)
    assert_as_the_table(office)
    give(office, unit, 2)
    assert_as_the_table(office)


def _begin_and_stop(office: Office, unit: str) -> None:
    with office.write(Right.ENTER) as work:
        work.put(replace(support_record(unit), group="Tổ Sản xuất"))
        assert shown(long_list.held(work.connection, OF)) == plain(work.connection)
        raise _Stop


def test_tables_computed_anew(offices: Offices, unit: str) -> None:
    office = offices.union
    give(office, unit, 1)
    assert_as_the_table(office)
    rebuild(office)
    assert_as_the_table(office)


def test_what_is_saved_while_it_is_read_in_portions(offices: Offices, unit: str) -> None:
    office = offices.union
    known = [give(office, unit, at) for at in range(11)]
    portions = 0
    with office.read() as connection:
        assert long_list.ready(connection, OF) is None
        more = long_list.read_on(connection, OF)
    while more:
        portions += 1
        if portions < 5:
            give(office, unit, 20 + portions)
            records.delete(office, known.pop(), "nhầm")
        with office.read() as connection:
            more = long_list.read_on(connection, OF)
    assert portions > 4
    assert_as_the_table(office)
    with office.read() as connection:
        assert long_list.ready(connection, OF) is not None


def test_the_list_says_the_same_from_memory_and_from_the_database(offices: Offices, unit: str) -> None:
    office = offices.union
    known = [give(office, unit, at) for at in range(9)]
    asked = (Wanted(), Wanted(year=2024), Wanted(unit=unit), Wanted(cause="om_dau"), Wanted(no_decision=True))
    before = [(support_list.page(office, one, 2, 4), support_list.place(office, one, known[3])) for one in asked]
    while support_list.read_ahead(office):
        pass
    after = [(support_list.page(office, one, 2, 4), support_list.place(office, one, known[3])) for one in asked]
    assert after == before
    assert before[0][0].counted.listed == 9
    assert receivers.find_people(office, "so 3")[0].name == "Lò Thị Số 3"


@pytest.mark.parametrize("words", ["lo thi so 3", "so 1 lo", "thi", "s", "", "chè", "không có", "lần 4"])
def test_words_are_found_as_in_one_row_after_the_other(offices: Offices, unit: str, words: str) -> None:
    """Also where a row is gone; what stands in two rows is in none."""
    office, people = offices.union, TABLES[Person.TYPE]
    known = [give(office, unit, at) for at in range(9)]
    assert set(support_list.ids(office, Wanted())) == set(known)  # from now on they are held
    records.delete(office, known[2], "ghi nhầm")
    with office.read() as connection:
        query = select(TABLE.c.record, TABLE.c.search, people.c.search.label("who"))
        rows = connection.execute(query.join(people, people.c.record == TABLE.c.person)).all()
    sought, of_unit = search_key(words), search_key("CĐCS Chè")
    expected = [row.record for row in rows if any(sought in text for text in (row.search, row.who, of_unit))]
    assert sorted(support_list.ids(office, Wanted(search=words))) == sorted(expected)
    assert bool(expected) is (words not in ("so 1 lo", "không có"))
