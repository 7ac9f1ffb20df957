"""PostgreSQL's side of a backup: the rows of each table as its own COPY writes them, all of one moment.

Unlike pg_dump, this needs no program of the server's version beside the site, and it comes back exactly: the tables are
made by the migrations that the backup has had, and those that came later follow.
"""

import zipfile
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from config.backup.archive import Manifest, NoBackup
from config.environment import WrongSetting

OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"


def is_empty() -> bool:
    """Whether nothing is kept yet."""
    return not _tables()


def save(archive: zipfile.ZipFile, _room: Path) -> dict[str, Any]:
    """Put all rows, as they are at one moment, into a backup. Writers go on meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(SEQUENCES)
        sequences = {name: last for name, last in cursor.fetchall() if last is not None}
        tables = {table: _columns(cursor, table) for table in _tables()}
        for table, columns in tables.items():
            entry = archive.open(f"tables/{table}", "w", force_zip64=True)
            with entry, cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as rows:
                for piece in rows:
                    entry.write(piece)
    return {"tables": tables, "sequences": sequences}


def restore(archive: zipfile.ZipFile, manifest: Manifest, _aside: Path) -> None:
    """Put the rows of a backup in place of what is there. All of it is done, or none of it.

    Raises:
        NoBackup: it does not fit its own migrations.
        WrongSetting: somebody else uses the database.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OTHERS)
        if others := cursor.fetchone()[0]:
            raise WrongSetting(f"{others} other connections use the database: stop the web processes and the workers")
        for table in _tables():
            cursor.execute(f"DROP TABLE {_quoted(table)} CASCADE")
        executor = MigrationExecutor(connection)
        executor.migrate(_last_ones(executor, manifest.migrations))
        found = {table: _columns(cursor, table) for table in _tables()}
        if {table: set(columns) for table, columns in found.items()} != {
            table: set(columns) for table, columns in manifest.tables.items()
        }:
            raise NoBackup("The tables of the backup are not those that its migrations make")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, found))}")
        for table, columns in manifest.tables.items():
            entry = archive.open(f"tables/{table}")
            with entry, cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as rows:
                while piece := entry.read(1 << 20):
                    rows.write(piece)
        for name, last in manifest.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), last])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that a row without its other half is found here


def _last_ones(executor: MigrationExecutor, had: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the migrations that a database has had, those of each app that none of the same app follows."""
    nodes = executor.loader.graph.node_map
    followed = {parent.key for key in had for parent in nodes[key].parents if parent.key[0] == key[0]}
    return [key for key in had if key not in followed]


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(COLUMNS, [table])
    return [name for (name,) in cursor.fetchall()]


def _named(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name.replace('"', ""))
