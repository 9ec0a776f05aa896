"""Codes of the marts by their names in Chinese and English, where the declaration has none for them."""

from __future__ import annotations

from orchestration.presenting.reference import names_of_kind

_SIGNS = {"on_time": "✓ ", "late": "✗ ", "unknown_date": "? ", "missing": "✗ "}

LEVELS = names_of_kind("level")
SEVERITIES = names_of_kind("severity")
TIMELINESS = {
    code: (_SIGNS.get(code, "") + name_zh, _SIGNS.get(code, "") + name_en)
    for code, (name_zh, name_en) in names_of_kind("timeliness").items()
}
# marts name their columns by these codes; the words are the form's
MEASURES = {
    "received": ("本年新收", "Received"),
    "carried_in": ("上年结转", "Carried in"),
    "processed_total": ("办理总计", "Processed"),
    "carried_out": ("结转下年", "Carried out"),
    "reconsideration": ("行政复议", "Reconsideration"),
    "litigation": ("行政诉讼", "Litigation"),
    "received_last_year": ("上年新收", "Received the year before"),
    "received_natural_person": ("本年新收（自然人）", "Received from natural persons"),
    "requests_all_zero": ("申请表各格均为零的报告数", "reports in which all cells of requests are zero"),
    "report_all_zero": ("各表各格均为零的报告数", "reports in which all cells are zero"),
    "reports_known": ("能作此判断的报告数", "reports of which that can be told"),
}
KINDS = {
    "agency": ("机关", "agencies"),
    "report": ("报告", "reports"),
    "cell": ("单元格", "cells"),
    "verdict": ("判定", "verdicts"),
}
CHANGES = {"added": ("+ 新增", "+ added"), "changed": ("~ 改变", "~ changed"), "gone": ("− 不再有", "− gone")}
SUITES = {
    "coverage": ("无遗漏", "Nothing is lost"),
    "schema": ("数据结构", "Schema"),
    "plausibility": ("合理性", "Plausibility"),
    "prose_against_tables": ("文字与表格", "Prose against tables"),
    "identities_across_years": ("跨年度勾稽", "Identities between years"),
    "identities": ("报告内勾稽", "Identities within reports"),
}
DECISIONS = {
    "accept": ("采纳建议", "suggestion accepted"),
    "reject": ("不采纳建议", "suggestion rejected"),
    "exception": ("已知例外", "known exception"),
}
CERTAINTIES = {
    "unique": ("唯一最小改正", "the only smallest"),
    "ambiguous": ("多种同样小", "one of several as small"),
    "beyond": ("未找到小的改正", "no small one found"),
}
