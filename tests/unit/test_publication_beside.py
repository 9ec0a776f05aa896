"""The files beside the published one: whole, described, named by a manifest, and changed with it in one step."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pytest
from publications import environment

from orchestration.publication import Stamp, publish, releases
from orchestration.publication.beside import resource_name


@pytest.fixture
def target(tmp_path: Path) -> Path:
    put(tmp_path, 1)
    return tmp_path / "p" / "gongkai.duckdb"


def put(folder: Path, number: int) -> None:
    with duckdb.connect(str(folder / "w.duckdb")) as connection:
        connection.execute(
            f"""
            create schema if not exists form;
            create or replace table form.rows as select 'received' as row_code;
            create or replace table main.dim_report as select 'b' as report_id union all select 'a';
            create or replace table main."v_机关年度" (
                "数量" decimal(28, 8) not null, "日期" date, "时刻" timestamp, "词" varchar[],
                "是否" boolean, "年" integer
            );
            insert into "v_机关年度" values
                ({number}, date '2024-01-31', timestamp '2024-01-31 12:00:00', ['甲'], true, null);
            comment on table "v_机关年度" is '逐年汇总';
            comment on column "v_机关年度"."数量" is '件数';
            """
        )
    publish(folder / "w.duckdb", folder / "p" / "gongkai.duckdb", Stamp("0.1.0", str(number)), checks=[], required=[])


def manifest(target: Path) -> dict:
    return json.loads((target.parent / "current" / "manifest.json").read_text(encoding="utf-8"))


def test_every_table_is_a_parquet_file_with_the_same_rows(target: Path) -> None:
    folder = target.parent / "current"
    with duckdb.connect(str(target), read_only=True) as connection:
        for schema, name in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            path = folder / "parquet" / f"{name if schema == 'main' else f'{schema}.{name}'}.parquet"
            rows = connection.execute(f'from {schema}."{name}"').fetchall()
            assert pl.read_parquet(path).rows() == rows, name
    assert len(list((folder / "parquet").iterdir())) == 6


def test_the_manifest_names_every_other_file_with_its_hash_and_where_it_comes_from(target: Path) -> None:
    said, folder = manifest(target), target.parent / "current"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {file["path"] for file in said["files"]} == files - {"manifest.json"}
    for file in said["files"]:
        content = (folder / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    rows = {file["path"]: file.get("rows") for file in said["files"]}
    assert rows["parquet/dim_report.parquet"] == 2
    assert said["lineage"]["run_id"] == "1" and len(said["lineage"]["form_version"]) == 16
    assert said["lineage"]["input"] == {"reports": 2, "digest": hashlib.sha256(b"a\nb\n").hexdigest()}
    assert said["lineage"]["previous"] == {"published_at": None, "sha256": None}


def test_each_publication_names_the_one_before(target: Path, tmp_path: Path) -> None:
    first = manifest(target)
    put(tmp_path, 2)
    before = manifest(target)["lineage"]["previous"]
    assert before["published_at"] == first["published_at"]
    assert before["sha256"] == next(file["sha256"] for file in first["files"] if file["path"] == target.name)


def test_the_data_package_describes_tables_and_fields(target: Path) -> None:
    package = json.loads((target.parent / "current" / "datapackage.json").read_text(encoding="utf-8"))
    found = {resource["title"]: resource for resource in package["resources"]}
    assert found["form.rows"]["path"] == "parquet/form.rows.parquet"
    view = found["v_机关年度"]
    assert view["description"] == "逐年汇总"
    fields = {field["name"]: field for field in view["schema"]["fields"]}
    kinds = {name: field["type"] for name, field in fields.items()}
    expected = {"数量": "number", "日期": "date", "时刻": "datetime", "词": "any", "是否": "boolean", "年": "integer"}
    assert kinds == expected
    assert fields["数量"]["description"] == "件数" and fields["数量"]["constraints"] == {"required": True}


def test_names_of_resources_are_allowed_and_apart() -> None:
    assert resource_name("fct_cell") == "fct_cell"
    names = {resource_name(name) for name in ("v_机关年度", "v_地区年度", "V_x", "v_x")}
    assert len(names) == 4
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_./") for name in names)


def test_all_of_it_changes_in_one_step(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at whenever a name is about to change, the folder holds one release and nothing of the next."""
    replace, seen = Path.replace, []

    def look(self: Path, to: Path) -> Path:
        with duckdb.connect(str(target), read_only=True) as connection:
            seen.append(
                (
                    manifest(target)["lineage"]["run_id"],
                    connection.execute("select run_id from publication").fetchone()[0],
                )
            )
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", look)
    put(tmp_path, 2)
    monkeypatch.undo()
    assert seen == [("1", "1")]
    assert manifest(target)["lineage"]["run_id"] == "2"


def test_a_plain_file_of_before_gives_way(target: Path, tmp_path: Path) -> None:
    plain = target.resolve().rename(tmp_path / "plain.duckdb")
    for path in (target, target.parent / "current"):
        path.unlink()
    plain.rename(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    put(tmp_path, 2)
    assert target.is_symlink() and manifest(target)["lineage"]["previous"]["sha256"] == digest


def test_a_home_copied_with_its_links_followed_is_published_to(target: Path, tmp_path: Path) -> None:
    shutil.copytree(target.parent, tmp_path / "copied" / "p")
    shutil.copyfile(tmp_path / "w.duckdb", tmp_path / "copied" / "w.duckdb")
    put(tmp_path / "copied", 2)
    copied = tmp_path / "copied" / "p" / "gongkai.duckdb"
    assert manifest(copied)["lineage"]["run_id"] == "2" and copied.is_symlink()


def test_the_release_before_stays_and_older_ones_go_when_nobody_opens_them(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names() -> list[str]:
        return sorted(path.name for path in (target.parent / "releases").iterdir())

    put(tmp_path, 2)
    put(tmp_path, 3)
    assert names() == ["000001", "000002", "000003"]
    monkeypatch.setattr(releases, "GRACE_SECONDS", -1)
    put(tmp_path, 4)
    assert names() == ["000003", "000004"]


@pytest.mark.slow
def test_frictionless_finds_the_package_valid_and_a_wrong_one_not(target: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "frictionless", "frictionless==5.21.*", "pandas", "pyarrow")
    package = target.parent / "current" / "datapackage.json"

    def validate() -> subprocess.CompletedProcess:
        command = [python, "-m", "frictionless", "validate", package.resolve(), "--type", "package"]
        return subprocess.run(command, capture_output=True, text=True)

    done = validate()
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(package.read_text(encoding="utf-8"))
    field = next(f for r in said["resources"] for f in r["schema"]["fields"] if f["name"] == "report_id")
    field["type"] = "date"
    package.chmod(0o644)
    package.write_text(json.dumps(said), encoding="utf-8")
    assert validate().returncode == 1
