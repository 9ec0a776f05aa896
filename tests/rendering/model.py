"""A report as numbers: what an agency counted in a year, before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from orchestration.form.declaration import TABLES, declaration
from tests.rendering import places, prose

STYLES = ("plain", "zero", "small", "medium", "large", "blanks", "marks", "inconsistent")
MARKS = ("/", "—", "-", "无", "不适用", "／", "——")
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


@dataclass
class Report:
    """``values`` by address: a number, None for a blank cell, or a mark such as "/" for one that does not apply."""

    agency: str
    year: int
    forms: dict[str, str]
    values: dict[str, Decimal | int | str | None]
    prose: dict[str, tuple[str, ...]] = field(default_factory=dict)
    short: str = ""
    level: str = "county"

    def addresses(self) -> list[str]:
        """The cells of the forms of this report, in the order of the forms."""
        known = declaration()
        return [cell.address for table in TABLES for cell in known.cells_of(self.forms[table], table)]


def random_forms(rng: Random, year: int) -> dict[str, str]:
    """Forms as agencies use them: by year, the old one kept for a while, and hybrids."""
    draw = rng.random()
    if year <= 2020:
        return dict.fromkeys(TABLES, "2019")
    if year <= 2023 and draw < 0.08:
        return dict.fromkeys(TABLES, "2019")
    if draw > 0.95:
        return dict(zip(TABLES, rng.choice([("2021", "2019", "2021"), ("2019", "2021", "2021")]), strict=True))
    return dict.fromkeys(TABLES, "2021")


def random_report(
    rng: Random, forms: dict[str, str] | str | None = None, style: str | None = None, year: int | None = None
) -> Report:
    """A plausible report in which the identities hold, but for ``style="inconsistent"``."""
    year = year or (rng.choice((2019, 2020)) if forms == "2019" and rng.random() < 0.8 else rng.randint(2019, 2025))
    if isinstance(forms, str):
        forms = dict.fromkeys(TABLES, forms)
    forms = dict(forms) if forms else random_forms(rng, year)
    style = style or rng.choices(STYLES, (50, 12, 8, 8, 6, 8, 4, 4))[0]
    agency = places.agency(rng)
    size = style if style in ("zero", "small", "medium", "large") else _size(rng, agency.level)
    values: dict = {}
    _requests(rng, size, declaration().rows_of(forms["requests"], "requests"), values)
    _disputes(rng, size, values)
    _disclosure(rng, size, agency.level, forms["disclosure"], values)
    if style == "inconsistent":
        for cell in rng.sample(sorted(values), 3):
            if isinstance(values[cell], int):
                values[cell] = values[cell] + rng.randint(1, 12) if rng.random() < 0.5 else 0
    told = prose.write(rng, agency, year, values)
    if style == "blanks":
        keep = rng.random() < 0.3  # totals stay
        values = {c: (None if v == 0 and not (keep and c.endswith("/total")) else v) for c, v in values.items()}
    elif style == "marks":
        mark = rng.choice(MARKS)
        rows = ("rules", "other_services", "procurement") if rng.random() < 0.6 else ()
        values = {c: (mark if v == 0 and (not rows or c.split("/")[1] in rows) else v) for c, v in values.items()}
    return Report(agency.name, year, forms, values, told, agency.short, agency.level)


def _size(rng: Random, level: str) -> str:
    weights = {"township": (6, 3, 1, 0), "county": (2, 5, 3, 0), "prefecture": (1, 3, 5, 1), "province": (0, 1, 3, 6)}
    return rng.choices(("zero", "small", "medium", "large"), weights[level])[0]


_TOP = {"zero": (0, 0), "small": (1, 25), "medium": (20, 900), "large": (4000, 60000)}
_SHARES = (0.0, 0.25, 0.08, 0.15, 0.3, 0.3)


def _requests(rng: Random, size: str, rows: tuple, values: dict) -> None:
    outcomes = [row.row_code for row in rows if row.kind == "outcome"]
    table = {row.row_code: [0] * 6 for row in rows}
    rest = rng.randint(*_TOP[size])
    for place in range(6):
        share = rng.random() * 0.4 if place and rng.random() < _SHARES[place] else 0
        received = int(rest * share) if place else rest - int(rest * rng.random() * 0.4)
        if not received and not share:
            continue
        carried_in = rng.randint(0, max(1, received // 6)) if rng.random() < 0.5 else 0
        carried_out = rng.randint(0, received // 6) if rng.random() < 0.5 else 0
        left = received + carried_in - carried_out
        table["received"][place], table["carried_in"][place] = received, carried_in
        table["carried_out"][place], table["processed_total"][place] = carried_out, left
        some = rng.sample(outcomes, rng.randint(1, min(len(outcomes), 3 + left // 20)))
        for code in some[:-1]:
            table[code][place] = part = rng.randint(0, left)
            left -= part
        table[some[-1]][place] += left
    for code, counts in table.items():
        for column, count in zip(APPLICANTS, counts, strict=True):
            values[f"requests/{code}/{column}"] = count
        values[f"requests/{code}/total"] = sum(counts)


def _disputes(rng: Random, size: str, values: dict) -> None:
    top = {"zero": 0, "small": 2, "medium": 40, "large": 900}[size]
    for channel in CHANNELS:
        counts = [rng.randint(0, top) if rng.random() < 0.5 else 0 for _ in range(4)]
        for column, count in zip(("upheld", "corrected", "other", "pending"), counts, strict=True):
            values[f"disputes/{channel}/{column}"] = count
        values[f"disputes/{channel}/total"] = sum(counts)


def _disclosure(rng: Random, size: str, level: str, form: str, values: dict) -> None:
    top = {"zero": 0, "small": 60, "medium": 4000, "large": 99000}[size]
    for cell in declaration().cells_of(form, "disclosure"):
        row = cell.row_code
        if row == "rules":
            number = rng.randint(0, 9) if level in ("province", "prefecture") and size != "zero" else 0
        elif row == "normative_documents":
            number = rng.randint(0, min(top, 300)) if rng.random() < 0.7 else 0
        elif cell.kind == "amount":
            number = _amount(rng, top)
        elif cell.kind == "change":
            number = rng.randint(-top // 9, top // 9) if rng.random() < 0.5 else 0
        else:
            number = rng.randint(0, top) if rng.random() < 0.7 else 0
        values[cell.address] = number


def _amount(rng: Random, top: int) -> Decimal | int:
    draw = rng.random()
    if draw < 0.3 or not top:
        return rng.choice((0, Decimal("0.0000"), Decimal("0.00")))
    if draw < 0.5:
        return rng.randint(0, top)
    places_shown = rng.choice((1, 2, 4, 4, 4, 6))
    return Decimal(rng.randint(1, top * 10**places_shown)).scaleb(-places_shown)
