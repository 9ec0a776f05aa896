"""What one report says about another: the year before, the same agency and year twice, text that was copied.

Belongs here: which reports are compared, and the comparison. Does not belong here: anything within one report.
"""
