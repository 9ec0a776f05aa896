"""Proofs are told in the names of the form, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pytest
from editing_reports import OLD, WHOLE, layout, true_reports

from orchestration.editing import examine_one
from orchestration.presenting.proving import readable


def test_a_sum_names_its_terms_by_their_columns_or_rows():
    proof = "applicants[granted]: requests/granted/total = natural_person 3 + other 2 = 5"
    assert readable(proof, WHOLE, "zh") == (
        "“总计等于六类申请人之和”（（一）予以公开）: （一）予以公开 · 总计 = 自然人 3 + 其他 2 = 5"
    )
    proof = "outcomes[other]: requests/granted/other = - closed.other 1* + processed_total 3 = 2"
    assert readable(proof, WHOLE, "en") == (
        "“Processed total equals the sum of the outcomes” (Other): "
        "Granted · Other = - Closed: other 1* + Total processed in the year 3 = 2"
    )


def test_each_step_of_a_chain_is_told_and_an_empty_sum_only_once():
    proof = (
        "applicants[granted]：requests/granted/total = 0 = 0；由此"
        "outcomes[total]：requests/processed_total/total = 4，余 0 归 6 个单元格，各项均不小于 0："
        "requests/closed/total = 0"
    )
    assert readable(proof, OLD, "zh") == (
        "“总计等于六类申请人之和”（（一）予以公开）：（一）予以公开 · 总计 = 0；由此"
        "“办理总计等于各办理结果之和”（总计）：（七）总计 · 总计 = 4，余 0 归 6 个单元格，各项均不小于 0："
        "（六）其他处理 · 总计 = 0"
    )


@pytest.mark.parametrize("forms", [WHOLE, OLD])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_code_is_left_and_every_number_stays(forms: dict, lang: str):
    shape, rng = layout(forms), np.random.default_rng(3)
    seen = 0
    for row in true_reports(shape, 6, rng):
        known = rng.random(len(row)) > 0.25
        values = {a: Decimal(int(v)) if k else None for a, v, k in zip(shape.cells, row, known, strict=True)}
        for entry in examine_one(forms, values, language=lang).derived:
            told = readable(entry.proof, forms, lang)
            assert not re.search(r"[a-z]+_[a-z]+|[a-z]+/|\w\[", told), told
            assert told.endswith(f"= {entry.value}")
            seen += 1
    assert seen > 50
