"""The registries and ``render``: a report, a layout, damages and a seed make the bytes of a file and its truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from tests.rendering import looks, scripts
from tests.rendering.damages import DAMAGES
from tests.rendering.layouts import CONTAINERS, LAYOUTS, Container, Layout
from tests.rendering.model import Report, random_report
from tests.rendering.plan import Plan, build
from tests.rendering.truth import Expected, Score, judge, truth_of

TWISTS = looks.TWISTS
__all__ = ["CONTAINERS", "DAMAGES", "LAYOUTS", "TWISTS", "Rendered", "Score", "corpus", "judge", "render"]


@dataclass
class Rendered:
    """The bytes of a file, and what stands in it. ``notes`` are the choices made: layout, container, look, damages."""

    data: bytes
    suffix: str
    report: Report
    plan: Plan
    layout: Layout
    notes: dict
    text: str = ""

    @cached_property
    def truth(self) -> dict[str, Expected]:
        """By cell address, what a reader should find."""
        return truth_of(self.plan, self.layout)


def render(
    report: Report,
    layout: str = "spaces",
    damage: Iterable[str] = (),
    seed: int = 0,
    container: str | None = None,
    plain: bool = False,
) -> Rendered:
    """Render ``report``; ``layout`` is a name of LAYOUTS with twists after "+", as in ``spaces+kangxi+footers``.

    The seed draws a look (headings, brackets, title, page numbers …) unless ``plain``. Raises KeyError for unknown
    names, ValueError for a damage or container that does not fit the layout.
    """
    name, *twists = layout.split("+")
    chosen = LAYOUTS[name]
    damage = tuple(damage)
    rng = Random(f"{seed}/{layout}/{'+'.join(damage)}/{container}")
    look = looks.Look() if plain else looks.draw(rng)
    if chosen.family != "text":
        look.footers = look.footers if chosen.family == "pdf" else ""
    for twist in twists:
        TWISTS[twist](look, rng)
    holder = CONTAINERS[container] if container else chosen.containers(rng, plain)
    if holder.family != chosen.family:
        raise ValueError(f"{name} cannot be put into {holder.name}")
    plan = build(report, look, rng)
    for one in damage:
        if not DAMAGES[one].fits(chosen):
            raise ValueError(f"{one} cannot happen in {name}")
        plan.damages.append(one)
    if chosen.values_first:
        _fill_blanks(plan)
    for one in damage:
        DAMAGES[one].apply(plan, rng, chosen)
    if chosen.family == "pdf":
        _keep_places(plan)
    data, text = _draw(plan, chosen, holder, rng)
    notes = {"layout": layout, "container": holder.name, "damage": list(damage), "seed": seed, "look": look.record()}
    return Rendered(data, holder.suffix, report, plan, chosen, notes, text)


def _fill_blanks(plan: Plan) -> None:
    """Print zeros for blanks: where values stand before labels, an empty row could not be told from another order."""
    for table in plan.tables.values():
        for row in table.rows:
            for value in row.values:
                if value.state == "blank":
                    value.number, value.text, value.state = 0, "0", "ok"


def _keep_places(plan: Plan) -> None:
    """On a page, a number that is lost leaves its cell empty; the others do not move."""
    for table in plan.tables.values():
        for row in table.rows:
            for value in row.values:
                if value.state == "gone":
                    value.number, value.state = None, "blank"


def _draw(plan: Plan, layout: Layout, holder: Container, rng: Random) -> tuple[bytes, str]:
    look = plan.look
    radicals = scripts.kangxi(rng) if look.script == "kangxi" else {}

    def finish(text: str) -> str:
        if look.script == "kangxi":
            text = text.translate(radicals)
        elif look.script == "traditional":
            text = scripts.traditional(text)
        return text.translate(scripts.WIDE_DIGITS) if look.wide_digits else text

    if layout.family == "text":
        text = finish(layout.draw(plan, rng))
        return holder.encode(text.replace("\n", "\r\n") if look.crlf else text), text
    drawn = layout.draw(plan, rng, finish)
    if isinstance(drawn, bytes):
        return drawn, ""
    return holder.encode(drawn), drawn


MIXED = (
    *("spaces", "wrapped_after", "wrapped_between", "wrapped_last", "aligned"),
    *("tabs", "tabs_lost", "markdown", "one_per_line", "pipe_trailing"),
)


def corpus(
    n: int,
    seed: int = 0,
    layouts: Iterable[str] = MIXED,
    damage_share: float = 0.0,
    twist_share: float = 0.1,
    style: str | None = None,
) -> Iterator[Rendered]:
    """``n`` plain-text reports in mixed layouts, UTF-8; ``damage_share`` of them with one damage."""
    names = list(layouts)
    twists = [twist for twist in TWISTS if twist != "traditional"]
    for number in range(n):
        rng = Random(f"corpus/{seed}/{number}")
        report = random_report(rng, style=style)
        layout = rng.choice(names)
        if rng.random() < twist_share:
            layout += "+" + rng.choice(twists)
        fitting = [one.name for one in DAMAGES.values() if one.fits(LAYOUTS[layout.split("+")[0]])]
        damage = (rng.choice(fitting),) if rng.random() < damage_share else ()
        yield render(report, layout, damage, seed + number, "txt")
