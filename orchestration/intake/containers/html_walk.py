"""One pass over the well-formed HTML that the parser writes: paragraphs, tables and cells, in reading order."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.intake.containers.html_grid import OpenTable, spans
from orchestration.intake.containers.joining import INVISIBLE, LOWERED, RAISED
from orchestration.intake.containers.limits import MAX_TABLE_DEPTH
from orchestration.intake.containers.tables import Item

# Elements that break the line; all others join what is around them.
BLOCKS = frozenset(
    mark + name
    for mark in ("", "/")
    for name in (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup", "dd"),
        *(
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "frameset",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav"),
        *("ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "textarea"),
        *("tfoot", "th", "thead", "tr", "ul"),
    )
)
ATTRIBUTES = r'(?: =?[^ />=]++="[^"]*+")*+'
# The commonest of the others, which go before the walk.
INLINE = re.compile(rf"</?(?:span|a|font|b|o:p|strong|u|i|em|label|img|small|big|st1:[a-z]+){ATTRIBUTES}>")
TOKEN = re.compile(rf"<(/?[a-z][^ />]*+)({ATTRIBUTES})>([^<]*)")
# A cell that holds one text, behind the "<t" of its tag; and what stands between the "<tr" and its first cell.
CELL = re.compile(rf"[dh]({ATTRIBUTES})>\s*+(?:<p{ATTRIBUTES}>)?([^<]*+)(?:</p>\s*+)?")
ROW = re.compile(rf"{ATTRIBUTES}>\s*+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
VALUE = re.compile(r'\svalue="([^"]*)"')
TYPED = re.compile(r'\stype="(?!text"|number"|tel")')
_LONGEST_KEPT = 120  # characters of a text or a cell that may come again
BREAK = "\x1e"  # stands where an inline element is shown as a block


# The parser leaves nothing between cells and rows, so only their beginnings matter.
NEEDLESS = ("</td>", "</th>", "</tr>", "</tbody>", "</thead>", "</tfoot>")
# And a paragraph ends where a cell does, and begins where one begins.
ENDED = (*((f"</p>{tag}", tag) for tag in ("<td>", "<td ", "<tr>", "<tr ")), ("<td><p>", "<td>"))


class Walk:
    """What the page holds: ``items`` in order. ``keep_lines``: line ends outside of tables are breaks."""

    def __init__(self, keep_lines: bool = False) -> None:
        self.items: list[Item] = []
        self._keep_lines = keep_lines
        self._buffer: list[str] = []
        self._sink: list[Item] = self.items
        self._tables: list[OpenTable] = []
        self._numbers = 0
        self._too_deep = 0
        self._raised: list[str] = []
        self._preformatted = 0
        self._actions = {
            "td": self._open_cell,
            "th": self._open_cell,
            "tr": self._open_row,
            "table": self._open_table,
            "/table": self._close_table,
            "caption": self._open_caption,
            "thead": lambda _: self._open_group("thead"),
            "tbody": lambda _: self._open_group("tbody"),
            "tfoot": lambda _: self._open_group("tfoot"),
            "pre": lambda _: self._preformat(1),
            "/pre": lambda _: self._preformat(-1),
            "sup": lambda _: self._raised.append("sup"),
            "sub": lambda _: self._raised.append("sub"),
            "/sup": lambda _: self._lower(),
            "/sub": lambda _: self._lower(),
            "input": self._input,
        }

    def run(self, html: str) -> None:
        """Walk the body as the parser wrote it."""
        if "<!--" in html:
            html = COMMENT.sub("", html)
        html = INLINE.sub("", html)
        for tag in NEEDLESS:
            html = html.replace(tag, "")
        for twice, once in ENDED:
            html = html.replace(twice, once)
        if "&nbsp;" in html:
            html = html.replace("&nbsp;", "\xa0")
        careful = self._keep_lines or "<pre" in html or "<sup" in html or "<sub" in html or BREAK in html
        first, *rows = (html,) if careful else html.split("<tr")
        self._take(first, careful)
        for row in rows:
            if not self._take_row(row):
                self._take(f"<tr{row}", careful)
        self._flush()

    def _take_row(self, row: str) -> bool:
        """Take a row whose cells hold one text each, as nearly all do; False for any other, behind its ``<tr``."""
        if not self._tables or self._too_deep:
            return False
        head, *parts = row.split("<t")
        cells = [_known_cell(part) if len(part) <= _LONGEST_KEPT else _cell(part) for part in parts]
        if None in cells or not cells or not _opens_row(head):
            return False
        self._flush()
        self._sink = self._tables[-1].add_row(cells)
        return True

    def _take(self, html: str, careful: bool) -> None:
        """Take the elements and texts in their order. ``careful``: raised figures, line ends or breaks may matter."""
        buffer, actions = self._buffer, self._actions
        for name, attributes, text in TOKEN.findall(html):
            if buffer and name in BLOCKS:
                self._flush()
            if name in actions:
                actions[name](attributes)
            if text:
                if careful:
                    self._text(text)
                elif not text.isspace():
                    buffer.append(text)

    def _text(self, text: str) -> None:
        """Text where raised figures, line ends or forced breaks may matter."""
        if self._raised:
            self._buffer.append(text.translate(RAISED if self._raised[-1] == "sup" else LOWERED))
            return
        lines = self._preformatted or (self._keep_lines and not self._tables)
        for number, piece in enumerate(re.split(f"[{BREAK}\n]" if lines else BREAK, text)):
            if number:
                self._flush()
            self._buffer.append(piece)

    def _open_table(self, _: str) -> None:
        if len(self._tables) >= MAX_TABLE_DEPTH:
            self._too_deep += 1
            return
        self._numbers += 1
        self._tables.append(OpenTable(self._numbers, self._sink))

    def _close_table(self, _: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        if not self._tables:
            return
        opened = self._tables.pop()
        self._sink = opened.parent
        table = opened.close()
        if self._tables and (only := table.single()) and not only.nests():
            self._sink.extend(only.items)  # a cell drawn as a table of its own
        elif table.rows:
            self._sink.append(table)

    def _open_caption(self, _: str) -> None:
        if self._tables and not self._too_deep:
            self._sink = self._tables[-1].parent

    def _open_group(self, name: str) -> None:
        if self._tables and not self._too_deep:
            self._tables[-1].open_group(name)

    def _open_row(self, _: str) -> None:
        if self._tables and not self._too_deep:
            self._tables[-1].open_row()

    def _open_cell(self, attributes: str) -> None:
        if self._tables and not self._too_deep:
            self._sink = self._tables[-1].open_cell(attributes)

    def _preformat(self, step: int) -> None:
        self._preformatted = max(0, self._preformatted + step)

    def _lower(self) -> None:
        if self._raised:
            self._raised.pop()

    def _input(self, attributes: str) -> None:
        if not TYPED.search(attributes) and (value := VALUE.search(attributes)):
            self._buffer.append(value[1])

    def _flush(self) -> None:
        """End the paragraph."""
        buffer = self._buffer
        if not buffer:
            return
        text = buffer[0] if len(buffer) == 1 else "".join(buffer)
        buffer.clear()
        if self._preformatted or (self._keep_lines and not self._tables):
            text = _plain(text).rstrip().replace("\xa0", " ")
        else:
            text = _short_line(text) if len(text) <= _LONGEST_KEPT else _one_line(text)
        if text:
            self._sink.append(text)


def _plain(text: str) -> str:
    """Text without invisible characters and entities."""
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return text


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _cell(part: str) -> tuple[str, int, int] | None:
    """The text of a cell that holds nothing else, and the columns and rows that it covers."""
    found = CELL.fullmatch(part)
    return (_one_line(found[2]), *spans(found[1])) if found else None


# Labels and zeros come again in all reports, and with them the styles of their cells.
_known_cell = lru_cache(maxsize=32768)(_cell)
_short_line = lru_cache(maxsize=16384)(_one_line)


@lru_cache(maxsize=1024)
def _opens_row(head: str) -> bool:
    return ROW.fullmatch(head) is not None
