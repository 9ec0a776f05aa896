"""The reference codes that people see, by their names in Chinese and English."""

from __future__ import annotations

import csv
from functools import lru_cache

from orchestration.form import REFERENCE


@lru_cache(maxsize=16)
def names_of_kind(kind: str) -> dict[str, tuple[str, str]]:
    """Code to its names in Chinese and English, for codes of the marts that no table of their own defines."""
    with (REFERENCE / "code_names.csv").open(encoding="utf-8", newline="") as lines:
        found = (line for line in csv.DictReader(lines) if line["kind"] == kind)
        return {line["code"]: (line["name_zh"], line["name_en"]) for line in found}


@lru_cache(maxsize=2)
def organ_types(lang: str) -> dict[str, str]:
    """Kinds of organs by code, in order, and ``unknown``."""
    with (REFERENCE / "organ_types.csv").open(encoding="utf-8", newline="") as lines:
        found = {line["organ_type"]: line[f"name_{lang}"] for line in csv.DictReader(lines)}
    return found | {code: names[lang == "en"] for code, names in names_of_kind("organ_type").items()}
