"""Agency names to region, level and organ type: a table of names labelled by hand, and rules for shared names."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.agencies import Identification, identify, register
from orchestration.agencies.regions import REFERENCE

LABELLED = Path(__file__).resolve().parents[1] / "fixtures" / "agencies.csv"
SEVERAL = "ambiguous"


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def column(name: str, of: str) -> set[str]:
    return {row[of] for row in rows(name)}


@pytest.mark.parametrize("row", labelled(), ids=lambda row: f"{row['name']}-{row['year']}")
def test_labelled_names(row):
    found = identify(row["name"], year=int(row["year"]))
    assert (found.region_code or "", found.level or "", found.organ_type or "", found.region_evidence or "") == (
        row["region_code"],
        row["level"],
        row["organ_type"],
        row["region_evidence"],
    )


def test_codes_are_declared():
    for row in labelled():
        found = identify(row["name"], year=int(row["year"]))
        assert found.organ_type in column("organ_types.csv", "organ_type")
        assert found.region_evidence in column("region_evidence.csv", "region_evidence") | {None}


@pytest.mark.parametrize("rest", ["人民政府", "市场监督管理局", "镇村建设局", "乡村振兴局", "城市管理局", "民政局"])
def test_every_region_is_found_by_its_chain(rest):
    known = register()
    current = [r for r in known.regions if not r.valid_to and r.name[-1] not in "岛域"]
    assert len(current) > 3200
    wrong = []
    for region in current:
        whole = "".join(known.current(code).name for code in reversed(region.ancestors)) + region.name + rest
        if identify(whole, year=2026).region_code != region.code:
            wrong.append(whole)
    assert wrong == []


def test_shared_names_stay_open_and_list_all_bearers():
    known = register()
    for name, bearers in known.by_name.items():
        valid = [r for r in bearers if r.holds(2022)]
        if len(valid) > 1:
            found = identify(f"{name}财政局", year=2022)
            assert found.region_code is None
            assert found.region_name is None
            assert found.region_evidence == SEVERAL
            assert found.region_candidates == tuple(sorted(r.code for r in valid))


def test_known_shared_names():
    assert identify("新华区教育局", year=2022).region_candidates == ("130105", "130902", "410402")
    assert identify("鼓楼区教育局", year=2022).region_candidates == ("320106", "320302", "350102", "410204")


@pytest.mark.parametrize(
    ("name", "mentions", "code"),
    [
        ("新华区教育局", ["河南省"], "410402"),
        ("新华区教育局", ["平顶山市"], "410402"),
        ("新华区教育局", ["河北省"], None),
        ("新华区教育局", ["河北省", "沧州市"], "130902"),
        ("新华区教育局", ["河北省", "平顶山市"], "410402"),
        ("新华区教育局", ["沧州市", "平顶山市"], None),
        ("新华区教育局", ["新华区", "不是地名", ""], None),
        ("朝阳区教育局", ["北京市"], "110105"),
        ("鼓楼区教育局", ["江苏省", "徐州市"], "320302"),
        ("西安高新技术产业开发区管委会", ["西安市"], "610100"),
        ("吉林经济开发区管委会", ["吉林市"], "220200"),
    ],
)
def test_text_settles_a_shared_name_only_where_it_backs_one(name, mentions, code):
    found = identify(name, text_regions=mentions, year=2022)
    assert found.region_code == code
    assert found.region_evidence == ("text" if code else SEVERAL)
    assert bool(found.region_candidates) == (code is None)


def test_text_never_gives_a_region_to_a_name_without_one():
    found = identify("市政务服务和大数据管理局", text_regions=["河南省", "卫辉市"], year=2022)
    assert found == Identification(organ_type="department")


def test_year_tells_bearers_apart():
    assert "130503" in identify("桥西区财政局", year=2019).region_candidates
    assert "130503" not in identify("桥西区财政局", year=2022).region_candidates
    assert identify("友好区人民政府", year=2018).region_code == "230704"
    assert identify("友好区人民政府", year=2019).region_code == "230719"
    assert identify("友好区人民政府").region_code == "230719"
    assert identify("洪泽县人民政府", year=2015).region_evidence == "name"
    assert identify("洪泽县人民政府").region_evidence == "former"
    assert identify("临平区人民政府", year=2015).region_code is None, "founded in 2021"


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("410303", "410303"),
        ("河南省洛阳市西工区", "410303"),
        ("新华区", None),
        ("999999", None),
        ("", None),
        (None, None),
    ],
)
def test_manifest_outranks_the_name(region, code):
    found = identify("洛阳市老城区教育局", override={"region": region}, year=2021)
    assert found.region_code == (code or "410302")
    assert found.region_evidence == ("manifest" if code else "name")
    assert found.organ_type == "department"


def test_manifest_settles_an_open_region_and_keeps_the_township():
    settled = identify("新华区焦店镇人民政府", override={"region": "410402"}, year=2021)
    assert settled == Identification("410402", "新华区", "manifest", (), "township", "township")
    assert identify("某局", override={"agency": "潢川县教育局"}).region_code == "411526"


def test_title_name_stands_in():
    assert identify(None, "潢川县教育局").region_code == "411526"
    assert identify(None) == Identification()
    assert identify("  ") == Identification()


@pytest.mark.parametrize(
    "name", ["教育部门", "民政部门", "区教育局", "县人民政府", "开发区管委会", "市中心血站", "高新区税务局"]
)
def test_no_region_is_invented(name):
    assert identify(name).region_code is None
    assert identify(name).level != "nation"


def test_full_width_and_spaces_do_not_matter():
    assert identify("河南省 洛阳市\n西工区　人民政府").region_code == "410303"


@settings(max_examples=200, deadline=1000)
@given(st.text(max_size=300))
def test_any_text_is_answered(name):
    found = identify(name, name, [name], {"region": name, "agency": name}, 2021)
    assert found.level in (None, "nation", "province", "prefecture", "county", "township")


@pytest.mark.parametrize(
    "name", ["河南省" * 100_000, "市" * 1_000_000, "新华区" * 50_000, "\x00", "国家税务总局" * 9999]
)
def test_monstrous_names_cost_little(name):
    assert identify(name, year=2021).organ_type == "other" or identify(name, year=2021).level == "nation"
