"""Numbers that the prose of a report claims, each with its sentence and what it counts; no table is looked at.

Belongs here: which sentence claims which number of what, how sure that is. Does not belong here: any wording or
meaning of its own (``form.claims`` reads them from the seeds), and what the tables say (``editing.claims``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.reading.prose.context import OWN, TOPICS, Context, is_part, scope_at, scope_behind
from orchestration.reading.prose.matching import GAPS, Match, matches
from orchestration.reading.prose.sentences import Sentence, sentences
from orchestration.reading.prose.tokens import BREAK, NUMBER, PERCENT, UNKNOWN, Token, clean, tokenise

MAX_CHARACTERS = 200_000  # of sentences looked into; a report has a few thousand
# What a paragraph must hold to be split, and a sentence to be looked into; cheap, and generous to damaged characters.
_WANTED = re.compile(
    "申请|申請|复议|複議|復議|诉讼|訴訟|起诉|起訴|规章|規章|规范性|規範性|许可|許可|处罚|處罰|强制|強制"
    "|收费|收費|理费|理費|结转|結轉"
)
_COUNTED = re.compile(
    r"[\d０-９一二两三四五六七八九十百千万⼀⼆⼋⼗][万亿余多]*\s*[件条份宗起例项个封笔部篇条條項個筆萬元亿]"
    r"|[为是：:共计為計]\s*[\d０-９]|[％%]|零起"
)
_DENIED = re.compile("[未无⽆無没沒]|不存在|不涉及")
_ABOUT = re.compile(
    "(?P<requests>申请公开|公开的?申请|依申请|申請公開|公開的?申請)|信箱|热线|留言|咨询|信访|投诉|建议|提案"
)
# Scopes under which an equal number is still agreement; under the others nothing is judged.
_MAY_AGREE = ("whole", "named", "year_unknown")
_DISPUTES = ("reconsideration", "litigation")
_NOUNS = (*_DISPUTES, "litigation_direct", "litigation_after", "fee", "normative", "rules", "in_force")
_OUTCOMES = ("granted", "partial", "denied", "unable", "not_processed", "closed")
_FLOWS = ("received", "handled", "processed")
_PARTS_OF_ALL = ("received_new", "processed")  # a part of a count that may be the whole of a row


@dataclass(frozen=True, slots=True)
class Claim:
    """A number claimed in prose.

    ``sentence`` as printed and ``line`` of the number (from 1); ``value`` in the unit of the cell (fees: 万元), rounded
    to within ``half``; ``phrase`` and the meanings are those of claim_phrases.csv; ``scope`` is own or a code of
    claim_reasons.csv. ``certainty``: certain (may agree or conflict), loose (may agree) or open (is not judged);
    ``reason`` says why it is not certain. ``paragraph`` counts those of the text.
    """

    sentence: str
    line: int
    value: Decimal
    phrase: str
    meanings: tuple[str, ...]
    excuses: tuple[str, ...]
    scope: str = OWN
    certainty: str = "certain"
    reason: str | None = None
    half: Decimal = Decimal(0)
    paragraph: int = 0


def extract_claims(
    lines: Sequence[str],
    tables: Iterable[tuple[int | None, int | None]] = (),
    year: int | None = None,
    agency: str | None = None,
) -> tuple[Claim, ...]:
    """The claims in the prose of a report, in the order of its text; never raises for what the text holds.

    ``tables`` are first and last lines (from 1, inclusive) of what is no prose; ``year`` that of the report;
    ``agency`` its name as the title prints it, without which a sentence that names a body is at most loose.
    Looks into the first ``MAX_CHARACTERS`` characters of sentences that can hold a claim.
    """
    found: list[Claim] = []
    context = Context()
    left = MAX_CHARACTERS
    for sentence in sentences(lines, tables, _WANTED):
        if left < 0:
            break
        context.enter(sentence.paragraph, _heading_topic(sentence.heading))
        text = sentence.text
        if _COUNTED.search(text) or (_DENIED.search(text) and _WANTED.search(text)):
            left -= len(text)
            found += _of_sentence(sentence, context, year, agency)
        else:
            context.mention(["requests" if about["requests"] else "other" for about in _ABOUT.finditer(text)])
    return tuple(found)


def _heading_topic(heading: str) -> str:
    return "requests" if re.search(r"申\s*请|申請", heading) else ""


def _of_sentence(sentence: Sentence, context: Context, year: int | None, agency: str | None) -> Iterator[Claim]:
    text, places = clean(sentence.text)
    tokens = tokenise(text, year)
    topics = [TOPICS.get(token.kind, "") for token in tokens]
    found: list[tuple[Match, bool]] = []
    for candidates in matches(tokens):
        fitting = ((match, _on_topic(match, tokens, topics, context)) for match in candidates)
        found += [pair for pair in fitting if pair[1] is not None][:1]
    used = {n for match, _ in found for n in range(match.first, match.last)}
    inherited = context.scope
    for match, on_topic in found:
        scope = scope_behind(tokens, text, match.last) or scope_at(tokens, text, match.first, used, agency, inherited)
        claim = _claim(match, on_topic, tokens, text, scope)
        offset = places[tokens[match.first if match.number is None else match.number].start]
        yield Claim(sentence.text, sentence.line_at(offset), *claim, sentence.paragraph)
        yield from _share(sentence, places, tokens, match, scope)
        context.scope = scope
    context.mention([topic for topic in topics if topic])


def _claim(match: Match, on_topic: bool, tokens: Sequence[Token], text: str, scope: str) -> tuple:
    """The fields of a claim after ``line``."""
    phrase = match.phrase
    number = None if match.number is None else tokens[match.number]
    certainty, reason = "certain", None
    part = is_part(tokens, text, match.first)
    if not on_topic:
        certainty, reason = "loose", "topic"
    if _qualified(match, tokens) or _less(match, tokens):
        certainty, reason = "loose", "wording"
    if phrase.certainty == "loose" or (phrase.certainty == "inside" and not part):
        certainty, reason = "loose", "wording"
    if part and phrase.phrase.startswith(_FLOWS) and phrase.certainty != "inside":
        certainty, reason = ("loose" if phrase.phrase.startswith(_PARTS_OF_ALL) else "open"), "inside"
    if number is not None and number.kind == NUMBER and number.half:
        certainty, reason = "loose", "approximate"
    if scope != OWN:
        certainty, reason = ("loose" if scope in _MAY_AGREE and certainty != "open" else "open"), scope
    if number is not None and number.doubt:
        certainty, reason = "open", number.doubt
    value = Decimal(0) if number is None else number.value
    half = Decimal(0) if number is None else number.half
    meanings = tuple(phrase.meanings.split()), tuple(phrase.excuses.split())
    return value, phrase.phrase, *meanings, scope, certainty, reason, half


def _qualified(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether unknown words before a noun or an outcome may narrow it (涉企行政事业性收费, 征地类不予公开)."""
    if tokens[match.first].kind.split(".")[0] not in (*_NOUNS, *_OUTCOMES):
        return False
    before = next((token.kind for token in reversed(tokens[: match.first]) if token.kind not in GAPS), "")
    return before == UNKNOWN


def _less(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the sentence leaves something out of what it counts (不含…), or counts other answers apart (延期…4件)."""
    if any(token.kind == "exclude" for token in tokens):
        return True
    if not match.phrase.phrase.startswith(("handled", "processed")):
        return False
    aside = counted = False
    for token in tokens:
        aside, counted = (False, False) if token.kind == BREAK else (aside or token.kind == "transfer", counted)
        counted |= token.kind == NUMBER
        if aside and counted:
            return True
    return False


def _on_topic(match: Match, tokens: Sequence[Token], topics: Sequence[str], context: Context) -> bool | None:
    """True, False (only perhaps) or None (speaks of something else)."""
    phrase = match.phrase
    if not phrase.topic:
        return True
    own = {topic for topic in topics[match.first : match.last] if topic}
    earlier = [topic for topic in topics[: match.first] if topic]
    last = earlier[-1] if earlier else context.topic
    if phrase.topic == "requests":
        if "document" in earlier and (phrase.certainty == "loose" or "requests" not in own):
            return None
        if "requests" in own or (last == "requests" and ("requests" in earlier or "requests" in context.near())):
            return True
        known = "requests" in earlier or "requests" in context.topics
        return False if known and phrase.certainty != "loose" else None
    about = bool({"dispute", "requests"} & {*own, *earlier, *context.near()}) or any(
        token.kind == "subject" for token in tokens[max(match.first - 1, 0) : match.last]
    )
    if phrase.topic == "dispute":
        return True if about else False if phrase.certainty != "loose" else None
    # The results of disputes: of the kind named last, unless those are disputes that the agency decided itself.
    goes_on = all(token.kind in (*GAPS, "inside", ",") for token in tokens[: match.first])
    before = [context.topic] if goes_on else []
    kinds = [topic for topic in (*before, *earlier, *sorted(own)) if topic.startswith(_DISPUTES)]
    return True if about and kinds and kinds[-1] == phrase.topic and not _decided(tokens, match.first) else None


def _decided(tokens: Sequence[Token], first: int) -> bool:
    """Whether the disputes named last before token ``first`` are ones that the agency handled (办理行政复议案件)."""
    at = next((n for n in range(first - 1, -1, -1) if tokens[n].kind.startswith(_DISPUTES)), None)
    if at is None:
        return False
    before = next((token.kind for token in reversed(tokens[:at]) if token.kind not in GAPS), "")
    return before in ("receive", "handle", "process")


def _share(sentence: Sentence, places: list[int], tokens: Sequence[Token], match: Match, scope: str) -> Iterator[Claim]:
    """占66.48% right after a count: shown as a claim, not judged."""
    for number in range(match.last, min(match.last + 5, len(tokens))):
        token = tokens[number]
        if token.kind == PERCENT and token.value is not None:
            line = sentence.line_at(places[token.start])
            fields = (match.phrase.phrase + ".share", (), (), scope, "open", "percentage")
            yield Claim(sentence.text, line, token.value, *fields, paragraph=sentence.paragraph)
            return
        if token.kind not in (*GAPS, ",", "unknown"):
            return
