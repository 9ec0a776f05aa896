"""The declared plausibility rules: what is unlikely in a report though no identity forbids it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from orchestration.form.declaration import SEEDS, declaration

TESTS = ("at_most", "multiple_of", "decimals_at_most", "differs_from")


@dataclass(frozen=True, slots=True)
class PlausibilityRule:
    """One rule; an empty ``form``, ``cell_kind`` or code stands for every one.

    ``subject`` is cell (the reported cells of these codes and kind) or sentence (amounts of money, in yuan, in what
    ``text_pattern`` finds, up to ``text_until``). The value must pass ``test`` against ``limit``: a number, or for
    differs_from the address of a cell of money that may not hold the same amount. ``condition`` limits the rule to
    reports by their headings: ``column=value|value``, several parted by ``;``.
    """

    rule: str
    severity: str
    subject: str
    form: str
    table_code: str
    row_code: str
    column_code: str
    cell_kind: str
    text_pattern: str
    text_until: str
    condition: str
    test: str
    limit: str
    name_zh: str
    name_en: str
    citation: str
    description: str

    @property
    def conditions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Pairs of a column of the headings and the values of which it must have one."""
        parts = [part.partition("=") for part in self.condition.split(";") if part]
        return tuple((column.strip(), tuple(values.split("|"))) for column, _, values in parts)


@lru_cache(maxsize=4)
def plausibility_rules(folder: Path = SEEDS) -> tuple[PlausibilityRule, ...]:
    """The rules in the order of the file; raises ValueError, naming the line, for one that cannot be evaluated."""
    path = folder / "plausibility_rules.csv"
    names = [field.name for field in fields(PlausibilityRule)]
    found = []
    with path.open(encoding="utf-8", newline="") as text:
        lines = csv.DictReader(text)
        for line in lines:
            if list(line) != names or None in line.values():
                raise ValueError(f"{path}:{lines.line_num}: the columns must be {', '.join(names)}")
            rule = PlausibilityRule(**line)
            mistake = _mistake(rule)
            if mistake:
                raise ValueError(f"{path}:{lines.line_num}: {mistake}")
            found.append(rule)
    return tuple(found)


def _mistake(rule: PlausibilityRule) -> str | None:
    if rule.subject not in ("cell", "sentence"):
        return f"subject is {rule.subject!r}; it must be cell or sentence"
    if rule.test not in TESTS:
        return f"test is {rule.test!r}; it must be one of {', '.join(TESTS)}"
    if rule.condition and not all(column and all(values) for column, values in rule.conditions):
        return f"condition is {rule.condition!r}; write column=value|value"
    if (rule.subject == "sentence") != bool(rule.text_pattern):
        return "text_pattern belongs to rules on sentences, and to all of them"
    for pattern in (rule.text_pattern, rule.text_until):
        try:
            re.compile(pattern)
        except re.error as error:
            return f"{pattern!r} is no regular expression: {error}"
    if rule.test == "differs_from":
        known = {cell.address for cell in declaration().cells}
        return None if rule.limit in known else f"limit is {rule.limit!r}; it must be the address of a cell"
    try:
        limit = Decimal(rule.limit)
    except InvalidOperation:
        return f"limit is {rule.limit!r}; it must be a number"
    return "limit must be a number over 0" if rule.test == "multiple_of" and limit <= 0 else None
