"""The reference codes that people see, by their names in Chinese and English."""

from __future__ import annotations

import csv
from functools import lru_cache

from orchestration.form import SEEDS

UNKNOWN = {"zh": "未知", "en": "Unknown"}


@lru_cache(maxsize=2)
def organ_types(lang: str) -> dict[str, str]:
    """Kinds of organs by code, in order, and ``unknown``."""
    with (SEEDS.parent / "reference" / "organ_types.csv").open(encoding="utf-8", newline="") as lines:
        found = {line["organ_type"]: line[f"name_{lang}"] for line in csv.DictReader(lines)}
    return found | {"unknown": UNKNOWN[lang]}
