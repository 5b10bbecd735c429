"""A whole province to practise and to measure on: 600 units, 1,500 workplaces, 50,000 members, all invented.

One seed gives one province, ids included. Its districts end on 30/6/2025 and its commune unions begin the day after, so
that every day before and after can be asked for (C02).
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from congdoan_desktop import paths
from congdoan_desktop.domain.ids import IdSource
from congdoan_desktop.domain.persons import Person, Post
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import GRASSROOTS, Department, Headcount, OrgEvent, Unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sample_needs import Proposer, round_open, round_over
from congdoan_desktop.services.sample_people import Populace
from congdoan_desktop.services.sample_years import FIRST_DAY, Union, Upper, Years, plans
from congdoan_desktop.storage.unit_of_work import UnitOfWork

MEMBERS, WORKPLACES, GRASSROOTS_UNIONS = 50_000, 1_500, 549
_SMALL = 12
_NEW_ORDER = date(2025, 7, 1)
_COUNTED_ON = (date(2024, 12, 31), date(2025, 12, 31))
_DECISION = "215/QĐ-LĐLĐ"
_TERM, _ELECTED = "2023-2028", date(2023, 5, 10)
_BIRTH_OF_IDS_MS = 1_700_000_000_000
_ROUNDS = (date(2024, 9, 10), date(2025, 5, 12), date(2026, 6, 8))
"""Days on which the needs of the sample were proposed; the last ones still wait."""
_NEEDY_OF_ROUND = 8
_NEEDY = _NEEDY_OF_ROUND * len(_ROUNDS)
_DEPARTMENTS = (
    ("Ban Tổ chức - Kiểm tra", "TC-KT", None),
    ("Ban Chính sách pháp luật và Quan hệ lao động", "CSPL&QHLĐ", date(2025, 3, 1)),
    ("Ban Tuyên giáo - Nữ công", "TG-NC", date(2025, 3, 1)),
    ("Ban Công tác Công đoàn", "CTCĐ", None),
    ("Văn phòng", "VP", None),
)
_SECTOR_OF = {"Trường THPT": 0, "Trung tâm Y tế": 1, "Tòa án": 2, "Công ty Cao su": 3}
"""Beginnings of names of workplaces -> the sector union that their CĐCS stands under."""


class NotASample(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Đây là dữ liệu thật nên không thêm tỉnh mẫu vào được.",
            safe="Không có gì thay đổi.",
            todo="Tạo tỉnh mẫu bằng “Dùng thử” ở màn hình đầu tiên.",
        )


@dataclass(frozen=True, slots=True)
class Built:
    """How much the province holds; `units` with the province's own, `records` of five years' work."""

    units: int
    workplaces: int
    members: int
    records: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of workplace; `workers` are the least and the most."""

    name: str
    kind: str
    ownership: str
    line: str
    sector: str
    union_kind: str
    share: int
    workers: tuple[int, int]
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A workplace with what is made of it; `members` None where there is no union."""

    record: Workplace
    kind: _Kind
    members: int | None
    workers: int
    women_percent: int


def build(office: Office, seed: int = 1, scale: float = 1.0, progress: Progress | None = None) -> Built:
    """Fill a new office of the realm "sample", which is the province's, in one transaction. `scale` 1: full size.

    Raises: NotASample, NotAllowed, Cancelled; nothing is then left in it.
    """
    with office.write(Right.ISSUE) as work:
        if office.identity.realm != SAMPLE:
            raise NotASample
        return _Builder(work, office.identity.unit, seed, scale, progress or Progress()).built()


class _Builder:
    def __init__(self, work: UnitOfWork, province: str, seed: int, scale: float, progress: Progress) -> None:
        self._work, self._province, self._scale, self._progress = work, province, scale, progress
        self._chance = Random(seed)  # noqa: S311 - it invents people, it guards nothing
        moments = itertools.count(_BIRTH_OF_IDS_MS)
        self._ids = IdSource(lambda: next(moments), self._chance.randbytes)
        self._land = _land()
        self._places: dict[str, int] = {}

    def built(self) -> Built:
        districts = self._uppers("LĐLĐ huyện", "Liên đoàn Lao động huyện", "HUYEN", self._land["districts"])
        sectors = self._uppers("Công đoàn ngành", "Công đoàn ngành", "NGANH", self._land["sectors"])
        communes = self._uppers("Công đoàn xã", "Công đoàn xã", "XA", self._land["communes"])
        places = self._workplaces()
        unions = [self._grassroots(n, place, districts, sectors) for n, place in enumerate(places) if place.members]
        organisation: list[Record] = [*districts, *sectors, *communes, *unions]
        moves = self._reorganised(unions, districts, communes)
        self._put("Ghi các đơn vị", [*organisation, *moves, *self._departments()])
        joined = {place.record.name: union for place, union in zip(_with_unions(places), unions, strict=True)}
        kept = [self._kept(place, joined) for place in places]
        ids = self._put("Ghi nơi làm việc", kept)
        self._put("Ghi số lao động", self._counts(places, ids, joined))
        people = self._people(places, ids, joined)
        numbers = self._put("Ghi đoàn viên", people)
        posts = self._posts(people, numbers)
        uppers = [Upper(one.unit, FIRST_DAY, _NEW_ORDER - timedelta(days=1)) for one in districts]
        uppers += [Upper(one.unit, FIRST_DAY, None) for one in sectors]
        uppers += [Upper(one.unit, _NEW_ORDER, None) for one in communes]
        known: dict[str, list[str]] = {}
        for person, number in zip(people, numbers, strict=True):
            known.setdefault(person.unit, []).append(number)
        worked = [
            Union(unit, id_, place.kind.kind, place.members, place.workers, tuple(known[unit]))
            for place, id_ in zip(places, ids, strict=True)
            if place.members and (unit := joined[place.record.name].unit)
        ]
        records = self._years(worked, uppers, posts)
        return Built(len(organisation) + 1, len(places), len(people), records)

    def _years(self, unions: list[Union], uppers: list[Upper], posts: list[Post]) -> int:
        campaigns = self._put("Ghi kế hoạch", plans(self._province))
        years = Years(self._chance, self._province, campaigns, self._scale)
        elected, posts = posts, [*posts, *years.full_time(uppers, unions)]
        frozen, merges = years.merged(unions)
        made: list[tuple[str, list[Record]]] = [
            ("Ghi cán bộ công đoàn", [*posts]),
            ("Ghi hoạt động", [*years.activities(unions, uppers)]),
            ("Ghi chăm lo", [*years.supports(unions)]),
            ("Ghi tập huấn", [*years.trainings(posts)]),
            ("Ghi xếp loại", [*years.ratings(unions, uppers)]),
            ("Ghi số tự đếm", [*years.counted(unions)]),
            ("Ghi danh sách CĐCS nhỏ", [*frozen]),
            ("Ghi quyết định ghép", [*merges]),
        ]
        done = sum(len(self._put(text, records)) for text, records in made)
        return done + self._needs([(post.unit, post.person) for post in elected])

    def _needs(self, people: Sequence[tuple[str, str]]) -> int:
        """Two rounds that are over and one that waits, of people of the committees, for they are surely members."""
        put, me = partial(self._put, "Ghi nhu cầu"), Proposer(self._province, self._province, "LĐLĐ")
        some = itertools.cycle(people[:: max(1, len(people) // _NEEDY)])
        rounds = [(round_over, on) for on in _ROUNDS[:-1]] + [(round_open, _ROUNDS[-1])]
        return sum(enter(put, me, list(itertools.islice(some, _NEEDY_OF_ROUND)), on) for enter, on in rounds)

    def _put(self, text: str, records: Sequence[Record]) -> list[str]:
        shown = Progress(lambda done, total, _: self._progress.step(done, total, text))
        return self._work.put_many(records, new_ids=self._ids, progress=shown)

    def _some(self, full: int) -> int:
        return max(1, round(full * self._scale))

    def _uppers(self, short: str, long: str, code: str, names: Sequence[str]) -> list[Unit]:
        kinds = {"HUYEN": "ldld_huyen", "NGANH": "cong_doan_nganh", "XA": "cong_doan_xa"}
        founded = _NEW_ORDER if code == "XA" else date(2004, 1, 1)
        return [
            Unit(
                self._ids(), f"{code}-{n:02d}", f"{long} {name}", f"{short} {name}", "cap_tren", kinds[code],
                self._province, place=name, founded=founded,
            )
            for n, name in enumerate(names[: self._some(len(names))], 1)
        ]  # fmt: skip

    def _workplaces(self) -> list[_Place]:
        kinds: list[_Kind] = self._land["kinds"]
        total, with_union = self._some(WORKPLACES), self._some(GRASSROOTS_UNIONS)
        chosen = self._chance.choices(kinds, [kind.share for kind in kinds], k=total)
        sizes = [self._chance.randint(*kind.workers) for kind in chosen]
        members = self._members(sizes[:with_union])
        return [
            self._place(kind, size, members[n] if n < with_union else None)
            for n, (kind, size) in enumerate(zip(chosen, sizes, strict=True))
        ]

    def _members(self, sizes: Sequence[int]) -> list[int]:
        """A small workplace has as many as work there, so that some CĐCS lie under ten; the others share the rest."""
        rest = self._some(MEMBERS) - sum(size for size in sizes if size < _SMALL)
        shared = iter(_shared(rest, [size for size in sizes if size >= _SMALL]))
        return [size if size < _SMALL else next(shared) for size in sizes]

    def _place(self, kind: _Kind, size: int, members: int | None) -> _Place:
        chance = self._chance
        commune = chance.choice(self._land["communes"][: self._some(len(self._land["communes"]))])
        name = kind.name.format(place=commune)
        nth = self._places[name] = self._places.get(name, 0) + 1
        record = Workplace(
            self._province, name if nth == 1 else f"{name} số {nth}", kind.kind, kind.ownership, kind.line,
            tax_code=f"6200{chance.randrange(10**6):06d}" if kind.ownership != "nha_nuoc" else "",
            budget_code=f"{chance.randrange(10**6, 10**7)}" if kind.ownership == "nha_nuoc" else "",
            place=commune, address=f"Xã {commune}", since=date(chance.randint(1995, 2022), 9, 1),
        )  # fmt: skip
        workers = size if members is None else members + chance.randint(0, members // 8)
        return _Place(record, kind, members, workers, chance.randint(20, 85))

    def _grassroots(self, n: int, place: _Place, districts: list[Unit], sectors: list[Unit]) -> Unit:
        name, kind = place.record.name, place.kind
        sector = next((i for start, i in _SECTOR_OF.items() if name.startswith(start)), None)
        district = self._land["communes"].index(place.record.place) % len(districts)
        parent = districts[district] if sector is None else sectors[sector % len(sectors)]
        return Unit(
            self._ids(), f"CS-{n + 1:04d}", f"Công đoàn cơ sở {name}", f"CĐCS {name}", GRASSROOTS, kind.union_kind,
            parent.unit, place=place.record.place, address=place.record.address,
            founded=date(self._chance.randint(2005, 2022), self._chance.randint(1, 12), 15), sector=kind.sector,
        )  # fmt: skip

    def _reorganised(self, unions: list[Unit], districts: list[Unit], communes: list[Unit]) -> list[OrgEvent]:
        """What stood under the districts goes to the commune unions of its place, and the districts end."""
        old = {district.unit for district in districts}
        new = {commune.place: commune.unit for commune in communes}
        moved = [(union.unit, new[union.place]) for union in unions if union.parent in old]
        events = [OrgEvent(self._province, "move", unit, to, _NEW_ORDER, _DECISION) for unit, to in moved]
        ended = [OrgEvent(self._province, "dissolve", unit, "", _NEW_ORDER, _DECISION) for unit in sorted(old)]
        return [*events, *ended]

    def _departments(self) -> list[Department]:
        return [Department(self._province, name, short, date(2018, 1, 1), end) for name, short, end in _DEPARTMENTS]

    def _kept(self, place: _Place, unions: dict[str, Unit]) -> Workplace:
        union = unions.get(place.record.name)
        return replace(place.record, union=union.unit if union else None)

    def _counts(self, places: list[_Place], ids: list[str], unions: dict[str, Unit]) -> list[Record]:
        found: list[Record] = []
        for place, id_ in zip(places, ids, strict=True):
            for day in _COUNTED_ON if place.members else _COUNTED_ON[-1:]:
                women = place.workers * place.women_percent // 100
                found.append(Workforce(self._province, id_, day, place.workers, women, place.workers))
                if place.members:
                    union = unions[place.record.name].unit
                    women = place.members * place.women_percent // 100
                    found.append(Headcount(union, day, place.workers, place.members, women))
        return found

    def _people(self, places: list[_Place], ids: list[str], unions: dict[str, Unit]) -> list[Person]:
        populace = Populace(self._chance, tuple(self._land["communes"]))
        found: list[Person] = []
        for place, id_ in zip(places, ids, strict=True):
            self._progress.step(len(found), self._some(MEMBERS), "Nghĩ ra đoàn viên")
            union = unions.get(place.record.name)
            found += [
                populace.person(union.unit, id_, place.kind.works, place.women_percent)
                for _ in range(place.members or 0)
                if union
            ]
        return found

    def _posts(self, people: list[Person], ids: list[str]) -> list[Post]:
        """A chair for every CĐCS; a deputy and members of the committee where there are people for it."""
        found: list[Post] = []
        pairs = zip(people, ids, strict=True)
        for unit, group in itertools.groupby(pairs, key=lambda pair: pair[0].unit):
            able = [id_ for person, id_ in group if person.member and _was_there(person)]
            titles = ["chu_tich", "pho_chu_tich", "uy_vien_bch", "uy_vien_bch", "uy_vien_bch"]
            wanted = titles[: 1 if len(able) <= 15 else 3 if len(able) <= 30 else 5]
            chosen = self._chance.sample(able, min(len(able), len(wanted)))
            found += [
                Post(unit, id_, title, "bch", False, _ELECTED, None, _TERM)
                for id_, title in zip(chosen, wanted, strict=False)
            ]
        return found


def _was_there(person: Person) -> bool:
    return person.joined is not None and person.joined < _ELECTED


def _with_unions(places: Sequence[_Place]) -> list[_Place]:
    return [place for place in places if place.members]


def _shared(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in proportion to the weights, exactly, and at least one each."""
    spare, whole = max(0, total - len(weights)), sum(weights)
    ends = [spare * part // whole for part in itertools.accumulate(weights)]
    return [1 + end - begin for begin, end in itertools.pairwise([0, *ends])]


def _land() -> dict[str, Any]:
    read = tomllib.loads((paths.resources() / "samples" / "province.toml").read_text("utf-8"))
    kinds = [
        _Kind(**{**one, "workers": tuple(one["workers"]), "works": tuple(one["works"])}) for one in read["workplaces"]
    ]
    return {**{name: tuple(read[name]) for name in ("districts", "communes", "sectors")}, "kinds": kinds}
