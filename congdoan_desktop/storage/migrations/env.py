"""Alembic's entry: runs the scripts on the SQLCipher file that `storage.schema` hands over.

Foreign keys are switched off before BEGIN: with them on, rebuilding a parent table silently deletes its child rows.
"""

import sqlcipher3.dbapi2 as sqlcipher
from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from congdoan_desktop.storage.engine import connect
from congdoan_desktop.storage.tables import truth

path, key = context.config.attributes["database"]
raw = connect(path, key)
raw.execute("PRAGMA foreign_keys = OFF")
engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool)


@event.listens_for(engine, "begin")
def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


try:
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=truth, render_as_batch=True, transactional_ddl=True)
        context.run_migrations()
finally:
    raw.close()
