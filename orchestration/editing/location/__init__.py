"""Which cells are wrong: the smallest corrections that mend a report, found, ranked and told apart.

Belongs here: the search, the general solver behind it, and what ranks its answers. Does not belong here: what a missing
cell is (``derivation``), and the rules themselves, which are declared.
"""
