"""Copied prose: the labelled pairs, what masking takes away, and that the sketch says what the texts say."""

import json
import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from year_reports import frames

from orchestration.editing.across.similarity import COPIED, RUN, SKETCH, compare, prose_features, similar_years
from orchestration.editing.across.similarity_agencies import similar_agencies
from orchestration.editing.across.similarity_prose import prose
from orchestration.editing.schema import PROSE_FEATURES, REPORT_SIMILARITY
from orchestration.intake.schema import RAW_REPORTS
from orchestration.reading.schema import REPORT_TABLES

LABELLED = json.loads((Path(__file__).parents[1] / "fixtures" / "similarity_pairs.json").read_text(encoding="utf-8"))
NO_TABLES = REPORT_TABLES.to_frame()
LONG = "全年公开各类政务信息若干条并逐项登记台账，由办公室统一审核后发布。"


def inventory(texts: dict[str, str]) -> pl.DataFrame:
    rows = [{**dict.fromkeys(RAW_REPORTS), "report_id": name, "text": text} for name, text in texts.items()]
    return pl.DataFrame(rows, schema=RAW_REPORTS)


def headings(texts: dict, agency: str = "甲局", **columns: str) -> pl.DataFrame:
    return frames({name: (agency, 2020 + n, {}, {}, columns) for n, name in enumerate(texts)})[2]


def similarity(previous: str, report: str, **columns: str) -> dict:
    texts = {"a": previous, "b": report}
    heads = headings(texts, **columns)
    return similar_years(prose_features(inventory(texts), NO_TABLES, heads), heads).row(0, named=True)


def words(seed: int, size: int) -> str:
    """Sentences of random characters, so that nothing is shared by chance."""
    rng = random.Random(seed)
    return "".join(chr(rng.randint(0x4E00, 0x9FA5)) + ("。" if n % 30 == 29 else "") for n in range(size))


def test_the_labelled_pairs():
    texts = {name: "\n".join(lines) for name, lines in LABELLED["texts"].items()}
    features = prose_features(inventory(texts), NO_TABLES, headings(texts))
    pairs = pl.DataFrame(
        [(pair["report"], 2022, pair["previous"]) for pair in LABELLED["pairs"]],
        {"report_id": pl.String, "year": pl.Int16, "previous_report_id": pl.String},
        orient="row",
    )
    found = {(a, b): (s, c) for a, _, b, _, s, _, _, c in compare(pairs, features, "previous_year").iter_rows()}
    wrong = {
        k: v
        for p in LABELLED["pairs"]
        for k in [(p["report"], p["previous"])]
        for v in [found[k]]
        if v[1] != p["copied"]
    }
    assert not wrong
    near = [found[p["report"], p["previous"]][0] for p in LABELLED["pairs"]]
    assert min(abs(value - COPIED) for value in near) > 0.02  # none is settled by a hair
    assert len(near) == len(found) == 19


def test_years_numbers_names_and_spelling_do_not_matter():
    old = "某某县水利局2021年公开信息1,234条，比上年增长12.5%，召开会议三十二次，全部登记在册。" + LONG * 12
    new = "某某縣水利局二〇二二年公開信息９８７條，比上年增長3%，召開會議十七次，全部登記在冊。" + LONG * 12
    found = similarity(old, new)
    assert (found["similarity"], found["shared_sentences"], found["sentences"], found["copied"]) == (1.0, 2, 2, True)
    masked = prose(inventory({"a": old}), NO_TABLES, headings({"a": 1}, "某某县水利局"))["prose"][0]
    assert masked.startswith("某0年公开信息0条比上年增长0召开会议0次全部登记在册\n")
    radicals = old.replace("水", "⽔").replace("长", "⻓").replace("门", "⻔")
    assert similarity(old, radicals)["similarity"] == 1.0


def test_tables_are_no_prose():
    table = "\n".join(f"一、本年新收政府信息公开申请数量 {n} 0 0 0 0 0 0" for n in range(40))
    head = "\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    other = table + head + "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n"
    texts = {"a": words(1, 600) + "\n" + other, "b": words(2, 600) + "\r\n" + other.replace("\n", "\r\n")}
    tables = pl.DataFrame(
        [(n, 2022, "requests", "2021", 2, 43, "x") for n in "ab"] + [("b", 2022, "disputes", None, None, None, "x")],
        REPORT_TABLES, orient="row",
    )  # fmt: skip
    heads = headings(texts)
    found = similar_years(prose_features(inventory(texts), tables, heads), heads)
    assert found["similarity"].to_list() == [0.0]
    # without the lines of the tables, rows of the form are still known by their labels
    assert len(prose(inventory({"a": table}), NO_TABLES, heads)["prose"][0]) == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 10**6))
def test_the_sketch_is_exact_for_short_texts(shared, own, seed):
    both, mine, theirs = (words(seed + n, size * 15) for n, size in enumerate((shared, own + 12, 12)))
    texts = {"a": both + "。" + theirs, "b": both + "。" + mine}
    heads = headings(texts)
    features = prose_features(inventory(texts), NO_TABLES, heads)
    now, before = (
        {line[at : at + RUN] for line in text.split("\n") for at in range(len(line) - RUN + 1)}
        for text in prose(inventory(texts), NO_TABLES, heads).sort("report_id", descending=True)["prose"]
    )
    found = similar_years(features, heads)
    if max(len(now), len(before)) < SKETCH:
        assert [round(s, 9) for s in found["similarity"]] == [round(len(now & before) / len(now), 9)] * found.height


def test_the_sketch_is_near_for_long_texts():
    for share in (0.2, 0.5, 0.8):
        size = 20_000
        both = words(1, int(size * share) // 30 * 30)
        found = similarity(both + words(2, size - len(both)), both + words(3, size - len(both)))
        assert found["similarity"] == pytest.approx(share, abs=0.08)


def test_same_text_same_row_in_any_order_and_company():
    texts = {name: words(n, 900) for n, name in enumerate("abcdef")}
    texts["d"] = texts["c"].replace("。", "；")
    heads = headings(texts)
    whole = prose_features(inventory(texts), NO_TABLES, heads)
    assert whole.schema == PROSE_FEATURES
    alone = pl.concat([prose_features(inventory({name: text}), NO_TABLES, heads) for name, text in texts.items()])
    assert alone.equals(whole)
    found = similar_years(whole, heads)
    assert found.schema == REPORT_SIMILARITY
    assert found.filter("copied").select("report_id", "previous_report_id").rows() == [("d", "c")]
    assert similar_years(whole.reverse(), heads.sample(fraction=1, shuffle=True, seed=2)).equals(found)
    assert similar_years(whole, heads, years=[2021])["report_id"].to_list() == ["b"]


def test_nothing_is_said_of_hardly_any_prose():
    texts = {"a": "无。", "b": "无其他需要报告的事项。", "c": "", "d": None}
    features = prose_features(inventory(texts), NO_TABLES, headings(texts))
    assert features["report_id"].to_list() == ["a", "b", "c"]
    assert similar_years(features, headings(texts)).schema == REPORT_SIMILARITY
    assert similar_years(features, headings(texts)).is_empty()
    assert prose_features(inventory({}), NO_TABLES, headings({})).schema == PROSE_FEATURES


def test_copies_among_agencies():
    family = words(1, 900)
    texts = {"a": family, "b": family[:840] + words(7, 60), "c": words(2, 900), "d": family, "e": words(3, 900)}
    reports = {name: (f"{name}局", 2022, {}, {}) for name in texts} | {"d": ("d局", 2023, {}, {})}
    heads = frames(reports)[2]
    features = prose_features(inventory(texts), NO_TABLES, heads)
    found = similar_agencies(features, heads)
    assert found.schema == REPORT_SIMILARITY
    assert found.select("report_id", "previous_report_id", "relation").rows() == [("b", "a", "other_agency")]
    assert similar_agencies(features.clear(), heads).schema == REPORT_SIMILARITY
