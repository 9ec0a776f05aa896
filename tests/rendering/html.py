"""Reports as web pages: proper tables, and the ways in which editors and Word exports spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from tests.rendering.document import compose, metadata
from tests.rendering.grids import Cell, Grid, grids
from tests.rendering.plan import RESULTS, Plan

CHARSET = "@charset@"
HEADINGS = ("<h2>{}</h2>", "<p><strong>{}</strong></p>", "<p>{}<br></p>", "<div><b>{}</b></div>")
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


@dataclass(frozen=True, slots=True)
class Dress:
    """How a page writes its cells."""

    spans: bool = False  # a span a digit
    characters: bool = False  # a paragraph a character in headers
    word: bool = False  # as Word exports
    nested: bool = False  # tables for the page's own layout
    shifted: bool = False  # the header stands a column off
    doubled: bool = False  # colspan=2 in every data cell of one column
    split: bool = False  # a table a section
    unclosed: bool = False  # no end tags
    empty_rows: bool = False  # rows without cells, rows of empty cells


def html_drawer(dress: Dress) -> Callable:
    """A layout's ``draw`` for a dress."""

    def draw(plan: Plan, rng: Random, finish: Callable[[str], str]) -> str:
        return _Page(plan, rng, finish, dress).write()

    return draw


class _Page:
    def __init__(self, plan: Plan, rng: Random, finish: Callable, dress: Dress) -> None:
        self.plan, self.rng, self.finish, self.dress = plan, rng, finish, dress
        self.upper = dress.word and rng.random() < 0.3
        self.blank = rng.choice(("", "&nbsp;", " ", "<br>", "&nbsp;&nbsp;", "<p>&nbsp;</p>"))
        if dress.split:
            plan.look.section_split = plan.look.dispute_split = True

    def text(self, text: str) -> str:
        return escape(self.finish(text), quote=False)

    def write(self) -> str:
        plan, rng = self.plan, self.rng
        body: list[str] = []
        for part in compose(plan, rng):
            if part.kind == "table":
                body += [self.table(grid) for grid in grids(part.table, plan.look, rng)]
            elif part.kind == "metadata":
                body.append(self.metadata())
            elif part.kind == "image":
                body.append(f'<p style="text-align:center"><img src="{PIXEL}" width="640" height="480" alt=""></p>')
            else:
                body.append(self.line(part.kind, part.text))
        inside = "\n".join(body)
        if self.dress.nested:
            inner = f"<table><tr><td>\n{inside}\n</td></tr></table>"
            inside = f'<table width="98%"><tr><td class="left">&nbsp;</td><td>{inner}</td></tr></table>'
        return self.page(inside)

    def page(self, inside: str) -> str:
        name = self.text(self.plan.agency)
        doctype = self.rng.choice(("<!DOCTYPE html>\n", "", '<?xml version="1.0"?>\n<!DOCTYPE html>\n'))
        xmlns = ' xmlns:o="urn:schemas-microsoft-com:office:office"' if self.dress.word else ""
        return (
            f"{doctype}<html{xmlns}><head>{CHARSET}<title>{name}_政府信息公开</title>\n"
            "<style>td{width:72px;height:20px} .c7{margin:0 0 3px 12px}</style>\n"
            "<script>var docId=20230131, hits=4521;if(docId<3&&hits>1){document.write('<td>9</td>')}</script></head>\n"
            '<body><div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 信息公开年报</div>\n'
            f'<div id="content">\n{inside}\n</div>\n<!-- 0 0 0 -->\n'
            '<div class="foot">主办：办公室　备案号：豫ICP备05012345号-1　网站标识码 4103030002　【打印】</div>\n'
            "</body></html>\n"
        )

    def line(self, kind: str, text: str) -> str:
        text = self.text(text)
        if self.dress.word:
            return f"<p class=MsoNormal style='text-indent:32.0pt'><span>{text}<o:p></o:p></span></p>"
        if kind == "title":
            return f'<h1 style="text-align:center">{text}</h1>'
        if kind == "heading":
            return self.rng.choice(HEADINGS).format(text)
        return f"<p>　　{text}</p>"

    def metadata(self) -> str:
        pairs = metadata(self.plan, self.rng)
        rows = "".join(
            f"<tr><td><b>{self.text(a)}：</b></td><td>{self.text(b)}</td><td>{self.text(c)}</td><td>{self.text(d)}</td></tr>"
            for (a, b), (c, d) in zip(pairs[::2], pairs[1::2], strict=True)
        )
        return f'<table class="meta">{rows}</table>'

    def table(self, grid: Grid) -> str:
        rows, dress = [], self.dress
        most = max(sum(cell.kind == "value" for cell in row) for row in grid.rows)
        doubled = self.rng.randrange(most) if dress.doubled and most > 1 else -1
        shift = self.rng.choice(("span", "row")) if dress.shifted and grid.head == 3 else ""
        for number, row in enumerate(grid.rows):
            cells, values = [], 0
            for place, cell in enumerate(row):
                across, down = cell.column_span, cell.row_span
                if cell.kind == "value":
                    across += values == doubled
                    values += 1
                if shift and number == 0 and place == 0:
                    across, down = (across - 1 or 2, down) if shift == "span" else (across, down - 1)
                cells.append(self.cell(cell, across, down, number < grid.head))
            end = "" if dress.unclosed else "</tr>"
            rows.append(f"<tr>{''.join(cells)}{end}")
            if dress.empty_rows and number >= grid.head and self.rng.random() < 0.1:
                empty = f"<tr>{'<td></td>' * grid.width}</tr>"
                rows.append(self.rng.choice(("<tr></tr>", empty, "<tr><td></td></tr>")))
        title = self.line("paragraph", grid.title) if grid.title and self.plan.look.group_tables else ""
        inner = "\n".join(rows)
        if self.rng.random() < 0.6:
            inner = f"<tbody>\n{inner}\n</tbody>"
        if dress.word:
            groups = "".join(f"<col width={60 + n}>" for n in range(grid.width))
            return f"{title}<table class=MsoTable15Grid4 border=1 cellspacing=0 cellpadding=0>{groups}{inner}</table>"
        return f'{title}<table border="1">\n{inner}\n</table>'

    def cell(self, cell: Cell, across: int, down: int, head: bool) -> str:
        dress, tag = self.dress, "th" if head and self.plan.look.heading_mark else "td"
        name = tag.upper() if self.upper else tag
        quote = "" if dress.word else '"'
        spans = f" colspan={quote}{across}{quote}" if across > 1 else ""
        spans += f" rowspan={quote}{down}{quote}" if down > 1 else ""
        if dress.word:
            spans += " width=60 style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'"
        end = "" if dress.unclosed else f"</{name}>"
        return f"<{name}{spans}>{self.content(cell)}{end}"

    def content(self, cell: Cell) -> str:
        dress, text = self.dress, cell.text
        if not text:
            return self.blank
        if dress.characters and ((cell.kind == "head" and len(text) < 9) or text == RESULTS):
            return "".join(f"<p>{self.text(c)}</p>" for c in text if c.strip())
        if dress.spans:
            if cell.kind == "value":
                return "<p>" + "".join(f"<span>{self.text(c)}</span>" for c in text) + "</p>"
            cut = len(text) // 2
            return f"<p><span>{self.text(text[:cut])}</span><span lang=EN-US>{self.text(text[cut:])}</span></p>"
        if dress.word:
            if len(text) > 12 and cell.kind == "label":
                text = text[:8] + "\n" + text[8:]
            return f"<p class=MsoNormal align=center><span lang=EN-US>{self.text(text)}</span><o:p></o:p></p>"
        text = self.text(text)
        if self.plan.look.indent and cell.kind == "value":
            return f"&nbsp;{text}&nbsp;" if self.plan.look.hard_wrap else f"\n  {text}\n"
        return text


DRESSES = {
    "html": Dress(),
    "html_spans": Dress(spans=True),
    "html_characters": Dress(characters=True),
    "html_word": Dress(word=True),
    "html_nested": Dress(nested=True),
    "html_shifted": Dress(shifted=True),
    "html_doubled": Dress(doubled=True),
    "html_sections": Dress(split=True),
    "html_unclosed": Dress(unclosed=True),
    "html_empty_rows": Dress(empty_rows=True),
}


def lines_drawer(drawer: Callable) -> Callable:
    """A page whose lines are those of a plain text, each a paragraph or parted by <br>."""

    def draw(plan: Plan, rng: Random, finish: Callable[[str], str]) -> str:
        page = _Page(plan, rng, finish, Dress())
        lines = [page.text(line).replace(" ", rng.choice((" ", "&nbsp;"))) for line in drawer(plan, rng).split("\n")]
        if rng.random() < 0.5:
            return page.page("\n".join(f"<p>{line}</p>" for line in lines if line.strip()))
        return page.page("<p>" + "<br>\n".join(lines) + "</p>")

    return draw


def encoder(label: str, codec: str, mark: bytes = b"", equiv: bool = False) -> Callable[[str], bytes]:
    """Bytes of a page that declares ``label`` (or nothing) and is written in ``codec``."""
    tag = f'<meta charset="{label}">' if label else ""
    if equiv:
        tag = f'<META http-equiv=Content-Type content="text/html; charset={label}">'
    return lambda text: mark + text.replace(CHARSET, tag).encode(codec)
