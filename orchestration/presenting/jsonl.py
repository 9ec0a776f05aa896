"""JSON Lines of ``gongkai read`` and ``gongkai check --json``: one object a file, all keys always present."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.presenting.sources import Source
from orchestration.reading import CellReading

if TYPE_CHECKING:
    from orchestration.editing import Judgement
    from orchestration.editing.across.years_one import YearJudgement
    from orchestration.editing.one import Edits
    from orchestration.editing.prose.claims import ClaimJudgement
    from orchestration.presenting.checked import Checked  # loads NumPy, which `read` does not need

# json has no exact decimals: they are written as marked strings and unquoted at the end.
_MARK = "\ue000"
_MARKED = re.compile(f'"{_MARK}([-0-9.]+){_MARK}"')


def dump(value: object) -> str:
    """One line of JSON; Decimals become numbers with exactly their digits."""
    return _MARKED.sub(r"\1", json.dumps(value, ensure_ascii=False, default=_default))


def _default(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}{_MARK}"
    raise TypeError(f"{type(value).__name__} has no place in the output")


def _clean(text: str | None) -> str | None:
    return text.replace(_MARK, "\ufffd") if text else text


def read_line(source: Source) -> str:
    """The object of ``gongkai read``."""
    agency = source.agency
    named = {"name": agency.name, "name_in_title": agency.name_in_title} if agency and agency.name else None
    return dump(
        {
            "source": source.name,
            "sha256": source.sha256,
            "agency": named,
            "year": source.year,
            "forms": source.forms,
            "cells": [_cell(cell) for cell in source.cells],
            "problems": [{"code": p.code, "message": _clean(p.message), "line": p.line} for p in source.problems],
        }
    )


def _cell(cell: CellReading) -> dict[str, object]:
    return {
        "cell": cell.cell,
        "status": cell.status,
        "value": cell.value,
        "unit": cell.unit,
        "raw": _clean(cell.raw),
        "line": cell.line,
        "place": cell.place,
        "evidence": cell.evidence,
        "doubt": cell.doubt,
    }


def check_line(checked: Checked) -> str:
    """The object of ``gongkai check --json``."""
    return dump(
        {
            "source": checked.source.name,
            "identities": [_identity(judgement) for judgement in checked.judgements],
            "edits": [_edit(part) for part in checked.edits],
            "derived": [
                {"cell": d.cell, "value": d.value, "proof": d.proof, "conditional": d.conditional}
                for d in checked.derived
            ],
            "claims": [_claim(claim) for claim in checked.claims],
            "years": [{**_identity(j), "missing_previous": list(j.missing_previous)} for j in checked.years],
        }
    )


def _edit(part: Edits) -> dict[str, object]:
    solutions = [[{"cell": e.cell, "from": e.old, "to": e.new} for e in solution] for solution in part.solutions]
    return {"certainty": part.certainty, "solutions": solutions}


def _claim(judged: ClaimJudgement) -> dict[str, object]:
    return {
        "sentence": _clean(judged.claim.sentence),
        "line": judged.claim.line,
        "value": judged.claim.value,
        "cells": list(judged.cells),
        "layer": judged.layer,
        "verdict": judged.verdict,
    }


def _identity(judgement: Judgement | YearJudgement) -> dict[str, object]:
    return {
        "identity": judgement.identity,
        "member": judgement.member,
        "left": judgement.left,
        "right": judgement.right,
        "difference": judgement.difference,
        "verdict": judgement.verdict,
        "missing": list(judgement.missing),
    }
