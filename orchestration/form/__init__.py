"""The statutory form as declared in ``dbt_project/seeds/form``: a typed, frozen view of those files.

Belongs here: reading the declaration and handing it on. Does not belong here: any row, label, column or
identity of its own; those are rows of the CSV files.
"""

from orchestration.form.declaration import (
    REFERENCE,
    SEEDS,
    Column,
    Declaration,
    Form,
    FormCell,
    Group,
    Identity,
    Problem,
    Row,
    Term,
    declaration,
)
from orchestration.form.identities import IdentityInstance, instances

__all__ = [
    "REFERENCE",
    "SEEDS",
    "Column",
    "Declaration",
    "Form",
    "FormCell",
    "Group",
    "Identity",
    "IdentityInstance",
    "Problem",
    "Row",
    "Term",
    "declaration",
    "instances",
]
