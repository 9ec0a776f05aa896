"""The reference seeds: complete, consistent, small."""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from orchestration.agencies import register
from orchestration.agencies.regions import REFERENCE


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REGIONS = rows("regions.csv")
CURRENT = [row for row in REGIONS if not row["valid_to"]]


def test_size_and_coverage():
    assert (REFERENCE / "regions.csv").stat().st_size < 400_000
    levels = Counter(row["level"] for row in CURRENT)
    assert levels["province"] == 34
    assert levels["prefecture"] == 333
    assert 2840 <= levels["county"] <= 2860


def test_keys_codes_parents_and_dates():
    codes = {row["region_code"] for row in REGIONS}
    assert len({(row["region_code"], row["name_zh"]) for row in REGIONS}) == len(REGIONS)
    assert len({row["region_code"] for row in CURRENT}) == len(CURRENT), "one name in force per code"
    for row in REGIONS:
        assert re.fullmatch(r"\d{6}", row["region_code"])
        assert (row["parent_code"] in codes) == (row["level"] != "province")
        assert row["successor_code"] in codes | {""}
        assert row["source"]
        assert row["licence"] in ("MIT", "BSD")
        start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to"))
        assert not (start and end) or start <= end


def test_every_current_parent_is_in_force():
    current = {row["region_code"] for row in CURRENT}
    assert [row["name_zh"] for row in CURRENT if row["parent_code"] and row["parent_code"] not in current] == []


@pytest.mark.parametrize(
    ("code", "name", "first", "last", "successor"),
    [
        ("320829", "洪泽县", "", "2016", "320813"),
        ("320813", "洪泽区", "2016", "", ""),
        ("330103", "下城区", "", "2021", "330105"),
        ("330113", "临平区", "2021", "", ""),
        ("330114", "钱塘区", "2021", "", ""),
        ("371200", "莱芜市", "", "2019", "370116"),
        ("130502", "桥东区", "", "2020", "130502"),
        ("130502", "襄都区", "2020", "", ""),
        ("410728", "长垣县", "", "2019", "410783"),
    ],
)
def test_known_changes(code, name, first, last, successor):
    found = next(row for row in REGIONS if (row["region_code"], row["name_zh"]) == (code, name))
    assert (found["valid_from"][:4], found["valid_to"][:4], found["successor_code"]) == (first, last, successor)


def test_aliases_mean_regions_and_are_no_official_names():
    known = register()
    for row in rows("region_aliases.csv"):
        assert row["region_code"] in known.by_code
        assert row["alias_zh"] not in known.by_name


def test_patterns_compile_and_name_declared_kinds():
    kinds = {row["organ_type"] for row in rows("organ_types.csv")}
    for row in rows("organ_patterns.csv"):
        re.compile(row["pattern"])
        assert row["code"] in (kinds if row["kind"] == "organ" else {"township", "zone", "unlisted"})
    assert {row["organ_type"] for row in rows("national_organs.csv")} <= kinds


def test_names_load_without_polars():
    code = (
        "import sys; from orchestration.agencies import identify; "
        "identify('洛阳市教育局'); sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
