"""What is read equals what was rendered, or is flagged: over layouts, looks and damages."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.intake.containers import open_document
from orchestration.reading import read_report
from tests.rendering.model import random_report
from tests.rendering.render import DAMAGES, LAYOUTS, TWISTS, Score, judge, render

QUICK = [name for name, layout in LAYOUTS.items() if layout.family == "text"]
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def score(layout: str, damage: tuple[str, ...], seed: int, style: str | None = None) -> Score:
    rendered = render(random_report(random.Random(seed), style=style), layout, damage, seed)
    report = read_report(open_document(rendered.data, "report" + rendered.suffix))
    cells = [{"cell": c.cell, "status": c.status, "value": c.value, "doubt": c.doubt} for c in report.reading.cells]
    return judge(rendered, cells)


@EXAMPLES
@given(st.sampled_from(QUICK), st.sampled_from(["", *TWISTS]), st.integers(0, 10**6))
def test_plain_text_is_read_without_a_silent_error(layout: str, twist: str, seed: int) -> None:
    found = score(f"{layout}+{twist}" if twist else layout, (), seed)
    assert found.silent == 0, found.findings


@EXAMPLES
@given(st.sampled_from(QUICK), st.sampled_from(sorted(DAMAGES)), st.integers(0, 10**6))
def test_damage_never_makes_a_silent_error(layout: str, damage: str, seed: int) -> None:
    if DAMAGES[damage].fits(LAYOUTS[layout]):
        found = score(layout, (damage,), seed)
        assert found.silent == 0, found.findings


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in ("streamed", "flattened")])
def test_undamaged_reports_are_read_and_asserted(layout: str) -> None:
    whole = Score()
    for seed in range(3):
        whole += score(layout, (), seed, style="medium")
    assert whole.silent == 0, whole.findings
    assert whole.right >= 0.995 * whole.total, whole.findings
    assert whole.asserted >= 0.99 * whole.sure


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["spaces", "tabs", "one_per_line", "markdown"]), st.permutations(range(6)), st.integers(0, 999))
def test_permuted_applicants_permute_the_cells(layout: str, order: list[int], seed: int) -> None:
    def values(permuted: bool) -> dict[str, object]:
        report = random_report(random.Random(seed), forms="2021", style="medium")
        names = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
        if permuted:
            moved = dict(report.values)
            for address in report.values:
                table, row, column = address.split("/")
                if table == "requests" and column in names:
                    source = names[order[names.index(column)]]
                    moved[address] = report.values[f"{table}/{row}/{source}"]
            report.values.update(moved)
        rendered = render(report, layout, (), seed, plain=True)
        read = read_report(open_document(rendered.data, "report.txt")).reading.cells
        return {cell.cell: (cell.status, cell.value) for cell in read if cell.cell.startswith("requests/")}

    names = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
    before, after = values(False), values(True)
    for address, found in after.items():
        table, row, column = address.split("/")
        source = names[order[names.index(column)]] if column in names else column
        assert found == before[f"{table}/{row}/{source}"]


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_damage_of_every_layout(layout: str) -> None:
    for damage in sorted(DAMAGES):
        if DAMAGES[damage].fits(LAYOUTS[layout]):
            for seed in (11, 12):
                found = score(layout, (damage,), seed)
                assert found.silent == 0, (damage, seed, found.findings)


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_look_of_every_layout(layout: str) -> None:
    for twist in sorted(TWISTS):
        found = score(f"{layout}+{twist}", (), 13)
        assert found.silent == 0, (twist, found.findings)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(QUICK), st.integers(0, 50), st.randoms(use_true_random=False))
def test_mutated_reports_are_read_without_an_exception(layout: str, seed: int, chance: random.Random) -> None:
    """A property fuzzer: bytes of a real rendering are cut, doubled, swapped and overwritten."""
    data = bytearray(render(random_report(random.Random(seed)), layout, (), seed, container="txt").data)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data))
        length = chance.randrange(1, 200)
        kind = chance.randrange(4)
        if kind == 0:
            del data[at : at + length]
        elif kind == 1:
            data[at:at] = data[at : at + length]
        elif kind == 2:
            data[at : at + 1] = bytes([chance.randrange(256)])
        else:
            data[at:at] = chance.choice([b"\n", b"\t", b"|", b" ", b"12", "总计".encode(), "（三）不予公开".encode()])
        if not data:
            return
    from orchestration.intake.document import SetAsideError

    try:
        document = open_document(bytes(data), "report.txt")
    except SetAsideError:
        return
    read_report(document)
