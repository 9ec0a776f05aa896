"""The regions with which an agency's name begins: ``河南省洛阳市西工区…``, ``恩施州…``, ``洛阳海关``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.agencies.regions import Region, Register, select

# What stands right behind a region name must not make it a part of another word: 西区街道办事处, 上海市场.
BROKEN = re.compile(
    r"(?:镇|乡|街道|苏木)(?=人民政府|政府|办|党|财政|便民|综合|社会|农业|退役|应急|$)|村(?=民委员会|民委|委会|$)"
)
MARKET = re.compile(r"场")
SUFFIX = re.compile(r"[省区县旗州盟]|市(?!场)|地区")
# A county without its suffix counts as named only before these.
COUNTY_STEM_BEFORE = re.compile(
    r"(?:国家级|省级)?(?:海关|经济|高新|经开|工业园|产业|循环经济|综合保税|临港|现代农业|空港|国际)"
)


@dataclass(frozen=True, slots=True)
class Chain:
    """What a name begins with: bearers of the first and of the last region named, where it ends, how it is written.

    ``evidence`` is name, chain, alias, former or short_form. Several members mean that the name is shared.
    """

    first: tuple[Region, ...]
    members: tuple[Region, ...]
    end: int
    evidence: str


def leading_chain(name: str, register: Register, year: int | None = None) -> Chain | None:
    """The longest chain of regions, from higher to lower, at the left of ``name``."""
    chains = list(_chains(name, 0, None, (), register, year))
    if chains:
        return max(chains, key=lambda chain: chain.end)
    return _short_form(name, register, year)


def _chains(
    name: str,
    position: int,
    above: tuple[Region, ...] | None,
    first: tuple[Region, ...],
    register: Register,
    year: int | None,
) -> Iterator[Chain]:
    for written in register.starting(name, position):
        members = _below(select(register.named(written), year), above)
        end = position + len(written)
        if not members or BROKEN.match(name, end) or (written[-1] == "市" and MARKET.match(name, end)):
            continue
        yield Chain(first or members, members, end, _evidence(written, members, above, register, year))
        yield from _chains(name, end, members, first or members, register, year)
    # 平顶山新华区: a higher region may lack its suffix where the lower one that follows belongs to it.
    for stem in register.stem_at(name, position):
        members = _below(select(register.stems[True].get(stem, ()), year), above)
        if members:
            yield from _chains(name, position + len(stem), members, first or members, register, year)


def _below(regions: tuple[Region, ...], above: tuple[Region, ...] | None) -> tuple[Region, ...]:
    if above is None:
        return regions
    codes = {region.code for region in above}
    return tuple(region for region in regions if codes.intersection(region.ancestors))


def _evidence(
    written: str, members: tuple[Region, ...], above: tuple[Region, ...] | None, register: Register, year: int | None
) -> str:
    past = [not m.holds(year) if year is not None else bool(m.valid_to) for m in members]
    if all(past):
        return "former"
    if above is not None and len(select(register.named(written), year)) > len(members):
        return "chain"
    return "alias" if written not in register.by_name else "name"


def _in_force(regions: tuple[Region, ...], year: int | None) -> tuple[Region, ...]:
    return tuple(r for r in select(regions, year) if (r.holds(year) if year is not None else not r.valid_to))


def _short_form(name: str, register: Register, year: int | None) -> Chain | None:
    for stem in register.stem_at(name, 0):
        end = len(stem)
        if end == len(name) or SUFFIX.match(name, end) or BROKEN.match(name, end):
            continue
        high, low = (_in_force(register.stems[level].get(stem, ()), year) for level in (True, False))
        provinces = [region for region in high if region.level == "province"]
        if len(provinces) == 1 == len(high):
            return Chain(high, high, end, "short_form")
        if high:
            codes = {region.code for region in high}
            apart = tuple(region for region in low if not codes.intersection(region.ancestors))
            return Chain(high + apart, high + apart, end, "short_form")
        if low and COUNTY_STEM_BEFORE.match(name, end):
            return Chain(low, low, end, "short_form")
    return None
