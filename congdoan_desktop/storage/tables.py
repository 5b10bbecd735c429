"""The tables of the truth: revisions, personal parts, the log, packages, trust and keys. Alembic owns them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

truth = MetaData()

meta = Table("meta", truth, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

revisions = Table(
    "revisions",
    truth,
    Column("seq", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("record", String(36), nullable=False, index=True),
    Column("type", String, nullable=False, index=True),
    Column("unit", String(36), nullable=False),
    Column("installation", String(36), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("local", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

personal = Table(
    "personal",
    truth,
    Column("revision", Integer, ForeignKey("revisions.seq"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

log = Table(
    "log",
    truth,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("officer", String(36), nullable=False),
    Column("action", String, nullable=False),
    Column("object", String, nullable=False),
    Column("head", String(64), nullable=False),
)

packages_in = Table(
    "packages_in",
    truth,
    Column("package_id", String(64), primary_key=True),
    Column("kind", String, nullable=False),
    Column("sender", String(36), nullable=False),
    Column("feed", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("received_at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("file_name", String, nullable=False),
    Column("header", LargeBinary, nullable=False),
)

deliveries = Table(
    "deliveries",
    truth,
    Column("package_id", String(64), ForeignKey("packages_in.package_id"), primary_key=True),
    Column("revision", Integer, ForeignKey("revisions.seq"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    truth,
    Column("package_id", String(64), primary_key=True),
    Column("kind", String, nullable=False),
    Column("receiver", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("made_at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("file_name", String, nullable=False),
    Column("written_to", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("receipt", LargeBinary),
)

proofs = Table(
    "proofs",
    truth,
    Column("package_id", String(64), ForeignKey("packages_in.package_id"), primary_key=True),
    Column("tagmanifest", LargeBinary, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
    Column("sources", LargeBinary),
)

made_reports = Table(
    "made_reports",
    truth,
    Column("package_id", String(64), ForeignKey("outbox.package_id"), primary_key=True),
    Column("asked", LargeBinary, nullable=False),
    Column("last_revision", Integer, nullable=False),
    Column("sources", LargeBinary, nullable=False),
)

stamped_papers = Table(
    "stamped_papers",
    truth,
    Column("package_id", String(64), ForeignKey("outbox.package_id"), primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
)

trust_versions = Table(
    "trust_versions",
    truth,
    Column("version", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

officers = Table(
    "officers",
    truth,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", String, nullable=False),
)

keys = Table(
    "keys",
    truth,
    Column("key_id", String(64), primary_key=True),
    Column("officer", String(36), ForeignKey("officers.id"), nullable=False),
    Column("signing_secret", LargeBinary, nullable=False),
    Column("age_secret", Text, nullable=False),
    Column("age_recipient", Text, nullable=False),
)

imports = Table(
    "imports",
    truth,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("officer", String(36), nullable=False),
    Column("kind", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone_at", String, nullable=False),
)

import_rows = Table(
    "import_rows",
    truth,
    Column("import", Integer, ForeignKey("imports.id"), primary_key=True),
    Column("record", String(36), primary_key=True),
    Column("type", String, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("before", String(64), nullable=False),
    sqlite_with_rowid=False,
)

import_matchings = Table(
    "import_matchings",
    truth,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)
