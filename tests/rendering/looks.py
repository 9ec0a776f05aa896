"""The look of one report: how its agency words, numbers and places things. Nothing here changes what a cell says."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FOOTERS = ("- {n} -", "— {n} —", "-{n}-", "第 {n} 页", "第{n}页 共9页", "—{n}—", "－ {n} －", "· {n} ·")


@dataclass(slots=True)
class Look:
    """Each attribute is one choice; ``twist`` names of the registry force some of them."""

    brackets: str = "full"  # full, half, half_space
    item_mark: str = "."  # . 、 ．
    article: str = "official"  # official, half, spaced
    spaced: bool = False  # 规 章, 总 计
    header: str = "official"  # official, cut, year
    unit_note: str = "official"  # official, short, none
    aliases: bool = False
    group_place: str = "above"  # above, inline, middle, split
    vertical: str = ""  # block, mixed: 三、本年度办理结果 one character a line
    results_twice: bool = False
    heading_mark: str = ""
    sections: str = "normal"  # normal, renumbered, twice, half, listed
    title: str = "first"  # first, after_heading
    title_split: bool = False
    title_region: bool = True
    title_degree: bool = False  # 2022年度
    blank_lines: bool = True
    indent: str = ""
    hard_wrap: int = 0
    footers: str = ""
    header_repeated: bool = False
    metadata: bool = False
    dispute_split: bool = False
    section_split: bool = True  # each article of the disclosure table a table of its own
    group_tables: str = ""  # numbered, wrong, unnamed: each group of outcomes a table of its own
    script: str = ""  # kangxi, traditional
    wide_digits: bool = False
    thousands: bool = False
    units: bool = False
    signs: bool = False
    notes: bool = False
    table_note: bool = False
    crlf: bool = False

    def record(self) -> dict:
        """The choices that differ from the plainest look."""
        return {key: getattr(self, key) for key in Look.__slots__ if getattr(self, key) != getattr(_PLAIN, key)}


_PLAIN = Look()


def draw(rng: Random) -> Look:
    """A look as reports have it, without the rarer twists."""
    pick = rng.choice
    return Look(
        brackets=pick(("full", "full", "full", "half", "half_space")),
        item_mark=pick((".", ".", ".", ".", "、", "．")),
        article=pick(("official", "official", "official", "half", "spaced")),
        spaced=rng.random() < 0.1,
        unit_note=pick(("official", "official", "official", "short", "none")),
        group_place=pick(("above", "above", "inline", "middle", "split")),
        heading_mark=pick(("", "", "", "## ", "#### ", "**")),
        sections=pick(("normal",) * 9 + ("half",)),
        title=pick(("first", "first", "after_heading")),
        title_split=rng.random() < 0.15,
        title_region=rng.random() > 0.1,
        title_degree=rng.random() < 0.3,
        blank_lines=rng.random() < 0.7,
        indent=pick(("", "", "　　", "    ")),
        hard_wrap=pick((0, 0, 0, 40, 66)),
        footers=pick(FOOTERS) if rng.random() < 0.12 else "",
        header_repeated=rng.random() < 0.5,
        metadata=rng.random() < 0.08,
        dispute_split=rng.random() < 0.06,
        section_split=rng.random() < 0.5,
        signs=rng.random() < 0.2,
        crlf=rng.random() < 0.15,
    )


def _footers(look: Look, rng: Random) -> None:
    look.footers = rng.choice(FOOTERS)


def _header_repeated(look: Look, rng: Random) -> None:
    look.footers, look.header_repeated = rng.choice(FOOTERS), True


def _set(**choices) -> object:
    def apply(look: Look, rng: Random) -> None:
        for key, value in choices.items():
            setattr(look, key, rng.choice(value) if isinstance(value, tuple) else value)

    return apply


TWISTS = {
    "half_brackets": _set(brackets=("half", "half_space")),
    "full_brackets": _set(brackets="full"),
    "enumeration_comma": _set(item_mark="、"),
    "full_stop_mark": _set(item_mark="．"),
    "article_half": _set(article=("half", "spaced")),
    "spaced_labels": _set(spaced=True),
    "cut_headers": _set(header="cut"),
    "year_in_header": _set(header="year"),
    "no_unit": _set(unit_note=("short", "none")),
    "aliases": _set(aliases=True),
    "groups_inline": _set(group_place="inline"),
    "groups_middle": _set(group_place="middle"),
    "groups_split": _set(group_place="split"),
    "vertical": _set(vertical="block"),
    "vertical_mixed": _set(vertical="mixed"),
    "results_twice": _set(results_twice=True),
    "headings_marked": _set(heading_mark=("# ", "## ", "### ", "#### ", "**")),
    "sections_renumbered": _set(sections="renumbered"),
    "sections_twice": _set(sections="twice"),
    "sections_listed": _set(sections="listed"),
    "title_after_heading": _set(title="after_heading"),
    "title_split": _set(title_split=True),
    "title_without_region": _set(title_region=False),
    "hard_wrap": _set(hard_wrap=(28, 40, 66)),
    "footers": _footers,
    "header_repeated": _header_repeated,
    "metadata": _set(metadata=True),
    "dispute_blocks": _set(dispute_split=True),
    "section_tables": _set(section_split=True),
    "one_disclosure_table": _set(section_split=False),
    "group_tables_numbered": _set(group_tables="numbered"),
    "group_tables_wrong": _set(group_tables="wrong"),
    "group_tables_unnamed": _set(group_tables="unnamed"),
    "kangxi": _set(script="kangxi"),
    "traditional": _set(script="traditional"),
    "wide_digits": _set(wide_digits=True),
    "thousands": _set(thousands=True),
    "units": _set(units=True),
    "signs": _set(signs=True),
    "notes": _set(notes=True),
    "table_note": _set(table_note=True),
    "crlf": _set(crlf=True),
}
"""Named variations that fit every layout: ``render(report, "spaces+kangxi+footers")``."""
