"""The dbt project as Dagster sees it: where it is, its manifest, and how its nodes are named and grouped."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from dagster import AssetKey, AssetSpec
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject
from packaging.version import Version

from orchestration.assets.metadata import OWNERS
from orchestration.dbt_parsing import executable, parse_where_stale
from orchestration.settings import DBT_PROJECT

EXPECTATION_RESULTS = "expectation_results"
# the files that the pipeline writes, where they are not called like their asset
SOURCE_KEYS = {"check_history": EXPECTATION_RESULTS, "file_sightings": "raw_reports"}


class Translator(DagsterDbtTranslator):
    """Plain names as asset keys; a source is the asset that writes its Parquet files; folders are groups."""

    def __init__(self) -> None:
        super().__init__(
            DagsterDbtTranslatorSettings(
                enable_asset_checks=True,
                enable_code_references=False,
                enable_duplicate_source_asset_keys=True,  # raw_reports writes two folders
            )
        )

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


def load_project() -> DbtProject:
    """The project with an up-to-date manifest. Raises ProjectError where dbt cannot parse it."""
    parse_where_stale()
    return DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)


class Dbt(DbtCliResource):
    """dbt without a process that asks for its version and without an adapter of its own: both cost seconds a run."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:
        return None


def dbt_resource(project: DbtProject) -> DbtCliResource:
    """The resource that builds the project."""
    return Dbt(
        project_dir=project,
        profiles_dir=str(DBT_PROJECT),
        dbt_executable=executable(),
        global_config_flags=["--log-level-file", "none"],  # its debug log is 10 MB and a third of the time of a run
    )
