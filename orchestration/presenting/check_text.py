"""``gongkai check`` as text for an officer: what does not hold, what cannot be judged, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from orchestration.editing import Judgement
from orchestration.form import instances
from orchestration.presenting.names import cell_name, member_name, names_of
from orchestration.presenting.sources import Source

_WORDS = {
    "en": {
        "unknown": "agency not found",
        "aside": "not judged",
        "missing": "missing",
        "line": "line",
        "problems": "Reading problems",
        "none": "no identity could be judged",
        "left": "left",
        "right": "right",
    },
    "zh": {
        "unknown": "未识别机关",
        "aside": "未判断",
        "missing": "缺",
        "line": "第{}行",
        "problems": "读取问题",
        "none": "没有可以判断的勾稽关系",
        "left": "左",
        "right": "右",
    },
}


def report(source: Source, judgements: Sequence[Judgement], lang: str) -> str:
    """The whole text for one file, ending with an empty line."""
    words = _WORDS[lang]
    who = source.agency.name if source.agency and source.agency.name else words["unknown"]
    lines = [f"{source.name}: {who} {source.year or ''}".rstrip()]
    if source.failed:
        lines += [f"  {words['aside']}: [{p.code}] {p.message}" for p in source.problems]
        return "\n".join(lines) + "\n\n"
    verdicts = names_of("verdicts", lang)
    counts = Counter(judgement.verdict for judgement in judgements)
    lines.append(
        "  " + ", ".join(f"{verdicts[v]}: {counts[v]}" for v in verdicts if counts[v]) if counts else words["none"]
    )
    where = {cell.cell: cell.line for cell in source.cells}
    for judgement in judgements:
        if judgement.verdict != "holds":
            lines += _judgement(source, judgement, lang, where)
    if source.problems:
        lines.append(f"  {words['problems']}:")
        lines += [f"    {_at(source, p.line, lang)}[{p.code}] {p.message}" for p in source.problems]
    return "\n".join(lines) + "\n\n"


def _judgement(source: Source, judgement: Judgement, lang: str, where: dict[str, int | None]) -> list[str]:
    words = _WORDS[lang]
    name = names_of("identities", lang)[judgement.identity]
    verdict = names_of("verdicts", lang)[judgement.verdict]
    table = "disputes" if judgement.identity == "dispute_results" else "requests"
    form = source.forms[judgement.member.split("/")[0] if "/" in judgement.member else table]
    member = member_name(judgement.identity, judgement.member, form, lang)
    head = f"  {verdict}: {judgement.identity}/{judgement.member} ({name}; {member})"
    lines = [head]
    if judgement.left is not None or judgement.right is not None:
        lines.append(f"    {_sides(source, judgement, lang)}")
    if judgement.missing:
        named = ", ".join(cell_name(address, form, lang) for address in judgement.missing[:4])
        more = f" +{len(judgement.missing) - 4}" if len(judgement.missing) > 4 else ""
        lines.append(f"    {words['missing']}: {named}{more}")
    if judgement.verdict.startswith("violated"):
        for address in _cells(source, judgement):
            if where.get(address):
                cell = next(cell for cell in source.cells if cell.cell == address)
                if cell.value or address == judgement.member:
                    lines.append(
                        f"    {_at(source, where[address], lang)}{cell_name(address, form, lang)} = {cell.raw}"
                    )
    return lines


def _cells(source: Source, judgement: Judgement) -> tuple[str, ...]:
    for instance in instances(source.forms):
        if (instance.identity, instance.member) == (judgement.identity, judgement.member):
            return instance.cells
    return (judgement.member,)


def _sides(source: Source, judgement: Judgement, lang: str) -> str:
    """Both sides with the terms of the left one: ``12 + 0 = 12 ≠ 13``."""
    values = {cell.cell: cell.value for cell in source.cells if cell.status == "reported"}
    for instance in instances(source.forms):
        if (instance.identity, instance.member) == (judgement.identity, judgement.member):
            sides = [_side(side, values) for side in (instance.left, instance.right)]
            sign = {"holds": "=", "violated": "≠", "violated_by_bounds": "≠"}.get(judgement.verdict, "≟")
            return f"{sides[0]} {sign} {sides[1]}"
    return f"{judgement.left}"


def _side(side: tuple[tuple[int, int, str], ...], values: dict[str, Decimal | None]) -> str:
    terms = [_term(weight, values.get(address)) for weight, _, address in side]
    shown = [term for term in terms if term not in ("+ 0", "- 0")] or ["+ 0"]
    text = " ".join(shown).removeprefix("+ ")
    known = [values.get(address) for _, _, address in side]
    if len(shown) > 1 and None not in known:
        text = f"{text} = {sum(weight * value for (weight, _, _), value in zip(side, known, strict=True))}"
    return text


def _term(weight: int, value: Decimal | None) -> str:
    factor = "" if abs(weight) == 1 else f"{abs(weight)} × "
    return f"{'+' if weight > 0 else '-'} {factor}{'?' if value is None else value}"


def _at(source: Source, line: int | None, lang: str) -> str:
    return f"{source.name}:{line}: " if line else ""
