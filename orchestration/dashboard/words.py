"""The dashboard's own words in Chinese and English. Names of declared codes come from the declaration instead."""

from __future__ import annotations

LANGUAGES = {"zh": "中文", "en": "English"}

# key: (Chinese, English)
WORDS = {
    # pages
    "overview": ("总览", "Overview"),
    "report": ("单份报告", "One report"),
    "violations": ("待处理的问题", "Violations"),
    "agency": ("机关历年", "Agency over the years"),
    "regions": ("地区比较", "Regions compared"),
    "problems": ("读取问题", "Reading problems"),
    "history": ("核查历史", "Check history"),
    "draft": ("草稿核对", "Check a draft"),
    "title": ("政府信息公开年报质量看板", "Quality of disclosure reports"),
    "language": ("语言 Language", "Language 语言"),
    # the publication
    "published": ("发布于 {at}（UTC）", "Published {at} (UTC)"),
    "version": ("程序 {code}，表式 {form}", "Code {code}, form {form}"),
    "not_published": ("尚无可用的发布文件。", "Nothing can be read yet."),
    "not_published_how": (
        "先运行 `uv run gongkai run`；发布后本页会自行显示。",
        "Run `uv run gongkai run` first; this page follows by itself.",
    ),
    "other_version": (
        "发布文件由另一版本的程序生成，缺少本页所需的内容。请重新运行 `uv run gongkai run`。",
        "Another version made the published file, and what this page needs is not in it. Run `uv run gongkai run`.",
    ),
    # things and numbers
    "files": ("文件", "Files"),
    "reports": ("报告", "Reports"),
    "current_reports": ("现行报告", "Current reports"),
    "agencies": ("机关", "Agencies"),
    "set_aside": ("已搁置", "Set aside"),
    "agency_name": ("机关", "Agency"),
    "year": ("年度", "Year"),
    "years": ("年度范围", "Years"),
    "region": ("地区", "Region"),
    "province": ("省份", "Province"),
    "region_open": ("地区未定", "Region open"),
    "file": ("文件", "File"),
    "copies": ("相同文件", "Copies"),
    "copies_of_it": ("相同文件：{paths}", "the same bytes: {paths}"),
    "line": ("行", "Line"),
    "cell": ("单元格", "Cell"),
    "cells": ("单元格", "Cells"),
    "cells_reported": ("已读出", "With a number"),
    "cells_doubtful": ("存疑", "Under doubt"),
    "value": ("数值", "Value"),
    "kind": ("类别", "Kind"),
    "rule": ("规则", "Rule"),
    "member": ("对象", "Row, column or cell"),
    "left": ("左边", "Left side"),
    "right": ("右边", "Right side"),
    "difference": ("差", "Difference"),
    "verdict": ("判定", "Verdict"),
    "severity": ("严重程度", "Severity"),
    "suggestion": ("建议", "Suggestion"),
    "certainty": ("把握", "Certainty"),
    "settled": ("处理结果", "Decided"),
    "sentence": ("原文句子", "Sentence"),
    "message": ("说明", "Message"),
    "reason": ("原因", "Reason"),
    "remedy": ("处理办法", "What to do"),
    "count": ("数量", "Number"),
    "identity": ("勾稽关系", "Identity"),
    "proof": ("推算过程", "Proof"),
    "form": ("表式", "Form"),
    "all": ("全部", "All"),
    "none": ("没有记录。", "Nothing here."),
    "of": ("{part} / {whole}", "{part} of {whole}"),
    "shown": ("显示 {shown} / {all} 条", "{shown} of {all} shown"),
    "sort": ("排序", "Sort by"),
    "search": ("按机关或文件名查找", "Find by agency or file name"),
    "search_agency": ("按机关名称查找（含曾用名）", "Find by agency name, former names too"),
    "found": ("找到 {count} 项", "{count} found"),
    "found_most": ("只列出前 {count} 项，请缩小范围", "The first {count} only; narrow the search"),
    "choose": ("选择", "Choose"),
    "page": ("页", "Page"),
    "download_csv": ("下载 CSV", "Download CSV"),
    "download_xlsx": ("下载 Excel", "Download Excel"),
    "download_html": ("下载 HTML", "Download HTML"),
    "as_table": ("数据表", "As a table"),
    "open_report": ("打开报告", "Open the report"),
    "run": ("运行", "Run"),
    "unit_requests": ("申请（件）", "requests"),
    "unit_disputes": ("案件（件）", "cases"),
    "unit_reports": ("报告（份）", "reports"),
    "unit_verdicts": ("判定（次）", "judgements"),
    "unit_problems": ("问题（项）", "problems"),
    "unit_members": ("不成立（项）", "violated"),
    # overview
    "coverage_year": ("各年度收录与应报情况", "Coverage by year"),
    "coverage_region": ("各省收录情况", "Coverage by region"),
    "verdicts": ("勾稽关系判定", "Verdicts of the identities"),
    "expected": ("应报", "Expected"),
    "received": ("已报", "Received"),
    "missing": ("缺报", "Missing"),
    "late": ("逾期", "Late"),
    "violated_reports": ("有不成立项的报告", "Reports with violations"),
    "no_expected": (
        "应报、已报、缺报只按名册计算，名册没有的年度和省份留空，不是零；逾期按已知的发布日期计算。",
        "Expected, received and missing are those of the roster; a dash where it names nobody, which is not zero. Late "
        "counts every report whose date of publication is known.",
    ),
    # report
    "version_current": ("现行版本", "Current version"),
    "version_replaced": ("已被更正或替代", "Replaced by another version"),
    "source": ("来源", "Source"),
    "source_lines": ("原文", "Source lines"),
    "no_source_lines": (
        "本次发布不含原文各行；单元格的原文和行号见上。",
        "This publication holds no source lines; raw text and line of each cell are above.",
    ),
    "around": ("查看单元格所在的原文", "Show the source around a cell"),
    "suggestions": ("建议（未改动任何数据）", "Suggestions (nothing was changed)"),
    "derived": ("由勾稽关系推得", "Proved by the identities"),
    "conditional": ("以其他数字无误为前提", "If nothing else is wrong"),
    "prose": ("文字与表格", "Prose against tables"),
    "across_years": ("与上年度报告", "Against the year before"),
    "checks": ("全部勾稽关系", "All identities"),
    "point": (
        "指向或点按单元格（键盘：Tab 键）可看原文、行号、依据和疑点。",
        "Point at a cell or tap it (keyboard: Tab) for raw text, line, evidence and doubt.",
    ),
    "point_keeps": (
        "点按后说明固定在窗口底部，其中的链接通向原文。",
        "A tap keeps what is told at the foot of the window; a link there leads to the source.",
    ),
    "is_aside": ("此文件已搁置：", "This file was set aside: "),
    # violations
    "kind_report": ("报告内", "Within a report"),
    "kind_years": ("跨年度", "Between years"),
    "kind_prose": ("文字与表格", "Prose against tables"),
    "kind_plausibility": ("合理性", "Plausibility"),
    "open_only": ("只看未处理的", "Only what is not decided"),
    "findings": ("问题", "Findings"),
    "in_reports": ("涉及报告", "In reports"),
    "select_row": ("选中一行即可打开其报告。", "Select a row to open its report."),
    # agency
    "names": ("名称与沿革", "Names and changes"),
    "flows": ("申请收办", "Requests"),
    "outcomes": ("办理结果", "Outcomes"),
    "disputes": ("复议与诉讼", "Disputes"),
    "rates": ("比率", "Rates"),
    "base": ("基数", "Base"),
    "rate": ("比率", "Rate"),
    "undefined": ("无定义", "undefined"),
    "not_zero": (
        "未填报的数字不画出，也不当作零；基数缺失或为零的比率无定义。",
        "What was not reported is left out, not drawn as zero; a rate without a base above zero is undefined.",
    ),
    "valid": ("年度", "Years"),
    "requests_form": ("申请表表式", "Form of requests"),
    "timeliness": ("报送", "Timeliness"),
    # regions
    "metric": ("比率", "Rate"),
    "region_level": ("地区层级", "Level of regions"),
    "organ_level": ("机关层级", "Level of agencies"),
    "organ_type": ("机关类别", "Kind of agency"),
    "numerator": ("分子", "Numerator"),
    "telling": ("填报数", "Reports that tell it"),
    "coverage": ("只计填报者，其数在旁", "Only reports that tell both terms count; their number stands beside"),
    "formula": ("公式", "Formula"),
    "regions_undefined": ("{count} 个地区无定义（基数缺失或为零）", "Undefined for want of a base above zero: {count}"),
    # problems
    "by_kind": ("按种类", "By kind"),
    "each": ("逐条", "One by one"),
    "set_aside_files": ("搁置的文件", "Files set aside"),
    "received_at": ("收到时间", "Received"),
    # history
    "runs": ("历次运行", "Runs"),
    "checked_at": ("核查时间（UTC）", "Checked (UTC)"),
    "passed": ("通过", "Passed"),
    "failed": ("未通过", "Not passed"),
    "unexpected": ("不符条数", "Unexpected"),
    "errors": ("出错", "Errors"),
    "evaluated": ("核查条数", "Evaluated"),
    "check": ("核查", "Check"),
    "result": ("结果", "Result"),
    "citation": ("依据", "Citation"),
    "trend": ("各次运行中不成立的勾稽关系", "Violated identities by run"),
    "difference_publication": ("与上次发布相比", "Against the publication before"),
    "no_difference": ("本次发布不含与上次的差异。", "This publication holds no difference to the one before."),
    "change": ("变化", "Change"),
    "item": ("内容", "What"),
    "before": ("原为", "Before"),
    "after": ("现为", "Now"),
    # draft
    "draft_intro": (
        "放入一份或多份报告（PDF、Word、网页、文本）。文件只在本机内存中处理，不保存，也不发往任何地方。",
        "Drop one or many reports (PDF, Word, web page, text). They are read in this machine's memory, kept nowhere "
        "and sent nowhere.",
    ),
    "draft_files": ("要核对的报告", "Reports to check"),
    "draft_previous": ("上年度报告（可选，用于跨年核对）", "Last year's report (optional, to compare with)"),
    "draft_previous_wrong": (
        "所选的上年度报告并非前一年度，未作比较。",
        "That is no report of the year before: not compared.",
    ),
    "draft_too_many": ("一次最多核对 {most} 份；其余未读取。", "At most {most} at once; the others were not read."),
    "draft_which": ("查看", "Show"),
    "holds": ("成立", "Hold"),
    "violated": ("不成立", "Violated"),
    "unverifiable": ("无法判断", "Cannot be judged"),
    "conflicts": ("文字不一致", "Prose conflicts"),
    "fine": ("可以判断的勾稽关系全部成立。", "Every identity that could be judged holds."),
    "nothing_judged": ("没有可以判断的勾稽关系。", "No identity could be judged."),
    "hand_on": ("结果可下载转交：", "To hand on:"),
}

_SIGNS = {"holds": "✓", "violated": "✗", "violated_by_bounds": "✗", "unverifiable": "?", "holds_by_construction": "="}


class Say:
    """The words of one language: ``say("year")``; in another table ``say("county", LEVELS)`` of ``codes``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self._place = list(LANGUAGES).index(self.lang)

    def __call__(self, key: str | None, table: dict[str, tuple[str, str]] = WORDS, **values: object) -> str:
        """The word; a code that ``table`` does not know is given back as it is (but one of WORDS must be known)."""
        if table is WORDS:
            text = table[key][self._place]
        else:
            text = table[key][self._place] if key in table else str(key or "")
        return text.format(**values) if values else text

    @property
    def name(self) -> str:
        """The column of names in this language."""
        return f"name_{self.lang}"


def signed(verdict: str, name: str) -> str:
    """A verdict with its sign, so that it can be told without colour."""
    return f"{_SIGNS.get(verdict, '')} {name}".strip()
