"""``python -m tests.rendering.dump OUT_DIR --n 200 --seed 1``: files to look at, with their truth in ``truth.json``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

from tests.rendering.model import random_report
from tests.rendering.render import DAMAGES, LAYOUTS, TWISTS, Rendered, render


def draw(number: int, seed: int, damaged: float = 0.4) -> Rendered:
    """One report of any layout, with up to three twists and, at times, damage."""
    rng = Random(f"dump/{seed}/{number}")
    layout = LAYOUTS[rng.choice(list(LAYOUTS))]
    twists = rng.sample(list(TWISTS), rng.choice((0, 0, 1, 2, 3)))
    fitting = [damage.name for damage in DAMAGES.values() if damage.fits(layout)]
    damages = rng.sample(fitting, rng.choice((1, 1, 1, 2))) if rng.random() < damaged else []
    return render(random_report(rng), "+".join([layout.name, *twists]), damages, seed + number)


def truth_record(rendered: Rendered) -> dict:
    """The truth as JSON; a cell is [value, statuses, original, must_flag, missing_ok]."""

    def text(number: object) -> str | None:
        return None if number is None else str(number)

    report = rendered.report
    return {
        "agency": report.agency,
        "year": report.year,
        "forms": report.forms,
        "notes": rendered.notes,
        "cells": {
            address: [text(cell.value), sorted(cell.statuses), text(cell.original), cell.must_flag, cell.missing_ok]
            for address, cell in rendered.truth.items()
        },
    }


def main(arguments: list[str] | None = None) -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.out_dir.mkdir(parents=True, exist_ok=True)
    records = {}
    for number in range(options.n):
        rendered = draw(number, options.seed)
        name = f"{number:04d}_{rendered.layout.name}{rendered.suffix}"
        (options.out_dir / name).write_bytes(rendered.data)
        records[name] = truth_record(rendered)
    text = json.dumps(records, ensure_ascii=False, indent=0)
    (options.out_dir / "truth.json").write_text(text, encoding="utf-8")
    print(f"{options.n} files in {options.out_dir}")


if __name__ == "__main__":
    main()
