"""The sentences in which results are told, in Chinese and English, and how numbers and sides are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.form import IdentityInstance, declaration, instances
from orchestration.presenting.names import cell_name, member_name, names_of
from orchestration.presenting.proving import readable

if TYPE_CHECKING:  # what only tells results must not load what finds them
    from orchestration.editing import Judgement
    from orchestration.editing.across.years_one import YearJudgement
    from orchestration.editing.one import Derived, Edits
    from orchestration.presenting.checked import Checked

WORDS = {
    "en": {
        "unknown": "agency not found",
        "aside": "set aside",
        "missing": "missing",
        "problems": "Reading problems",
        "none": "no identity could be judged",
        "likely": "Most likely",
        "unique": "the only smallest correction",
        "ambiguous": "one of {} corrections that are as small",
        "beyond": "no small correction was found",
        "should": "{cell} should be {new}, not {old}",
        "or": "or",
        "reasons": {
            "swap": "as two cells exchanged",
            "shift": "as a row moved by a column",
            "digits": "as digits that stand in the next cell",
            "stale_totals": "as totals that were not brought up to date",
            "agrees": "the year before tells the same",
            "differs": "the year before tells otherwise",
        },
        "and": "and",
        "derived": "Proved by the identities",
        "conditional": "if nothing else is wrong",
        "claims": "Prose against the tables",
        "conflicts": "conflicts",
        "agrees": "agrees",
        "not_judged": "not judged",
        "says": "the prose says {value}, the tables {expected}",
        "years": "Against the year before",
        "year_before": "the year before",
        "table": "Worst first",
        "file": "file",
        "agency": "agency",
        "year": "year",
        "violated": "violated",
        "conflict": "prose conflicts",
        "unverifiable": "unverifiable",
        "problem": "reading problems",
        "state": "state",
        "verdicts": "Identities",
        "suggestions": "Suggestions",
        "cell": "cell",
        "value": "value",
        "raw": "raw text",
        "line": "line",
        "to_line": "go to line {line} of the source",
        "status": "status",
        "evidence": "evidence",
        "doubt": "doubt",
        "identity": "identity",
        "member": "row or column",
        "left": "left side",
        "right": "right side",
        "difference": "difference",
        "verdict": "verdict",
        "proof": "proof",
        "from": "reported",
        "to": "suggested",
        "certainty": "certainty",
        "rank": "rank",
        "sentence": "sentence",
        "offline": "Made on this machine; nothing was sent anywhere.",
    },
    "zh": {
        "unknown": "未识别机关",
        "aside": "已搁置",
        "missing": "缺",
        "problems": "读取问题",
        "none": "没有可以判断的勾稽关系",
        "likely": "最可能",
        "unique": "唯一最小改正",
        "ambiguous": "{}种同样小的改正之一",
        "beyond": "未找到小的改正",
        "should": "{cell}应为{new}，而非{old}",
        "reasons": {
            "swap": "像是两格互换",
            "shift": "像是整行错位一列",
            "digits": "像是数字串入相邻单元格",
            "stale_totals": "像是合计未随之更新",
            "agrees": "与上年报告相符",
            "differs": "与上年报告不符",
        },
        "or": "或",
        "and": "且",
        "derived": "由勾稽关系推得",
        "conditional": "以其他数字无误为前提",
        "claims": "文字与表格",
        "conflicts": "不一致",
        "agrees": "一致",
        "not_judged": "不作判断",
        "says": "文字为{value}，表格为{expected}",
        "years": "与上年度报告",
        "year_before": "上年度",
        "table": "问题多者在前",
        "file": "文件",
        "agency": "机关",
        "year": "年度",
        "violated": "不成立",
        "conflict": "文字不一致",
        "unverifiable": "无法判断",
        "problem": "读取问题",
        "state": "状态",
        "verdicts": "勾稽关系",
        "suggestions": "建议",
        "cell": "单元格",
        "value": "数值",
        "raw": "原文",
        "line": "行",
        "to_line": "到原文第 {line} 行",
        "status": "状态",
        "evidence": "依据",
        "doubt": "存疑",
        "identity": "勾稽关系",
        "member": "行或列",
        "left": "左边",
        "right": "右边",
        "difference": "差",
        "verdict": "判定",
        "proof": "推算过程",
        "from": "报告值",
        "to": "建议值",
        "certainty": "把握",
        "rank": "序",
        "sentence": "句子",
        "offline": "在本机生成，未向任何地方发送数据。",
    },
}
_SIGNS = {"holds": "=", "violated": "≠", "violated_by_bounds": "≠", "unverifiable": "≟", "holds_by_construction": "="}


def instance_of(checked: Checked, identity: str, member: str) -> IdentityInstance | None:
    """The declared identity that a judgement is about; None for ``domain``."""
    for instance in instances(checked.source.forms):
        if (instance.identity, instance.member) == (identity, member):
            return instance
    return None


def member_label(checked: Checked, judgement: Judgement, lang: str) -> str:
    """The row, column or cell of a judgement by its label."""
    instance = instance_of(checked, judgement.identity, judgement.member)
    table = (instance.cells[0] if instance else judgement.member).split("/")[0]
    return member_name(judgement.identity, judgement.member, checked.source.forms[table], lang)


def year_member(checked: Checked, judgement: YearJudgement, lang: str) -> str:
    """The row, column or cell of a judgement across years by its label."""
    table = next(rule.table_code for rule in declaration().identities if rule.identity == judgement.identity)
    return member_name(judgement.identity, judgement.member, checked.source.forms[table], lang)


def label(checked: Checked, address: str, lang: str) -> str:
    """A cell by its labels."""
    return cell_name(address, checked.source.forms[address.split("/")[0]], lang)


def sides(checked: Checked, judgement: Judgement) -> str:
    """Both sides with their terms: ``0 ≠ 10 + 1 = 11``; zero terms are left out, missing ones are ``…``."""
    values = {cell.cell: cell.value for cell in checked.source.cells if cell.status == "reported"}
    instance = instance_of(checked, judgement.identity, judgement.member)
    if instance is None:
        return f"{judgement.left}"
    left, right = _side(instance.left, values), _side(instance.right, values)
    return f"{left} {_SIGNS[judgement.verdict]} {right}"


def _side(side: tuple[tuple[int, int, str], ...], values: Mapping[str, Decimal | None]) -> str:
    known = [(weight, values[address]) for weight, _, address in side if values.get(address) is not None]
    lost = len(known) < len(side)
    terms = [_term(weight, value) for weight, value in known if value] + (["+ …"] if lost else [])
    text = " ".join(terms or ["+ 0"]).removeprefix("+ ")
    return f"{text} = {sum(weight * value for weight, value in known)}" if len(terms) > 1 and not lost else text


def _term(weight: int, value: Decimal) -> str:
    factor = "" if abs(weight) == 1 else f"{abs(weight)} × "
    return f"{'+' if weight > 0 else '-'} {factor}{value}"


def suggestion(checked: Checked, part: Edits, lang: str) -> str:
    """One sentence: what should stand where, how sure, and every alternative."""
    words = WORDS[lang]
    if not part.solutions:
        return words["beyond"]
    told = []
    for number, solution in enumerate(part.solutions):
        edits = [words["should"].format(cell=label(checked, e.cell, lang), new=e.new, old=e.old) for e in solution]
        text = f" {words['and']} ".join(edits) if lang == "en" else f"，{words['and']}".join(edits)
        told.append(text + _reasons(part, number, lang))
    sure = words[part.certainty].format(len(part.solutions)) if part.certainty in words else part.certainty
    first = f"{words['likely']}: {told[0]} ({sure})" if lang == "en" else f"{words['likely']}：{told[0]}（{sure}）"
    return first + "".join(f"; {words['or']} {t}" if lang == "en" else f"；{words['or']}{t}" for t in told[1:])


def _reasons(part: Edits, number: int, lang: str) -> str:
    """What speaks for or against a correction, in brackets; nothing where it is a plain change of cells."""
    codes = dict.fromkeys((*part.events[number], *part.neighbours[number]))
    told = [WORDS[lang]["reasons"][code] for code in codes]
    if not told:
        return ""
    return f" [{', '.join(told)}]" if lang == "en" else f"［{'，'.join(told)}］"


def derivation(checked: Checked, entry: Derived, lang: str) -> str:
    """A derived value with its proof."""
    condition = f" ({WORDS[lang]['conditional']})" if entry.conditional else ""
    proof = readable(entry.proof, checked.source.forms, lang)
    return f"{label(checked, entry.cell, lang)} = {entry.value}{condition}: {proof}"


def verdict_name(verdict: str, lang: str) -> str:
    """A verdict in words."""
    return names_of("verdicts", lang)[verdict]
