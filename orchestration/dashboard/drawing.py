"""A report of the publication as marked cells: what reading, judging and searching said of each of them."""

from __future__ import annotations

from orchestration.dashboard.codes import CERTAINTIES
from orchestration.dashboard.published import Published
from orchestration.dashboard.queries import reports
from orchestration.dashboard.words import Say
from orchestration.form import instances
from orchestration.presenting.marking import Shown, number, shown_cell
from orchestration.presenting.names import cell_name
from orchestration.presenting.proving import readable
from orchestration.presenting.words import WORDS

TABLES = ("disclosure", "requests", "disputes")
VIOLATED = ("violated", "violated_by_bounds")


def forms_of(head: dict) -> dict[str, str | None]:
    """Table code to form, from a row of ``dim_report``."""
    return {table: head.get(f"{table}_form") for table in TABLES}


def marked_cells(published: Published, report_id: str, forms: dict[str, str | None], say: Say) -> dict[str, Shown]:
    """Address to cell, with violated identities, suggestions and derived values marked on them."""
    shown = {
        row["cell"]: shown_cell(
            say.lang,
            row["value"],
            row["unit"] if row["unit_source"] == "stated" else None,
            *(row[name] for name in ("status", "raw", "line", "evidence", "doubt")),
        )
        for row in reports.cells(published, report_id).iter_rows(named=True)
    }
    cells_of = {(found.identity, found.member): found.cells for found in instances(forms)}
    for row in reports.checks(published, report_id).iter_rows(named=True):
        if row["verdict"] in VIOLATED:
            said = f"{row[say.name]}: {_side(row['left_side'])} ≠ {_side(row['right_side'])}"
            for address in cells_of.get((row["identity"], row["member"]), (row["member"],)):
                if address in shown:
                    shown[address].touch(said)
    for row in reports.edits(published, report_id).iter_rows(named=True):
        if row["cell"] in shown:
            rank = "" if row["certainty"] == "unique" else f" ({row['solution_rank']})"
            shown[row["cell"]].suspect(number(row["value_to"]) + rank)
    for row in reports.derived(published, report_id).iter_rows(named=True):
        if row["cell"] in shown:
            shown[row["cell"]].derive(
                number(row["value"]), f"{WORDS[say.lang]['derived']}: {readable(row['proof'], forms, say.lang)}"
            )
    return shown


def suggestions(published: Published, report_id: str, forms: dict[str, str | None], say: Say) -> list[str]:
    """A sentence for each group of violated identities: what should stand where, and how sure that is."""
    words = WORDS[say.lang]
    groups: dict[int, dict[int, list[dict]]] = {}
    for row in reports.edits(published, report_id).iter_rows(named=True):
        groups.setdefault(row["component"], {}).setdefault(row["solution_rank"] or 0, []).append(row)
    told = []
    for solutions in groups.values():
        first = next(iter(solutions.values()))[0]
        if first["cell"] is None:
            told.append(words["beyond"])
            continue
        ways = [
            f" {words['and']} ".join(
                words["should"].format(
                    cell=label(row["cell"], forms, say.lang), new=number(row["value_to"]), old=_side(row["value_from"])
                )
                for row in rows
            )
            for rows in solutions.values()
        ]
        sure = say(first["certainty"], CERTAINTIES)
        told.append(f"{words['likely']}: {ways[0]} ({sure})" + "".join(f"; {words['or']} {way}" for way in ways[1:]))
    return told


def label(address: str, forms: dict[str, str | None], lang: str) -> str:
    """A cell by the labels of its row and column; what is no address stays as it is."""
    table = address.split("/")[0]
    return cell_name(address, forms[table], lang) if address.count("/") == 2 and table in forms else address


def _side(value: object) -> str:
    return "…" if value is None else number(value)
