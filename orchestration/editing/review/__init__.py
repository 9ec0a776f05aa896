"""What people decided: known exceptions and review decisions, read from files and set beside what was found.

Belongs here: the files, their errors, and where a decision applies. Does not belong here: changing what was found.
"""
