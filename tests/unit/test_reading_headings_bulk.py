"""Headings read in bulk are those that are read carefully, and all that is asked of a text is needed for that."""

import re
from random import Random

import polars as pl
import pytest

from orchestration.reading.bulk.careful import DOCUMENT, careful_heading
from orchestration.reading.bulk.headings import around, dates
from orchestration.reading.bulk.headings import headings as bulk_headings
from orchestration.reading.bulk.headings import titles as bulk_titles
from orchestration.reading.bulk.headings.headings import other_headings, plain_headings
from orchestration.reading.frames import read_headings
from orchestration.reading.headings.headings import PERIOD, published_in, without_blanks
from orchestration.reading.labels.normal import plain
from orchestration.reading.schema import REPORT_HEADINGS

TITLE = "甲市乙区财政局2022年政府信息公开工作年度报告"
LONG = "全年公开信息十二条，" * 5
REST = ("办结3件。\n无。\n加强培训。\n",) * 9 + ("办结3件。\n无。\n",)
NAMES = (
    *(
        "淮安市洪泽区医疗保障局",
        "某县人民",
        "某县人民政府",
        "政务中心",
        "图们市人民政府",
        "某局关于",
        "某局发布",
        "第8师",
    ),
    *("信息中心", "拱北海关", "甲市报社", "甲市新闻办公室", "相关部门", "甲市机关", "县", "二〇二三年局"),
    *("甲年局", "甲市公开栏办公室", "甲乙丙丁" * 9 + "局", "第八师", "甲乙丙", "東縣財務總署"),
)
YEARS = ("2023年", "2023年度", "2018年", "二〇二三年", "2023")
SUBJECTS = (
    *(
        "政府信息公开工作年度报告",
        "政府信息公开年度报告",
        "政府信息公开工作年度报告",
        "政府信息公开工作年度报告（甲局）",
    ),
    *("政府信息公开工作年报",),
)
ABOVE = (
    *(
        "",
        "",
        "一、总体情况",
        "**一、 总体情况**",
        "浏览次数:255",
        "文号:无",
        "标题:9",
        "附件:1",
        "图文:1",
        "甲市人民政府",
    ),
    *(
        "现公布如下，",
        "现公布如下。",
        "江苏省",
        "来源",
        "2023年",
        "[来源",
        "12、公开",
        "1.",
        "本报告由某局编制",
        "信息公开年报",
    ),
    *(
        "文号\t无\t浏览\t9",
        "首页 > 政务公开 > 信息公开年报",
        "首页 > 政务公开 > 信息公开年报",
        "首页>标题>关于年报的通知",
    ),
    *("关于", "甲、乙、丙", "浏览次数：20", "**", "长" * 101, "甲\t乙，", "题：12", "附件"),
)
BELOW = (
    *(
        "",
        "一、总体情况",
        "（一）主动公开。",
        "2023年",
        "现将2023年工作情况报告如下：",
        "报告",
        "年度报告",
        "甲，乙",
        "年报",
    ),
    *("本报告由甲局根据《条例》（国令第711号）（以下简称《条例》）要求编制。报告中所列数据", "的报告全文", "报告2022"),
    *(
        "，标题：甲局2022年政府信息公开年度报告",
        "（甲，乙）甲局2022年政府信息公开年度报告",
        "甲局2022年政府信息公开报告、",
    ),
    *("据条例，甲局2022年政府信息公开年度报告", "甲局2022年政府信息公开年度报告-甲，乙", "甲局2021年政府信息公开工作"),
    *("甲局2022年政府信息公开年度报告（甲，乙）", "甲局2022年政府信息公开工作", "长" * 40, "长" * 41, "长" * 39 + "报"),
    *("甲，乙：甲局2022年政府信息公开年度报告", "现公布甲局2023年政府信息公开工作年度报告。本年", "（甲"),
)
SENTENCES = (
    *(
        "统计期限为2023年1月1日至12月31日。",
        "自2023年1月1日起，至2023年12月31日止。",
        "截至12月31日，3件。",
        "2023年12月\n31日止。",
    ),
    *(
        "2023年1月1日～12月31日。",
        "自\n2023年1月1日至12月31日 期 间",
        "⾃2023年1月1日至12月31日⽌。",
        "1月31日",
        "2023年1月1日至㋋31日",
    ),
    *(
        "２０２３年１月１日至１２月３１日",
        "发布时间：2024-01-20",
        "发布日期：\n2024年1月3日",
        "来源：甲市财政局",
        "来源：\n甲市财政局",
    ),
    *(
        "责任单位：\u3000乙县教育局",
        "更新⽇期：２０２４.1.2 来源：\u2003丙县人民政府",
        "公布日期：2024-13-01\n公布日期：2024-1-1",
        "公开年报",
    ),
    *(
        "一、总体情况\n甲局2021年政府信息公开年报",
        "现将甲局2021年政府信息公开年度报告，\n印发甲局政府信息公开年度报告\n",
    ),
    *(
        "自2023年1月1日至12月31日" + " " * 40 + "止",
        "时间:2024-1-1",
        "单位：万元",
        "自" + "\n" * 150 + "2023年1月1日至12月31日。",
    ),
)
CHARACTERS = "甲报告年，。：（）()-—|\t \u3000\u2003\x1f[]【】、#>_23\r《★⼯東"


def heads(count: int, seed: int = 7) -> list[str]:
    """Texts with a title on one line or more, among lines most of which may be taken for a part of it."""
    rng = Random(f"heads/{seed}")
    return [_head(rng) for _ in range(count)]


def _head(rng: Random) -> str:
    name, year, subject = rng.choice(NAMES), rng.choices(YEARS, (9, 6, 1, 1, 1))[0], rng.choice(SUBJECTS)
    parted = ([name, year + subject], [name + year, subject], [name, year, subject])
    title = rng.choice(parted) if rng.random() < 0.5 else [name + year + subject]
    mark = rng.choice(("", "", "## ", "**", "　　", "> ", " " * 40))
    title = [mark + part + rng.choice(("", "", " ", "**")) for part in title]
    above = [rng.choice(ABOVE) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    below = [rng.choice(BELOW) for _ in range(rng.choice((0, 0, 1, 3)))]
    below = below if len(below) > 2 else [*below, LONG]
    rest = [rng.choice(SENTENCES) for _ in range(rng.choice((0, 0, 1, 2)))]
    listed = [TITLE] if rng.random() < 0.1 else []
    gap = "\n" * rng.choice((1, 1, 2, 4)) if rng.random() < 0.4 else "\n"
    text = "\n".join([*above, gap.join(title), *below, *rest, rng.choice(REST), *listed])
    if rng.random() < 0.3:
        at = rng.randrange(min(len(text), 150))
        text = text[:at] + rng.choice(CHARACTERS) + text[at + rng.randrange(2) :]
    return text.replace("\n", "\r\n") if rng.random() < 0.1 else text


def opened(texts: list[str]) -> pl.DataFrame:
    """Opened reports."""
    rows = [(str(number), "text", text, None, None) for number, text in enumerate(texts)]
    return pl.DataFrame(rows, schema=dict.fromkeys(("report_id", *DOCUMENT), pl.String), orient="row")


def mistaken(reports: pl.DataFrame) -> tuple[int, int]:
    """How many headings are plain, and how many of these the careful path reads otherwise."""
    known, found = plain_headings(reports)
    right = [careful_heading(*report) for report in reports.filter(known).select("report_id", *DOCUMENT).iter_rows()]
    return len(right), sum(one != other for one, other in zip(found.rows(), right, strict=True))


REPORTS = opened(heads(5000))


def test_plain_headings_are_those_of_the_careful_path() -> None:
    count, wrong = mistaken(REPORTS)
    assert count > 250
    assert wrong == 0


def test_other_headings_are_those_of_the_careful_path() -> None:
    reports = REPORTS[:300]
    right = [careful_heading(*report) for report in reports.select("report_id", *DOCUMENT).iter_rows()]
    assert other_headings(reports).equals(pl.DataFrame(right, schema=REPORT_HEADINGS, orient="row"))


def test_periods_and_dates_are_those_of_the_whole_text() -> None:
    cut = 0
    for text in REPORTS["text"].to_list():
        if "㋋" in text:
            continue
        whole = plain(text.replace("\r\n", "\n"))
        period, found = PERIOD.search("".join(whole.split())), dates.first_period(text)
        cut += found is False
        assert found is False or found == (period and period[0])
        lines = re.findall(dates.PUBLISHED_LINES, text)
        assert dates.published_on(lines) == published_in("\n".join(without_blanks(whole)))
    assert cut < 0.1 * REPORTS.height


def test_reports_that_are_not_plain_keep_their_places() -> None:
    found = read_headings(REPORTS[:90])
    assert found["report_id"].to_list() == REPORTS["report_id"][:90].to_list()
    assert 0 < plain_headings(REPORTS[:90])[0].sum() < 90


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_plain_headings(seed: int) -> None:
    count, wrong = mistaken(opened(heads(40_000, seed)))
    assert count > 2000
    assert wrong == 0


ANY = "(?s:.*?)"
FAULTS = {
    "what stands above": (bulk_titles, "_PLAIN", bulk_titles._PLAIN.replace(bulk_titles._ABOVE, rf"(?:{ANY}\n)?")),
    "a part of a title above": (bulk_titles, "_PLAIN", bulk_titles._PLAIN.replace(bulk_titles._ASIDE, "[^。\n]*")),
    "names that are none": (bulk_titles, "_NO_NAME", "x"),
    "no agency on a line": (bulk_titles, "NO_AGENCY", re.compile("x")),
    "an agency on a line": (bulk_titles, "ORGAN", re.compile(".*")),
    "names in Traditional characters": (bulk_titles, "_traditional", lambda: "x"),
    "odd texts": (bulk_headings, "_ODD", ("x",)),
    "titles that say 年报": (bulk_headings, "_YEARLY", "x"),
    "sentences": (bulk_headings, "_TOLD", ""),
    "ends of other titles": (around, "NAMING_END", "x|政府信息公开年度?报告\n|政府信息公开工作年度报告\n"),
    "other titles": (around, "NAMING", r"[\s\S]*"),
    "the end of a period": (dates, "_LEAST_BEHIND", 0),
    "spellings of a period": (dates, "PERIOD_END", "2月31日"),
    "dates": (dates, "DATED", "x"),
    "publishers": (dates, "PUBLISHER", "x"),
    "lines of dates": (dates, "PUBLISHED_LINES", rf"{dates.DATED}|{dates.PUBLISHER}"),
    "other characters": (dates, "_COMMON", re.compile("(?s).*")),
}


@pytest.mark.parametrize(("module", "name", "value"), FAULTS.values(), ids=FAULTS)
def test_each_thing_that_is_asked_is_needed(monkeypatch: pytest.MonkeyPatch, module, name: str, value) -> None:
    assert getattr(module, name) != value
    monkeypatch.setattr(module, name, value)
    assert mistaken(REPORTS)[1] > 0
