"""What dbt makes of the project before it runs: the manifest, made anew where a file of the project changed.

Belongs here: finding dbt, parsing, and telling one state of the project from another, without Dagster, so that parsing
can begin while Dagster is still being loaded.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from orchestration.settings import DBT_PROJECT, Settings

TARGET = DBT_PROJECT / "target"
MANIFEST = TARGET / "manifest.json"
PARSED = "partial_parse.msgpack"
MADE_BY_DBT = ("target", "logs", "dbt_packages")


class ProjectError(RuntimeError):
    """The dbt project cannot be parsed; the message is dbt's."""


def parse_where_stale() -> Path:
    """The path of an up-to-date manifest: parsed again where a file of the project is newer, or there is none.

    Raises ProjectError where dbt cannot parse the project.
    """
    TARGET.mkdir(exist_ok=True)
    with (TARGET / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the UI loads the code in several processes at once
        if not _fresh(MANIFEST):
            _parse()
    return MANIFEST


def executable() -> str:
    """dbt of this environment, whether or not it is on the PATH."""
    beside = Path(sys.executable).parent / "dbt"
    return str(beside) if beside.exists() else "dbt"


def project_digest() -> str:
    """A short digest of all that dbt parses: models, macros, tests and descriptions, not the rows of seeds."""
    whole = hashlib.sha256()
    for path in sorted(DBT_PROJECT.rglob("*")):
        parts = path.relative_to(DBT_PROJECT).parts
        if path.suffix in (".sql", ".yml", ".md") and not set(parts) & set(MADE_BY_DBT):
            whole.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def target_folder(folder: Path) -> Path:
    """Where dbt keeps what it parsed, apart for each state of the project: it takes a moved description for two."""
    target = folder / project_digest()
    if not (target / PARSED).exists() and (TARGET / PARSED).exists():
        # what was parsed for the manifest need not be parsed again; dbt looks whether it still fits
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TARGET / PARSED, target / PARSED)
    for old in folder.glob("*"):
        if old != target:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    return target


def _parse() -> None:
    command = [executable(), "parse", "--quiet", "--profiles-dir", str(DBT_PROJECT)]
    # under the home that the build will have: dbt parses anew for another place of the database
    environment = {**os.environ, **Settings.load().environment()}
    done = subprocess.run(command, cwd=DBT_PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProjectError(f"dbt could not parse {DBT_PROJECT}:\n{done.stdout}{done.stderr}")
    MANIFEST.touch()


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


if __name__ == "__main__":
    parse_where_stale()
