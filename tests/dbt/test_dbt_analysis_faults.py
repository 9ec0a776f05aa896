"""Faults planted in the analytical tables of a finished warehouse make the project's tests fail; so do bad seeds."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from dbt_runs import Outcome, dbt

pytestmark = pytest.mark.slow  # each fault, or each run, is a build of its own

ALIAS = (
    "insert into reference.agency_aliases (alias_name, region_code, change, canonical_name, reason, citation) values "
)
FAULTS = {
    "metrics_agree": "update reference.metrics set denominator = 'received' where metric = 'denial_rate'",
    "aliases_are_settled": ALIAS
    + "('卫辉市政务服务和大数据管理局', '410781', 'variant', '卫辉市政务和大数据管理局', 'r', 'c')",
    "every_current_report_in_the_marts": "delete from mart_timeliness where agency_id in "
    "(select agency_id from dim_agency where agency_name = '丁镇人民政府')",
    "groups_take_in_every_leaf": "update mart_agency_year set closed = closed + 1 where agency_name = '乙县财政局'",
    "unique_key_mart_region_year_region_code__year__level__organ_type": "insert into mart_region_year "
    "from mart_region_year limit 1",
    "relationships_mart_agency_year_agency_id__agency_id__ref_dim_agency_": "update mart_agency_year "
    "set agency_id = 'nobody' where agency_name = '丙区政务服务局'",
    "one_latest_version_of_an_agency": "insert into dim_agency_history by name "
    "select * replace (99 as version) from dim_agency_history where is_latest limit 1",
    "relationships_agency_aliases_region_code__region_code__ref_regions_": ALIAS
    + "('某局', '999999', 'distinct', '某委员会', 'r', 'c')",
    "relationships_roster_organ_type__organ_type__ref_organ_types_": "update reference.roster "
    "set organ_type = 'ministry' where organ_type = 'government'",
}


@pytest.fixture(scope="module")
def faulty(home: Path, built: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("faulty_analysis")
    shutil.copytree(home, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("run_results.json"))
    with duckdb.connect(str(folder / "warehouse" / "gongkai.duckdb")) as connection:
        for fault in FAULTS.values():
            connection.execute(fault)
    return dbt(folder, ["test", "--select", *FAULTS])


@pytest.mark.parametrize("test", FAULTS)
def test_fault_is_found(faulty, test):
    assert faulty.results[test]["status"] == "fail", faulty.output[-2000:]
