"""Plain titles, found at first sight: what ``titles.titles_in`` finds where it has nothing to choose from.

Belongs here: when one line alone is the title, and what stands above it no part of it. Does not belong here: any other
wording of a title, nor one that is split over lines; nothing is said of those.
"""

from __future__ import annotations

import re

from orchestration.reading.titles import Title

_PLAIN = re.compile(
    r"(?!关于|信息|政府|政务|标题|一图|图)(?P<name>[\u3400-\u9fff]{2,45})(?<!关于)(?<!发布)(?<!公布)(?<!公开)(?<!印发)(?<!报送)"
    r"(?<!解读)(?<!上报)(?P<year>20[0-9]{2})年度?政府信息公开(?:工作)?年度报告"
)
# Lines behind which a title begins anew: sentences; and what is neither part of a title nor a label before one.
_SENTENCE = re.compile(r"[。；;，,]")
_ASIDE = re.compile(r"[\u3400-\u9fff]+、[\u3400-\u9fff]+|[\u3400-\u9fff]+(?<![题称名件懂解文])[:：][0-9]{1,3}")


def plain_title(lines: list[str]) -> Title | None:
    """The one title among some lines, with its agency and its year, or None where ``titles_in`` is to be asked.

    Empty lines hold no blanks.
    """
    told = [at for at, line in enumerate(lines) if "报" in line]
    if len(told) != 1 or "\t" in lines[told[0]]:
        return None
    found = _PLAIN.fullmatch(_bare(lines[told[0]]))
    above = next(filter(None, reversed(lines[: told[0]])), None)
    if not found or (above and not _SENTENCE.search(above) and not _ASIDE.fullmatch("".join(_bare(above).split()))):
        return None
    name = found["name"]
    return Title(found[0], f"{name}政府" if name.endswith("人民") else name, int(found["year"]), told[0] + 1)


def _bare(line: str) -> str:
    return line.strip().lstrip("#*> ").rstrip("* ")
