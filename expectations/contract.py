"""The columns that fct_cell is contracted to have, read from the file that describes it to dbt."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

PATH = Path(__file__).resolve().parents[1] / "dbt_project" / "models" / "marts" / "core" / "_core__facts.yml"


@lru_cache(maxsize=1)
def contracted_columns(table: str = "fct_cell") -> tuple[tuple[str, str, bool], ...]:
    """Name, type and whether it must be filled in, of each column in order; raises KeyError for an unknown table."""
    described = {model["name"]: model for model in yaml.safe_load(PATH.read_text(encoding="utf-8"))["models"]}
    return tuple(
        (column["name"], column["data_type"], {"type": "not_null"} in column.get("constraints", []))
        for column in described[table]["columns"]
    )
