"""``gongkai check --format html``: an officer's marked-up page, the official tables with each cell coloured.

One file without scripts or anything from elsewhere. All text of the reports is escaped by the template engine.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from orchestration.presenting.checked import Checked
from orchestration.presenting.marking import Shown, drawn, engine, shown_cell
from orchestration.presenting.messages import readable_message
from orchestration.presenting.names import names_of
from orchestration.presenting.proving import readable
from orchestration.presenting.words import (
    WORDS,
    derivation,
    instance_of,
    member_label,
    sides,
    suggestion,
    verdict_name,
    year_member,
)


def page(all_checked: Sequence[Checked], lang: str) -> str:
    """The page of all files, the worst first."""
    ordered = sorted(all_checked, key=lambda checked: checked.badness)
    reports = [_report(checked, lang) for checked in ordered]
    return engine().get_template("check.html").render(lang=lang, words=WORDS[lang], reports=reports)


def _report(checked: Checked, lang: str) -> dict:
    source = checked.source
    return {
        "name": source.name,
        "agency": source.agency.name if source.agency and source.agency.name else WORDS[lang]["unknown"],
        "year": source.year,
        "failed": source.failed,
        "problems": [
            {
                "line": p.line,
                "name": names_of("problems", lang).get(p.code, p.code),
                "message": readable_message(p.message, lang),
            }
            for p in source.problems
        ],
        "violations": [
            {
                "name": names_of("identities", lang)[j.identity],
                "member": member_label(checked, j, lang),
                "sides": sides(checked, j),
                "verdict": verdict_name(j.verdict, lang),
            }
            for j in checked.violations
        ],
        "open": sum(j.verdict == "unverifiable" for j in checked.judgements),
        "held": sum(j.verdict == "holds" for j in checked.judgements),
        "suggestions": [suggestion(checked, part, lang) for part in checked.edits],
        "derived": [derivation(checked, entry, lang) for entry in checked.derived],
        "years": [
            f"{names_of('identities', lang)[j.identity]} ({year_member(checked, j, lang)}): {j.left} ≠ {j.right}"
            for j in checked.year_violations
        ],
        "claims": [
            {
                "line": j.claim.line,
                "sentence": j.claim.sentence.strip(),
                "said": WORDS[lang]["says"].format(value=j.claim.value, expected=j.expected),
            }
            for j in checked.conflicts
        ],
        "tables": Markup(drawn(source.forms, shown_cells(checked, lang), lang)),  # escaped by its own template
    }


def shown_cells(checked: Checked, lang: str) -> dict[str, Shown]:
    """Address to cell, with violated identities, suggestions and derived values marked on them."""
    shown = {
        cell.cell: shown_cell(lang, cell.value, cell.unit, cell.status, cell.raw, cell.line, cell.evidence, cell.doubt)
        for cell in checked.source.cells
    }
    _mark(checked, shown, lang)
    return shown


def _mark(checked: Checked, shown: dict[str, Shown], lang: str) -> None:
    """Mark the cells of violated identities and put suggestions and derived values beside them, never into them."""
    for judgement in checked.violations:
        instance = instance_of(checked, judgement.identity, judgement.member)
        said = f"{names_of('identities', lang)[judgement.identity]}: {sides(checked, judgement)}"
        for address in instance.cells if instance else (judgement.member,):
            if address in shown:
                shown[address].touch(said)
    for part in checked.edits:
        for rank, solution in enumerate(part.solutions, 1):
            for edit in solution:
                if edit.cell in shown:
                    shown[edit.cell].suspect(f"{edit.new}" + ("" if part.certainty == "unique" else f" ({rank})"))
    for entry in checked.derived:
        if entry.cell in shown:
            shown[entry.cell].derive(
                f"{entry.value}", f"{WORDS[lang]['derived']}: {readable(entry.proof, checked.source.forms, lang)}"
            )
