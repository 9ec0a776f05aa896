"""One spelling for one character: radicals, width and Traditional forms, for labels and names, never for numbers.

NFKC turns a footnote mark into a digit (12① into 121), so numbers are parsed from text in which only full-width
forms were folded: see ``numbers``.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from importlib import resources

# CJK Radicals Supplement, which NFKC leaves: Unicode 14, EquivalentUnifiedIdeograph.txt.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
RADICALS = str.maketrans(_RADICALS, _IDEOGRAPHS)
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_RARE = 0x10000
_LONGEST_KEPT = 64  # characters of a text that may come again
_NOT_WORD = re.compile(r"[\W_]+")
# How a character is said, as sites print it behind some that they have put into Traditional form: 規(guī)章, 鄉(xiāng).
SPOKEN = r"\([a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}\)"
_SPOKEN = re.compile(rf"(?<=[\u3400-\u9fff]){SPOKEN}")
# Marks that no label keeps, in whatever form: without them most text is in normal form, and need not be brought to it.
_MARKS = re.compile(r"[\s，。、；：？！“”‘’《》（）【】,.;:()/|%-]+")


@lru_cache(maxsize=2)
def simplified(all_forms: bool = False) -> dict[int, str]:
    """Traditional to simplified, character by character (OpenCC's TSCharacters).

    A form that simplified print also uses (於, 乾) stays as it is, as names need, unless ``all_forms``, as labels need.
    """
    table = {ord("它"): "他"} if all_forms else {}  # 其它 for 其他
    lines = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        old, _, new = line.partition("\t")
        if len(old) == 1 and (all_forms or old not in new.split()):
            table[ord(old)] = new.split()[0]
    return table


def without_sounds(text: str) -> str:
    """Text without what tells how the character before it is said."""
    return _SPOKEN.sub("", text) if "(" in text else text


def plain(text: str) -> str:
    """Text with radicals and compatibility forms replaced, but for the brackets of names; the length may change.

    A radical stands for the simplified character (戶 from ⼾ becomes 户), since only simplified print is damaged so.
    """
    return "（".join("）".join(map(_folded, part.split("）"))) for part in text.split("（"))


def _folded(text: str) -> str:
    text = _RADICAL.sub(
        lambda found: unicodedata.normalize("NFKC", found[0].translate(RADICALS)).translate(simplified()), text
    )
    return unicodedata.normalize("NFKC", text)


def key(text: str) -> str:
    """What of a label can be compared: simplified word characters and digits, no space, punctuation or bracket."""
    return _short_key(text) if len(text) <= _LONGEST_KEPT else _key(text)


@lru_cache(maxsize=65536)
def _short_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub("", text).lower()
    text = without_sounds(text)
    bare = _MARKS.sub("", text)
    if _RADICAL.search(bare) or not unicodedata.is_normalized("NFKC", bare):
        bare = _folded(text)
    if _all_forms().search(bare):
        bare = bare.translate(simplified(all_forms=True))
    return _NOT_WORD.sub("", bare).lower()


@lru_cache(maxsize=1)
def _all_forms() -> re.Pattern:
    """The characters that may have another form; of rare ones, which a pattern looks up one by one, simply all."""
    common = [chr(code) for code in simplified(all_forms=True) if code < _RARE]
    return re.compile(f"[{''.join(common)}{chr(_RARE)}-{chr(sys.maxunicode)}]")


def is_traditional(text: str) -> bool:
    """Whether the text is written in Traditional characters: at least one in fifty is a form that simplified lacks."""
    found = [character for character in set(text) if character > "\u3400" and ord(character) in simplified()]
    count = sum(map(text.count, found))
    return bool(count) and 50 * count >= max(sum(character > "\u3400" for character in text), 50)


def simplify(text: str, traditional: bool) -> str:
    """``plain`` text, and in simplified characters where the whole text around it is Traditional."""
    text = plain(without_sounds(text))
    return text.translate(simplified()) if traditional else text
