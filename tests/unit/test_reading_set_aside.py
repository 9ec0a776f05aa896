"""What is no report, or more than one, is set aside; a report among links and notices is not."""

from dataclasses import replace
from random import Random

import pytest

from orchestration.intake.containers import open_document
from orchestration.reading.report import read_report
from tests.rendering.model import Report, random_report
from tests.rendering.render import render

LINKS = "\n\n相关链接\n甲市乙区财政局2021年政府信息公开工作年度报告\n甲市乙区财政局2020年政府信息公开工作年度报告\n"
GUIDE = """甲市乙区财政局政府信息公开指南
一、主动公开：规章、行政规范性文件；行政许可；行政处罚、行政强制；行政事业性收费。
二、依申请公开：自然人、商业企业、科研机构、社会公益组织、法律服务机构。
三、不予公开：1.属于国家秘密；2.其他法律行政法规禁止公开。
四、监督：行政复议、行政诉讼。电话：63912345。
"""
NOTICE = """关于做好2022年度政府信息公开工作年度报告编制工作的通知
各乡镇人民政府：现就编制工作通知如下。一是总体情况；二是主动公开政府信息情况；三是收到和处理政府信息公开申请情况。
附件
"""


def aside(text: str) -> str | None:
    found = read_report(open_document(text.encode(), "report.txt")).set_aside
    return found and found[0]


@pytest.fixture(scope="module")
def report() -> Report:
    return random_report(Random(5), "2021", year=2022)


def text_of(report: Report) -> str:
    return render(report, "spaces", plain=True).text


def test_links_to_reports_make_no_report():
    assert aside(GUIDE + LINKS) == "not_a_report"
    assert aside(LINKS) == "not_a_report"


def test_links_beside_a_report_leave_it(report):
    text = text_of(report)
    assert aside(text + LINKS) is None
    assert aside(text + "\n" + text + LINKS) is None  # a page holds it once for wide and once for narrow screens


def test_two_reports_are_set_aside(report):
    assert aside(text_of(report) + "\n" + text_of(replace(report, year=2023))) == "several_reports"


def test_a_notice_with_an_empty_pattern_is_no_report(report):
    empty = text_of(replace(report, values=dict.fromkeys(report.values)))
    assert aside(NOTICE + empty) == "not_a_report"
    assert aside(empty) is None
    assert aside(NOTICE + text_of(report)) is None


def test_sentences_or_pictures_below_a_title_are_a_report():
    title = "甲市乙区财政局2022年政府信息公开工作年度报告"
    assert aside(f"{title}\n二、主动公开政府信息情况\n规章0件。") is None
    assert aside(f"<html><body><h1>{title}</h1><img src='a.jpg' width='600' height='400'></body></html>") is None
    assert aside(title) == "not_a_report"
