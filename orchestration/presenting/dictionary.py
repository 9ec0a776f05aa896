"""The data dictionary (docs/dictionary.md), made from dbt's manifest: `python -m orchestration.presenting.dictionary`.

Belongs here: how descriptions are laid out on the page. Does not belong here: a description.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestration.publication.versions import COLUMNS, COMMENTS
from orchestration.settings import CHECKOUT, DBT_PROJECT

PAGE = CHECKOUT / "docs" / "dictionary.md"
HEAD = """# Data dictionary

Every table of the published file with its columns. Made from the descriptions of the dbt project with
`uv run python -m orchestration.presenting.dictionary`; a test fails where it is out of date. The texts are comments
in the file too: `select table_name, column_name, comment from duckdb_columns()`.
"""
CHAPTERS = {
    "core": "Dimensions and facts",
    "analysis": "Marts for analysis",
    "quality": "Quality, tracing and suggestions",
    "views": "Views with Chinese columns",
    "form": "The declared form (schema `form`)",
    "reference": "Reference tables (schema `reference`)",
    "reviews": "Reviewed decisions (schema `reviews`)",
}
PUBLICATION = "The publication itself"


def dictionary(manifest: Mapping[str, Any]) -> str:
    """The page as Markdown, from a parsed manifest; raises KeyError for a folder that has no chapter."""
    chapters: dict[str, list[Mapping[str, Any]]] = {name: [] for name in CHAPTERS}
    for node in manifest["nodes"].values():
        folders = node["fqn"][1:-1]
        if node["resource_type"] == "seed" or (node["resource_type"] == "model" and folders[0] == "marts"):
            chapters[folders[-1]].append(node)
    lines = [HEAD]
    for name, title in CHAPTERS.items():
        lines.append(f"## {title}\n")
        for node in sorted(chapters[name], key=lambda node: node["alias"]):
            lines += _table(_name(node), node["description"], _columns(node))
    lines.append(f"## {PUBLICATION}\n")
    for name, columns in COLUMNS.items():
        lines += _table(name, COMMENTS[name], ((column, *told) for column, told in columns.items()))
    return "\n".join(lines).rstrip() + "\n"


def _name(node: Mapping[str, Any]) -> str:
    return node["alias"] if node["resource_type"] == "model" else f"{node['schema']}.{node['alias']}"


def _columns(node: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    kinds = node["config"].get("column_types") or {}
    for name, column in node["columns"].items():
        yield name, column.get("data_type") or kinds.get(name) or "", column["description"]


def _table(name: str, description: str, columns: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{_flat(description)}\n"
    yield "| column | type | description |\n|---|---|---|"
    yield from (f"| {_flat(column)} | {kind} | {_flat(said)} |" for column, kind, said in columns)
    yield ""


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Parse the project and write the page."""
    dbt = Path(sys.executable).parent / "dbt"
    command = [str(dbt), "parse", "--quiet", "--no-partial-parse", "--profiles-dir", str(DBT_PROJECT)]
    subprocess.run(command, cwd=DBT_PROJECT, check=True)
    manifest = json.loads((DBT_PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    PAGE.write_text(dictionary(manifest), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
