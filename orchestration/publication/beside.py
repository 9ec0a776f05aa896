"""What lies beside the published DuckDB file: a Parquet file for each table, their description, and a manifest.

Belongs here: how these files are made from the finished copy. Does not belong here: putting them in place.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

PARQUET, DATAPACKAGE, MANIFEST = "parquet", "datapackage.json", "manifest.json"
TITLE = "Gongkai: annual reports on government information disclosure, read, judged and published"
# types of DuckDB as Frictionless calls them; others are any, lists too: its validator knows none of Parquet
TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL": "number",
    "DOUBLE": "number",
    "FLOAT": "number",
    "TIMESTAMP": "datetime",
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "UBIGINT": "integer",
    "HUGEINT": "integer",
}
PLAIN = re.compile(r"[-a-z0-9._/]+")  # names of resources in a Data Package
MISSING = ["", "nan"]  # the Frictionless validator meets a null of a Parquet file as one of these
CHUNK = 1 << 20


def write_beside(copy: Path, row: Mapping[str, Any], previous_sha256: str | None) -> None:
    """Write ``parquet/*.parquet``, ``datapackage.json`` and ``manifest.json`` into the folder of ``copy``.

    ``row`` is what `copy_warehouse` returned. The manifest is written last and names every other file with its size
    and SHA-256. Raises duckdb.Error or OSError.
    """
    folder = copy.parent
    (folder / PARQUET).mkdir()
    with duckdb.connect(str(copy), read_only=True) as connection:
        tables = _tables(connection)
        for table in tables:
            target = str(folder / table["path"]).replace("'", "''")
            connection.execute(f"copy (from {table['sql']}) to '{target}' (format parquet, compression zstd)")
    files = {table["path"]: file_facts(folder / table["path"]) | {"rows": table["rows"]} for table in tables}
    package = _datapackage(tables, row)
    (folder / DATAPACKAGE).write_text(_json(package), encoding="utf-8")
    files[DATAPACKAGE] = file_facts(folder / DATAPACKAGE)
    files[copy.name] = file_facts(copy) | {"tables": len(tables), "rows": sum(table["rows"] for table in tables)}
    (folder / MANIFEST).write_text(_json(_manifest(files, row, previous_sha256)), encoding="utf-8")


def file_facts(path: Path) -> dict[str, Any]:
    """Size in bytes and SHA-256 in hex of a file."""
    return {"bytes": path.stat().st_size, "sha256": sha256(path)}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Schema, name, comment, rows, columns and the path of the Parquet file of each table."""
    columns: dict[tuple[str, str], list[tuple]] = {}
    for schema, table, *column in connection.execute(
        "select schema_name, table_name, column_name, data_type, comment, is_nullable from duckdb_columns() "
        "where not internal and database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall():
        columns.setdefault((schema, table), []).append(tuple(column))
    found = []
    for schema, name, comment in connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() "
        "where not internal and database_name = current_database() order by all"
    ).fetchall():
        sql = '"' + schema.replace('"', '""') + '"."' + name.replace('"', '""') + '"'
        title = name if schema == "main" else f"{schema}.{name}"
        found.append(
            {
                "title": title,
                "sql": sql,
                "comment": comment,
                "rows": connection.execute(f"select count(*) from {sql}").fetchone()[0],
                "columns": columns[schema, name],
                "path": f"{PARQUET}/{title.replace('/', '_')}.parquet",
            }
        )
    return found


def _datapackage(tables: list[dict], row: Mapping[str, Any]) -> dict[str, Any]:
    """A Frictionless Data Package: one resource for each Parquet file, its fields as the warehouse describes them.

    Sizes and hashes stand in the manifest alone: the Frictionless validator cannot hold them against Parquet.
    """
    return {
        "profile": "data-package",
        "name": "gongkai",
        "title": TITLE,
        "version": row["schema_version"],
        "created": _time(row["published_at"]),
        "resources": [
            {
                "name": resource_name(table["title"]),
                "title": table["title"],
                "description": table["comment"] or "",
                "profile": "data-resource",
                "path": table["path"],
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "schema": {"fields": [_field(*column) for column in table["columns"]], "missingValues": MISSING},
            }
            for table in tables
        ],
    }


def resource_name(title: str) -> str:
    """The table's name; where a Data Package does not allow its characters, in Punycode, with the name as the title."""
    return title if PLAIN.fullmatch(title) else title.encode("punycode").decode().lower()


def _field(name: str, kind: str, comment: str | None, nullable: bool) -> dict[str, Any]:
    said = "any" if kind.endswith("[]") else TYPES.get(kind.partition("(")[0], "any")
    field = {"name": name, "type": said, "description": comment or ""}
    return field if nullable else field | {"constraints": {"required": True}}


def _manifest(files: Mapping[str, dict], row: Mapping[str, Any], previous_sha256: str | None) -> dict[str, Any]:
    differences: dict[str, dict[str, int]] = {}
    for (kind, change), items in row["differences"].items():
        differences.setdefault(kind, {})[change] = items
    return {
        "published_at": _time(row["published_at"]),
        "lineage": {
            **{name: row[name] for name in ("code_version", "form_version", "schema_version", "run_id")},
            "input": {"reports": row["report_count"], "digest": row["report_digest"]},
            "previous": {"published_at": _time(row["previous_published_at"]), "sha256": previous_sha256},
        },
        "comparison": row["comparison"],
        "differences": differences,
        **{name: row[name] for name in ("duckdb_version", "storage_version")},
        "files": [{"path": path, **facts} for path, facts in sorted(files.items())],
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.isoformat(timespec='microseconds')}Z"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
