"""From an agency's name to its region, level and organ type, with the evidence.

How a shared name (新华区 of three cities) is settled, in this order: the manifest; the chain in the name itself; the
year, where only one bearer had the name then; the text, where it mentions the region right above one bearer and above
no other, or failing that a higher one (for a name without its suffix, first the bearer itself in full). Otherwise the
region stays open and all bearers are listed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from orchestration.agencies.chains import Chain, leading_chain
from orchestration.agencies.organs import national_organ, organ_type, place
from orchestration.agencies.regions import Region, Register, register, select

STATE = "中华人民共和国"
LONGEST = 200  # no agency has a longer name; what is longer is cut in its middle, to bound the work
OWN_OFFICES = {"办公厅": "office"}


@dataclass(frozen=True, slots=True)
class Identification:
    """What a name means. ``region_code`` is of GB/T 2260 or None, ``region_name`` its official name.

    ``region_evidence`` is a code of ``region_evidence.csv``, None where the name holds no region. Candidates are codes,
    filled only where the region stays open. ``level`` is nation, province, prefecture, county, township or None.
    ``organ_type`` is a code of ``organ_types.csv``, None without a name.
    """

    region_code: str | None = None
    region_name: str | None = None
    region_evidence: str | None = None
    region_candidates: tuple[str, ...] = ()
    level: str | None = None
    organ_type: str | None = None


def identify(
    name: str | None,
    name_in_title: str | None = None,
    text_regions: Sequence[str] = (),
    override: Mapping[str, str | None] | None = None,
    year: int | None = None,
) -> Identification:
    """Region, level and organ type of an agency; never raises for what a name holds.

    ``name_in_title`` is used where ``name`` is missing. ``text_regions`` are region names that the text mentions
    (``regions_in``). ``override`` may hold ``agency`` and ``region`` (a code or an official name) from the manifest.
    ``year`` is that of the report: names that only held in other years are considered last.
    """
    known = register()
    given = override or {}
    name = _folded(given.get("agency") or name or name_in_title or "")
    found = _named(name, text_regions, known, year) if name else Identification()
    region = _stated(given.get("region"), known, year)
    if region is None:
        return found
    level = "township" if found.level == "township" else region.level
    return replace(
        found,
        region_code=region.code,
        region_name=region.name,
        region_evidence="manifest",
        region_candidates=(),
        level=level,
    )


def _folded(name: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", name).split())
    return name if len(name) <= LONGEST else name[: LONGEST // 2] + name[-LONGEST // 2 :]


def _named(name: str, text_regions: Sequence[str], known: Register, year: int | None) -> Identification:
    name = name.removeprefix(STATE)
    chain = leading_chain(name, known, year)
    organ = None if chain else national_organ(name)
    if organ:
        rest = name[len(organ[0]) :].removeprefix("驻")
        chain = leading_chain(rest, known, year)
        if chain:
            return replace(_within(chain, rest, text_regions, known), organ_type="vertical")
        if organ_type(rest) == "vertical":  # 国家税务总局某某税务局: a local organ of a place that is not known
            return Identification(organ_type="vertical")
        if not rest.startswith("门"):  # 教育部门 is no ministry
            return Identification(level="nation", organ_type=OWN_OFFICES.get(rest, organ[1]))
    if chain is None:
        township = place(name) == "township"
        return Identification(level="township" if township else None, organ_type=organ_type(name))
    return _within(chain, name, text_regions, known)


def _within(chain: Chain, name: str, text_regions: Sequence[str], known: Register) -> Identification:
    """The identification of a name that begins with ``chain``."""
    rest = name[chain.end :]
    spot = place(rest)
    kind = organ_type(rest) if rest else "government"
    region, evidence = _settled(chain, text_regions, known)
    levels = {member.level for member in chain.members}
    level = region.level if region else levels.pop() if len(levels) == 1 else None
    if spot == "township":
        level = "township"
    elif spot == "unlisted" and level in ("province", "prefecture"):
        level = "county"
    if region is None:
        codes = tuple(sorted({member.code for member in chain.members}))
        return Identification(None, None, "ambiguous", codes, level, kind)
    if evidence != "text" and (spot in ("zone", "unlisted") or kind == "zone_committee"):
        evidence = "zone"
    return Identification(region.code, region.name, evidence, (), level, kind)


def _settled(chain: Chain, text_regions: Sequence[str], known: Register) -> tuple[Region | None, str]:
    """The one region that the chain means, with the evidence, or None."""
    if len({member.code for member in chain.members}) == 1:
        return chain.members[-1], chain.evidence
    mentioned = {region.code for name in text_regions for region in known.named(_folded(name))}
    tiers = [lambda region: region.ancestors[:1], lambda region: region.ancestors]
    if chain.evidence == "short_form":  # 西安 for 西安市 or 西安区: the text may write it in full
        tiers.insert(0, lambda region: (region.code,))
    for tier in tiers:
        backed = [member for member in chain.members if mentioned.intersection(tier(member))]
        if len(backed) == 1:
            return backed[0], "text"
        if backed:
            return None, "ambiguous"
    return None, "ambiguous"


def _stated(region: str | None, known: Register, year: int | None) -> Region | None:
    """The region that a manifest states by code or name, or None where it is unknown or shared."""
    if not region:
        return None
    region = _folded(region)
    if region in known.by_code:
        return next(iter(select(known.by_code[region], year)), None) or known.current(region)
    chain = leading_chain(region, known, year)
    if chain is None or chain.end < len(region) or len({member.code for member in chain.members}) > 1:
        return None
    return chain.members[0]
