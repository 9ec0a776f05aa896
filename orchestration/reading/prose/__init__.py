"""The numbers that the prose of a report claims: sentences to tokens, tokens to claims with their meaning and scope.

Belongs here: what a sentence says. Does not belong here: the tables, and whether they agree (``editing.prose``).
"""
