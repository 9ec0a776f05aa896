"""Titles among other short lines, split over lines, and with the year behind the subject."""

import re
from datetime import date

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading.headings import titles
from orchestration.reading.headings.headings import read_heading

TITLE = "甲市乙区财政局2022年政府信息公开工作年度报告"
REST = ["", "本报告依据条例编制。", "一、总体情况", "全年公开信息12条。"]


@pytest.mark.parametrize("above", ["文号\t无\t有效性\t有效", "政务公开", "甲市人民政府"])
def test_a_line_above_a_whole_title_is_no_part_of_the_name(above):
    heading = read_heading([above, TITLE, *REST])
    assert (heading.name, heading.year) == ("甲市乙区财政局", 2022)


@pytest.mark.parametrize("lines", [["甲市", "乙区财政局2022年", "政府信息公开工作年度报告"], ["甲市", TITLE[2:]]])
def test_a_title_split_behind_a_region_is_whole(lines):
    assert read_heading([*lines, *REST]).name == "甲市乙区财政局"


def test_the_year_may_stand_behind_the_subject():
    heading = read_heading(["甲市乙区财政局政府信息公开工作2022年度报告", *REST])
    assert (heading.name, heading.year, heading.year_evidence) == ("甲市乙区财政局", 2022, "title")


def test_pages_wrapped_around_the_tables_of_a_text_do_not_join_its_lines():
    table = "<html><body><table><tr><td>甲</td><td>1</td></tr></table></body></html>"
    text = "\n\n".join([f"# {TITLE}", *filter(None, REST), table, "二、其他", table])
    document = open_document(text.encode(), "report.md")
    assert read_heading(document.lines).name == "甲市乙区财政局"


@pytest.mark.parametrize("name", ["新疆生产建设兵团第8师", "上海市12345热线办公室"])
def test_digits_in_a_name(name):
    assert read_heading([f"{name}2023年政府信息公开工作年度报告"]).name == name
    assert read_heading([f"附件2{name}2023年政府信息公开工作年度报告"]).name is None  # of an attachment


def test_a_word_before_the_year_is_no_name():
    assert read_heading(["某某市人民政府", "关于2023年度政府信息公开工作的年度报告"]).name == "某某市人民政府"


def test_the_agency_may_stand_below_a_title_without_one():
    split = ["2023年度", "政府信息公开工作年度报告", "", "某某县教育局", "一、总体情况"]
    assert (read_heading(split).name, read_heading(split).year) == ("某某县教育局", 2023)
    assert read_heading([*split[:2], "一、总体情况", "某某县教育局"]).name is None
    page = ["2023年政府信息公开工作年度报告", "某某县人民政府", "某某县教育局2023年政府信息公开工作年度报告"]
    assert read_heading(page).name == "某某县教育局"


@pytest.mark.parametrize(
    "line",
    [
        "甲市乙区财政局2022年政府信息公开年报",
        "甲市乙区财政局2022年度政府信息公开工作情况年度报告",
        "甲市乙区财政局政府信息公开工作情况的报告（2022年度）",
        "[2022年] 甲市乙区财政局二〇二二年《政府信息公开工作年度报告》",
        "附件：甲市乙区财政局2022年政府信息公开工作年度报告.docx",
        "甲市乙区财政局-2022年年度政府信息公开工作报告_年报_甲市乙区门户网站",
        "2022年政府信息公开工作年度报告（甲市乙区财政局）",
        "二o二二年甲市乙区财政局政府信息公开及政务公开工作报告",
        "★甲市乙区财政局：2022年政府信息公开年度总结报告",
        "1.甲市乙区财政局2022年政府信息公开工作年度报告 发布时间：2023-01-20",
        "·甲市乙区财政局2022年政府信息公开工作年度报告（2023年1月18日）",
        "甲市乙区财政局\t2022年政府信息公开工作年度报告",
        "标  题\t甲市乙区财政局2022年政府信息公开工作年度报告",
    ],
)
def test_wordings_of_one_title(line):
    heading = read_heading([line, *REST])
    assert (heading.name, heading.year) == ("甲市乙区财政局", 2022)


def test_lines_above_a_name_on_a_line_of_its_own_are_none_of_it():
    site = ["法定主动公开内容", "政府信息公开年报", "甲市乙区财政局", "2022年政府信息公开工作年度报告"]
    assert read_heading([*site, *REST]).name == "甲市乙区财政局"
    torn = ["甲市乙区机关", "事务服务中心20", "22年政府信息公", "开年度报告", "甲市乙区机关事务服务中心编制。"]
    assert (read_heading(torn).name, read_heading(torn).year) == ("甲市乙区机关事务服务中心", 2022)
    assert read_heading(["打印", "2022年政府信息公开工作年度报告"]).name is None
    assert read_heading(["甲市乙区财政局", "政府信息公开2022年度报告"]).name == "甲市乙区财政局"


def test_titles_that_a_site_lists_around_that_of_the_report():
    listed = [f"甲市乙区财政局{year}年政府信息公开工作年度报告" for year in (2024, 2023, 2022, 2021)]
    period = "统计期限为2022年1月1日至2022年12月31日。"
    assert read_heading([*listed, period, *REST]).year == 2022
    agencies = [f"甲市乙区{organ}局2022年政府信息公开工作年度报告" for organ in ("教育", "审计")]
    assert read_heading([*agencies, TITLE, *REST, *REST, *agencies]).name == "甲市乙区财政局"


def test_a_title_without_a_year_takes_that_of_the_period():
    title = "甲市乙区财政局政府信息公开工作年度报告"
    heading = read_heading([title, "统计期限为2022年01月01日至2022年12月31日。", *REST])
    assert (heading.name, heading.year, heading.year_evidence) == ("甲市乙区财政局", 2022, "period")
    assert read_heading(["甲市乙区政府信息公开年报", "内容"]).title is None  # a column of a site


def test_an_agency_that_only_signs_is_named_as_publisher():
    heading = read_heading(["2022年政府信息公开工作年度报告", *REST, "甲市乙区财政局", "2023年1月20日"])
    assert (heading.name, heading.publisher) == (None, "甲市乙区财政局")


def test_news_of_a_report_is_no_title():
    assert read_heading(["甲市乙区财政局发布2022年政府信息公开工作年度报告"]).title is None


def test_brackets_of_a_name_stay_as_printed():
    name = "中国（甲市）自由贸易试验区管理委员会"
    assert read_heading([f"{name}2022年政府信息公开工作年度报告"]).name == name


@pytest.mark.parametrize(
    "title",
    [
        "某局—关于〔2022年度〕本机关关于政府信息与政务公开工作情况年度报告",
        "第8师12345热线政府信息主动公开和政务公开年度执行总结的报告--【二〇二二年】",
        "（2022）中国（甲市）·某〇局关于政务公开情况年报",
        "某局政务信息公开情况[二◯oＯ年度]工作的年报",
        "某某局政务公开二○零O年的报告",
        "某局：2022年年度信息公开工作报告",
    ],
)
def test_no_character_of_a_title_is_taken_for_a_foreign_one(title, monkeypatch):
    sources = {part for pattern in titles._TITLES for part in pattern.pattern}
    texts = [
        title[:at] + new + title[at:] for at in range(len(title) + 1) for new in sorted({*sources, *"，。、；　／％"})
    ]
    found = list(map(titles._worded, texts))
    monkeypatch.setattr(titles, "_IN_TITLES", re.compile("(?s).*"))
    assert found == list(map(titles._worded, texts))
    assert any(found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("来源：甲县财政局 时间：2023-01-17 21:02", date(2023, 1, 17)),
        ("作者:本站原创 | 时间:2023-01-17 点击数:3", date(2023, 1, 17)),
        ("编稿时间：2023-01-17 08:46 来源：甲县财政局", date(2023, 1, 17)),
        ("生成日期 | 2023-01-17 10:16:31 | 是否有效 |", date(2023, 1, 17)),
        ("文号: | 无 | 成文日期: | 2023-01-17 |", date(2023, 1, 17)),
        ("培训时间：2022-03-05", None),
        ("时间：2022-03-05，地点：三楼", None),
    ],
)
def test_the_date_that_a_site_prints_is_that_of_publication(line, found):
    assert read_heading([TITLE, line, "一、总体情况", "无。"]).published_on == found


@pytest.mark.parametrize("period", ["自2022年1月1日始至2022年12月31日止", "从2022年1月1日至12月31止"])
def test_wordings_of_a_period(period):
    heading = read_heading([f"本报告的统计期限{period}。", "一、总体情况", "无。"])
    assert (heading.period, heading.year) == (period, 2022)


def test_the_sounds_of_characters_are_no_part_of_a_title():
    lines = ["甲縣乙鄉(xiāng)人民政府2022年政府信息公開工作年度報告", "一、總體情況", "全鄉(xiāng)公開信息。無。"]
    assert read_heading(lines).name == "甲县乙乡人民政府"


def test_the_publisher_may_stand_in_a_cell_beside():
    lines = ["文件编号: | 无 | 发布机构: | 区交通局 |", "一、总体情况", "无。"]
    assert read_heading(lines).publisher == "区交通局"
