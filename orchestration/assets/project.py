"""The dbt project as Dagster sees it: where it is, its manifest, and how its nodes are named and grouped."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dagster import AssetKey, AssetSpec
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject
from packaging.version import Version

from orchestration.assets.metadata import OWNERS
from orchestration.settings import DBT_PROJECT

EXPECTATION_RESULTS = "expectation_results"
# the files that the pipeline writes, where they are not called like their asset
SOURCE_KEYS = {"check_history": EXPECTATION_RESULTS}
MADE_BY_DBT = ("target", "logs", "dbt_packages")


class ProjectError(RuntimeError):
    """The dbt project cannot be parsed; the message is dbt's."""


class Translator(DagsterDbtTranslator):
    """Plain names as asset keys; a source is the asset that writes its Parquet files; folders are groups."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_code_references=False))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """The name of the node (of a seed: of its table), or of the asset behind the source."""
        kind, name = dbt_resource_props["resource_type"], dbt_resource_props["name"]
        if kind == "source":
            return AssetKey(SOURCE_KEYS.get(name, name))
        return AssetKey(dbt_resource_props["alias"] if kind == "seed" else name)

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> AssetSpec:
        """The default with our group and owners."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] == "source":
            return spec
        return spec.replace_attributes(group_name=_group(props), owners=OWNERS)


def _group(props: Mapping[str, Any]) -> str:
    """``seeds`` or the folders under ``models``: staging, intermediate, marts_core, …"""
    folders = [part for part in props["fqn"][1:-1] if part]
    return "seeds" if props["resource_type"] == "seed" else "_".join(folders) or "models"


def project_digest() -> str:
    """A short digest of all that dbt parses: models, macros, tests and descriptions, not the rows of seeds."""
    whole = hashlib.sha256()
    for path in sorted(DBT_PROJECT.rglob("*")):
        parts = path.relative_to(DBT_PROJECT).parts
        if path.suffix in (".sql", ".yml", ".md") and not set(parts) & set(MADE_BY_DBT):
            whole.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def load_project() -> DbtProject:
    """The project with an up-to-date manifest: parsed again where a file of the project is newer, or there is none."""
    project = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)
    project.manifest_path.parent.mkdir(exist_ok=True)
    with (project.manifest_path.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the UI loads the code in several processes at once
        if not _fresh(project.manifest_path):
            _parse(project)
    return project


def _parse(project: DbtProject) -> None:
    command = [executable(), "parse", "--quiet", "--profiles-dir", str(DBT_PROJECT)]
    done = subprocess.run(command, cwd=DBT_PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProjectError(f"dbt could not parse {DBT_PROJECT}:\n{done.stdout}{done.stderr}")
    project.manifest_path.touch()


def _fresh(manifest: Path) -> bool:
    """Whether nothing in the project changed since the manifest was made; a folder changes with what it holds."""
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    for folder, folders, names in os.walk(DBT_PROJECT):
        top = Path(folder) == DBT_PROJECT
        if top:
            folders[:] = [name for name in folders if name not in MADE_BY_DBT]
        found = [Path(folder, name) for name in names if name != ".user.yml"]
        if any(path.stat().st_mtime > made for path in ([] if top else [Path(folder)]) + found):
            return False
    return True


class Dbt(DbtCliResource):
    """dbt without a process that asks for its version and without an adapter of its own: both cost seconds a run."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:
        return None


def executable() -> str:
    """dbt of this environment, whether or not it is on the PATH."""
    beside = Path(sys.executable).parent / "dbt"
    return str(beside) if beside.exists() else "dbt"


def dbt_resource(project: DbtProject) -> DbtCliResource:
    """The resource that builds the project."""
    return Dbt(
        project_dir=project,
        profiles_dir=str(DBT_PROJECT),
        dbt_executable=executable(),
        global_config_flags=["--log-level-file", "none"],  # its debug log is 10 MB and a third of the time of a run
    )
