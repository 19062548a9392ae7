"""The tables of the atlas file, and how a connection to it is opened.

Statements, entities and documents are kept as the JSON line of the fact model (`record`); the columns beside it repeat
what is filtered and sorted by. All tables are plain SQLite and open in any browser of SQLite files.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import quote

from yanzhen.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA_VERSION = 1
APPLICATION_ID = 0x59415A48  # "YAZH": tells an atlas from any other SQLite file

# Stand in for an open end of a period, so that overlap is two comparisons; periods with no end at all are NULL.
FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

# Search tokens are made by `yanzhen.store.grams` and separated by spaces: every other character belongs to a token.
_TOKENIZER = """tokenize = "unicode61 remove_diacritics 0 categories 'L* N* P* S* M* C*'", prefix = '1'"""

DDL = f"""
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
  doc        TEXT PRIMARY KEY,   -- path below the folder given, without extension
  path       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  digest     TEXT NOT NULL,      -- SHA-256 of the file's bytes
  characters INTEGER NOT NULL,
  published  TEXT,
  publisher  TEXT,
  title      TEXT,
  record     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_published ON documents (published, doc);

CREATE TABLE texts (
  doc  TEXT PRIMARY KEY REFERENCES documents,
  text TEXT NOT NULL             -- what all offsets of the document count in, as code points
);

CREATE TABLE articles (
  doc    TEXT NOT NULL REFERENCES documents,
  id     TEXT NOT NULL,
  start  INTEGER NOT NULL,
  "end"  INTEGER NOT NULL,
  title  TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (doc, start, id)
) WITHOUT ROWID;

CREATE TABLE entities (
  row    INTEGER PRIMARY KEY,
  doc    TEXT NOT NULL REFERENCES documents,
  id     TEXT NOT NULL,
  type   TEXT NOT NULL,
  name   TEXT NOT NULL,
  ref    TEXT,
  record TEXT NOT NULL,
  UNIQUE (doc, id)
);
CREATE INDEX entities_name ON entities (name, type, doc, id);
CREATE INDEX entities_type ON entities (type, name, doc, id);

CREATE TABLE aliases (           -- every form of an entity's name in its document, its fullest form included
  name   TEXT NOT NULL,
  doc    TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities,
  PRIMARY KEY (name, doc, entity)
) WITHOUT ROWID;
CREATE INDEX aliases_entity ON aliases (entity, name);

CREATE TABLE statements (
  row        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  doc        TEXT NOT NULL REFERENCES documents,
  article    TEXT,
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  subject    TEXT,               -- who or what it is about: a project for milestones, the issuer for policies
  metric     TEXT,
  measure    TEXT,
  value      REAL,
  unit       TEXT,
  modality   TEXT,               -- modality of an observation; status of a milestone, relation or claim
  stage      TEXT,
  predicate  TEXT,
  instrument TEXT,
  first      TEXT,               -- first and last day it holds for; '{FIRST_DAY}' and '{LAST_DAY}' for an open end
  last       TEXT,
  origin     TEXT NOT NULL,
  inferred   INTEGER NOT NULL,
  record     TEXT NOT NULL
);
CREATE INDEX statements_place ON statements (doc, start, "end", id, kind);
CREATE INDEX statements_kind ON statements (kind, doc, start, "end", id);
CREATE INDEX statements_modality ON statements (modality, doc, start, "end", id) WHERE modality IS NOT NULL;
CREATE INDEX statements_metric ON statements (metric, doc, start, "end", id) WHERE metric IS NOT NULL;
CREATE INDEX statements_stage ON statements (stage, doc, start, "end", id) WHERE stage IS NOT NULL;
CREATE INDEX statements_predicate ON statements (predicate, doc, start, "end", id) WHERE predicate IS NOT NULL;
CREATE INDEX statements_instrument ON statements (instrument, doc, start, "end", id) WHERE instrument IS NOT NULL;
CREATE INDEX statements_period ON statements (first, last) WHERE first IS NOT NULL;

CREATE TABLE parties (           -- the names that a statement is about, by the field they stand in
  name      TEXT NOT NULL,
  statement INTEGER NOT NULL REFERENCES statements,
  role      TEXT NOT NULL,
  PRIMARY KEY (name, statement, role)
) WITHOUT ROWID;
CREATE INDEX parties_statement ON parties (statement, name);

CREATE TABLE passages (          -- paragraphs of the originals, the pieces that text search answers with
  row     INTEGER PRIMARY KEY,
  doc     TEXT NOT NULL REFERENCES documents,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL
);
CREATE INDEX passages_doc ON passages (doc, start);

CREATE VIRTUAL TABLE passage_grams USING fts5(grams, content = '', {_TOKENIZER});
CREATE VIRTUAL TABLE statement_grams USING fts5(grams, content = '', {_TOKENIZER});
CREATE VIRTUAL TABLE entity_grams USING fts5(grams, content = '', {_TOKENIZER});
"""


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty atlas in a new database."""
    connection.executescript(DDL)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system say about `path` into one sentence.

    Raises:
        StoreError: anything went wrong with the file.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = str(error)
        if "full" in reason:
            raise StoreError("the disk is full, nothing was changed", str(path), "free some space") from error
        if "locked" in reason:
            raise StoreError("the atlas is being written by somebody else", str(path), "try again later") from error
        if "readonly" in reason or "unable to open" in reason:
            raise StoreError("the file cannot be opened", str(path), "check that it may be read and written") from error
        raise StoreError(f"the atlas is damaged: {reason}", str(path), "build it again") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"no atlas, or a damaged one: {error}", str(path), "build it again") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"the file cannot be used: {reason}", str(path)) from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection that only reads.

    Raises:
        StoreError: there is no file, it is no atlas or damaged, or its schema is not the one this version reads.
    """
    if not path.is_file():
        raise StoreError("there is no atlas", str(path), "build one with `yanzhen build PATH... --atlas FILE`")
    with told(path):
        uri = f"file:{quote(str(path.absolute()))}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    with told(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise StoreError("this file is no atlas", str(path), "name the file that `yanzhen build` wrote")
    if version != SCHEMA_VERSION:
        newer = version > SCHEMA_VERSION
        raise StoreError(
            f"a{' newer' if newer else 'n older'} Yanzhen made the atlas: its schema is {version}, "
            f"this one reads {SCHEMA_VERSION}",
            str(path),
            "upgrade Yanzhen or build the atlas again" if newer else "build the atlas again",
        )
