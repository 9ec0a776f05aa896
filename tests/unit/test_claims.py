"""Claims in prose: what is found in a sentence, and what is asserted of it on a labelled set."""

import csv
import random
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.editing.prose.claims import judge_claims
from orchestration.form import declaration
from orchestration.form.claims import claim_declaration, meaning_terms
from orchestration.reading.prose.claims import Claim, extract_claims
from orchestration.reading.prose.context import TOPICS, is_agency
from orchestration.reading.prose.tokens import chinese_number, classes

FORMS = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
RECEIVED = "requests/received/total"
LABELLED = Path(__file__).parents[1] / "fixtures" / "claims.csv"


def values(table: str = "") -> dict[str, Decimal]:
    """A report of zeros, with the cells named by meanings of one cell: ``received=12 granted=3``."""
    found = {c.address: Decimal(0) for table, form in FORMS.items() for c in declaration().cells_of(form, table)}
    for change in table.split():
        meaning, value = change.split("=")
        ((_, address),) = meaning_terms(meaning, "2021")
        found[address] = Decimal(value)
    return found


def claims(text: str, year: int | None = 2022, agency: str | None = "西工区人民政府") -> tuple[Claim, ...]:
    return extract_claims(text.split("\n"), (), year, agency)


def verdicts(text: str, table: str, **given) -> list[tuple]:
    return [(j.claim.value, j.verdict, j.reason) for j in judge_claims(claims(text, **given), FORMS, values(table))]


def cells_of(meaning: str) -> tuple[str, ...]:
    return tuple(address for _, address in meaning_terms(meaning, "2021")) if meaning != "information_fee" else ()


def scores(part: str) -> Counter:
    """Counts of (verdict, what): asserted, right (as labelled), labelled; and of claims found that no label has."""
    count: Counter = Counter()
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["part"] == part]
    for row in rows:
        labels: dict[tuple, list[str]] = {}
        for label in filter(None, row["expected"].split(";")):
            claim, verdict = label.split(":")
            meaning, value = claim.split("=")
            labels.setdefault((cells_of(meaning), Decimal(value)), []).append(verdict)
            count[verdict, "labelled"] += 1
        found = extract_claims(row["text"].split("\\n"), (), int(row["year"]), row["agency"])
        for judged in judge_claims(found, FORMS, values(row["table"])):
            if judged.reason == "percentage":
                continue
            label = labels.get((judged.cells, judged.claim.value), [])
            count[judged.verdict, "asserted"] += 1
            count[judged.verdict, "right"] += judged.verdict in label
            count["unlabelled", judged.verdict] += not label
    count["rows", part] = len(rows)
    return count


@pytest.mark.parametrize("part", ["develop", "held_out"])
def test_asserted_conflicts_are_real_and_most_are_found(part):
    count = scores(part)
    assert count["rows", part] >= 90
    for verdict in ("conflicts", "agrees"):
        right = count[verdict, "right"]
        assert right >= 0.95 * count[verdict, "asserted"], (verdict, count)
        assert right >= 0.9 * count[verdict, "labelled"], (verdict, count)
    assert count["conflicts", "labelled"] >= 25
    assert count["not_judged", "right"] >= 0.9 * count["not_judged", "labelled"], count


def test_the_labelled_set_is_large():
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] + row["table"] for row in csv.DictReader(lines)]
    assert len(texts) == len(set(texts)) >= 200


def test_a_derived_value_stands_in_and_is_named():
    text = "全年我区受理政府信息公开申请10件，连线政府3件，区长信箱7件，已全部按规定予以答复"
    reported = values()
    reported[RECEIVED] = None
    (found,) = claims(text)
    (open_,) = judge_claims([found], FORMS, reported)
    assert (open_.verdict, open_.reason, open_.cells) == ("not_judged", "cell_missing", (RECEIVED,))
    (judged,) = judge_claims([found], FORMS, reported, {RECEIVED: 12})
    assert (judged.verdict, judged.layer, judged.expected, judged.claim.value) == ("conflicts", "derived", 12, 10)
    # 收到 may include what was carried in: a count that is missing cannot make 12 and more into 10, but 8 and more.
    bare = {address: value for address, value in reported.items() if "carried_in" not in address}
    (bounded,) = judge_claims([found], FORMS, bare, {RECEIVED: 12})
    (unbounded,) = judge_claims([found], FORMS, bare, {RECEIVED: 8})
    assert (bounded.verdict, unbounded.verdict, unbounded.reason) == ("conflicts", "not_judged", "cell_missing")
    (agreeing,) = judge_claims([found], FORMS, reported, {RECEIVED: 10})
    assert (agreeing.verdict, agreeing.layer) == ("agrees", "derived")
    reported[RECEIVED] = Decimal(10)
    (plain,) = judge_claims([found], FORMS, reported, {RECEIVED: 12})
    assert (plain.verdict, plain.layer) == ("agrees", "reported")


def test_nothing_conflicts_with_a_doubtful_cell_or_a_table_that_is_not_there():
    found = claims("全年受理政府信息公开申请10件。")
    (judged,) = judge_claims(found, FORMS, values("received=12"), {}, [RECEIVED])
    assert (judged.verdict, judged.reason) == ("not_judged", "cell_doubtful")
    (judged,) = judge_claims(found, {**FORMS, "requests": None}, {})
    assert (judged.verdict, judged.reason, judged.cells) == ("not_judged", "table_not_read", (RECEIVED,))


def test_meanings_follow_the_form():
    found = claims("全年制发行政规范性文件5件，收取行政事业性收费3万元。其他处理政府信息公开申请2件。")
    forms = dict.fromkeys(FORMS, "2019")
    judged = judge_claims(found, forms, {"disclosure/normative_documents/created": 5, "requests/closed/total": 2})
    assert [(j.cells, j.verdict, j.reason) for j in judged] == [
        (("disclosure/normative_documents/created",), "agrees", None),
        ((), "not_judged", "no_cell"),
        (("requests/closed/total",), "agrees", None),
    ]


def test_amounts_agree_within_what_is_printed():
    for printed, verdict in (("658.06万元", "agrees"), ("6580625元", "agrees"), ("658.07万元", "conflicts")):
        assert verdicts(f"收取行政事业性收费{printed}。", "fees=658.0625")[0][1] == verdict


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12), ("一百零三", 103), ("两", 2), ("两百", 200), ("二十", 20), ("一千零五十", 1050),
        ("三万二千", 32000), ("二〇", 20), ("零", 0), ("一亿零三", 100000003), ("百", None), ("一二百", None),
        ("两两", None), ("十百", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text, number):
    assert chinese_number(text) == number


def test_lines_of_wrapped_sentences_and_of_numbers():
    lines = [
        "一、总体情况",
        "",
        "    （二）依申请公开。2022年我局认真做好依申请公开工作，不断规范各项",
        "- 3 -",
        "",
        "办理流程，提高答复质量，切实保障公众知情权，全年共受理政府信息公开申请 1",
        "2 件，均按时办结，予以公开3件。",
        "一、本年新收政府信息公开申请数量",
        "15",
        "（三）依申请公开受理政府信息公开申请99件。",
    ]
    found = extract_claims(lines, [(8, 10)], 2022, "西工区教育局")
    assert [(c.value, c.line) for c in found] == [(12, 6), (3, 7)]
    assert found[0].sentence.endswith("予以公开3件。") and "受理政府信息公开申请 12 件" in found[0].sentence.replace(
        "1 2", "12"
    )


def test_tables_without_bounds_are_no_prose():
    rows = [
        "一、本年新收政府信息公开申请数量 12 0 0 0 0 0 12",
        "一、本年新收政府信息公开申请数量\t12件\t0件",
        "行政许可 27679",
        "|受理申请|12件|0|",
    ]
    assert extract_claims(rows, (), 2022) == ()


@pytest.mark.parametrize(
    ("text", "scope", "certainty"),
    [
        ("2022年我区受理政府信息公开申请10件。", "own", "certain"),
        ("2022年全区受理政府信息公开申请10件。", "whole", "loose"),
        ("区政府本级受理政府信息公开申请10件。", "part", "open"),
        ("2020年受理政府信息公开申请10件。", "other_year", "open"),
        ("去年受理政府信息公开申请10件。", "other_year", "open"),
        ("近三年受理政府信息公开申请10件。", "cumulative", "open"),
        ("2020年至2022年受理政府信息公开申请10件。", "cumulative", "open"),
        ("全年累计受理政府信息公开申请10件。", "whole", "loose"),
        ("2022年1至6月受理政府信息公开申请10件。", "part_year", "open"),
        ("洛阳市水利局受理政府信息公开申请10件。", "named", "loose"),
        ("西工区政府受理政府信息公开申请10件。", "own", "certain"),
        ("较2021年减少3件，2022年受理政府信息公开申请10件。", "own", "certain"),
    ],
)
def test_scopes(text, scope, certainty):
    found = claims(text)[-1]
    assert (found.value, found.scope, found.certainty) == (10, scope, certainty)
    if certainty != "certain":
        assert found.reason == scope


def test_without_the_year_or_the_agency_less_is_certain():
    assert claims("2022年受理政府信息公开申请10件。", year=None)[0].reason == "year_unknown"
    assert claims("西工区政府受理政府信息公开申请10件。", agency=None)[0].reason == "named"


def test_scope_goes_on_within_a_paragraph():
    found = claims("2022年，全市各部门共收到政府信息公开申请40件。其中，予以公开8件。\n我区收到政府信息公开申请4件。")
    assert [c.scope for c in found] == ["part", "part", "own"]


def test_a_paragraph_that_states_two_numbers_asserts_no_conflict():
    text = "收到政府信息公开申请12件，依法受理政府信息公开申请10件。"
    assert verdicts(text, "received=12") == [(12, "agrees", None), (10, "not_judged", "several")]
    assert {v for _, v, _ in verdicts(text, "received=11")} == {"not_judged"}


def test_names_of_agencies():
    assert is_agency("县政府办公室", "合江县人民政府办公室")
    assert is_agency("平顶山市新华区政务服务局", "政务服务局")
    assert not is_agency("洪泽区政府办公室", "洪泽区人民政府")
    assert not is_agency("水利局", "西工区教育局")
    assert not is_agency("西工区政府", None)


def test_damaged_and_traditional_characters():
    (found,) = claims("2022年我局受理政府信息公开申请⼗⼆件。", agency=None)
    assert (found.value, found.sentence) == (12, "2022年我局受理政府信息公开申请⼗⼆件。")
    assert [c.value for c in claims("全年受理政府信息公開申請５件，予以公開３件。")] == [5, 3]


def test_every_example_is_found():
    for phrase in claim_declaration().phrases:
        if phrase.example:
            found = claims(f"（二）依申请公开情况。2022年，{phrase.example}。")
            assert phrase.phrase in [c.phrase for c in found], phrase


def test_the_declaration_is_whole():
    whole = claim_declaration()
    addresses = {cell.address for cell in declaration().cells}
    newest = {meaning: meaning_terms(meaning, "2021") for meaning in whole.meaning_tables}
    assert all(terms for terms in newest.values())
    assert {address for terms in newest.values() for _, address in terms} <= addresses
    assert len({word.word for word in whole.words}) == len(whole.words)
    assert set(TOPICS) <= set(classes())
    assert {phrase.topic for phrase in whole.phrases} <= {"", *TOPICS.values()}
    assert all(reason.name_zh and reason.definition for reason in whole.reasons)


def test_reasons_are_declared():
    known = {reason.reason for reason in claim_declaration().reasons} | {None}
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = extract_claims(row["text"].split("\\n"), (), int(row["year"]), row["agency"])
            judged = judge_claims(found, FORMS, values(row["table"]))
            assert {c.reason for c in found} | {j.reason for j in judged} <= known
            assert all((j.verdict == "not_judged") == (j.reason is not None) for j in judged)


PIECES = [
    *(word.word for word in random.Random(1).sample(claim_declaration().words, 300)),
    *(
        "0",
        "1",
        "12件",
        "１，２３４",
        "1.2万件",
        "三件",
        "件",
        "，",
        "。",
        "（",
        "）",
        "、",
        "：",
        "%",
        "2022年",
        "二〇二一年",
    ),
    *("1月", "至", "-", " ", "\t", "|", "\n", "\x00", "⼗", "申请", "未", "公开", "²", "٣件", "余", "年", "其中"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from([None, 2022]))
def test_odd_text_never_raises(text, year):
    found = extract_claims(text.split("\n"), [(None, None), (3, 2)], year, "某局")
    assert found == extract_claims(text.split("\n"), [(None, None), (3, 2)], year, "某局")
    judge_claims(found, FORMS, values())
    assert all(1 <= c.line <= text.count("\n") + 1 and c.sentence for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "全年受理政府信息公开申请10件，" * 400_000, "1" * 8_000_000, "1 " * 3_000_000 + "申请", "申请未（" * 1_500_000,
        "受理" + "的" * 5_000_000 + "申请未", "申请" + "一" * 5_000_000 + "件", "申请10件\n" * 1_000_000,
        "未收到因" * 1_500_000 + "申请", "政府" * 3_000_000 + "受理政府信息公开申请10件",
    ],
    ids=lambda text: text[:4].strip(),
)  # fmt: skip
def test_long_texts_take_bounded_time(text):
    started = time.perf_counter()
    extract_claims(text.split("\n"), (), 2022, "某局")
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "text",
    [
        "如某单位收到政府信息公开申请10件，应及时登记。",
        "预计全年受理政府信息公开申请30件。",
        "“十四五”以来收到政府信息公开申请150件。",
        "收到政府信息公开申请1，023件（全市）。",
        "受理依申请公开55件（不含乡镇）。",
        "县政府工作部门受理依申请公开55件。",
        "12个单位未收到政府信息公开申请。",
        "全年办结政府信息公开申请23件，其中征地拆迁类不予公开2件。",
        "在法定期限内答复政府信息公开申请20件，延期答复3件。",
        "在20个工作日内答复政府信息公开申请20件。",
        "逾期答复政府信息公开申请0件。",
        "书面答复政府信息公开申请20件，电话沟通4件。",
        "收到政府信息公开申请23件，行政复议3件（含上年结转1件）。",
        "有3个单位因政府信息公开被申请行政复议5件。",
        "审结政府信息公开类行政复议案件7件。",
    ],
)
def test_what_counts_something_else_is_no_conflict(text):
    table = "received=23 processed=23 denied.third_party_rights=3 reconsideration=3"
    assert not [verdict for verdict in verdicts(text, table, year=2023) if verdict[1] == "conflicts"]


def test_since_this_year_is_this_year():
    (found,) = claims("2022年以来，我区受理政府信息公开申请10件。")
    assert found.scope == "own" and found.certainty == "certain"
