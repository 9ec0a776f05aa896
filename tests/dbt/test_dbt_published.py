"""The warehouse as publication copies it: the analysts' views are there as tables, with their comments."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.publication import copying, versions


@pytest.fixture(scope="module")
def published(home, built, tmp_path_factory):
    copy = tmp_path_factory.mktemp("published") / "copy.duckdb"
    copying.copy_warehouse(home / "warehouse" / "gongkai.duckdb", copy, versions.Stamp("test"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


def test_views_survive_publication(published, query):
    views = query("select view_name, comment from duckdb_views() where schema_name = 'main' and not internal")
    assert len(views) == 9
    for name, comment in views:
        assert published.execute("select comment from duckdb_tables() where table_name = ?", [name]).fetchall() == [
            (comment,)
        ]
        rows = published.execute(f'select count(*) from "{name}"').fetchone()
        assert rows == query(f'select count(*) from "{name}"')[0] and rows[0] > 0
    described = "select count(*), count(comment) from duckdb_columns() where table_name like 'v\\_%' escape '\\'"
    total, commented = published.execute(described).fetchone()
    assert total == commented > 100
