"""An open office: its database, who works here, whom it trusts. Every service takes one and asks it for the right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.roles import RIGHTS, ROLE_NAMES, Right, Role
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import NotAllowed
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import catalogues
from congdoan_desktop.services.stick_copies import StickCopies
from congdoan_desktop.storage import erasures, pictured, rekeyed, rekeying, rows
from congdoan_desktop.storage.attachments import Pictures
from congdoan_desktop.storage.custody import Custody
from congdoan_desktop.storage.drafts import Drafts
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.storage.folder import DATABASE, OUTBOX, QUARANTINE, FolderLock
from congdoan_desktop.storage.unit_of_work import UnitOfWork, Writer, unit_of_work
from congdoan_desktop.turns import GaveWay, Turns

_Done = TypeVar("_Done")
_TIMES_LEFT = 8
"""So often a transaction is left; more only lengthens what somebody waits for who saves without a pause."""
_DIGEST = re.compile(r'"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works at this installation, for which union, in which realm ("real" or "sample")."""

    realm: str
    unit: str
    installation: str
    officer: rows.Officer
    key: rows.OfficerKey


@dataclass
class Office:
    """An unlocked data folder. Its database belongs to the thread that opened it; what waits there takes turns."""

    folder: Path
    database: Database
    drafts: Drafts
    identity: Identity
    clock: Clock
    lock: FolderLock
    database_key: bytes = field(repr=False)
    trust: TrustList | None = field(default=None)

    @property
    def outbox(self) -> Path:
        return self.folder / OUTBOX

    @property
    def quarantine(self) -> Path:
        return self.folder / QUARANTINE

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.folder, self.database_key)

    @cached_property
    def copies(self) -> StickCopies:
        """What was read from the stick in use."""
        return StickCopies(self.quarantine)

    @property
    def root(self) -> str | None:
        return self.trust.root_unit if self.trust else None

    @property
    def admits(self) -> bool:
        """Whether enrolments are for this office: the province's, or one without a list, which may become it."""
        return self.trust is None or self.trust.root_unit == self.identity.unit

    def require(self, right: Right) -> None:
        """Raises: NotAllowed when the officer's role does not include the right."""
        role = Role(self.identity.officer.role)
        if right not in RIGHTS[role]:
            raise NotAllowed(
                f"Vai trò “{ROLE_NAMES[role]}” không làm được việc này.",
                safe="Không có gì thay đổi.",
                todo="Nhờ người quản trị của đơn vị làm, hoặc xin cấp quyền.",
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        self.require(Right.READ)
        with self.database.read() as connection:
            yield connection

    @contextmanager
    def write(self, right: Right, *, leaves: bool = False) -> Iterator[UnitOfWork]:
        self.require(right)
        with unit_of_work(self.database, self._writer(), self.clock, leaves=leaves) as work:
            yield work
            # Before the commit: what is erased must stay erased also when the next thing is a restored backup.
            erasures.remember(self.folder, self._keys(work), work.ledger.erasures)
            erased = bool(work.ledger.erasures) and self.pictures.folder.is_dir()
            if erased:
                self.pictures.will_change()
        if erased:
            self.sweep_pictures()

    def write_by_turns(self, right: Right, do: Callable[[UnitOfWork], _Done]) -> _Done:
        """`do` in a transaction that gives way to a save, and is done again after it: for what takes its time."""
        for _ in range(_TIMES_LEFT):
            with suppress(GaveWay), self.write(right, leaves=True) as work:
                return do(work)
        with self.write(right) as work:
            return do(work)

    def _keys(self, work: UnitOfWork) -> tuple[bytes, ...]:
        """The key of the database, and those that open older backups of it; read only where something was erased."""
        former = rekeying.former_keys(rows.settings(work.connection)) if work.ledger.erasures else ()
        return self.database_key, *former

    def named_pictures(self) -> set[str]:
        """The digests that records and drafts name."""
        with self.database.read() as connection:
            named = pictured.named(connection)
        drafts = json.dumps([draft.values for draft in self.drafts.all()])
        return {*named, *_DIGEST.findall(drafts)}

    def sweep_pictures(self) -> None:
        """Remove the pictures that neither a record nor a draft names; what cannot go now goes at the next opening."""
        with suppress(DiskRefused):
            self.pictures.sweep(self.named_pictures())

    def take_key(self, key: bytes) -> None:
        """Everything lies ready under another key: let it take its place, and go on with it.

        Raises: DiskRefused; the office is then closed, and its next opening goes on here.
        """
        turns = self.database.turns
        self.database.close()
        with self.drafts.exchanged(key):
            rekeyed.finish(self.folder)
        self.database = Database(self.folder / DATABASE, key)
        self.database.turns, self.database_key = turns, key
        self.__dict__.pop("pictures", None)

    def tree(self, connection: Connection) -> Tree:
        """The organisation as known now, of any day."""
        return Custody(connection, self._writer().installations, self.root, self.identity.unit).tree

    def structure(self, connection: Connection) -> Structure:
        """The organisation of today; all that is decided, where the clock cannot be right."""
        tree = self.tree(connection)
        return tree.now if self.clock.suspect() else tree.at(self.clock.today())

    def own_unit(self, connection: Connection) -> Unit:
        return self.tree(connection).units[self.identity.unit]

    def _writer(self) -> Writer:
        trusted = self.trust.installations if self.trust else {}
        identity = self.identity
        return Writer(identity.officer.id, identity.unit, identity.installation, trusted, self.root)

    def take_turns(self, turns: Turns) -> None:
        """From now on whoever waits is let in where work on the database can be left."""
        self.database.turns = turns

    def close(self) -> None:
        self.copies.forget()
        catalogues.use(())
        self.drafts.close()
        self.database.close()
        self.lock.release()
