"""Region names in running text, and names extended to the left."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.agencies import extend_left, regions_in, register


@pytest.mark.parametrize(
    ("name", "text", "longest"),
    [
        ("政务服务局", "2021年度平顶山市新华区政务服务局未收到", "平顶山市新华区政务服务局"),
        ("政务服务局", "新华区政务服务局，河南省平顶山市新华区政务服务局", "河南省平顶山市新华区政务服务局"),
        ("西工区人民政府", "洛阳市西工区人民政府和西工区人民政府", "洛阳市西工区人民政府"),
        ("西工区人民政府", "西工区人民政府2022年", "西工区人民政府"),
        ("西工区人民政府", "洛阳市、西工区人民政府", "西工区人民政府"),
        ("西工区人民政府", "洛阳市（西工区人民政府）", "西工区人民政府"),
        ("西工区人民政府", "南阳市西工区人民政府", "西工区人民政府"),
        ("西工区人民政府", "洛阳市老城区西工区人民政府", "西工区人民政府"),
        ("洛阳市教育局", "河南省洛阳市教育局", "河南省洛阳市教育局"),
        ("教育局", "恩施土家族苗族自治州教育局", "恩施土家族苗族自治州教育局"),
        ("教育局", "凉山州教育局", "凉山州教育局"),
        ("教育局", "西乌珠穆沁旗教育局", "西乌珠穆沁旗教育局"),
        ("教育局", "长阳土家族自治县教育局", "长阳土家族自治县教育局"),
        ("教育局", "大兴安岭地区教育局", "大兴安岭地区教育局"),
        ("教育局", "我区教育局、县教育局", "教育局"),
        ("教育局", "开发区教育局", "教育局"),
        ("管委会", "平顶山市新城区管委会", "管委会"),
        ("社会事务局", "我市城区社会事务局", "社会事务局"),
        ("社会事务局", "晋城市城区社会事务局", "晋城市城区社会事务局"),
        ("市政务服务局", "卫辉市政务服务局", "卫辉市政务服务局"),
        ("市政务服务局", "卫辉市市政务服务局", "卫辉市市政务服务局"),
        ("沙溪镇人民政府", "广东省中山市沙溪镇人民政府", "广东省中山市沙溪镇人民政府"),
        ("财政局", "洛阳市\n西工区 财政局", "洛阳市西工区财政局"),
        ("财政局", "", "财政局"),
        ("", "洛阳市", ""),
    ],
)
def test_extension(name, text, longest):
    assert extend_left(name, text) == longest


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["河南省", "平顶山市", "新华区", "城区", "教育局", "，", "我", "2021年", "市", "\n"]),
        max_size=30,
    )
)
def test_extension_only_adds_regions_that_the_text_writes(pieces):
    text = "".join(pieces)
    longest = extend_left("教育局", text)
    assert longest.endswith("教育局")
    if longest != "教育局":
        assert longest in "".join(text.split())
        rest = longest.removesuffix("教育局")
        while rest:
            region = register().ending(rest, len(rest))
            assert region
            rest = rest.removesuffix(region)


def test_of_equally_long_forms_the_commonest_counts():
    text = "按照洛阳市司法局要求，西工区司法局开展工作。西工区司法局公开信息12条。"
    assert extend_left("司法局", text) == "西工区司法局"


def test_regions_of_a_text_in_order_and_once():
    text = "河南省平顶山市新华区位于河南省，邻恩施州、上海市场和西乌旗；广西壮族自治区"
    assert regions_in(text) == ["河南省", "平顶山市", "新华区", "恩施州", "西乌旗", "广西壮族自治区"]
    assert regions_in("") == []


def test_a_text_of_ten_kilobytes_takes_less_than_a_millisecond():
    register()
    text = ("2021年，新华区政务服务局在河南省、平顶山市的领导下，未收到申请。" * 400)[:10_000]
    for task in (lambda: extend_left("政务服务局", text), lambda: regions_in(text)):
        best = min(_seconds(task) for _ in range(20))
        assert best < 0.003, "three times the aim, for a busy machine"


def _seconds(task) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start
