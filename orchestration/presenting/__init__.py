"""Reports and verdicts for people and for programs: JSON Lines, text, explanations.

Belongs here: how a result is shown. Does not belong here: any judgement about a number.
"""
