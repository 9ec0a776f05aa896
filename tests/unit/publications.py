"""Publications that tell themselves apart, and environments of their own for clients that read them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import duckdb

from orchestration.publication import Stamp, publish

ROWS = 20_000


def build(path: Path, number: int) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema if not exists m")
        connection.execute(
            f"create or replace table m.fct as select {number} as number, i, i::decimal(28, 8) as value, "
            f"['甲'] as terms from range({ROWS}) as t(i)"
        )
        connection.execute("comment on column m.fct.value is '值'")
    return path


def put(warehouse: Path, target: Path, number: int) -> Path:
    return publish(build(warehouse, number), target, Stamp("0.1.0", str(number)), checks=[], required=[]).path


def environment(folder: Path, *packages: str) -> Path:
    """A new environment with packages that ours must not hold; returns its Python."""
    python = folder / "bin" / "python"
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", python, *packages], check=True)
    else:
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return python
