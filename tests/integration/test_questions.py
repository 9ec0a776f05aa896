"""The worked questions of docs/questions.md: each query runs on the published samples and gives what the page shows."""

from __future__ import annotations

import pytest

from .conftest import Run
from .questions import PAGE, questions, rendered


@pytest.mark.parametrize(("title", "sql", "shown"), [pytest.param(*q, id=q[0]) for q in questions()])
def test_the_query_gives_what_the_page_shows(first: Run, title: str, sql: str, shown: str) -> None:
    columns = [name for name, *_ in first.query(f"describe {sql}")]
    made = rendered(columns, first.query(sql))
    assert made == shown, "if the reader reads better now: python tests/integration/questions.py PUBLISHED_FILE"


def test_there_are_ten() -> None:
    assert [title.partition(".")[0] for title, *_ in questions()] == [str(number) for number in range(1, 11)]
    assert PAGE.read_text(encoding="utf-8").count("```sql") == 10
