"""``gongkai check`` as text for an officer: what does not hold, what it should be, what cannot be judged, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from orchestration.editing import Judgement
from orchestration.intake.document import Problem
from orchestration.presenting.checked import VIOLATED, Checked
from orchestration.presenting.messages import readable_message
from orchestration.presenting.names import names_of
from orchestration.presenting.words import (
    WORDS,
    derivation,
    instance_of,
    label,
    member_label,
    sides,
    suggestion,
    verdict_name,
    year_member,
)

_MISSING_NAMED = 4


def report(checked: Checked, lang: str) -> str:
    """The whole text for one file, ending with an empty line."""
    words = WORDS[lang]
    source = checked.source
    who = source.agency.name if source.agency and source.agency.name else words["unknown"]
    lines = [f"{source.name}: {who} {source.year or ''}".rstrip()]
    if source.failed:
        lines += [f"  {words['aside']}: {_problem(p, lang)}" for p in source.problems]
        return "\n".join(lines) + "\n\n"
    counts = Counter(judgement.verdict for judgement in checked.judgements)
    said = ", ".join(f"{verdict_name(v, lang)}: {n}" for v, n in counts.items()) or words["none"]
    lines.append(f"  {said}")
    for judgement in checked.judgements:
        if judgement.verdict != "holds":
            lines += _judgement(checked, judgement, lang)
    lines += [f"  {suggestion(checked, part, lang)}" for part in checked.edits]
    lines += _section(words["derived"], [derivation(checked, entry, lang) for entry in checked.derived])
    lines += _section(words["years"], [_year(checked, judgement, lang) for judgement in checked.year_violations])
    lines += _section(words["claims"], [_claim(checked, claim, lang) for claim in checked.conflicts])
    lines += _section(words["problems"], [f"{_at(checked, p.line)}{_problem(p, lang)}" for p in source.problems])
    return "\n".join(lines) + "\n\n"


def table(all_checked: Iterable[Checked], lang: str) -> str:
    """One line a file, the worst first."""
    words = WORDS[lang]
    heads = ("violated", "conflict", "unverifiable", "problem")
    lines = [words["table"], "  " + "  ".join(words[head] for head in heads) + f"  {words['file']}"]
    for checked in sorted(all_checked, key=lambda c: c.badness):
        source = checked.source
        open_ones = sum(j.verdict == "unverifiable" for j in checked.judgements)
        violated = len(checked.violations) + len(checked.year_violations)
        counts = (violated, len(checked.conflicts), open_ones, len(source.problems))
        cells = [f"{count:>{_width(words[head])}}" for count, head in zip(counts, heads, strict=True)]
        who = source.agency.name if source.agency and source.agency.name else words["unknown"]
        code = source.problems[0].code if source.failed and source.problems else None
        state = (
            f" [{words['aside']}: {code if lang == 'en' else names_of('problems', lang).get(code, code)}]"
            if code
            else ""
        )
        lines.append("  " + "  ".join(cells) + f"  {source.name} ({who} {source.year or '?'}){state}")
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _section(title: str, entries: Sequence[str]) -> list[str]:
    return [f"  {title}:", *(f"    {entry}" for entry in entries)] if entries else []


def _problem(problem: Problem, lang: str) -> str:
    """A problem with its code; other languages than that of the messages name the code and the rows too."""
    if lang == "en":
        return f"[{problem.code}] {problem.message}"
    name = names_of("problems", lang).get(problem.code, "")
    return f"[{problem.code} {name}] {readable_message(problem.message, lang)}"


def _judgement(checked: Checked, judgement: Judgement, lang: str) -> list[str]:
    name = names_of("identities", lang)[judgement.identity]
    member = member_label(checked, judgement, lang)
    lines = [f"  {verdict_name(judgement.verdict, lang)}: {judgement.identity}/{judgement.member} ({name}; {member})"]
    lines.append(f"    {sides(checked, judgement)}")
    if judgement.missing:
        named = ", ".join(label(checked, address, lang) for address in judgement.missing[:_MISSING_NAMED])
        more = len(judgement.missing) - _MISSING_NAMED
        lines.append(f"    {WORDS[lang]['missing']}: {named}{f' +{more}' if more > 0 else ''}")
    if judgement.verdict in VIOLATED:
        instance = instance_of(checked, judgement.identity, judgement.member)
        addresses = instance.cells if instance else (judgement.member,)
        for cell in checked.source.cells:
            # The printed total shows also where it is 0: it is what the others are held against.
            if cell.cell in addresses and cell.line and (cell.value or cell.cell == addresses[0]):
                lines.append(f"    {_at(checked, cell.line)}{label(checked, cell.cell, lang)} = {cell.raw}")
    return lines


def _year(checked: Checked, judgement, lang: str) -> str:
    name = names_of("identities", lang)[judgement.identity]
    return f"{name} ({year_member(checked, judgement, lang)}): {judgement.left} ≠ {judgement.right}"


def _claim(checked: Checked, judged, lang: str) -> str:
    said = WORDS[lang]["says"].format(value=judged.claim.value, expected=judged.expected)
    return f"{_at(checked, judged.claim.line)}{said}: {judged.claim.sentence.strip()}"


def _at(checked: Checked, line: int | None) -> str:
    return f"{checked.source.name}:{line}: " if line else ""
