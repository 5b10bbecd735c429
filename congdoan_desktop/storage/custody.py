"""Who may revise what, judged from the trust list and the organisation as this database knows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy import Connection, select

from congdoan_desktop.domain.revisions import Revision
from congdoan_desktop.domain.units import OrgEvent, Tree, Unit
from congdoan_desktop.storage import projections

TREE_TYPES = (Unit.TYPE, OrgEvent.TYPE)
"""The record types that the organisation tree is made of."""


class Custody:
    """A judge of foreign revisions; loads what it needs once per transaction."""

    def __init__(self, connection: Connection, installations: Mapping[str, str], own: str, root: str | None) -> None:
        self._connection = connection
        self._units_of = installations
        self._own = own
        self._root = root

    @cached_property
    def tree(self) -> Tree:
        rows = self._connection.execute(select(projections.TABLES[Unit.TYPE])).mappings()
        units = {row["record"]: projections.value_of(Unit.TYPE, row) for row in rows}
        rows = self._connection.execute(select(projections.TABLES[OrgEvent.TYPE])).mappings()
        events = tuple(projections.value_of(OrgEvent.TYPE, row) for row in rows)
        return Tree(units, events, self._root)

    def trust(self, installations: Mapping[str, str], root: str) -> None:
        self._units_of = installations
        self._root = root
        self.forget_tree()

    def forget_tree(self) -> None:
        """The organisation changed inside this transaction."""
        self.__dict__.pop("tree", None)

    def __call__(self, revision: Revision) -> str | None:
        if revision.installation == self._own:
            return None
        author_unit = self._units_of.get(revision.installation)
        if author_unit is None:
            return "máy ghi bản này chưa được công nhận"
        if self._keeper(revision) != author_unit:
            return "đơn vị ghi bản này không giữ hồ sơ đó"
        return None

    def _keeper(self, revision: Revision) -> str:
        """A unit entered by the union above it is that union's to keep, also before the tree knows the unit."""
        if revision.type == Unit.TYPE and revision.unit not in self.tree.units:
            parent = revision.facts.get("parent")
            return self.tree.custodian(parent) if isinstance(parent, str) else revision.unit
        return self.tree.custodian(revision.unit)
