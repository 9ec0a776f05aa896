"""Every table and column that dbt makes is described, and what is described exists."""

from __future__ import annotations

import shutil

import pytest
from dbt_runs import dbt

from orchestration.presenting.dictionary import PAGE, dictionary


def nodes(manifest: dict) -> list[dict]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]


def test_every_table_and_column_is_described(manifest, query):
    assert [node["name"] for node in nodes(manifest) if not node["description"].strip()] == []
    described = {
        (node["schema"], node["alias"], name)
        for node in nodes(manifest)
        for name, column in node["columns"].items()
        if column["description"].strip()
    }
    existing = set(
        query(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where database_name = 'gongkai' and not internal"
        )
    )
    assert existing - described == set(), "columns without a description"
    assert described - existing == set(), "descriptions without a column"


def test_descriptions_are_in_the_file(query):
    tables = query(
        "select table_name from duckdb_tables() where comment is null "
        "union all select view_name from duckdb_views() where comment is null "
        "and not internal and database_name = 'gongkai'"
    )
    columns = query(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where comment is null and not internal and database_name = 'gongkai'"
    )
    assert tables == []
    assert columns == []


def test_marts_have_contracts_with_every_type(manifest):
    marts = [node for node in nodes(manifest) if node["fqn"][1] == "marts"]
    assert len(marts) == 46
    for node in marts:
        assert node["contract"]["enforced"], node["name"]
        assert all(column["data_type"] for column in node["columns"].values()), node["name"]


def test_sources_are_described(manifest):
    assert [source["name"] for source in manifest["sources"].values() if not source["description"].strip()] == []


def test_project_parses_without_environment(manifest):
    """Nothing but the place of the home comes from the environment, and that has a default."""
    named = {name for node in manifest["nodes"].values() for name in node.get("env_vars", [])}
    assert named == set()


def test_the_dictionary_is_up_to_date(manifest):
    made = dictionary(manifest)
    assert PAGE.read_text(encoding="utf-8") == made, "run: uv run python -m orchestration.presenting.dictionary"
    for node in nodes(manifest):
        if node["resource_type"] == "seed" or node["fqn"][1] == "marts":
            assert f"{node['alias']}\n" in made, node["alias"]


@pytest.mark.slow
def test_the_pages_of_dbt_docs_are_built(home, built, tmp_path):
    # a copy: other tests keep the warehouse open
    shutil.copytree(home / "warehouse", tmp_path / "warehouse")
    done = dbt(tmp_path, ["docs", "generate", "--static"])
    assert done.code == 0, done.output
    page = (tmp_path / "target" / "static_index.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("fct_cell", "source_line", "mart_agency_year", "quality_dashboard"))
