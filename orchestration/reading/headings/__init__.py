"""What a report says of itself: its title, agency, year, period and date.

Belongs here: the lines before and around the tables. Does not belong here: which place a name means (agencies).
"""
