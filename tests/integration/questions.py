"""The page docs/questions.md as questions, queries and results; `python tests/integration/questions.py FILE` fills it.

FILE is the published file of the sample reports.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

import duckdb

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
QUESTION = re.compile(r"^## (\d+)\. ([^\n]+)\n(.*?)```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", re.MULTILINE | re.DOTALL)


def questions() -> list[tuple[str, str, str]]:
    """Number and title, query, and the result as the page shows it."""
    return [(f"{n}. {title}", sql, shown) for n, title, _, sql, shown in QUESTION.findall(PAGE.read_text("utf-8"))]


def rendered(columns: list[str], rows: list[tuple]) -> str:
    """A result as the page shows it: a blank for null, decimals without idle zeros."""
    lines = [columns, ["---"] * len(columns), *([_shown(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else " ".join(str(value).split()).replace("|", "\\|")


def fill(published: Path) -> None:
    """Write the results of a published file into the page."""
    with duckdb.connect(str(published), read_only=True) as connection:

        def filled(found: re.Match) -> str:
            done = connection.execute(found[4])
            result = rendered([column[0] for column in done.description], done.fetchall())
            return found[0].removesuffix(found[5]) + result

        PAGE.write_text(QUESTION.sub(filled, PAGE.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
