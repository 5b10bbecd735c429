"""A day's support on paper: 300 members, and what 200 slips say, as somebody would type them. Names are invented."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services.office import Office
from tests.ui.entry_office import SHORT_NAMES

FAMILIES = ("Lò", "Vàng", "Giàng", "Nguyễn", "Trần", "Tòng", "Quàng", "Lê", "Phạm", "Mùa", "Sùng", "Lù", "Đèo", "Bạc")
WOMEN = ("Hoa", "Mai", "Hạnh", "Sua", "Đào", "Lan", "Hương", "Yến", "Thu", "Phượng", "Dung", "Dợ", "Mỷ", "Bích")
MEN = ("Páo", "Inh", "Định", "Sử", "Chung", "Dũng", "Tuấn", "Phúc", "Đường", "Thắng", "Quyết", "Sình", "Nghĩa")


@dataclass(frozen=True, slots=True)
class Batch:
    """What the slips under one decision share, by codes, and how the lists of choices are asked for them."""

    on: date
    cause: str
    kind: str
    fund: str
    decision: str
    typed: tuple[str, str, str]
    """Letters that find cause, kind and fund."""
    cash: int
    in_plan: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    """One receiver. `known`: one of the members; without a name's unit for collectives, `group`."""

    batch: Batch
    name: str
    unit: str
    cash: int
    born: int | None = None
    known: bool = True
    group: bool = False
    in_kind: int = 0
    goods: str = ""


BATCHES = tuple(
    Batch(date(2024, 7, day), *codes, f"{20 + number}/QĐ-CĐX", typed, cash, in_plan)
    for number, (day, codes, typed, cash, in_plan) in enumerate(
        (
            (1, ("om_dau", "tham_hoi", "quy_xa_hoi"), ("om", "tham", "quy xa"), 500_000, True),
            (2, ("kho_khan", "tro_cap", "quy_xa_hoi"), ("hoan", "tro", "quy xa"), 1_000_000, True),
            (4, ("tai_nan_lao_dong", "tro_cap", "quy_tuong_ho"), ("tai nan l", "tro", "quy tuong"), 1_500_000, False),
            (5, ("thai_san", "tham_hoi", "tai_chinh_cong_doan"), ("sinh", "tham", "tai"), 300_000, False),
            (8, ("hieu", "tham_hoi", "tai_chinh_cong_doan"), ("viec hie", "tham", "tai"), 500_000, False),
            (11, ("thien_tai", "tro_cap", "van_dong"), ("thien", "tro", "nguon"), 2_000_000, True),
            (15, ("tet", "tang_qua", "quy_xa_hoi"), ("tet", "tang", "quy xa"), 700_000, True),
            (19, ("benh_hiem_ngheo", "tro_cap", "quy_xa_hoi"), ("benh hi", "tro", "quy xa"), 2_500_000, True),
            (22, ("ngay_ky_niem", "tang_qua", "tai_chinh_cong_doan"), ("ngay", "tang", "tai"), 300_000, True),
            (25, ("kho_khan", "tang_qua", "don_vi"), ("hoan", "tang", "co quan"), 500_000, False),
        )
    )
)


def fill(office: Office, units: dict[str, str], count: int = 300) -> list[tuple[Person, str]]:
    """Members in all unions of the office, no two of one name, and the short name of each one's union."""
    chance = random.Random(5)
    names = [" ".join(parts) for parts in itertools.product(FAMILIES, ("Thị",), WOMEN)]
    names += [" ".join(parts) for parts in itertools.product(FAMILIES, ("Văn", "A"), MEN)]
    made = []
    with office.write(Right.ENTER) as work:
        for name in chance.sample(names, count):
            unit, born = chance.choice(SHORT_NAMES), chance.randint(1965, 2001)
            sex = "nữ" if " Thị " in name else "nam"
            made.append((Person(units[unit], True, name, born, sex=sex, birth=str(born)), unit))
            work.put(made[-1][0])
    return made


def slips(known: Sequence[tuple[Person, str]], each: int = 20) -> list[Slip]:
    """`each` slips to a batch: most of one sum, some of another, some with goods, some for strangers, a collective."""
    people = iter(known)
    return [slip for number, batch in enumerate(BATCHES) for slip in _of(batch, number, each, people)]


def _of(batch: Batch, number: int, each: int, people: Iterator[tuple[Person, str]]) -> Iterator[Slip]:
    for at in range(each):
        person, unit = next(people)
        slip = Slip(batch, person.name, unit, batch.cash)
        if at % 10 == 3:
            yield replace(slip, cash=batch.cash + 200_000)
        elif at % 10 == 5:
            yield replace(slip, in_kind=200_000, goods="10 kg gạo, 01 chăn")
        elif at % 10 == 7:
            name = f"Cà Thị {WOMEN[(number + at) % len(WOMEN)]} {FAMILIES[number]}"
            yield replace(slip, name=name, born=1950 + at, known=False)
        elif at == 12:
            yield replace(slip, name=f"Tổ nấu ăn số {number + 1}", known=False, group=True)
        else:
            yield slip


def sought(slip: Slip) -> str:
    """How somebody asks for a known person: small letters without marks."""
    return search_key(slip.name)
