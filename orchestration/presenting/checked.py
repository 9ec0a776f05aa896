"""A source with all that editing says of it: verdicts, suggestions, derived values, claims, and the year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from orchestration.editing import Judgement, examine_one
from orchestration.editing.across.years_one import YearJudgement, expected_one, judge_years_one
from orchestration.editing.one import Derived, Edits
from orchestration.editing.prose.claims import ClaimJudgement, judge_claims
from orchestration.presenting.sources import Source
from orchestration.reading.prose.claims import extract_claims

VIOLATED = ("violated", "violated_by_bounds")


@dataclass(frozen=True)
class Checked:
    """What ``check`` shows of one file; reported (``source``), derived and suggested (``edits``) stay apart."""

    source: Source
    judgements: tuple[Judgement, ...] = ()
    after: dict[tuple[str, str], str] | None = None
    edits: tuple[Edits, ...] = ()
    derived: tuple[Derived, ...] = ()
    claims: tuple[ClaimJudgement, ...] = ()
    years: tuple[YearJudgement, ...] = ()

    @property
    def violations(self) -> list[Judgement]:
        """The identities that do not hold."""
        return [judgement for judgement in self.judgements if judgement.verdict in VIOLATED]

    @property
    def year_violations(self) -> list[YearJudgement]:
        """The identities with the year before that do not hold."""
        return [judgement for judgement in self.years if judgement.verdict in VIOLATED]

    @property
    def conflicts(self) -> list[ClaimJudgement]:
        """The claims of the prose that conflict with the tables."""
        return [claim for claim in self.claims if claim.verdict == "conflicts"]

    @property
    def judged(self) -> bool:
        """Whether any identity could be judged."""
        return any(judgement.verdict != "unverifiable" for judgement in self.judgements)

    @property
    def badness(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        open_ones = sum(judgement.verdict == "unverifiable" for judgement in self.judgements)
        unread = self.source.failed or not self.judged
        counts = (len(self.violations), len(self.year_violations), len(self.conflicts), open_ones)
        return (-unread, *(-count for count in counts), -len(self.source.problems))


def check(source: Source, lang: str = "en", previous: Source | None = None) -> Checked:
    """Examine a source; a file that was not read has nothing to judge."""
    if source.failed or source.document is None or source.report is None:
        return Checked(source)
    values = {cell.cell: cell.value for cell in source.cells if cell.status == "reported"}
    doubted = {cell.cell for cell in source.cells if cell.doubt and cell.status == "reported"}
    before: dict[str, Decimal] = {}
    expected: dict[str, Decimal] = {}
    if previous is not None and not previous.failed:
        before = {cell.cell: cell.value for cell in previous.cells if cell.status == "reported"}
        sure = {cell.cell: cell.value for cell in previous.cells if cell.status == "reported" and not cell.doubt}
        expected = expected_one(source.forms, previous.forms, sure)
    found = examine_one(source.forms, values, doubted, lang, expected)
    proved = {entry.cell: entry.value for entry in found.derived if not entry.conditional}
    tables = [(t.first_line, t.last_line) for t in source.report.reading.tables.values() if t.form]
    name = source.agency.name_in_title if source.agency else None
    claims = extract_claims(source.document.lines, tables, source.year, name)
    years: tuple[YearJudgement, ...] = ()
    if previous is not None and not previous.failed:
        years = tuple(judge_years_one(source.forms, values, previous.forms, before))
    return Checked(
        source,
        found.judgements,
        found.after,
        found.edits,
        found.derived,
        judge_claims(claims, source.forms, values, proved, doubted),
        years,
    )
