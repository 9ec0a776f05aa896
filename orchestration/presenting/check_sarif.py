"""``gongkai check --format sarif``: SARIF 2.1.0 (OASIS, 2020), which editors and continuous builds show at the line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

from orchestration.form import declaration
from orchestration.presenting.checked import Checked
from orchestration.presenting.names import names_of
from orchestration.presenting.words import WORDS, instance_of, member_label, sides, suggestion

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def log(all_checked: Iterable[Checked], lang: str) -> str:
    """The log of all files: violations are errors, conflicts of the prose warnings, reading problems notes."""
    results = [result for checked in all_checked for result in _results(checked, lang)]
    whole = declaration()
    rules = [
        {
            "id": identity.identity,
            "shortDescription": {"text": names_of("identities", lang)[identity.identity]},
            "fullDescription": {"text": identity.description},
            "help": {"text": identity.citation},
        }
        for identity in whole.identities
    ]
    rules += [
        {"id": problem.code, "shortDescription": {"text": problem.name_zh if lang == "zh" else problem.name_en}}
        for problem in whole.problems
    ]
    rules.append({"id": "prose", "shortDescription": {"text": WORDS[lang]["claims"]}})
    driver = {"name": "gongkai", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _results(checked: Checked, lang: str) -> Iterable[dict]:
    parts = {identity: part for part in checked.edits for identity in part.identities}
    for judgement in checked.violations:
        instance = instance_of(checked, judgement.identity, judgement.member)
        addresses = instance.cells if instance else (judgement.member,)
        lines = [cell.line for cell in checked.source.cells if cell.cell in addresses and cell.line]
        part = parts.get((judgement.identity, judgement.member))
        more = f" {suggestion(checked, part, lang)}" if part else ""
        text = f"{member_label(checked, judgement, lang)}: {sides(checked, judgement)}.{more}"
        yield _result(checked, judgement.identity, "error", text, min(lines, default=None))
    for judgement in checked.year_violations:
        text = f"{judgement.member}: {judgement.left} ≠ {judgement.right}"
        yield _result(checked, judgement.identity, "warning", text, None)
    for judged in checked.conflicts:
        said = WORDS[lang]["says"].format(value=judged.claim.value, expected=judged.expected)
        yield _result(checked, "prose", "warning", f"{said}: {judged.claim.sentence.strip()}", judged.claim.line)
    for problem in checked.source.problems:
        yield _result(checked, problem.code, "note", problem.message, problem.line)


def _result(checked: Checked, rule: str, level: str, text: str, line: int | None) -> dict:
    place: dict = {"artifactLocation": {"uri": quote(PurePath(checked.source.name).as_posix())}}
    if line:
        place["region"] = {"startLine": line}
    return {"ruleId": rule, "level": level, "message": {"text": text}, "locations": [{"physicalLocation": place}]}
