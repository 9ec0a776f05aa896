"""Agency names: which region, level and organ type a name means, and how far a text extends a name.

Belongs here: matching names against ``dbt_project/seeds/reference``. Does not belong here: any region or organ
pattern of its own (those are rows of the CSV files), and finding the name in a report (that is reading).
"""

from orchestration.agencies.identify import Identification, identify
from orchestration.agencies.names import extend_left, regions_in
from orchestration.agencies.regions import Region, Register, register

__all__ = ["Identification", "Region", "Register", "extend_left", "identify", "regions_in", "register"]
