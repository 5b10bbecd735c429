"""Who may revise what, judged from the trust list and the organisation as this database knows them.

Custody of a record follows its subject unit: the nearest enrolled unit at or above it keeps it. A reorganisation hands
it over; what earlier keepers wrote stands. Two record types make the organisation itself and have their own rules, so
that judging them does not turn in a circle: an event is kept by the union that decided it, and a unit that has not
enrolled by whoever keeps the unit it was entered under, or under which an event has put it since.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.revisions import Known, Revision
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.engine import ORGANISATION

TREE_TYPES = (Unit.TYPE, OrgEvent.TYPE)
"""The record types that the organisation tree is made of."""

Senders = frozenset[str]
"""The units whose packages delivered a revision."""


class NotCustodian(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ này do đơn vị khác giữ nên không sửa được ở đây.",
            safe="Không có gì thay đổi.",
            todo="Trả lại gói kèm lý do để đơn vị đó sửa.",
        )


class Custody:
    """A judge of revisions from elsewhere; judges by the organisation as it stands."""

    def __init__(self, connection: Connection, installations: Mapping[str, str], root: str | None, own: str) -> None:
        """`own`: the unit whose office this is."""
        self._connection = connection
        self._kept_with = connection.info
        self._units_of = installations
        self._root = root
        self._own = own

    @property
    def tree(self) -> Tree:
        """The organisation, kept with the connection until it changes."""
        held: tuple[str | None, Tree] | None = self._kept_with.get(ORGANISATION)
        if held is None or held[0] != self._root:
            held = self._kept_with[ORGANISATION] = (self._root, self._loaded())
        return held[1]

    def _loaded(self) -> Tree:
        rows = self._connection.execute(select(projections.TABLES[Unit.TYPE])).mappings()
        units = {row["record"]: projections.value_of(Unit.TYPE, row) for row in rows}
        rows = self._connection.execute(select(projections.TABLES[OrgEvent.TYPE])).mappings()
        events = tuple(projections.value_of(OrgEvent.TYPE, row) for row in rows)
        return Tree(units, events, self._root)

    def trust(self, installations: Mapping[str, str], root: str) -> None:
        self._units_of = installations
        self._root = root
        self.forget_tree()

    @property
    def root(self) -> str | None:
        return self._root

    def take(self, tree: Tree) -> None:
        """Judge by this organisation from now on, until it changes."""
        self._kept_with[ORGANISATION] = (self._root, tree)

    def forget_tree(self) -> None:
        """The organisation changed inside this transaction."""
        self._kept_with.pop(ORGANISATION, None)

    def keepers(self, revision: Revision, known: Known) -> set[str]:
        """The units that keep the record before and after the revision; more than one is a move, which needs an event.

        `known` holds at least the revision's parents.
        """
        kept = {self._keeper(revision, known)}
        for parent in revision.parents:
            kept.add(self._keeper(known[parent], known))
        return kept

    def keeper_of(self, unit: str) -> str:
        """The unit that keeps what is begun about a unit, but for units and events themselves."""
        return self.tree.keepers(unit)[-1]

    def judge(self, revision: Revision, known: Known, senders: Senders | None) -> str | None:
        """Why a revision is not accepted, None when it is. `senders` is None for what was written at this office."""
        if senders is None:
            return None
        return self.stranger(revision, known, senders) or projections.misfit(revision)

    def stranger(self, revision: Revision, known: Known, senders: Senders) -> str | None:
        """`judge` of a revision from elsewhere, but for whether its facts can be shown."""
        author = self._units_of.get(revision.installation)
        if author is None:
            return "máy ghi bản này chưa được công nhận"
        if not any(self._may_pass_on(sender, author) for sender in senders):
            return "gói do đơn vị không liên quan chuyển đến"
        if not self._may_have_written(revision, known, author) or self._foreign_ground(revision, known, author):
            return "đơn vị ghi bản này không giữ hồ sơ đó"
        return _misplaced(revision, known)

    def _may_pass_on(self, sender: str, author: str) -> bool:
        """Who stands over the author may pass it on to anybody, who stands over us what comes from above (a plan of the
        province walks down from stick to stick), and our own second computer everything. Who stood there once has
        passed it on rightly: what was accepted stays when a union is moved.
        """
        if sender == self._own or sender in self.tree.above(author):
            return True
        above = self.tree.ever_above
        return sender in above(author) or (sender in above(self._own) and author in above(sender))

    def _may_have_written(self, revision: Revision, known: Known, author: str) -> bool:
        """Whether the author kept the record when it wrote it.

        Clocks do not decide: whoever kept it at any time may have written, also when the package comes late or the
        author's union has ended since (rule C06 e), but not on top of what a later keeper wrote.
        """
        order, ground = self._ever_kept(revision, known), [known[parent] for parent in revision.parents]
        if not ground:
            return author in order
        if author not in order or not all(author in self._ever_kept(one, known) for one in ground):
            return False
        last = max(at for at, keeper in enumerate(order) if keeper == author)
        writers = {self._units_of.get(one.installation) for one in ground}
        return all(order.index(writer) <= last for writer in writers if writer in order)

    def _keeper(self, revision: Revision, known: Known) -> str:
        return self._ever_kept(revision, known)[-1]

    def _ever_kept(self, revision: Revision, known: Known) -> tuple[str, ...]:
        """Who has kept the record, from the first to the present keeper."""
        if revision.type == OrgEvent.TYPE:
            return (revision.unit,)
        if revision.type == Unit.TYPE:
            parent = _entered(revision, known).facts.get("parent")
            return self.tree.entry_keepers(revision.unit, parent if isinstance(parent, str) else None)
        return self.tree.keepers(revision.unit)

    def _foreign_ground(self, revision: Revision, known: Known, author: str) -> bool:
        """Whether the record was begun by a union above the author, whose id somebody below took for a second start."""
        if revision.parents or len(known) == 1:
            return False
        begun = (one for one in known.values() if not one.parents and one.hash != revision.hash)
        above = [unit for unit in self.tree.above(author) if unit != author]
        return any(self._units_of.get(one.installation) in above and self._keeper(one, known) in above for one in begun)


def _entered(revision: Revision, known: Known) -> Revision:
    """The first revision of the line that leads to this one."""
    while revision.parents and revision.parents[0] in known:
        revision = known[revision.parents[0]]
    return revision


def _misplaced(revision: Revision, known: Known) -> str | None:
    if revision.type != Unit.TYPE or revision.deleted:
        return None
    if revision.record != revision.unit:
        return "mã hồ sơ và mã đơn vị khác nhau"
    if revision.facts.get("parent") != _entered(revision, known).facts.get("parent"):
        return "đổi đơn vị cấp trên phải bằng quyết định tổ chức"
    return None
