"""What reading leaves out because it cannot matter: the results are those of the plain way."""

from random import Random

import pytest

from orchestration.form import declaration
from orchestration.intake.document import Document
from orchestration.reading.labels import fuzzy
from orchestration.reading.labels.labels import labels_of
from orchestration.reading.labels.places import TABLES, words_in
from orchestration.reading.tables.tables import read_alone, read_tables
from tests.rendering.layouts import LAYOUTS
from tests.rendering.model import random_report
from tests.rendering.render import DAMAGES, render

TEXTS = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
LABELS = [label for form in declaration().form_names for table in TABLES for label in labels_of(form, table)]
WORDS = sorted({word for label in LABELS for word, _, _ in label.weighted})


def _documents(count: int) -> list[Document]:
    found = []
    for number in range(count):
        rng = Random(f"shortcuts/{number}")
        layout = rng.choice(TEXTS)
        damage = rng.choice([name for name, one in DAMAGES.items() if one.fits(LAYOUTS[layout])])
        report = random_report(rng)
        found.append(Document("text", render(report, layout, (damage,) if number % 2 else (), number, "txt").text))
    return found


def test_a_table_read_alone_is_that_of_the_whole_report() -> None:
    compared = 0
    for document in _documents(60):
        whole = read_tables(document).tables
        for code, table in whole.items():
            if table.form and all(cell.status != "blank" for cell in table.cells):
                alone = read_alone(document, code).tables
                assert alone[code] == table
                assert code != "disputes" or alone["requests"].end == whole["requests"].end
                compared += 1
    assert compared > 90


def _broken(rng: Random) -> str:
    """Parts of wordings, one behind the other."""
    parts = []
    for word in rng.choices(WORDS, k=rng.randint(1, 8)):
        at = rng.randrange(len(word))
        parts.append(rng.choice((word, word[at:], word[: at + 1])))
    return "".join(parts)


def test_one_pass_finds_all_wordings() -> None:
    for number in range(2000):
        text = _broken(Random(number))
        places = {word: [at for at in range(len(text)) if text.startswith(word, at)] for word in WORDS if word in text}
        assert words_in(text) == places


def _fewest(pattern: str, text: str) -> tuple[int, int]:
    """Least edits between a pattern and a part of a text, and its first end, character by character."""
    row = [0] * (len(text) + 1)
    for depth, wanted in enumerate(pattern, 1):
        new = [depth]
        for at, character in enumerate(text, 1):
            new.append(min(row[at - 1] + (character != wanted), row[at] + 1, new[-1] + 1))
        row = new
    return min((edits, at) for at, edits in enumerate(row))


@pytest.mark.parametrize("seed", range(4))
def test_edits_by_bits_are_those_by_characters(seed: int) -> None:
    rng = Random(f"edits/{seed}")
    for _ in range(150):
        pattern, text = rng.choice(WORDS), _broken(rng)[:60]
        assert fuzzy._edits(pattern, text) == _fewest(pattern, text)
