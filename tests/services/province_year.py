"""A province plays a year: CĐCS report to upper unions and these to the province, over sticks that people lose.

Everything goes through the real services and files. What happens is drawn from a seed, to be played again.
"""

from __future__ import annotations

import random
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.reorganising import Decision, Merge, Move, Order
from congdoan_desktop.domain.reviews import Fault
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import (
    activities,
    backup,
    campaigns,
    exchanging,
    homeward,
    incoming,
    outgoing,
    records,
    reorganisation,
    reviews,
    trusting,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.custody import NotCustodian
from congdoan_desktop.storage.handoff import Outgoing
from tests.services.conftest import activity, request, unlocked
from tests.services.levels import at_new_year, below_form, carried, province_form, upper_form
from tests.services.plain_count import Came
from tests.services.province_unions import UNHEARD, Union, openable

QUARTERS = tuple(date(2024, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)))
TARGETS = (
    Target("n", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01"),
    Target("d", "Giới thiệu đoàn viên ưu tú", "I10", "gte", 5, "người", "05 người"),
)
CLOCKS = (1970, 2009, 2038, 2099)
REACHED = 0.33


class Year:
    """`uppers` × `below` offices. `count` tells what happened."""

    def __init__(self, folder: Path, found: Callable[[Path, Any], Office], uppers: int, below: int, seed: int) -> None:
        self.folder, self._found, self.chance = folder, found, random.Random(seed)
        self.count: Counter[str] = Counter()
        self._most = openable()
        self._list = folder  # the newest one
        self._due: set[str] = set()
        """Units that a decision touches: they get the newest list before anybody else writes."""
        self._open: OrderedDict[str, Office] = OrderedDict()
        self._today = datetime(2024, 1, 2, 8, 0, tzinfo=VIETNAM)
        self.stick = folder / "usb"
        self.stick.mkdir(parents=True)
        self.all: dict[str, Union] = {}
        self.province = self._begin("tinh", province_form())
        self.uppers: list[Union] = []
        self.below: list[Union] = []
        for number in range(uppers):
            self._begin_branch(number, below)
        self.list_home(" ".join(self._root_words()))
        for number, upper in enumerate(self.uppers):
            with self.at(upper) as office:
                name = f"CĐCS nhỏ {number}"
                upper.own = [units.add(office, name=name, short_name="", code=f"N-{number}", kind="su_nghiep")]
        self.plan = self._hand_down()

    # Offices

    def _begin(self, name: str, form: Any) -> Union:
        office = self._found(self.folder / name, form)
        office.clock = FixedClock(self._today)
        made = Union(name, office.identity.unit, office.identity.key.age_secret)
        made.came = Came(made.identity)
        self.all[name] = made
        self._keep(name, office)
        return made

    def _begin_branch(self, number: int, below: int) -> None:
        upper = self._begin(f"xa{number}", upper_form(f"Công đoàn xã số {number}", f"CDX-{number}"))
        upper.above = self.province.unit
        self._admit(upper, "")
        self.uppers.append(upper)
        for one in range(below):
            name = f"{upper.name}-cs{one}"
            made = self._begin(name, below_form(f"CĐCS {name}", f"CS-{upper.name.upper()}-{one}"))
            made.above = upper.unit
            self._admit(made, upper.unit)
            self.below.append(made)

    def _admit(self, union: Union, under: str) -> None:
        """The province compares its sheet. The list goes to all when everybody stands in it."""
        with self.at(self.province) as province, self.at(union) as office, at_new_year(province):
            asked = trusting.write_enrolment(office)
            words = " ".join(trusting.enrolment_words(office, asked))
            trusting.approve(province, carried(office, asked, self.stick), words, under=under)

    def _root_words(self) -> tuple[str, ...]:
        with self.at(self.province) as office:
            return trusting.root_words(office)

    @contextmanager
    def at(self, union: Union) -> Iterator[Office]:
        """The union's office, opened where it is closed. The longest unused ones are closed again."""
        if union.name not in self._open:
            self._keep(union.name, unlocked(self.folder / union.name, FixedClock(self._today)))
        self._open.move_to_end(union.name)
        yield self._open[union.name]

    def _keep(self, name: str, office: Office) -> None:
        self._open[name] = office
        while len(self._open) > self._most:
            self._open.popitem(last=False)[1].close()

    def close(self) -> None:
        for office in self._open.values():
            office.close()

    def _hand_down(self) -> str:
        made = Campaign(
            "", "Thi đua", "Kế hoạch", "1/KH", date(2024, 1, 2), "Lai Châu", "Ban Thường vụ", date(2024, 1, 1),
            QUARTERS[-1], targets=TARGETS,
        )  # fmt: skip
        with self.at(self.province) as office:
            plan = campaigns.add(office, made).ids[0]
        for giver, takers in ((self.province, self.uppers), *((one, self.under(one)) for one in self.uppers)):
            for taker in takers:
                with self.at(giver) as above, self.at(taker) as office:
                    path = carried(above, outgoing.make_plan(above, plan, taker.unit), self.stick)
                    assert incoming.apply(office, path).refused == ()
        return plan

    def under(self, upper: Union) -> list[Union]:
        return [one for one in self.below if one.above == upper.unit and not one.ended]

    # A quarter

    def quarter(self, number: int, wrong: bool = True) -> None:
        """`number` from 0. All write and report; `wrong`: sticks are lost, late, repeated, in any order."""
        ends = QUARTERS[number]
        self._today = datetime(2024, ends.month, ends.day, 16, 0, tzinfo=VIETNAM)
        for one in self._shuffled([one for one in self.below if not one.ended]):
            self._work(one, number)
            self._report(one, self._upper_of(one), ends, wrong=wrong)
        for upper in self._shuffled([one for one in self.uppers if not one.ended]):
            self._work(upper, number)
            self._read(upper, ends)
            self._report(upper, self.province, ends, wrong=wrong)
        self._read(self.province, ends)

    def _upper_of(self, one: Union) -> Union:
        return next(upper for upper in self.uppers if upper.unit == one.above)

    def _shuffled(self, unions: list[Union]) -> list[Union]:
        return self.chance.sample(unions, len(unions))

    def _work(self, union: Union, number: int) -> None:
        """New activities, one mended, one deleted; a wrong clock, a backup made or put back."""
        ends = QUARTERS[number]
        with self.at(union) as office:
            office.clock = FixedClock(self._clock())
            for _ in range(self.chance.randint(1, 3)):
                self._do(office, union, date(2024, self.chance.randint(max(ends.month - 2, 1), ends.month), 5))
            if union.done and self.chance.random() < 0.5:
                self._mend(office, self.chance.choice(union.done))
            if len(union.done) > 3 and self.chance.random() < 0.2:
                records.delete(office, union.done.pop(), "ghi nhầm")
            if self.chance.random() < 0.4:
                self._back_up(office, union)
        if union.backup is not None and self.chance.random() < 0.25:
            self._restore(union)

    def _clock(self) -> datetime:
        if self.chance.random() < 0.3:
            self.count["wrong clocks"] += 1
            return datetime(self.chance.choice(CLOCKS), 6, 1, 8, 0, tzinfo=VIETNAM)
        return self._today

    def _do(self, office: Office, union: Union, on: date) -> None:
        about = self.chance.choice(union.own) if union.own else union.unit
        made = activity(self.plan, starts=on, ends=on, participants=self.chance.randint(12, 90))
        if self.chance.random() < 0.4:
            made = replace(made, kind="gioi_thieu_dang", campaign=None, count=self.chance.randint(1, 4))
        try:
            with office.write(Right.ENTER) as work:
                union.done.append(work.put(replace(made, unit=about)))
        except NotCustodian:
            # It came by a merge, and the packages that told of it were lost: it stands in no organisation here.
            with office.read() as connection:
                assert about not in office.tree(connection).units
            self.count[UNHEARD] += 1
            return
        self.count["activities"] += 1

    def _mend(self, office: Office, id_: str) -> None:
        with office.write(Right.ENTER) as work:
            if work.history(id_).winner is None or work.history(id_).winner.deleted:  # type: ignore[union-attr]
                return
            held = work.value("activity", id_)
        activities.edit(office, id_, replace(held, participants=self.chance.randint(12, 90)))
        self.count["corrections"] += 1

    def _back_up(self, office: Office, union: Union) -> None:
        union.backup = backup.back_up(office, self.folder)
        union.kept = list(union.came.paths), dict(union.came.locked)

    def _restore(self, union: Union) -> None:
        """What was written and taken in since the backup is gone here; what was sent since is known above."""
        self._open.pop(union.name).close()
        union.came.paths, union.came.locked = list(union.kept[0]), dict(union.kept[1])
        assert union.backup is not None
        backup.restore(union.backup, self.folder / union.name, replace=True)
        with self.at(union) as office:
            if union is not self.province:  # which writes the newest list onto every stick
                trusting.accept_trust(office, self._list)
            union.done = self._kept_by(union, office)
        self.count["restores"] += 1

    def _kept_by(self, union: Union, office: Office) -> list[str]:
        """The activities here that the union itself may mend."""
        own = {union.unit, *union.own}
        return sorted(row.id for row in activities.listing(office) if row.activity.unit in own)

    # Sticks

    def _report(self, union: Union, to: Union, ends: date, *, wrong: bool) -> None:
        with self.at(union) as office:
            made, _ = outgoing.make_report(office, self.asked(ends), to.unit)
            path = carried(office, made, self.stick)
        self.count["reports"] += 1
        self._carry(path, to, wrong=wrong)

    def asked(self, ends: date) -> Any:
        name = f"đến {ends:%d/%m}"
        return replace(request(self.plan), starts=date(2024, 1, 1), ends=ends, dated=ends, period_name=name)

    def _carry(self, path: Path, to: Union, *, wrong: bool) -> None:
        """A stick is lost, or comes a quarter later, or an old one comes once more."""
        luck = self.chance.random() if wrong else 1.0
        if luck < 0.12:
            self.count["lost"] += 1
        elif luck < 0.24:
            self.count["late"] += 1
            to.late.append(path)
        else:
            to.before.append(path)
        if wrong and to.came.paths and self.chance.random() < 0.2:
            self.count["repeats"] += 1
            to.before.append(self.chance.choice(to.came.paths))

    def _read(self, union: Union, ends: date) -> None:
        """All that lies on the sticks, in any order; what came late lies on the next ones. Some are sent back."""
        paths = self.chance.sample(union.before, len(union.before))
        union.before, union.late = union.late, []
        taken = [path for path in paths if self._takes(union, path)]
        for path in taken:
            if self.chance.random() < 0.15:
                self._rule(union, path, ends)

    def _takes(self, union: Union, path: Path) -> bool:
        """False for what is refused, as is an old report of a union that reports elsewhere by now."""
        with self.at(union) as office:
            try:
                result = incoming.apply(office, path)
            except PackageRefused as refused:
                self.count[f"refused: {refused.reason}"] += 1
                return False
            assert not result.fork
            assert result.refused == (), result.refused
            if not result.known:
                union.came.paths.append(path)
            return True

    def _rule(self, union: Union, path: Path, ends: date) -> None:
        """Send a report back, whose sender mends and reports again; or lock its period."""
        with self.at(union) as office:
            result = incoming.preview(office, path)
            look = reviews.look(office, result.package_id)
            if look.locked:
                return
            if self.chance.random() < 0.5:
                made = reviews.approve(office, result.package_id)
                header = next(one.header for one in union.came.packages() if _is(one.header, result))
                union.came.locked[(result.sender, header["period"]["ends"])] = path
                self.count["locks"] += 1
            else:
                faults = (Fault("Xem lại", target="d"),)
                made = reviews.send_back(office, result.package_id, faults, ends + timedelta(days=10))
                self.count["returns"] += 1
            self._home(union, office, made, result.sender, ends)

    def _home(self, union: Union, office: Office, made: Outgoing, sender: str, ends: date) -> None:
        path = carried(office, made, self.stick)
        one = next(one for one in self.all.values() if one.unit == sender)
        if one.ended or one.above != union.unit:
            return
        with self.at(one) as below:
            incoming.apply(below, path)
            if made.kind == "receipt" and one.done and self.chance.random() < 0.7:
                self._mend(below, self.chance.choice(one.done))
        self._report(one, union, ends, wrong=True)

    def province_loses(self, ends: date) -> None:
        """The province's computer fails after a backup; what came since must be brought once more, or told anew."""
        with self.at(self.province) as office:
            self._back_up(office, self.province)
        for upper in self._shuffled([one for one in self.uppers if not one.ended]):
            self._report(upper, self.province, ends, wrong=False)
        self._read(self.province, ends)
        self._restore(self.province)

    # The organisation

    def move_one(self, on: date) -> None:
        """A CĐCS goes from the first upper union to the second, by the province's decision."""
        one, to = self.under(self.uppers[0])[0], self.uppers[1]
        self._decide(Move(((one.unit, to.unit),)), Decision(on, "12/QĐ"))
        one.above = to.unit
        self._due |= {one.unit, to.unit, self.uppers[0].unit}
        self.count["moves"] += 1

    def merge_two(self, on: date) -> None:
        """A CĐCS of the second upper union goes into another of the same."""
        gone, heir = self.under(self.uppers[1])[-2:]
        self._decide(Merge((gone.unit, heir.unit), heir.unit), Decision(on, "13/QĐ"))
        gone.ended = True
        self._due |= {gone.unit, heir.unit, self.uppers[1].unit}
        self.province.came.merged[gone.unit] = heir.unit
        self.count["merges"] += 1

    def merge_uppers(self, on: date) -> None:
        """The last upper union goes into the first."""
        gone, heir = self.uppers[-1], self.uppers[0]
        self._decide(Merge((gone.unit, heir.unit), heir.unit), Decision(on, "14/QĐ"))
        gone.ended = True
        self._due |= {gone.unit, heir.unit, *(one.unit for one in self.under(gone))}
        for one in self.under(gone):
            one.above = heir.unit
        heir.own, gone.own = [*heir.own, *gone.own], []
        self.province.came.ended[gone.unit] = heir.unit, on.isoformat()
        self.count["merges of upper unions"] += 1

    def _decide(self, order: Order, decision: Decision) -> None:
        """On its very day, so that the next list says who stands where from then on."""
        self._today = datetime(decision.on.year, decision.on.month, decision.on.day, 9, 0, tzinfo=VIETNAM)
        with self.at(self.province) as office:
            office.clock = FixedClock(self._today)
            reorganisation.decide(office, order, decision)

    def hand_over(self) -> None:
        """The heir of an upper union gets from the province what it has of the records that are the heir's now."""
        heir = self.uppers[0]
        with self.at(self.province) as office, self.at(heir) as taker:
            path = carried(office, exchanging.make(office, heir.unit), self.stick)
            assert incoming.apply(taker, path).refused == ()
            heir.done = self._kept_by(heir, taker)

    def ended_hands_over(self) -> None:
        """The upper union that has ended gives its heir all it wrote, also what nobody above has heard of."""
        gone, heir = self.uppers[-1], self.uppers[0]
        with self.at(gone) as office, self.at(heir) as taker:
            office.clock = FixedClock(self._today)
            path = carried(office, exchanging.make(office, heir.unit), self.stick)
            assert incoming.apply(taker, path).refused == ()
            heir.came.paths.append(path)
            with taker.read() as connection:
                assert set(heir.own) <= office.tree(connection).units.keys()
            heir.done = self._kept_by(heir, taker)
        self.count["handed over by the ended"] += 1

    def list_home(self, words: str = "") -> None:
        """The newest list and organisation; the first to all, with the eight words of the province's sheet. Later ones
        reach a third beside those whom the decision touches: the others go on with the list they have.
        """
        with self.at(self.province) as office:
            made = homeward.refresh(office)
            assert made is not None
            path = self._list = carried(office, made, self.stick)
        for union in (*self.uppers, *self.below):
            if words or union.unit in self._due or self.chance.random() < REACHED:
                self.count["lists home"] += 1
                with self.at(union) as office:
                    trusting.accept_trust(office, path, words)
        self._due.clear()


def _is(header: dict[str, Any], result: Any) -> bool:
    return bool(header["sender"]["unit"] == result.sender and header["seq"] == result.seq)
