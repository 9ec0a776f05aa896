"""Frames of small reports for tests across years."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl

from orchestration.form import declaration
from orchestration.reading.schema import REPORT_CELLS, REPORT_HEADINGS, REPORT_TABLES

TABLES = ("disclosure", "requests", "disputes")
NEW, OLD = dict.fromkeys(TABLES, "2021"), dict.fromkeys(TABLES, "2019")


def addresses(forms: dict) -> list[str]:
    return [c.address for table, form in forms.items() if form for c in declaration().cells_of(form, table)]


def zeros(forms: dict, **changed: object) -> dict:
    """A report of zeros with some cells changed: ``rules__issued=3`` for disclosure/rules/issued."""
    values: dict = dict.fromkeys(addresses(forms), Decimal(0))
    for name, value in changed.items():
        found = [address for address in values if address.endswith("/" + name.replace("__", "/"))]
        assert len(found) == 1, name
        values[found[0]] = None if value is None else Decimal(str(value))
    return values


def frames(reports: dict[str, tuple]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """REPORT_CELLS, REPORT_TABLES and headings of reports: id -> (agency, year, forms, values[, heading])."""
    cells, tables, headings = [], [], []
    for report_id, (agency, year, forms, values, *more) in reports.items():
        headings.append(
            {**dict.fromkeys(REPORT_HEADINGS), "received_at": None, "report_id": report_id, "agency_name": agency}
            | {"year": year, **(more[0] if more else {})}
        )
        for table in TABLES:
            tables.append((report_id, year, table, forms.get(table), 1, 2, "test"))
        for address in addresses(forms):
            value, form = values.get(address), forms[address.split("/")[0]]
            status = "blank" if value is None else "reported"
            cells.append((report_id, year, form, *address.split("/"), value, None, status, "", 1, None, "label", None))
    return (
        pl.DataFrame(cells, schema=REPORT_CELLS, orient="row"),
        pl.DataFrame(tables, schema=REPORT_TABLES, orient="row"),
        pl.DataFrame(headings, schema={**REPORT_HEADINGS, "received_at": pl.Datetime("us", "UTC")}),
    )


def published(day: int | None = None, received: int | None = None, **heading: object) -> dict:
    """Parts of a heading: days of 2023 on which it was published and received, and other columns."""
    return {
        "published_on": date(2023, 1, day) if day else None,
        "received_at": datetime(2023, 2, received, tzinfo=UTC) if received else None,
        **heading,
    }
