"""A plan put in order: title, sections, paragraphs and tables, as every container prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from orchestration.form.declaration import declaration
from tests.rendering.plan import Plan, Table

NUMERALS = "一二三四五六七八九"
REST = {"一": "总体情况", "五": "存在的主要问题及改进情况", "六": "其他需要报告的事项"}


@dataclass(slots=True)
class Part:
    """``kind`` is title, heading, paragraph, table, metadata or image."""

    kind: str
    text: str = ""
    table: Table | None = None


@cache
def sections() -> dict[str, tuple[str, str]]:
    """By numeral, the name of the section and the code of its table."""
    found = {numeral: (name, "") for numeral, name in REST.items()}
    for form in declaration().forms:
        found[form.section] = (form.name_zh, form.table_code)
    return {numeral: found[numeral] for numeral in NUMERALS if numeral in found}


def headings(look, rng: Random) -> dict[str, str]:
    """The headings of the sections as the look numbers them."""
    plain = {numeral: f"{numeral}、{name}" for numeral, (name, _) in sections().items()}
    if look.sections == "half":
        return {numeral: text.replace("、", "、 ") for numeral, text in plain.items()}
    if look.sections == "renumbered":
        shift, style = rng.choice((-1, 1, 2)), rng.choice(("{}、", "（{}）", "第{}部分 "))
        numerals = {n: NUMERALS[(NUMERALS.index(n) + shift) % 9] for n in plain}
        return {n: style.format(numerals[n]) + name for n, (name, _) in sections().items()}
    if look.sections == "twice":
        style = rng.choice(("{n}、{t}", "{n}、（{n}）{m}", "{t}\n{t}"))
        return {n: style.format(n=n, t=text, m=text[2:]) for n, text in plain.items()}
    return plain


def title_lines(plan: Plan, rng: Random) -> list[str]:
    """The title, in one line or several."""
    look = plan.look
    name = plan.agency if look.title_region else plan.report.short
    year = f"{plan.report.year}年" + ("度" if look.title_degree else "")
    rest = "政府信息公开工作年度报告" if rng.random() < 0.85 else "政府信息公开年度报告"
    if not look.title_split:
        return [name + year + rest]
    return rng.choice(([name, year + rest], [name + year, rest], [name, year, rest]))


def compose(plan: Plan, rng: Random) -> Iterator[Part]:
    """The parts of the report from the first line to the last."""
    look, report = plan.look, plan.report
    title = [Part("title", line) for line in title_lines(plan, rng)]
    if look.metadata:
        yield Part("metadata")
    if look.title == "first":
        yield from title
    told = {
        key: tuple(text.replace(report.agency, plan.agency) for text in texts) for key, texts in report.prose.items()
    }
    if look.title == "first":
        yield from (Part("paragraph", text) for text in told.get("intro", ()))
    named = headings(look, rng)
    if look.sections == "listed":
        yield from (Part("paragraph", text) for text in named.values())
    for numeral, (_, code) in sections().items():
        yield from (Part("heading", line) for line in named[numeral].split("\n"))
        if numeral == "一" and look.title != "first":
            yield from title
            yield from (Part("paragraph", text) for text in told.get("intro", ()))
        if numeral == "一" and not look.title_region:
            yield Part("paragraph", f"{report.year}年，{plan.agency}认真贯彻落实《中华人民共和国政府信息公开条例》。")
        if code:
            yield from _table(plan, code, rng)
            if plan.cut and code == "requests":
                return
        else:
            yield from (Part("paragraph", text) for text in told.get(numeral, ()))


def _table(plan: Plan, code: str, rng: Random) -> Iterator[Part]:
    table = plan.tables[code]
    if plan.look.table_note and rng.random() < 0.7:
        yield Part("paragraph", f"（说明：以下数据统计截至{plan.report.year}年12月31日，共3张表，单位：件）")
    if table.shown == "prose":
        yield from (Part("paragraph", text) for text in _told(plan, code, rng))
    elif table.shown == "image":
        yield Part("image", code)
    elif table.shown == "table":
        yield Part("table", code, table)
        for _ in range(table.copies - 1):
            yield Part("table", code, table.reprint or table)
    if plan.look.table_note and rng.random() < 0.5:
        yield Part("paragraph", f"注：行政许可含备案{rng.randint(2, 99)}件，行政处罚含当场处罚{rng.randint(2, 99)}件。")


def _told(plan: Plan, code: str, rng: Random) -> list[str]:
    """What an agency writes where its table should be; the numbers are of another scope."""
    n, m, y = rng.randint(3, 900), rng.randint(3, 900), plan.report.year
    texts = {
        "disclosure": f"{y}年全系统制发规范性文件{m}件，办理行政许可{n}件，行政处罚{m}件，行政强制0件，"
        f"收取行政事业性收费{n}.5万元。",
        "requests": f"{y}年全市新收政府信息公开申请{n}件，其中自然人{m}件，予以公开{n}件，不予公开{m}件，"
        f"结转下年度{n}件。",
        "disputes": f"{y}年全市因政府信息公开被申请行政复议{n}件，结果维持{m}件；行政诉讼{n}件，尚未审结{m}件，"
        f"总计{n + m}件。",
    }
    return [texts[code], *(["我单位无此项数据，详见附表。"] if rng.random() < 0.4 else [])]


METADATA = (
    ("索引号", "{y}0{n}-000{n}"),
    ("主题分类", "政务公开"),
    ("发布机构", "{a}"),
    ("生成日期", "{z}-01-{n}"),
    ("文号", "无"),
    ("浏览次数", "{n}5"),
)


def metadata(plan: Plan, rng: Random) -> list[tuple[str, str]]:
    """The table that a web site puts before a document."""
    facts = {"y": plan.report.year, "z": plan.report.year + 1, "n": rng.randint(10, 31), "a": plan.agency}
    return [(key, value.format_map(facts)) for key, value in METADATA]
