"""What happens to reports on their way: numbers lost, labels mistyped, rows torn. Each damage marks what it did.

Left out is damage that makes another plain report of the same text: no reader could tell.
"""

from tests.rendering.damages import labels, numbers, rows, tables
from tests.rendering.damages.registry import DAMAGES, Damage

__all__ = ["DAMAGES", "Damage", "labels", "numbers", "rows", "tables"]
