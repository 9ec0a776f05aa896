"""What reading and intake say of a problem, which they say in English with addresses, in the words of a language.

The kind of a problem has its name in the declaration; here is the rest: which row, which values. A message that is not
known stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.form import declaration

_ROW = re.compile(
    r"\b(?:the )?row ([a-z_]+/[\w.]+) \((.*?)\)(?=: | holds no value$| has no values of its own| was not found$)"
)
_TABLE = re.compile(r"\bthe (disclosure|requests|disputes) table\b|\bthe table (disclosure|requests|disputes)\b")
_CHINESE = [
    (re.compile(pattern), said)
    for pattern, said in (
        (r"^(.*) holds no value$", r"\1：没有数值"),
        (r"^(.*) has no values of its own: .*$", r"\1：没有自己的数值，附近的数值无法分到各行"),
        (r"^(.*) was not found$", r"\1：没有找到"),
        (r"^no title names the agency$", "没有标题写明机关"),
        (r"^neither the title nor a statistical period names the year$", "标题和统计期限都没有写明年度"),
        (r"^the values of the dispute table cannot all be placed$", "复议诉讼表的数字不能全部归位"),
        (r"^the dispute table holds no value$", "复议诉讼表没有数值"),
        (r"^(\d+) values belong to no row: (.*)$", r"有\1个数字不属于任何一行：\2"),
        (r"^a number before the labels was left out: (.*)$", r"标签之前的数字未采用：\1"),
        (r"^the report is for (\d+); the statutory forms begin with (\d+)$", r"报告年度为\1年，统一表式始于\2年"),
        (r"^no title of an annual report and no statutory table; .*$", "既无年度报告的标题，也无统一表式的表格"),
        (r"^the text is a notice about reports with empty tables$", "这是关于报告的通知，所附表格为空"),
        (r"^the title of a report and nothing below it, .*$", "有报告标题而其下无内容，像是链接列表；请保存报告本身"),
        (r"^the file also holds the report of (.*); save each .*$", r"文件中还有另一份报告：\1；请分别保存"),
        (r"^the section of (.*) is there and holds no table .*$", r"\1一节没有可读的表格"),
        (r"^(.*) may be of another form than (\d+): see .*$", r"\1可能不是\2年的表式"),
        (r"^the table is printed again from line (\d+), with (\d+) .*$", r"表格自第\1行起重复出现，有\2格不同"),
        (r"^(\d+) pictures and no table .*$", r"有\1幅图片而缺表格；请索取含文字的版本"),
        (r"^(\d+) places with .*, shown as U\+FFFD\.$", r"有\1处字节无法解码，以U+FFFD代替"),
    )
]


def readable_message(message: str, lang: str) -> str:
    """A message with rows and tables by their labels; in Chinese where it is one that reading is known to say."""
    rows, tables = _labels(lang)
    told = _ROW.sub(lambda found: rows.get(found[1], found[2]), message)
    if lang != "zh":
        return told
    told = _TABLE.sub(lambda found: f"“{tables[found[1] or found[2]]}”", told)
    for pattern, said in _CHINESE:
        if pattern.search(told):
            return pattern.sub(said, told)
    return told


@lru_cache(maxsize=2)
def _labels(lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Rows by ``table/row`` and tables by code, of the latest form that has them."""
    label, whole = f"label_{lang}", declaration()
    rows = {f"{row.table_code}/{row.row_code}": getattr(row, label) for row in whole.rows}
    return rows, {form.table_code: getattr(form, f"name_{lang}") for form in whole.forms}
