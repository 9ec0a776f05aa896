"""What the terms of a declared rate are called: its formula in the words of the form. Nothing is computed here."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.dashboard.codes import MEASURES
from orchestration.dashboard.words import Say
from orchestration.form import declaration

CHANNELS = ("reconsideration", "litigation")
_COUNTED = re.compile(r"case when (\w+)( is not null)? then 1 else 0 end")


@lru_cache(maxsize=2)
def names(lang: str) -> dict[str, str]:
    """The columns of which marts and rates are made, by the words of the form."""
    say, label = Say(lang), f"label_{lang}"
    form = declaration().form_names[-1]
    found = {code: say(code, MEASURES) for code in MEASURES}
    groups = [group for group in declaration().groups if group.table_code == "requests"]
    found |= {group.group_code: getattr(group, label) for group in groups}
    for column in declaration().columns_of(form, "disputes"):
        for channel in CHANNELS:
            found[f"{channel}_{column.column_code}"] = f"{say(channel, MEASURES)}: {getattr(column, label)}"
    return found


def formula(metric: dict, say: Say) -> str:
    """How a declared rate is worked out."""
    parts = (_told(metric["numerator"], say), _told(metric["denominator"], say))
    return " / ".join(f"({part})" if " + " in part or " - " in part else part for part in parts)


def _told(terms: str, say: Say) -> str:
    counted = _COUNTED.fullmatch(terms)
    if counted:
        return say("reports_known" if counted[2] else counted[1], MEASURES)
    known = names(say.lang)
    return re.sub(r"[a-z_]+", lambda term: known.get(term[0], term[0]), terms)
